"""What a budget sheet is drawn from. Amounts are whole kroner, spending is integer øre.

In postings + is expenses and − is income. A year that is not in a mapping has nothing, which is not
the same as 0.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

CAPITAL, OPERATION = "capital", "operation"

# The types of a posting. The pool's own, its counter-entry, then the lines of a case.
POOL, COUNTER, UNFUNDED = "pool", "counter", "unfunded"
OWN, NOBODY, EXTERNAL = "own", "nobody", "external"
IMPLEMENTATION, DERIVED, GAIN, INVESTMENT = "implementation", "derived", "gain", "investment"

SHEET_YEARS = 6


@dataclass(frozen=True)
class Posting:
    """One row of the flat sheet: a case, a line and a year."""

    case: str
    profit_centre: str
    f3_level: str
    function: str
    # In the CSV alone: the columns of the sheet are fixed.
    grouping: str
    nature: str
    type: str
    year: int
    price_level: int | None
    amount: int
    text: str


@dataclass(frozen=True)
class MovementRow:
    """A movement in words; `source` and `target` are account and year."""

    number: int
    on: datetime.date
    kind: str
    year: int
    case: str
    source: str
    target: str
    amount: int
    basis: str
    text: str
    code: str


@dataclass(frozen=True)
class YearFigures:
    """What the pool has in a year, as its page says it."""

    status: str = "none"
    has_budget: bool = False
    budget: int = 0
    adjusted: int = 0
    carried: int = 0
    lapsed: int = 0
    reserved: int = 0
    allocated: int = 0
    available: int = 0
    shortfall: int = 0
    spent_oere: int = 0

    @property
    def corrected(self) -> int:
        return self.budget + self.adjusted + self.carried + self.lapsed

    @property
    def is_live(self) -> bool:
        """Whether the year has a budget or money; others are blank in the sheet."""
        return self.has_budget or any(
            (self.budget, self.adjusted, self.carried, self.lapsed, self.reserved, self.allocated,
             self.available, self.shortfall)
        )  # fmt: skip


@dataclass(frozen=True)
class FundedCase:
    """A case that has money in the pool, or a grant without cover; kroner by year."""

    reference: str
    title: str
    profit_centre: str
    state: str
    start_year: int
    funded: Mapping[int, int]
    unfunded: Mapping[int, int]


@dataclass(frozen=True)
class AskedCase:
    """A case that waits for a decision; kroner asked by year."""

    reference: str
    title: str
    profit_centre: str
    state: str
    several_pools: bool
    asked: Mapping[int, int]


@dataclass(frozen=True)
class Asked:
    """What is asked and not decided, for those who may see it; `earlier` has not reached the board."""

    cases: tuple[AskedCase, ...]
    earlier_count: int
    earlier: Mapping[int, int]


@dataclass(frozen=True)
class BudgetSheet:
    """A pool in one consistent moment. `kinds` are the words of movements by the row they belong to."""

    pool: str
    number: str
    place: str
    sheet_years: tuple[int, ...]
    unit: int
    figures: Mapping[int, YearFigures]
    cases: tuple[FundedCase, ...]
    postings: tuple[Posting, ...]
    movements: tuple[MovementRow, ...]
    asked: Asked | None
    kinds: Mapping[str, tuple[str, ...]]
    head_number: int
    head: str
    about: Mapping[str, str]
    words: Mapping[str, str]
    sums: dict = field(default_factory=dict, compare=False, repr=False)

    def year(self, year: int) -> YearFigures:
        return self.figures.get(year, YearFigures())

    def posted(
        self, year: int, *, nature: str = "", type: str = "", case: str = "", text: str = ""
    ) -> int | None:
        """The postings of a year added up, those of a kind where one is named; None when there are none."""
        if not self.sums:
            self._add_up()
        return self.sums.get((year, nature, type, case, text.lower()))

    def _add_up(self) -> None:
        """Every sum a cell shows, in one walk over the postings."""
        sums = self.sums
        for row in self.postings:
            wanted = {
                ("", "", "", ""),
                ("", row.type, "", ""),
                (row.nature, "", "", ""),
                (row.nature, row.type, "", ""),
                (row.nature, row.type, row.case, row.text.lower()),
            }
            for key in wanted:
                sums[row.year, *key] = sums.get((row.year, *key), 0) + row.amount
