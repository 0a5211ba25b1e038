"""The pages for what went wrong: what happened, and what to do next. Named in `urls.py` as Django's
handlers, and in the settings as the answer to a token that is not accepted.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.forms import SignInForm
from innovation_pool.web.kept_post import kept_from, kept_page
from innovation_pool.web.pages import error_page
from innovation_pool.web.refused import DATABASE_ERRORS, database_away

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None):
    """400, or 413 when more was sent than is read."""
    if isinstance(exception, TOO_LARGE):
        context = {"title": _("That was too much at once"), "bare": True}
        return error_page(request, "errors/413.html", context, status=413)
    context = {"title": _("The request could not be understood"), "bare": True}
    return error_page(request, "errors/400.html", context, status=400)


def permission_denied(request, exception=None):
    """403: the person's role does not let them; says who can, and who to ask. What they typed is kept."""
    title = _("You do not have access to this")
    kept, who = kept_from(request), getattr(exception, "who", "")
    if kept is None:
        return error_page(request, "errors/403.html", {"title": title, "who": who}, status=403)
    why = _("Your role does not allow it. Nothing was changed.")
    if who:
        why = _("Your role does not allow it. It can be done by: %(who)s. Nothing was changed.") % {
            "who": who
        }
    return kept_page(request, kept, title=title, why=why, status=403)


def page_not_found(request, exception=None):
    """404: it does not exist, or it is not theirs to see; the page is the same."""
    return error_page(request, "errors/404.html", {"title": _("The page was not found")}, status=404)


def server_error(request):
    """500 with the reference number; 503 when the exception being handled is the database's."""
    error = sys.exc_info()[1]
    if isinstance(error, DATABASE_ERRORS):
        return database_away(request, error)
    context = {"title": _("Something went wrong"), "bare": True}
    return error_page(request, "errors/500.html", context, status=500)


def too_many_requests(request, exception=None):
    """429: allauth's throttle on sign-in."""
    title = _("Too many attempts")
    kept = kept_from(request)
    if kept is None:
        return error_page(request, "errors/429.html", {"title": title, "bare": True}, status=429)
    why = _("Wait five minutes, and sign in again. What you typed is still here.")
    sign_in = SignInForm(request=request)
    return kept_page(request, kept, title=title, why=why, status=429, bare=True, sign_in=sign_in)


def csrf_failure(request, reason=""):
    """The token did not fit: somebody signed in or out in another tab. A new one, and what was typed."""
    kept = None if reason.startswith(REASON_BAD_ORIGIN.partition("%")[0]) else kept_from(request)
    if kept is None:
        context = {"title": _("The form is too old"), "bare": True, "again": request.path}
        return error_page(request, "errors/csrf.html", context, status=403)
    if request.user.is_authenticated:
        why = _("You signed in or out in another tab since you opened it. Nothing is lost: send it again.")
        return kept_page(request, kept, title=_("The form is too old"), why=why, status=403)
    return kept_page(
        request,
        kept,
        title=_("You were signed out"),
        why=_("Nothing is lost. Sign in, and send what you typed."),
        status=403,
        bare=True,
        sign_in=SignInForm(request=request),
    )
