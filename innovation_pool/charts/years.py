"""The years of a pool: columns to stand over a table of them, and lying bars on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from innovation_pool.charts.numbers import hundredth, tenth


@dataclass(frozen=True)
class YearMoney:
    """A pool year in whole kroner, as the charts need it.

    `available` and `shortfall` are both at least 0; `asked` is what undecided cases want, `unfunded` what
    was granted without cover. `budgeted` is False for a year that has no budget at all.
    """

    year: int
    allocated: int = 0
    spent: int = 0
    reserved: int = 0
    available: int = 0
    asked: int = 0
    unfunded: int = 0
    shortfall: int = 0
    budgeted: bool = True

    @property
    def bound(self) -> int:
        """What is allocated or reserved."""
        return self.allocated + self.reserved

    @property
    def ceiling(self) -> int:
        """The budget as corrected: what all that is allocated, reserved and available comes to."""
        return self.bound + self.available - self.shortfall

    @property
    def wanted(self) -> int:
        """The height everything would reach if all that is asked were granted."""
        return self.bound + self.unfunded + self.asked

    @property
    def over(self) -> int:
        """How much of that has no cover."""
        return max(0, self.wanted - max(0, self.ceiling))


@dataclass(frozen=True)
class Bar:
    """A rectangle; `kind` names its fill: allocated, spent, reserved, available, asked or uncovered."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PoolColumn:
    money: YearMoney
    bars: tuple[Bar, ...]
    over_y: float


@dataclass(frozen=True)
class PoolChart:
    """A small picture for each year, to stand in the column of the table under it, all on one scale."""

    width: int
    height: int
    columns: tuple[PoolColumn, ...]


COLUMN_WIDTH, CHART_HEIGHT = 100, 248
BAR_WIDTH, ASKED_WIDTH, SPENT_WIDTH = 72, 20, 12
LABEL_ROOM, GAP, LEAST = 36, 1.5, 2


def pool_chart(years: Sequence[YearMoney]) -> PoolChart:
    """Allocated, reserved and available stacked; what is asked dashed beside the free room it wants."""
    highest = max([1, *(max(year.ceiling, year.wanted, year.bound, year.spent) for year in years)])
    scale = (CHART_HEIGHT - LABEL_ROOM) / highest
    columns = tuple(_pool_column(year, scale) for year in years)
    return PoolChart(COLUMN_WIDTH, CHART_HEIGHT, columns)


def _pool_column(year: YearMoney, scale: float) -> PoolColumn:
    left = COLUMN_WIDTH - BAR_WIDTH
    bars = []

    def stand(kind, amount, upon, x=left, width=BAR_WIDTH):
        if amount > 0:
            height = max(LEAST, amount * scale - GAP)
            bars.append(Bar(kind, x, tenth(CHART_HEIGHT - upon * scale - height), width, tenth(height)))

    stand("allocated", year.allocated, 0)
    stand("reserved", year.reserved, year.allocated)
    stand("available", year.available, year.bound)
    stand("spent", year.spent, 0, left + (BAR_WIDTH - SPENT_WIDTH) / 2, SPENT_WIDTH)
    # Beside the column; in a year that has none, in its place.
    beside = {"x": 0, "width": ASKED_WIDTH} if year.ceiling > 0 or year.bound else {}
    covered = max(0, min(year.wanted, year.ceiling) - year.bound)
    stand("asked", covered, year.bound, **beside)
    stand("uncovered", year.over, year.wanted - year.over, **beside)
    top = CHART_HEIGHT - year.wanted * scale - 8
    return PoolColumn(year, tuple(bars), tenth(top))


@dataclass(frozen=True)
class Part:
    """A stretch of a year's bar, in percent of the width of the page's column."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class YearBar:
    money: YearMoney
    parts: tuple[Part, ...]


# About 1,5 px on a column of 600.
PERCENT_GAP = 0.25


def year_bars(years: Sequence[YearMoney]) -> tuple[YearBar, ...]:
    """One lying bar for each year, all on the scale of the longest."""
    longest = max([1, *(max(year.bound + year.available, year.spent) for year in years)])
    return tuple(year_bar(year, longest) for year in years)


def year_bar(year: YearMoney, longest: int | None = None) -> YearBar:
    """Allocated, reserved, available, then what was cut but is bound; `longest` is the amount at 100 %."""
    longest = longest or max(1, year.bound + year.available, year.spent)
    parts = []

    def lie(kind, amount, after):
        if amount > 0:
            width = max(PERCENT_GAP, amount * 100 / longest - PERCENT_GAP)
            parts.append(Part(kind, hundredth(after * 100 / longest), hundredth(width)))

    lie("allocated", year.allocated, 0)
    lie("reserved", year.reserved, year.allocated)
    lie("available", year.available, year.bound)
    lie("uncovered", year.shortfall, year.bound - year.shortfall)
    lie("spent", year.spent, 0)
    return YearBar(year, tuple(parts))
