"""Draws a page that says something went wrong, within the application's own frame where that can be
drawn, and bare where it cannot: the frame's menu asks the database who is looking.
"""

import logging

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext

from innovation_pool.web.reference import current_reference

logger = logging.getLogger(__name__)

FRAME = "base.html"
BARE = "errors/_bare.html"


def error_page(request, template: str, context: dict, *, status: int) -> HttpResponse:
    """The page. `context["bare"]` draws it without the frame, the session and the database."""
    context = {
        "reference": current_reference(),
        "status": status,
        "municipality": settings.MUNICIPALITY,
        **context,
    }
    if not context.get("bare"):
        try:
            page = render_to_string(template, {**context, "frame": FRAME}, request)
            return HttpResponse(page, status=status)
        except Exception:
            # Whatever broke the frame, the person still gets told what happened to their own request.
            logger.exception("The frame could not be drawn around %s", template)
    return HttpResponse(_drawn_bare(request, template, context), status=status)


def _drawn_bare(request, template: str, context: dict) -> str:
    try:
        return render_to_string(template, {**context, "frame": BARE, "csrf_token": get_token(request)})
    except (TemplateDoesNotExist, ValueError):
        # A static file missing from the manifest, say: words alone need nothing.
        logger.exception("The page %s could not be drawn", template)
        sentence = gettext("Something went wrong.")
        return (
            f"<!doctype html><meta charset=utf-8><title>{sentence}</title><p>{sentence} {current_reference()}"
        )
