"""What an act is called on a page. The app that does the act says so."""

from django.utils.translation import gettext_lazy as _

_names: dict[str, object] = {
    "sign in": _("Signed in"),
    "sign out": _("Signed out"),
    "failed sign in": _("Failed sign-in"),
    "export": _("Exported"),
    "download": _("Downloaded"),
    "mend mail": _("Mail mended"),
    "release mail": _("Mail released"),
    "cancel mail": _("Mail held back"),
}


def register(names: dict[str, object]) -> None:
    """Adds names of acts, by their code in the audit trail."""
    _names.update(names)


def name_of(act: str) -> str:
    """The act in words; an act nobody has named is shown by its code, so that it is seen at all."""
    return str(_names.get(act, act))


def choices() -> list[tuple[str, str]]:
    """Every named act, in the order of its words."""
    return sorted(((code, str(name)) for code, name in _names.items()), key=lambda pair: pair[1].casefold())
