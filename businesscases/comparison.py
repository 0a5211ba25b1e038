"""What differs between two versions, in words and cells a page can mark.

Texts are compared word by word, lists item by item, lines cell by cell. Nothing here fetches anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from businesscases.case_table import TableLine, table_line, what_it_is
from businesscases.content import TEXTS, CaseContent
from businesscases.models import BusinessCase
from businesscases.versions import Change, LineChange, changes
from innovation_pool.dates import long_date
from innovation_pool.kroner import percent

SAME, GONE, NEW = "same", "gone", "new"
# Words and the spaces after them: joined again they are the text.
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldCompared:
    """A field that differs, as pieces in reading order."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class CellCompared:
    before: int | None
    after: int | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class LineCompared:
    """A line that came, went or changed, with its six years and its total."""

    kind: str
    text: tuple[Piece, ...]
    what: tuple[Piece, ...]
    cells: tuple[CellCompared, ...]
    total: CellCompared


@dataclass(frozen=True)
class FigureCompared:
    label: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    figures: tuple[FigureCompared, ...]
    fields: tuple[FieldCompared, ...]
    lines: tuple[LineCompared, ...]
    years: tuple[int, ...]

    @property
    def nothing(self) -> bool:
        return not self.fields and not self.lines


def compare(before: CaseContent, after: CaseContent) -> Comparison:
    """Everything that differs, in the order of the case."""
    found = changes(before, after)
    return Comparison(
        figures=_figures(before, after),
        fields=tuple(_field(change) for change in found.fields),
        lines=tuple(_line(change) for change in found.lines),
        years=tuple(after.years),
    )


def words_compared(before: str, after: str) -> tuple[Piece, ...]:
    """The texts woven together: what stayed, what went, what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece(GONE, "".join(old[a:b])))
        if c < d:
            pieces.append(Piece(NEW, "".join(new[c:d])))
    return tuple(pieces)


def items_compared(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Two lists, item by item; each item ends its line."""
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces += [Piece(SAME, f"{item}\n") for item in before[a:b]]
            continue
        pieces += [Piece(GONE, f"{item}\n") for item in before[a:b]]
        pieces += [Piece(NEW, f"{item}\n") for item in after[c:d]]
    return tuple(pieces)


def _figures(before: CaseContent, after: CaseContent) -> tuple[FigureCompared, ...]:
    a, b = before.key_figures, after.key_figures
    return (
        FigureCompared(_("Asked from the pool"), a.asked_in_all, b.asked_in_all),
        FigureCompared(_("Invested in all"), a.invested, b.invested),
        FigureCompared(_("Net gain over 6 years"), a.net_gain, b.net_gain),
        FigureCompared(_("Permanent yearly effect"), a.permanent_effect, b.permanent_effect),
        FigureCompared(_("Net present value"), round(a.npv), round(b.npv)),
    )


def _field(change: Change) -> FieldCompared:
    if change.field in TEXTS or change.field == "title":
        return FieldCompared(_label(change.field), words_compared(change.before, change.after))
    if isinstance(change.before, tuple):
        before, after = ([_shown(item) for item in value] for value in (change.before, change.after))
        return FieldCompared(_label(change.field), items_compared(before, after))
    before, after = (_value(change.field, value) for value in (change.before, change.after))
    pieces = [Piece(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text]
    return FieldCompared(_label(change.field), tuple(pieces))


def _line(change: LineChange) -> LineCompared:
    old, new = (None if line is None else table_line(line) for line in (change.before, change.after))
    kind = NEW if old is None else GONE if new is None else SAME
    return LineCompared(
        kind=kind,
        text=words_compared(change.before.text if old else "", change.after.text if new else ""),
        what=words_compared(_details(change.before), _details(change.after)),
        cells=tuple(CellCompared(_cell(old, year), _cell(new, year)) for year in range(6)),
        total=CellCompared(old and old.total, new and new.total),
    )


def _cell(row: TableLine | None, year: int) -> int | None:
    return None if row is None else row.cells[year]


def _details(line) -> str:
    """Everything a line says besides its amounts, as one text to compare."""
    if line is None:
        return ""
    parts = [what_it_is(line), str(line.benefit_owner or ""), line.profit_centre, line.basis]
    return " · ".join(part for part in parts if part)


def _label(field: str) -> str:
    own = {
        "collaborators": _("Collaborators"),
        "discount_rate": _("Discount rate"),
        "risks": _("Risks"),
        "milestones": _("Milestones"),
        "documents": _("Documents"),
        "relations": _("Other cases"),
    }
    name = own.get(field) or str(BusinessCase._meta.get_field(field).verbose_name)
    return name[:1].upper() + name[1:]


def _value(field: str, value) -> str:
    if value is None:
        return ""
    return percent(value) if field == "discount_rate" else str(value)


def _shown(item) -> str:
    """One item of a list as a line of text."""
    if hasattr(item, "due_on"):
        return f"{long_date(item.due_on)}: {item.text}"
    if hasattr(item, "likelihood"):
        words = _("%(risk)s (likelihood %(likelihood)d, consequence %(consequence)d) %(answer)s")
        return words % {
            "risk": item.text,
            "likelihood": item.likelihood,
            "consequence": item.consequence,
            "answer": item.answer,
        }
    return getattr(item, "reference", "") or item.name
