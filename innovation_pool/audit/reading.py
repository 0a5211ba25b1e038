"""Reading the audit trail, with what a reader may not know left out.

The ground knows no businesscase, so the apps above say what is veiled: a function from a person
to a Q of the rows that person may not read.
"""

from collections.abc import Callable

from django.db.models import Q

from innovation_pool.audit.models import Entry

_veils: list[Callable[[object], Q]] = []


def veil(hidden_from: Callable[[object], Q]) -> Callable[[object], Q]:
    """Registers a function that says which entries a person may not read."""
    if hidden_from not in _veils:
        _veils.append(hidden_from)
    return hidden_from


def readable_by(user):
    """The audit trail as this person may read it, newest first."""
    entries = Entry.objects.order_by("-id")
    for hidden_from in _veils:
        entries = entries.exclude(hidden_from(user))
    return entries
