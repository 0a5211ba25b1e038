"""A budget sheet is drawn from the ledger, adds up by itself, and says so where it does not."""

import io
import shutil
import subprocess
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from innovation_pool.permissions import Role
from pool.overview import pool_years
from pool.sheets.drawing.workbook import budget_workbook
from pool.sheets.rows import budget_sheet
from tests.sheets import scene
from tests.sheets.calculator import Calculator

pytestmark = pytest.mark.django_db
SHEETS = ["Budgetark", "Afledt drift", "Posteringer", "Bevægelser", "Om"]


@pytest.fixture(scope="module")
def story(shared):
    return scene.the_story()


@pytest.fixture
def pool(story):
    return deepcopy(story)


@pytest.fixture
def content(pool):
    return budget_sheet(pool.pk, [2021], 1000, by=scene.reader())


def opened(file: bytes, **how):
    return load_workbook(io.BytesIO(file), **how)


def labelled(sheet) -> dict[str, int]:
    """By the label in column A, its row; the first of each."""
    rows = {}
    for (cell,) in sheet.iter_rows(max_col=1):
        if isinstance(cell.value, str):
            rows.setdefault(cell.value.strip(), cell.row)
    return rows


def figures(sheet, label: str) -> list:
    """E–I and K–L of the row with the label."""
    row = labelled(sheet)[label]
    return [sheet[f"{column}{row}"].value for column in "EFGHIKL"]


def test_every_cached_value_is_what_its_formula_gives(content):
    cached, calculator = (
        opened(budget_workbook(content), data_only=True),
        Calculator(io.BytesIO(budget_workbook(content, with_values=False))),
    )
    found = list(calculator.formulas())
    wrong = {
        (sheet, at): (calculator.value(sheet, at), cached[sheet][at].value)
        for sheet, at in found
        if not same(calculator.value(sheet, at), cached[sheet][at].value)
    }
    assert wrong == {}
    assert len(found) > 150


@pytest.mark.parametrize(("times", "blocks"), [(1, ["C. Søgt"]), (3, ["Kontrol"])])
def test_what_is_asked_shares_the_page_that_the_checks_were_moved_to(content, times, blocks):
    crowded = replace(content, cases=content.cases * times)
    sheet = opened(budget_workbook(crowded))["Budgetark"]
    begins = [sheet[f"A{broken.id + 1}"].value for broken in sheet.row_breaks.brk]
    assert [value[: len(block)] for value, block in zip(begins, blocks, strict=True)] == blocks


def same(calculated, cached) -> bool:
    if isinstance(calculated, str):
        return calculated == (cached or "")
    return cached is not None and abs(Fraction(calculated) - Fraction(str(cached))) < Fraction(1, 10**9)


def test_all_years_in_one_workbook_agree_with_their_formulas(pool):
    content = budget_sheet(pool.pk, None, 1, by=scene.reader())
    cached, calculator = (
        opened(budget_workbook(content), data_only=True),
        Calculator(io.BytesIO(budget_workbook(content, with_values=False))),
    )
    assert cached.sheetnames[:4] == [
        "Budgetark 2020",
        "Afledt drift 2020",
        "Budgetark 2021",
        "Afledt drift 2021",
    ]
    assert cached.sheetnames[-3:] == SHEETS[2:]
    wrong = [
        (sheet, at)
        for sheet, at in calculator.formulas()
        if not same(calculator.value(sheet, at), cached[sheet][at].value)
    ]
    assert wrong == []


def test_the_figures_are_those_done_by_hand(content):
    sheet = opened(budget_workbook(content), data_only=True)["Budgetark"]
    assert figures(sheet, "Vedtaget budget eller overslag") == [3000, 3000, 3000, None, 9000, None, None]
    cuts = "Tillægsbevilling, p/l-regulering og nedsættelse"
    assert figures(sheet, cuts) == [None, 150, -200, None, -50, None, None]
    assert figures(sheet, "Korrigeret budget") == [3000, 3150, 2800, None, 8950, None, None]
    assert figures(sheet, "heraf udmøntet til sager") == [650, 0, 0, None, 650, None, None]
    assert figures(sheet, "heraf reserveret til sager") == [600, 650, 300, None, 1550, None, None]
    assert figures(sheet, "Til rådighed") == [1750, 2500, 2500, None, 6750, None, None]
    assert figures(sheet, "Forbrug af det udmøntede")[0] == 61.4325
    assert figures(sheet, "Rest af det udmøntede")[0] == 588.5675
    assert figures(sheet, "Fra puljen i alt") == [1250, 650, 300, 0, 2200, 0, 0]
    assert figures(sheet, "Uden dækning i puljen") == [0, 0, 0, 300, 300, 0, 0]
    assert figures(sheet, "Egen medfinansiering, uden for puljen") == [100, None, None, None, 100, None, None]
    external = "Ekstern finansiering, uden for puljen"
    assert figures(sheet, external) == [-120, None, None, None, -120, None, None]
    assert figures(sheet, "Anlæg i alt") == [1230, 650, 300, 300, 2480, 0, 0]
    assert figures(sheet, "Søgt i alt") == [1100, 650, 300, 250, 2300, 100, None]
    assert figures(sheet, "Tilbage, hvis alt godkendes") == [650, 1850, 2200, -250, None, -100, None]
    assert sheet["A4"].value.startswith("✓ Kontrol: 5 af 5 stemmer.")


def test_derived_operation_by_hand_with_permanent_lines_carried_on(content):
    sheet = opened(budget_workbook(content), data_only=True)["Afledt drift"]
    assert figures(sheet, "Implementering (engangs)") == [40, 0, 0, 0, 40, 0, 0]
    assert figures(sheet, "Afledt drift") == [90, 135, 135, 135, 495, 135, 135]
    assert figures(sheet, "Budgetvirkende gevinst") == [-520, -1110, -1540, -1540, -4710, -1540, -1540]
    assert figures(sheet, "Netto, afledt drift") == [-390, -975, -1405, -1405, -4175, -1405, -1405]
    rows = {row[1].value: [cell.value for cell in row[4:12]] for row in sheet.iter_rows(min_row=13)}
    assert rows["Færre udkald"] == [-520, -680, -680, -680, -2560, None, -680, None]
    assert rows["Færre udkald – fremskrevet som varig"] == [None] * 7 + [-680]
    assert "Frigjort tid" not in rows


def test_the_page_of_the_pool_and_the_ledger_say_the_same(pool, content):
    page = pool_years(pool, sees_asked=True)
    for year in range(2021, 2027):
        column, figure = page.column(year), content.year(year)
        shown = (column.corrected, column.reserved, column.allocated, column.available, column.spent_oere)
        drawn = (figure.corrected, figure.reserved, figure.allocated, figure.available, figure.spent_oere)
        assert shown == drawn
    balances = dict(pool.accounts.filter(kind="available").values_list("year", "balance"))
    assert {year: content.year(year).available for year in balances} == balances


def test_every_transfer_of_the_pool_sums_to_zero(content):
    sheet = opened(budget_workbook(content), data_only=True)["Posteringer"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    pool_rows = [row for row in rows if row[5] in ("Investering fra puljen", "Fra puljen")]
    for year in (2021, 2022, 2023):
        assert sum(row[8] for row in pool_rows if row[6] == year) == 0
    assert sum(row[8] for row in rows if row[5] == "Fra puljen" and row[6] == 2021) == -1_250_000
    assert {row[1] for row in rows if row[5] == "Fra puljen"} == {"Innovationspuljen"}


def test_the_head_of_the_chain_is_on_om_and_in_the_foot(pool, content):
    book = opened(budget_workbook(content), data_only=True)
    about = book["Om"]
    assert about["C12"].value == 1000
    values = {row[1]: row[2] for row in about.iter_rows(values_only=True) if row[1]}
    assert values["Kontrolkode"] == pool.head
    assert values["Bevægelser i alt"] == pool.last_number
    foot = f"seneste bevægelse nr. {pool.last_number} · {pool.head[:16]}"
    for name in SHEETS:
        assert foot in book[name].oddFooter.left.text


def test_the_workbook_has_the_names_panes_and_print_set_up(content):
    book = opened(budget_workbook(content))
    assert book.sheetnames == SHEETS
    assert set(book.defined_names) >= {
        "Enhed", "Post_sag", "Post_dranst", "Post_art", "Post_år", "Post_beløb", "Post_tekst",
        "Bev_nr", "Bev_slags", "Bev_år", "Bev_fra", "Bev_til", "Bev_beløb",
    }  # fmt: skip
    panes = {name: book[name].freeze_panes for name in SHEETS}
    assert panes == {
        "Budgetark": "C7", "Afledt drift": "C7", "Posteringer": "B2", "Bevægelser": "D2", "Om": None,
    }  # fmt: skip
    for name in SHEETS:
        sheet = book[name]
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
    assert book["Budgetark"].print_title_rows == "$1:$6"
    assert book["Budgetark"]._charts


def test_figures_are_numbers_and_blank_is_not_zero(content):
    book = opened(budget_workbook(content))
    for row in book["Posteringer"].iter_rows(min_row=2):
        assert isinstance(row[8].value, int)
        assert row[2].value is None or row[2].data_type in ("s", "inlineStr")
    sheet = book["Budgetark"]
    row = labelled(sheet)["Egen medfinansiering, uden for puljen"]
    assert sheet[f"F{row}"].value is None
    assert (
        sheet[f"E{row}"].value
        == '=SUMIFS(Post_beløb,Post_dranst,"3 Anlæg",Post_art,"Egen medfinansiering",Post_år,E$5)/Enhed'
    )


# Each: the sheet, the column, which row, and what is put there instead.
BROKEN = {
    "a posting": ("Posteringer", lambda sheet: ("I2", sheet["I2"].value + 1)),
    "a counter-entry": ("Posteringer", lambda sheet: ("I3", sheet["I3"].value - 1)),
    "a number": ("Bevægelser", lambda sheet: ("A3", sheet["A3"].value + 100)),
    "a number twice": ("Bevægelser", lambda sheet: ("A3", sheet["A4"].value)),
    "a reservation": ("Bevægelser", lambda sheet: (_row_of(sheet, "H", "Reservation"), 1)),
    "the budget of a year": ("Budgetark", lambda sheet: ("E13", 2999)),
    "what was carried": ("Budgetark", lambda sheet: ("E15", 950)),
    "money in a year without budget": ("Bevægelser", lambda sheet: ("G2", "Til rådighed 2024")),
}


def _row_of(sheet, column: str, kind: str) -> str:
    return next(
        f"{column}{row[0].row}"
        for row in sheet.iter_rows(min_row=2)
        if row[2].value == kind and row[3].value == 2021
    )


def test_a_sheet_that_is_broken_on_purpose_says_so(content):
    whole = budget_workbook(content, with_values=False)
    assert Calculator(io.BytesIO(whole)).value("Budgetark", "A4").startswith("✓ Kontrol: ")
    silent = [what for what in BROKEN if not says_so(whole, *BROKEN[what])]
    assert silent == []


def says_so(whole: bytes, name: str, change) -> bool:
    """Whether the verdict turns when one cell is changed."""
    book = opened(whole)
    at, value = change(book[name])
    book[name][at] = value
    saved = io.BytesIO()
    book.save(saved)
    return Calculator(saved).value("Budgetark", "A4").startswith("▲ Kontrol: ")


def test_whoever_may_not_see_what_is_asked_gets_no_block_c(pool):
    class NotAsked:
        roles = frozenset({Role.STAFF})
        is_authenticated = is_active = True

    content = budget_sheet(pool.pk, [2021], 1000, by=NotAsked())
    assert content.asked is None
    shown = str(list(opened(budget_workbook(content))["Budgetark"].iter_rows(values_only=True)))
    assert "Søgt" not in shown
    assert "Robotklipning" not in shown


@pytest.mark.parametrize("unit", [1000, 1])
def test_libreoffice_recalculates_the_same(content, pool, unit, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; the calculator of tests/sheets has checked every cell")
    content = budget_sheet(pool.pk, [2021], unit, by=scene.reader())
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(budget_workbook(content, with_values=False))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(bare)], check=True, capture_output=True, timeout=180)
    recalculated = load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    cached = opened(budget_workbook(content), data_only=True)
    formulas = opened(budget_workbook(content))
    wrong, seen = {}, 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                seen += 1
                there = recalculated[sheet.title][cell.coordinate].value
                here = cached[sheet.title][cell.coordinate].value
                if isinstance(here, str | None):
                    agrees = (there or "") == (here or "")
                else:
                    agrees = there is not None and abs(float(there) - float(here)) < 1e-6
                if not agrees:
                    wrong[sheet.title, cell.coordinate] = (there, here)
    assert wrong == {}
    assert seen > 150
