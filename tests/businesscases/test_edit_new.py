"""A new case: five things, one draft however often it is sent, and everything typed given back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from businesscases.models import BusinessCase, CaseWriter, Kind
from businesscases.starters import STARTERS
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.editing import address, writer_at

pytestmark = pytest.mark.django_db
NEW = "/businesscases/new/"


@pytest.fixture
def author():
    return factories.person(department=factories.department("Sundhed og Omsorg"))


@pytest.fixture
def typed(author):
    """What a person types who types sense."""
    return {
        "operation": str(uuid4()),
        "title": "Fælles vagtplan",
        "department": author.department_id,
        "round": factories.round_with_criteria().pk,
        "start_year": "2027",
        "price_level": "2026",
    }


def test_the_draft_is_made_and_the_editor_opens(author, typed):
    answer = writer_at(author).post(NEW, typed)
    case = BusinessCase.objects.get()
    assert answer.url == address(case)
    assert (case.title, case.owner, case.department, case.committee) == (
        "Fælles vagtplan",
        author,
        author.department,
        author.department.committee,
    )
    assert (case.round_id, case.start_year, case.price_level) == (typed["round"], 2027, 2026)
    assert [(writer.person, writer.part) for writer in case.writers.all()] == [
        (author, CaseWriter.Part.OWNER)
    ]


def test_a_template_gives_the_lines_and_no_amounts(author, typed):
    client = writer_at(author)
    answer = client.post(NEW, typed | {"starter": "digital"})
    case = BusinessCase.objects.get()
    assert [(line.kind, line.payer, line.text, line.permanent) for line in case.lines.order_by("order")] == [
        ("investment", "pool", "System og opsætning", False),
        ("implementation", "pool", "Oplæring og nye arbejdsgange", False),
        ("derived_operation", "own", "Licenser og support", True),
        ("cashable_gain", "", "Færre timer til manuelt arbejde", True),
        ("freed_time", "", "Kortere sagsbehandling", True),
    ]
    assert {line.year_1 for line in case.lines.all()} == {None}
    # Each asks to be filled in or removed, so none is handed in unread.
    page = client.get(answer.url).content.decode()
    assert "»System og opsætning« har ingen beløb" in page
    assert page.count("« har ingen beløb") >= 5


@pytest.mark.parametrize("starter", STARTERS)
def test_every_template_makes_lines_the_grid_can_hold(author, typed, starter):
    assert writer_at(author).post(NEW, typed | {"starter": starter}).status_code == 302
    lines = BusinessCase.objects.get().lines.order_by("order")
    assert [(line.kind, line.payer) for line in lines] == [
        (kind, payer) for kind, payer, _text in STARTERS[starter].lines
    ]
    costs = {Kind.INVESTMENT, Kind.IMPLEMENTATION, Kind.DERIVED_OPERATION}
    assert all(bool(line.payer) == (line.kind in costs) for line in lines)


def test_a_template_nobody_knows_is_refused_and_what_was_typed_stays(author, typed):
    answer = writer_at(author).post(NEW, typed | {"starter": "‹script›"})
    assert answer.status_code == 422
    assert "Fælles vagtplan" in answer.content.decode()
    assert not BusinessCase.objects.exists()


def test_a_double_click_makes_one_case(author, typed):
    client = writer_at(author)
    assert client.post(NEW, typed).url == client.post(NEW, typed).url
    assert BusinessCase.objects.count() == 1


def test_the_page_offers_the_own_department_and_the_next_round(author):
    today = timezone.localdate()
    factories.round_with_criteria(name="Om lidt", deadline=today + timedelta(days=60))
    factories.round_with_criteria(name="Først", deadline=today + timedelta(days=5))
    factories.round_with_criteria(name="Lukket", opens_on=today - timedelta(9), deadline=today - timedelta(1))
    html = writer_at(author).get(NEW).content.decode()
    assert "selected>Sundhed og Omsorg" in html
    assert "selected>Først" in html
    assert "Lukket" not in html


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "CPR 010190-1234"),
        ("department", ""),
        ("department", "999999"),
        ("round", "x"),
        ("start_year", "27"),
        ("start_year", ""),
        ("price_level", "٢٠٢٧"),
    ],
)
def test_what_is_refused_is_given_back(author, typed, name, value):
    answer = writer_at(author).post(NEW, typed | {name: value})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_{name}">' in html
    assert f'value="{typed["operation"]}"' in html
    if name != "title":
        assert 'value="Fælles vagtplan"' in html
    assert not BusinessCase.objects.exists()


def test_those_who_write_no_cases_make_none():
    for role in set(Role) - {Role.STAFF}:
        client = writer_at(factories.person(role))
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, {"title": "x"}).status_code == 403
    assert not BusinessCase.objects.exists()
