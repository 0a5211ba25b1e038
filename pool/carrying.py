"""What carrying out the provisional decisions does to each pool and year, in figures. Reads only."""

from collections import Counter
from dataclasses import dataclass

from pool.decisions import AfterProvisional, after_provisional
from pool.decisions.provisional_effects import ending_by_case, given_back
from pool.models import AccountKind, Pool, ProvisionalDecision, ProvisionalGrant
from pool.overview import pool_years


@dataclass(frozen=True)
class CarryingYear:
    """A year of a pool that the decisions touch; whole kroner. `period` tells pools of one name apart.

    `free` and `free_after` are what is available less what lacks after cuts.
    """

    pool: Pool
    year: int
    free: int
    free_after: int
    period: str

    @property
    def change(self) -> int:
        return self.free_after - self.free

    @property
    def available(self) -> int:
        return max(0, self.free)

    @property
    def shortfall(self) -> int:
        return min(0, self.free)

    @property
    def lacks(self) -> int:
        """The shortfall as it is shown: positive."""
        return -self.shortfall

    @property
    def lacks_after(self) -> int:
        return -self.shortfall_after

    @property
    def available_after(self) -> int:
        return max(0, self.free_after)

    @property
    def shortfall_after(self) -> int:
        """What of the shortfall still stands; where there was none, what lacks is `missing`."""
        return min(0, self.free_after) if self.shortfall else 0

    @property
    def missing(self) -> int:
        return 0 if self.shortfall else max(0, -self.free_after)


@dataclass(frozen=True)
class Carrying:
    """The years that change, the decisions that do not fit, and what moves in all.

    `released` was reserved, `returned` was allocated and is unspent; both go back to the pool.
    """

    years: tuple[CarryingYear, ...]
    misfits: tuple
    reserved: int
    unfunded: int
    released: int
    returned: int


def carrying_figures(provisional: list[ProvisionalDecision]) -> Carrying:
    """The figures of the confirmation, for all that stands in open meetings together."""
    pools = list(Pool.objects.filter(closed_at=None).order_by("pk"))
    years, misfits = [], []
    ending, back = ending_by_case(provisional), Counter()
    for pool in pools:
        for _case, _year, kind, amount in given_back(pool, ending):
            back[kind] += amount
        after: AfterProvisional = after_provisional(pool)
        if not after.decisions:
            continue
        misfits += after.misfits
        now = pool_years(pool, sees_asked=False)
        period = f"{min(after.available)}–{max(after.available)}" if after.available else ""
        for year, amount in after.available.items():
            column = now.column(year)
            free = column.available + column.shortfall
            if amount != free:
                years.append(CarryingYear(pool, year, free, amount, period))
    grants = list(ProvisionalGrant.objects.filter(provisional__in=provisional))
    return Carrying(
        tuple(years),
        tuple(misfits),
        reserved=sum(max(grant.amount, 0) for grant in grants),
        unfunded=sum(grant.unfunded for grant in grants),
        released=back[AccountKind.RESERVED] - sum(min(grant.amount, 0) for grant in grants),
        returned=back[AccountKind.ALLOCATED],
    )
