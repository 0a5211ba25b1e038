"""Drawing the template: Vejledning, Sagen and Kontrol; its economy is drawn beside (`economy_sheet`).

Protected without a password, with the cells that are to be filled in open. Every word is passed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from businesscases.template import layout
from innovation_pool.workbooks import looks
from innovation_pool.workbooks.book import Book, foot, page, widths
from innovation_pool.workbooks.looks import Look

LABEL = Look(bold=True, vertical="top")
INPUT = Look(size=10.5, box="edge", wrap=True, vertical="top", open=True, indent=1)
LOCKED = Look(size=10.5, box="line", color=looks.INK_2, wrap=True, vertical="top", indent=1)
LACK = Look(size=9.5, bold=True, color=looks.BAD, indent=1)
BODY = Look(size=10.5, wrap=True, vertical="top")
LETTERS_A_LINE, GUIDE_LETTERS = 84, 165
LIST_COLUMNS = "ABCDEFG"
LIST_HEAD = Look(bold=True, top="rule", bottom="line")
SIGN = '0;"−"0'


@dataclass(frozen=True)
class TemplateLine:
    """A line as it stands in the sheet; amounts in the unit of the template, None where blank."""

    key: str
    text: str
    kind: str
    payer: str
    profit_centre: str
    benefit_owner: str
    basis: str
    permanent: str
    user_financed: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Template:
    """What is drawn. `values` holds what each live figure should come to, by its name."""

    reference: str
    title: str
    start_year: int
    unit: int
    rate: Decimal
    facts: Mapping[str, str | int]
    texts: Mapping[str, str]
    lines: tuple[TemplateLine, ...]
    choices: Mapping[str, Sequence[str]]
    guide: Sequence[str]
    values: Mapping[str, object]
    kinds: Mapping[str, str]
    payers: Mapping[str, str]
    words: Mapping[str, str]


def draw_guide(book: Book, template: Template) -> None:
    """How to fill it in, and the lists that cells choose from, in plain sight."""
    words, sheet = template.words, book.sheet(layout.GUIDE)
    book.put(sheet, "A1", words["guide_title"], looks.HEADING)
    sheet.row_dimensions[1].height = 30
    for row, sentence in enumerate(template.guide, start=3):
        sheet.merge_cells(f"A{row}:G{row}")
        book.put(sheet, f"A{row}", sentence, BODY)
        sheet.row_dimensions[row].height = 15 * (1 + len(sentence) // GUIDE_LETTERS) + 4
    first = 4 + len(template.guide)
    for column, (name, choices) in zip(LIST_COLUMNS, template.choices.items(), strict=True):
        book.put(sheet, f"{column}{first}", words[f"list_{name}"], LIST_HEAD)
        for row, choice in enumerate(choices, start=first + 1):
            book.put(sheet, f"{column}{row}", choice, Look(size=10.5, wrap=True))
        last = max(first + 1, first + len(choices))
        book.name(words[f"name_{name}"], sheet, f"${column}${first + 1}:${column}${last}")
    widths(sheet, dict.fromkeys(LIST_COLUMNS, 24))
    finish(book, sheet, template)


def draw_case(book: Book, template: Template) -> None:
    """The facts and the texts; C says what lacks, and row 3 how many."""
    words, sheet = template.words, book.sheet(layout.CASE)
    book.put(sheet, "A1", words["case_title"], looks.HEADING)
    book.put(sheet, "A2", words["case_note"], looks.NOTE)
    for row, name in ((layout.FIRST_FACT - 1, "facts"), (layout.FIRST_TEXT - 1, "texts")):
        book.stretch(sheet, row, "ABC", looks.SECTION)
        book.put(sheet, f"A{row}", words[name], looks.SECTION)
        sheet.row_dimensions[row].height = looks.SECTION_HEIGHT
    for name, row in layout.CASE_ROWS.items():
        value = template.facts.get(name, template.texts.get(name, ""))
        book.put(sheet, f"A{row}", words[f"field_{name}"], LABEL)
        book.put(sheet, f"B{row}", value, LOCKED if name == "reference" else INPUT)
        sheet[f"B{row}"].number_format = "0" if isinstance(value, int) else "@"
        lines = sum(1 + len(part) // LETTERS_A_LINE for part in str(value).split("\n"))
        most = 3 if name in layout.TEXT_ROWS else 1
        sheet.row_dimensions[row].height = min(400, 14 * max(lines, most) + 6)
        _lacks(book, sheet, template, name, row)
    first, last = layout.FIRST_FACT, layout.FIRST_TEXT + len(layout.TEXTS) - 1
    count = f'COUNTIF(C{first}:C{last},"{words["lacks"]}")'
    lacking = sum(1 for name in NEEDED if not _filled(template, name))
    said = words["all_filled"] if not lacking else f"{words['fields_lack']}{lacking}"
    formula = f'=IF({count}=0,"{words["all_filled"]}","{words["fields_lack"]}"&{count})'
    status(book, sheet, "A3", formula, said)
    for name, list_name in CHOSEN.items():
        choose(sheet, f"B{layout.CASE_ROWS[name]}", words[f"name_{list_name}"])
    widths(sheet, {"A": 36, "B": 82, "C": 14})
    sheet.freeze_panes = "B5"
    finish(book, sheet, template, landscape=False)


NEEDED = (
    "title", "department", "round", "start_year", "price_level", "goals", "description", "focus_areas",
    "service", "staff_consequences", "hearing_parties", "trial", "measurement",
)  # fmt: skip
CHOSEN = {"department": "departments", "committee": "committees", "round": "rounds", "unit": "units"}


def _filled(template: Template, name: str) -> bool:
    return bool(template.facts.get(name) or template.texts.get(name))


def _lacks(book: Book, sheet, template: Template, name: str, row: int) -> None:
    if name in NEEDED:
        word = template.words["lacks"]
        value = "" if _filled(template, name) else word
        book.formula(sheet, f"C{row}", f'=IF(B{row}="","{word}","")', value, LACK)


def draw_control(book: Book, template: Template) -> None:
    """How payback and the internal rate come about, step by step, and the rate of discount."""
    words, sheet, values = template.words, book.sheet(layout.CONTROL), template.values
    book.put(sheet, "A1", words["control_title"], looks.HEADING)
    book.put(sheet, "A2", words["control_note"], looks.NOTE)
    label, number = Look(bottom="line"), Look(align="right", bottom="line", format=looks.KRONER)
    plain = Look(align="right", bottom="line", format="0.00")
    year = Look(bold=True, align="right", bottom="edge", format="0")
    net, cumulative = layout.SUM_ROWS["net"], layout.SUM_ROWS["cumulative"]
    for row, name in enumerate(("year", "net", "cumulative", "crossing", "sign", "change"), start=4):
        book.put(sheet, f"A{row}", words[f"control_{name}"], label)
    before = ""
    for place, (column, source) in enumerate(zip("BCDEFG", layout.YEAR_COLUMNS, strict=True)):
        at = f"'{layout.ECONOMY}'!{source}"
        book.formula(sheet, f"{column}4", f"={at}9", template.start_year + place, year)
        book.formula(sheet, f"{column}5", f"={at}{net}", values["net"][place], number)
        book.formula(sheet, f"{column}6", f"={at}{cumulative}", values["cumulative"][place], number)
        crossing = f'=IF(AND({before}6<0,{column}6>=0),{place}-{before}6/{column}5,"")' if before else '=""'
        book.formula(sheet, f"{column}7", crossing, values["crossing"][place], plain)
        sign = f"=IF({column}5=0,{before}8,SIGN({column}5))" if before else f"=SIGN({column}5)"
        book.formula(sheet, f"{column}8", sign, values["sign"][place], replace(plain, format=SIGN))
        change = f"=IF(AND({before}8<>0,{column}8<>{before}8),1,0)" if before else "=0"
        book.formula(sheet, f"{column}9", change, values["change"][place], replace(plain, format=SIGN))
        before = column
    _results(book, sheet, template, label)
    widths(sheet, {"A": 46, **dict.fromkeys("BCDEFG", 13)})
    finish(book, sheet, template)


def _results(book: Book, sheet, template: Template, label: Look) -> None:
    words, values, rows_of = template.words, template.values, layout.SUM_ROWS
    invested = f"'{layout.ECONOMY}'!L{rows_of['investment']}:L{rows_of['derived_operation']}"
    rows = (
        (11, "rate", None, looks.PERCENT),
        (
            12,
            "payback",
            f'=IF(SUM({invested})=0,"–",IF(G6<0,"{words["never"]}",IF(MIN(B6:G6)>=0,0,MAX(B7:G7))))',
            f'0.0" {words["years"]}"',
        ),
        (13, "irr", '=IF(SUM(B9:G9)=1,IRR(B5:G5),"–")', looks.PERCENT),
        (
            14,
            "payback_year",
            f"=IF(ISNUMBER(B12),'{layout.ECONOMY}'!F9+MAX(ROUNDUP(B12,0),1)-1,\"\")",
            "0",
        ),
    )
    for row, name, formula, shown in rows:
        look = Look(bold=True, align="right", bottom="line", format=shown)
        book.put(sheet, f"A{row}", words[f"control_{name}"], label)
        if formula is None:
            book.put(sheet, f"B{row}", template.rate, look)
        else:
            book.formula(sheet, f"B{row}", formula, values[name], look)
    book.name(words["name_rate"], sheet, "$B$11")


def status(book: Book, sheet, at: str, formula: str, said: str) -> None:
    """A line that says whether something lacks, good or bad by its first sign."""
    book.formula(sheet, at, formula, said, looks.VERDICT)
    absolute = f"${at[0]}${at[1:]}"
    bad = FormulaRule(formula=[f'LEFT({absolute},1)="▲"'], font=Font(color=looks.BAD, bold=True))
    sheet.conditional_formatting.add(at, bad)


def choose(sheet, where: str, name: str) -> None:
    """The cells choose from a named list; a blank stays lawful."""
    validation = DataValidation(type="list", formula1=f"={name}", allow_blank=True)
    sheet.add_data_validation(validation)
    validation.add(where)


def tint(sheet, where: str, formula: str) -> None:
    fill = PatternFill("solid", start_color=looks.BAD_TINT, end_color=looks.BAD_TINT)
    sheet.conditional_formatting.add(where, FormulaRule(formula=[formula], fill=fill))


def finish(book: Book, sheet, template: Template, *, landscape: bool = True, one_page: bool = False) -> None:
    page(sheet, landscape=landscape, fit_height=one_page)
    foot(sheet, template.words["foot"], template.words["page_of"])
    sheet.protection.sheet = True
    # Columns and rows may be made wider, for what is typed must be readable.
    sheet.protection.formatColumns = sheet.protection.formatRows = False
