"""Overblik: what waits for each role, and nothing of what a person may not see."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from businesscases.models import State
from innovation_pool.permissions import Role, actions_of
from pool import decisions, meetings
from pool.decisions import Condition, Grant
from pool.desks import desks_of
from pool.inbox import inbox
from pool.models.decisions import ConditionKind
from pool.waiting_words import WORDS, age_in_words
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of, statements_of, words

pytestmark = pytest.mark.django_db


def desks(person) -> list[tuple[str, str]]:
    """(desk, reference) of what waits for the person, by desk."""
    return sorted((row.desk, row.reference) for row in inbox(person, timezone.localdate()).rows)


@pytest.mark.parametrize("role", list(Role))
def test_an_empty_house_is_greeted_kindly(role):
    page = words(as_role(role).get("/"))
    assert "Intet venter på dig. Hav en god dag." in page


def test_each_state_lies_on_the_right_desk():
    made = {state: factories.case(state) for state in (State.DRAFT, State.RETURNED, State.SUBMITTED)}
    made[State.CHECKED] = factories.case(State.CHECKED)
    made[State.READY] = factories.case(State.READY)
    assert desks(made[State.DRAFT].owner) == [("draft", made[State.DRAFT].reference)]
    assert desks(made[State.RETURNED].owner) == [("returned", made[State.RETURNED].reference)]
    assert desks(given.finance()) == [("check", made[State.SUBMITTED].reference)]
    assert desks(given.secretariat()) == [
        ("agenda", made[State.READY].reference),
        ("hearing", made[State.CHECKED].reference),
    ]
    assert desks(given.board()) == []


def test_an_asked_endorsement_waits_until_it_is_answered():
    case = factories.case(State.SUBMITTED)
    head = case.department.head
    assert desks(head) == [("endorse", case.reference)]
    row = case.versions.get().endorsements.get(person=head)
    assert (
        f'href="/businesscases/{case.reference}/endorse/{row.pk}/"'
        in client_of(head).get("/").content.decode()
    )
    factories.endorse_all(case)
    assert desks(head) == []


def test_a_hearing_past_its_deadline_can_be_closed():
    case = factories.case(State.IN_HEARING)
    assert desks(given.secretariat()) == []
    case.hearings.update(deadline=timezone.localdate() - datetime.timedelta(days=1))
    assert desks(given.secretariat()) == [("close-hearing", case.reference)]
    # It has waited since then, however long ago it was opened.
    case.hearings.update(opened_at=timezone.now() - datetime.timedelta(days=30))
    assert [row.days for row in inbox(given.secretariat(), timezone.localdate()).rows] == [1]


def test_reserved_money_of_an_adopted_year_waits_for_the_board():
    pool = given.a_pool({2021: 1_000_000})
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 400_000)])
    waiting = [row for row in inbox(given.board(), timezone.localdate()).rows if row.desk == "allocate"]
    assert [(row.of_year, row.how_many, row.kroner, row.key) for row in waiting] == [
        (2021, 1, 400_000, pool.pk)
    ]
    page = words(as_role(Role.BOARD).get("/"))
    assert "1 godkendt sag har 400.000 kr. reserveret i 2021, som endnu ikke er udmøntet." in page
    given.allocate(pool, 2021, {case: 400_000})
    assert "allocate" not in dict(desks(given.board()))
    effect = [row for row in inbox(given.finance(), timezone.localdate()).rows if row.desk == "effect"]
    assert [(row.how_many, row.kroner) for row in effect] == [(1, 400_000)]


def test_a_condition_waits_for_finance_and_then_the_start_for_the_owner():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool, asked={2021: 100_000})
    condition = Condition(ConditionKind.SERVICE_LEVEL)
    given.approve(case, [Grant(pool, 2021, 100_000)], political=[condition])
    assert ("outcome", case.reference) in desks(given.finance())
    assert desks(case.owner) == []
    given.outcome(case)
    assert ("outcome", case.reference) not in desks(given.finance())
    assert desks(case.owner) == [("start", case.reference)]


def test_a_no_from_the_politicians_puts_the_case_before_the_secretariat():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool, asked={2021: 100_000})
    given.approve(case, [Grant(pool, 2021, 100_000)], political=[Condition(ConditionKind.RATE)])
    given.outcome(case, met=False)
    assert ("agenda", case.reference) in desks(given.secretariat())
    assert desks(case.owner) == []


def test_a_final_report_waits_for_finance():
    pool = given.a_pool({2021: 1_000_000})
    case = given.reported_case(pool, asked={2021: 100_000}, grants=[Grant(pool, 2021, 100_000)])
    assert ("complete", case.reference) in desks(given.finance())


def test_a_meeting_waits_for_the_board_and_its_provisional_decisions_too():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool, asked={2021: 100_000})
    meeting = given.open_meeting(case)
    assert [desk for desk, _reference in desks(given.board())] == ["meeting"]
    item = given.item_of(meeting, case)
    decisions.put_down(item, kind="reject", by=given.board(), operation=uuid4(), reason="For dyrt i drift.")
    assert [desk for desk, _reference in desks(given.board())] == ["carry-out"]
    assert ("agenda", case.reference) not in desks(given.secretariat())


def test_who_is_kept_out_is_not_asked_to_check():
    writer = factories.person(Role.FINANCE, Role.STAFF)
    case = factories.case(State.SUBMITTED, owner=writer)
    assert ("check", case.reference) not in desks(writer)


def test_the_mails_of_a_decision_wait_for_the_secretariat():
    pool = given.a_pool({2021: 1_000_000})
    given.approved_case(pool)
    assert ("mails", "") in desks(given.secretariat())
    assert "1 mail venter på at blive sendt" in words(as_role(Role.SECRETARIAT).get("/"))
    assert "mails" not in dict(desks(given.board()))


def test_every_desk_has_its_words():
    everyone = factories.person(Role.STAFF, Role.FINANCE, Role.SECRETARIAT, Role.BOARD)
    assert {
        desk for desk, _query in desks_of(actions_of(everyone), everyone.pk, timezone.localdate())
    } == set(WORDS)


def test_what_is_provisional_is_said_only_to_those_who_may_see_it():
    today = timezone.localdate().year
    pool = given.a_pool({today: 1_000_000}, first_year=today)
    case = given.ready_case(pool, asked={today: 300_000}, title="Hemmelig sag")
    meeting = given.open_meeting(case)
    decisions.put_down(
        given.item_of(meeting, case), kind="approve", by=given.board(), operation=uuid4(),
        grants=[Grant(pool, today, 300_000)],
    )  # fmt: skip
    board, staff = words(as_role(Role.BOARD).get("/")), words(as_role(Role.STAFF).get("/"))
    assert "Efter foreløbige beslutninger 700" in board
    assert "foreløbig" not in staff.lower()
    assert "Hemmelig sag" not in staff
    assert "1.000" in staff


def test_the_latest_decisions_of_staff_are_those_they_may_read():
    pool = given.a_pool({2021: 1_000_000})
    given.approved_case(pool, asked={2021: 100_000}, title="Åben sag", grants=[Grant(pool, 2021, 100_000)])
    rejected = given.ready_case(pool, asked={2021: 100_000}, title="Afvist sag")
    given.decide(rejected, "reject", reason="For dyrt.")
    staff, owner = words(as_role(Role.STAFF).get("/")), words(client_of(rejected.owner).get("/"))
    assert "Åben sag" in staff
    assert "Afvist sag" not in staff
    assert "Afvist sag" in owner


def test_statements_do_not_grow_with_what_waits():
    client = client_of(factories.person(Role.STAFF, Role.FINANCE, Role.SECRETARIAT, Role.BOARD))
    pool = given.a_pool({2021: 1_000_000})
    for state in (State.SUBMITTED, State.CHECKED, State.READY):
        factories.case(state, round=given.a_round(pool))
    few = statements_of(client, "/")
    for number in range(20):
        factories.case((State.SUBMITTED, State.CHECKED)[number % 2], round=given.a_round(pool))
    assert statements_of(client, "/") == few
    assert few <= 14


def test_an_allocation_waits_from_the_day_its_money_was_reserved():
    year = timezone.localdate().year
    pool = given.a_pool({year - 5: 1_000_000, year: 1_000_000}, first_year=year - 5)
    for of_year in (year - 5, year):
        given.approved_case(pool, asked={of_year: 100_000}, grants=[Grant(pool, of_year, 100_000)])
    rows = [row for row in inbox(given.board(), timezone.localdate()).rows if row.desk == "allocate"]
    assert [(row.of_year, row.days) for row in rows] == [(year - 5, 0), (year, 0)]


def test_two_conditions_of_a_case_are_told_apart():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool, asked={2021: 100_000})
    both = [Condition(ConditionKind.SERVICE_LEVEL), Condition(ConditionKind.RATE)]
    given.approve(case, [Grant(pool, 2021, 100_000)], political=both)
    page = words(as_role(Role.FINANCE).get("/"))
    assert "under forudsætning af politisk behandling: serviceniveauet. Registrér" in page
    assert "under forudsætning af politisk behandling: taksten. Registrér" in page


def test_an_open_disqualification_waits_for_the_chair_and_the_chairs_own_for_the_secretariat():
    case = given.ready_case(given.a_pool({2021: 1_000_000}), asked={2021: 100_000})
    chair, member = given.board(), factories.person(Role.BOARD)
    given.open_meeting(case)
    meetings.report_disqualification(case, by=member, reason="Min søster er leverandør.", operation=uuid4())
    assert ("out", case.reference) in desks(chair)
    assert "out" not in dict(desks(member))
    assert "chair-out" not in dict(desks(given.secretariat()))
    assert f"Er {member} inhabil i" in words(client_of(chair).get("/"))
    meetings.report_disqualification(case, by=chair, reason="Jeg ejer aktier.", operation=uuid4())
    assert [desk for desk, _reference in desks(chair)].count("out") == 1
    assert ("chair-out", case.reference) in desks(given.secretariat())


def test_a_question_of_disqualification_waits_no_longer_once_the_case_is_settled():
    case = given.ready_case(given.a_pool({2021: 1_000_000}), asked={2021: 100_000})
    chair, member = given.board(), factories.person(Role.BOARD)
    given.plan_meeting()
    meetings.report_disqualification(case, by=member, reason="Min søster er leverandør.", operation=uuid4())
    assert ("out", case.reference) in desks(chair)
    given.decide(case, "reject", by=chair, reason="For dyrt.")
    assert "out" not in dict(desks(chair))


def test_an_age_of_years_is_said_in_years():
    assert [age_in_words(days) for days in (0, 1, 364, 365, 1_900)] == [
        "I dag", "1 dag", "364 dage", "1 år", "5 år",
    ]  # fmt: skip


def test_a_stop_says_what_it_released():
    pool = given.a_pool({2021: 1_000_000})
    case = given.approved_case(pool, asked={2021: 258_000}, grants=[Grant(pool, 2021, 258_000)])
    given.decide(case, "stop", reason="Leverandøren gik konkurs.")
    page = words(as_role(Role.BOARD).get("/"))
    assert "258.000 kr. frigivet" in page
    assert "−258.000" not in page


def test_an_administrator_is_told_nothing_about_decisions():
    assert "Seneste beslutninger" in words(as_role(Role.STAFF).get("/"))
    assert "Seneste beslutninger" not in words(as_role(Role.ADMINISTRATOR).get("/"))
