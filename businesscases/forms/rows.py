"""Sections that are lists of rows, as they are typed: one row, its columns, and what was wrong in it.

A row is known by a key made where it is typed, so a save sent twice is one row. Inputs are named
"line-<key>-text"; a repeated "line" says which rows are on the form, and in which order.
"""

import re
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from businesscases.case_parts import CaseParts
from businesscases.merging import Plain
from businesscases.models import BusinessCase, Subject
from businesscases.sections import ROWS, row_values
from innovation_pool.refusals import Refusal
from innovation_pool.typed import showable

KEY = re.compile("[0-9a-f]{32}")
MOST_ROWS = 200
TICKED = frozenset({"permanent", "user_financed", "removed"})


class Errors(dict):
    """Sentences by column, and "" for the others: a template asks for every one, and a miss is dear there."""

    def __missing__(self, column):
        return ""


@dataclass
class Row:
    """One row: what its fields show, what could be read of it, and what could not."""

    prefix: str
    key: str
    shown: dict[str, str]
    values: dict[str, Plain] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)
    # Stored already; a row that is not, and in which nothing is typed, is nothing.
    stored: bool = True
    removed: bool = False
    # Whether its details are open: where something is wrong in them, and in a row just added.
    opened: bool = False

    @property
    def name(self) -> str:
        """What the names and ids of its inputs begin with."""
        return f"{self.prefix}-{self.key}"

    @property
    def anchor(self) -> str:
        """The id that links to the row lead to."""
        return f"id_{self.prefix}-{uuid.UUID(self.key)}"

    @property
    def is_empty(self) -> bool:
        return not self.stored and not any(
            value.strip() for name, value in self.shown.items() if name not in self.given
        )

    @property
    def is_nothing(self) -> bool:
        """Never stored, and empty or removed again."""
        return not self.stored and (self.removed or self.is_empty)

    # Columns that a new row comes with.
    given: frozenset[str] = frozenset()


class RowsForm(ABC):
    """The rows of a section. Subclasses say how each column is read and shown."""

    section: Subject
    prefix: str
    row_class: type[Row] = Row
    given: Mapping[str, str] = {}
    column_names: Mapping[str, object] = {}
    # Without these a new row cannot be stored.
    needed: frozenset[str] = frozenset()

    def __init__(self, parts: CaseParts, data=None, *, unit: int = 1):
        self.parts, self.unit = parts, unit
        self.data = data
        self.posted = data is not None and self.prefix in data
        self.note = ""

    # -- What subclasses say -----------------------------------------------------------------------

    @abstractmethod
    def read(self, column: str, text: str) -> Plain:
        """The value of what was typed in a column; raises ValidationError."""

    @abstractmethod
    def show(self, row, column: str) -> str:
        """A stored column as one would type it."""

    def check(self, row: Row) -> None:
        """Rules between the columns of a row; a section without any has nothing to add."""
        return

    # -- What everyone uses ------------------------------------------------------------------------

    @property
    def case(self) -> BusinessCase:
        return self.parts.case

    @property
    def columns(self) -> tuple[str, ...]:
        return ROWS[self.section].columns

    @cached_property
    def stored(self) -> dict[str, object]:
        """The rows in use by key, in their order, and those on the form that somebody has removed."""
        keys = self._posted_keys() if self.posted else ()
        return {row.key.hex: row for row in self.parts.rows(self.section, keys)}

    @cached_property
    def rows(self) -> list[Row]:
        """As stored, or as typed. Rows stored but not on the form come after those on it."""
        if not self.posted:
            return [self._as_stored(row) for row in self.stored.values() if row.removed_at is None]
        keys = self._posted_keys()
        rows = [self._as_typed(key) for key in keys]
        rows += [
            self._as_stored(row)
            for key, row in self.stored.items()
            if key not in set(keys) and row.removed_at is None
        ]
        return rows

    @property
    def shown_rows(self) -> list[Row]:
        """All but those that were added and taken away again."""
        return [row for row in self.rows if row.stored or not row.removed]

    def current(self) -> dict[str, Plain]:
        """What is stored, flat, as `sections.read_section` gives it."""
        values: dict[str, Plain] = {}
        for key, row in self.stored.items():
            values |= {f"{key}.{name}": value for name, value in row_values(row, self.columns).items()}
        if ROWS[self.section].ordered:
            values["order"] = [key for key, row in self.stored.items() if row.removed_at is None]
        return values

    def typed(self) -> dict[str, Plain]:
        """What is to be saved: every column on the form that could be read, of rows that are something."""
        values: dict[str, Plain] = {}
        for row in self._saved_rows():
            values |= {f"{row.key}.{column}": value for column, value in row.values.items()}
            values[f"{row.key}.removed"] = row.removed
        return values

    @property
    def order(self) -> list[str]:
        """The keys of those rows, as they stand on the form."""
        return [row.key for row in self._saved_rows()]

    @property
    def shown_order(self) -> list[str]:
        """The keys as the page shows the rows, and so posts them when nobody moves one."""
        rows = self._saved_rows() if self.posted else self.rows
        return [row.key for row in sorted(rows, key=self.place_of)]

    def place_of(self, row: Row) -> int:
        """Which part of the section the row is shown in."""
        return 0

    def column_name(self, column: str) -> str:
        """What a column is called on the page."""
        if column in self.column_names:
            return str(self.column_names[column])
        return str(_("the row itself"))

    def words(self, column: str, value: Plain) -> str:
        """A plain value in words, for somebody who must choose between two."""
        if column == "removed":
            return str(_("removed") if value else _("kept"))
        return "" if value is None else str(value)

    def reread(self, parts: CaseParts) -> None:
        """Looks again at what is stored, after a save."""
        self.parts = parts
        self.__dict__.pop("stored", None)
        for row in self.rows:
            row.stored = row.key in self.stored

    def _saved_rows(self) -> list[Row]:
        on_form = set(self._posted_keys())
        return [
            row
            for row in self.rows
            if row.key in on_form
            and not row.is_nothing
            and (row.stored or not self.needed - row.values.keys())
        ]

    def new_row(self, shown: Mapping[str, str] | None = None) -> Row:
        """A row that is not stored yet, with what a new one comes with."""
        row = self.row_class(
            self.prefix,
            uuid.uuid4().hex,
            dict.fromkeys(self.columns, "") | dict(self.given) | dict(shown or {}),
            stored=False,
            opened=True,
            given=frozenset(self.given),
        )
        self.read_row(row)
        return row

    def read_row(self, row: Row) -> None:
        """Reads every column of the row anew from what it shows."""
        row.values, row.errors = {}, Errors()
        for column in self.columns:
            if column in row.shown:
                self._read_column(row, column)
        if row.is_empty:
            # A row just added is not wrong before something is typed in it; nothing of it is stored.
            row.errors = Errors()
        else:
            self.check(row)

    def _posted_keys(self) -> list[str]:
        keys = list(dict.fromkeys(self.data.getlist(self.prefix)))
        if len(keys) > MOST_ROWS:
            raise Refusal(_("A section can have 200 rows. Gather some of them in one."))
        if not all(KEY.fullmatch(key) for key in keys):
            raise Refusal(_("A row on the form has lost its number. Open the page again, and write it anew."))
        return keys

    def _as_stored(self, stored) -> Row:
        shown = {column: self.show(stored, column) for column in self.columns}
        row = self.row_class(self.prefix, stored.key.hex, shown, dict(row_values(stored, self.columns)))
        row.values.pop("removed")
        return row

    def _as_typed(self, key: str) -> Row:
        stored = self.stored.get(key)
        row = self.row_class(self.prefix, key, {}, stored=stored is not None, given=frozenset(self.given))
        for column in self.columns:
            name = f"{row.name}-{column}"
            if column in TICKED:
                row.shown[column] = "on" if self.data.get(name) else ""
            elif name in self.data:
                row.shown[column] = self.data[name]
            elif stored is None:
                row.shown[column] = self.given.get(column, "")
        row.removed = bool(self.data.get(f"{row.name}-removed"))
        row.opened = bool(self.data.get(f"{row.name}-opened"))
        self.read_row(row)
        if stored is not None:
            row.shown = {column: self.show(stored, column) for column in self.columns} | row.shown
        return row

    def _read_column(self, row: Row, column: str) -> None:
        typed = row.shown[column]
        if column in TICKED:
            row.values[column] = bool(typed)
            return
        try:
            row.values[column] = self.read(column, typed)
        except ValidationError as error:
            row.errors[column] = " ".join(str(sentence) for sentence in error.messages)
            row.shown[column] = showable(typed)


def options(choices, chosen: str) -> SafeString:
    """The options of a list, one of them chosen."""
    drawn = (
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(str(label))}'
        "</option>"
        for value, label in choices
    )
    return mark_safe("".join(drawn))


def move(rows: list[Row], key: str, step: int, same: Callable[[Row], object]) -> list[Row]:
    """The rows with one of them moved past its neighbour of the same group."""
    place = next((place for place, row in enumerate(rows) if row.key == key), None)
    if place is None:
        return rows
    others = [
        other
        for other in (range(place + 1, len(rows)) if step > 0 else range(place - 1, -1, -1))
        if same(rows[other]) == same(rows[place]) and not rows[other].removed
    ]
    if others:
        row = rows.pop(place)
        rows.insert(others[0], row)
    return rows
