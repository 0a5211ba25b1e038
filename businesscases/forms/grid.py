"""The money grid as it is drawn: lines in groups, sums, net, and what could not be read.

All amounts here are text in the unit of the grid; the figures are computed by `businesscases.economy`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from businesscases import economy
from businesscases.economy import COSTS as COST_KINDS
from businesscases.forms.line_details import LineDetails
from businesscases.forms.lines import BESIDE, COSTS, GAINS, PAID_BY, LinesForm, economy_lines, group_of
from businesscases.forms.rows import Row
from businesscases.models import Kind, Payer
from businesscases.sections import AMOUNTS
from innovation_pool.kroner import as_typed, years

GROUP_NAMES = {
    COSTS: pgettext_lazy("grid", "Expenses"),
    GAINS: pgettext_lazy("grid", "Gains"),
    BESIDE: pgettext_lazy("grid", "Shown beside, not in the net"),
}
# Where the whole name of a kind would take two lines.
SHORT = {Kind.IMPLEMENTATION: pgettext_lazy("line", "Implementation")}
CELL = (
    '<td class="cell{state}"><label class="cell-label" for="id_{name}">{year}</label>'
    '<input id="id_{name}" name="{name}" value="{value}" inputmode="decimal" autocomplete="off" '
    'aria-label="{label}"{bad}></td>'
)


@dataclass(frozen=True)
class Cell:
    """One amount of one line. `label` says it aloud."""

    name: str
    year: int
    value: str
    label: str
    error: str

    def html(self) -> str:
        """The cell with its field; the name is made of a checked key, the rest is escaped."""
        bad = f' aria-invalid="true" aria-describedby="e-{self.name}"' if self.error else ""
        return CELL.format(
            name=self.name,
            year=self.year,
            value=escape(self.value),
            label=escape(self.label),
            state=" bad" if self.error else "",
            bad=bad,
        )


@dataclass(frozen=True)
class GridLine:
    """A line as it is drawn."""

    row: Row
    cells: tuple[Cell, ...]
    total: str
    details: LineDetails

    @property
    def name(self) -> str:
        """What its inputs begin with."""
        return self.row.name

    @property
    def anchor(self) -> str:
        """The id that the completeness list links to."""
        return f"id_{self.row.prefix}-{UUID(self.row.key)}"

    @property
    def title(self) -> str:
        return self.row.shown.get("text", "").strip() or _("Line without a name")

    @property
    def under(self) -> str:
        """The line under the name: what it is, and who pays."""
        kind, payer = self.row.shown.get("kind"), self.row.shown.get("payer")
        words = [str(SHORT.get(kind) or Kind(kind).label)] if kind in Kind.values else []
        if kind in COST_KINDS and payer in Payer.values:
            words.append(str(PAID_BY[Payer(payer)]))
        return ", ".join(words)

    @property
    def cells_html(self) -> str:
        """The six cells. Put together here: drawn by the template they take half the time of the page."""
        return mark_safe("".join(cell.html() for cell in self.cells))

    @property
    def details_html(self) -> str:
        """The row under the line: what it is, who pays, and what can be done to it."""
        return self.details.html(self.row)

    @cached_property
    def bad_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.error)

    @property
    def bad_offset(self) -> int:
        """Columns before the first cell with an error, where its message begins."""
        return self.cells.index(self.bad_cells[0]) + 1 if self.bad_cells else 1

    @property
    def bad_span(self) -> int:
        return len(AMOUNTS) + 2 - self.bad_offset

    @property
    def error_row_html(self) -> SafeString:
        """The row under the line that says what is wrong, from below the first cell in error."""
        return format_html(
            '<tr class="cell-error"><td colspan="{}"></td>'
            '<td colspan="{}"><div role="status">{}</div></td></tr>',
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
        cells = {cell.name: cell for cell in self.cells}
        found = []
        for column, sentence in self.row.errors.items():
            name, label = f"{self.name}-{column}", self.title
            if name in cells:
                label = cells[name].label
            found.append((f"id_{name}", label, sentence))
        return found


@dataclass(frozen=True)
class Group:
    code: str
    lines: tuple[GridLine, ...]
    sums: tuple[str, ...] = ()

    @property
    def name(self):
        return GROUP_NAMES[self.code]


class Grid:
    """The whole grid of a form, with its key figures."""

    def __init__(self, form: LinesForm):
        self.form = form
        self.years = tuple(form.case.years)
        self._details = LineDetails(self.years)
        self.rate = form.parts.discount_rate
        self.lines = economy_lines(form.rows)
        self.figures = economy.key_figures(self.lines, self.rate, form.case.start_year)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        drawn = [(group_of(row), self._line(row)) for row in self.form.shown_rows]
        return tuple(
            Group(code, tuple(line for of, line in drawn if of == code), self._sums(code))
            for code in (COSTS, GAINS, BESIDE)
        )

    @property
    def payback(self) -> str:
        """When the case is paid back, in words; a dash where nothing was invested."""
        if self.figures.nothing_invested:
            return "–"
        if self.figures.payback is None:
            return _("not within 6 years")
        return _("after %(years)s") % {"years": years(self.figures.payback)}

    @property
    def net(self) -> tuple[str, ...]:
        return self._with_total(self.figures.net)

    @property
    def cumulative(self) -> tuple[str, ...]:
        return tuple(self._shown(amount) for amount in self.figures.cumulative)

    @property
    def bad_lines(self) -> list[GridLine]:
        return [
            line for group in self.groups for line in group.lines if line.row.errors and not line.row.removed
        ]

    @property
    def bad_cell_count(self) -> int:
        return sum(len(line.bad_cells) for line in self.bad_lines)

    def outputs(self) -> dict[str, str]:
        """Every figure of the grid by the id of its cell, for a page that follows while one types."""
        shown = {f"t-{line.name}": line.total for group in self.groups for line in group.lines}
        for code, amounts in (
            (COSTS, self._sums(COSTS)),
            (GAINS, self._sums(GAINS)),
            ("net", self.net),
            ("cumulative", self.cumulative),
        ):
            shown |= {f"sum-{code}-{place}": amount for place, amount in enumerate(amounts)}
        return shown

    def errors(self) -> dict[str, str]:
        """What is wrong, by the name of the field."""
        return {
            f"{line.name}-{column}": sentence
            for line in self.bad_lines
            for column, sentence in line.row.errors.items()
        }

    def _line(self, row: Row) -> GridLine:
        title = row.shown.get("text", "").strip() or _("Line without a name")
        amounts = [row.values.get(column) for column in AMOUNTS if row.values.get(column) is not None]
        cells = tuple(
            Cell(
                f"{row.name}-{column}",
                year,
                row.shown[column],
                f"{title}, {year}",
                row.errors.get(column, ""),
            )
            for column, year in zip(AMOUNTS, self.years, strict=True)
        )
        return GridLine(row, cells, self._shown(sum(amounts)) if amounts else "", self._details)

    def _sums(self, code: str) -> tuple[str, ...]:
        if code == BESIDE:
            return ()
        return self._with_total(self.figures.costs if code == COSTS else self.figures.gains)

    def _with_total(self, amounts: Sequence[int]) -> tuple[str, ...]:
        return (*(self._shown(amount) for amount in amounts), self._shown(sum(amounts)))

    def _shown(self, amount: int) -> str:
        return as_typed(amount, self.form.unit)
