"""The grid that Budgetark and Afledt drift share: a head of six rows, then rows of years in columns E–L.

E–H are the budget year and three more, I their sum, K–L years five and six in a block of their own.
A cell is a figure (formula with its value), a typed number, or blank: where nothing is posted there is
no formula.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book, foot, page, widths
from innovation_pool.workbooks.looks import KRONER, Look
from pool.sheets.drawing.content import SHEET_YEARS, BudgetSheet

MAIN, TOTAL, LATER = "EFGH", "I", "KL"
YEAR_COLUMNS = MAIN + LATER
LEFT, FIGURES = "ABCD", "EFGHI"
TITLE_CHARACTERS = 44
# Points of rows that a landscape page holds below its repeated head, before it is scaled to its width.
PAGE_HEIGHT, PAGE_WIDTH, POINTS_A_CHARACTER = 530, 770, 5.6
# The row the first page begins with, below the repeated head.
FIRST_PAGE = 7

QUIET = Look(size=9.5, color=looks.INK_2, bottom="line")


@dataclass(frozen=True)
class Figure:
    """A formula and what it should come to; kroner or øre already in the sheet's unit."""

    formula: str
    value: Decimal


Cells = Mapping[str, Figure | Decimal | None]


@dataclass(frozen=True)
class RowLook:
    """How a whole row looks: its label and its figures, and the rules over and under it."""

    top: str = ""
    bottom: str = "line"
    bold: bool = False
    size: float = 11
    color: str = looks.INK
    height: float = looks.ROW_HEIGHT
    fill: str = ""

    def label(self, **more) -> Look:
        return Look(
            size=self.size, bold=self.bold, color=self.color, top=self.top, bottom=self.bottom, **more
        )

    def figure(self, *, bold: bool = False, fill: str = "") -> Look:
        return Look(
            size=self.size, bold=self.bold or bold, color=self.color, align="right",
            top=self.top, bottom=self.bottom, format=KRONER, fill=fill,
        )  # fmt: skip


PLAIN = RowLook()
PALE = RowLook(color=looks.INK_2)
SUM = RowLook(top="rule", bold=True)
GRAND = RowLook(top="total", bottom="rule", bold=True, size=12, height=21)
LARGE = RowLook(top="total", bottom="rule", bold=True, size=15, height=27)


class Grid:
    """One sheet being drawn from the top; `row` is the next free one."""

    def __init__(self, book: Book, content: BudgetSheet, year: int, title: str):
        self.book, self.content, self.first = book, content, year
        self.sheet: Worksheet = book.sheet(title)
        self.words = content.words
        self.row = 1
        self._page_start = FIRST_PAGE
        # The room that the largest figure so far takes; kept as one goes, for every page break asks.
        self._largest, self._room = Decimal(), 1.0
        self.years = {column: year + offset for offset, column in enumerate(YEAR_COLUMNS)}

    def amount(self, kroner: int | None) -> Decimal:
        """Kroner in the unit of the sheet, exact."""
        return Decimal(kroner or 0) / self.content.unit

    # --- The head ---------------------------------------------------------------------------------

    def head(self, title: str, lines: tuple[str, str], labels: Mapping[str, str]) -> None:
        """Rows 1–6: title, unit and sign, when and by whom, room for the verdict, the years."""
        book, sheet = self.book, self.sheet
        book.put(sheet, "A1", title, looks.HEADING)
        book.put(sheet, "L1", self.content.place, looks.NOTE_RIGHT)
        for row, line in enumerate(lines, start=2):
            book.put(sheet, f"A{row}", line, looks.NOTE)
        year = Look(bold=True, align="right")
        under = Look(size=9.5, color=looks.INK_2, align="right", bottom="edge")
        for column, number in self.years.items():
            is_budget = {"E": looks.BUDGET_YEAR}.get(column, looks.ESTIMATE_YEAR)
            shown = looks.PLAIN if column in LATER else is_budget
            book.put(sheet, f"{column}5", number, replace(year, format=shown))
            book.put(sheet, f"{column}6", self._what_it_is(column, number), under)
        book.put(sheet, "I5", self.words["in_all"], year)
        book.put(sheet, "I6", f"{self.first}–{self.first + len(MAIN) - 1}", under)
        for column in LEFT:
            text = labels.get(column, "")
            book.put(sheet, f"{column}6", text, Look(size=9.5, color=looks.INK_2, bottom="edge"))
        for row, height in {1: 25, 2: 15, 3: 15, 4: 17, 5: 17, 6: 14}.items():
            sheet.row_dimensions[row].height = height
        sheet.freeze_panes = "C7"
        self.row = 7

    def _what_it_is(self, column: str, year: int) -> str:
        if column in LATER:
            return self.words["year_n"] % {"n": YEAR_COLUMNS.index(column) + 1}
        figures = self.content.year(year)
        if not figures.is_live and figures.status == "none":
            return self.words["no_budget"]
        if column == "E" and figures.status != "closed":
            return self.words["budget_year"]
        return self.words[f"status_{figures.status}"]

    def verdict(self, formula: str, text: str) -> None:
        """Row 4: a sentence that is itself a formula, good or bad by its first sign."""
        self.book.formula(self.sheet, "A4", formula, text, looks.VERDICT)
        bad = FormulaRule(formula=['LEFT($A$4,1)="▲"'], font=Font(color=looks.BAD, bold=True))
        self.sheet.conditional_formatting.add("A4", bad)

    # --- Rows -------------------------------------------------------------------------------------

    def section(self, texts: Mapping[str, str], *, later: bool = True, top: str = "rule") -> None:
        """A heading with a rule over it."""
        row = self.row
        for column in LEFT + FIGURES + (LATER if later else ""):
            look = looks.SECTION if column == "A" else looks.SECTION_NOTE
            self.book.put(self.sheet, f"{column}{row}", texts.get(column), replace(look, top=top))
        self.sheet.row_dimensions[row].height = looks.SECTION_HEIGHT
        self.row += 1

    def line(
        self,
        texts: Mapping[str, str],
        cells: Cells,
        look: RowLook = PLAIN,
        *,
        later: bool = True,
        total: bool = True,
        label_looks: Mapping[str, Look] | None = None,
        fill: Mapping[str, str] | None = None,
    ) -> int:
        """A row of figures; its sum over E–H is a formula where any of them is filled. Gives its number."""
        row, book, sheet = self.row, self.book, self.sheet
        for column in LEFT:
            usual = look.label() if column in "AB" else replace(QUIET, top=look.top, bottom=look.bottom)
            book.put(sheet, f"{column}{row}", texts.get(column), (label_looks or {}).get(column, usual))
        columns = MAIN + (LATER if later else "")
        for column in columns:
            self.place(f"{column}{row}", cells.get(column), look.figure(fill=(fill or {}).get(column, "")))
        filled = [cells[column] for column in MAIN if cells.get(column) is not None]
        in_all = None
        if total and filled:
            value = sum((getattr(cell, "value", cell) for cell in filled), Decimal())
            in_all = Figure(f"=SUM(E{row}:H{row})", value)
        self.place(f"I{row}", in_all, look.figure(bold=True, fill=(fill or {}).get("I", "")))
        sheet.row_dimensions[row].height = self._height(texts, look, label_looks or {})
        self.row += 1
        return row

    def place(self, at: str, cell: Figure | Decimal | None, look: Look) -> None:
        value = value_of(cell)
        if abs(value) > self._largest or value < 0:
            self._largest = max(self._largest, abs(value))
            self._room = max(self._room, room_for(f"{value:,.0f}"))
        if isinstance(cell, Figure):
            self.book.formula(self.sheet, at, cell.formula, cell.value, look)
        else:
            self.book.put(self.sheet, at, cell, look)

    def _height(self, texts: Mapping[str, str], look: RowLook, looked: Mapping[str, Look]) -> float:
        """Room for a long title, which is wrapped and never cut."""
        wrapped = [
            len(texts.get(column) or "") for column in "BC" if column in looked and looked[column].wrap
        ]
        lines = -(-max(wrapped, default=1) // TITLE_CHARACTERS)
        return max(look.height, looks.ROW_HEIGHT * lines)

    def note(self, text: str) -> None:
        self.book.put(self.sheet, f"A{self.row}", text, looks.NOTE)
        self.row += 1

    def gap(self, height: float = 9) -> None:
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def figures(
        self, make: Callable[[str, int], Figure | Decimal | None], columns: str = YEAR_COLUMNS
    ) -> Cells:
        """A cell for each year column, by its letter and its year."""
        return {column: make(column, self.years[column]) for column in columns}

    def column_sums(self, rows: Iterable[int], cells: Iterable[Cells], first: int, last: int) -> Cells:
        """SUM over rows that lie together, for every year column, with the sums of their values."""
        cells = list(cells)
        return {
            column: Figure(
                f"=SUM({column}{first}:{column}{last})",
                sum((value_of(row.get(column)) for row in cells), Decimal()),
            )
            for column in YEAR_COLUMNS
        }

    # --- Pages ------------------------------------------------------------------------------------

    def break_page(self) -> None:
        """What follows begins on a page of its own."""
        self.sheet.row_breaks.append(Break(id=self.row - 1))
        self._page_start = self.row

    @property
    def on_first_page(self) -> bool:
        """Whether no page has been broken yet."""
        return self._page_start == FIRST_PAGE

    def keep_together(self, rows: int) -> None:
        """Breaks before a block of so many rows that would else be cut in two, where a page can hold it."""
        room = PAGE_HEIGHT * self._table_width() / PAGE_WIDTH - self._height_of(range(1, 7))
        used = self._height_of(range(self._page_start, self.row))
        if used and used + rows * looks.ROW_HEIGHT > room:
            self.break_page()

    def _height_of(self, rows: range) -> float:
        return sum(self.sheet.row_dimensions[row].height or looks.ROW_HEIGHT for row in rows)

    def _table_width(self) -> float:
        return max(PAGE_WIDTH, sum(self._widths().values()) * POINTS_A_CHARACTER)

    def finish(self, foot_left: str) -> None:
        widths(self.sheet, self._widths())
        page(self.sheet, rows_again="1:6")
        foot(self.sheet, foot_left, self.words["page_of"])

    def _widths(self) -> dict[str, float]:
        size = self._figure_width()
        columns = {"A": 13, "B": 37, "C": 37, "D": 14, **dict.fromkeys(MAIN, size), "I": size + 1, "J": 2}
        return columns | dict.fromkeys(LATER, max(10, size - 1))

    def _figure_width(self) -> float:
        """Wide enough for the largest figure in the largest type, so that none shows as ###."""
        return max(11 if self.content.unit > 1 else 14, self._room)


def room_for(shown: str) -> float:
    """The width a figure takes in bold of the largest size, in characters of the usual one."""
    return 1.5 + sum(0.8 if mark == "," else 1.45 for mark in shown)


def value_of(cell: Figure | Decimal | None) -> Decimal:
    """What a cell counts for in a sum."""
    if cell is None:
        return Decimal()
    return cell.value if isinstance(cell, Figure) else cell


def years_of(content: BudgetSheet, first: int) -> range:
    return range(first, first + SHEET_YEARS)
