"""Kontrol on Budgetark: each row compares two sources, and says OK or what is off by."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font

from innovation_pool.workbooks import looks
from innovation_pool.workbooks.looks import Look
from pool.sheets.drawing.grid import LATER, MAIN, YEAR_COLUMNS, Figure, Grid

CONTROLS = 5
OUTCOME = Look(bold=True, color=looks.GOOD, bottom="line")
ZERO = Decimal()


def draw_control(grid: Grid, rows, operation: tuple[str, int]) -> None:
    """Five comparisons whose differences are 0, and the verdict at the head of the sheet.

    `operation` is where the net of derived operation stands: its sheet and its row.
    """
    words = grid.words
    grid.section({"A": words["control"], "C": words["control_how"], "D": words["outcome"]})
    first = grid.row
    _compare(grid, "control_cases", lambda c: _cases(grid, rows, c))
    _compare(grid, "control_available", lambda c: _available(grid, rows, c))
    _compare(grid, "control_postings", lambda c: _postings(grid, rows, c, operation))
    _compare(grid, "control_council", None, _council(grid, rows))
    _compare(grid, "control_numbers", None, _numbers())
    outcomes = f"$D${first}:$D${grid.row - 1}"
    good = f'COUNTIF({outcomes},"{words["ok"]}")'
    said = words["verdict_good"] % {"n": CONTROLS}
    bad_before, bad_after = words["verdict_bad"] % {"n": CONTROLS}, words["verdict_bad_end"] % {"n": CONTROLS}
    grid.verdict(f'=IF({good}={CONTROLS},"{said}","{bad_before}"&{good}&"{bad_after}")', said)
    grid.note(words["rounding_note"])


def _compare(grid: Grid, name: str, make, in_all: str | None = None) -> None:
    """A row of differences by year, or one difference in I; D is the outcome."""
    words, row = grid.words, grid.row
    texts = {"A": words[name] % {"year": grid.first}, "C": words[f"{name}_how"]}
    cells: Mapping = {} if make is None else {c: Figure(make(c), ZERO) for c in YEAR_COLUMNS}
    grid.line(texts, cells, label_looks={"D": OUTCOME})
    if in_all is not None:
        grid.place(f"I{row}", Figure(in_all, ZERO), Look(align="right", bottom="line", format=looks.KRONER))
    span = f"E{row}:L{row}"
    formula = f'=IF(AND(MAX({span})=0,MIN({span})=0),"{words["ok"]}","{words["deviation"]}")'
    grid.book.formula(grid.sheet, f"D{row}", formula, words["ok"], OUTCOME)
    bad = CellIsRule(
        operator="equal", formula=[f'"{words["deviation"]}"'], font=Font(color=looks.BAD, bold=True)
    )
    grid.sheet.conditional_formatting.add(f"D{row}", bad)


def _cases(grid: Grid, rows, column: str) -> str:
    """Postings of the cases against the movements: allocated and reserved of block A, or the accounts."""
    cases = f"{column}{rows.at['from_pool']}"
    if rows.cells["allocated"].get(column) is not None:
        return f"=ROUND({cases}-{column}{rows.at['allocated']}-{column}{rows.at['reserved']},3)"
    return f"=ROUND({cases}-{_account(grid, 'allocated', column)}-{_account(grid, 'reserved', column)},3)"


def _available(grid: Grid, rows, column: str) -> str:
    """Available as block A builds it up against what stands on the account, which is never below zero."""
    stands, shortfall = _account(grid, "available", column), _account(grid, "shortfall", column)
    built = f"{column}{rows.at['available']}" if rows.cells["available"].get(column) is not None else "0"
    lacks = f"{column}{rows.at['shortfall']}" if rows.cells.get("shortfall", {}).get(column) else "0"
    return f"=ROUND(ABS({built}-{stands})+ABS({lacks}+{shortfall})+MAX(0,-{stands}),3)"


def _postings(grid: Grid, rows, column: str, operation: tuple[str, int]) -> str:
    """Capital and derived operation, less what the pool gave, against every posting of the year."""
    title, row = operation
    net = f"'{title}'!{column}{row}"
    capital, pool = f"{column}{rows.at['capital_in_all']}", f"{column}{rows.at['from_pool']}"
    return f"=ROUND({capital}+{net}-{pool}-SUMIFS(Post_beløb,Post_år,{column}$5)/Enhed,3)"


def _council(grid: Grid, rows) -> str:
    """What the council gave and took from the first year on, against the rows of block A."""
    council = grid.words["account_source"]
    years = 'Bev_år,">="&$E$5,Bev_år,"<="&$L$5'
    moved = (
        f'(SUMIFS(Bev_beløb,Bev_fra,"{council}",{years})-SUMIFS(Bev_beløb,Bev_til,"{council}",{years}))/Enhed'
    )
    kept = [rows.at[name] for name in ("budget", "adjusted", "lapsed") if name in rows.at]
    spans = [f"{block[0]}{row}:{block[-1]}{row}" for row in kept for block in (MAIN, LATER)]
    return f"=ROUND(SUM({','.join(spans)})-{moved},3)"


def _numbers() -> str:
    """Numbers 1…n, each once: how many, the largest and their sum, against what Om says."""
    said = "Om_bevægelser"
    return f"=ABS(COUNT(Bev_nr)-{said})+ABS(MAX(Bev_nr)-{said})+ABS(SUM(Bev_nr)-{said}*({said}+1)/2)"


def _account(grid: Grid, account: str, column: str) -> str:
    place = f'"{grid.words[f"account_{account}"]} "&{column}$5'
    return f"(SUMIFS(Bev_beløb,Bev_til,{place})-SUMIFS(Bev_beløb,Bev_fra,{place}))/Enhed"
