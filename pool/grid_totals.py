"""The grid cases × years added up: over every case that passes its filters, not only those of one page."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum, Value
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesscases.models import BusinessCase
from pool.balances import WAITING_STATES
from pool.case_grid import Part, granted_parts
from pool.models import Account, Pool, SpentBalance, UnfundedEntry
from pool.overview import Cell, PoolOverview


@dataclass(frozen=True)
class TotalRow:
    """A row under the cases; `shown` has the parts of each year, `total` is kroner over all of them."""

    label: str
    shown: tuple[tuple[Part, ...], ...]
    total: int


def grid_totals(overview: PoolOverview, cases: QuerySet[BusinessCase] | None) -> list[TotalRow]:
    """What was granted; with `cases`, those found by a search alone, and also what they ask for.

    Without them the years themselves are the sums, and no statement is needed.
    """
    if cases is None:
        return [_granted(_("Granted in all"), overview, {column.year: column for column in overview.years})]
    found = cases.order_by().values("pk")
    rows = [_granted(_("Granted to the cases found"), overview, _kept(overview.pool, found))]
    asked = _asked(cases)
    if asked:
        rows.append(_asked_row(overview, asked))
    return rows


def _granted(label: str, overview: PoolOverview, by_year: dict) -> TotalRow:
    cells = [by_year.get(column.year, Cell()) for column in overview.years]
    return TotalRow(
        label,
        tuple(
            # What is in sum for several cases opens nothing: the table of the years does that.
            tuple(Part(part.kind, part.amount, part.word) for part in granted_parts(cell, column.year))
            for cell, column in zip(cells, overview.years, strict=True)
        ),
        sum(cell.allocated + cell.reserved + cell.unfunded for cell in cells),
    )


def _kept(pool: Pool, cases: QuerySet) -> dict[int, Cell]:
    accounts = Account.objects.filter(pool=pool, case__in=cases).order_by().values_list("kind", "year")
    unfunded = UnfundedEntry.objects.filter(pool=pool, case__in=cases).order_by()
    spent = SpentBalance.objects.filter(pool=pool, case__in=cases).order_by()
    sums = accounts.annotate(total=Sum("balance")).union(
        unfunded.values_list(Value("unfunded"), "year").annotate(total=Sum("amount")),
        spent.values_list(Value("spent_oere"), "year").annotate(total=Sum("oere")),
        all=True,
    )
    figures: dict[int, dict[str, int]] = defaultdict(dict)
    for kind, year, amount in sums:
        # A sum in a union comes back as a Decimal on PostgreSQL.
        figures[year][kind] = int(amount)
    return {year: Cell(**values) for year, values in figures.items()}


def _asked(cases: QuerySet[BusinessCase]) -> dict[int, int]:
    sums = {f"year_{offset}": Sum(f"asked_{offset}") for offset in range(1, 7)}
    asked: dict[int, int] = defaultdict(int)
    waiting = cases.filter(state__in=WAITING_STATES).order_by()
    for row in waiting.values("listed_start_year").annotate(**sums):
        for offset in range(6):
            asked[row["listed_start_year"] + offset] += row[f"year_{offset + 1}"]
    return {year: amount for year, amount in asked.items() if amount}


def _asked_row(overview: PoolOverview, asked: dict[int, int]) -> TotalRow:
    word = pgettext("cell", "asked")
    shown = tuple(
        (Part("asked", asked[column.year], word),) if column.year in asked else ()
        for column in overview.years
    )
    return TotalRow(_("Asked, not decided"), shown, sum(asked.values()))
