"""The municipality's form, cell by cell: that of the pool ØKan-011, and that of a case."""

import io

import pytest
from openpyxl import load_workbook

from businesscases.access import content_for
from innovation_pool.accounts.models import Committee, Department
from pool.decisions import Grant
from pool.models import Pool, PoolYear
from pool.sheets.drawing.form import form_workbook, in_rows, lines_of
from pool.sheets.form_rows import form_of_case, form_of_pool
from tests import factories
from tests.pool import given
from tests.sheets import scene
from tests.sheets.calculator import Calculator

pytestmark = pytest.mark.django_db
YEARS = (2020, 2021, 2022, 2023)


@pytest.fixture
def seed_pool():
    """The pool of the form as the council got it."""
    pool = Pool.objects.create(
        number="ØKan-011",
        name="Innovationspulje",
        committee=Committee.objects.create(name="Økonomiudvalget"),
        department=Department.objects.create(name="Direktionen"),
        contact="Hans Jørgen Møller",
        first_year=2020,
        description="Direktionen arbejder med tre strategiske fokusområder.\n1. Styring\n2. Innovation",
        focus_areas="Kommunen skal have råderum til nye investeringer.",
        other_areas="Vi modner organisationen til digitale løsninger.",
        service="Ingen konkrete p.t.",
        staff_consequences="Ingen p.t.",
        hearing_parties="Der er tale om at afsætte en pulje.",
        rate_change="Ingen betydning",
    )
    for year in YEARS:
        PoolYear.objects.create(
            pool=pool, year=year, form_overflow=0, form_tax_financed=3_000_000, form_operation=0
        )
    return pool


def sheet_of(form, **how):
    return load_workbook(io.BytesIO(form_workbook(form)), **how)["Budgetalternativ"]


def test_the_form_of_the_pool_is_the_municipalitys_cell_by_cell(seed_pool):
    sheet = sheet_of(form_of_pool(seed_pool), data_only=True)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=5, max_row=32)]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    blank = [None] * 5
    assert rows == [
        ["Budgetalternativ – Anlægsønske", None, None, None, None],
        blank,
        ["Nr.", "ØKan-011", None, None, None],
        ["Udvalg", "Økonomiudvalget", None, None, None],
        ["Afdeling/Institution", "Direktionen", None, "Hans Jørgen Møller", None],
        blank,
        ["I 1.000 kr. Budgetændring + = udgifter, − = indtægter", 2020, 2021, 2022, 2023],
        ["Overløb fra nuværende godkendte anlægsprojekter i 2019", 0, 0, 0, 0],
        ["Nye skattefinansierede anlægsprojekter", 3000, 3000, 3000, 3000],
        ["Nye brugerfinansierede anlægsprojekter", None, None, None, None],
        ["Anlægsforslag (rådighedsbeløb) i alt de enkelte år", 3000, 3000, 3000, 3000],
        blank,
        ["Direkte afledte driftsudgifter pr. år", 0, 0, 0, 0],
        blank,
        ["Emne", "Innovationspulje", None, None, None],
        ["Profitcenter & F3-niveau", None, None, None, None],
        ["Beskrivelse:", None, None, None, None],
        [seed_pool.description, None, None, None, None],
        [
            "Betydning for Vesthimmerlands Kommunes fokusområder "
            "(Vores liv, Vores vækst og Vores børn og unge):", None, None, None, None,
        ],
        [seed_pool.focus_areas, None, None, None, None],
        ["Betydning for områdets udviklingsmål / politikker:", None, None, None, None],
        blank,
        ["Eventuel indvirkning på andre områder af den kommunale virksomhed:", None, None, None, None],
        [seed_pool.other_areas, None, None, None, None],
        ["Konsekvenser for service til borgerne:", None, None, None, None],
        ["Ingen konkrete p.t.", None, None, None, None],
        ["Personalemæssige konsekvenser:", None, None, None, None],
        ["Ingen p.t.", None, None, None, None],
        [
            "Høringsberettigede. Hvem er høringsberettiget (MED, andre – se drejebog for høring):",
            None, None, None, None,
        ],
        ["Der er tale om at afsætte en pulje.", None, None, None, None],
        ["Afledt ændring i taksten for området:", None, None, None, None],
        ["Ingen betydning", None, None, None, None],
    ]  # fmt: skip
    assert sheet["A13"].value == "Direkte afledte driftsudgifter pr. år"


def test_the_sum_is_a_formula_and_the_page_is_one_portrait_page(seed_pool):
    sheet = sheet_of(form_of_pool(seed_pool))
    assert [sheet[f"{column}11"].value for column in "BCDE"] == [f"=SUM({c}8:{c}10)" for c in "BCDE"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 1)
    calculator = Calculator(io.BytesIO(form_workbook(form_of_pool(seed_pool), with_values=False)))
    assert [calculator.value("Budgetalternativ", f"{column}11") for column in "BCDE"] == [3000] * 4


def test_a_case_that_waits_has_its_uncovered_years_and_operation_in_the_table():
    pool = scene.the_pool()
    case = given.ready_case(pool, asked={2022: 300_000, 2023: 200_000, 2024: 250_000, 2025: 40_000})
    sheet = sheet_of(form_of_case(case, content_for(given.finance(), case)), data_only=True)
    assert [sheet[f"{column}7"].value for column in "BCDE"] == [2022, 2023, 2024, 2025]
    assert [sheet[f"{column}8"].value for column in "BCDE"] == [None] * 4
    assert [sheet[f"{column}9"].value for column in "BCDE"] == [None, None, 250, 40]
    assert [sheet[f"{column}11"].value for column in "BCDE"] == [0, 0, 250, 40]
    assert [sheet[f"{column}13"].value for column in "BCDE"] == [None, -300, -300, -300]
    note = sheet["A14"].value
    assert "Søgt fra puljen Innovationspulje (ØKan-011) som omplacering: 300 i 2022 og 200 i 2023." in note
    assert "Afledt drift derefter: −300 i 2026 og −300 i 2027." in note
    assert note.endswith("2022-pl.")
    assert sheet["B3"].value == case.reference


def test_an_approved_case_says_what_it_was_granted():
    pool = scene.the_pool()
    case = given.ready_case(pool, asked={2022: 300_000, 2023: 200_000, 2024: 250_000})
    given.approve(
        case, [Grant(pool, 2022, 300_000), Grant(pool, 2023, 150_000), Grant(pool, 2024, 0, 250_000)]
    )
    sheet = sheet_of(form_of_case(case, content_for(given.finance(), case)), data_only=True)
    assert [sheet[f"{column}9"].value for column in "BCDE"] == [None, None, 250, None]
    note = sheet["A14"].value
    assert "Omplacering fra puljen Innovationspulje (ØKan-011): 300 i 2022 og 150 i 2023." in note
    assert "findes i egen ramme: 50." in note


def test_own_and_external_money_stand_in_the_note_with_the_signs_of_the_budget():
    pool = scene.the_pool()
    case = factories.case(
        "ready", lines=scene.WINTER, start_year=2020, price_level=2020, round=given.a_round(pool)
    )
    sheet = sheet_of(form_of_case(case, content_for(given.finance(), case)), data_only=True)
    assert [sheet[f"{column}9"].value for column in "BCDE"] == [None] * 4
    assert [sheet[f"{column}13"].value for column in "BCDE"] == [60, -390, -590, -590]
    note = sheet["A14"].value
    assert "Egen medfinansiering som omplacering: 150 i 2020 og 100 i 2021." in note
    assert "Ekstern finansiering: −120 i 2021." in note


def test_a_hostile_title_is_text_in_every_workbook():
    pool = scene.the_pool(name='=HYPERLINK("http://x.dk";"klik")')
    case = given.ready_case(pool, title="=1+1", description="@SUM(A1)\x0b\n+2")
    sheet = sheet_of(form_of_case(case, content_for(given.finance(), case)))
    assert sheet["B15"].value == "=1+1"
    assert sheet["B15"].data_type in ("s", "inlineStr")
    assert sheet["A18"].value == "@SUM(A1)\n+2"
    assert sheet_of(form_of_pool(pool))["B15"].data_type in ("s", "inlineStr")


def test_a_text_too_long_for_a_row_goes_on_in_the_next_and_loses_nothing():
    text = "\n".join(f"Afsnit {number} om kørsel. " + "ord " * 200 for number in range(60))
    rows = in_rows(text)
    assert len(rows) > 1
    assert all(lines_of(row, 98) <= 28 for row in rows)
    shown = " ".join(" ".join(row.replace("[…]", "").split()) for row in rows)
    assert shown == " ".join(text.split())


def test_a_paragraph_too_long_for_a_row_is_cut_between_words_and_marked():
    text = "ord " * 3000
    rows = in_rows(text)
    assert all(row.rstrip().endswith("[…]") for row in rows[:-1])
    assert " ".join(" ".join(rows).replace("[…]", "").split()) == text.strip()
