"""What an entry of the audit trail changed, in words: fields by their names, codes by their labels.

The apps that write the entries say what their fields and codes are called. A field nobody has named is
shown as it is stored, so that it is seen at all.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from innovation_pool.dates import long_date
from innovation_pool.kroner import kroner

Words = str | Promise
Change = tuple[str, str | None, str | None]

# Rows are known by a key that says nothing to a reader; their other fields do.
KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A title may hold the mark of a path, so paths are tuples until they are shown.
JOIN = " · "

_fields: dict[str, Words] = {}
_codes: dict[str, dict[str, Words]] = {}
_kroner: set[str] = set()


def register(
    *,
    fields: Mapping[str, Words] | None = None,
    kroner: Mapping[str, Words] | None = None,
    codes: Mapping[str, Mapping[str, Words]] | None = None,
) -> None:
    """Adds names of fields, of fields in whole kroner, and of the codes that a field can hold."""
    _fields.update(fields or {})
    _fields.update(kroner or {})
    _kroner.update(kroner or {})
    for field, labels in (codes or {}).items():
        _codes.setdefault(field, {}).update(labels)


def differences(entry) -> list[Change]:
    """(field, before, after) of what the act changed, in words; only what differs, None where it was not."""
    before, after = dict(_leaves(entry.before)), dict(_leaves(entry.after))
    paths = [*before, *(path for path in after if path not in before)]
    found = []
    for path in paths:
        old, new = before.get(path), after.get(path)
        if old != new and (said := (_said(path, old), _said(path, new))) != (None, None):
            found.append((field_in_words(path), *said))
    return found


def field_in_words(path: tuple[str, ...]) -> str:
    """The path of a field, its parts by their names and without the keys of rows."""
    return JOIN.join(str(_fields.get(part, part)) for part in path if not KEY.fullmatch(part))


def in_words(values: Any) -> str:
    """All that is kept of one side, one field a line; "" for nothing."""
    leaves = ((path, _said(path, value)) for path, value in _leaves(values))
    return "\n".join(f"{field_in_words(path)}: {said}" for path, said in leaves if said is not None)


def _leaves(values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(values, Mapping):
        if path:
            yield path, values
        return
    for name, value in values.items():
        # An editor's field is stored with its section and its row: "economy.3bad….text".
        parts = tuple(str(name).split(".")) if _is_path(str(name)) else (str(name),)
        yield from _leaves(value, (*path, *parts))


def _is_path(name: str) -> bool:
    return "." in name and name.partition(".")[0] in _fields


def _said(path: tuple[str, ...], value: Any) -> str | None:
    """A value as one reads it; None where there is nothing to read."""
    if value is None or value == "" or value == [] or value == {}:
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_row_said(path, row) for row in value)
    if isinstance(value, int) and any(part in _kroner for part in path):
        return kroner(value)
    text = str(value)
    if DAY.fullmatch(text):
        return long_date(date.fromisoformat(text))
    return str(_codes.get(path[-1], {}).get(text, text))


def _row_said(path: tuple[str, ...], row: Any) -> str:
    if not isinstance(row, Mapping):
        return _said(path, row) or ""
    parts = ((name, _said((*path, name), value)) for name, value in row.items())
    return ", ".join(f"{_fields.get(name, name)} {said}" for name, said in parts if said is not None)


register(
    fields={
        "subject": pgettext_lazy("audit field", "subject"),
        "body": pgettext_lazy("audit field", "text"),
        "what": pgettext_lazy("audit field", "file"),
        "as": pgettext_lazy("audit field", "format"),
        "filter": pgettext_lazy("audit field", "filter"),
        "hash": pgettext_lazy("audit field", "check code"),
        "sha256": pgettext_lazy("audit field", "check sum"),
        "password": pgettext_lazy("audit field", "password"),
        "name": pgettext_lazy("audit field", "name"),
        "active": pgettext_lazy("audit field", "in use"),
    },
)
