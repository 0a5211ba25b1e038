"""The money grid as it is drawn: lines in groups, sums, net, and what could not be read.

All amounts here are text in the unit of the grid; the figures are computed by `businesscases.economy`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from businesscases import economy
from businesscases.forms.grid_lines import GridLine, drawing
from businesscases.forms.lines import BESIDE, COSTS, GAINS, LinesForm, economy_lines, group_of
from businesscases.forms.rows import Row
from businesscases.sections import AMOUNTS
from innovation_pool.kroner import as_typed, years

GROUP_NAMES = {
    COSTS: pgettext_lazy("grid", "Expenses"),
    GAINS: pgettext_lazy("grid", "Gains"),
    BESIDE: pgettext_lazy("grid", "Shown beside, not in the net"),
}


@dataclass(frozen=True)
class Group:
    code: str
    lines: tuple[GridLine, ...]
    sums: tuple[str, ...] = ()

    @property
    def name(self):
        return GROUP_NAMES[self.code]

    @property
    def html(self) -> SafeString:
        """The lines with their details."""
        return mark_safe("".join(line.html for line in self.lines))


class Grid:
    """The whole grid of a form, with its key figures."""

    def __init__(self, form: LinesForm):
        self.form = form
        self.years = tuple(form.case.years)
        self._drawing = drawing(self.years, get_language() or "")
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
        """Every figure of the grid, and each line's name, by id, for a page that follows while one types."""
        lines = [line for group in self.groups for line in group.lines]
        shown = {f"t-{line.name}": line.total for line in lines} | {
            f"n-{line.name}": line.title for line in lines
        }
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
        values = row.values
        amounts = [values[column] for column in AMOUNTS if values.get(column) is not None]
        return GridLine(row, self._shown(sum(amounts)) if amounts else "", self._drawing)

    def _sums(self, code: str) -> tuple[str, ...]:
        if code == BESIDE:
            return ()
        return self._with_total(self.figures.costs if code == COSTS else self.figures.gains)

    def _with_total(self, amounts: Sequence[int]) -> tuple[str, ...]:
        return (*(self._shown(amount) for amount in amounts), self._shown(sum(amounts)))

    def _shown(self, amount: int) -> str:
        return as_typed(amount, self.form.unit)
