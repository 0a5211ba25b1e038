"""What pool years have available, and what they will have after the provisional decisions standing now.

Cheap while no standing decision ends grants: then what is taken is the sum of the grants put down. When
one does, the whole reckoning of `pool.decisions.provisional_effects` is asked.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from pool.decisions.provisional_effects import after_provisional, standing_provisional
from pool.models import Account, AccountKind, DecisionKind, Pool, PoolYear, ProvisionalGrant

ENDING = (DecisionKind.STOP, DecisionKind.REVERSE)


def with_room(years: QuerySet[PoolYear]) -> QuerySet[PoolYear]:
    """Pool years with `free` (available less a shortfall), `taken` (put down provisionally, None for nothing)
    and `ended` (some standing decision ends grants, so that `taken` is not the whole answer)."""
    here = {"pool": OuterRef("pool"), "year": OuterRef("year")}
    kinds = [AccountKind.AVAILABLE, AccountKind.SHORTFALL]
    free = Account.objects.filter(**here, kind__in=kinds).order_by().values("year")
    standing = standing_provisional().order_by().values("pk")
    grants = ProvisionalGrant.objects.filter(**here, provisional__in=standing).order_by().values("year")
    return years.annotate(
        free=Coalesce(Subquery(free.annotate(total=Sum("balance")).values("total")), Value(0)),
        taken=Subquery(grants.annotate(total=Sum("amount")).values("total")),
        ended=Exists(standing_provisional().filter(kind__in=ENDING).order_by()),
    )


def available_after(rows: Iterable[tuple[int, int, int, int | None, bool]]) -> dict[int, int] | None:
    """By year, what is available after every provisional decision; None when none is standing there.

    `rows` are (pool id, year, free, taken, ended), one for each pool year that is shown.
    """
    rows = list(rows)
    left: dict[int, int] = defaultdict(int)
    if any(ended for *_figures, ended in rows):
        pools = {pool.pk: pool for pool in Pool.objects.filter(pk__in={row[0] for row in rows})}
        reckoned = {key: after_provisional(pool) for key, pool in pools.items()}
        if not any(result.decisions for result in reckoned.values()):
            return None
        for pool, year, *_figures in rows:
            left[year] += reckoned[pool].available.get(year, 0)
        return dict(left)
    if not any(taken for _pool, _year, _free, taken, _ended in rows):
        return None
    for _pool, year, free, taken, _ended in rows:
        left[year] += free - (taken or 0)
    return dict(left)
