"""How acts answer: a button of one press, back to the page it stood on; and what was booked, by number."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from innovation_pool.audit.acts import Answer
from innovation_pool.web.operation_form import answer_once
from pool.council_words import numbered
from pool.forms.meetings import ButtonForm
from pool.models import Movement, Pool


def press(request, act: str, run: Callable[[ButtonForm], Answer], *, back: str, form=None) -> HttpResponse:
    """Runs the act once; a rule's no becomes a message on the page the button stood on."""
    form = form or ButtonForm(request.POST)
    if form.is_valid():
        answered = answer_once(request, form, act, lambda: run(form))
        if answered is not None:
            return answered
    for name, sentences in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields and name != "operation" else ""
        for sentence in sentences:
            messages.error(request, f"{label}{sentence}")
    return redirect(back)


def booked(pool: Pool, operation: UUID, said: str, *, short: bool, page: str = "pool:pool-detail") -> Answer:
    """What was booked in the pool, by which movements, and the way to the act; in warn where money lacks."""
    rows = Movement.objects.filter(pool=pool, operation=operation).order_by("number")
    numbers = list(rows.values_list("number", flat=True))
    return Answer(
        reverse(page, args=[pool.pk]),
        f"{said} {numbered(numbers)}".strip(),
        "warn" if short else "good",
        reverse("pool:operation", args=[pool.pk, numbers[0]]) if numbers else "",
        _("See the act") if numbers else "",
    )
