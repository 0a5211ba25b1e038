"""Cases that exclude each other or need another first, and what the owner reports on a project."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.utils import timezone

from businesscases import projects, relations
from businesscases.models import CaseRelation, State
from businesscases.workflow import perform
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from tests import factories
from tests.businesscases.people import put

pytestmark = pytest.mark.django_db

FUNDED = {State.APPROVED, State.IN_PROGRESS, State.COMPLETED}


@pytest.fixture(scope="module")
def made(shared):
    return factories.case(State.READY), factories.case(State.READY)


@pytest.fixture
def pair(made):
    return deepcopy(made)


def approve(case):
    with transaction.atomic():
        perform(case, "approve", by=factories.someone(Role.BOARD), decision_label="2021-01", with_money=True)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("said_by_the_other", [False, True])
def test_only_one_of_two_that_exclude_each_other_is_funded(pair, state, said_by_the_other):
    case, other = pair
    first, second = (other, case) if said_by_the_other else (case, other)
    CaseRelation.objects.create(case=first, other=second, kind="excludes")
    put(other, state)
    assert bool(relations.in_the_way(case)) == (state in FUNDED)
    if state in FUNDED:
        with pytest.raises(Refusal, match=other.reference):
            approve(case)
        case.refresh_from_db()
        assert case.state == State.READY


@pytest.mark.parametrize("state", State.values)
def test_the_needed_case_comes_first(pair, state):
    case, needed = pair
    CaseRelation.objects.create(case=case, other=needed, kind="needs")
    put(needed, state)
    assert bool(relations.in_the_way(case)) == (state not in FUNDED)
    assert relations.in_the_way(needed) == []


@pytest.mark.parametrize("kind", ["excludes", "needs"])
def test_a_relation_that_was_taken_away_stands_in_nobodys_way(pair, kind):
    case, other = pair
    put(other, State.APPROVED if kind == "excludes" else State.DRAFT)
    relation = CaseRelation.objects.create(case=case, other=other, kind=kind)
    assert relations.in_the_way(case) != []
    relation.removed_at = timezone.now()
    relation.save()
    assert relations.in_the_way(case) == []
    assert relations.to_lock(case) == [case.pk]


def test_nothing_in_the_way_is_approved(pair):
    case, _other = pair
    approve(case)
    assert case.state == State.APPROVED


def test_everything_related_is_locked_in_one_order(pair):
    case, other = pair
    third = factories.case()
    CaseRelation.objects.create(case=third, other=case, kind="excludes")
    CaseRelation.objects.create(case=case, other=other, kind="needs")
    assert relations.to_lock(case) == sorted([case.pk, other.pk, third.pk])
    assert relations.to_lock(third) == sorted([case.pk, third.pk])


def test_a_needed_case_that_is_stopped_later_is_flagged_and_no_more(pair):
    case, needed = pair
    CaseRelation.objects.create(case=case, other=needed, kind="needs")
    put(needed, State.APPROVED)
    approve(case)
    put(needed, State.STOPPED)
    assert relations.stopped_needs(case) == [needed]
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_the_page_says_so_to_who_may_see_the_needed_case(client):
    needed = put(factories.case(State.READY), State.APPROVED)
    case = factories.case()
    CaseRelation.objects.create(case=case, other=needed, kind="needs")
    factories.advance(case, State.READY)
    approve(case)
    client.force_login(factories.someone(Role.BOARD))
    at = f"/businesscases/{case.reference}/"
    assert "Sagen kræver" not in client.get(at).content.decode()
    put(needed, State.STOPPED)
    text = client.get(at).content.decode()
    assert f"{needed.reference}</a>, som er “{needed.get_state_display()}”." in text
    printed = client.get(f"{at}print/").content.decode()
    assert f"Sagen kræver {needed.reference}, som er" in printed
    # A case that is undecided again is not for all staff to know of.
    put(needed, State.READY)
    client.force_login(factories.person())
    assert needed.reference not in client.get(at).content.decode()


def test_the_final_report_is_the_owners_and_leaves_the_case_in_progress():
    case = put(factories.case(State.READY), State.IN_PROGRESS)
    with pytest.raises(NotAllowed):
        projects.report_finished(case, by=factories.person(), text="Færdig")
    with pytest.raises(Refusal):
        projects.report_finished(case, by=case.owner, text=" ")
    assert projects.final_report(case) is None
    assert case.events.filter(action="report-finished").count() == 0
    projects.report_finished(case, by=case.owner, text="Systemet er i drift.")
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    assert projects.final_report(case).text == "Systemet er i drift."


def test_a_status_report_is_of_an_approved_project():
    case = factories.case(State.READY)
    with pytest.raises(TooLate):
        projects.report_status(case, by=case.owner, standing="on_plan", text="Det går godt.")
    put(case, State.IN_PROGRESS)
    projects.report_status(case, by=case.owner, standing="on_plan", text="Det går godt.")
    with pytest.raises(NotAllowed):
        projects.report_status(case, by=factories.person(), standing="on_plan", text="Det går godt.")
    assert case.reports.count() == 1
