"""The municipality's form "Budgetalternativ – Anlægsønske" on one portrait page: its fields, rows and order.

No row beyond the form's own but the note of a case, and what a text needs that no one row can hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import CUT_MARK, Book, clean, foot, page, widths
from innovation_pool.workbooks.looks import KRONER, Look

SHEET = "Budgetalternativ"
YEAR_COLUMNS = "BCDE"
LABEL = Look(size=11, color=looks.INK_2, bottom="line")
VALUE = Look(size=11, bold=True, bottom="line")
ROW = Look(size=11, bottom="line")
NUMBER = Look(size=11, align="right", bottom="line", format=KRONER)
HEAD = Look(size=10, color=looks.INK_2, top="rule", bottom="edge")
YEAR = Look(size=11, bold=True, align="right", top="rule", bottom="edge", format="0")
SUM = Look(size=11, bold=True, top="rule", bottom="rule")
HEADING = Look(size=10.5, bold=True, top="edge", vertical="bottom")
TEXT = Look(size=10.5, wrap=True, vertical="top")
NOTE = Look(size=9.5, color=looks.INK_2, wrap=True)
LINE_HEIGHT, TALLEST = 14, 28
# Letters of the usual width in one line of the merged text.
LINE_LETTERS = 98
# And in one of the narrow columns beside a label, in bold.
LETTERS_BESIDE = 10
NARROW, WIDE = set("iljtfrI.,:;'!|()[] "), set("mwMW%@—…")


@dataclass(frozen=True)
class Form:
    """What the form says. Amounts are whole kroner by column; None is a blank cell, which is not 0."""

    number: str
    committee: str
    department: str
    contact: str
    years: tuple[int, ...]
    overflow: tuple[int | None, ...]
    tax_financed: tuple[int | None, ...]
    user_financed: tuple[int | None, ...]
    operation: tuple[int | None, ...]
    note: str
    subject: str
    profit_centre: str
    texts: Mapping[str, str]
    foot: str
    words: Mapping[str, str]


def draw_form(form: Form) -> Book:
    """The form as a workbook of one sheet."""
    book = Book()
    sheet = book.sheet(SHEET)
    words = form.words
    book.put(sheet, "A1", words["title"], looks.HEADING)
    heights = {1: 30, 2: 6, 6: 10, 7: 21, 11: 22, 12: 10, 13: 20}
    _head(book, sheet, form)
    _amounts(book, sheet, form)
    if form.note:
        sheet.merge_cells("A14:E14")
        book.put(sheet, "A14", form.note, NOTE)
    heights[14] = 13 * max(1, lines_of(form.note, LINE_LETTERS * 1.1)) + 8 if form.note else 10
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    _fields(book, sheet, form)
    widths(sheet, {"A": 51, **dict.fromkeys(YEAR_COLUMNS, 11.5)})
    page(sheet, landscape=False, fit_height=True)
    sheet.print_options.horizontalCentered = True
    foot(sheet, form.foot, words["page_of"])
    return book


def _head(book: Book, sheet, form: Form) -> None:
    words = form.words
    lines = (
        (3, "number", form.number, ""),
        (4, "committee", form.committee, ""),
        (5, "department", form.department, form.contact),
    )
    for row, name, value, beside in lines:
        top = "rule" if row == 3 else ""
        book.stretch(sheet, row, "ABCDE", replace(ROW, top=top))
        book.put(sheet, f"A{row}", words[name], replace(LABEL, top=top))
        _value(book, sheet, f"B{row}:{'C' if beside else 'E'}{row}", value, replace(VALUE, top=top))
        if beside:
            _value(book, sheet, f"D{row}:E{row}", beside, ROW)


def _value(book: Book, sheet, where: str, value: str, look: Look) -> None:
    """A value over the columns beside its label, on as many lines as it takes."""
    first, last = where.split(":")
    row = int(first[1:])
    sheet.merge_cells(where)
    book.put(sheet, first, value, replace(look, wrap=True))
    room = LETTERS_BESIDE * (ord(last[0]) - ord(first[0]) + 1)
    needed = 20 + LINE_HEIGHT * (lines_of(value, room) - 1)
    sheet.row_dimensions[row].height = max(needed, sheet.row_dimensions[row].height or 0)


def _amounts(book: Book, sheet, form: Form) -> None:
    """Years, the three kinds, their sum as a formula, and derived operation; 1.000 kr., exact."""
    words = form.words
    book.put(sheet, "A7", words["unit"], HEAD)
    for column, year in zip(YEAR_COLUMNS, form.years, strict=True):
        book.put(sheet, f"{column}7", year, YEAR)
    before = form.years[0] - 1
    rows = (
        (8, words["overflow"] % {"year": before}, form.overflow),
        (9, words["tax_financed"], form.tax_financed),
        (10, words["user_financed"], form.user_financed),
    )
    for row, label, amounts in rows:
        _row(book, sheet, row, label, amounts, ROW, NUMBER)
    book.put(sheet, "A11", words["in_all"], SUM)
    for number, column in enumerate(YEAR_COLUMNS):
        value = sum(amounts[number] or 0 for _row_number, _label, amounts in rows)
        look = replace(SUM, align="right", format=KRONER, size=12)
        book.formula(sheet, f"{column}11", f"=SUM({column}8:{column}10)", Decimal(value) / 1000, look)
    look = replace(ROW, top="edge", bottom="edge")
    _row(book, sheet, 13, None, form.operation, look, replace(NUMBER, top="edge", bottom="edge", bold=True))
    sheet["A13"] = _underlined(words)
    sheet["A13"]._style = book.style(look)


def _row(book: Book, sheet, row: int, label, amounts, look: Look, number: Look) -> None:
    book.put(sheet, f"A{row}", label, look)
    for column, amount in zip(YEAR_COLUMNS, amounts, strict=True):
        book.put(sheet, f"{column}{row}", None if amount is None else Decimal(amount) / 1000, number)
    sheet.row_dimensions[row].height = 20


def _underlined(words) -> CellRichText:
    """The form underlines one word."""
    plain, under = InlineFont(rFont="Calibri", sz=11), InlineFont(rFont="Calibri", sz=11, u="single")
    parts = [(plain, "operation_before"), (under, "operation_under"), (plain, "operation_after")]
    return CellRichText(*(TextBlock(font, words[name]) for font, name in parts))


def _fields(book: Book, sheet, form: Form) -> None:
    """Subject and profit centre, then each heading with its text under it."""
    words = form.words
    for row, name, value, look in (
        (15, "subject", form.subject, VALUE),
        (16, "profit_centre", form.profit_centre, ROW),
    ):
        top = "rule" if row == 15 else ""
        book.stretch(sheet, row, "ABCDE", replace(ROW, top=top))
        book.put(sheet, f"A{row}", words[name], replace(LABEL, top=top))
        _value(book, sheet, f"B{row}:E{row}", value, replace(look, top=top))
    row = 17
    for name, text in form.texts.items():
        book.stretch(sheet, row, "ABCDE", HEADING)
        book.put(sheet, f"A{row}", words[name], HEADING)
        sheet.row_dimensions[row].height = 20
        for piece in in_rows(text):
            row += 1
            sheet.merge_cells(f"A{row}:E{row}")
            book.put(sheet, f"A{row}", piece, TEXT)
            sheet.row_dimensions[row].height = LINE_HEIGHT * lines_of(piece, LINE_LETTERS) + 8
        row += 1
    book.stretch(sheet, row, "ABCDE", Look(top="rule"))


def in_rows(text: str) -> list[str]:
    """The text as what single rows can show: a row has a tallest height, far below a cell's longest text."""
    found: list[str] = []
    piece: list[str] = []
    for paragraph in clean(text).strip("\n").split("\n"):
        for chunk in _chunks(paragraph):
            if piece and lines_of("\n".join([*piece, chunk]), LINE_LETTERS) > TALLEST:
                found.append("\n".join(piece))
                piece = []
            piece.append(chunk)
    return [*found, "\n".join(piece)]


def _chunks(paragraph: str) -> list[str]:
    """A paragraph too long for one row in pieces, cut between words and marked as going on."""
    room = LINE_LETTERS * (TALLEST - 2)
    chunks = []
    while lines_of(paragraph, LINE_LETTERS) > TALLEST:
        cut = paragraph.rfind(" ", room // 2, room // 2 * 2) + 1 or room // 2
        chunks.append(paragraph[:cut].rstrip() + CUT_MARK)
        paragraph = paragraph[cut:]
    return [*chunks, paragraph]


def lines_of(text: str, letters: float) -> int:
    """How many lines a text takes: merged cells do not fit their height by themselves."""
    return int(sum(max(1, -(-_width(paragraph) // letters)) for paragraph in text.split("\n")))


def _width(text: str) -> float:
    """The text's width in letters of the usual width."""
    return sum(0.55 if c in NARROW else 1.55 if c in WIDE else 1.2 if c.isupper() else 1 for c in text)


def form_workbook(form: Form, *, with_values: bool = True) -> bytes:
    return draw_form(form).bytes(with_values=with_values)
