"""The template of a case: its live figures are those of the page, and what comes back is read with care."""

import io
import zipfile
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook

from businesscases.models import Kind
from businesscases.template import layout
from businesscases.template.rows import template_of
from businesscases.template.workbook import template_workbook
from tests import factories
from tests.pool.pages import client_of, form_on
from tests.sheets.calculator import Calculator

pytestmark = pytest.mark.django_db
CASES = {
    "pays back": factories.LINES,
    "empty": [],
    "never pays back": [("investment", "Udstyr", "pool", False, [500, None, None, None, None, 10])],
    "several changes of sign": [
        ("investment", "Udstyr", "pool", False, [500, None, 900, None, None, None]),
        ("cashable_gain", "Gevinst", "", True, [None, 700, 100, 400, 400, 400]),
    ],
    "gains at once": [
        ("implementation", "Kurser", "own", False, [100, None, None, None, None, None]),
        ("cashable_gain", "Gevinst", "", True, [100, 50, 50, 50, 50, 50]),
    ],
    "ends lower": [
        ("investment", "Udstyr", "pool", False, [100, None, None, None, 300, None]),
        ("cashable_gain", "Gevinst", "", False, [None, 60, 60, None, None, 20]),
        ("external_funding", "Tilskud", "", False, [None, None, 40, None, None, None]),
    ],
}


@pytest.fixture
def case():
    return factories.case()


def book_of(case):
    return load_workbook(io.BytesIO(template_workbook(template_of(case))))


def saved(book) -> io.BytesIO:
    stored = io.BytesIO()
    book.save(stored)
    stored.seek(0)
    stored.name = "skabelon.xlsx"
    return stored


def upload(case, file, by=None):
    client = client_of(by or case.owner)
    return client, client.post(f"/businesscases/{case.reference}/upload/", {"file": file})


def confirm(client, case, response):
    fields = form_on(response, has="step")
    return client.post(f"/businesscases/{case.reference}/upload/", fields)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("unit", [1000, 1])
def test_the_live_figures_are_those_of_the_pure_functions(name, unit):
    case = factories.case(lines=CASES[name])
    template = template_of(case, unit=unit)
    cached = load_workbook(io.BytesIO(template_workbook(template)), data_only=True)
    calculator = Calculator(io.BytesIO(template_workbook(template, with_values=False)))
    wrong = {}
    for sheet, at in calculator.formulas():
        here, there = calculator.value(sheet, at), cached[sheet][at].value
        if isinstance(here, str):
            agrees = here == (there or "")
        else:
            agrees = there is not None and abs(Fraction(here) - Fraction(str(there))) < Fraction(1, 10**6)
        if not agrees:
            wrong[sheet, at] = (here, there)
    assert wrong == {}


def test_the_figures_of_the_case_of_the_picture(case):
    sheet = load_workbook(io.BytesIO(template_workbook(template_of(case))), data_only=True)["Økonomi"]
    assert [sheet[f"{column}6"].value for column in "BC"] == [1900, 4120]
    assert sheet["D6"].value == pytest.approx(3436, abs=1)
    assert sheet["E6"].value == pytest.approx(3.518, abs=0.01)
    assert sheet["I6"].value == 1660
    net = layout.SUM_ROWS["net"]
    assert [sheet[f"{column}{net}"].value for column in "FGHIJKL"] == [
        -1330,
        -440,
        910,
        1660,
        1660,
        1660,
        4120,
    ]


def test_the_sheets_are_protected_without_a_password_and_open_where_one_types(case):
    book = book_of(case)
    assert book.sheetnames == ["Vejledning", "Sagen", "Økonomi", "Kontrol"]
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.sheet_state == "visible"
    assert book["Økonomi"].freeze_panes == "C11"
    assert not book["Økonomi"]["F50"].protection.locked
    assert book["Økonomi"]["L11"].protection.locked
    assert not book["Sagen"]["B7"].protection.locked
    assert book["Sagen"]["B6"].protection.locked


def test_a_template_sent_back_as_it_is_changes_nothing(case):
    _client, response = upload(case, saved(book_of(case)))
    assert response.status_code == 200
    assert response.context["upload"].problems == []
    assert response.context["upload"].changes == []
    assert "Intet ændres" in response.content.decode()


def test_what_is_filled_in_is_shown_and_then_saved_with_every_line_kept(case):
    book = book_of(case)
    keys = [str(line.key) for line in case.lines.all()]
    book["Sagen"]["B7"] = "Fælles kørsel i hele kommunen"
    book["Økonomi"]["F11"] = 950.5
    book["Økonomi"]["G11"] = None
    row = layout.FIRST_LINE + len(keys)
    for column, value in {
        "B": "Kurser",
        "C": "Implementering (engangs)",
        "E": "Tilbud",
        "F": 40,
        "M": "Egen ramme",
    }.items():
        book["Økonomi"][f"{column}{row}"] = value
    for column in "BCDEFGHIJKMNPQ":
        book["Økonomi"][f"{column}{row - 1}"] = None
    client, response = upload(case, saved(book))
    changes = {change.label: (change.before, change.after) for change in response.context["upload"].changes}
    assert changes["Titel"] == ("Fælles kørselskoordinering", "Fælles kørsel i hele kommunen")
    first = f"Linjen Koordineringssystem og bilsensorer, {case.start_year}"
    assert changes[first] == ("900", "950,5")
    assert case.lines.count() == len(keys)
    assert confirm(client, case, response).status_code == 302
    case.refresh_from_db()
    lines = list(case.lines.all())
    assert case.title == "Fælles kørsel i hele kommunen"
    assert lines[0].amounts == (950_500, None, 300_000, None, None, None)
    assert str(lines[0].key) == keys[0]
    assert (lines[-1].text, lines[-1].kind, lines[-1].payer) == ("Kurser", Kind.IMPLEMENTATION, "own")
    assert {str(line.key) for line in lines} & set(keys) == set(keys[:-1])


def test_the_same_file_twice_changes_nothing_the_second_time(case):
    book = book_of(case)
    book["Sagen"]["B7"] = "Nyt navn"
    client, response = upload(case, saved(book))
    confirm(client, case, response)
    _client, again = upload(case, saved(book))
    assert again.context["upload"].changes == []


def test_bad_cells_are_listed_by_sheet_cell_and_reason_and_nothing_is_saved(case):
    book = book_of(case)
    before = case.title
    book["Sagen"]["B7"] = ""
    book["Sagen"]["B8"] = "Et område, der ikke findes"
    book["Sagen"]["B11"] = "i fjor"
    book["Sagen"]["B14"] = "Et mål, der ikke findes"
    book["Økonomi"]["F11"] = "1.2.3"
    book["Økonomi"]["G11"] = "=1+1"
    book["Økonomi"]["C12"] = "Gevinst"
    book["Økonomi"]["N15"] = "Nogen Ukendt"
    book["Sagen"]["B17"] = "Borgeren 010180-1234 er spurgt"
    _client, response = upload(case, saved(book))
    assert response.status_code == 422
    found = {(problem.sheet, problem.cell) for problem in response.context["upload"].problems}
    assert found >= {
        ("Sagen", "B7"), ("Sagen", "B8"), ("Sagen", "B11"), ("Sagen", "B14"),
        ("Økonomi", "F11"), ("Økonomi", "G11"), ("Økonomi", "C12"), ("Økonomi", "N15"),
    }  # fmt: skip
    case.refresh_from_db()
    assert case.title == before
    assert "step" not in response.content.decode().split("<form")[-1]


def test_a_line_whose_key_is_not_in_the_file_is_left_alone(case):
    book = book_of(case)
    for column in layout.LINE_COLUMNS.values():
        book["Økonomi"][f"{column}{layout.FIRST_LINE}"] = None
    _client, response = upload(case, saved(book))
    assert response.context["upload"].changes == []


def test_a_key_of_another_case_makes_a_new_line(case):
    other = factories.case()
    book = book_of(case)
    row = layout.FIRST_LINE + case.lines.count()
    for column, value in {"B": "Ny", "C": "Frigjort tid", "F": 10, "R": str(other.lines.first().key)}.items():
        book["Økonomi"][f"{column}{row}"] = value
    client, response = upload(case, saved(book))
    confirm(client, case, response)
    assert case.lines.count() == len(factories.LINES) + 1
    assert other.lines.count() == len(factories.LINES)


def test_somebody_elses_change_in_between_stops_the_whole_save(case):
    book = book_of(case)
    book["Sagen"]["B7"] = "Mit navn"
    book["Sagen"]["B17"] = "Min beskrivelse"
    client, response = upload(case, saved(book))
    theirs = book_of(case)
    theirs["Sagen"]["B7"] = "Deres navn"
    client2, other = upload(case, saved(theirs))
    confirm(client2, case, other)
    late = confirm(client, case, response)
    assert late.status_code == 422
    case.refresh_from_db()
    assert (case.title, case.description) == ("Deres navn", factories.TEXTS["description"])


def test_a_double_click_saves_once(case):
    book = book_of(case)
    book["Sagen"]["B7"] = "Nyt navn"
    client, response = upload(case, saved(book))
    assert confirm(client, case, response).status_code == 302
    assert confirm(client, case, response).status_code == 302


def test_another_cases_file_and_what_is_no_template_are_refused(case):
    other = factories.case(owner=case.owner)
    _client, response = upload(case, saved(book_of(other)))
    assert "hører til" in response.content.decode()
    plain = Workbook()
    _client, response = upload(case, saved(plain))
    assert "mangler arket Sagen" in response.content.decode()


HOSTILE = {
    "no workbook": b"hej",
    "empty zip": b"PK\x05\x06" + b"\0" * 18,
    "nothing": b"\0",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_no_workbook_is_one_friendly_sentence(case, what):
    file = io.BytesIO(HOSTILE[what])
    file.name = "skabelon.xlsx"
    _client, response = upload(case, file)
    assert response.status_code == 422
    assert "kan ikke læses" in response.content.decode()


def test_a_cell_in_the_last_corner_is_answered_at_once(case):
    book = book_of(case)
    book["Økonomi"]["XFD1048576"] = 1
    _client, response = upload(case, saved(book))
    assert response.status_code == 422


def test_a_sheet_that_lies_about_its_size_is_read_no_further_than_the_template(case):
    book = book_of(case)
    book["Økonomi"]["XFD1048576"] = 1
    lying = io.BytesIO()
    with zipfile.ZipFile(saved(book)) as source, zipfile.ZipFile(lying, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content.replace(b"A1:XFD1048576", b"A1:R60"))
    lying.seek(0)
    lying.name = "skabelon.xlsx"
    _client, response = upload(case, lying)
    assert response.status_code == 200


def test_only_the_writers_get_it_and_only_while_they_write(case):
    stranger = client_of(factories.person())
    assert stranger.get(f"/businesscases/{case.reference}/template.xlsx").status_code == 404
    assert stranger.post(f"/businesscases/{case.reference}/upload/", {}).status_code == 404
    response = client_of(case.owner).get(f"/businesscases/{case.reference}/template.xlsx")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="skabelon-bc-')


def test_hostile_texts_come_back_as_they_were_typed():
    case = factories.case(title="=1+1", description="@SUM(A1)\n-2")
    _client, response = upload(case, saved(book_of(case)))
    assert response.context["upload"].changes == []
