"""The page of a pool as it was: read only, and clearly another moment than now."""

from django.shortcuts import render

from innovation_pool.permissions import Action, require
from pool.as_it_was import Past, after_movement, end_of_day, pool_as_it_was_at
from pool.forms.as_it_was import AsItWasForm
from pool.grid_totals import grid_totals
from pool.models import Pool
from pool.overview import PoolOverview
from pool.views.grid import cases_shown, opened_figure, years_shown
from pool.views.reading import page_number
from pool.year_table import money_rows


def asks_for_the_past(request) -> bool:
    return "as_of" in request.GET or "as_of_movement" in request.GET


def pool_as_it_was(request, pool: Pool):
    """The years added up to the day or movement asked for; what cannot be read is said at its field."""
    require(request.user, Action.READ_MOVEMENTS)
    form = AsItWasForm(pool, request.GET)
    context = {"pool": pool, "form": form}
    if form.is_valid():
        past = after_movement(form.movement) if form.movement else end_of_day(form.cleaned_data["as_of"])
        overview = pool_as_it_was_at(pool, past, page=page_number(request))
        context |= {"movement": form.movement, "on": past.on, **_shown(request, overview, past)}
    return render(request, "pool/pool_as_it_was.html", context, status=422 if form.errors else 200)


def _shown(request, overview: PoolOverview, past: Past) -> dict:
    """The same parts as on the pool's page; every figure opens the movements up to there."""
    return {
        **years_shown(request, overview, money_rows(overview)),
        **cases_shown(request, overview, sees_asked=False),
        **opened_figure(request, overview, past=past),
        "totals": grid_totals(overview, None),
    }
