"""A pool's cases as postings: what each year's budget of each profit centre changes by.

+ is expenses, − is income. The pool's money has one row for each case and year, and its counter-entry
on the pool's own profit centre, so that a transfer sums to zero. What a case pays or gains besides
comes from the version that was decided on, with finance's own record of nature and profit centre.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from businesscases import economy
from businesscases.economy import Kind, Nature, Payer
from pool.sheets.drawing import content as kinds
from pool.sheets.drawing.content import Posting

FIELDS = ("profit_centre", "f3_level", "function", "grouping")
# What a line is posted as when it is operation, and nobody but the pool's row speaks for the pool.
AS_OPERATION = {
    Kind.INVESTMENT: kinds.INVESTMENT,
    Kind.IMPLEMENTATION: kinds.IMPLEMENTATION,
    Kind.DERIVED_OPERATION: kinds.DERIVED,
}
PAYERS = {Payer.OWN: kinds.OWN, Payer.NOBODY: kinds.NOBODY}
# The kinds that go on after the sixth year where a line is permanent.
GO_ON = frozenset({Kind.DERIVED_OPERATION, Kind.CASHABLE_GAIN})


@dataclass(frozen=True)
class Places:
    """Where something is booked."""

    profit_centre: str = ""
    f3_level: str = ""
    function: str = ""
    grouping: str = ""

    def over(self, other: "Places") -> "Places":
        """This, with the other's where a field is empty."""
        return Places(*(getattr(self, name) or getattr(other, name) for name in FIELDS))


@dataclass(frozen=True)
class PostedLine:
    """A line of the version decided on, with its nature by finance's word or its kind's."""

    kind: str
    payer: str
    text: str
    permanent: bool
    user_financed: bool
    amounts: tuple[int | None, ...]
    nature: str
    places: Places


@dataclass(frozen=True)
class PostedCase:
    """A case with its money in the pool by year and, where it goes on, its lines."""

    reference: str
    title: str
    start_year: int
    price_level: int
    places: Places
    funded: Mapping[int, int]
    unfunded: Mapping[int, int]
    converted: Mapping[int, int] = field(default_factory=dict)
    lines: tuple[PostedLine, ...] = ()


def postings(
    cases: Iterable[PostedCase], pool: Places, pool_nature: str, years: range, words: Mapping[str, str]
) -> tuple[Posting, ...]:
    """Every posting of the years, case by case: the pool's money first, then the lines in their order."""
    found: list[Posting] = []
    for case in cases:
        maker = _Maker(case, pool, pool_nature, years, words)
        found += maker.pool_money()
        found += maker.lines()
    return tuple(found)


class _Maker:
    """The postings of one case."""

    def __init__(self, case: PostedCase, pool: Places, pool_nature: str, years: range, words):
        self.case, self.pool, self.pool_nature = case, pool, pool_nature
        self.years, self.words = years, words

    def pool_money(self) -> Iterator[Posting]:
        """Reserved and allocated with the counter-entry, then what stands without cover."""
        text = self._pool_text()
        counter = self.words["counter_of"] % {"text": text}
        for year in self.years:
            amount = self.case.funded.get(year, 0)
            if amount:
                as_operation = min(self.case.converted.get(year, 0), amount)
                if amount - as_operation:
                    yield self._row(kinds.POOL, self.pool_nature, year, amount - as_operation, text)
                if as_operation:
                    converted = self.words["converted"]
                    yield self._row(kinds.POOL, kinds.OPERATION, year, as_operation, converted)
                yield self._row(kinds.COUNTER, self.pool_nature, year, -amount, counter, self.pool)
            if self.case.unfunded.get(year):
                unfunded = self.case.unfunded[year]
                yield self._row(kinds.UNFUNDED, self.pool_nature, year, unfunded, text)

    def lines(self) -> Iterator[Posting]:
        """The lines in the budget that the pool does not pay; varige ones carried on in rows of their own."""
        spelled: dict[tuple[str, str], str] = {}
        for line in self.case.lines:
            type = self._type(line)
            if type is None:
                continue
            # Two lines a formula cannot tell apart are one in the sheets: the first one's spelling.
            text = spelled.setdefault((type, line.text.lower()), line.text)
            signed = [economy.budget_sign(line.kind, amount) for amount in line.amounts]
            for year in self.years:
                offset = year - self.case.start_year
                if 0 <= offset < len(signed) and signed[offset] is not None:
                    yield self._line_row(line, type, year, signed[offset], text)
            if line.permanent and line.kind in GO_ON and signed[-1]:
                on = self.words["carried_on"] % {"text": text}
                for year in self.years:
                    if year >= self.case.start_year + len(signed):
                        yield self._line_row(line, type, year, signed[-1], on)

    def _type(self, line: PostedLine) -> str | None:
        """What a line is posted as; None for what is in no budget here, or is the pool's own row."""
        of_takst = line.kind == Kind.CASHABLE_GAIN and line.user_financed
        if line.nature == Nature.NONE or line.kind == Kind.FREED_TIME or line.payer == Payer.POOL or of_takst:
            return None
        if line.kind == Kind.CASHABLE_GAIN:
            return kinds.GAIN
        if line.kind == Kind.EXTERNAL_FUNDING:
            return kinds.EXTERNAL
        return AS_OPERATION[line.kind] if line.nature == Nature.OPERATION else PAYERS[line.payer]

    def _pool_text(self) -> str:
        """The one line the pool pays, by its own name; the case's title where there are several."""
        paid = [line.text for line in self.case.lines if line.payer == Payer.POOL]
        return paid[0] if len(paid) == 1 else self.case.title

    def _line_row(self, line: PostedLine, type: str, year: int, amount: int, text: str) -> Posting:
        places = line.places.over(self.case.places)
        return self._row(type, str(line.nature), year, amount, text, places, self.case.price_level)

    def _row(self, type, nature, year, amount, text, places=None, price_level=None) -> Posting:
        places = places or self.case.places
        return Posting(
            self.case.reference,
            places.profit_centre,
            places.f3_level,
            places.function,
            places.grouping,
            nature,
            type,
            year,
            price_level,
            amount,
            text,
        )
