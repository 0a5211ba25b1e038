"""A budget sheet's content from the database: read in one moment, then put together."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import override

from innovation_pool import clock
from innovation_pool.permissions import ROLE_NAMES, Action, may, roles_that_may
from pool.balances import BUDGET_ROWS, EARLIER_STATES, WAITING_STATES
from pool.behind import basis_of
from pool.models import Account, AccountKind, MovementKind, Pool, PoolYear
from pool.movement_texts import shown_text
from pool.sheets import about, reading
from pool.sheets.drawing.content import (
    SHEET_YEARS,
    Asked,
    AskedCase,
    BudgetSheet,
    FundedCase,
    MovementRow,
    YearFigures,
)
from pool.sheets.postings import Places, PostedCase, postings
from pool.sheets.snapshot import snapshot
from pool.sheets.words import SHEET_LANGUAGE, sheet_words

# The rows of block A and the movements in each; supplements and cuts stand in one row of the sheet.
SHEET_ROWS = {
    "budget": "budget",
    "supplements": "adjusted",
    "cuts": "adjusted",
    "carried": "carried",
    "lapsed": "lapsed",
}
UNITS = (1000, 1)


def budget_sheet(pool_id: int, years: Sequence[int] | None, unit: int, *, by) -> BudgetSheet:
    """The content of the workbook for these years, or for every year of the pool when none are named.

    Raises Http404 for a pool or year that is not there. What is asked is in it only for those who may see it.
    """
    sees_asked = may(by, Action.SEE_ASKED)
    with snapshot(), override(SHEET_LANGUAGE):
        return _Reader(pool_id, years, unit, by, sees_asked=sees_asked).read()


class _Reader:
    """Reads everything once; the parts of the content are made from what it holds."""

    def __init__(self, pool_id: int, years, unit: int, by, *, sees_asked: bool):
        self.by, self.unit, self.at = by, unit, localtime(clock.now())
        self.sees_asked = sees_asked
        self.pool, self.rows = reading.pool_with_years(pool_id)
        self.kept = reading.kept_balances(self.pool)
        known = {row.year for row in self.rows} | set(self.kept.years)
        if years is not None and not set(years) <= known:
            raise Http404
        self.years = tuple(years or sorted(known))
        self.span = range(min(self.years), max(self.years) + SHEET_YEARS)
        self.words = sheet_words()

    def read(self) -> BudgetSheet:
        movements = tuple(self._movement(row) for row in reading.movements_of(self.pool))
        found = reading.cases_of(self.pool, self.kept, sees_asked=self.sees_asked)
        accounting = reading.Accounting(case.pk for case in found)
        funded = self._posted_cases(found, accounting)
        places = {case.reference: accounting.places(case.pk) for case in found}
        saying = about.Saying(
            pool=self.pool,
            spending=(self.rows[0].spending_read, self.rows[0].posted_to),
            place=self._place(),
            years=self.years,
            unit=self.unit,
            at=self.at,
            role=role_of(self.by),
            price_levels=sorted({case.price_level for case in funded if case.lines}),
            cases=len(funded),
        )
        return BudgetSheet(
            pool=self.pool.name,
            number=self.pool.number,
            place=self._place(),
            sheet_years=self.years,
            unit=self.unit,
            figures=self._figures(),
            cases=tuple(self._funded(case, found) for case in funded),
            postings=postings(funded, _pool_places(self.pool), self.pool.nature, self.span, self.words),
            movements=movements,
            asked=self._asked(found, places) if self.sees_asked else None,
            kinds=self._kinds(movements),
            head_number=self.pool.last_number,
            head=self.pool.head,
            about=about.sentences(saying),
            words=self.words | about.lines(saying),
        )

    def _place(self) -> str:
        return f"{settings.MUNICIPALITY} · {self.pool.committee}"

    def _figures(self) -> dict[int, YearFigures]:
        rows = {row.year: row for row in self.rows}
        return {
            year: _year_figures(rows.get(year), self.kept.years[year]) for year in {*rows, *self.kept.years}
        }

    def _posted_cases(self, found, accounting) -> list[PostedCase]:
        """The cases that have money, with the lines of those that go on."""
        having = [
            case
            for case in found
            if self.kept.of_case(case.pk, "reserved", "allocated", "unfunded", "spent_oere")
        ]
        ids = [case.pk for case in having]
        contents = reading.decided_content(ids)
        converted = reading.conversions(self.pool, ids)
        return [self._posted(case, contents.get(case.pk), accounting, converted) for case in having]

    def _posted(self, case, content, accounting, converted) -> PostedCase:
        start = (content or {}).get("start_year") or case.listed_start_year or case.start_year
        goes_on = case.state in reading.GOES_ON
        return PostedCase(
            reference=case.reference,
            title=case.listed_title or case.title,
            start_year=start,
            price_level=(content or {}).get("price_level") or start,
            places=accounting.places(case.pk),
            funded=self.kept.of_case(case.pk, "reserved", "allocated"),
            unfunded=self.kept.of_case(case.pk, "unfunded"),
            converted=converted.get(case.pk, {}),
            lines=reading.lines_of(case.pk, content, accounting) if goes_on else (),
        )

    def _funded(self, case: PostedCase, found) -> FundedCase:
        row = next(one for one in found if one.reference == case.reference)
        return FundedCase(
            case.reference,
            case.title,
            case.places.profit_centre,
            row.get_state_display(),
            case.start_year,
            case.funded,
            case.unfunded,
        )

    def _asked(self, found, places) -> Asked:
        """Those that wait for the board, and the sum of those that have not reached it."""
        waiting = [case for case in found if case.state in WAITING_STATES]
        earlier = [case for case in found if case.state in EARLIER_STATES]
        sums: dict[int, int] = defaultdict(int)
        for case in earlier:
            for year, amount in _asked_by_year(case).items():
                sums[year] += amount
        cases = tuple(
            AskedCase(
                case.reference,
                case.listed_title or case.title,
                places[case.reference].profit_centre,
                case.get_state_display(),
                case.several,
                _asked_by_year(case),
            )
            for case in waiting
        )
        return Asked(cases, len(earlier), dict(sums))

    def _movement(self, row) -> MovementRow:
        kind = row.get_kind_display()
        if row.kind == MovementKind.CORRECTION and row.corrected_kind in MovementKind.values:
            kind = self.words["correction_of"] % {"kind": MovementKind(row.corrected_kind).label}
        return MovementRow(
            row.number,
            localtime(row.at).date(),
            str(kind),
            row.year,
            row.case.reference if row.case else "",
            self._account(row.debit),
            self._account(row.credit),
            row.amount,
            _one_line(basis_of(row.operation)),
            _one_line(shown_text(row)),
            row.code,
        )

    def _account(self, account: Account) -> str:
        name = self.words[f"account_{account.kind}"]
        return name if account.kind == AccountKind.SOURCE else f"{name} {account.year}"

    def _kinds(self, movements) -> dict[str, tuple[str, ...]]:
        """By row of block A, the words of the movements in it: corrections only where there are any."""
        present = {row.kind for row in movements}
        found: dict[str, list[str]] = defaultdict(list)
        for kind, row in BUDGET_ROWS.items():
            word = str(MovementKind(kind).label)
            correction = self.words["correction_of"] % {"kind": word}
            found[SHEET_ROWS[row]] += [each for each in (word, correction) if each in present or each == word]
        return {row: tuple(kinds) for row, kinds in found.items()}


def _one_line(text: str) -> str:
    """A flat sheet has one line a row."""
    return " ".join(text.split())


def role_of(by) -> str:
    """The role a person exports as: a sheet names no one."""
    roles = [role for role in roles_that_may(Action.EXPORT_BUDGET_SHEET) if role in by.roles]
    return str(ROLE_NAMES[roles[0]]) if roles else ""


def _pool_places(pool: Pool) -> Places:
    return Places(pool.profit_centre or pool.name, pool.f3_level, pool.function, pool.grouping)


def _asked_by_year(case) -> dict[int, int]:
    start = case.listed_start_year or case.start_year
    return {start + offset: amount for offset, amount in enumerate(case.asked) if amount}


def _year_figures(row: PoolYear | None, values) -> YearFigures:
    sums: dict[str, int] = defaultdict(int)
    for name, amount in values.items():
        sums[SHEET_ROWS.get(name, name)] += amount
    known = {name: sums[name] for name in YearFigures.__dataclass_fields__ if name in sums}
    status = row.status if row else "none"
    return YearFigures(status=status, has_budget=bool(row and row.has_budget), **known)
