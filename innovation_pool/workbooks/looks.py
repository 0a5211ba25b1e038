"""How cells look: the tokens of the pages as fonts, rules and fills of a workbook."""

from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

INK, INK_2, LINE_2, LINE = "FF14212B", "FF44535D", "FF78868F", "FFD8DEE2"
GOOD, BAD, BAD_TINT = "FF1D6A43", "FFA51F2B", "FFFCEEEF"
ALLOCATED, AVAILABLE = "FF2D867E", "FFDFEEEA"
RESERVED, RESERVED_GROUND, RESERVED_EDGE = "FFCF9A45", "FFFBF0DC", "FFB3700B"

KRONER = '#,##0;"−"#,##0'
DATE = r"dd\-mm\-yyyy"
PERCENT = r"0.0\ %"
BUDGET_YEAR, ESTIMATE_YEAR, PLAIN = '"B"0', '"BO"0', "0"
TEXT = "@"

ROW_HEIGHT, SECTION_HEIGHT = 15.75, 20

_SIDES = {
    "line": Side("thin", LINE),
    "edge": Side("thin", LINE_2),
    "rule": Side("thin", INK),
    "total": Side("medium", INK),
    "": Side(None),
}


@dataclass(frozen=True)
class Look:
    """A cell's look. `top` and `bottom` name a rule: line, edge, rule or total; `box` goes round.

    An `open` cell can be typed in on a protected sheet.
    """

    size: float = 11
    bold: bool = False
    color: str = INK
    align: str = "left"
    top: str = ""
    bottom: str = ""
    box: str = ""
    fill: str = ""
    format: str = "General"
    wrap: bool = False
    vertical: str = "center"
    indent: int = 0
    mono: bool = False
    open: bool = False
    underline: bool = False

    def dress(self, cell) -> None:
        """Gives the cell this look."""
        name = "DejaVu Sans Mono" if self.mono else "Calibri"
        cell.font = Font(
            name=name,
            size=self.size,
            bold=self.bold,
            color=self.color,
            underline="single" if self.underline else None,
        )
        cell.alignment = Alignment(
            horizontal=self.align, vertical=self.vertical, wrap_text=self.wrap, indent=self.indent
        )
        cell.number_format = self.format
        side = _SIDES[self.box]
        cell.border = Border(
            left=side,
            right=side,
            top=side if self.box else _SIDES[self.top],
            bottom=side if self.box else _SIDES[self.bottom],
        )
        if self.open:
            cell.protection = Protection(locked=False)
        if self.fill:
            cell.fill = PatternFill("solid", start_color=self.fill)


HEADING = Look(size=18, bold=True)
SECTION = Look(size=12, bold=True, top="rule", bottom="line")
SECTION_NOTE = Look(size=9.5, color=INK_2, top="rule", bottom="line")
NOTE = Look(size=9.5, color=INK_2)
NOTE_RIGHT = Look(size=9.5, color=INK_2, align="right")
VERDICT = Look(bold=True, color=GOOD)
