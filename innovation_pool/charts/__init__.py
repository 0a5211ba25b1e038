"""Where the lines and bars of the charts stand. Geometry alone: amounts in whole kroner go in, coordinates
come out; the templates in `templates/charts/` add words, colours and formatted figures. No Django here.

A chart of one column or one bar is drawn in pixels of its own; what must follow the width of the page is
in percent of it.
"""

from innovation_pool.charts.cumulative import (
    MILLION,
    NARROW,
    WIDE,
    CumulativeChart,
    Frame,
    Payback,
    Point,
    Tick,
    cumulative_chart,
)
from innovation_pool.charts.years import (
    Bar,
    Part,
    PoolChart,
    PoolColumn,
    YearBar,
    YearMoney,
    pool_chart,
    year_bar,
    year_bars,
)

__all__ = [
    "MILLION",
    "NARROW",
    "WIDE",
    "Bar",
    "CumulativeChart",
    "Frame",
    "Part",
    "Payback",
    "Point",
    "PoolChart",
    "PoolColumn",
    "Tick",
    "YearBar",
    "YearMoney",
    "cumulative_chart",
    "pool_chart",
    "year_bar",
    "year_bars",
]
