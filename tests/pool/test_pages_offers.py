"""What pages offer only when there is something to it: covering a grant, and the rounds of a pool."""

import pytest

from innovation_pool.permissions import Role
from pool.decisions import Grant
from tests.pool import given
from tests.pool.pages import as_role, client_of, words

pytestmark = pytest.mark.django_db


def kinds_offered(case) -> bool:
    meeting = given.open_meeting(case)
    page = client_of(given.board()).get(f"/meetings/{meeting.pk}/").content.decode()
    assert 'value="stop"' in page
    return 'value="cover"' in page


def test_cover_is_offered_while_something_stands_without_it():
    pool = given.a_pool({2021: 1_000_000})
    grants = [Grant(pool, 2021, 100_000), Grant(pool, 2022, 0, 50_000)]
    case = given.approved_case(pool, asked={2021: 100_000, 2022: 50_000}, grants=grants)
    assert kinds_offered(case)


def test_cover_is_not_offered_where_everything_is_covered():
    pool = given.a_pool({2021: 1_000_000})
    case = given.approved_case(pool, asked={2021: 100_000}, grants=[Grant(pool, 2021, 100_000)])
    assert not kinds_offered(case)


def test_a_pool_says_which_rounds_it_is_open_to():
    pool = given.a_pool({2021: 1_000_000})
    for role in (Role.FINANCE, Role.SECRETARIAT):
        assert "ikke åben for nogen ansøgningsrunde" in words(as_role(role).get(f"/pool/{pool.pk}/"))
    given.a_round(pool, name="Forårsrunden")
    for role in (Role.FINANCE, Role.SECRETARIAT):
        page = words(as_role(role).get(f"/pool/{pool.pk}/"))
        assert "Ansøgningsrunder, puljen er åben for Forårsrunden" in page
