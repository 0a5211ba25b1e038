"""Two secretaries at one agenda at the same moment: each item has a place of its own, a case stands once.

`tests/pool/concurrency.py` says how they are let go at once.
"""

from functools import partial
from uuid import uuid4

import pytest

from innovation_pool.permissions import Role
from pool import meetings
from tests import factories
from tests.pool import given
from tests.pool.concurrency import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def adding(meeting, **what):
    return partial(
        meetings.add_item, meeting, by=factories.person(Role.SECRETARIAT), operation=uuid4(), **what
    )


def agenda(meeting) -> list[tuple[int, str]]:
    """(place, title) of the standing items, in their order."""
    return list(meeting.items.filter(removed_at=None).order_by("order", "pk").values_list("order", "title"))


def test_eight_items_added_at_once_have_eight_places():
    meeting = given.plan_meeting()
    titles = [f"Emne {number}" for number in range(8)]
    results = at_once(*(adding(meeting, title=title) for title in titles))
    assert outcomes(results) == {"done": 8}
    places = agenda(meeting)
    assert [place for place, _title in places] == list(range(1, 9))
    assert sorted(title for _place, title in places) == titles


def test_a_case_added_twice_at_once_stands_once_and_the_other_is_told():
    pool = given.a_pool(adopted={2021: 1_000})
    case = given.ready_case(pool)
    meeting = given.plan_meeting()
    results = at_once(adding(meeting, case=case), adding(meeting, case=case))
    assert outcomes(results) == {"done": 1, "refused": 1}
    assert agenda(meeting) == [(1, case.title)]


def test_one_moves_an_item_while_another_adds_and_a_third_takes_one_off():
    meeting = given.plan_meeting()
    items = [adding(meeting, title=title)() for title in ("A", "B", "C", "D")]
    acts = [
        partial(meetings.move_item, items[3], to=1, by=factories.person(Role.SECRETARIAT), operation=uuid4()),
        partial(meetings.remove_item, items[1], by=factories.person(Role.SECRETARIAT), operation=uuid4()),
        adding(meeting, title="E"),
    ]
    assert outcomes(at_once(*acts)) == {"done": 3}
    places = agenda(meeting)
    assert places == [(1, "D"), (2, "A"), (3, "C"), (4, "E")]
