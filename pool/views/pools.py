"""The pools, one pool, and one year of it."""

from django.db.models import BigIntegerField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases.models import Round
from innovation_pool.accounts.models import Department
from innovation_pool.charts import year_bar
from innovation_pool.permissions import Action, may, require
from innovation_pool.prepared import prepared
from pool.case_grid import earlier_sentence
from pool.decisions import after_provisional
from pool.forms.as_it_was import AsItWasForm
from pool.grid_totals import grid_totals
from pool.models import Pool, PoolYear
from pool.overview import PoolOverview, cases_of, pool_overview, pool_years
from pool.pool_choice import pools_at_a_glance
from pool.uncovered import uncovered_grants
from pool.views.as_it_was import asks_for_the_past, pool_as_it_was
from pool.views.council import acts_for
from pool.views.grid import cases_shown, opened_figure, years_shown
from pool.views.grid_filters import GridFilters, group_choices, read_grid_filters
from pool.views.reading import page_number
from pool.year_table import cells_of_year, money_rows


def pool_list(request):
    """Every pool with what it has, newest first."""
    require(request.user, Action.READ_POOL)
    may_create = may(request.user, Action.BOOK_COUNCIL_MONEY)
    return render(request, "pool/pool_list.html", {"pools": pools_at_a_glance(), "may_create": may_create})


def pool_detail(request, pool_id):
    """The years as columns, every sum open to the movements behind it, and the cases year by year."""
    require(request.user, Action.READ_POOL)
    # A prepared statement is asked as it stands: a number that no key can be must not reach the database.
    found = _with_committee(pool=pool_id) if pool_id <= BigIntegerField.MAX_BIGINT else []
    if not found:
        raise Http404
    [pool] = found
    if asks_for_the_past(request):
        return pool_as_it_was(request, pool)
    sees_asked = may(request.user, Action.SEE_ASKED)
    filters = read_grid_filters(request)
    overview = pool_overview(pool, sees_asked=sees_asked, page=page_number(request), only=filters.only)
    reads_movements = may(request.user, Action.READ_MOVEMENTS)
    touched = _provisional(pool, overview) if sees_asked else None
    rows = money_rows(overview, after=touched.available if touched else None)
    context = {
        "pool": pool,
        "provisional": touched,
        "sees_asked": sees_asked,
        "reads_movements": reads_movements,
        "earlier": earlier_sentence(overview),
        **years_shown(request, overview, rows),
        **cases_shown(request, overview, sees_asked=sees_asked),
        **(opened_figure(request, overview) if reads_movements else {}),
        **_filtering(overview, filters, sees_asked=sees_asked),
        **_ways_on(request.user, pool, overview, filters),
    }
    return render(request, "pool/pool_detail.html", context)


@prepared
def _with_committee(*, pool: int):
    return Pool.objects.filter(pk=pool).select_related("committee")


def _provisional(pool: Pool, overview: PoolOverview):
    """The years after what open meetings have put down, or None where that touches nothing here."""
    provisional = after_provisional(pool, overview.free)
    return provisional if provisional.decisions else None


def _filtering(overview: PoolOverview, filters: GridFilters, *, sees_asked: bool) -> dict:
    """The filters with what may be chosen, and the sums of exactly the cases that pass."""
    narrowed = filters.only is not None
    found = cases_of(overview.pool, sees_asked=sees_asked).filter(filters.only) if narrowed else None
    return {
        "filters": filters,
        "filtered": narrowed,
        "totals": grid_totals(overview, found),
        "groups": group_choices(sees_asked=sees_asked),
        "departments": _departments(),
    }


@prepared
def _departments():
    return Department.objects.order_by("name").values_list("pk", "name")


def _ways_on(user, pool: Pool, overview: PoolOverview, filters: GridFilters) -> dict:
    """The buttons: what this person may do with the pool from here."""
    years = [column.year for column in overview.years if column.status == "adopted" and column.reserved]
    first, last = overview.first_year, overview.last_year
    return {
        "name": f"{pool.name} {first}" if first == last else f"{pool.name} {first}–{last}",
        "allocate_year": years[0] if years and may(user, Action.ALLOCATE) else None,
        "acts": finance_acts(user, pool),
        # For exactly the cases found.
        "export_url": reverse("pool:grid-export", args=[pool.pk, "xlsx"]) + filters.address,
        "exports": may(user, Action.EXPORT_BUDGET_SHEET),
        "as_it_was": AsItWasForm(pool) if may(user, Action.READ_MOVEMENTS) else None,
        "rounds": _rounds_of(pool=pool.pk),
    }


@prepared
def _rounds_of(*, pool: int):
    return Round.objects.filter(pool_links__pool=pool).order_by("-deadline", "name")


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
        "acts": _acts_of_year(request.user, pool, row),
        "uncovered": uncovered_grants(pool, year),
        "covers": may(request.user, Action.PUT_DOWN_DECISION) and column.available,
        "may_allocate": may(request.user, Action.ALLOCATE) and column.status == "adopted" and column.reserved,
    }
    return render(request, "pool/year_detail.html", context)


def _acts_of_year(user, pool: Pool, row: PoolYear) -> list[dict]:
    """What finance may book to the year, and the way back from its adoption, which may have no movement."""
    if row.status == PoolYear.Status.CLOSED:
        return []
    acts = acts_for(user, pool)
    if acts and row.status == PoolYear.Status.ADOPTED:
        url = reverse("pool:correct-adoption", args=[pool.pk, row.year])
        acts.append({"label": _("Take back the adoption"), "url": url})
    return acts
