"""The pool as it was: sums done by hand, and hostile moments answered at the field."""

import datetime
from copy import deepcopy

import pytest
from django.utils import timezone

from businesscases.models import BusinessCase
from innovation_pool.permissions import Role
from pool.decisions import Grant
from tests.pool import given
from tests.pool.pages import as_role, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(made):
    return deepcopy(made)


@pytest.fixture(scope="module")
def made(shared):
    """1: 1.000 booked; 2: 400 reserved; 3: 300 allocated."""
    pool = given.a_pool({2021: 1_000_000}, name="Innovationspuljen")
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 400_000)])
    given.allocate(pool, 2021, {case: 300_000})
    pool.refresh_from_db()
    return pool


def shown(pool, query, role=Role.BOARD):
    return as_role(role).get(f"/pool/{pool.pk}/?{query}")


@pytest.mark.parametrize(
    ("number", "figures"),
    [
        (1, ["Til rådighed 1.000 1.000"]),
        (2, ["Reserveret −400 −400", "Til rådighed 600 600"]),
        (3, ["Udmøntet −300 −300", "Reserveret −100 −100", "Til rådighed 600 600"]),
    ],
)
def test_after_a_movement_only_it_and_those_before_count(pool, number, figures):
    assert pool.last_number == 3
    page = words(shown(pool, f"as_of_movement={number}"))
    assert f"Som den var efter bevægelse {number} den " in page
    for text in figures:
        assert text in page


def test_a_day_counts_to_its_end_and_the_day_before_has_nothing(pool):
    today = timezone.localdate()
    assert "Til rådighed 600 600" in words(shown(pool, f"as_of={today:%d-%m-%Y}"))
    before = today - datetime.timedelta(days=1)
    assert "Der var ikke bevæget penge endnu." in words(shown(pool, f"as_of={before:%d-%m-%Y}"))


@pytest.mark.parametrize(
    "query",
    ["as_of=", "as_of=i+g%C3%A5r", "as_of=31-02-2026", "as_of=01-01-2199", "as_of=%00", "as_of_movement=0",
     "as_of_movement=99999999999999999999", "as_of_movement=4", "as_of_movement=%F0%9F%98%80",
     "as_of=01-01-2024&as_of_movement=1"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field(pool, query):
    answer = shown(pool, query)
    assert answer.status_code == 422
    assert 'class="invalid-feedback"' in answer.content.decode()


def test_the_cases_stand_as_they_stood_and_each_figure_opens_what_had_moved_by_then(pool):
    granted = shown(pool, "as_of_movement=2&show=reserved-2021")
    page = words(granted)
    assert "Godkendt og i gang" in page
    assert "Reserveret i 2021: 1 bevægelse" in page
    assert "Bevilget i alt 400 reserveret 400" in page
    assert 'class="pool-chart"' in granted.content.decode()
    reference = BusinessCase.objects.get().reference
    page = words(shown(pool, f"as_of_movement=3&show=reserved-2021&case={reference}"))
    assert "Reserveret i 2021: 2 bevægelser" in page
    assert "I alt 100.000" in page
    assert "300 udmøntet 100 reserveret 400" in page
    # Before anything was granted there is no case to show.
    assert reference not in words(shown(pool, "as_of_movement=1"))


def test_what_was_posted_by_then_is_the_spending(pool):
    case = BusinessCase.objects.get()
    given.spend(pool, case, 2021, 120_000_00)
    spent = "Forbrugt ifølge økonomisystemet 120 120"
    assert spent in words(shown(pool, "as_of_movement=3"))
    assert spent not in words(shown(pool, "as_of=31-05-2021"))


def test_staff_do_not_look_back(pool):
    assert shown(pool, "as_of_movement=1", Role.STAFF).status_code == 403
    assert "Puljen, som den var" not in words(as_role(Role.STAFF).get(f"/pool/{pool.pk}/"))
    assert "Puljen, som den var" in words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/"))


def test_statements_do_not_grow_with_the_movements(pool):
    board, address = as_role(Role.BOARD), f"/pool/{pool.pk}/?as_of={timezone.localdate():%d-%m-%Y}"
    few = statements_of(board, address)
    for _number in range(5):
        given.approved_case(pool, asked={2021: 10_000}, grants=[Grant(pool, 2021, 10_000)])
    assert statements_of(board, address) == few
