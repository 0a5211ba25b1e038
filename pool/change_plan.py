"""A change request beside what was decided and what is in force: year by year, in whole kroner. Reads."""

from collections import defaultdict
from dataclasses import dataclass

from businesscases.models import BusinessCase
from pool.decisions.funding import funding_of, pools_with_money, possible_pools
from pool.ledger.grants import TAKES_MONEY
from pool.models import ChangeRequest, Decision, DecisionGrant, DecisionKind, Pool, PoolYear


@dataclass(frozen=True)
class PlanRow:
    """A pool and a year. `granted_change` is what the board gave or took, None while it has not decided."""

    pool: Pool
    year: int
    original: int = 0
    in_force: int = 0
    difference: int = 0
    allocated: int = 0
    unfunded: int = 0
    granted_change: int | None = None

    @property
    def key(self) -> str:
        return f"{self.pool.pk}_{self.year}"

    @property
    def wanted(self) -> int:
        """The plan as it would be if all of it was granted."""
        return self.in_force + self.difference

    @property
    def after(self) -> int:
        """The plan after the board's answer."""
        return self.in_force + (self.granted_change or 0)


@dataclass(frozen=True)
class Plan:
    """The rows by pool and year, and what they come to."""

    rows: tuple[PlanRow, ...]
    several_pools: bool
    answered: bool

    def _sum(self, name: str) -> int:
        return sum(getattr(row, name) or 0 for row in self.rows)

    @property
    def total(self) -> dict[str, int]:
        names = ("original", "in_force", "difference", "wanted", "granted_change", "after", "unfunded")
        return {name: self._sum(name) for name in names}


def plan_of(case: BusinessCase, request: ChangeRequest | None, *, every_year: bool = False) -> Plan:
    """The original decision, the plan in force when it was asked, and what is asked.

    For a request the board has answered, `in_force` is the plan just before its decision. With
    `every_year` each year that could change has its row, for the form.
    """
    decision = request.decision if request and request.decision_id else None
    cells: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for key, amount in _granted(case, before=decision).items():
        cells[key]["in_force"] = amount
    for key, amount in _original(case, decision).items():
        cells[key]["original"] = amount
    if request is not None:
        for row in request.lines.all():
            cells[row.pool_id, row.year]["difference"] = row.difference
    if decision is not None:
        for row in decision.grants.all():
            cells[row.pool_id, row.year]["granted_change"] = row.amount + row.unfunded
    else:
        for row in funding_of(case).rows:
            cells[row.pool.pk, row.year] |= {"allocated": row.allocated, "unfunded": row.unfunded}
    open_years = _open_years(case) if every_year else set()
    for key in open_years:
        cells[key]
    pools = Pool.objects.in_bulk({pool for pool, _year in cells})
    rows = tuple(
        PlanRow(pools[pool], year, **cells[pool, year])
        for pool, year in sorted(cells)
        if (pool, year) in open_years or any(cells[pool, year].values())
    )
    return Plan(rows, len({row.pool.pk for row in rows}) > 1, decision is not None)


def changeable_rows(case: BusinessCase, request: ChangeRequest | None) -> list[PlanRow]:
    """The rows a draft can be written in: every open year of the pools that fund the case or could."""
    if case.state not in TAKES_MONEY:
        return []
    changeable = _open_years(case)
    rows = plan_of(case, request, every_year=True).rows
    return [row for row in rows if (row.pool.pk, row.year) in changeable]


def _granted(case: BusinessCase, *, before: Decision | None) -> dict[tuple[int, int], int]:
    """What the board's decisions give, up to the one named. A cover turns one kind into another: nought."""
    rows = DecisionGrant.objects.filter(case=case).exclude(decision__kind=DecisionKind.ALLOCATION)
    if before is not None:
        rows = rows.filter(decision__number__lt=before.number)
    given: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        given[row.pool_id, row.year] += row.amount + row.unfunded
    return {key: amount for key, amount in given.items() if amount}


def _original(case: BusinessCase, before: Decision | None) -> dict[tuple[int, int], int]:
    approvals = Decision.objects.filter(case=case, kind=DecisionKind.APPROVE)
    if before is not None:
        approvals = approvals.filter(number__lt=before.number)
    approval = approvals.order_by("-number").first()
    if approval is None:
        return {}
    return {(row.pool_id, row.year): row.amount + row.unfunded for row in approval.grants.all()}


def _open_years(case: BusinessCase) -> set[tuple[int, int]]:
    """Every year of the case and of its pools that is not closed, in each pool that is not closed."""
    wanted = {pool.pk for pool in possible_pools(case)} | set(pools_with_money(case))
    pools = Pool.objects.filter(pk__in=wanted, closed_at=None)
    states = {
        (row.pool_id, row.year): row.status for row in PoolYear.objects.filter(pool__in=[p.pk for p in pools])
    }
    first = case.listed_start_year or case.start_year
    found = set()
    for pool in pools:
        years = {year for key, year in states if key == pool.pk}
        years |= {year for year in range(first, first + len(case.asked)) if year >= pool.first_year}
        found |= {(pool.pk, year) for year in years if states.get((pool.pk, year)) != PoolYear.Status.CLOSED}
    return found
