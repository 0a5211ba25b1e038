"""The workbook of a budget sheet: for one year, or for every year of the pool over the same flat sheets."""

from innovation_pool.workbooks.book import Book
from pool.sheets.drawing.about import draw_about
from pool.sheets.drawing.budget import draw_budget
from pool.sheets.drawing.content import BudgetSheet
from pool.sheets.drawing.flat import draw_movements, draw_postings
from pool.sheets.drawing.operation import draw_operation

# Addresses that others rely on, as urls are: never translated.
BUDGET, OPERATION, POSTINGS, MOVEMENTS, ABOUT = "Budgetark", "Afledt drift", "Posteringer", "Bevægelser", "Om"


def draw(content: BudgetSheet) -> Book:
    """The book, drawn; a sheet pair for each year asked for, named by the year when there are several."""
    book = Book()
    years, words = content.sheet_years, content.words
    several = len(years) > 1
    for year in years:
        of_year = f" {year}" if several else ""
        draw_budget(book, content, year, BUDGET + of_year, OPERATION + of_year)
        draw_operation(book, content, year, OPERATION + of_year)
    span = f"{years[0]}–{years[-1]}" if several else str(years[0])
    heading = words["budget_title"] % {"year": span, "pool": content.pool, "number": content.number}
    draw_postings(book, content, POSTINGS, heading)
    draw_movements(book, content, MOVEMENTS, heading)
    draw_about(book, content, ABOUT)
    return book


def budget_workbook(content: BudgetSheet, *, with_values: bool = True) -> bytes:
    """The file. Without cached values it is for a reader that calculates, as the test does."""
    return draw(content).bytes(with_values=with_values)
