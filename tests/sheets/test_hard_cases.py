"""Sheets of what is seldom: hostile words, converted money, a closed year, an uncovered cut, many cases."""

import datetime
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from businesscases import checking
from pool import decisions, ledger
from pool.decisions import Grant
from pool.models import Operation
from pool.sheets.drawing.workbook import budget_workbook
from pool.sheets.rows import budget_sheet
from tests import factories
from tests.pool import given
from tests.sheets import scene
from tests.sheets.calculator import Calculator
from tests.sheets.test_budget_sheet import figures, same

pytestmark = pytest.mark.django_db
HOSTILE = [
    ("investment", "=1+1", "pool", False, [400, None, None, None, None, None]),
    ("derived_operation", '=HYPERLINK("http://x.dk")', "own", True, [10, 20, 30, 40, 50, 60]),
    ("derived_operation", "a*b", "own", True, [1, 2, 3, 4, 5, 6]),
    ("derived_operation", "axxb", "own", True, [100, 200, 300, 400, 500, 600]),
    ("derived_operation", "Hvad? ~ <5 & >3", "own", True, [7, 7, 7, 7, 7, 7]),
    ("derived_operation", ">100", "own", False, [8, 8, 8, 8, 8, 8]),
    ("derived_operation", "2021", "own", False, [9, 9, 9, 9, 9, 9]),
    ("cashable_gain", "Færre timer", "", True, [11, 11, 11, 11, 11, 11]),
    ("cashable_gain", "FÆRRE TIMER", "", True, [22, None, 22, 22, 22, 22]),
    ("cashable_gain", "\x0bLodret tegn", "", True, [33, 33, 33, 33, 33, 33]),
]


def drawn(pool, years=(2021,), unit=1000):
    """The sheet with its cached values, after every formula of it has been worked out anew."""
    content = budget_sheet(pool.pk, list(years), unit, by=scene.reader())
    cached = load_workbook(io.BytesIO(budget_workbook(content)), data_only=True)
    calculator = Calculator(io.BytesIO(budget_workbook(content, with_values=False)))
    wrong = {
        (sheet, at): (calculator.value(sheet, at), cached[sheet][at].value)
        for sheet, at in calculator.formulas()
        if not same(calculator.value(sheet, at), cached[sheet][at].value)
    }
    assert wrong == {}
    assert cached["Budgetark"]["A4"].value.startswith("✓")
    assert cached["Afledt drift"]["A4"].value.startswith("✓")
    return cached


def test_hostile_words_are_text_and_every_sum_still_holds():
    pool = given.a_pool({2021: 1_000_000}, {2022: 1_000_000})
    case = factories.case(
        "ready",
        lines=HOSTILE,
        title="=cmd|' /C calc'!A0",
        start_year=2021,
        price_level=2021,
        round=given.a_round(pool),
    )
    given.approve(case, [Grant(pool, 2021, 400_000)])
    book = drawn(pool)
    sheet = book["Afledt drift"]
    rows = {row[1].value: [cell.value for cell in row[4:8]] for row in sheet.iter_rows(min_row=13)}
    assert rows["a*b"] == [1, 2, 3, 4]
    assert rows["axxb"] == [100, 200, 300, 400]
    assert rows["Hvad? ~ <5 & >3"] == [7, 7, 7, 7]
    assert rows[">100"] == [8, 8, 8, 8]
    assert rows["Færre timer"] == [-33, -11, -33, -33]
    assert book["Budgetark"]["B24"].value == "=cmd|' /C calc'!A0"
    formulas = load_workbook(io.BytesIO(budget_workbook(budget_sheet(pool.pk, [2021], 1, by=scene.reader()))))
    assert not [cell for row in formulas["Posteringer"].iter_rows() for cell in row if cell.data_type == "f"]


def test_converted_money_is_operation_in_the_sheets_and_the_pool_is_still_paid():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool, asked={2021: 400_000}, kind="implementation")
    given.approve(case, [Grant(pool, 2021, 400_000)])
    for condition in decisions.open_conditions(case):
        decisions.record_outcome(
            condition,
            met=True,
            committee="Byrådet",
            on=datetime.date(2020, 12, 17),
            item="12",
            converted={2021: 300_000},
            by=given.finance(),
            operation=uuid4(),
        )
    book = drawn(pool)
    sheet = book["Budgetark"]
    assert figures(sheet, "Fra puljen i alt")[0] == 400
    assert figures(sheet, "Heraf drift i sagerne")[0] == -300
    assert figures(sheet, "Anlæg i alt")[0] == 100
    operation = book["Afledt drift"]
    assert figures(operation, "Investering fra puljen")[0] == 300
    rows = [row for row in book["Posteringer"].iter_rows(min_row=2, values_only=True) if row[6] == 2021]
    pools = [(row[4], row[5], row[8]) for row in rows if "puljen" in row[5].lower()]
    assert pools == [
        ("3 Anlæg", "Investering fra puljen", 100_000),
        ("1 Drift", "Investering fra puljen", 300_000),
        ("3 Anlæg", "Fra puljen", -400_000),
    ]


def test_finance_may_book_a_line_otherwise_than_its_kind():
    pool = scene.the_pool()
    case = factories.case(
        "ready", lines=scene.WINTER, start_year=2020, price_level=2020, round=given.a_round(pool)
    )
    given.approve(case, [Grant(pool, 2021, 450_000), Grant(pool, 2020, 900_000)])
    lead = next(line for line in case.lines.all() if line.text == "Projektledelse")
    typed = {str(lead.key): {"nature": "operation", "profit_centre": "Driftsgården"}}
    checking.keep_accounting(case, by=given.finance(), fields={"profit_centre": "Veje"}, lines=typed)
    book = drawn(pool)
    assert figures(book["Budgetark"], "Egen medfinansiering, uden for puljen")[0] is None
    assert figures(book["Afledt drift"], "Investering, drift")[0] == 100
    places = {row[9]: row[1] for row in book["Posteringer"].iter_rows(min_row=2, values_only=True)}
    assert (places["Projektledelse"], places["Abonnement og service"]) == ("Driftsgården", "Veje")


def test_a_closed_year_an_uncovered_cut_and_a_correction_add_up():
    pool = scene.the_pool()
    case = given.ready_case(pool, asked={2021: 2_500_000})
    given.approve(case, [Grant(pool, 2021, 2_500_000)])
    finance = given.finance()
    operation = uuid4()
    ledger.supplement(pool, 2022, 500_000, given.COUNCIL, by=finance, operation=operation)
    ledger.correct(Operation.objects.get(pk=operation), reason="Forkert år", by=finance, operation=uuid4())
    given.cut(pool, 2021, 900_000)
    ledger.close_year(pool, 2020, given.COUNCIL, carried=1_000_000, by=finance, operation=uuid4())
    content = drawn(pool, (2020,))["Budgetark"]
    assert figures(content, "Bortfaldet, da året blev afsluttet")[0] == -2000
    assert figures(content, "Overført mellem år")[:2] == [-1000, 1000]
    sheet = drawn(pool)["Budgetark"]
    assert figures(sheet, "Overført mellem år")[0] == 1000
    assert figures(sheet, "Tillægsbevilling, p/l-regulering og nedsættelse")[:2] == [-900, None]
    assert figures(sheet, "Til rådighed")[0] == 600


def test_a_cut_beyond_what_is_free_shows_as_uncovered():
    pool = scene.the_pool()
    case = given.ready_case(pool, asked={2021: 2_500_000})
    given.approve(case, [Grant(pool, 2021, 2_500_000)])
    given.cut(pool, 2021, 900_000)
    sheet = drawn(pool)["Budgetark"]
    assert figures(sheet, "Korrigeret budget")[0] == 2100
    assert figures(sheet, "Til rådighed")[0] == 0
    assert figures(sheet, "Udækket nedsættelse")[0] == 400


def test_a_stopped_case_keeps_its_money_and_loses_its_lines():
    pool = scene.the_pool()
    case = factories.case(
        "ready", lines=scene.HALLS, start_year=2021, price_level=2021, round=given.a_round(pool)
    )
    given.approve(case, [Grant(pool, 2021, 800_000), Grant(pool, 2022, 350_000)])
    given.allocate(pool, 2021, {case: 500_000})
    given.spend(pool, case, 2021, 500_000_00)
    given.decide(case, "stop", reason="Leverandøren er gået konkurs.")
    book = drawn(pool)
    assert figures(book["Budgetark"], "Fra puljen i alt")[:2] == [500, 0]
    assert figures(book["Afledt drift"], "Netto, afledt drift")[:2] == [0, 0]


def test_an_empty_pool_makes_a_sheet_too():
    pool = given.a_pool({})
    pool.years.create(year=2021)
    drawn(pool)


def test_reading_costs_the_same_statements_however_many_cases_there_are():
    pool = scene.the_pool()
    counts = []
    for _more in range(2):
        for _case in range(3):
            case = given.ready_case(pool, asked={2021: 10_000})
            given.approve(case, [Grant(pool, 2021, 10_000)])
        with CaptureQueriesContext(connection) as queries:
            budget_sheet(pool.pk, [2021], 1000, by=scene.reader())
        counts.append([query["sql"][:40] for query in queries if "SAVEPOINT" not in query["sql"]])
    assert len(counts[0]) == len(counts[1])
    # One of them is the test's own: it finds somebody to read as.
    assert len(counts[0]) <= 10
