"""What a list of cases means for the money: `{% load list_money %}`.

Kept apart from `case_money`, which is about one case.
"""

from collections import defaultdict
from dataclasses import dataclass

from django import template
from django.db.models import Sum

from pool.models import Account, AccountKind, PoolYear
from pool.provisional_sums import available_after, with_room

register = template.Library()


@dataclass(frozen=True)
class YearLeft:
    """A calendar year of every pool that is not closed, in kroner."""

    year: int
    granted: int
    available: int
    undecided: int
    provisional: int | None

    @property
    def left(self) -> int:
        return self.available - self.undecided


@register.inclusion_tag("pool/_left_if_granted.html")
def left_if_granted(cases, years):
    """Rows of a table: what the cases have been granted, what is available, and what would be left.

    `cases` is the queryset that is shown, `years` have `year` and `undecided` (asked by cases the board has
    not decided). Two grouped statements over kept balances.
    """
    shown = [year.year for year in years]
    kinds = (AccountKind.RESERVED, AccountKind.ALLOCATED)
    granted = Account.objects.filter(
        kind__in=kinds, year__in=shown, case__in=cases.order_by().values("pk")
    ).values_list("year")
    granted = dict(granted.annotate(Sum("balance")))
    room = PoolYear.objects.filter(year__in=shown, pool__closed_at=None)
    room = with_room(room.exclude(status=PoolYear.Status.CLOSED)).order_by()
    room = list(room.values_list("pool", "year", "free", "taken", "ended"))
    after = available_after(room)
    available: dict[int, int] = defaultdict(int)
    for _pool, year, free, *_provisional in room:
        available[year] += free
    rows = [
        YearLeft(
            year=year.year,
            granted=granted.get(year.year, 0),
            available=available[year.year],
            undecided=year.undecided,
            provisional=None if after is None else after.get(year.year, 0),
        )
        for year in years
    ]
    return {
        "rows": rows,
        "provisional": after is not None,
        "granted": sum(row.granted for row in rows),
        "undecided": sum(row.undecided for row in rows),
        "available": sum(row.available for row in rows),
        "left": sum(row.left for row in rows),
    }
