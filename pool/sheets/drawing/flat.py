"""The flat sheets: one head row and then rows, nothing above, no sum below, always whole kroner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book, Value, foot, head, letter, page, widths
from innovation_pool.workbooks.looks import DATE, KRONER, PLAIN, TEXT, Look
from pool.sheets.drawing.content import BudgetSheet, MovementRow, Posting

HEAD = Look(bold=True, color=looks.INK_2, bottom="rule")
CELL = Look(size=10.5, bottom="line")
CASE_ENDS = Look(size=10.5, bottom="edge")

POSTING_NAMES = {
    "Post_sag": "A",
    "Post_dranst": "E",
    "Post_art": "F",
    "Post_år": "G",
    "Post_beløb": "I",
    "Post_tekst": "J",
}
MOVEMENT_NAMES = {
    "Bev_nr": "A",
    "Bev_slags": "C",
    "Bev_år": "D",
    "Bev_fra": "F",
    "Bev_til": "G",
    "Bev_beløb": "H",
}


@dataclass(frozen=True)
class FlatColumn:
    """A column: its word, its width, its format, and whether it is a figure."""

    word: str
    width: float
    format: str = TEXT
    right: bool = False
    bold: bool = False
    mono: bool = False


POSTING_COLUMNS = (
    FlatColumn("case", 13),
    FlatColumn("profit_centre", 26),
    FlatColumn("f3_level", 12),
    FlatColumn("function", 12),
    FlatColumn("nature", 10),
    FlatColumn("posting_type", 25),
    FlatColumn("year", 8, PLAIN, True),
    FlatColumn("price_level", 12),
    FlatColumn("amount_kr", 16, KRONER, True),
    FlatColumn("text", 46),
)
MOVEMENT_COLUMNS = (
    FlatColumn("number_short", 7, PLAIN, True),
    FlatColumn("date", 11.5, DATE, True),
    FlatColumn("movement", 22),
    FlatColumn("year", 7, PLAIN, True),
    FlatColumn("case", 13),
    FlatColumn("from", 25),
    FlatColumn("to", 25),
    FlatColumn("amount_kr", 16, KRONER, True, True),
    FlatColumn("basis", 44),
    FlatColumn("text", 38),
    FlatColumn("code", 12, TEXT, False, False, True),
)


def draw_postings(book: Book, content: BudgetSheet, title: str, heading: str) -> None:
    """Every posting, the cases kept apart by a darker rule; its columns are fixed: names point at them."""
    words = content.words
    rows = (posting_row(row, words) for row in content.postings)
    ends = {
        number
        for number, row in enumerate(content.postings, start=2)
        if number - 1 < len(content.postings) and content.postings[number - 1].case != row.case
    }
    sheet = _draw(book, content, title, POSTING_COLUMNS, rows, freeze="B2", ends=ends)
    head(sheet, f"{title} · {heading}", words["postings_sign"])
    book.name_columns(sheet, POSTING_NAMES, 1 + len(content.postings))


def posting_row(row: Posting, words) -> tuple[Value, ...]:
    """A posting as the cells of its row."""
    level = words["price_level_of"] % {"year": row.price_level} if row.price_level else words["nominal"]
    return (
        row.case, row.profit_centre, row.f3_level, row.function, words[f"nature_{row.nature}"],
        words[f"type_{row.type}"], row.year, level, row.amount, row.text,
    )  # fmt: skip


def draw_movements(book: Book, content: BudgetSheet, title: str, heading: str) -> None:
    """Every movement of the pool up to its head; amounts are positive, the direction is from and to."""
    words = content.words
    rows = (movement_row(row) for row in content.movements)
    sheet = _draw(book, content, title, MOVEMENT_COLUMNS, rows, freeze="D2")
    head(sheet, f"{title} · {heading}", words["movements_sign"])
    book.name_columns(sheet, MOVEMENT_NAMES, 1 + len(content.movements))


def movement_row(row: MovementRow) -> tuple:
    """A movement as the cells of its row."""
    return (
        row.number, row.on, row.kind, row.year, row.case, row.source, row.target, row.amount, row.basis,
        row.text, row.code,
    )  # fmt: skip


def _draw(
    book: Book,
    content: BudgetSheet,
    title: str,
    columns: Sequence[FlatColumn],
    rows: Iterable[Sequence],
    *,
    freeze: str,
    ends: set[int] = frozenset(),
):
    sheet = book.sheet(title)
    for number, column in enumerate(columns, start=1):
        look = replace(HEAD, align="right" if column.right else "left", indent=_indent(columns, number - 1))
        book.put(sheet, f"{letter(number)}1", content.words[column.word], look)
    usual = [book.style_number(_look(CELL, columns, number)) for number in range(len(columns))]
    at_end = [book.style_number(_look(CASE_ENDS, columns, number)) for number in range(len(columns))]
    written = book.flat_rows(sheet, len(columns))
    last = 1
    for last, row in enumerate(rows, start=2):
        written.add(row, at_end if last in ends else usual)
    widths(sheet, {letter(number): column.width for number, column in enumerate(columns, start=1)})
    sheet.freeze_panes = freeze
    sheet.auto_filter.ref = f"A1:{letter(len(columns))}{last}"
    sheet.row_dimensions[1].height = 24
    page(sheet, rows_again="1:1")
    sheet.page_margins.top = 0.7
    foot(sheet, content.words["foot_kroner"], content.words["page_of"])
    return sheet


def _look(look: Look, columns: Sequence[FlatColumn], number: int) -> Look:
    column = columns[number]
    return replace(
        look,
        align="right" if column.right else "left",
        format=column.format,
        bold=column.bold,
        mono=column.mono,
        size=9 if column.mono else look.size,
        color=looks.INK_2 if column.mono else looks.INK,
        indent=_indent(columns, number),
    )


def _indent(columns: Sequence[FlatColumn], number: int) -> int:
    """Air between a figure and the text after it, and before a code."""
    after_figure = number > 0 and columns[number - 1].right and not columns[number].right
    return int(after_figure or columns[number].mono)
