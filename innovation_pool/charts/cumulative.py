"""The running net gain of a case over its years, as a line with its points at the ends of the years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from math import ceil

from innovation_pool.charts.numbers import tenth

MILLION = 1_000_000


@dataclass(frozen=True)
class Frame:
    """The size of a cumulative chart and the room round its plot; `left` grows with wide figures."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    # The least room of a year's name under the axis, and the height of a label of two lines.
    year_room: int
    label_height: int


WIDE = Frame(width=832, height=316, left=56, right=120, top=14, bottom=42, year_room=40, label_height=40)
NARROW = Frame(width=358, height=260, left=40, right=10, top=26, bottom=36, year_room=34, label_height=0)

# The room the words at the payback point take beside their line.
PAYBACK_LABEL = 180
AXIS_STEPS = 8
# " mio. kr."
UNIT_SIGNS = 9


@dataclass(frozen=True)
class Tick:
    """A line across the plot, or a name under it."""

    at: float
    value: int


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Payback:
    """The ring on the zero line; `anchor` is how the words stand at `label_x`, on the side with room."""

    years: Decimal
    year: int
    x: float
    label_x: float
    anchor: str


@dataclass(frozen=True)
class CumulativeChart:
    """The running net gain, with points at the ends of the years.

    `unit` is what the axis counts: 1.000.000, or 1.000 or 1 kr. where that would show only zeros.
    """

    frame: Frame
    left: float
    right: float
    bottom: float
    zero: float
    unit: int
    grid: tuple[Tick, ...]
    year_ends: tuple[float, ...]
    years: tuple[Tick, ...]
    ends: tuple[tuple[int, int], ...]
    points: tuple[Point, ...]
    line: str
    careful_line: str
    above: str
    below: str
    payback: Payback | None
    end: int
    end_label: float
    careful_end: int | None
    careful_label: float


def cumulative_chart(
    net_flows: Sequence[int],
    careful_flows: Sequence[int] | None,
    start_year: int,
    payback: Decimal | None,
    frame: Frame = WIDE,
) -> CumulativeChart:
    """The chart of yearly nets (kroner, gain-positive) and of the careful scenario, which may be left out.

    `payback` is in years from the start of the first one, None when it never comes.
    """
    sums = [0, *accumulate(net_flows)]
    careful = [0, *accumulate(careful_flows)] if careful_flows is not None else []
    low, high, step = _axis([*sums, *careful])
    # The axis shows millions with one decimal, the smaller units with none.
    unit = MILLION if step * 10 >= MILLION else 1_000 if step >= 1_000 else 1
    left = max(frame.left, 12 + 8 * max(_signs(low, unit), _signs(high, unit)))
    right = frame.width - max(
        frame.right, 10 + 8 * (_signs(sums[-1], unit) + UNIT_SIGNS) if frame.label_height else 0
    )
    bottom = frame.height - frame.bottom
    year_width = (right - left) / len(net_flows)

    def x(years) -> float:
        return left + float(years) * year_width

    def y(amount) -> float:
        return bottom - (bottom - frame.top) * float(amount - low) / (high - low)

    def curve(amounts) -> list[Point]:
        return [Point(x(year), y(amount)) for year, amount in enumerate(amounts)]

    # Exact until drawn: a crossing reckoned from rounded points would stand beside the payback ring.
    points, careful_points = curve(sums), curve(careful)
    end_label, careful_label = _apart(
        y(sums[-1]), y(careful[-1]) if careful else None, frame.label_height, frame.top + 8, bottom
    )
    every = 1 if year_width >= frame.year_room else -int(-frame.year_room // year_width)
    return CumulativeChart(
        frame=frame,
        left=left,
        right=right,
        bottom=bottom,
        zero=tenth(y(0)),
        unit=unit,
        grid=tuple(Tick(tenth(y(value)), value) for value in range(high, low - 1, -step)),
        year_ends=tuple(tenth(x(year)) for year in range(len(sums))),
        years=tuple(
            Tick(tenth(x(year + 0.5)), start_year + year) for year in range(0, len(net_flows), every)
        ),
        ends=tuple((start_year + year, amount) for year, amount in enumerate(sums[1:])),
        points=tuple(Point(tenth(point.x), tenth(point.y)) for point in points[1:]),
        line=_drawn(points, " "),
        careful_line=_drawn(careful_points, " "),
        above=_area(points, y(0), below=False),
        below=_area(points, y(0), below=True),
        payback=None if payback is None else _payback(payback, start_year, x(payback), points, (left, right)),
        end=sums[-1],
        end_label=end_label,
        careful_end=careful[-1] if careful else None,
        careful_label=careful_label,
    )


def _axis(amounts: Iterable[int]) -> tuple[int, int, int]:
    """Lowest and highest line of the grid and the step between: 1, 2 or 5 with noughts, at most 8 of them."""
    lowest, highest = min(amounts), max(amounts)
    if lowest == highest == 0:
        return 0, MILLION, MILLION
    step = 1
    while True:
        for factor in (1, 2, 5):
            size = step * factor
            low, high = lowest // size * size, -(-highest // size) * size
            if high - low <= AXIS_STEPS * size:
                return low, high, size
        step *= 10


def _signs(amount: int, unit: int) -> int:
    """About how many signs the amount takes when shown in the unit."""
    decimals = 3 if unit == MILLION else 0
    return len(f"{abs(amount) // unit:,}") + decimals + (amount < 0)


def _drawn(points: Iterable[Point], between: str) -> str:
    return between.join(f"{tenth(point.x)},{tenth(point.y)}" for point in points)


def _area(points: Sequence[Point], zero: float, *, below: bool) -> str:
    """The path of what lies between the line and zero, on one side of it; "" when nothing does."""
    shapes, shape = [], []
    for start, end in pairwise(points):
        # Down the picture is below zero.
        start_on_side, end_on_side = ((p.y > zero) if below else (p.y < zero) for p in (start, end))
        if not (start_on_side or end_on_side):
            continue
        crossing = start.x
        if start.y != end.y:
            crossing = start.x + (end.x - start.x) * (zero - start.y) / (end.y - start.y)
        if not start_on_side:
            shape = [Point(crossing, zero)]
        shape.append(end if end_on_side else Point(crossing, zero))
        if not end_on_side:
            shapes.append(shape)
            shape = []
    if shape:
        shapes.append([*shape, Point(shape[-1].x, zero)])
    return "".join("M" + _drawn(shape, "L") + "Z" for shape in shapes)


def _payback(years: Decimal, start_year: int, x: float, points, plot: tuple[float, float]) -> Payback:
    """The words stand left of their line, unless there is more room, or less of the curve, to the right."""
    left, right = plot
    room_left, room_right = x - left >= PAYBACK_LABEL, right - x >= PAYBACK_LABEL
    if room_left and room_right:
        # Up the picture is a smaller y.
        curve_left = min((p.y for p in points if x - PAYBACK_LABEL <= p.x <= x), default=points[0].y)
        curve_right = min((p.y for p in points if x <= p.x <= x + PAYBACK_LABEL), default=points[0].y)
        leftwards = curve_left >= curve_right
    else:
        leftwards = room_left or (not room_right and x - left >= right - x)
    year = start_year + max(ceil(years), 1) - 1
    return Payback(
        years, year, tenth(x), tenth(x - 8 if leftwards else x + 8), "end" if leftwards else "start"
    )


def _apart(first: float, second: float | None, height: float, top: float, bottom: float):
    """Two labels' heights moved as little as keeps them from standing in each other, inside the plot."""
    if second is None:
        return tenth(first), tenth(first)
    overlap = height - abs(first - second)
    if overlap > 0:
        upwards = -1 if first <= second else 1
        first, second = first + upwards * overlap / 2, second - upwards * overlap / 2
    shift = max(0, top - min(first, second)) - max(0, max(first, second) - bottom)
    return tenth(first + shift), tenth(second + shift)
