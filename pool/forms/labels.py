"""Labels that say which fields may be left out; nearly all must be filled in, so those are not marked."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def mark_optional(form, *names: str) -> None:
    """Adds "(optional)" to the labels of the fields named, or of every one that is not required."""
    for name in names or [name for name, field in form.fields.items() if not field.required]:
        field = form.fields[name]
        field.label = format_lazy("{label} {optional}", label=field.label, optional=_("(optional)"))
