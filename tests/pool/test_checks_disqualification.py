"""A decision is held against what was answered about disqualification when it was made, not what is now."""

import pytest
from django.db import transaction

from businesscases import disqualification
from pool import checks
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return books.make_case()


@pytest.fixture
def question(case):
    """The member in whose name `books` decides asks about themselves."""
    return disqualification.report(case, by=books.board(), reason="Min bror sælger systemet.")


def answer(question, *, out: bool) -> None:
    disqualification.decide(question, by=books.person("board"), out=out, reason="Sådan er det.")


def decide(case) -> None:
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    books.approve(pool, case, {2020: 700})


def findings() -> list[str]:
    return [breach.check for breach in checks.find_breaches()]


def test_an_answer_that_comes_later_makes_no_lawful_decision_wrong(case, question):
    answer(question, out=False)
    decide(case)
    answer(question, out=True)
    assert findings() == []


@pytest.fixture
def undone():
    """What is wrong on purpose is gone before the books are looked at."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("answered", [None, True])
def test_a_decision_while_the_member_was_out_is_found_whatever_is_answered_later(
    case, question, answered, undone
):
    if answered:
        answer(question, out=True)
    decide(case)
    assert findings() == ["decided by those who could"]
    answer(question, out=False)
    assert findings() == ["decided by those who could"]


def test_out_again_after_having_taken_part_is_out(case, question, undone):
    answer(question, out=False)
    answer(question, out=True)
    decide(case)
    assert findings() == ["decided by those who could"]
