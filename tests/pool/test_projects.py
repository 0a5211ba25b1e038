"""From approval to completion: political outcomes, the start, and what completion does to the money."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from businesscases.models import State
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import decisions, meetings
from pool.decisions import Condition, Grant
from pool.models import ChangeRequest, DecisionKind, Operation, UnfundedEntry
from pool.models.decisions import ConditionKind
from tests import factories
from tests.pool import given
from tests.pool.pages import client_of, words

pytestmark = pytest.mark.django_db


def on_condition(pool, *kinds, **fields):
    case = given.ready_case(pool, **fields)
    given.approve(case, [Grant(pool, 2021, 100_000)], political=[Condition(kind) for kind in kinds])
    return case


def start(case, by=None):
    started = decisions.start(case, by=by or case.owner, operation=uuid4())
    case.refresh_from_db()
    return started


def test_the_owner_starts_an_approved_case():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 1)])
    with pytest.raises(NotAllowed, match=str(case.owner)):
        start(case, by=given.board())
    start(case)
    assert case.state == State.IN_PROGRESS


def test_a_case_starts_when_the_last_condition_is_answered_yes():
    case = on_condition(
        given.a_pool(adopted={2021: 500_000}), ConditionKind.RATE, ConditionKind.OTHER_COMMITTEE
    )
    rate, other = decisions.open_conditions(case)
    answer(rate)
    with pytest.raises(Refusal, match="andet udvalg"):
        start(case)
    answer(other)
    start(case)
    assert (case.state, decisions.open_conditions(case)) == (State.IN_PROGRESS, [])


def answer(condition, met=True, **fields):
    typed = {"committee": "Byrådet", "on": datetime.date(2021, 1, 28), "item": "12", "by": given.finance()}
    return decisions.record_outcome(condition, met=met, operation=uuid4(), **(typed | fields))


@pytest.mark.parametrize(
    "missing", [{"committee": " "}, {"on": None}, {"on": datetime.date(2099, 1, 1)}, {"item": ""}]
)
def test_an_outcome_says_committee_date_and_item(missing):
    case = on_condition(given.a_pool(adopted={2021: 500_000}), ConditionKind.RATE)
    [condition] = decisions.open_conditions(case)
    with pytest.raises(Refusal):
        answer(condition, **missing)
    assert decisions.open_conditions(case) == [condition]


def test_only_finance_records_an_outcome_and_only_once():
    case = on_condition(given.a_pool(adopted={2021: 500_000}), ConditionKind.RATE)
    [condition] = decisions.open_conditions(case)
    for person in (given.board(), given.secretariat(), case.owner):
        with pytest.raises(PermissionDenied):
            answer(condition, by=person)
    answer(condition)
    with pytest.raises(TooLate):
        answer(condition, met=False)


def test_a_conversion_states_its_kroner_by_year():
    case = on_condition(
        given.a_pool(adopted={2021: 500_000}), ConditionKind.CONVERSION, kind="implementation"
    )
    [condition] = decisions.open_conditions(case)
    for converted in (None, {}, {2021: 0}, {2021: -1}):
        with pytest.raises(Refusal, match="konverteres"):
            answer(condition, converted=converted)
    assert answer(condition, converted={2022: 5, 2021: 90_000, 2023: 0}).converted == {
        "2021": 90_000,
        "2022": 5,
    }


def test_a_no_puts_the_case_on_the_next_agenda_and_keeps_its_money():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = on_condition(pool, ConditionKind.RATE)
    later = given.plan_meeting(datetime.date(2099, 9, 1))
    sooner = given.plan_meeting(datetime.date(2099, 6, 1))
    answer(decisions.open_conditions(case)[0], met=False)
    assert [item.meeting for item in case.agenda_items.filter(decision=None)] == [sooner]
    assert not later.items.exists()
    assert given.money(case) == {("P", 2021): (100_000, 0, 0)}
    for act in (lambda: start(case), lambda: given.allocate(pool, 2021, {case: 1})):
        with pytest.raises(Refusal):
            act()


def test_without_a_planned_meeting_a_no_comes_on_the_agenda_of_the_next_that_is_planned():
    case = on_condition(given.a_pool(adopted={2021: 500_000}), ConditionKind.RATE)
    answer(decisions.open_conditions(case)[0], met=False)
    meeting = given.plan_meeting()
    assert [item.case for item in meeting.items.all()] == [case]
    assert not given.plan_meeting().items.exists()


def test_a_change_of_grant_settles_a_no():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = on_condition(pool, ConditionKind.RATE)
    answer(decisions.open_conditions(case)[0], met=False)
    given.decide(
        case, DecisionKind.CHANGE_OF_GRANT, reason="Uden takstdelen.", grants=[Grant(pool, 2021, -40_000)]
    )
    assert not given.plan_meeting().items.exists()
    start(case)
    given.allocate(pool, 2021, {case: 60_000})
    assert given.money(case) == {("P", 2021): (0, 60_000, 0)}


@pytest.mark.parametrize("kind", [DecisionKind.STOP, DecisionKind.REVERSE])
def test_a_condition_falls_with_its_decision(kind):
    pool = given.a_pool(adopted={2021: 500_000})
    case = on_condition(pool, ConditionKind.RATE)
    [condition] = decisions.open_conditions(case)
    given.decide(case, kind, reason="Nej.")
    with pytest.raises(TooLate, match="gælder ikke længere"):
        answer(condition)


def test_completion_releases_returns_and_lets_fall_away_in_one_act():
    pool = given.a_pool(adopted={2021: 500_000, 2022: 500_000}, number="P")
    case = given.reported_case(
        pool, grants=[Grant(pool, 2021, 200_000), Grant(pool, 2022, 100_000), Grant(pool, 2025, 50_000)]
    )
    given.allocate(pool, 2021, {case: 150_000})
    given.spend(pool, case, 2021, 14_000_000)
    request = ChangeRequest.objects.create(case=case, why="Mere", asked_by=case.owner)
    page = client_of(given.finance()).get(f"/pool/cases/{case.reference}/confirm-completion/")
    assert (
        "Sagen afsluttes. 50.000 kr. frigives i 2021. 100.000 kr. frigives i 2022. 10.000 kr., der er "
        "udmøntet og ikke forbrugt, går tilbage i 2021. 50.000 kr. uden dækning falder bort."
    ) in words(page)
    operation = uuid4()
    decisions.confirm_completion(case, by=given.finance(), operation=operation, note="Set.")
    case.refresh_from_db()
    request.refresh_from_db()
    assert (case.state, request.state) == (State.COMPLETED, ChangeRequest.State.WITHDRAWN)
    assert given.money(case) == {("P", 2021): (0, 140_000, 0)}
    assert given.available(pool) == {2021: 360_000, 2022: 500_000}
    moved = Operation.objects.get(pk=operation).movements.all()
    assert [(row.kind, row.year, row.amount) for row in moved] == [
        ("release", 2021, 50_000),
        ("return", 2021, 10_000),
        ("release", 2022, 100_000),
    ]
    fallen = UnfundedEntry.objects.get(operation=operation)
    assert (fallen.kind, fallen.year, fallen.amount, fallen.decision) == ("fallen_away", 2025, -50_000, None)


def test_completion_waits_for_the_final_report_and_is_finances():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.started_case(pool, grants=[Grant(pool, 2021, 1)])
    with pytest.raises(Refusal, match="ikke meldt færdigt"):
        decisions.confirm_completion(case, by=given.finance(), operation=uuid4())
    reported = given.reported_case(pool, grants=[Grant(pool, 2021, 1)])
    for person in (reported.owner, given.board(), given.secretariat()):
        with pytest.raises(NotAllowed):
            decisions.confirm_completion(reported, by=person, operation=uuid4())


def test_who_wrote_the_case_does_not_confirm_it():
    pool = given.a_pool(adopted={2021: 500_000})
    owner = factories.person("staff", "finance")
    given.finance()
    case = given.reported_case(pool, grants=[Grant(pool, 2021, 1)], owner=owner)
    with pytest.raises(NotAllowed, match=str(owner)):
        decisions.confirm_completion(case, by=owner, operation=uuid4())


def test_a_whole_story_from_idea_to_completion_adds_up():
    pool = given.a_pool(adopted={2021: 500_000, 2022: 500_000}, overslag={2023: 300_000}, number="P")
    case = given.ready_case(pool, asked={2021: 400_000, 2022: 300_000, 2023: 200_000, 2024: 100_000})
    assert decisions.suggested_grants(case) == [
        Grant(pool, 2021, 400_000),
        Grant(pool, 2022, 300_000),
        Grant(pool, 2023, 200_000),
        Grant(pool, 2024, unfunded=100_000),
    ]
    given.approve(case, decisions.suggested_grants(case))
    given.outcome(case)
    start(case)
    given.allocate(pool, 2021, {case: 400_000})
    given.spend(pool, case, 2021, 38_000_000)
    given.decide(
        case,
        DecisionKind.CHANGE_OF_GRANT,
        reason="Leverancen rykker.",
        grants=[Grant(pool, 2022, -100_000), Grant(pool, 2023, 100_000)],
    )
    given.allocate(pool, 2022, {case: 200_000})
    given.spend(pool, case, 2022, 20_500_000)
    given.budget(pool, 2024, 90_000, adopted=False)
    given.decide(case, DecisionKind.COVER, grants=[Grant(pool, 2024, 90_000)])
    assert given.money(case) == {
        ("P", 2021): (0, 400_000, 0),
        ("P", 2022): (0, 200_000, 0),
        ("P", 2023): (300_000, 0, 0),
        ("P", 2024): (90_000, 0, 10_000),
    }
    case.reports.create(kind="final", text="Færdig.", by=case.owner)
    decisions.confirm_completion(case, by=given.finance(), operation=uuid4())
    # 380.000 kr. of 2021 are spent; in 2022 5.000 kr. more than was allocated, which stays the department's.
    assert given.money(case) == {("P", 2021): (0, 380_000, 0), ("P", 2022): (0, 200_000, 0)}
    assert given.available(pool) == {2021: 120_000, 2022: 300_000, 2023: 300_000, 2024: 90_000}
    assert decisions.funding_of(case).granted == {2021: 400_000, 2022: 200_000, 2023: 300_000, 2024: 100_000}
    labels = [decision.kind for decision in case.decisions.order_by("number")]
    assert labels == ["approve", "change_of_grant", "cover"]
    assert [row.action for row in case.events.order_by("id")][-4:] == [
        "no-hearing",
        "approve",
        "start",
        "confirm-completion",
    ]
    assert meetings.record_of(case.decisions.first().meeting)["items"][0]["decision"]["label"]


def test_a_start_that_comes_too_late_is_answered_as_a_refusal():
    case = given.started_case(given.a_pool(adopted={2021: 500_000}))
    response = client_of(case.owner).post(f"/pool/cases/{case.reference}/start/", {"operation": f"{uuid4()}"})
    assert response.status_code == 422
    assert "Det kan ikke lade sig gøre nu" in words(response)
