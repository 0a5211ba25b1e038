"""The template's sheet Økonomi: forty lines by six years, live key figures above, sums by kind below.

Amounts are typed positive; inside the case a gain is positive, and the sums have that sign.
"""

from dataclasses import replace
from decimal import Decimal

from businesscases.template import layout
from businesscases.template.drawing import LACK, Template, choose, finish, status, tint
from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book, Value, widths
from innovation_pool.workbooks.looks import KRONER, Look

INPUT = Look(size=10.5, box="line", open=True, wrap=True, indent=1)
AMOUNT = Look(size=10.5, box="line", open=True, align="right", format=KRONER)
NUMBER = Look(size=9, color=looks.INK_2, align="right")
SUM = Look(bold=True, align="right", format=KRONER)
KEY_LABEL = Look(size=9.5, color=looks.INK_2, top="rule")
KEY_FIGURE = Look(size=16, bold=True, format=KRONER)
KEY_NOTE = Look(size=9.5, color=looks.INK_2, bottom="line", format=KRONER)
HEAD = Look(size=9.5, bold=True, color=looks.INK_2, bottom="edge", wrap=True, indent=1)
WIDTHS = {
    "A": 4, "B": 32, "C": 25, "D": 18, "E": 24, **dict.fromkeys(layout.YEAR_COLUMNS, 10.5), "L": 11.5,
    "M": 16, "N": 22, "O": 21, "P": 7, "Q": 11, "R": 36,
}  # fmt: skip
FIRST, LAST = layout.FIRST_LINE, layout.LAST_LINE
COSTS = ("investment", "implementation", "derived_operation")


def draw_economy(book: Book, template: Template) -> None:
    words, sheet = template.words, book.sheet(layout.ECONOMY)
    book.put(sheet, "A1", words["economy_title"], looks.HEADING)
    book.put(sheet, "Q1", f"{template.reference} · {template.title}", looks.NOTE_RIGHT)
    book.put(sheet, "A2", words["economy_note"] % {"unit": words[f"unit_{template.unit}"]}, looks.NOTE)
    _head(book, sheet, template)
    for place in range(layout.LINES):
        _line(book, sheet, template, FIRST + place, place)
    _sums(book, sheet, template)
    _key_figures(book, sheet, template)
    lacks = f'COUNTIF(O{FIRST}:O{LAST},"{words["lacks"]}*")'
    count = sum(1 for value in template.values["lacks"] if value)
    said = words["lines_filled"] if not count else f"{words['lines_lack']}{count}"
    formula = f'=IF({lacks}=0,"{words["lines_filled"]}","{words["lines_lack"]}"&{lacks})'
    status(book, sheet, "A3", formula, said)
    for column, name in (("C", "kinds"), ("M", "payers"), ("P", "yes_no"), ("Q", "yes_no")):
        choose(sheet, f"{column}{FIRST}:{column}{LAST}", words[f"name_{name}"])
    tint(sheet, f"B{FIRST}:E{LAST}", f'AND(B{FIRST}="",$O{FIRST}<>"",OR(COLUMN()<>4))')
    widths(sheet, WIDTHS)
    sheet.freeze_panes = f"C{FIRST}"
    finish(book, sheet, template, one_page=True)
    sheet.print_title_rows = "9:10"
    # The keys are for the way back, not for paper.
    sheet.print_area = f"A1:Q{layout.SUM_ROWS['freed_time']}"
    for row, height in {1: 27, 2: 17, 3: 18, 4: 8, 5: 16, 7: 16}.items():
        sheet.row_dimensions[row].height = height


def _head(book: Book, sheet, template: Template) -> None:
    words = template.words
    year = Look(bold=True, align="right", format="0")
    for place, column in enumerate(layout.YEAR_COLUMNS):
        start = f"={layout.CASE}!B{layout.FACT_ROWS['start_year']}"
        book.formula(sheet, f"{column}9", f"{start}+{place}", template.start_year + place, year)
        book.put(
            sheet, f"{column}10", words["year_n"] % {"n": place + 1}, replace(HEAD, align="right", indent=0)
        )
    book.put(sheet, "L9", words["in_all"], replace(year, format="@"))
    book.put(sheet, "A10", None, HEAD)
    book.put(sheet, "L10", words["years_all"], replace(HEAD, align="right", indent=0))
    for name, column in {**layout.LINE_COLUMNS, "lacks_head": layout.LINE_LACKS}.items():
        if not name.startswith("year_"):
            book.put(sheet, f"{column}10", words[f"column_{name}"], HEAD)
    sheet.row_dimensions[10].height = 28


def _line(book: Book, sheet, template: Template, row: int, place: int) -> None:
    line = template.lines[place] if place < len(template.lines) else None
    book.put(sheet, f"A{row}", place + 1, NUMBER)
    for name, column in layout.LINE_COLUMNS.items():
        if name.startswith("year_"):
            amount = line.amounts[int(name[-1]) - 1] if line else None
            book.put(sheet, f"{column}{row}", amount, AMOUNT)
        elif name == "key":
            book.put(sheet, f"{column}{row}", line.key if line else None, Look(size=8, color=looks.INK_2))
        else:
            value = getattr(line, name) if line else None
            book.put(sheet, f"{column}{row}", value, INPUT)
    total = sum((amount or Decimal() for amount in line.amounts), Decimal()) if line else Decimal()
    filled = bool(line) and any(amount is not None for amount in line.amounts)
    formula = f'=IF(COUNT(F{row}:K{row})=0,"",SUM(F{row}:K{row}))'
    book.formula(sheet, f"L{row}", formula, total if filled else "", SUM)
    book.formula(sheet, f"O{row}", _lacks(template, row), template.values["lacks"][place], LACK)
    sheet.row_dimensions[row].height = 18


def _lacks(template: Template, row: int) -> str:
    """The first thing a line lacks, in words; nothing while the line is empty."""
    words, kinds = template.words, template.kinds
    cost = ",".join(f'C{row}="{kinds[kind]}"' for kind in COSTS)
    steps = (
        (f'B{row}=""', "lacks_text"),
        (f'C{row}=""', "lacks_kind"),
        (f'AND(OR({cost}),M{row}="")', "lacks_payer"),
        (f"COUNT(F{row}:K{row})=0", "lacks_amounts"),
        (f'AND(C{row}="{kinds["cashable_gain"]}",N{row}="")', "lacks_benefit_owner"),
        (f'E{row}=""', "lacks_basis"),
    )
    formula = '""'
    for test, word in reversed(steps):
        formula = f'IF({test},"{words[word]}",{formula})'
    return f'=IF(AND(B{row}="",C{row}="",COUNT(F{row}:K{row})=0),"",{formula})'


def _sums(book: Book, sheet, template: Template) -> None:
    words, rows, values = template.words, layout.SUM_ROWS, template.values
    label = Look(bottom="line")
    for name, row in rows.items():
        look = Look(align="right", bottom="line", format=KRONER)
        if name == "net":
            look = replace(look, top="total", bottom="rule", bold=True, size=12)
        text = template.kinds.get(name) or words[f"sum_{name}"]
        book.stretch(sheet, row, "ABCDE", replace(label, top=look.top, bottom=look.bottom))
        book.put(sheet, f"B{row}", text, replace(label, top=look.top, bottom=look.bottom, bold=look.bold))
        for place, column in enumerate(layout.YEAR_COLUMNS):
            formula = _sum_formula(name, column, place)
            book.formula(sheet, f"{column}{row}", formula, values[name][place], look)
        if name != "cumulative":
            total = sum(values[name], Decimal())
            book.formula(sheet, f"L{row}", f"=SUM(F{row}:K{row})", total, replace(look, bold=True))


def _sum_formula(name: str, column: str, place: int) -> str:
    rows = layout.SUM_ROWS
    if name == "net":
        return f"=SUM({column}{rows['investment']}:{column}{rows['cashable_gain']})"
    if name == "cumulative":
        before = f"{layout.YEAR_COLUMNS[place - 1]}{rows['cumulative']}+" if place else ""
        return f"={before}{column}{rows['net']}"
    of_kind = f"SUMIFS({column}${FIRST}:{column}${LAST},$C${FIRST}:$C${LAST},$B{rows[name]}"
    if name in COSTS:
        return f"=-{of_kind})"
    return f'={of_kind},$Q${FIRST}:$Q${LAST},"<>{layout.YES}")' if name == "cashable_gain" else f"={of_kind})"


def _key_figures(book: Book, sheet, template: Template) -> None:
    """Rows 5–7, which stay in view: a name, a large figure, and what it is made with."""
    rows, words, kinds = layout.SUM_ROWS, template.words, template.kinds
    span = f"$C${FIRST}:$C${LAST}"
    pool = template.payers["pool"]
    lasting = f'$P${FIRST}:$P${LAST},"{layout.YES}"'
    user = f'$Q${FIRST}:$Q${LAST},"<>{layout.YES}"'
    gains = f'SUMIFS($K${FIRST}:$K${LAST},{span},"{kinds["cashable_gain"]}",{lasting},{user})'
    operation = f'SUMIFS($K${FIRST}:$K${LAST},{span},"{kinds["derived_operation"]}",{lasting})'
    costs = "+".join(f"L{rows[kind]}" for kind in COSTS)
    asked = "+".join(
        f'SUMIFS($L${FIRST}:$L${LAST},{span},"{kinds[kind]}",$M${FIRST}:$M${LAST},"{pool}")' for kind in COSTS
    )
    figures: tuple[tuple[str, str, str, str, str, str, str], ...] = (
        (
            "B", "asked", f"={asked}", KRONER,
            "invested", f"=-L{rows['investment']}-L{rows['implementation']}", KRONER,
        ),
        (
            "C", "net_gain", f"=L{rows['net']}", KRONER,
            "careful", f"=0.8*L{rows['cashable_gain']}+L{rows['external_funding']}+1.2*({costs})", KRONER,
        ),
        (
            "D", "npv", f"=F{rows['net']}+NPV({words['name_rate']},G{rows['net']}:K{rows['net']})", KRONER,
            "rate", f"={words['name_rate']}", looks.PERCENT,
        ),
        (
            "E", "payback", f"={layout.CONTROL}!B12", f'0.0" {words["years"]}"',
            "payback_year", f"={layout.CONTROL}!B14", "0",
        ),
        ("F", "irr", f"={layout.CONTROL}!B13", looks.PERCENT, "", "", ""),
        ("I", "permanent_effect", f"={gains}-{operation}", KRONER, "", "", ""),
    )  # fmt: skip
    book.stretch(sheet, 5, "ABCDEFGHIJKL", KEY_LABEL)
    book.stretch(sheet, 7, "ABCDEFGHIJKL", KEY_NOTE)
    for column, name, formula, shown, note, note_formula, note_shown in figures:
        book.put(sheet, f"{column}5", words[f"key_{name}"], KEY_LABEL)
        look = replace(KEY_FIGURE, format=shown)
        book.formula(sheet, f"{column}6", formula, _value(template, name), look)
        if note:
            said = replace(KEY_NOTE, format=_with_words(words[f"key_{note}"], note_shown))
            book.formula(sheet, f"{column}7", note_formula, _value(template, note), said)
    sheet.row_dimensions[6].height = 24


def _with_words(words: str, shown: str) -> str:
    """A number format that says the words before the figure: TEXT() would follow the reader's locale."""
    return ";".join(f'"{words} "{part}' for part in shown.split(";"))


def _value(template: Template, name: str) -> Value:
    return template.values[name]
