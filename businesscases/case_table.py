"""The six-year economy as a table to read: gains positive, costs negative, blank cells blank.

Pure but for words: it is made from a `CaseContent`, whether that is a draft or a frozen version.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from businesscases import economy
from businesscases.content import CaseContent, ContentLine
from businesscases.models import Kind, Payer

GROUPS: tuple[tuple[str, Promise], ...] = (
    (economy.Nature.CAPITAL, gettext_lazy("Capital")),
    (economy.Nature.OPERATION, gettext_lazy("Operation")),
)


@dataclass(frozen=True)
class TableLine:
    """A line with its signed amounts; `what` says what it is and who pays."""

    line: ContentLine
    what: str
    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class TableGroup:
    name: str
    lines: tuple[TableLine, ...]


@dataclass(frozen=True)
class YearRow:
    """A year, for the table of a telephone."""

    year: int
    cost: int
    gain: int
    net: int
    cumulative: int


@dataclass(frozen=True)
class EconomyTable:
    """Groups of lines, then the sums. `beside` are freed time and gains in the takst: never in the net."""

    years: tuple[int, ...]
    groups: tuple[TableGroup, ...]
    beside: tuple[TableLine, ...]
    net: tuple[int, ...]
    net_gain: int
    cumulative: tuple[int, ...]
    by_year: tuple[YearRow, ...]
    costs: int
    gains: int


def economy_table(content: CaseContent, natures: Mapping[str, str] | None = None) -> EconomyTable:
    """The table of a case. `natures` is finance's word on lines by key; without it, that of the kind."""
    natures = natures or {}
    figures = content.key_figures
    counted = [line for line in content.lines if line.economy.in_net]

    def nature(line: ContentLine) -> str:
        return natures.get(line.key) or economy.NATURE_OF[line.kind]

    groups = (
        TableGroup(str(name), tuple(table_line(line) for line in counted if nature(line) == key))
        for key, name in GROUPS
    )
    # What finance calls neither is shown all the same: no krone of the net may be missing from the table.
    known = {key for key, _name in GROUPS}
    others = tuple(table_line(line) for line in counted if nature(line) not in known)
    by_year = zip(content.years, figures.costs, figures.gains, figures.net, figures.cumulative, strict=True)
    return EconomyTable(
        years=tuple(content.years),
        groups=tuple(group for group in (*groups, TableGroup(_("Other"), others)) if group.lines),
        beside=tuple(table_line(line) for line in content.lines if not line.economy.in_net),
        net=figures.net,
        net_gain=figures.net_gain,
        cumulative=figures.cumulative,
        by_year=tuple(YearRow(year, -cost, *rest) for year, cost, *rest in by_year),
        costs=-sum(figures.costs),
        gains=sum(figures.gains),
    )


def table_line(line: ContentLine) -> TableLine:
    """One line as the table shows it."""
    cells = tuple(economy.net_sign(line.kind, amount) for amount in line.amounts)
    return TableLine(line, what_it_is(line), cells, economy.net_sign(line.kind, line.economy.total))


def what_it_is(line: ContentLine) -> str:
    """The kind of a line, who pays, and what is special about it, as one line of words."""
    words = [str(Kind(line.kind).label)]
    if line.payer:
        words.append(str(Payer(line.payer).label).lower())
    if not line.permanent and line.kind in (Kind.DERIVED_OPERATION, Kind.CASHABLE_GAIN):
        words.append(_("ends within the six years"))
    if line.user_financed:
        words.append(_("user-financed area, in the rate (takst)"))
    if line.kind == Kind.FREED_TIME:
        words.append(_("shown beside, not counted"))
    return " · ".join(words)
