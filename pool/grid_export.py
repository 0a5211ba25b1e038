"""The grid cases × years as rows of a file: one row a case and year, to be filtered and summed."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from businesscases.models import State
from innovation_pool.exports import KRONER_FORMAT, Column
from pool.models import Pool
from pool.overview import case_rows, cases_of, pool_years

OERE_FORMAT = '#,##0.00;"−"#,##0.00'
OERE = 100


def grid_lines(pool: Pool, *, sees_asked: bool, only: Q | None = None) -> tuple[list[int], Iterator[list]]:
    """The years of the pool, and a row for each case and year that has anything in it."""
    years = [column.year for column in pool_years(pool, sees_asked=sees_asked).years]
    cases = cases_of(pool, sees_asked=sees_asked)
    if only is not None:
        cases = cases.filter(only)
    return years, _lines(case_rows(pool, cases, years), years, sees_asked=sees_asked)


def _lines(rows, years: list[int], *, sees_asked: bool) -> Iterator[list]:
    for row in rows:
        for year, cell in zip(years, row.cells, strict=True):
            asked = [cell.asked or None] if sees_asked else []
            amounts = [cell.reserved, cell.allocated, cell.unfunded]
            if not any((*amounts, cell.spent_oere, *asked)):
                continue
            spent = Decimal(cell.spent_oere) / OERE if cell.spent_oere else None
            shown = [amount or None for amount in amounts]
            yield [row.reference, row.title, str(State(row.state).label), year, *asked, *shown, spent]


def grid_columns(years: list[int], *, sees_asked: bool) -> list[Column]:
    """The columns of a row; what is asked only for those who may see it."""
    asked = [Column(_("Asked"), 14, KRONER_FORMAT)] if sees_asked else []
    return [
        Column(_("Case"), 14),
        Column(_("Title"), 40),
        Column(_("Status"), 16),
        Column(_("Year"), 8, "0"),
        *asked,
        Column(_("Reserved"), 14, KRONER_FORMAT),
        Column(_("Allocated"), 14, KRONER_FORMAT),
        Column(_("Without cover"), 14, KRONER_FORMAT),
        Column(_("Spent"), 16, OERE_FORMAT),
    ]
