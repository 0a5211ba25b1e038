"""Allocating a year: several cases in one act, all or nothing, by who may, on figures that still hold."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal
from pool import decisions, ledger
from pool.decisions import Condition, Grant
from pool.models import Decision, DecisionCounter, DecisionKind, Movement
from pool.models.decisions import ConditionKind
from tests import factories
from tests.pool import given

pytestmark = pytest.mark.django_db


def approved(pool, amount=100_000, year=2021, **fields):
    return given.approved_case(pool, grants=[Grant(pool, year, amount)], **fields)


def test_several_cases_in_one_numbered_decision_that_names_what_it_draws_on():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    first, second = approved(pool), approved(pool, 200_000)
    decision = given.allocate(pool, 2021, {second: 150_000, first: 100_000}, text="Udmøntning af 2021.")
    assert (decision.number, decision.kind, decision.meeting) == (3, DecisionKind.ALLOCATION, None)
    assert given.money(first) == {("P", 2021): (0, 100_000, 0)}
    assert given.money(second) == {("P", 2021): (50_000, 150_000, 0)}
    assert given.available(pool) == {2021: 200_000}
    labels = [case.decisions.get().label for case in (first, second)]
    assert decision.text.splitlines() == [
        "Udmøntning af 2021.",
        f"{first.reference}: 100.000\xa0kr. (beslutning nr. {labels[0]})",
        f"{second.reference}: 150.000\xa0kr. (beslutning nr. {labels[1]})",
    ]
    assert [(row.case, row.amount) for row in decision.grants.order_by("case")] == [
        (first, 100_000),
        (second, 150_000),
    ]
    assert [(row.person, row.took_part) for row in decision.members.all()] == [(given.board(), True)]
    assert Entry.objects.get(act="allocate").after["amounts"] == {
        first.reference: 100_000,
        second.reference: 150_000,
    }


def test_one_krone_more_than_one_case_has_reserved_stops_all_of_it():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    first, second = approved(pool), approved(pool)
    before = Movement.objects.count()
    with pytest.raises(Refusal, match=second.reference):
        given.allocate(pool, 2021, {first: 100_000, second: 100_001})
    assert (Movement.objects.count(), DecisionCounter.objects.get().last) == (before, 2)
    assert given.money(first) == {("P", 2021): (100_000, 0, 0)}


def test_an_overslag_is_not_allocated():
    pool = given.a_pool(overslag={2021: 500_000})
    with pytest.raises(Refusal, match="2021"):
        given.allocate(pool, 2021, {approved(pool): 1})


@pytest.mark.parametrize("role", ["staff", "finance", "secretariat", "auditor", "administrator"])
def test_only_the_board_allocates(role):
    pool = given.a_pool(adopted={2021: 500_000})
    case = approved(pool)
    with pytest.raises(PermissionDenied):
        given.allocate(pool, 2021, {case: 1}, by=factories.person(role))


def test_a_case_the_person_is_kept_out_of_is_refused_by_name_and_the_rest_with_it():
    pool = given.a_pool(adopted={2021: 500_000})
    both = factories.person(Role.STAFF, Role.BOARD, name="Bo Begge")
    given.board()
    mine, theirs = approved(pool, owner=both), approved(pool)
    with pytest.raises(NotAllowed, match=rf"{mine.reference}.*Bo Begge") as refused:
        given.allocate(pool, 2021, {mine: 1, theirs: 1}, by=both)
    assert theirs.reference not in str(refused.value)
    given.allocate(pool, 2021, {theirs: 1}, by=both)


def test_nothing_before_every_condition_is_answered_yes():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = given.ready_case(pool)
    conditions = [Condition(ConditionKind.RATE), Condition(ConditionKind.SERVICE_LEVEL)]
    given.approve(case, [Grant(pool, 2021, 100_000)], political=conditions)
    with pytest.raises(Refusal, match=case.reference):
        given.allocate(pool, 2021, {case: 1})
    given.outcome(case)
    given.allocate(pool, 2021, {case: 1})
    assert given.money(case) == {("P", 2021): (99_999, 1, 0)}


def test_after_stop_nothing_is_allocated():
    pool = given.a_pool(adopted={2021: 500_000})
    case = approved(pool)
    given.decide(case, DecisionKind.STOP, reason="Nej.")
    with pytest.raises(Refusal, match="Stoppet"):
        given.allocate(pool, 2021, {case: 1})


def test_a_shortfall_stops_allocation_until_the_board_frees_money():
    pool = given.a_pool(adopted={2021: 300_000})
    case = approved(pool, 300_000)
    given.cut(pool, 2021, 100_000)
    with pytest.raises(Refusal, match=r"100\.000"):
        given.allocate(pool, 2021, {case: 1})
    given.decide(case, DecisionKind.CHANGE_OF_GRANT, reason="Nedsat.", grants=[Grant(pool, 2021, -100_000)])
    given.allocate(pool, 2021, {case: 200_000})
    assert given.available(pool) == {2021: 0}


def test_figures_that_moved_since_the_confirmation_are_shown_again():
    pool = given.a_pool(adopted={2021: 500_000})
    case, other = approved(pool), approved(pool)
    seen = ledger.pool_state(pool, 2021, [case.pk])
    given.allocate(pool, 2021, {other: 1})
    given.allocate(pool, 2021, {case: 10_000}, seen=seen)
    with pytest.raises(ledger.Moved):
        given.allocate(pool, 2021, {case: 10_000}, seen=seen)
    fresh = ledger.pool_state(pool, 2021, [case.pk])
    given.allocate(pool, 2021, {case: 10_000}, seen=fresh)


def test_an_empty_allocation_is_none():
    pool = given.a_pool(adopted={2021: 500_000})
    case = approved(pool)
    for amounts in ({}, {case: 0}):
        with pytest.raises(Refusal, match="mindst én sag"):
            given.allocate(pool, 2021, amounts)


def test_a_case_in_two_pools_is_allocated_from_the_one_at_hand():
    first = given.a_pool(adopted={2021: 100_000}, number="A")
    second = given.a_pool(adopted={2021: 100_000}, number="B")
    case = given.approved_case(
        first, second, grants=[Grant(first, 2021, 60_000), Grant(second, 2021, 70_000)]
    )
    given.allocate(second, 2021, {case: 70_000})
    assert given.money(case) == {("A", 2021): (60_000, 0, 0), ("B", 2021): (0, 70_000, 0)}


def test_decisions_of_every_kind_share_one_counter():
    pool = given.a_pool(adopted={2021: 500_000})
    case = approved(pool)
    given.allocate(pool, 2021, {case: 1})
    given.decide(case, DecisionKind.STOP, reason="Nej.")
    numbers = list(Decision.objects.order_by("id").values_list("number", "kind"))
    assert numbers == [(1, "approve"), (2, "allocation"), (3, "stop")]
    assert decisions.decisions_in_force([case]) == {case.pk: []}


def test_an_operation_id_allocates_once():
    pool = given.a_pool(adopted={2021: 500_000})
    case = approved(pool)
    operation = uuid4()
    by = given.board()
    decisions.allocate(pool, 2021, {case: 1}, by=by, operation=operation)
    with pytest.raises(Refusal):
        decisions.allocate(pool, 2021, {case: 1}, by=by, operation=operation)
    assert Decision.objects.count() == 2
