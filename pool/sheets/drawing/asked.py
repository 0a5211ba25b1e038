"""Block C of Budgetark, never on the page of the pool's own figures: what is asked and not decided.

There is no total over the years: one year's surplus does not cover another's lack.
"""

from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing.content import Asked
from pool.sheets.drawing.funded import REFERENCE, TITLE
from pool.sheets.drawing.grid import GRAND, QUIET, SUM, YEAR_COLUMNS, Cells, Figure, Grid, value_of

WORD = Look(size=9.5, bold=True, color=looks.BAD, align="right")


def draw_asked(grid: Grid, rows, asked: Asked) -> None:
    words = grid.words
    grid.section({"A": words["block_c"], "C": words["profit_centre"], "D": words["state"]})
    if not asked.cases:
        grid.note(words["none_asked"])
    else:
        _draw_cases(grid, rows, asked)
    for note in _notes(grid, asked):
        grid.note(note)


def _draw_cases(grid: Grid, rows, asked: Asked) -> None:
    words = grid.words
    looked = {"A": REFERENCE, "B": TITLE, "C": TITLE, "D": QUIET}
    first, all_cells = grid.row, []
    for case in asked.cases:
        title = f"{case.title}{words['several_pools']}" if case.several_pools else case.title
        texts = {"A": case.reference, "B": title, "C": case.profit_centre, "D": case.state}
        cells = grid.figures(
            lambda c, y, case=case: grid.amount(case.asked[y]) if case.asked.get(y) else None
        )
        all_cells.append(cells)
        grid.line(texts, cells, label_looks=looked)
    sums = grid.column_sums((), all_cells, first, grid.row - 1)
    shown = {column: cell for column, cell in sums.items() if cell.value or column in "EFGH"}
    asked_row = grid.line({"A": words["asked_in_all"]}, shown, SUM)
    left = {column: _left(grid, rows, column, asked_row, shown) for column in YEAR_COLUMNS}
    row = grid.line({"A": words["left_if_all"], "C": words["left_if_all_how"]}, left, GRAND, total=False)
    _words_under(grid, row, left)


def _left(grid: Grid, rows, column: str, asked_row: int, shown: Cells) -> Figure | None:
    """Available, less an uncovered cut, less what is asked; blank where there is neither."""
    available = rows.cells["available"].get(column)
    lacks = rows.cells.get("shortfall", {}).get(column)
    if available is None and not value_of(shown.get(column)):
        return None
    value = value_of(available) - value_of(lacks) - value_of(shown.get(column))
    terms = [f"{column}{rows.at['available']}"] if available is not None else ["0"]
    terms += [f"{column}{rows.at['shortfall']}"] if lacks is not None else []
    return Figure("=" + "-".join([*terms, f"{column}{asked_row}"]), value)


def _words_under(grid: Grid, row: int, left: Cells) -> None:
    """Below each lack its word: it lacks, or the year has no cover at all."""
    words, below = grid.words, grid.row
    for column, cell in left.items():
        if cell is None:
            continue
        live = grid.content.year(grid.years[column]).is_live
        word = words["lacks"] if live else words["without_cover"]
        formula = f'=IF({column}{row}<0,"{word}","")'
        value = word if value_of(cell) < Decimal() else ""
        grid.book.formula(grid.sheet, f"{column}{below}", formula, value, WORD)
    bad = FormulaRule(
        formula=[f"E${row}<0"],
        font=Font(color=looks.BAD, bold=True),
        fill=PatternFill("solid", start_color=looks.BAD_TINT, end_color=looks.BAD_TINT),
    )
    grid.sheet.conditional_formatting.add(f"E{row}:L{below}", bad)
    grid.sheet.row_dimensions[below].height = looks.ROW_HEIGHT
    grid.row += 1


def _notes(grid: Grid, asked: Asked) -> list[str]:
    words = grid.words
    notes = [words["asked_note"]]
    if asked.earlier_count:
        years = [
            words["amount_in_year"] % {"amount": _shown(grid, amount), "year": year}
            for year, amount in sorted(asked.earlier.items())
            if amount and year in grid.years.values()
        ]
        if years:
            listed = f"{', '.join(years[:-1])}{words['and']}{years[-1]}" if len(years) > 1 else years[0]
            notes.append(words["earlier_note"] % {"n": asked.earlier_count, "amounts": listed})
    return notes


def _shown(grid: Grid, kroner: int) -> str:
    return f"{round(grid.amount(kroner)):,}".replace(",", ".")
