"""The sheet Om: what, when and by whom, the conventions, and how to find out whether it still holds."""

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book, foot, page, widths
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing.content import BudgetSheet

LABEL = Look(size=10.5, color=looks.INK_2, bottom="line", vertical="top")
WORDS = Look(size=10.5, bottom="line", wrap=True, vertical="top")
NUMBER = Look(size=10.5, bottom="line", format="#,##0", vertical="top")
CODE = Look(size=10, bottom="line", mono=True, vertical="top")
CHARACTERS_A_LINE = 118
# The unit stands in C12: the name Enhed points there.
UNIT_ROW = 12

SECTIONS = (
    ("what_when_who", ("pool", "covers", "extracted", "basis_of_sheet", "spending")),
    ("conventions", ("sign", "unit", "units", "price_levels", "blank_and_zero", "rounding", "left_out")),
    ("can_it_be_checked", ("head_number", "head", "movements_in_all", "how_to_verify", "same_as_page")),
    ("the_sheets", ("sheet_budget", "sheet_operation", "sheet_postings", "sheet_movements", "sheet_about")),
)


def draw_about(book: Book, content: BudgetSheet, title: str) -> None:
    """Labels in B, words in C; the unit in C12 and the number of movements are what formulas point at."""
    words, sheet = content.words, book.sheet(title)
    book.put(sheet, "B1", words["about_title"], looks.HEADING)
    sheet.row_dimensions[1].height = 30
    row = 3
    for section, names in SECTIONS:
        book.put(sheet, f"B{row}", words[section], looks.SECTION)
        book.put(sheet, f"C{row}", None, looks.SECTION)
        sheet.row_dimensions[row].height = looks.SECTION_HEIGHT
        row += 1
        for name in names:
            _line(book, content, sheet, row, name)
            row += 1
        row += 1
    book.name("Enhed", sheet, f"$C${UNIT_ROW}")
    widths(sheet, {"A": 2, "B": 27, "C": 104})
    page(sheet, fit_height=True)
    foot(sheet, words["foot"], words["page_of"])


def _line(book: Book, content: BudgetSheet, sheet, row: int, name: str) -> None:
    numbers = {"unit": content.unit, "movements_in_all": content.head_number}
    book.put(sheet, f"B{row}", content.words[f"about_{name}"], LABEL)
    if name in numbers:
        book.put(sheet, f"C{row}", numbers[name], Look(**{**NUMBER.__dict__, "align": "left"}))
    elif name == "head":
        book.put(sheet, f"C{row}", content.head or "–", CODE)
    else:
        book.put(sheet, f"C{row}", content.about[name], WORDS)
    if name == "movements_in_all":
        book.name("Om_bevægelser", sheet, f"$C${row}")
    lines = -(-len(content.about.get(name, "")) // CHARACTERS_A_LINE)
    sheet.row_dimensions[row].height = looks.ROW_HEIGHT * max(1, lines) + (3 if lines > 1 else 0)
