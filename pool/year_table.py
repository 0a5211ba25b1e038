"""The table of a pool with years as columns: which rows it has, and which sums can be opened.

Amounts are whole kroner with the sign they are shown with: what leaves the budget is negative. What
lacks after cuts is positive, as on the budget sheet.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from innovation_pool.kroner import signed, thousands
from pool.overview import PoolOverview, YearColumn

ALL_YEARS = 0
# Rows that are only shown when some year has something in them.
_WHEN_USED = ("supplements", "cuts", "carried", "lapsed")


@dataclass(frozen=True)
class MoneyCell:
    """One sum. `amount` is None where the year has nothing to say; `opens` names what stands behind it."""

    year: int
    amount: int | None
    opens: str = ""


@dataclass(frozen=True)
class MoneyRow:
    """One line of the table; `look` is its class in the stylesheet."""

    figure: str
    label: str
    cells: tuple[MoneyCell, ...]
    total: MoneyCell
    look: str = ""
    signed: bool = False


def money_rows(overview: PoolOverview, *, after: dict[int, int] | None = None) -> list[MoneyRow]:
    """The rows from the council's budget down to what is left and what was spent.

    `after` is what is available after all provisional decisions, by year, for those who may see it.
    """
    labels = _labels()
    rows = [_row(overview, "budget", labels)]
    total = overview.total
    for figure in _WHEN_USED:
        if any(getattr(column, figure) for column in overview.years):
            rows.append(_row(overview, figure, labels, signed=True))
    rows.append(_row(overview, "corrected", labels, look="sum"))
    rows.append(_row(overview, "allocated", labels, sign=-1))
    rows.append(_row(overview, "reserved", labels, sign=-1))
    rows.append(_row(overview, "available", labels, look="total big"))
    if total.shortfall:
        rows.append(_row(overview, "shortfall", labels, sign=-1, look="short"))
    if after is not None:
        rows.append(_after_row(overview, after))
    if total.unfunded:
        rows.append(_row(overview, "unfunded", labels, look="short"))
    rows.append(_spent_row(overview))
    return rows


def _labels() -> dict[str, str]:
    return {
        "budget": _("Adopted budget, estimate"),
        "supplements": _("Supplements and price regulation"),
        "cuts": _("Cuts"),
        "carried": _("Carried between years"),
        "lapsed": _("Lapsed"),
        "corrected": _("Corrected budget"),
        "allocated": _("Allocated"),
        "reserved": _("Reserved"),
        "available": _("Available"),
        "shortfall": _("Shortfall after cuts"),
        "unfunded": _("Without cover"),
        "spent": _("Spent according to the finance system"),
    }


def label_of(figure: str) -> str:
    """The name of a figure as the table has it, without the bar of who may see what."""
    return _labels().get(figure, figure)


def _row(overview, figure, labels, *, sign=1, look="", signed=False) -> MoneyRow:
    cells = tuple(_cell(column, figure, sign * getattr(column, figure)) for column in overview.years)
    total = sign * getattr(overview.total, figure)
    opens_total = f"{figure}-all" if total else ""
    return MoneyRow(
        figure, labels[figure], cells, MoneyCell(ALL_YEARS, total, opens_total), look=look, signed=signed
    )


def _cell(column: YearColumn, figure: str, amount: int) -> MoneyCell:
    # Nothing is blank but what is available in a year with a budget: there, nothing is news.
    if not amount and not (figure in ("available", "corrected") and column.has_budget):
        return MoneyCell(column.year, None)
    return MoneyCell(column.year, amount, f"{figure}-{column.year}" if amount else "")


def _after_row(overview: PoolOverview, after: dict[int, int]) -> MoneyRow:
    cells = tuple(
        MoneyCell(column.year, after.get(column.year, column.available) if column.has_budget else None)
        for column in overview.years
    )
    total = sum(cell.amount or 0 for cell in cells)
    return MoneyRow("after", _("After provisional decisions"), cells, MoneyCell(ALL_YEARS, total))


def _spent_row(overview: PoolOverview) -> MoneyRow:
    # Øre to whole kroner for showing only; the exact øre stand in what the finance system said.
    cells = tuple(
        MoneyCell(column.year, column.spent, f"spent-{column.year}")
        if column.spent_oere
        else MoneyCell(column.year, None)
        for column in overview.years
    )
    total = overview.total.spent or None
    opens_total = "spent-all" if total else ""
    return MoneyRow(
        "spent", _labels()["spent"], cells, MoneyCell(ALL_YEARS, total, opens_total), look="quiet"
    )


@dataclass(frozen=True)
class YearLine:
    """A row of the table for one year: what a telephone and a year's own page show."""

    figure: str
    label: str
    look: str
    cell: MoneyCell
    shown: str


def cells_of_year(rows: list[MoneyRow], year: int) -> list[YearLine]:
    """The rows that have something in the year, in 1.000 kr. as shown."""
    lines = []
    for row in rows:
        cell = next((cell for cell in row.cells if cell.year == year), None)
        if cell is None or cell.amount is None:
            continue
        shown = thousands(cell.amount)
        lines.append(
            YearLine(row.figure, row.label, row.look.split()[0] if row.look else "", cell,
                     signed(shown) if row.signed else shown)
        )  # fmt: skip
    return lines
