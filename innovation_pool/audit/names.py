"""What an act is called on a page, and who did it where nobody was signed in.

The app that does the act says so. All names have one form: what was done, as it stands done, with its
object where the code of the act does not give it.
"""

from collections.abc import Callable, Mapping

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

# Acts whose subject can be any kind of row.
MASTER_DATA = frozenset({"add", "change"})

_names: dict[str, Words] = {}
_groups: dict[Words, list[str]] = {}
_strangers: dict[str, Callable[[Mapping], str]] = {}


def register(group: Words, names: Mapping[str, Words]) -> None:
    """Adds names of acts, by their code in the audit trail, under a heading of the filter."""
    _names.update(names)
    _groups.setdefault(group, []).extend(names)


def without_account(act: str, words: Callable[[Mapping], str]) -> None:
    """Says who did an act that takes no account, from what the entry holds of it."""
    _strangers[act] = words


def name_of(act: str) -> str:
    """The act in words; an act nobody has named is shown by its code, so that it is seen at all."""
    return str(_names.get(act, act))


def is_named(act: str) -> bool:
    """Whether somebody has said what the act is called."""
    return act in _names


def who_did(entry) -> str:
    """The person; where no account was used, what is known of who it was."""
    if entry.by is not None:
        return str(entry.by)
    known = _strangers.get(entry.act)
    return str(known(entry.after or {})) if known else ""


def what_of(entry) -> str:
    """What the act concerned: its subject, with the kind of thing where a name alone would not say it."""
    if entry.act not in MASTER_DATA:
        return entry.subject
    kind = apps.get_model(entry.subject_type)._meta.verbose_name
    return f"{capfirst(kind)}: {entry.subject}"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every named act under its heading, in the order of its words."""
    return [
        (str(group), sorted(((code, name_of(code)) for code in codes), key=lambda pair: pair[1].casefold()))
        for group, codes in _groups.items()
    ]


register(
    _("Sign-in and files"),
    {
        "sign in": pgettext_lazy("act", "Signed in"),
        "sign out": pgettext_lazy("act", "Signed out"),
        "failed sign in": pgettext_lazy("act", "Sign-in refused"),
        "export": pgettext_lazy("act", "File taken out"),
        "download": pgettext_lazy("act", "Document downloaded"),
    },
)
register(
    _("Mails"),
    {
        "mend mail": pgettext_lazy("act", "Mail mended"),
        "release mail": pgettext_lazy("act", "Mail sent off"),
        "cancel mail": pgettext_lazy("act", "Mail held back"),
    },
)
register(
    _("People and master data"),
    {
        "add": pgettext_lazy("act", "Master data added"),
        "change": pgettext_lazy("act", "Master data changed"),
        "change password": pgettext_lazy("act", "Password changed"),
    },
)
without_account("failed sign in", lambda after: _("Nobody signed in"))
