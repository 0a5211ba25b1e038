"""Acts of one press: a button with an operation id, one act, and back to the page it stood on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from innovation_pool.audit.acts import Answer
from innovation_pool.web.operation_form import answer_once
from pool.forms.meetings import ButtonForm


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
