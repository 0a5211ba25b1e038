"""The sheet Budgetark: A the pool's budget, B the cases, Kontrol, and C what is asked.

Every figure but spending and C is a formula on the flat sheets. Accounts are asked by their pair, from
and to, so that returns, carried money and corrections fall out right.
"""

from decimal import Decimal

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing.asked import draw_asked
from pool.sheets.drawing.chart import draw_chart
from pool.sheets.drawing.content import BudgetSheet
from pool.sheets.drawing.control import draw_control
from pool.sheets.drawing.funded import draw_funded
from pool.sheets.drawing.grid import LARGE, LATER, MAIN, PALE, SUM, YEAR_COLUMNS, Cells, Figure, Grid
from pool.sheets.drawing.operation import net_row

OERE = 100


class Rows:
    """Where the rows that others point at ended up, and their cells."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self.cells: dict[str, Cells] = {}

    def keep(self, name: str, row: int, cells: Cells) -> None:
        self.at[name], self.cells[name] = row, cells


def draw_budget(book: Book, content: BudgetSheet, year: int, title: str, operation_title: str) -> None:
    """Draws the sheet for a year; `operation_title` names the sheet of derived operation beside it."""
    grid, rows, words = Grid(book, content, year, title), Rows(), content.words
    names = {"year": year, "pool": content.pool, "number": content.number}
    grid.head(words["budget_title"] % names, (words["unit_line"], words["when_line_budget"]), {})
    chart_row = _chart_band(grid)
    _draw_pool(grid, rows)
    draw_chart(grid, rows.at, chart_row)
    grid.keep_together(len(content.cases) + 8)
    draw_funded(grid, rows)
    grid.keep_together(7)
    draw_control(grid, rows, (operation_title, net_row(content, year)))
    if content.asked is not None:
        # A page of its own, unless the checks have one already, which it then shares.
        if grid.on_first_page:
            grid.break_page()
        else:
            grid.keep_together(len(content.asked.cases) + 8)
        draw_asked(grid, rows, content.asked)
    grid.finish(words["foot"])


def _chart_band(grid: Grid) -> int:
    """Five rows for the chart with its legend beside it; gives the first of them."""
    first = grid.row
    label = Look(size=12, bold=True)
    grid.book.put(grid.sheet, f"A{first}", grid.words["chart_title"], label)
    for _row in range(5):
        grid.sheet.row_dimensions[grid.row].height = 15.75
        grid.row += 1
    return first


def _draw_pool(grid: Grid, rows: Rows) -> None:
    """Block A. Columns K–L are drawn only where the pool has anything in years five and six."""
    words, content = grid.words, grid.content
    later = any(content.year(grid.years[column]).is_live for column in LATER)
    grid.section({"A": words["block_a"], "C": words["how"]}, later=later)
    columns = YEAR_COLUMNS if later else MAIN
    built = []
    for name, attribute, kinds in (
        ("budget", "budget", "budget"),
        ("adjusted", "adjusted", "adjusted"),
        ("carried", "carried", "carried"),
        ("lapsed", "lapsed", "lapsed"),
    ):
        cells = grid.figures(lambda c, y, a=attribute, k=kinds: _council_figure(grid, c, y, a, k), columns)
        if name == "lapsed" and not any(cells.values()):
            continue
        built.append(cells)
        row = grid.line({"A": words[name], "C": words[f"{name}_how"]}, cells, later=later)
        rows.keep(name, row, cells)
    first, last = rows.at["budget"], grid.row - 1

    def live(make):
        return grid.figures(
            lambda c, y: make(c, content.year(y)) if content.year(y).is_live else None, columns
        )

    corrected = live(lambda c, y: Figure(f"=SUM({c}{first}:{c}{last})", grid.amount(y.corrected)))
    _keep(grid, rows, "corrected", corrected, SUM, later)
    for name, account in (("allocated", "account_allocated"), ("reserved", "account_reserved")):
        cells = live(lambda c, y, a=account, n=name: _account(grid, a, c, getattr(y, n)))
        _keep(grid, rows, name, cells, later=later)
    _draw_available(grid, rows, live, columns, later)
    _draw_spent(grid, rows, columns, later)
    grid.gap()


def _draw_available(grid: Grid, rows: Rows, live, columns: str, later: bool) -> None:
    """What is left, over the uncovered cut where there is one: available is never below zero."""
    content = grid.content
    at = rows.at
    has_shortfall = any(content.year(grid.years[column]).shortfall for column in columns)
    shortfall_row = grid.row + 1

    def available(c, y):
        formula = f"={c}{at['corrected']}-{c}{at['allocated']}-{c}{at['reserved']}"
        return Figure(formula + (f"+{c}{shortfall_row}" if has_shortfall else ""), grid.amount(y.available))

    cells = live(available)
    fill = {column: looks.AVAILABLE for column in columns + "I" if column == "I" or cells.get(column)}
    _keep(grid, rows, "available", cells, LARGE, later, fill)
    if has_shortfall:
        cells = live(
            lambda c, y: _account(grid, "account_shortfall", c, y.shortfall, sign=-1) if y.shortfall else None
        )
        _keep(grid, rows, "shortfall", cells, later=later)


def _draw_spent(grid: Grid, rows: Rows, columns: str, later: bool) -> None:
    """What the finance system says: typed figures, exact to the øre."""

    def spent(_column, year):
        oere = grid.content.year(year).spent_oere
        return Decimal(oere) / OERE / grid.content.unit if oere else None

    cells = grid.figures(spent, columns)
    _keep(grid, rows, "spent", cells, PALE, later)
    spent_row = rows.at["spent"]

    def rest(column, year):
        allocated = grid.content.year(year).allocated
        if not allocated and cells.get(column) is None:
            return None
        value = grid.amount(allocated) - (cells.get(column) or Decimal())
        left = f"{column}{rows.at['allocated']}" if grid.content.year(year).is_live else "0"
        return Figure(f"={left}-{column}{spent_row}", value)

    _keep(grid, rows, "rest", grid.figures(rest, columns), PALE, later)


def _keep(grid: Grid, rows: Rows, name: str, cells: Cells, look=None, later=False, fill=None) -> None:
    words = grid.words
    more = {} if look is None else {"look": look}
    row = grid.line({"A": words[name], "C": words[f"{name}_how"]}, cells, later=later, fill=fill, **more)
    rows.keep(name, row, cells)


def _council_figure(grid: Grid, column: str, year: int, attribute: str, row: str) -> Figure | None:
    """Money into the year by the kinds of one row: from and to the council, or carried between years."""
    figures = grid.content.year(year)
    value = getattr(figures, attribute)
    shown = value or (row == "budget" and figures.has_budget)
    if not shown:
        return None
    council = grid.words["account_source"]
    at = f"{column}$5"
    terms = []
    for kind in grid.content.kinds[row]:
        of_kind = f'SUMIFS(Bev_beløb,Bev_slags,"{kind}",'
        if row == "carried":
            terms.append(f'{of_kind}Bev_til,"* "&{at})-{of_kind}Bev_fra,"* "&{at})')
        else:
            terms.append(
                f'{of_kind}Bev_fra,"{council}",Bev_år,{at})-{of_kind}Bev_til,"{council}",Bev_år,{at})'
            )
    return Figure(f"=({'+'.join(terms)})/Enhed", grid.amount(value))


def _account(grid: Grid, account: str, column: str, value: int, sign: int = 1) -> Figure:
    return Figure(f"={account_formula(grid, account, column, sign)}", grid.amount(sign * value))


def account_formula(grid: Grid, account: str, column: str, sign: int = 1) -> str:
    """What stands on an account of the year in the column: everything to it less everything from it."""
    place = f'"{grid.words[account]} "&{column}$5'
    into, out = f"SUMIFS(Bev_beløb,Bev_til,{place})", f"SUMIFS(Bev_beløb,Bev_fra,{place})"
    return f"({into}-{out})/Enhed" if sign > 0 else f"({out}-{into})/Enhed"
