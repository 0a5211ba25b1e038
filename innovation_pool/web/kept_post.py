"""A post that could not be taken is answered with everything that was typed, in a form that can be sent
again: same address, same operation id, new token. Nothing is stored; the page itself carries it.

Works without JavaScript. Who is not signed in signs in on the same page; passwords and files cannot be
carried, and the page says which.
"""

import json
import re
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from innovation_pool.web.pages import error_page

OPERATION_FIELD = "operation"
# What the sign-in form on the page carries the kept post in.
CARRIED_FIELD = "kept_post"
NOT_CARRIED = frozenset({"csrfmiddlewaretoken"})
# An amount or a date, not the number of a row or of a choice: it has a mark in it, or four digits and more.
FIGURE = re.compile(r"(?=.*[.,\u2212/ -]|\d{4})[\d.,\u2212/ -]*\d[\d.,\u2212/ -]*")
# The code of a choice, an address or an id; a text has a space, a capital or a letter beyond a–z.
CODE = re.compile(r"[a-z0-9_:/?=&.-]*")


@dataclass(frozen=True)
class KeptPost:
    """What was posted where. `fields` keeps order and repetition; `files` are names of what was lost."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def texts(self) -> list[str]:
        """What a person wrote in words, for reading and copying."""
        return [value for _name, value in self.fields if _is_text(value)]

    @property
    def figures(self) -> list[str]:
        """The amounts and dates a person typed, as typed."""
        return [value for _name, value in self.fields if FIGURE.fullmatch(value.strip())]

    def as_json(self) -> str:
        return json.dumps([self.path, self.fields, self.files])

    def with_new_operation(self) -> "KeptPost":
        """The same as a new act: for when the id was used for something else."""
        fields = tuple(
            (name, str(uuid4())) if name == OPERATION_FIELD else (name, value) for name, value in self.fields
        )
        return KeptPost(self.path, fields, self.files)


def kept_from(request) -> KeptPost | None:
    """The post of this request, or None when there is nothing to keep or it must not be shown.

    A page elsewhere that posts to us must not get its text onto a page of ours with a button under it;
    and a password is typed again.
    """
    if request.method != "POST" or _comes_from_elsewhere(request):
        return None
    if CARRIED_FIELD in request.POST:
        # A sign-in that failed carries somebody's text: that is what is kept, not the sign-in.
        return carried_by(request)
    fields = tuple(
        (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values
    )
    if not fields or any("password" in name.lower() for name, _value in fields):
        return None
    files = tuple(file.name for _name, files in request.FILES.lists() for file in files)
    return KeptPost(request.get_full_path(), fields, files)


def carried_by(request) -> KeptPost | None:
    """The kept post that a sign-in carries along, or None. What does not look like one is ignored."""
    try:
        path, fields, files = json.loads(request.POST.get(CARRIED_FIELD, ""))
        pairs = tuple((str(name), str(value)) for name, value in fields)
        names = tuple(str(name) for name in files)
    except (TypeError, ValueError):
        return None
    if not isinstance(path, str) or not path.startswith("/"):
        return None
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return None
    return KeptPost(path, pairs, names)


def kept_page(request, kept: KeptPost, *, title, why, status: int, **context):
    """The page. `context`: `bare=True` where the database may not be asked; `sign_in` a form to sign in
    with; `elsewhere` an address where signing in goes on; `done` what was done with the id before.
    """
    context |= {
        "title": title,
        "why": why,
        "kept": kept,
        "carried_field": CARRIED_FIELD,
    }
    return error_page(request, "errors/kept_post.html", context, status=status)


def _comes_from_elsewhere(request) -> bool:
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    ours = f"{request.scheme}://{request.get_host()}"
    return origin != ours and origin not in settings.CSRF_TRUSTED_ORIGINS


def _is_text(value: str) -> bool:
    written = value.strip()
    return not (CODE.fullmatch(written) or FIGURE.fullmatch(written))
