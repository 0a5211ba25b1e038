"""Danish, whatever the browser says, until the person chooses otherwise.

Who is signed in has the choice on their account; for others it is a cookie, set only by choosing.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


def chosen_language(request) -> str:
    """The language of this page: the person's, else the cookie's, else Danish."""
    offered = dict(settings.LANGUAGES)
    # Without a session cookie nobody is signed in, and nothing need be asked of the database.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        chosen = request.user.language
    else:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in offered else settings.LANGUAGE_CODE


def danish_first_middleware(get_response):
    """Speaks Danish until the choice is known. Stands early: a page that says the database is away, or
    that the address is wrong, is written before anybody's choice can be read.
    """

    def middleware(request):
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return get_response(request)

    return middleware


def language_middleware(get_response):
    """Speaks the chosen language from here on."""

    def middleware(request):
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


@login_not_required
@require_POST
def set_language(request):
    """Takes the choice from the menu, and goes back to the page it was made on."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # Our own pages post a path; `redirect` would read a bare word as the name of a page.
    response = HttpResponseRedirect(back if safe and "/" in back else "/")
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            get_user_model().objects.filter(pk=request.user.pk).update(language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
