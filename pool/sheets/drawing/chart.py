"""The chart over the years of Budgetark: stacked columns without axes, each exactly over its year.

The fills are those of the pages; they survive a print without colour.
"""

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from innovation_pool.workbooks import looks
from pool.sheets.drawing.grid import MAIN, Grid

EDGE = 19_050
BAND_ROWS = 5
# Glyphs, because a spreadsheet shows a cell's pattern as one flat colour.
LEGEND = (
    ("available", "□", looks.ALLOCATED),
    ("reserved", "▨", looks.RESERVED_EDGE),
    ("allocated", "■", looks.ALLOCATED),
)


def draw_chart(grid: Grid, at: dict[str, int], first_row: int) -> None:
    """The chart over E–H in the rows of its band, and its legend beside it."""
    chart = BarChart()
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 100
    chart.legend, chart.title = None, None
    chart.x_axis.delete = chart.y_axis.delete = True
    chart.x_axis.majorGridlines = chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.layout = Layout(manualLayout=ManualLayout(
        layoutTarget="inner", xMode="edge", yMode="edge", x=0.0, y=0.02, w=1.0, h=0.98
    ))  # fmt: skip
    for name, solid in (("allocated", looks.ALLOCATED), ("reserved", ""), ("available", looks.AVAILABLE)):
        chart.series.append(
            _series(grid, at[name], solid, looks.RESERVED_EDGE if not solid else looks.ALLOCATED)
        )
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.plot_area.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.anchor = TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(col=4, row=first_row - 1),
        to=AnchorMarker(col=4 + len(MAIN), row=first_row - 1 + BAND_ROWS),
    )
    grid.sheet.add_chart(chart)
    for row, (name, glyph, color) in enumerate(LEGEND, start=first_row + 2):
        block = TextBlock(InlineFont(rFont="Calibri", color=color, sz=11), glyph)
        text = TextBlock(
            InlineFont(rFont="Calibri", color=looks.INK_2, sz=9.5), f" {grid.words[f'legend_{name}']}"
        )
        grid.sheet[f"D{row}"] = CellRichText(block, text)


def _series(grid: Grid, row: int, solid: str, edge: str) -> Series:
    figures = Reference(grid.sheet, min_col=5, max_col=4 + len(MAIN), min_row=row, max_row=row)
    series = Series(figures)
    properties = GraphicalProperties()
    if solid:
        properties.solidFill = solid[2:]
    else:
        properties.pattFill = PatternFillProperties(
            prst="wdUpDiag",
            fgClr=ColorChoice(srgbClr=looks.RESERVED[2:]),
            bgClr=ColorChoice(srgbClr=looks.RESERVED_GROUND[2:]),
        )
    properties.line = LineProperties(solidFill=edge[2:], w=EDGE)
    series.graphicalProperties = properties
    return series
