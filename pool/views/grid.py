"""What the page of a pool shows, now or as it was: the years, the cases, what stands behind a sum."""

from django.core.paginator import Paginator
from django.urls import reverse

from innovation_pool.charts import pool_chart, year_bar
from pool.as_it_was import Past
from pool.behind import Behind, movements_behind
from pool.behind_besides import besides_behind
from pool.case_grid import grid_rows, grid_rows_of_year
from pool.overview import PER_PAGE, PoolOverview
from pool.views.reading import address_without, shown_figure, shown_year, shows_all_years
from pool.year_table import MoneyRow, cells_of_year, label_of


def years_shown(request, overview: PoolOverview, rows: list[MoneyRow]) -> dict:
    """The chart and the table of the years; on a telephone one year of them at a time."""
    column = overview.column(shown_year(request, overview))
    return {
        "overview": overview,
        "rows": rows,
        "chart": pool_chart([column.money for column in overview.years]),
        "base": address_without(request, "show", "case"),
        "year_base": address_without(request, "show", "case", "year"),
        "all_years": shows_all_years(request),
        "picked": column,
        "picked_rows": cells_of_year(rows, column.year),
        "bar": year_bar(column.money),
    }


def cases_shown(request, overview: PoolOverview, *, sees_asked: bool) -> dict:
    """One page of the grid, and the cases of the year that a telephone shows."""
    paginator = Paginator(range(overview.row_count), PER_PAGE)
    year = shown_year(request, overview)
    return {
        "cases": grid_rows(overview, sees_asked=sees_asked),
        "picked_cells": grid_rows_of_year(overview, year, sees_asked=sees_asked),
        "page": paginator.get_page(overview.page),
        "numbers": paginator.get_elided_page_range(overview.page),
        "cases_url": reverse("businesscases:case-list"),
    }


def opened_figure(request, overview: PoolOverview, *, past: Past | None = None) -> dict:
    """The rows behind the sum that was pressed, of a year or of a case in it; at most one of them.

    With `past`, what stood behind it then.
    """
    figure, year = shown_figure(request)
    reference = request.GET.get("case", "")
    if not reference:
        behind = _behind(overview, figure, year, None, past)
        return {"behind": behind, "behind_label": label_of(figure)}
    case = next((row for row in overview.rows if row.reference == reference), None)
    if case is None:
        return {}
    behind = _behind(overview, figure, year, case.id, past)
    opened = reference if behind else ""
    return {
        "case_behind": behind,
        "opened_case": opened,
        "behind_label": f"{case.title} · {label_of(figure)}",
    }


def _behind(overview: PoolOverview, figure: str, year: int | None, case_id, past) -> Behind | None:
    movements, others, on = (past.movements, past.others, past.on) if past else (None, None, None)
    return movements_behind(overview.pool, figure, year, case_id=case_id, up_to=movements) or besides_behind(
        overview.pool, figure, year, case_id=case_id, up_to=others, posted_by=on
    )
