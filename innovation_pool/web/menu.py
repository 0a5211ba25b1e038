"""The main menu: what this person may use."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from innovation_pool.permissions import Action, may
from innovation_pool.web.addresses import address

# Label, url name, and the actions of which one is enough; none at all: everyone who is signed in.
ENTRIES = (
    (_("Overview"), "overview", ()),
    (_("Businesscases"), "businesscases:case-list", (Action.WRITE_CASE, Action.READ_SUBMITTED)),
    (_("The pool"), "pool:pool-list", (Action.READ_POOL,)),
    (_("Board meetings"), "pool:meeting-list", (Action.READ_MEETINGS,)),
    (pgettext_lazy("menu", "Budget sheets"), "pool:budget-sheets", (Action.EXPORT_BUDGET_SHEET,)),
    (_("Audit trail"), "audit:entry-list", (Action.READ_AUDIT,)),
    (_("Administration"), "admin:index", (Action.ADMINISTER,)),
)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


def menu(request) -> dict:
    """Context for the frame; asks who is looking only when the frame draws the menu."""
    return {
        "menu": SimpleLazyObject(lambda: entries(request.user, request.path)),
        "municipality": settings.MUNICIPALITY,
    }


def entries(user, path: str) -> list[Entry]:
    """What the person may use, in order; the current one is that whose address begins most of `path`."""
    shown = []
    for label, name, actions in ENTRIES:
        if any(may(user, action) for action in actions) or (not actions and user.is_authenticated):
            shown.append((label, address(name)))
    current = max((url for _label, url in shown if _within(path, url)), key=len, default="")
    return [Entry(label, url, url == current) for label, url in shown]


def _within(path: str, url: str) -> bool:
    # Every path starts with "/", which is the overview's own.
    return path == url if url == "/" else path.startswith(url)
