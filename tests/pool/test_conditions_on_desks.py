"""The inbox asks for the outcome of the conditions that count, and of no other, as `pool.conditions` does."""

import pytest
from django.utils import timezone

from businesscases.models import State
from pool import conditions
from pool.decisions import Condition, Grant
from pool.inbox import inbox
from pool.models.decisions import ConditionKind
from tests.pool import given

pytestmark = pytest.mark.django_db

TAKST = [Condition(ConditionKind.RATE)]


def desks(person) -> list[str]:
    return [row.desk for row in inbox(person, timezone.localdate()).rows]


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000})


def test_what_was_approved_before_a_stop_asks_nobody_after_a_new_approval(pool):
    case = given.ready_case(pool, asked={2021: 100_000})
    given.approve(case, [Grant(pool, 2021, 90_000)], political=TAKST)
    assert "outcome" in desks(given.finance())
    given.decide(case, "stop", reason="Pause.")
    given.decide(case, "reverse", reason="Vi fortsætter.")
    given.approve(case, [Grant(pool, 2021, 90_000)])
    assert conditions.standing([case.pk]) == {}
    assert "outcome" not in desks(given.finance())
    assert "start" in desks(case.owner)


def test_a_condition_of_a_change_asks_while_the_case_is_in_progress(pool):
    case = given.started_case(pool, asked={2021: 100_000}, grants=[Grant(pool, 2021, 50_000)])
    given.decide(case, "change_of_grant", reason="Mere.", grants=[Grant(pool, 2021, 10_000)], political=TAKST)
    assert (case.state, "outcome" in desks(given.finance())) == (State.IN_PROGRESS, True)
    given.outcome(case, met=False)
    assert "outcome" not in desks(given.finance())
    assert "agenda" in desks(given.secretariat())
