"""Addresses whose views raise, for `test_errors.py`: the application's own, and one for each thing raised."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from innovation_pool.audit.acts import Answer, perform_once
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from innovation_pool.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
    urlpatterns,
)


def raising(exception):
    """A view that raises it."""

    def view(request):
        raise exception

    return view


def once(request):
    """An act that takes any text, once for each operation id."""
    answer = Answer("/done/", "Der er bogført 500 kr.")
    typed = {"text": request.POST["text"]}
    operation = uuid.UUID(request.POST["operation"])
    perform_once(operation, by=request.user, act="book", typed=typed, run=lambda: answer)
    raise Http404


urlpatterns = [
    *urlpatterns,
    path("refused/", raising(Refusal(_("It took too long")))),
    path("not-allowed/", raising(NotAllowed("Du er inhabil."))),
    path("too-late/", raising(TooLate("Sagen er flyttet."))),
    path("forbidden/", raising(PermissionDenied())),
    path("broken/", raising(ZeroDivisionError("hemmelig detalje"))),
    path("once/", once),
]
