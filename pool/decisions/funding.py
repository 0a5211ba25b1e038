"""What a case asks for, was granted and has, by pool and year; and what could be granted to it.

Everything here reads. Amounts are whole kroner. A case asks undivided, so what it asks in a year
stands the same beside each of its pools.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, Sum

from businesscases.models import BusinessCase
from pool import ledger
from pool.decisions.provisional_effects import after_provisional
from pool.decisions.terms import Grant
from pool.models import Account, AccountKind, DecisionGrant, DecisionKind, Pool, PoolYear, UnfundedEntry


@dataclass(frozen=True)
class Funding:
    """A case in one pool and year."""

    pool: Pool
    year: int
    asked: int = 0
    granted: int = 0
    reserved: int = 0
    allocated: int = 0
    unfunded: int = 0


@dataclass(frozen=True)
class CaseFunding:
    """A case in all of its pools and years. `asked` is by year, of the version the board sees."""

    asked: dict[int, int]
    rows: tuple[Funding, ...]

    @cached_property
    def granted(self) -> dict[int, int]:
        """What the board's decisions give, by year, in all pools together."""
        years: dict[int, int] = defaultdict(int)
        for row in self.rows:
            years[row.year] += row.granted
        return {year: amount for year, amount in years.items() if amount}

    @property
    def granted_in_all(self) -> int:
        return sum(row.granted for row in self.rows)

    @property
    def reserved(self) -> int:
        return sum(row.reserved for row in self.rows)

    @property
    def allocated(self) -> int:
        return sum(row.allocated for row in self.rows)

    @property
    def unfunded(self) -> int:
        return sum(row.unfunded for row in self.rows)


def asked_by_year(case: BusinessCase) -> dict[int, int]:
    """What the case asks from the pool, by calendar year, as listed: of its newest frozen version."""
    first = case.listed_start_year or case.start_year
    return {first + offset: asked for offset, asked in enumerate(case.asked)}


def possible_pools(case: BusinessCase) -> list[Pool]:
    """The pools that can fund the case: its round's, or any when it belongs to no round. No closed ones."""
    pools = Pool.objects.filter(closed_at=None).order_by("id")
    if case.round_id is not None:
        pools = pools.filter(round_links__round=case.round_id)
    return list(pools)


def pools_with_money(case: BusinessCase) -> list[int]:
    """The ids of the pools where the case has, or had, a grant of any kind."""
    return list(
        Pool.objects.filter(Q(accounts__case=case) | Q(unfunded__case=case))
        .order_by("id")
        .distinct()
        .values_list("id", flat=True)
    )


def stands_without_cover(case: BusinessCase) -> bool:
    """Whether anything granted to the case still lacks cover, in any pool and year."""
    sums = (
        UnfundedEntry.objects.filter(case=case).order_by().values("pool", "year").annotate(sum=Sum("amount"))
    )
    return sums.filter(sum__gt=0).exists()


def funding_of(case: BusinessCase) -> CaseFunding:
    """The case's money by pool and year, with every year it asks for in each pool that takes part."""
    cells: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    accounts = Account.objects.filter(case=case, kind__in=[AccountKind.RESERVED, AccountKind.ALLOCATED])
    for pool, year, kind, balance in accounts.values_list("pool", "year", "kind", "balance"):
        cells[pool, year]["reserved" if kind == AccountKind.RESERVED else "allocated"] += balance
    unfunded = UnfundedEntry.objects.filter(case=case).values("pool", "year").annotate(sum=Sum("amount"))
    for row in unfunded.order_by():
        cells[row["pool"], row["year"]]["unfunded"] += row["sum"]
    granted = DecisionGrant.objects.filter(case=case).exclude(decision__kind=DecisionKind.ALLOCATION)
    totals = granted.values("pool", "year").annotate(amount=Sum("amount"), unfunded=Sum("unfunded"))
    for row in totals.order_by():
        cells[row["pool"], row["year"]]["granted"] += row["amount"] + row["unfunded"]
    asked = asked_by_year(case)
    pools = Pool.objects.in_bulk({pool for pool, _ in cells})
    for pool in pools:
        for year, amount in asked.items():
            if amount:
                cells[pool, year]["asked"] = amount
    rows = tuple(
        Funding(pools[pool], year, **cells[pool, year])
        for pool, year in sorted(cells)
        if any(cells[pool, year].values())
    )
    return CaseFunding(asked, rows)


def unspent_of(case: BusinessCase) -> dict[int, int]:
    """By year, what is allocated to the case and not spent, in years that are not closed."""
    accounts = Account.objects.filter(case=case, kind=AccountKind.ALLOCATED, balance__gt=0)
    closed = set(
        PoolYear.objects.filter(pool__in=accounts.values("pool"), status=PoolYear.Status.CLOSED).values_list(
            "pool", "year"
        )
    )
    found: dict[int, int] = defaultdict(int)
    for account in accounts.select_related("pool").order_by("year", "pool"):
        if (account.pool_id, account.year) not in closed:
            found[account.year] += ledger.unspent(account.pool, account.year, case)
    return {year: amount for year, amount in found.items() if amount}


def suggested_grants(case: BusinessCase) -> list[Grant]:
    """What is asked and not yet granted, laid out as a decision could: a proposal, changeable.

    Where a pool has a budget for the year, what it can bear after every provisional decision; from
    the first pool first. A year that no pool has a budget for stands without cover in the first pool.
    """
    pools = possible_pools(case)
    if not pools:
        return []
    years = {(row.pool_id, row.year): row for row in PoolYear.objects.filter(pool__in=pools)}
    left = {pool.pk: after_provisional(pool).available for pool in pools}
    funding = funding_of(case)
    suggested = []
    for year, asked in sorted(funding.asked.items()):
        missing = asked - funding.granted.get(year, 0)
        rows = [(pool, years.get((pool.pk, year))) for pool in pools]
        open_rows = [(pool, row) for pool, row in rows if row is None or row.status != PoolYear.Status.CLOSED]
        budgeted = [pool for pool, row in open_rows if row is not None and row.has_budget]
        for pool in budgeted:
            amount = min(missing, left[pool.pk].get(year, 0))
            if amount > 0:
                suggested.append(Grant(pool, year, amount=amount))
                missing -= amount
        if missing > 0 and open_rows and not budgeted:
            suggested.append(Grant(open_rows[0][0], year, unfunded=missing))
    return suggested
