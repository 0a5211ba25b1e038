"""What a pool looks like now, as frozen values for pages and sheets.

Everything here reads and nothing writes. Amounts are whole kroner, spending is integer øre. The
number of statements does not grow with the pool: totals come from kept balances and grouped sums,
and only the cases of one page are fetched.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case as DbCase
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Value, When, Window

from businesscases.access import OPEN_TO_STAFF
from businesscases.models import BusinessCase
from innovation_pool.charts import YearMoney
from innovation_pool.kroner import nearest_krone
from innovation_pool.prepared import prepared
from pool.balances import (
    DECIDED_STATES,
    WAITING_STATES,
    asked_by_year,
    budget_nets,
    kept_of_cases,
    kept_totals,
)
from pool.models import Account, Pool, PoolYear, RoundPool, UnfundedEntry

PER_PAGE = 25


@dataclass(frozen=True)
class YearColumn:
    """One year of a pool. `status` is estimate, adopted, closed, or none for a year without a row."""

    year: int
    status: str = "none"
    has_budget: bool = False
    budget: int = 0
    supplements: int = 0
    cuts: int = 0
    carried: int = 0
    lapsed: int = 0
    reserved: int = 0
    allocated: int = 0
    available: int = 0
    shortfall: int = 0
    unfunded: int = 0
    spent_oere: int = 0
    asked: int = 0
    asked_earlier: int = 0

    @property
    def corrected(self) -> int:
        """Korrigeret budget: what the council gave, plus what was carried, less what lapsed."""
        return self.budget + self.supplements + self.cuts + self.carried + self.lapsed

    @property
    def lacks(self) -> int:
        """What a cut took beyond what was free, as it is shown: positive, on pages and sheets alike."""
        return -self.shortfall

    @property
    def left_if_all(self) -> int:
        """What would be left if everything asked and ready were granted; negative means it lacks."""
        return self.available + self.shortfall - self.asked

    @property
    def spent(self) -> int:
        """Spent in whole kroner, for showing only: the nearest, a half away from zero."""
        return nearest_krone(self.spent_oere)

    @property
    def rest(self) -> int:
        """Allocated and not spent, in øre; negative where more was spent."""
        return self.allocated * 100 - self.spent_oere

    @property
    def money(self) -> YearMoney:
        """The year as the charts want it."""
        return YearMoney(
            year=self.year,
            allocated=self.allocated,
            spent=self.spent,
            reserved=self.reserved,
            available=self.available,
            asked=self.asked,
            unfunded=self.unfunded,
            shortfall=-self.shortfall,
            budgeted=self.has_budget,
        )


@dataclass(frozen=True)
class Cell:
    """What a case asks for and has in one year of a pool."""

    asked: int = 0
    reserved: int = 0
    allocated: int = 0
    unfunded: int = 0
    spent_oere: int = 0

    @property
    def granted(self) -> int:
        return self.reserved + self.allocated + self.unfunded

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.granted or self.spent_oere)


@dataclass(frozen=True)
class CaseRow:
    """A case with its cells, one for each year shown."""

    id: int
    reference: str
    title: str
    state: str
    group: str
    several_pools: bool
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        """Granted over the years shown; for a case without a decision, what it asks."""
        return sum(cell.asked if self.group == "waiting" else cell.granted for cell in self.cells)


@dataclass(frozen=True)
class PoolOverview:
    """A pool's years and one page of its cases."""

    pool: Pool
    years: tuple[YearColumn, ...]
    rows: tuple[CaseRow, ...] = ()
    row_count: int = 0
    page: int = 1
    earlier_count: int = 0
    _by_year: dict = field(default_factory=dict, compare=False)

    @property
    def total(self) -> YearColumn:
        """The years added up; `status` and `year` mean nothing in it."""
        sums = {
            name: sum(getattr(column, name) for column in self.years)
            for name in YearColumn.__dataclass_fields__
            if name not in ("year", "status", "has_budget")
        }
        return YearColumn(year=0, **sums)

    @property
    def free(self) -> dict[int, int]:
        """By year what is available, less what lacks after cuts."""
        return {column.year: column.available + column.shortfall for column in self.years}

    @property
    def first_year(self) -> int:
        return self.years[0].year if self.years else self.pool.first_year

    @property
    def last_year(self) -> int:
        """The last year with a budget; the first year of a pool that has none."""
        return max((column.year for column in self.years if column.has_budget), default=self.pool.first_year)

    @property
    def column_count(self) -> int:
        """Columns of a table of the years: the name, the years and their total."""
        return len(self.years) + 2

    @property
    def pages(self) -> int:
        return max(1, -(-self.row_count // PER_PAGE))

    def column(self, year: int) -> YearColumn:
        """The year's column, or an empty one for a year the pool does not know."""
        return self._by_year.get(year, YearColumn(year))


def pool_years(pool: Pool, *, sees_asked: bool) -> PoolOverview:
    """The years of a pool without its cases: for Overblik, the year bars and confirmations."""
    rows = {row.year: row for row in _rows_of_years(pool=pool.pk)}
    figures: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, year, amount in kept_totals(pool=pool.pk):
        figures[year][kind] += int(amount)
    for row_name, year, amount in budget_nets(pool):
        figures[year][row_name] += amount
    earlier_count = 0
    if sees_asked:
        for name, year, amount in asked_by_year(pool):
            figures[year][name] += amount
        earlier_count = figures.pop(0, {}).get("earlier_count", 0)
    shown = {year for year, values in figures.items() if any(values.values())} | set(rows)
    columns = tuple(_column(year, rows.get(year), figures[year]) for year in sorted(shown))
    return PoolOverview(
        pool=pool,
        years=columns,
        earlier_count=earlier_count,
        _by_year={column.year: column for column in columns},
    )


@prepared
def _rows_of_years(*, pool: int):
    return PoolYear.objects.filter(pool=pool).only("year", "status", "has_budget")


def pool_overview(pool: Pool, *, sees_asked: bool, page: int = 1, only: Q | None = None) -> PoolOverview:
    """The years and one page of the grid cases × years.

    Without `sees_asked` only what was decided is in it. `only` narrows the cases, not the totals.
    """
    overview = pool_years(pool, sees_asked=sees_asked)
    found, page, count = _page_of(pool, sees_asked, only, max(1, page))
    rows = _rows_of(pool, found, [column.year for column in overview.years])
    return PoolOverview(
        pool=pool,
        years=overview.years,
        rows=rows,
        row_count=count,
        page=page,
        earlier_count=overview.earlier_count,
        _by_year=overview._by_year,
    )


def _page_of(pool: Pool, sees_asked: bool, only: Q | None, page: int) -> tuple[list[BusinessCase], int, int]:
    """The cases of a page, its number, and how many cases there are in all.

    One statement, unless the page lies past the end: then the last page is shown.
    """
    start = (page - 1) * PER_PAGE
    if only is None:
        found = _every_case(sees_asked, start, pool=pool.pk)
    else:
        found = list(_numbered(cases_of(pool, sees_asked=sees_asked).filter(only), pool.pk, start))
    if found or page == 1:
        return found, page, found[0].in_all if found else 0
    cases = cases_of(pool, sees_asked=sees_asked)
    count = (cases if only is None else cases.filter(only)).count()
    return _page_of(pool, sees_asked, only, max(1, -(-count // PER_PAGE)))


@prepared
def _every_case(sees_asked: bool, start: int, *, pool: int):
    return _numbered(cases_of(pool, sees_asked=sees_asked), pool, start)


def _numbered(cases, pool: int, start: int):
    return _listed(pool, cases).annotate(in_all=Window(Count("pk")))[start : start + PER_PAGE]


def cases_of(pool: Pool | int, *, sees_asked: bool):
    """Cases that have money in the pool or a grant in it, and those that wait for a decision on it.

    Without `sees_asked` only those that are open to all staff: a reversed one is no longer.
    """
    # Short lists put together; one condition with "or" in it would read every case there is.
    has_money = Account.objects.filter(pool=pool).exclude(case=None).values_list("case")
    has_grant = UnfundedEntry.objects.filter(pool=pool).values_list("case")
    found = has_money.union(has_grant)
    if sees_asked:
        rounds = RoundPool.objects.filter(pool=pool).values("round")
        waiting = BusinessCase.objects.filter(round__in=rounds, state__in=WAITING_STATES).order_by()
        found = has_money.union(has_grant, waiting.values_list("pk"))
    cases = BusinessCase.objects.filter(pk__in=found).order_by(_group_order(), "reference")
    return cases if sees_asked else cases.filter(state__in=OPEN_TO_STAFF)


def _group_order():
    from_state = dict.fromkeys(DECIDED_STATES, 0) | dict.fromkeys(WAITING_STATES, 1)
    whens = [When(state=state, then=Value(order)) for state, order in from_state.items()]
    return DbCase(*whens, default=Value(2), output_field=IntegerField())


def case_rows(pool: Pool, cases, years: list[int]) -> tuple[CaseRow, ...]:
    """The cases given, with a cell for every year; two statements however many there are."""
    return _rows_of(pool, list(_listed(pool, cases)), years)


def _listed(pool: Pool | int, cases):
    """The cases with what a row of the grid shows of them, and whether `several` pools may fund them."""
    pools_open = RoundPool.objects.filter(round=OuterRef("round_id")).exclude(pool=pool)
    return cases.annotate(several=Exists(pools_open)).only(
        "id", "reference", "listed_title", "title", "state", "listed_start_year", "start_year", "round_id",
        *(f"asked_{offset}" for offset in range(1, 7)),
    )  # fmt: skip


def _rows_of(pool: Pool, found: list[BusinessCase], years: list[int]) -> tuple[CaseRow, ...]:
    kept: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    ids = [case.id for case in found]
    for kind, case_id, *amounts in kept_of_cases(pool=pool.pk, cases=ids, years=years):
        for year, amount in zip(years, amounts, strict=True):
            if amount:
                # A sum in a union comes back as a Decimal on PostgreSQL.
                kept[case_id, year][kind] = int(amount)
    return tuple(_case_row(case, years, kept) for case in found)


def _case_row(case, years, kept) -> CaseRow:
    start = case.listed_start_year or case.start_year
    asked = {start + offset: amount for offset, amount in enumerate(case.asked)}
    group = "other"
    if case.state in DECIDED_STATES:
        group = "decided"
    elif case.state in WAITING_STATES:
        group = "waiting"
    cells = tuple(
        Cell(asked=asked.get(year, 0), **kept[case.id, year]) if (case.id, year) in kept
        else Cell(asked=asked.get(year, 0))
        for year in years
    )  # fmt: skip
    return CaseRow(
        case.id, case.reference, case.listed_title or case.title, case.state, group, case.several, cells
    )


def _column(year: int, row: PoolYear | None, values: dict[str, int]) -> YearColumn:
    known = {name: values[name] for name in YearColumn.__dataclass_fields__ if name in values}
    return YearColumn(
        year=year,
        status=row.status if row else "none",
        has_budget=bool(row and row.has_budget),
        **known,
    )
