"""Block B of Budgetark: one row for each case, then what else pays for them."""

from decimal import Decimal

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing import content as kinds
from pool.sheets.drawing.grid import GRAND, QUIET, SUM, YEAR_COLUMNS, Cells, Figure, Grid, value_of

REFERENCE = Look(size=10, color=looks.INK_2, bottom="line")
TITLE = Look(bottom="line", wrap=True)


def draw_funded(grid: Grid, rows) -> None:
    """One row a case that has money in the pool, whatever its state; then sums and other funding."""
    words, content = grid.words, grid.content
    grid.section({"A": words["block_b"], "C": words["profit_centre"], "D": words["state"]})
    looked = {"A": REFERENCE, "B": TITLE, "C": TITLE, "D": QUIET}
    case_cells: list[Cells] = []
    first = grid.row
    for case in content.cases:
        texts = {"A": case.reference, "B": case.title, "C": case.profit_centre, "D": case.state}
        cells = grid.figures(lambda c, y, case=case: _from_pool(grid, c, case.funded.get(y)))
        case_cells.append(cells)
        grid.line(texts, cells, label_looks=looked)
    _all_from_pool(grid, rows, case_cells, first)
    added = [rows.at["from_pool"]]
    for name, cells in _other_rows(grid):
        row = grid.line({"A": words[name], "C": words[f"{name}_how"]}, cells)
        rows.keep(name, row, cells)
        added.append(row)
    sums = [rows.cells["from_pool"], *(cells for _name, cells in _other_rows(grid))]
    total = {
        column: Figure(
            f"=SUM({column}{added[0]}:{column}{added[-1]})",
            sum((value_of(cells.get(column)) for cells in sums), Decimal()),
        )
        for column in YEAR_COLUMNS
    }
    row = grid.line({"A": words["capital_in_all"], "C": words["capital_in_all_how"]}, total, GRAND)
    rows.keep("capital_in_all", row, total)
    grid.gap()


def _from_pool(grid: Grid, column: str, kroner: int | None) -> Figure | None:
    if not kroner:
        return None
    pool = grid.words[f"type_{kinds.POOL}"]
    formula = f'=SUMIFS(Post_beløb,Post_sag,$A{grid.row},Post_art,"{pool}",Post_år,{column}$5)/Enhed'
    return Figure(formula, grid.amount(kroner))


def _all_from_pool(grid: Grid, rows, case_cells: list[Cells], first: int) -> None:
    words, last = grid.words, grid.row - 1
    texts = {"A": words["from_pool"], "C": words["from_pool_how"]}
    if case_cells:
        cells = grid.column_sums(range(first, grid.row), case_cells, first, last)
    else:
        pool = words[f"type_{kinds.POOL}"]
        cells = grid.figures(
            lambda c, y: Figure(f'=SUMIFS(Post_beløb,Post_art,"{pool}",Post_år,{c}$5)/Enhed', Decimal())
        )
    rows.keep("from_pool", grid.line(texts, cells, SUM), cells)


def _other_rows(grid: Grid) -> list[tuple[str, Cells]]:
    """(name, cells): uncovered always, own and external always, the rest where there is any."""
    always = {"unfunded", "own", "external"}
    found = []
    for name, type, nature in (
        ("unfunded", kinds.UNFUNDED, ""),
        ("own", kinds.OWN, kinds.CAPITAL),
        ("nobody", kinds.NOBODY, kinds.CAPITAL),
        ("external", kinds.EXTERNAL, kinds.CAPITAL),
        ("capital_gain", kinds.GAIN, kinds.CAPITAL),
    ):
        cells = grid.figures(lambda c, y, n=name, t=type, d=nature: _posted(grid, c, y, n, t, d))
        if name in always or any(cells.values()):
            found.append((name, cells))
    converted = grid.figures(lambda c, y: _converted(grid, c, y))
    if any(converted.values()):
        found.append(("as_operation", converted))
    return found


def _posted(grid: Grid, column: str, year: int, name: str, type: str, nature: str) -> Figure | None:
    posted = grid.content.posted(year, type=type, nature=nature)
    if posted is None:
        # Uncovered money always shows its zero: that none stands is what one looks for.
        if name != "unfunded":
            return None
        posted = 0
    return Figure(f"={posted_formula(grid, column, type, nature)}/Enhed", grid.amount(posted))


def _converted(grid: Grid, column: str, year: int) -> Figure | None:
    """What of the pool's money is operation, taken out of the capital: it stands among derived operation."""
    found = [
        grid.content.posted(year, type=type, nature=kinds.OPERATION) for type in (kinds.POOL, kinds.UNFUNDED)
    ]
    if not any(found):
        return None
    terms = (
        posted_formula(grid, column, type, kinds.OPERATION)
        for type, amount in zip((kinds.POOL, kinds.UNFUNDED), found, strict=True)
        if amount
    )
    total = sum(amount or 0 for amount in found)
    return Figure(f"=-({'+'.join(terms)})/Enhed", -grid.amount(total))


def posted_formula(grid: Grid, column: str, type: str, nature: str) -> str:
    """The postings of a type in the column's year, of one nature where it is named."""
    of_nature = f'Post_dranst,"{grid.words[f"nature_{nature}"]}",' if nature else ""
    return f'SUMIFS(Post_beløb,{of_nature}Post_art,"{grid.words[f"type_{type}"]}",Post_år,{column}$5)'
