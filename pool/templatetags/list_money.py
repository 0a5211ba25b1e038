"""What a list of cases means for the money: `{% load list_money %}`.

Kept apart from `case_money`, which is about one case.
"""

from dataclasses import dataclass

from django import template
from django.db.models import Q, Sum

from pool.models import Account, AccountKind

register = template.Library()


@dataclass(frozen=True)
class YearLeft:
    """A calendar year of every pool that is not closed, in kroner."""

    year: int
    granted: int
    available: int
    undecided: int

    @property
    def left(self) -> int:
        return self.available - self.undecided


@register.inclusion_tag("pool/_left_if_granted.html")
def left_if_granted(cases, years):
    """Rows of a table: what the cases have been granted, what is available, and what would be left.

    `cases` is the queryset that is shown, `years` have `year` and `undecided` (asked by cases the board has
    not decided). One grouped statement over kept balances.
    """
    of_cases = Q(
        kind__in=(AccountKind.RESERVED, AccountKind.ALLOCATED), case__in=cases.order_by().values("pk")
    )
    free = Q(kind__in=(AccountKind.AVAILABLE, AccountKind.SHORTFALL), pool__closed_at=None)
    shown = [year.year for year in years]
    found = Account.objects.filter(of_cases | free, year__in=shown).values_list("year", "kind")
    balances = {(year, kind): total for year, kind, total in found.annotate(Sum("balance"))}
    rows = [
        YearLeft(
            year=year.year,
            granted=sum(balances.get((year.year, kind), 0) for kind in ("reserved", "allocated")),
            available=sum(balances.get((year.year, kind), 0) for kind in ("available", "shortfall")),
            undecided=year.undecided,
        )
        for year in years
    ]
    return {
        "rows": rows,
        "granted": sum(row.granted for row in rows),
        "undecided": sum(row.undecided for row in rows),
        "available": sum(row.available for row in rows),
        "left": sum(row.left for row in rows),
    }
