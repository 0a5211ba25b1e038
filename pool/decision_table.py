"""The funding table of a decision: each pool and year with what is asked, what is there, and a proposal.

Amounts are whole kroner. `available` is after every other provisional decision of every open meeting.
"""

from dataclasses import dataclass

from pool.decisions import after_provisional, funding_of, possible_pools, suggested_grants
from pool.models import ChangeRequest, ChangeRequestLine, DecisionKind, Pool, PoolYear, ProvisionalDecision


@dataclass(frozen=True)
class FundingRow:
    """A pool and a year. What is typed there is granted, covered or changed, by the kind of decision."""

    pool: Pool
    year: int
    has_budget: bool
    available: int
    asked: int = 0
    reserved: int = 0
    allocated: int = 0
    unfunded: int = 0
    proposed: int | None = None
    proposed_unfunded: int | None = None

    @property
    def lacking(self) -> int:
        """What a cut took beyond what was free, or other decisions beyond what is; 0 where nothing lacks."""
        return max(0, -self.available)

    @property
    def key(self) -> str:
        return f"{self.pool.pk}_{self.year}"


def funding_table(case, kind: str, own: ProvisionalDecision | None) -> list[FundingRow]:
    """The rows for a kind of decision; none for the kinds that give and take no chosen amount."""
    if kind not in (DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT, DecisionKind.COVER):
        return []
    funding = funding_of(case)
    have = {(row.pool.pk, row.year): row for row in funding.rows}
    pools = {pool.pk: pool for pool in possible_pools(case)} | {row.pool.pk: row.pool for row in funding.rows}
    years = {(row.pool_id, row.year): row for row in PoolYear.objects.filter(pool__in=pools)}
    own_grants = {(grant.pool_id, grant.year): grant for grant in own.grants.all()} if own else {}
    proposals = _proposals(case, kind, own, own_grants)
    rows = []
    for pool in pools.values():
        left = after_provisional(pool).available
        for year in sorted(_years(kind, funding, years, pool)):
            row = years.get((pool.pk, year))
            if row is not None and row.status == PoolYear.Status.CLOSED:
                continue
            now = have.get((pool.pk, year))
            grant = own_grants.get((pool.pk, year))
            amount, unfunded = proposals.get((pool.pk, year), (None, None))
            available = left.get(year, 0) + (grant.amount if grant else 0)
            found = FundingRow(
                pool=pool,
                year=year,
                has_budget=bool(row and row.has_budget),
                available=available,
                asked=funding.asked.get(year, 0),
                reserved=now.reserved if now else 0,
                allocated=now.allocated if now else 0,
                unfunded=now.unfunded if now else 0,
                proposed=amount,
                proposed_unfunded=unfunded,
            )
            rows.append(found)
    return rows


def _years(kind: str, funding, years, pool: Pool) -> set[int]:
    if kind == DecisionKind.COVER:
        return {row.year for row in funding.rows if row.pool.pk == pool.pk and row.unfunded}
    asked = {year for year, amount in funding.asked.items() if amount and year >= pool.first_year}
    if kind == DecisionKind.APPROVE:
        return asked
    return asked | {row.year for row in funding.rows if row.pool.pk == pool.pk} | {
        year for pool_id, year in years if pool_id == pool.pk
    }  # fmt: skip


def _proposals(case, kind, own, own_grants) -> dict[tuple[int, int], tuple[int | None, int | None]]:
    """By pool and year the amounts the fields open with: what is put down already, else a suggestion."""
    if own is not None and own.kind == kind:
        return {key: (grant.amount or None, grant.unfunded or None) for key, grant in own_grants.items()}
    if kind == DecisionKind.CHANGE_OF_GRANT:
        return _asked_changes(case, own)
    if kind == DecisionKind.COVER:
        return {
            (row.pool.pk, row.year): (row.unfunded, None) for row in funding_of(case).rows if row.unfunded
        }
    return {
        (grant.pool.pk, grant.year): (grant.amount or None, grant.unfunded or None)
        for grant in suggested_grants(case)
    }


def _asked_changes(case, own) -> dict[tuple[int, int], tuple[int | None, int | None]]:
    """What the change request that waits for the board asks for, as a decision would do it.

    What is taken from a year with a budget comes from what is reserved, and beyond that from what
    stands without cover.
    """
    lines = ChangeRequestLine.objects.filter(request__case=case, request__state=ChangeRequest.State.READY)
    if own is not None and own.kind == DecisionKind.CHANGE_OF_GRANT:
        return {}
    have = {(row.pool.pk, row.year): row for row in funding_of(case).rows}
    found = {}
    for line in lines:
        key = (line.pool_id, line.year)
        amount, unfunded = line.difference, 0
        if amount < 0 and key in have and have[key].unfunded:
            taken = min(-amount, have[key].reserved)
            amount, unfunded = -taken, amount + taken
        found[key] = (amount or None, unfunded or None)
    return found


def rows_before(posted) -> list[FundingRow]:
    """The rows a form that has acted was sent with; what they say of the money no longer matters."""
    keys = [name[2:].split("_") for name in posted if name.startswith("g_")]
    pools = Pool.objects.in_bulk({int(pool) for pool, _year in keys})
    return [
        FundingRow(
            pool=pools[int(pool)],
            year=int(year),
            has_budget=True,
            available=0,
            unfunded=int(f"u_{pool}_{year}" in posted),
        )
        for pool, year in keys
    ]
