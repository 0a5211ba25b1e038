"""The sheet Afledt drift: what the cases do to the operating budget, totals first, then line by line.

Varige lines go on after a case's sixth year in rows of their own; other years outside it stay blank.
"""

from dataclasses import dataclass, replace

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing import content as kinds
from pool.sheets.drawing.content import BudgetSheet, Posting
from pool.sheets.drawing.funded import TITLE
from pool.sheets.drawing.grid import LARGE, QUIET, YEAR_COLUMNS, Cells, Figure, Grid, RowLook, years_of

ALWAYS = (kinds.IMPLEMENTATION, kinds.DERIVED, kinds.GAIN)
TYPES = (*ALWAYS, kinds.POOL, kinds.UNFUNDED, kinds.INVESTMENT, kinds.EXTERNAL, kinds.OWN, kinds.NOBODY)
NET = RowLook(bottom="rule", bold=True)
GREY = Look(size=9.5, color=looks.INK_2, bottom="line")
HEAD_ROWS = 6
# What a criterion takes for a pattern; each is written with ~ before it.
PATTERNS = "~*?"


@dataclass(frozen=True)
class OperationLine:
    """The postings of a case, a type and a text, as one row of the sheet."""

    case: str
    type: str
    text: str
    profit_centre: str


def lines_by_case(content: BudgetSheet, year: int) -> dict[str, list[OperationLine]]:
    """The lines that are posted as operation in the six years, in the order of the postings."""
    years, found = years_of(content, year), {}
    for row in content.postings:
        if row.nature == kinds.OPERATION and row.year in years and row.type != kinds.COUNTER:
            found.setdefault((row.case, row.type, row.text.lower()), []).append(row)
    by_case: dict[str, list[OperationLine]] = {}
    for (case, type, _text), rows in found.items():
        by_case.setdefault(case, []).append(OperationLine(case, type, rows[0].text, _profit_centres(rows)))
    return by_case


def _profit_centres(rows: list[Posting]) -> str:
    return ", ".join(dict.fromkeys(row.profit_centre for row in rows if row.profit_centre))


def types_shown(lines: dict[str, list[OperationLine]]) -> list[str]:
    """The types that have a total: the three of the form always, others where there is any."""
    present = {line.type for of_case in lines.values() for line in of_case}
    return [type for type in TYPES if type in ALWAYS or type in present]


def net_row(content: BudgetSheet, year: int) -> int:
    """The row of the net on the sheet, known before it is drawn: the totals come first."""
    return HEAD_ROWS + 2 + len(types_shown(lines_by_case(content, year)))


def draw_operation(book: Book, content: BudgetSheet, year: int, title: str) -> None:
    grid, words = Grid(book, content, year, title), content.words
    names = {
        "first": year,
        "last": year + kinds.SHEET_YEARS - 1,
        "pool": content.pool,
        "number": content.number,
    }
    labels = {"A": words["case_and_line"], "C": words["profit_centre_changed"], "D": words["kind"]}
    grid.head(words["operation_title"] % names, (words["unit_line"], words["when_line_operation"]), labels)
    lines = lines_by_case(content, year)
    types = types_shown(lines)
    last = _last_row(lines, types)
    _draw_totals(grid, types, last)
    _verdict(grid, net_row(content, year))
    grid.gap()
    for case in content.cases:
        if case.reference in lines:
            grid.keep_together(len(lines[case.reference]) + 2)
            _draw_case(grid, case, lines[case.reference])
    grid.note(words["operation_note"])
    grid.finish(words["foot"])


def _last_row(lines, types) -> int:
    """Where the lines end: the totals are asked for before the lines are drawn."""
    head = HEAD_ROWS + len(types) + 3
    return head + sum(len(of_case) + 2 for of_case in lines.values())


def _draw_totals(grid: Grid, types: list[str], last: int) -> None:
    words = grid.words
    grid.section({"A": words["all_cases"], "C": words["how"]})
    first, all_cells = grid.row, []
    lines_from = first + len(types) + 2
    for type in types:
        cells = grid.figures(lambda c, y, t=type: _total(grid, c, y, t, lines_from, last))
        all_cells.append(cells)
        name = words[f"short_{type}"]
        grid.line({"A": words[f"type_{type}"], "C": words["lines_of_kind"] % {"kind": name}}, cells)
    net = grid.column_sums((), all_cells, first, grid.row - 1)
    grid.line({"A": words["net_operation"], "C": words["sum_above"]}, net, LARGE)


def _total(grid: Grid, column: str, year: int, type: str, first: int, last: int) -> Figure:
    span = f"{column}${first}:{column}${last}"
    formula = f'=SUMIFS({span},$D${first}:$D${last},"{grid.words[f"short_{type}"]}")'
    return Figure(formula, grid.amount(grid.content.posted(year, nature=kinds.OPERATION, type=type)))


def _verdict(grid: Grid, row: int) -> None:
    """The net of every year against the postings of operation, the pool's counter-entries left out."""
    words = grid.words
    nature, counter = words[f"nature_{kinds.OPERATION}"], words[f"type_{kinds.COUNTER}"]
    posted = f'SUMIFS(Post_beløb,Post_dranst,"{nature}",Post_art,"<>{counter}",Post_år,%s$5)/Enhed'
    terms = "+".join(f"ABS({c}{row}-{posted % c})" for c in YEAR_COLUMNS)
    good, bad = words["operation_good"], words["operation_bad"]
    grid.verdict(f'=IF(ROUND({terms},3)=0,"{good}","{bad}")', good)


def _draw_case(grid: Grid, case, lines: list[OperationLine]) -> None:
    bold = Look(bold=True, top="rule", bottom="line")
    state = replace(QUIET, top="rule")
    looked = {"A": bold, "B": replace(bold, wrap=True), "C": state, "D": state}
    grid.line(
        {"A": case.reference, "B": case.title, "C": case.state}, {}, RowLook(top="rule"), label_looks=looked
    )
    first, all_cells = grid.row, []
    for line in lines:
        cells = grid.figures(lambda c, y, line=line: _posted(grid, c, y, line))
        all_cells.append(cells)
        texts = {
            "A": line.case,
            "B": line.text,
            "C": line.profit_centre,
            "D": grid.words[f"short_{line.type}"],
        }
        grid.line(texts, cells, label_looks={"A": GREY, "B": TITLE, "C": TITLE, "D": GREY})
    sums = grid.column_sums((), all_cells, first, grid.row - 1)
    shown: Cells = {
        column: sums[column] for column in YEAR_COLUMNS if any(cells.get(column) for cells in all_cells)
    }
    grid.line({"B": grid.words["net"]}, shown, NET)


def _posted(grid: Grid, column: str, year: int, line: OperationLine) -> Figure | None:
    posted = grid.content.posted(year, nature=kinds.OPERATION, type=line.type, case=line.case, text=line.text)
    if posted is None:
        return None
    words, row = grid.words, grid.row
    criterion = f"$B{row}"
    if line.text[:1] in "=<>" or any(mark in line.text for mark in PATTERNS):
        for mark in PATTERNS:
            criterion = f'SUBSTITUTE({criterion},"{mark}","~{mark}")'
        criterion = f'"="&{criterion}'
    formula = (
        f'=SUMIFS(Post_beløb,Post_sag,$A{row},Post_tekst,{criterion},Post_art,"{words[f"type_{line.type}"]}",'
        f'Post_dranst,"{words[f"nature_{kinds.OPERATION}"]}",Post_år,{column}$5)/Enhed'
    )
    return Figure(formula, grid.amount(posted))
