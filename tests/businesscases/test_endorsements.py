"""Endorsements: who is asked, who answers, and what carries over to a new version."""

import pytest

from businesscases import endorsements, submission
from businesscases.models import Endorsement, State
from innovation_pool.audit.models import Entry
from innovation_pool.mail.models import OutboxMail
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return factories.person(name="Områdechef")


@pytest.fixture
def gains():
    return factories.person(name="Gevinstejer")


@pytest.fixture
def case(head, gains):
    return factories.case(State.SUBMITTED, department=factories.department(head=head), benefit_owner=gains)


def asked(case) -> dict:
    rows = case.versions.latest("number").endorsements.all()
    return {(row.kind, row.person): row.endorsed for row in rows}


def test_the_area_head_and_each_benefit_owner_are_asked(case, head, gains):
    assert asked(case) == {("area_head", head): None, ("benefit_owner", gains): None}
    about = {row.kind: len(row.figures["lines"]) for row in Endorsement.objects.all()}
    assert about == {"area_head": 8, "benefit_owner": 3}


def test_whoever_submits_stands_by_the_figures_in_doing_so():
    owner = factories.person()
    area = factories.department(head=owner)
    case = factories.case(State.SUBMITTED, owner=owner, department=area, benefit_owner=owner)
    assert asked(case) == {("area_head", owner): True, ("benefit_owner", owner): True}
    assert not OutboxMail.objects.filter(kind="endorse").exists()


def test_an_owner_who_leads_the_area_is_asked_when_a_collaborator_submits():
    owner, helper = factories.person(), factories.person()
    case = factories.case(owner=owner, department=factories.department(head=owner))
    submission.add_collaborator(case, helper, by=owner)
    submission.submit(case, by=helper)
    assert asked(case)[("area_head", owner)] is None


def test_people_who_have_left_are_not_asked(head, gains):
    head.is_active = False
    head.save()
    area = factories.department(head=head)
    case = factories.case(State.SUBMITTED, department=area, benefit_owner=gains)
    assert asked(case) == {("benefit_owner", gains): None}


def test_an_answer_is_given_once_by_the_person_asked(case, head, gains):
    row = Endorsement.objects.get(person=gains)
    with pytest.raises(NotAllowed):
        endorsements.endorse(row, by=head, yes=True)
    endorsements.endorse(row, by=gains, yes=True)
    with pytest.raises(TooLate):
        endorsements.endorse(row, by=gains, yes=False, reason="Fortrudt")
    row.refresh_from_db()
    assert row.endorsed is True
    assert Entry.objects.filter(act="endorse", by=gains, case_reference=case.reference).count() == 1


def test_a_no_takes_a_reason(case, gains):
    row = Endorsement.objects.get(person=gains)
    with pytest.raises(Refusal) as refusal:
        endorsements.endorse(row, by=gains, yes=False, reason=" ")
    assert refusal.value.field == "reason"
    endorsements.endorse(row, by=gains, yes=False, reason="Bilerne er leaset til 2028.")
    assert [part.person for part in endorsements.not_given(row.version)] != []


def test_a_returned_or_superseded_version_is_not_endorsed(case, gains):
    row = Endorsement.objects.get(person=gains)
    factories.send_back(case)
    with pytest.raises(TooLate):
        endorsements.endorse(row, by=gains, yes=True)
    assert endorsements.waiting_for(gains) == []
    factories.submit(case)
    with pytest.raises(TooLate):
        endorsements.endorse(row, by=gains, yes=True)
    assert [part.version.number for part in endorsements.waiting_for(gains)] == [2]


def test_a_new_version_asks_again_only_those_whose_figures_changed(case, head, gains):
    factories.endorse_all(case)
    factories.send_back(case)
    case.lines.filter(text="Projektledelse").update(year_1=160_000)
    OutboxMail.objects.all().delete()
    factories.submit(case)
    assert asked(case) == {("area_head", head): None, ("benefit_owner", gains): True}
    assert [mail.person for mail in OutboxMail.objects.filter(kind="endorse")] == [head]


def test_when_only_words_change_nobody_is_asked_again(case, head, gains):
    factories.endorse_all(case)
    factories.send_back(case)
    case.title = "Nyt navn"
    case.save()
    case.lines.update(basis="Tilbud")
    factories.submit(case)
    assert asked(case) == {("area_head", head): True, ("benefit_owner", gains): True}


@pytest.mark.parametrize("changed", [{"start_year": 2040}, {"price_level": 2019}])
def test_other_years_or_prices_are_other_figures(case, changed):
    factories.endorse_all(case)
    factories.send_back(case)
    type(case).objects.filter(pk=case.pk).update(**changed)
    factories.submit(case)
    assert set(asked(case).values()) == {None}


def test_a_question_still_open_is_not_asked_anew(case, gains):
    first = Endorsement.objects.get(person=gains)
    factories.send_back(case)
    OutboxMail.objects.all().delete()
    factories.submit(case)
    second = Endorsement.objects.get(person=gains, version__number=2)
    assert (second.endorsed, second.asked_at) == (None, first.asked_at)
    assert not OutboxMail.objects.filter(kind="endorse").exists()
    endorsements.endorse(second, by=gains, yes=True)


def test_a_figure_that_changes_back_is_asked_about_again(case, gains):
    factories.endorse_all(case)
    factories.send_back(case)
    line = case.lines.get(text="Færre kørte kilometer")
    type(line).objects.filter(pk=line.pk).update(year_2=1)
    factories.submit(case)
    factories.send_back(case)
    type(line).objects.filter(pk=line.pk).update(year_2=line.year_2)
    factories.submit(case)
    assert Endorsement.objects.get(person=gains, version__number=3).endorsed is None
