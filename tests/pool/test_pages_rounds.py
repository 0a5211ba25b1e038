"""The application rounds: read by everybody in the house, kept by the administrator on one page."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from businesscases import submission
from businesscases.models import Round, State
from innovation_pool import clock
from innovation_pool.permissions import Role
from pool.models import RoundPool
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring():
    pool = given.a_pool({2021: 1_000}, name="Innovationspuljen")
    today = clock.today()
    return given.a_round(
        pool, name="Forårsrunden", opens_on=today, deadline=today + datetime.timedelta(days=30)
    )


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_rounds_and_the_administrator_alone_changes_them(spring, role):
    page = as_role(role).get("/rounds/")
    assert "Forårsrunden Åben" in words(page)
    assert "Innovationspuljen" in words(page)
    assert str(spring.criteria.first()) in words(page)
    change = reverse("admin:businesscases_round_change", args=[spring.pk])
    assert (change in page.content.decode()) == (role == Role.ADMINISTRATOR)


def test_what_was_submitted_and_what_came_late_is_counted_of_what_one_may_read(spring):
    factories.case(round=spring)
    factories.case(State.READY, round=spring)
    late = factories.case(round=spring)
    after = clock.now() + datetime.timedelta(days=40)
    submission.submit(late, by=late.owner, reason="Syg.", operation=uuid4(), at=after)
    counted = {
        person: as_role(person).get("/rounds/").context["rounds"][0] for person in (Role.BOARD, Role.STAFF)
    }
    assert {who: (row.submitted, row.late) for who, row in counted.items()} == {
        Role.BOARD: (2, 1),
        Role.STAFF: (0, 0),
    }
    own = client_of(late.owner).get("/rounds/").context["rounds"][0]
    assert (own.submitted, own.late) == (1, 1)
    assert f'href="/businesscases/?round={spring.pk}"' in as_role(Role.BOARD).get("/rounds/").content.decode()


def test_the_words_follow_the_day():
    today = clock.today()
    for days, said in ((-60, "Fristen er gået"), (60, "Ikke åben endnu")):
        opens = today + datetime.timedelta(days=days)
        made = given.a_round(name=said, opens_on=opens, deadline=opens + datetime.timedelta(days=9))
        assert f"{said} {said}" in words(as_role(Role.STAFF).get("/rounds/"))
        Round.objects.filter(pk=made.pk).update(active=False)
        assert f"{said} Ikke i brug" in words(as_role(Role.STAFF).get("/rounds/"))


def test_statements_do_not_grow_with_the_rounds(spring):
    board = as_role(Role.BOARD)
    few = statements_of(board, "/rounds/")
    for _number in range(3):
        given.a_round(given.a_pool())
    assert statements_of(board, "/rounds/") == few


def test_the_administrator_opens_a_pool_to_a_round_on_the_rounds_own_page(spring):
    other, client = given.a_pool(name="Klimapuljen"), as_role(Role.ADMINISTRATOR)
    bare = Round.objects.create(name="Bar", opens_on=spring.opens_on, deadline=spring.deadline)
    form = {
        "name": "Bar", "opens_on": f"{bare.opens_on:%d.%m.%Y}", "deadline": f"{bare.deadline:%d.%m.%Y}",
        "active": "on", "criteria-TOTAL_FORMS": "0", "criteria-INITIAL_FORMS": "0",
        "pool_links-TOTAL_FORMS": "1", "pool_links-INITIAL_FORMS": "0", "pool_links-0-pool": other.pk,
    }  # fmt: skip
    address = reverse("admin:businesscases_round_change", args=[bare.pk])
    assert client.post(address, form).status_code == 302
    assert [link.pool for link in RoundPool.objects.filter(round=bare)] == [other]


def test_overview_and_case_lead_to_the_rounds(spring):
    case = factories.case(round=spring)
    client = client_of(case.owner)
    anchor = f'href="/rounds/#r-{spring.pk}"'
    assert anchor in client.get("/").content.decode()
    assert anchor in client.get(f"/businesscases/{case.reference}/").content.decode()
    assert 'href="/rounds/"' in client.get("/businesscases/").content.decode()
