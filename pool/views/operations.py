"""The page of an act that moved money, and its correction."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once
from pool import ledger
from pool.council_figures import after_transfers
from pool.forms.council import ReasonForm
from pool.ledger.corrections import WHO
from pool.ledger.refusals import MOVED
from pool.models import Movement, Operation, Pool, PoolYear
from pool.operation_page import adoption_of, may_correct, operation_shown
from pool.overview import pool_years
from pool.views.reading import acted_already


def operation_detail(request, pool_id, number):
    """The act that a movement belongs to: its text, its basis, and every movement of it."""
    require(request.user, Action.READ_MOVEMENTS)
    pool, operation = _found(pool_id, number)
    context = {
        "pool": pool,
        "number": number,
        "shown": operation_shown(pool, operation),
        "correctable": may_correct(request.user, operation),
    }
    return render(request, "pool/operation.html", context)


def correct(request, pool_id, number):
    """The exact opposite of the whole operation a movement belongs to, once."""
    require(request.user, Action.READ_MOVEMENTS)
    pool, operation = _found(pool_id, number)
    return _correcting(request, pool, operation, reverse("pool:operation", args=[pool_id, number]), number)


def correct_adoption(request, pool_id, year):
    """Takes a year's adoption back; the only way to one without a difference, which has no movement."""
    require(request.user, Action.BOOK_COUNCIL_MONEY)
    pool = get_object_or_404(Pool, pk=pool_id)
    row = get_object_or_404(PoolYear, pool=pool, year=year)
    back = reverse("pool:year-detail", args=[pool_id, year])
    return _correcting(request, pool, adoption_of(row), back, adopted=year)


def _correcting(request, pool: Pool, operation: Operation | None, back: str, number=None, adopted=None):
    """The page; without an operation, taken back already, the year's page, or the answer once more."""
    form = ReasonForm(request.POST or None)
    if form.is_valid() and (operation or acted_already(request)):
        answered = answer_once(
            request, form, "correct", lambda: _correct(request, pool, operation, form, back, adopted)
        )
        if answered:
            return answered
    if operation is None:
        return redirect(back)
    context = {
        "pool": pool,
        "number": number,
        "back": back,
        "shown": operation_shown(pool, operation),
        "correctable": may_correct(request.user, operation),
        "form": form,
        **_foreseen(pool, operation),
    }
    return render(request, "pool/correct.html", context, status=422 if form.errors else 200)


def _foreseen(pool: Pool, operation: Operation) -> dict:
    """The years before and after the correction, and what tells whether they have moved since."""
    rows = Movement.objects.filter(pool=pool, operation=operation).select_related("debit", "credit")
    back = [(row.credit, row.debit, row.amount) for row in rows.order_by("-number")]
    changes = after_transfers(pool_years(pool, sees_asked=False), back)
    return {
        "changes": changes,
        # A correction moves all of it or nothing: what would leave a year lacking is refused.
        "too_little": any(change.after.lacks > change.before.lacks for change in changes),
        "seen": _state(pool, [change.before.year for change in changes]),
    }


def _state(pool: Pool, years: list[int]) -> str:
    return "-".join(ledger.pool_state(pool, year, None) for year in years)


def _found(pool_id: int, number: int) -> tuple[Pool, Operation]:
    pool = get_object_or_404(Pool, pk=pool_id)
    related = ("operation__by", "operation__decision__meeting", "operation__corrects")
    movement = get_object_or_404(Movement.objects.select_related(*related), pool=pool, number=number)
    return pool, movement.operation


def _correct(request, pool: Pool, operation: Operation, form, back: str, adopted: int | None) -> Answer:
    typed = form.cleaned_data
    if operation.kind in WHO:
        # Whose act it is comes before what has moved since.
        require(request.user, WHO[operation.kind])
    ledger.lock([pool])
    if request.POST.get("seen", "") != _foreseen(pool, operation)["seen"]:
        raise ledger.Moved(MOVED)
    made = ledger.correct(operation, reason=typed["reason"], by=request.user, operation=typed["operation"])
    first = made.movements.order_by("pool", "number").first()
    if first is None:
        # An adoption without a difference moved nothing, and nothing moves back.
        message = _("The adoption of %(year)d is taken back. The year is an estimate again.")
        return Answer(back, message % {"year": adopted})
    message = _("The operation is corrected: every movement of it has its opposite.")
    return Answer(reverse("pool:operation", args=[first.pool_id, first.number]), message)
