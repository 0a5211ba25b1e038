"""Which political outcomes still stand in the way of a case's money."""

import datetime

import pytest

from innovation_pool.refusals import Refusal
from pool import conditions
from pool.models import ConditionOutcome, DecisionCondition
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    return pool


@pytest.fixture
def case():
    return books.make_case()


def on_condition(pool, case, *kinds) -> list[DecisionCondition]:
    decision = books.approve(pool, case, {2020: 100}, on_condition=True)
    return [DecisionCondition.objects.create(decision=decision, kind=kind) for kind in kinds]


def answer(condition, met: bool) -> ConditionOutcome:
    return ConditionOutcome.objects.create(
        condition=condition,
        met=met,
        committee="Byrådet",
        on=datetime.date(2020, 5, 1),
        item="4",
        by=books.finance(),
    )


def test_nothing_is_allocated_before_every_condition_is_answered_yes(pool, case):
    rate, service = on_condition(pool, case, "rate", "service_level")
    answer(rate, True)
    with pytest.raises(Refusal, match=f"{case.reference} afventer politisk behandling"):
        books.allocate(pool, 2020, {case: 100})
    answer(service, True)
    books.allocate(pool, 2020, {case: 100})


def test_one_case_that_waits_stops_the_whole_allocation(pool, case):
    on_condition(pool, case, "rate")
    other = books.make_case()
    books.approve(pool, other, {2020: 50})
    with pytest.raises(Refusal):
        books.allocate(pool, 2020, {other: 50, case: 100})
    assert books.standing(pool)[f"reserved 2020 {other.reference}"] == 50


def test_a_no_stands_until_the_grant_is_changed_after_it(pool, case):
    [rate] = on_condition(pool, case, "rate")
    books.change(pool, case, {2020: -10})
    answer(rate, False)
    assert conditions.standing([case.pk]) == {case.pk: [rate]}
    with pytest.raises(Refusal):
        books.allocate(pool, 2020, {case: 1})
    books.change(pool, case, {2020: -40})
    assert conditions.standing([case.pk]) == {}
    books.allocate(pool, 2020, {case: 50})


def test_conditions_of_an_approval_that_was_stopped_no_longer_count(pool, case):
    on_condition(pool, case, "rate")
    books.stop(case)
    books.approve(pool, case, {2020: 70})
    assert conditions.standing([case.pk]) == {}
    books.allocate(pool, 2020, {case: 70})


def test_other_cases_have_nothing_to_do_with_it(pool, case):
    on_condition(pool, case, "rate")
    assert conditions.standing([books.make_case().pk]) == {}
