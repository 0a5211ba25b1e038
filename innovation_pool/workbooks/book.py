"""A workbook whose formulas come with their values.

openpyxl writes a formula with an empty value, and a reader without a calculator sees a blank. So the
value each formula should give is kept as it is placed, and written into the saved file as the last
step (`completing`), as are the rows of a flat sheet.
"""

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from innovation_pool.workbooks.completing import Lacking, Value, completed
from innovation_pool.workbooks.flat_rows import FlatRows
from innovation_pool.workbooks.looks import Look
from innovation_pool.workbooks.texts import CUT_MARK, clean, plain_text

__all__ = ["CUT_MARK", "Book", "Value", "clean", "foot", "head", "letter", "page", "plain_text", "widths"]

A4 = 9


class Book:
    """A workbook in the making."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.lacking: dict[str, Lacking] = {}
        self._styles: dict = {}
        self._style_numbers: dict[Look, int] = {}

    def sheet(self, title: str) -> Worksheet:
        made = self.workbook.create_sheet(title)
        made.sheet_view.showGridLines = False
        self.lacking[title] = Lacking()
        return made

    def style(self, look: Look):
        """The look as what a cell keeps, made once: a sheet of ten thousand rows has few looks."""
        if look not in self._styles:
            cell = Cell(self.workbook.worksheets[0], row=1, column=1)
            look.dress(cell)
            self._styles[look] = cell._style
            self._style_numbers[look] = cell.style_id
        return self._styles[look]

    def style_number(self, look: Look) -> int:
        """The number of the look in the file."""
        self.style(look)
        return self._style_numbers[look]

    def put(self, sheet: Worksheet, at: str, value: Value, look: Look) -> Cell:
        """A text, a number or a blank; a text is never a formula, whatever it begins with."""
        cell = sheet[at]
        fill_cell(cell, value)
        cell._style = self.style(look)
        return cell

    def formula(self, sheet: Worksheet, at: str, formula: str, value: Value, look: Look) -> None:
        """A formula, and the value it should give by the rules of the pool."""
        cell = sheet[at]
        cell.value = formula
        cell._style = self.style(look)
        self.lacking[sheet.title].values[at] = value

    def flat_rows(self, sheet: Worksheet, columns: int) -> FlatRows:
        """Where the rows of a flat sheet are added; below the head, which is placed."""
        rows = self.lacking[sheet.title].rows = FlatRows(columns, sheet.max_row + 1)
        return rows

    def stretch(self, sheet: Worksheet, row: int, columns: Iterable[str], look: Look) -> None:
        """The look over empty cells of a row, so that its rule goes through."""
        style = self.style(look)
        for column in columns:
            sheet.cell(row, column_index_from_string(column))._style = style

    def name(self, name: str, sheet: Worksheet, where: str) -> None:
        self.workbook.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{where}")

    def name_columns(self, sheet: Worksheet, names: dict[str, str], last_row: int) -> None:
        """Names for columns of a flat sheet, from its second row; row 2 alone when it is empty."""
        for name, column in names.items():
            self.name(name, sheet, f"${column}$2:${column}${max(2, last_row)}")

    def bytes(self, *, with_values: bool = True) -> bytes:
        """The file. Without values every reader must calculate."""
        self.workbook.calculation.fullCalcOnLoad = True
        return completed(self.workbook, self.lacking, with_values=with_values)


def fill_cell(cell: Cell, value: Value) -> None:
    """Puts the value in; text stays text, and an empty one leaves the cell blank."""
    if value == "":
        return
    if isinstance(value, str):
        cell.value = plain_text(value)
        if cell.data_type != "s":
            cell.data_type = "s"
    elif value is not None:
        cell.value = value


def page(sheet: Worksheet, *, landscape: bool = True, rows_again: str = "", fit_height: bool = False) -> None:
    """A4, one page wide, with room for the foot."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if fit_height else 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.38, 0.5
    sheet.page_margins.header = sheet.page_margins.footer = 0.22
    if rows_again:
        sheet.print_title_rows = rows_again


def foot(sheet: Worksheet, left: str, right: str) -> None:
    """What stands under every printed page; an & is doubled, for it begins a code."""
    sheet.oddFooter.left.text = left.replace("&", "&&")
    sheet.oddFooter.right.text = right
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8


def head(sheet: Worksheet, left: str, right: str) -> None:
    sheet.oddHeader.left.text = left.replace("&", "&&")
    sheet.oddHeader.right.text = right.replace("&", "&&")
    sheet.oddHeader.left.size = sheet.oddHeader.right.size = 9
    sheet.oddHeader.left.font = "Calibri,Bold"


def widths(sheet: Worksheet, sizes: dict[str, float]) -> None:
    for column, size in sizes.items():
        sheet.column_dimensions[column].width = size


def letter(number: int) -> str:
    return get_column_letter(number)
