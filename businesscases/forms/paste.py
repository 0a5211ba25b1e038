"""A block copied in a spreadsheet, put into the money grid.

The block is tabs and line breaks. It goes to the right and down from the cell it was pasted in; what has
no place is not put in, and the answer says what and why. Nothing is read here: a cell that is no number
stands as it was pasted, with its message.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesscases.forms.lines import LinesForm, group_of
from businesscases.forms.rows import MOST_ROWS, Row
from businesscases.sections import AMOUNTS
from innovation_pool.kroner import parse_kroner
from innovation_pool.typed import TypedError

LONGEST_BLOCK = 200_000
LONGEST_NAME = 120


def paste(form: LinesForm, row: Row, place: int, block: str) -> str:
    """Puts the block in from the row's cell number `place`, and says what was done."""
    if len(block) > LONGEST_BLOCK:
        return _("The block is too large. Paste at most 200 rows at a time.")
    table = _table(block)
    if not table:
        return _("There was nothing to paste.")
    notes: list[str] = []
    first_year = form.case.start_year
    years = [str(first_year + number) for number in range(len(AMOUNTS))]
    table = _without_head(table, years, notes)
    names, table = _names(table)
    table = _without_total(table, len(AMOUNTS) - place, notes)
    targets = _targets(form, row, names, len(table), notes)
    width = max((len(cells) for cells in table), default=0)
    fits = min(width, len(AMOUNTS) - place)
    for target, cells in zip(targets, table, strict=False):
        for number, text in enumerate(cells[:fits]):
            target.shown[AMOUNTS[place + number]] = text.strip()
        form.read_row(target)
    _explain_width(width, place, years, notes)
    count = min(len(targets), len(table))
    done = ngettext("%(rows)d row was pasted.", "%(rows)d rows were pasted.", count) % {"rows": count}
    return " ".join([done, *notes])


def _table(block: str) -> list[list[str]]:
    """The cells; rows that are blank at the end are the spreadsheet's own."""
    lines = block.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return [line.split("\t") for line in lines]


def _is_number(text: str) -> bool:
    try:
        return parse_kroner(text, 1000) is not None
    except TypedError:
        return False


def _without_head(table, years: Sequence[str], notes: list[str]) -> list[list[str]]:
    """Without a first row of years."""
    head = [text.strip() for text in table[0] if text.strip()]
    if len(table) > 1 and sum(text in years for text in head) >= 2:
        notes.append(_("The row of years was left out."))
        return table[1:]
    return table


def _names(table) -> tuple[list[str], list[list[str]]]:
    """The column of names before the amounts, if there is one, and the amounts."""
    wide = [cells for cells in table if len(cells) > 1]
    # A mistyped number begins with a figure; a name with a letter.
    named = [cells for cells in wide if cells[0].strip()[:1].isalpha() and not _is_number(cells[0])]
    numbers = sum(_is_number(text) for cells in wide for text in cells[1:])
    if named and len(named) * 2 > len(wide) and numbers:
        return [cells[0].strip() for cells in table], [cells[1:] for cells in table]
    return [], table


def _without_total(table, room: int, notes: list[str]) -> list[list[str]]:
    """Without a last column that is the sum of the others and has no year to stand in."""
    width = max((len(cells) for cells in table), default=0)
    full = [cells for cells in table if len(cells) == width and cells[-1].strip()]
    if width != room + 1 or not full or not all(_is_sum(cells) for cells in full):
        return table
    notes.append(_("The column of sums was left out."))
    return [cells[: width - 1] for cells in table]


def _is_sum(cells: Sequence[str]) -> bool:
    try:
        amounts = [parse_kroner(text, 1000) or 0 for text in cells]
    except TypedError:
        return False
    return amounts[-1] == sum(amounts[:-1])


def _targets(form: LinesForm, row: Row, names, needed: int, notes: list[str]) -> list[Row]:
    """The row and those below it in its group, with new ones where the block is longer."""
    group = [other for other in form.rows if group_of(other) == group_of(row) and not other.removed]
    targets = group[group.index(row) : group.index(row) + needed] if row in group else [row]
    missing = min(needed - len(targets), MOST_ROWS - len(form.rows))
    after = form.rows.index(targets[-1])
    for number in range(missing):
        new = form.new_row({"kind": row.shown.get("kind", ""), "payer": row.shown.get("payer", "")})
        new.opened = False
        form.rows.insert(after + 1 + number, new)
        targets.append(new)
    for target, name in zip(targets, names, strict=False):
        if not target.shown.get("text", "").strip():
            target.shown["text"] = name[:LONGEST_NAME]
    if names and missing < needed:
        notes.append(_("Lines that had a name kept it."))
    if missing > 0:
        notes.append(
            ngettext("%(rows)d new line was added.", "%(rows)d new lines were added.", missing)
            % {"rows": missing}
        )
    return targets


def _explain_width(width: int, place: int, years: Sequence[str], notes: list[str]) -> None:
    room = len(AMOUNTS) - place
    if width > room:
        left_out = width - room
        notes.append(
            ngettext(
                "The block had %(width)d columns, and there are %(room)d years from %(year)s: "
                "the last column was not pasted.",
                "The block had %(width)d columns, and there are %(room)d years from %(year)s: "
                "the last %(left)d columns were not pasted.",
                left_out,
            )
            % {"width": width, "room": room, "year": years[place], "left": left_out}
        )
    elif 1 < width < room:
        notes.append(
            _(
                "The block had %(width)d columns: %(first)s–%(last)s were filled, "
                "the other years are as they were."
            )
            % {"width": width, "first": years[place], "last": years[place + width - 1]}
        )
