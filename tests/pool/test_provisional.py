"""Provisional decisions: put down, changed, taken back, counted in what will be left, carried out or not."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from zeal import zeal_context

from businesscases.models import State
from innovation_pool.audit.models import Entry
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from innovation_pool.refusals import Refusal, TooLate
from pool import decisions, meetings
from pool.decisions import CannotCarryOut, Grant
from pool.models import Decision, DecisionCounter, DecisionKind, Movement, ProvisionalDecision
from tests import factories
from tests.pool import given

pytestmark = pytest.mark.django_db
APPROVE, REJECT, STOP = DecisionKind.APPROVE, DecisionKind.REJECT, DecisionKind.STOP


def put_down(item, kind=APPROVE, *, by=None, **fields):
    return decisions.put_down(item, kind=kind, by=by or given.secretariat(), operation=uuid4(), **fields)


def carry_out(meeting, items=None, *, by=None):
    return decisions.carry_out(meeting, items, by=by or given.board(), operation=uuid4())


def test_a_provisional_decision_moves_nothing():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    before = Movement.objects.count()
    put_down(item, grants=[Grant(pool, 2021, 400_000)])
    case.refresh_from_db()
    assert (case.state, Movement.objects.count(), Decision.objects.count()) == (State.READY, before, 0)
    assert given.available(pool) == {2021: 500_000}
    assert decisions.after_provisional(pool).available == {2021: 100_000}


def test_it_can_be_changed_and_taken_back_and_put_down_again_and_all_of_it_is_in_the_audit_trail():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    put_down(item, grants=[Grant(pool, 2021, 400_000)])
    changed = put_down(item, grants=[Grant(pool, 2021, 300_000)], conditions="Status hvert kvartal.")
    assert [row.amount for row in changed.grants.all()] == [300_000]
    decisions.take_back(changed, by=given.board(), operation=uuid4())
    assert decisions.after_provisional(pool).available == {2021: 500_000}
    with pytest.raises(TooLate):
        decisions.take_back(changed, by=given.board(), operation=uuid4())
    put_down(item, REJECT, reason="For dyr.")
    assert ProvisionalDecision.objects.get().stands
    trail = [
        (entry.act, entry.before and entry.before["kind"], entry.after and entry.after["kind"])
        for entry in Entry.objects.filter(subject_type="pool.agendaitem")
        .exclude(act="add-item")
        .order_by("id")
    ]
    assert trail == [
        ("put-down", None, "approve"),
        ("change-provisional", "approve", "approve"),
        ("take-back", "approve", None),
        ("put-down", None, "reject"),
    ]
    change = Entry.objects.get(act="change-provisional")
    assert [change.before["grants"][0]["amount"], change.after["grants"][0]["amount"]] == [400_000, 300_000]


@pytest.mark.parametrize("role", ["staff", "finance", "auditor", "administrator"])
def test_only_the_secretariat_and_the_board_put_down_and_only_the_board_carries_out(role):
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    item = given.item_of(given.open_meeting(case), case)
    stranger = factories.person(role)
    with pytest.raises(PermissionDenied):
        put_down(item, REJECT, reason="Nej.", by=stranger)
    put_down(item, REJECT, reason="Nej.")
    for person in (stranger, given.secretariat()):
        with pytest.raises(PermissionDenied):
            carry_out(item.meeting, by=person)
    carry_out(item.meeting)
    case.refresh_from_db()
    assert case.state == State.REJECTED


def test_nothing_is_put_down_in_a_meeting_that_is_not_open():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    planned = given.plan_meeting()
    item = meetings.add_item(planned, by=given.secretariat(), operation=uuid4(), case=case)
    with pytest.raises(TooLate, match="mens mødet er åbent"):
        put_down(item, REJECT, reason="Nej.")


def test_all_open_meetings_count_and_what_no_longer_fits_is_named_with_how_much():
    pool = given.a_pool(adopted={2021: 500_000, 2022: 100_000})
    cases = [given.ready_case(pool) for _ in range(3)]
    one, other = given.open_meeting(*cases[:2]), given.open_meeting(cases[2])
    put_down(given.item_of(one, cases[0]), grants=[Grant(pool, 2021, 300_000)])
    fits_no_more = put_down(given.item_of(one, cases[1]), grants=[Grant(pool, 2021, 250_000)])
    last = put_down(
        given.item_of(other, cases[2]), grants=[Grant(pool, 2021, 10_000), Grant(pool, 2022, 100_000)]
    )
    after = decisions.after_provisional(pool)
    assert (after.available, after.decisions) == ({2021: -60_000, 2022: 0}, 3)
    assert [(row.provisional, row.year, row.missing) for row in after.misfits] == [
        (fits_no_more, 2021, 50_000),
        (last, 2021, 10_000),
    ]


def test_a_provisional_stop_gives_back_what_it_will():
    pool = given.a_pool(adopted={2021: 500_000, 2022: 500_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000), Grant(pool, 2022, 200_000)])
    given.allocate(pool, 2021, {case: 100_000})
    put_down(given.item_of(given.open_meeting(case), case), STOP, reason="Nej.")
    assert given.available(pool) == {2021: 200_000, 2022: 300_000}
    assert decisions.after_provisional(pool).available == {2021: 500_000, 2022: 500_000}


def test_a_provisional_change_counts_both_ways():
    pool = given.a_pool(adopted={2021: 500_000, 2022: 500_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    item = given.item_of(given.open_meeting(case), case)
    put_down(
        item,
        DecisionKind.CHANGE_OF_GRANT,
        reason="Senere.",
        grants=[Grant(pool, 2021, -300_000), Grant(pool, 2022, 300_000)],
    )
    assert decisions.after_provisional(pool).available == {2021: 500_000, 2022: 200_000}


def test_carrying_out_follows_the_agenda_and_numbers_without_a_gap():
    pool = given.a_pool(adopted={2021: 900_000})
    cases = [given.ready_case(pool) for _ in range(3)]
    meeting = given.open_meeting(*cases)
    meetings.move_item(given.item_of(meeting, cases[2]), to=1, by=given.secretariat(), operation=uuid4())
    for case in cases:
        put_down(given.item_of(meeting, case), grants=[Grant(pool, 2021, 100_000)])
    made = carry_out(meeting)
    assert [decision.case for decision in made] == [cases[2], cases[0], cases[1]]
    assert [decision.number for decision in made] == [1, 2, 3]
    assert DecisionCounter.objects.get().last == 3
    assert len({decision.operation for decision in made}) == 3
    assert Entry.objects.get(act="carry-out").after == {"decisions": [decision.label for decision in made]}


def test_carrying_out_drafts_a_mail_to_the_writers_and_sends_none():
    pool = given.a_pool(adopted={2021: 900_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    put_down(item, grants=[Grant(pool, 2021, 123_456)])
    drafts = OutboxMail.objects.filter(kind="decided")
    assert not drafts.exists()
    [decision] = carry_out(item.meeting)
    mail = drafts.get()
    assert (mail.state, mail.person) == (OutboxMail.State.DRAFT, case.owner)
    assert decision.label in mail.body
    assert mail.subject.startswith("Godkendt: ")
    assert "Sæt projektet i gang" in mail.body
    assert f"/businesscases/{case.reference}/" in mail.body
    assert "123" not in mail.body.replace(case.reference, "")


def test_one_that_cannot_be_stops_them_all_and_every_one_that_cannot_is_named():
    pool = given.a_pool(adopted={2021: 500_000})
    cases = [given.ready_case(pool) for _ in range(4)]
    meeting = given.open_meeting(*cases)
    for case, amount in zip(cases, (300_000, 200_001, 100_000, 150_000), strict=True):
        put_down(given.item_of(meeting, case), grants=[Grant(pool, 2021, amount)])
    before = Movement.objects.count()
    with pytest.raises(CannotCarryOut) as refused:
        carry_out(meeting)
    # 300.000 fits; 200.001 does not; 100.000 does beside the first; 150.000 does not beside both.
    assert [item.case for item, _sentence in refused.value.failing] == [cases[1], cases[3]]
    assert all("kr." in sentence for _item, sentence in refused.value.failing)
    assert (Decision.objects.count(), Movement.objects.count()) == (0, before)
    assert DecisionCounter.objects.get_or_create()[0].last == 0
    assert {case.state for case in type(cases[0]).objects.all()} == {State.READY}
    made = carry_out(meeting, [given.item_of(meeting, cases[0]), given.item_of(meeting, cases[2])])
    assert [decision.number for decision in made] == [1, 2]
    assert given.available(pool) == {2021: 100_000}


def test_carried_out_twice_is_too_late_the_second_time():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    put_down(item, grants=[Grant(pool, 2021, 1)])
    carry_out(item.meeting, [item])
    with pytest.raises(TooLate):
        carry_out(item.meeting, [item])
    with pytest.raises(Refusal, match="ingen foreløbige"):
        carry_out(item.meeting)
    with pytest.raises(TooLate, match="aldrig rettet"):
        put_down(item, REJECT, reason="Nej.")


def test_a_resolution_has_no_case_and_a_case_gets_none():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    meeting = given.open_meeting(case)
    item = meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), title="Eventuelt")
    with pytest.raises(Refusal, match="uden sag"):
        put_down(item, REJECT, reason="Nej.")
    with pytest.raises(Refusal, match="ikke muligt"):
        put_down(given.item_of(meeting, case), DecisionKind.RESOLUTION, text="Taget til efterretning.")
    with pytest.raises(Refusal, match="Skriv beslutningen"):
        put_down(item, DecisionKind.RESOLUTION)
    put_down(item, DecisionKind.RESOLUTION, text="Taget til efterretning.")
    [decision] = carry_out(meeting)
    assert (decision.case, decision.text) == (None, "Taget til efterretning.")


def test_a_case_that_moved_on_since_is_refused_with_where_it_is():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    put_down(item, grants=[Grant(pool, 2021, 1)])
    factories.withdraw(case)
    with pytest.raises(CannotCarryOut, match="Trukket tilbage"):
        carry_out(item.meeting)


def test_suggested_grants_are_what_the_pool_can_bear_after_the_other_provisional_decisions():
    pool = given.a_pool(adopted={2021: 500_000}, overslag={2022: 900_000})
    first, second = given.ready_case(pool), given.ready_case(pool)
    put_down(given.item_of(given.open_meeting(first), first), grants=[Grant(pool, 2021, 300_000)])
    assert decisions.suggested_grants(second) == [
        Grant(pool, 2021, 200_000),
        Grant(pool, 2022, 300_000),
        Grant(pool, 2023, unfunded=200_000),
        Grant(pool, 2024, unfunded=100_000),
        Grant(pool, 2025, unfunded=50_000),
        Grant(pool, 2026, unfunded=50_000),
    ]


def test_reads_cost_the_same_for_one_case_and_for_three(django_assert_num_queries):
    pool = given.a_pool(adopted={2021: 900_000})
    costs = []
    for _ in range(2):
        for case in [given.ready_case(pool), given.ready_case(pool)]:
            put_down(given.item_of(given.open_meeting(case), case), grants=[Grant(pool, 2021, 1)])
        with django_assert_num_queries(4) as queries:
            decisions.after_provisional(pool)
        costs.append(len(queries))
    assert len(set(costs)) == 1


def test_many_are_carried_out_and_allocated_without_a_query_for_each_row():
    """As a page would: the middleware of the test settings raises on such queries."""
    pool = given.a_pool(adopted={2021: 900_000})
    factories.person(Role.BOARD)
    cases = [given.ready_case(pool) for _ in range(3)]
    meeting = given.open_meeting(*cases)
    for case in cases:
        put_down(given.item_of(meeting, case), grants=[Grant(pool, 2021, 1_000)])
    by = given.board()
    with zeal_context():
        assert len(decisions.carry_out(meeting, by=by, operation=uuid4())) == 3
        decisions.allocate(pool, 2021, dict.fromkeys(cases, 1_000), by=by, operation=uuid4())
        assert len(meetings.record_of(meeting)["items"]) == 3


def test_a_text_of_ones_own_names_no_other_amounts_than_are_given():
    pool = given.a_pool({2021: 1_000_000})
    case = given.ready_case(pool)
    meeting = given.open_meeting(case)
    item = given.item_of(meeting, case)
    with pytest.raises(Refusal, match="andre beløb"):
        put_down(item, grants=[Grant(pool, 2021, 300_000)], text="Der gives 400.000 kr. i 2021.")
    put_down(item, grants=[Grant(pool, 2021, 300_000)], text="300.000 kr. af de søgte 400.000 kr. gives.")
    # As rows put down before there was such a rule.
    ProvisionalDecision.objects.update(text="Der gives 400.000 kr. i 2021.")
    with pytest.raises(CannotCarryOut, match="andre beløb"):
        carry_out(meeting)
