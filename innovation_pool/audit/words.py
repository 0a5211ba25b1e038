"""What an entry of the audit trail changed, in words: fields by their names, codes by their labels.

The apps that write the entries say what their fields and codes are called. A field nobody has named is
shown as it is stored, so that it is seen at all.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
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
_sections: dict[str, Words] = {}
_codes: dict[str, dict[str, Words]] = {}
_kroner: set[str] = set()
_rows: dict[str, type[Model]] = {}


def register(
    *,
    fields: Mapping[str, Words] | None = None,
    sections: Mapping[str, Words] | None = None,
    kroner: Mapping[str, Words] | None = None,
    codes: Mapping[str, Mapping[str, Words]] | None = None,
    rows: Mapping[str, type[Model]] | None = None,
) -> None:
    """Adds names of fields, of sections of fields, of fields in whole kroner, and what a field can hold:
    codes with their labels, or the keys of rows of a model.
    """
    _fields.update(fields or {})
    _sections.update(sections or {})
    _fields.update(kroner or {})
    _kroner.update(kroner or {})
    _rows.update(rows or {})
    for field, labels in (codes or {}).items():
        _codes.setdefault(field, {}).update(labels)


class Reader:
    """Says what entries changed. One for a page or a file: it reads each table of names once."""

    def __init__(self) -> None:
        self._names: dict[type[Model], dict[int, str]] = {}

    def differences(self, entry) -> list[Change]:
        """(field, before, after) of what the act changed; only what differs, None where it was not."""
        before, after = dict(_leaves(entry.before)), dict(_leaves(entry.after))
        paths = [*before, *(path for path in after if path not in before)]
        found = []
        for path in paths:
            old, new = before.get(path), after.get(path)
            if old != new and (said := (self._said(path, old), self._said(path, new))) != (None, None):
                found.append((_field(path), *said))
        return found

    def in_words(self, values: Any) -> str:
        """All that is kept of one side, one field a line; "" for nothing."""
        leaves = ((path, self._said(path, value)) for path, value in _leaves(values))
        return "\n".join(f"{_field(path)}: {said}" for path, said in leaves if said is not None)

    def _said(self, path: tuple[str, ...], value: Any) -> str | None:
        """A value as one reads it; None where there is nothing to read."""
        if value is None or value == "" or value == [] or value == {}:
            return None
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            # Keys of rows alone are an order, and say nothing to a reader.
            known = [row for row in value if not KEY.fullmatch(str(row))]
            return "; ".join(self._row_said(path, row) for row in known) or None
        if isinstance(value, int):
            return self._number(path, value)
        text = str(value)
        if DAY.fullmatch(text):
            return long_date(date.fromisoformat(text))
        return str(_codes.get(path[-1], {}).get(text, text))

    def _number(self, path: tuple[str, ...], value: int) -> str:
        model = _rows.get(path[-1])
        if model is not None:
            if model not in self._names:
                self._names[model] = {row.pk: str(row) for row in model._default_manager.all()}
            return self._names[model].get(value, str(value))
        return kroner(value) if any(part in _kroner for part in path) else str(value)

    def _row_said(self, path: tuple[str, ...], row: Any) -> str:
        if not isinstance(row, Mapping):
            return self._said(path, row) or ""
        parts = ((name, self._said((*path, name), value)) for name, value in row.items())
        return ", ".join(f"{_fields.get(name, name)} {said}" for name, said in parts if said is not None)


def _field(path: tuple[str, ...]) -> str:
    """The path of a field, its parts by their names and without the keys of rows."""
    first, *rest = [part for part in path if not KEY.fullmatch(part)] or path
    if rest and first in _sections:
        return JOIN.join([str(_sections[first]), *(str(_fields.get(part, part)) for part in rest)])
    return JOIN.join(str(_fields.get(part, part)) for part in (first, *rest))


def _leaves(values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(values, Mapping):
        if path:
            yield path, values
        return
    for name, value in values.items():
        # An editor's field is stored with its section and its row: "economy.3bad….text".
        parts = tuple(str(name).split("."))
        yield from _leaves(value, (*path, *(parts if parts[0] in _sections else [str(name)])))


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
