"""A line of the money grid as it is drawn: its name, six cells, total, what could not be read, and details.

Put together here and not in the template: forty lines of six cells are most of the editor's page.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from businesscases.economy import COSTS as COST_KINDS
from businesscases.forms.line_details import LineDetails
from businesscases.forms.lines import KINDS, PAID_BY, PAYERS
from businesscases.forms.rows import Row
from businesscases.models import Kind, Payer
from businesscases.sections import AMOUNTS

# A start year has one in each language.
DRAWINGS = 32
# Where the whole name of a kind would take two lines.
SHORT = {Kind.IMPLEMENTATION: pgettext_lazy("line", "Implementation")}
CELL = (
    '<td class="cell{state}"><label class="cell-label" for="id_{name}-{column}">{year}</label>'
    '<input id="id_{name}-{column}" name="{name}-{column}" value="{value}" inputmode="decimal" '
    'autocomplete="off" aria-label="{title}, {year}"{bad}></td>'
)
BAD = ' aria-invalid="true" aria-describedby="e-{name}-{column}"'
LINE = (
    '<tr class="line{look}" id="{anchor}"><th scope="row"><button type="button" class="opener" '
    'aria-expanded="{opened}" aria-controls="m-{name}"><span id="n-{name}">{title}</span>'
    "<small>{under}</small></button>"
    '<input type="hidden" name="line" value="{key}"></th>\n'
    '{cells}<td class="out" id="t-{name}">{total}</td></tr>\n'
)
REMOVED = (
    '<tr class="line off"><th scope="row">{title}<small>{told}</small></th><td colspan="7">'
    '<input type="hidden" name="line" value="{key}"><input type="hidden" name="{name}-removed" value="1">'
    '<button class="btn btn-link" name="do" value="line-restore:{key}">{keep}</button></td></tr>\n'
)


@dataclass(frozen=True)
class BadCell:
    """An amount that could not be read. `label` says it aloud."""

    name: str
    year: int
    label: str
    error: str


class LineDrawing:
    """What all lines of a grid with these years are drawn with, in one language; made by `drawing`."""

    def __init__(self, years: tuple[int, ...]):
        self.years = years
        self.details = LineDetails(years)
        self._under: dict[tuple[str, str], str] = {}

    @cached_property
    def cells(self) -> str:
        """The six cells of a line in which all can be read, with gaps for its name, title and amounts."""
        gaps = {"name": "{name}", "title": "{title}", "state": "", "bad": ""}
        return "".join(
            CELL.format(column=column, year=year, value=f"{{{column}}}", **gaps)
            for column, year in zip(AMOUNTS, self.years, strict=True)
        )

    @cached_property
    def removed(self) -> tuple[str, str]:
        """What is said of a removed line, and of the button that keeps it."""
        return escape(_("Removed when you save")), escape(_("Keep the line"))

    def under(self, row: Row) -> str:
        """The line under the name: what it is, and who pays."""
        kind, payer = row.shown.get("kind"), row.shown.get("payer")
        if kind not in KINDS:
            return ""
        payer = payer if kind in COST_KINDS and payer in PAYERS else ""
        if (kind, payer) not in self._under:
            words = [str(SHORT.get(kind) or Kind(kind).label)]
            if payer:
                words.append(str(PAID_BY[Payer(payer)]))
            self._under[kind, payer] = escape(", ".join(words))
        return self._under[kind, payer]


@lru_cache(maxsize=DRAWINGS)
def drawing(years: tuple[int, ...], language: str) -> LineDrawing:
    """What the lines of a grid with these years are drawn with. `language` is the one that is spoken now."""
    return LineDrawing(years)


@dataclass(frozen=True)
class GridLine:
    """A line as it is drawn."""

    row: Row
    total: str
    drawing: LineDrawing

    @property
    def name(self) -> str:
        """What its inputs begin with."""
        return self.row.name

    @property
    def anchor(self) -> str:
        """The id that the completeness list links to."""
        return self.row.anchor

    @property
    def title(self) -> str:
        return self.row.shown.get("text", "").strip() or _("Line without a name")

    @property
    def html(self) -> str:
        """The line, what is wrong in its cells, and its details. Whatever was typed is escaped."""
        row = self.row
        name, title = row.name, escape(self.title)
        if row.removed:
            told, keep = self.drawing.removed
            return REMOVED.format(name=name, key=row.key, title=title, told=told, keep=keep)
        bad = self.bad_cells
        line = LINE.format(
            name=name,
            key=row.key,
            title=title,
            anchor=row.anchor,
            look=(" wide" if row.opened else "") + (" wrong" if bad else ""),
            opened="true" if row.opened else "false",
            under=self.drawing.under(row),
            cells=self._cells(name, title),
            total=self.total,
        )
        return f"{line}{self.error_row_html if bad else ''}{self.drawing.details.html(row)}"

    def _cells(self, name: str, title: str) -> str:
        amounts = {column: escape(self.row.shown[column]) for column in AMOUNTS}
        if not self.bad_cells:
            return self.drawing.cells.format(name=name, title=title, **amounts)
        errors = self.row.errors
        return "".join(
            CELL.format(
                name=name,
                column=column,
                year=year,
                title=title,
                value=amounts[column],
                state=" bad" if errors[column] else "",
                bad=BAD.format(name=name, column=column) if errors[column] else "",
            )
            for column, year in zip(AMOUNTS, self.drawing.years, strict=True)
        )

    @cached_property
    def bad_cells(self) -> tuple[BadCell, ...]:
        errors = self.row.errors
        if not errors:
            return ()
        return tuple(
            BadCell(f"{self.name}-{column}", year, f"{self.title}, {year}", errors[column])
            for column, year in zip(AMOUNTS, self.drawing.years, strict=True)
            if errors[column]
        )

    @property
    def bad_offset(self) -> int:
        """Columns before the first cell with an error, where its message begins."""
        return self.drawing.years.index(self.bad_cells[0].year) + 1 if self.bad_cells else 1

    @property
    def bad_span(self) -> int:
        return len(AMOUNTS) + 2 - self.bad_offset

    @property
    def error_row_html(self) -> SafeString:
        """The row under the line that says what is wrong, from below the first cell in error."""
        return format_html(
            '<tr class="cell-error"><td colspan="{}"></td>'
            '<td colspan="{}"><div role="status">{}</div></td></tr>\n',
            self.bad_offset,
            self.bad_span,
            self.sentences_html,
        )

    @property
    def sentences_html(self) -> SafeString:
        """What is wrong in the cells; each names its year when there are several."""
        bad = self.bad_cells
        if len(bad) == 1:
            return format_html('<span id="e-{}">{}</span>', bad[0].name, bad[0].error)
        told = ((cell.name, cell.year, cell.error) for cell in bad)
        return format_html("<ul>{}</ul>", format_html_join("", '<li id="e-{}">{}: {}</li>', told))

    @property
    def refusals(self) -> list[tuple[str, str, str]]:
        """Id, label and sentence of each cell and detail that could not be read."""
        cells = {cell.name: cell for cell in self.bad_cells}
        found = []
        for column, sentence in self.row.errors.items():
            name, label = f"{self.name}-{column}", self.title
            if name in cells:
                label = cells[name].label
            found.append((f"id_{name}", label, sentence))
        return found
