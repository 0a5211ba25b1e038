"""A filled-in template as what the editor would have posted, and where each field stood in the file.

The file is not trusted: what is asked of it before it is opened is in `innovation_pool.incoming`. From
then on its cells are typed text like any other, and the editor's own forms read them.
"""

import datetime
import re
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from businesscases.case_parts import CaseParts
from businesscases.models import BusinessCase, Subject
from businesscases.sections import MAY_LAST
from businesscases.template import layout
from businesscases.template.labels import template_words
from businesscases.template.rows import kind_names, payer_names, unit_names
from innovation_pool.incoming import open_workbook, rows_of_sheet
from innovation_pool.refusals import Refusal

KEY_AND_NUMBER = frozenset({"key"})
LAST_ROW = layout.LAST_LINE


@dataclass
class Place:
    """Where a field stood, and what was typed there."""

    sheet: str
    cell: str
    typed: str


@dataclass
class Filled:
    """What the file says, as a post of the editor; `places` by field, or by (line, column)."""

    data: QueryDict
    places: dict[object, Place] = field(default_factory=dict)
    # What no form of the editor could say of it: a unit or a goal that is not on the list.
    problems: list[tuple[Place, str]] = field(default_factory=list)


def read_template(content: bytes, case: BusinessCase, offered) -> Filled:
    """The file read for this case. `offered` gives by field the (id, name) choices of the editor.

    Raises Refusal for a file that is broken, too large, not the template, or another case's.
    """
    sheets = _sheets(content)
    with override("da"):
        words, kinds, payers = template_words(), kind_names(), payer_names()
        units = unit_names(words)
    filled = Filled(QueryDict(mutable=True))
    _read_case(sheets[layout.CASE], case, offered, units, filled)
    _read_lines(sheets[layout.ECONOMY], case, kinds, payers, filled)
    return filled


class Cells:
    """The cells of a sheet as typed text; a formula nobody has calculated is the formula itself."""

    def __init__(self, name: str, values: list[tuple], formulas: list[tuple]):
        self.name, self._values, self._formulas = name, values, formulas

    def at(self, column: str, row: int) -> Place:
        value = _cell(self._values, column, row)
        if value is None:
            raw = _cell(self._formulas, column, row)
            value = raw if isinstance(raw, str) and raw.startswith("=") else None
        return Place(self.name, f"{column}{row}", typed_text(value))


def typed_text(value) -> str:
    """A cell's value as a Dane would have typed it: 61,4 and not 61.4."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d-%m-%Y")
    return str(value).strip()


def _number(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    # What a spreadsheet calls 0,1 + 0,2 is not a fraction somebody typed.
    rounded = number.quantize(Decimal("0.000001")) if abs(number) < Decimal(10) ** 15 else number
    return format(rounded.normalize(), "f").replace(".", ",")


def _sheets(content: bytes) -> dict[str, Cells]:
    values, formulas = open_workbook(content), open_workbook(content, values=False)
    found = {}
    for name in (layout.CASE, layout.ECONOMY):
        if name not in values.sheetnames:
            raise Refusal(_("The file is not the template: it lacks the sheet %(sheet)s.") % {"sheet": name})
        found[name] = Cells(name, _first_rows(values[name]), _first_rows(formulas[name]))
    return found


def _first_rows(sheet) -> list[tuple]:
    """The rows the template has, and no more of a sheet that goes on for ever."""
    rows = []
    for row in rows_of_sheet(sheet):
        rows.append(row[:20])
        if len(rows) >= LAST_ROW:
            break
    return rows


def _cell(rows: list[tuple], column: str, row: int):
    place = ord(column) - ord("A")
    return rows[row - 1][place] if row <= len(rows) and place < len(rows[row - 1]) else None


def _read_case(cells: Cells, case: BusinessCase, offered, units, filled: Filled) -> None:
    """Sagen: every field but the reference, which must be this case's."""
    for name, row in layout.CASE_ROWS.items():
        place = cells.at(layout.CASE_COLUMN, row)
        filled.places[name] = place
        if name == "reference":
            if place.typed and place.typed != case.reference:
                raise Refusal(
                    _(
                        "The file belongs to %(other)s, and this is %(reference)s. "
                        "Get the template of this case."
                    )
                    % {"other": place.typed[:40], "reference": case.reference}
                )
        elif name == "unit":
            by_name = {label: unit for unit, label in units.items()}
            if place.typed not in by_name:
                filled.problems.append((place, _("Choose the unit of the list: kr. or 1.000 kr.")))
            filled.data["unit"] = by_name.get(place.typed, "1")
        elif name == "goals":
            _read_goals(place, offered["goals"], filled)
        elif name in offered:
            chosen = {label: str(pk) for pk, label in offered[name]}
            filled.data[name] = chosen.get(place.typed, place.typed)
        else:
            filled.data[name] = place.typed


def _read_goals(place: Place, offered, filled: Filled) -> None:
    """One goal a line, by its name."""
    by_name = {label.casefold(): str(pk) for pk, label in offered}
    names = [name.strip() for name in place.typed.split("\n") if name.strip()]
    for name in names:
        if name.casefold() in by_name:
            filled.data.appendlist("goals", by_name[name.casefold()])
        else:
            filled.problems.append((place, _("The goal is not on the list: %(goal)s") % {"goal": name[:80]}))
    filled.data.appendlist("on_form", "goals")


def _read_lines(cells: Cells, case: BusinessCase, kinds, payers, filled: Filled) -> None:
    """Økonomi: each row that says something. An emptied row with a key of the case is a line removed."""
    known = {row.key.hex: row for row in CaseParts(case).rows(Subject.ECONOMY)}
    by_kind = {label: kind for kind, label in kinds.items()}
    by_payer = {label: payer for payer, label in payers.items()}
    used: set[str] = set()
    for row in range(layout.FIRST_LINE, layout.LAST_LINE + 1):
        places = {name: cells.at(column, row) for name, column in layout.LINE_COLUMNS.items()}
        key = re.sub("[^0-9a-f]", "", places["key"].typed.lower())
        stored = key in known and key not in used
        said = any(place.typed for name, place in places.items() if name not in KEY_AND_NUMBER)
        if not said and not stored:
            continue
        if not stored:
            key = uuid.uuid4().hex
        used.add(key)
        filled.data.appendlist("line", key)
        for name, place in places.items():
            filled.places[key, name] = place
        if not said:
            filled.data[f"line-{key}-removed"] = "on"
            continue
        _read_line(key, places, by_kind, by_payer, filled)


def _read_line(key: str, places: dict[str, Place], by_kind, by_payer, filled: Filled) -> None:
    kind = by_kind.get(places["kind"].typed, places["kind"].typed)
    if not kind:
        filled.problems.append((places["kind"], _("Choose the kind of the line.")))
    for name, place in places.items():
        typed = place.typed
        if name == "key":
            continue
        if name == "kind":
            typed = kind
        elif name == "payer":
            typed = by_payer.get(typed, typed)
        elif name in ("permanent", "user_financed"):
            # A blank is the usual: operation and gains go on, and an area is not user-financed.
            usual = name == "permanent" and kind in MAY_LAST
            ticked = typed.casefold() == layout.YES or (not typed and usual)
            if ticked:
                filled.data[f"line-{key}-{name}"] = "on"
            elif typed and typed.casefold() != layout.NO:
                filled.problems.append((place, _("Write ja or nej.")))
            continue
        filled.data[f"line-{key}-{name}"] = typed
