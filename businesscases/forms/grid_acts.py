"""What can be done to the money grid while it is being typed: add, copy, remove, move and fill lines.

Nothing is stored here: an act changes what the fields show, and the writer saves it or takes it back.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from businesscases.economy import COSTS as COST_KINDS
from businesscases.finance import rounded
from businesscases.forms.lines import COSTS, KIND_OF_NEW, LinesForm, group_of
from businesscases.forms.paste import paste
from businesscases.forms.rows import Row, RowsForm, move
from businesscases.sections import AMOUNTS
from innovation_pool.kroner import as_typed, parse_kroner
from innovation_pool.typed import TypedError

STEPS = {"up": -1, "down": 1}
YEARS = len(AMOUNTS)


def act_on_rows(form: RowsForm, act: str, key: str, year: str, block: str) -> None:
    """Carries out one act, named as its button is: "add", "copy", "remove" and so on.

    Unknown acts, keys and years change nothing: buttons of an old page do no harm.
    """
    rows = form.rows
    row = next((row for row in rows if row.key == key), None)
    if act == "add":
        rows.append(_new(form, key))
    elif row is None:
        return
    elif act in ("remove", "restore"):
        row.removed = act == "remove"
    elif act in STEPS:
        move(rows, key, STEPS[act], group_of if isinstance(form, LinesForm) else lambda _row: None)
    elif act == "copy":
        copied = form.new_row(row.shown)
        rows.insert(rows.index(row) + 1, copied)
    elif isinstance(form, LinesForm):
        _act_on_amounts(form, row, act, year, block)


def _new(form: RowsForm, group: str) -> Row:
    if not isinstance(form, LinesForm):
        return form.new_row()
    kind = KIND_OF_NEW.get(group, KIND_OF_NEW[COSTS])
    return form.new_row({"kind": kind.value, "payer": form.given["payer"] if kind in COST_KINDS else ""})


def _act_on_amounts(form: LinesForm, row: Row, act: str, year: str, block: str) -> None:
    place = int(year) if year in {str(number) for number in range(YEARS)} else None
    if act == "same":
        _fill(row, 0, _source(row, place, first=True))
    elif act == "right":
        source = _source(row, place, first=False)
        _fill(row, source, source)
    elif act == "phase":
        _phase_in(form, row)
    elif act == "paste":
        form.note = paste(form, row, place or 0, block)
    form.read_row(row)


def _source(row: Row, place: int | None, *, first: bool) -> int:
    """The cell to copy: the one that was in use, else the first or the last that is filled."""
    if place is not None and row.shown[AMOUNTS[place]].strip():
        return place
    filled = [number for number, column in enumerate(AMOUNTS) if row.shown[column].strip()]
    return (filled[0] if first else filled[-1]) if filled else 0


def _fill(row: Row, start: int, source: int) -> None:
    for column in AMOUNTS[start:]:
        row.shown[column] = row.shown[AMOUNTS[source]]


def _phase_in(form: LinesForm, row: Row) -> None:
    """Even steps from the first year up to the full amount in the year chosen, and the full amount after."""
    try:
        full = parse_kroner(form.data.get(f"{row.name}-full", ""), form.unit)
    except TypedError as error:
        form.note = _("The full amount: %(sentence)s") % {"sentence": error.sentence}
        return
    last = form.data.get(f"{row.name}-full_from", "")
    if full is None or last not in {str(number) for number in range(1, YEARS)}:
        form.note = _("Write the full amount, and choose the year from which it counts.")
        return
    steps = int(last) + 1
    for number, column in enumerate(AMOUNTS):
        amount = Decimal(full) * min(number + 1, steps) / steps
        row.shown[column] = as_typed(int(rounded(amount)), form.unit)
