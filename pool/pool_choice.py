"""The pools there are: the list of them with their totals, and the one a front page shows."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Sum, Window

from innovation_pool.prepared import prepared
from pool.models import Account, Pool, PoolYear


@dataclass(frozen=True)
class PoolLine:
    """A pool in the list of pools: its years and what all of them have together, in kroner."""

    pool: Pool
    first_year: int
    last_year: int
    reserved: int
    allocated: int
    available: int
    shortfall: int

    @property
    def lacks(self) -> int:
        """The shortfall as it is shown: positive."""
        return -self.shortfall

    @property
    def corrected(self) -> int:
        return self.reserved + self.allocated + self.available + self.shortfall


def pools_at_a_glance() -> list[PoolLine]:
    """Every pool, newest first, with its totals; two statements."""
    totals: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kept = Account.objects.filter(year__isnull=False).order_by().values_list("pool", "kind")
    for pool_id, kind, total in kept.annotate(total=Sum("balance")):
        totals[pool_id][kind] += int(total)
    pools = Pool.objects.select_related("committee").annotate(
        first=Min("years__year", filter=Q(years__has_budget=True)),
        last=Max("years__year", filter=Q(years__has_budget=True)),
    )
    return [
        PoolLine(
            pool=pool,
            first_year=pool.first or pool.first_year,
            last_year=pool.last or pool.first_year,
            reserved=totals[pool.pk]["reserved"],
            allocated=totals[pool.pk]["allocated"],
            available=totals[pool.pk]["available"],
            # A cut that found too little free stands by itself, zero or below: it is never netted.
            shortfall=totals[pool.pk]["shortfall"],
        )
        for pool in pools
    ]


def current_pool(year: int) -> tuple[Pool | None, int]:
    """The pool a front page shows and how many pools there are; one statement.

    It is an open pool with a budget in the year, else an open one, else the newest.
    """
    pool = next(iter(_pools_first(year=year)), None)
    return pool, pool.count if pool else 0


@prepared
def _pools_first(*, year: int):
    has_year = Exists(PoolYear.objects.filter(pool=OuterRef("pk"), year=year, has_budget=True))
    pools = Pool.objects.alias(now=has_year).annotate(count=Window(Count("pk")))
    return pools.order_by(F("closed_at").asc(nulls_first=True), "-now", "-first_year", "id")[:1]
