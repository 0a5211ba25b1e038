"""The pools, one pool, and one year of it."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from businesscases.models import Round
from innovation_pool.charts import pool_chart, year_bar
from innovation_pool.permissions import Action, may, require
from pool.behind import movements_behind
from pool.case_grid import earlier_sentence, grid_rows, grid_rows_of_year
from pool.decisions import after_provisional
from pool.forms.as_it_was import AsItWasForm
from pool.models import Pool, PoolYear
from pool.overview import PER_PAGE, PoolOverview, pool_overview, pool_years
from pool.pool_choice import pools_at_a_glance
from pool.views.as_it_was import asks_for_the_past, pool_as_it_was
from pool.views.council import acts_for
from pool.views.reading import page_number, shown_figure, shown_year
from pool.year_table import cells_of_year, money_rows


def pool_list(request):
    """Every pool with what it has, newest first."""
    require(request.user, Action.READ_POOL)
    may_create = may(request.user, Action.BOOK_COUNCIL_MONEY)
    return render(request, "pool/pool_list.html", {"pools": pools_at_a_glance(), "may_create": may_create})


def pool_detail(request, pool_id):
    """The years as columns, every sum open to the movements behind it, and the cases year by year."""
    require(request.user, Action.READ_POOL)
    pool = get_object_or_404(Pool.objects.select_related("committee"), pk=pool_id)
    if asks_for_the_past(request):
        return pool_as_it_was(request, pool)
    sees_asked = may(request.user, Action.SEE_ASKED)
    words = request.GET.get("q", "").replace("\0", "").strip()
    only = Q(search_text__contains=words.upper()) if words else None
    overview = pool_overview(pool, sees_asked=sees_asked, page=page_number(request), only=only)
    reads_movements = may(request.user, Action.READ_MOVEMENTS)
    figure, year = shown_figure(request) if reads_movements else ("", None)
    touched = _provisional(pool, overview) if sees_asked else None
    rows = money_rows(overview, after=touched.available if touched else None)
    context = {
        "pool": pool,
        "overview": overview,
        "provisional": touched,
        "sees_asked": sees_asked,
        "reads_movements": reads_movements,
        "rows": rows,
        "behind": movements_behind(pool, figure, year),
        "chart": pool_chart([column.money for column in overview.years]),
        "query": words,
        "base": _address_without_figure(request),
        **_one_year(request, overview, rows, sees_asked=sees_asked),
        **_cases(overview, sees_asked=sees_asked),
        **_ways_on(request.user, pool, overview, words),
    }
    return render(request, "pool/pool_detail.html", context)


def _provisional(pool: Pool, overview: PoolOverview):
    """The years after what open meetings have put down, or None where that touches nothing here."""
    provisional = after_provisional(pool, overview.free)
    return provisional if provisional.decisions else None


def _one_year(request, overview: PoolOverview, rows, *, sees_asked: bool) -> dict:
    """What a telephone shows: one year at a time."""
    column = overview.column(shown_year(request, overview))
    return {
        "picked": column,
        "picked_rows": cells_of_year(rows, column.year),
        "picked_cells": grid_rows_of_year(overview, column.year, sees_asked=sees_asked),
        "bar": year_bar(column.money),
    }


def _cases(overview: PoolOverview, *, sees_asked: bool) -> dict:
    """The grid and its pages."""
    paginator = Paginator(range(overview.row_count), PER_PAGE)
    return {
        "cases": grid_rows(overview, sees_asked=sees_asked),
        "earlier": earlier_sentence(overview),
        "page": paginator.get_page(overview.page),
        "numbers": paginator.get_elided_page_range(overview.page),
        "cases_url": reverse("businesscases:case-list"),
    }


def _grid_file(pool: Pool, words: str) -> str:
    """Where the grid is as Excel, for exactly the cases found."""
    query = f"?{urlencode({'q': words})}" if words else ""
    return reverse("pool:grid-export", args=[pool.pk, "xlsx"]) + query


def _ways_on(user, pool: Pool, overview: PoolOverview, words: str) -> dict:
    """The buttons: what this person may do with the pool from here."""
    years = [column.year for column in overview.years if column.status == "adopted" and column.reserved]
    first, last = overview.first_year, overview.last_year
    return {
        "name": f"{pool.name} {first}" if first == last else f"{pool.name} {first}–{last}",
        "allocate_year": years[0] if years and may(user, Action.ALLOCATE) else None,
        "acts": finance_acts(user, pool),
        "export_url": _grid_file(pool, words),
        "exports": may(user, Action.EXPORT_BUDGET_SHEET),
        "as_it_was": AsItWasForm(pool) if may(user, Action.READ_MOVEMENTS) else None,
        "rounds": Round.objects.filter(pool_links__pool=pool).order_by("-deadline", "name"),
    }


def finance_acts(user, pool: Pool) -> list[dict]:
    """What finance may book on the pool, for the menu of its page."""
    acts = acts_for(user, pool)
    if may(user, Action.RETURN_MONEY) and pool.closed_at is None:
        url = reverse("pool:return-unspent", args=[pool.pk])
        acts.append({"label": _("Return unspent money"), "url": url})
    if may(user, Action.REGISTER_EFFECT):
        url = reverse("pool:effect-list", args=[pool.pk])
        acts.append({"label": _("Register budget transfers"), "url": url})
    if may(user, Action.IMPORT_SPENDING):
        acts.append({"label": _("Import spending"), "url": reverse("pool:spending")})
    return acts


def _address_without_figure(request) -> str:
    """The address as it is, ready for another `show=`."""
    kept = request.GET.copy()
    kept.pop("show", None)
    return f"?{kept.urlencode()}&" if kept else "?"


def year_detail(request, pool_id, year):
    """One year of a pool: its figures from the budget down, and the cases that have money in it."""
    require(request.user, Action.READ_POOL)
    pool = get_object_or_404(Pool.objects.select_related("committee"), pk=pool_id)
    row = get_object_or_404(PoolYear, pool=pool, year=year)
    sees_asked = may(request.user, Action.SEE_ASKED)
    overview = pool_years(pool, sees_asked=sees_asked)
    column = overview.column(year)
    context = {
        "pool": pool,
        "row": row,
        "column": column,
        "rows": cells_of_year(money_rows(overview), year),
        "bar": year_bar(column.money),
        "reads_movements": may(request.user, Action.READ_MOVEMENTS),
        "sees_asked": sees_asked,
        "acts": acts_for(request.user, pool) if row.status != PoolYear.Status.CLOSED else [],
        "may_allocate": may(request.user, Action.ALLOCATE) and column.status == "adopted" and column.reserved,
    }
    return render(request, "pool/year_detail.html", context)
