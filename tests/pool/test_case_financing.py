"""How a case is paid for, on its page and over a list: available, provisional, granted, left."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from businesscases.access import visible_to
from businesscases.case_list import CaseList, read_filter
from businesscases.content import content_of
from businesscases.models import State
from innovation_pool.permissions import Role
from pool import decisions, ledger
from pool.case_financing import financing_of
from pool.decisions import Grant
from pool.models import DecisionKind
from pool.templatetags.list_money import left_if_granted
from tests import factories
from tests.businesscases.pages import counted, signed_in
from tests.pool import given

pytestmark = pytest.mark.django_db
YEARS = range(2021, 2027)


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000, 2022: 1_000_000}, {2023: 500_000}, first_year=2021)


def put_down(case, **fields):
    meeting = given.open_meeting(case)
    item = given.item_of(meeting, case)
    return decisions.put_down(item, by=given.board(), operation=uuid4(), **fields)


def read(person, case) -> str:
    response = signed_in(person).get(f"/businesscases/{case.reference}/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_what_is_asked_stands_beside_what_the_rounds_pools_have(pool):
    given.a_pool({2021: 9_000_000}, first_year=2021, name="Ikke for denne runde")
    case = given.ready_case(pool)
    wanted = financing_of(case, content_of(case.versions.get())).wanted
    assert [(year.year, year.asked, year.available, year.after, year.provisional) for year in wanted] == [
        (2021, 400_000, 1_000_000, 600_000, None),
        (2022, 300_000, 1_000_000, 700_000, None),
        (2023, 200_000, 500_000, 300_000, None),
        (2024, 100_000, None, -100_000, None),
        (2025, 50_000, None, -50_000, None),
        (2026, 50_000, None, -50_000, None),
    ]


def test_what_is_put_down_is_said_to_those_who_may_know_and_only_while_it_stands(pool):
    case, other = given.ready_case(pool), given.ready_case(pool)
    board, owner = given.board(), case.owner
    assert "foreløbigt" not in read(board, case)
    provisional = put_down(other, kind=DecisionKind.APPROVE, grants=[Grant(pool, 2021, 250_000, 0)])
    assert "foreløbigt 750" in read(board, case)
    assert "foreløbigt" not in read(owner, case)
    finance = signed_in(given.finance()).get("/businesscases/").content.decode()
    assert "Efter foreløbige beslutninger" in finance
    mine = signed_in(owner).get("/businesscases/").content.decode()
    assert case.reference in mine
    assert "Efter foreløbige beslutninger" not in mine
    decisions.take_back(provisional, by=board, operation=uuid4())
    assert "foreløbigt" not in read(board, case)


def test_a_provisional_stop_gives_back_what_is_reserved(pool):
    approved = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000, 0)])
    case = given.ready_case(pool)
    put_down(approved, kind=DecisionKind.STOP, reason="Projektet kan ikke bemandes.")
    wanted = financing_of(case, content_of(case.versions.get())).wanted
    assert [(year.available, year.provisional) for year in wanted][:2] == [
        (600_000, 1_000_000),
        (1_000_000, 1_000_000),
    ]


def test_what_was_granted_and_what_is_left_to_find_is_exact(pool):
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000, 0), Grant(pool, 2024, 0, 60_000)])
    financing = financing_of(case, content_of(case.versions.get()))
    assert [
        (year.year, year.asked, year.reserved, year.allocated, year.unfunded) for year in financing.granted
    ] == [
        (2021, 400_000, 300_000, 0, 0),
        (2022, 300_000, 0, 0, 0),
        (2023, 200_000, 0, 0, 0),
        (2024, 100_000, 0, 0, 60_000),
        (2025, 50_000, 0, 0, 0),
        (2026, 50_000, 0, 0, 0),
    ]
    assert financing.to_find == 1_100_000 - 360_000
    text = read(case.owner, case)
    assert "60.000\N{NO-BREAK SPACE}kr. står uden dækning." in text
    assert "740.000\N{NO-BREAK SPACE}kr. skal findes i egen ramme." in text


def financed(case):
    case.refresh_from_db()
    return financing_of(case, content_of(case.versions.get()))


def test_what_is_returned_is_not_to_be_found_in_own_budget(pool):
    case = given.started_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 300_000, 0)])
    given.allocate(pool, 2021, {case: 300_000})
    given.spend(pool, case, 2021, 120_000_00)
    ledger.return_unspent(pool, 2021, case, 180_000, reason="Rest", by=given.finance(), operation=uuid4())
    assert (financed(case).allocated, financed(case).to_find) == (120_000, 100_000)


def test_a_stopped_case_has_nothing_left_to_find(pool):
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 300_000, 0)])
    assert financed(case).to_find == 100_000
    given.decide(case, DecisionKind.STOP, reason="Leverandøren er gået konkurs.")
    assert (case.state, financed(case).to_find) == (State.STOPPED, 0)


def test_an_approval_after_a_reversal_counts_and_the_first_no_longer(pool):
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 300_000, 0)])
    given.decide(case, DecisionKind.REVERSE, reason="Forkert år.", reverses=case.decisions.get())
    case.refresh_from_db()
    given.approve(case, [Grant(pool, 2022, 150_000, 0)])
    assert (financed(case).reserved, financed(case).to_find) == (150_000, 250_000)


def test_over_a_list_stands_what_would_be_left_if_all_were_granted(pool):
    given.approved_case(pool, grants=[Grant(pool, 2021, 300_000, 0)])
    given.ready_case(pool)
    finance = factories.person(Role.FINANCE)
    listed = CaseList(finance, read_filter({}))
    shown = left_if_granted(listed.cases, listed.sums.asked_per_year)
    assert [(row.year, row.granted, row.available, row.undecided, row.left) for row in shown["rows"]] == [
        (2021, 300_000, 700_000, 400_000, 300_000),
        (2022, 0, 1_000_000, 300_000, 700_000),
        (2023, 0, 500_000, 200_000, 300_000),
        (2024, 0, 0, 100_000, -100_000),
        (2025, 0, 0, 50_000, -50_000),
        (2026, 0, 0, 50_000, -50_000),
    ]
    only_ready = CaseList(finance, read_filter({"state": State.READY.value}))
    assert visible_to(finance).count() == 2
    assert left_if_granted(only_ready.cases, only_ready.sums.asked_per_year)["granted"] == 0


@pytest.mark.parametrize("role", [Role.BOARD, Role.FINANCE, Role.SECRETARIAT, Role.AUDITOR, Role.STAFF])
def test_the_page_of_an_approved_case_on_condition_costs_no_more_than_it_may(pool, role, monkeypatch):
    case = given.approved_case(pool)
    assert case.decisions.get().on_condition
    client = signed_in(factories.someone(role))
    client.get(f"/businesscases/{case.reference}/")
    with counted(monkeypatch) as asked:
        assert client.get(f"/businesscases/{case.reference}/").status_code == 200
    assert asked.statements <= 14
    assert asked.rows <= 150


@pytest.mark.parametrize("role", [Role.BOARD, Role.FINANCE, Role.AUDITOR])
def test_what_was_decided_stays_on_a_case_that_is_undecided_again(pool, role, monkeypatch):
    case = given.approved_case(pool)
    given.decide(case, "reverse", reason="Den byggede på en fejl.")
    approval, reversal = case.decisions.order_by("number")
    client = signed_in(factories.someone(role))
    at = f"/businesscases/{case.reference}/"
    client.get(at)
    with counted(monkeypatch) as asked:
        text = client.get(at).content.decode()
    assert asked.statements <= 16
    assert text.index(f"Nr. {reversal.label}") < text.index(f"Nr. {approval.label}")
    assert "Den byggede på en fejl." in text
    given.decide(case, "return", reason="Regn det om.")
    assert case.state == State.RETURNED
    assert f"Nr. {approval.label}" in client.get(at).content.decode()


def test_the_page_of_a_case_without_a_decision_does_not_ask_for_any(pool):
    case = given.ready_case(pool)
    client = signed_in(factories.someone(Role.BOARD))
    with CaptureQueriesContext(connection) as queries:
        text = client.get(f"/businesscases/{case.reference}/").content.decode()
    assert 'id="decisions"' not in text
    assert not [query for query in queries if 'FROM "pool_decision" ' in query["sql"]]
