"""The page of a pool as it was: read only, and clearly another moment than now."""

from django.shortcuts import render

from innovation_pool.permissions import Action, require
from pool.as_it_was import after_movement, end_of_day, pool_as_it_was_at
from pool.forms.as_it_was import AsItWasForm
from pool.models import Pool
from pool.year_table import money_rows


def asks_for_the_past(request) -> bool:
    return "as_of" in request.GET or "as_of_movement" in request.GET


def pool_as_it_was(request, pool: Pool):
    """The years added up to the day or movement asked for; what cannot be read is said at its field."""
    require(request.user, Action.READ_MOVEMENTS)
    form = AsItWasForm(pool, request.GET)
    context = {"pool": pool, "form": form}
    if form.is_valid():
        movement, on = form.movement, form.cleaned_data["as_of"]
        overview = pool_as_it_was_at(pool, after_movement(movement) if movement else end_of_day(on))
        # The last row is what was spent, which is not told of the past.
        context |= {"overview": overview, "rows": money_rows(overview)[:-1], "movement": movement, "on": on}
    return render(request, "pool/pool_as_it_was.html", context, status=422 if form.errors else 200)
