"""Whether there is money for what a case asks: per year, beside what the round's pools have available.

Says nothing of what others ask for: that is not everybody's to see.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from businesscases.models import BusinessCase
from pool.models import Account, AccountKind, PoolYear


@dataclass(frozen=True)
class CoverYear:
    """A year in which the case asks. `available` is None when no pool has a budget that year."""

    year: int
    asked: int
    available: int | None
    is_estimate: bool

    @property
    def lacking(self) -> int:
        """What is asked beyond what is available, in kroner."""
        return max(self.asked - (self.available or 0), 0)


def case_cover(case: BusinessCase, asked: Sequence[int] | None = None) -> list[CoverYear]:
    """The years in which the case asks, in order. `asked` are six amounts, else those it is listed with."""
    amounts = dict(zip(case.years, case.asked if asked is None else asked, strict=True))
    wanted = [year for year, amount in amounts.items() if amount]
    if not wanted or case.round_id is None:
        return [CoverYear(year, amounts[year], None, False) for year in wanted]
    years = PoolYear.objects.filter(pool__round_links__round=case.round_id, year__in=wanted)
    known = {}
    for year, status in years.exclude(status=PoolYear.Status.CLOSED).values_list("year", "status"):
        known[year] = known.get(year, False) or status == PoolYear.Status.ESTIMATE
    balances = (
        Account.objects.filter(
            pool__round_links__round=case.round_id, kind=AccountKind.AVAILABLE, year__in=list(known)
        )
        .values("year")
        .annotate(balance=Sum("balance"))
        .values_list("year", "balance")
    )
    available = dict(balances)
    return [
        CoverYear(
            year, amounts[year], available.get(year, 0) if year in known else None, known.get(year, False)
        )
        for year in wanted
    ]
