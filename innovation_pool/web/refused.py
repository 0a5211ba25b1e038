"""What a view let through: a rule's no, an operation id used before, a database that is away or busy.

Views show a refusal on their own page; this is the net under them. Whatever falls into it is answered
with what was typed.
"""

import logging

from django.db import InterfaceError, OperationalError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from innovation_pool.audit.acts import OtherContent, Unsure
from innovation_pool.refusals import Gone, NotAllowed, Refusal, TooLate
from innovation_pool.web.kept_post import kept_from, kept_page
from innovation_pool.web.pages import error_page

logger = logging.getLogger(__name__)

DATABASE_ERRORS = (OperationalError, InterfaceError)
# PostgreSQL's codes: a lock or a statement that took too long, a deadlock, a lost race.
BUSY_CODES = frozenset({"55P03", "57014", "40P01", "40001"})
RETRY_AFTER_SECONDS = "5"


class RefusedMiddleware:
    """Turns those exceptions into pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OtherContent):
            return used_before(request, exception)
        if isinstance(exception, Refusal):
            return refused(request, exception)
        if isinstance(exception, DATABASE_ERRORS):
            return database_away(request, exception)
        return None


def refused(request, refusal: Refusal):
    """A rule said no: its sentence, and what was typed."""
    status = {NotAllowed: 403, TooLate: 409, Gone: 410}.get(type(refusal), 422)
    title = _("That cannot be done")
    kept = kept_from(request)
    if kept is None:
        context = {"title": title, "why": refusal.sentence, "case_url": _case_address(request)}
        return error_page(request, "errors/refused.html", context, status=status)
    return kept_page(request, kept, title=title, why=refusal.sentence, status=status)


def _case_address(request) -> str:
    """The page of the case that the address is about; empty when it is about none."""
    reference = request.resolver_match.kwargs.get("reference") if request.resolver_match else None
    return reverse("businesscases:case-detail", args=[reference]) if reference else ""


def used_before(request, other: OtherContent):
    """The form was sent before with other content: what was done then, and the same as a new form."""
    kept = kept_from(request)
    context = {"title": _("This form has been sent before"), "done": other.answer}
    if kept is None:
        return error_page(request, "errors/409.html", context, status=409)
    why = _("You changed something and sent it again. Check what was done first; send this too if it is new.")
    return kept_page(request, kept.with_new_operation(), why=why, status=409, **context)


def database_away(request, error: Exception):
    """503, with what was typed. Nothing of the request was written: its transaction was undone.

    Only of an act that was being committed can that not be said.
    """
    busy = is_busy(error.__cause__ if isinstance(error, Unsure) else error)
    logger.error("The database is %s", "busy" if busy else "away", exc_info=error)
    title = _("It took too long") if busy else _("The database cannot be reached")
    kept = kept_from(request)
    if kept is None:
        context = {"title": title, "busy": busy, "bare": True}
        response = error_page(request, "errors/503.html", context, status=503)
    else:
        why = _("Nothing was changed. Wait a moment, and send what you typed again.")
        if isinstance(error, Unsure) and not busy:
            why = _(
                "It is not certain that it was carried out. Wait a moment, and send it again: the same form "
                "is carried out only once."
            )
        response = kept_page(request, kept, title=title, why=why, status=503, bare=True)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def is_busy(error: Exception) -> bool:
    """Whether the database answers, but somebody else held what was needed for too long."""
    cause = error.__cause__
    return getattr(cause, "pgcode", None) in BUSY_CODES or "locked" in f"{error}"
