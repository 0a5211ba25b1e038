"""Who sees which case, stated by hand as a grid of state × person."""

from uuid import uuid4

import pytest
from django.http import Http404

from businesscases import submission
from businesscases.access import (
    case_or_404,
    content_for,
    documents_for,
    kept_out,
    may_edit,
    may_see_confidential,
    readers_of,
    shown_version,
    visible_to,
)
from businesscases.models import BusinessCase, CaseRelation, Document, State
from innovation_pool.accounts.models import User
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, TooLate
from tests import factories
from tests.businesscases.people import PEOPLE, case_with_everybody, put

pytestmark = pytest.mark.django_db

ITS_WRITERS = {"owner", "collaborator"}
FROM_SUBMISSION = ITS_WRITERS | {
    "endorser",
    "finance",
    "finance who wrote",
    "finance and board who confirmed",
    "secretariat",
    "board",
    "board who wrote",
    "auditor",
}
ALL_STAFF = FROM_SUBMISSION | {"former collaborator", "other staff"}
SEES = {
    "draft": FROM_SUBMISSION,
    "returned": FROM_SUBMISSION,
    "submitted": FROM_SUBMISSION,
    "checked": FROM_SUBMISSION,
    "in_hearing": FROM_SUBMISSION,
    "ready": FROM_SUBMISSION,
    "postponed": FROM_SUBMISSION,
    "rejected": FROM_SUBMISSION,
    "withdrawn": FROM_SUBMISSION,
    "approved": ALL_STAFF,
    "in_progress": ALL_STAFF,
    "completed": ALL_STAFF,
    "stopped": ALL_STAFF,
}


@pytest.mark.parametrize("state", State.values)
def test_each_person_sees_what_the_grid_says(state):
    case, people = case_with_everybody()
    put(case, state)
    found = {name for name in PEOPLE if visible_to(people[name]).filter(pk=case.pk).exists()}
    assert found == SEES[state]
    readers = set(readers_of(case).values_list("pk", flat=True))
    assert {name for name in PEOPLE if people[name].pk in readers} == SEES[state]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_draft_never_submitted_is_its_writers_alone(state):
    _case, people = case_with_everybody()
    case = factories.draft(owner=people["owner"])
    submission.add_collaborator(case, people["collaborator"], by=case.owner, operation=uuid4())
    put(case, state)
    found = {name for name in PEOPLE if visible_to(people[name]).filter(pk=case.pk).exists()}
    assert found == ITS_WRITERS


def test_the_administrator_sees_as_staff_when_staff_too():
    case, _people = case_with_everybody()
    both = factories.person(Role.ADMINISTRATOR, Role.STAFF)
    put(case, State.READY)
    assert not visible_to(both).exists()
    put(case, State.APPROVED)
    assert visible_to(both).get() == case


def test_who_was_asked_about_an_earlier_version_only_no_longer_reads_the_newest():
    earlier, later = factories.person(), factories.person()
    case = factories.case(State.RETURNED, benefit_owner=earlier)
    assert visible_to(earlier).filter(pk=case.pk).exists()
    case.lines.update(benefit_owner=later)
    factories.submit(case)
    assert not visible_to(earlier).filter(pk=case.pk).exists()
    assert visible_to(later).get() == case


def test_what_is_not_theirs_is_answered_like_what_does_not_exist():
    case, people = case_with_everybody()
    for reference in (case.reference, "BC-1999-001"):
        with pytest.raises(Http404):
            case_or_404(people["other staff"], reference)
    assert case_or_404(people["owner"], case.reference) == case


def test_a_case_is_written_only_by_its_writers_as_draft_or_returned():
    case, people = case_with_everybody()
    for state in State.values:
        put(case, state)
        writing = {name for name in PEOPLE if may_edit(people[name], case)}
        assert writing == (ITS_WRITERS if state in {"draft", "returned"} else set())
    with pytest.raises(TooLate):
        case_or_404(people["owner"], case.reference, for_change=True)
    put(case, State.RETURNED)
    with pytest.raises(NotAllowed):
        case_or_404(people["finance"], case.reference, for_change=True)
    assert case_or_404(people["collaborator"], case.reference, for_change=True) == case


def test_others_read_the_newest_frozen_version_while_the_writers_mend_the_next():
    case, people = case_with_everybody()
    put(case, State.RETURNED)
    BusinessCase.objects.filter(pk=case.pk).update(title="KANARIE under arbejde")
    case.refresh_from_db()
    assert shown_version(people["owner"], case) is None
    assert content_for(people["owner"], case).title == "KANARIE under arbejde"
    for name in sorted(FROM_SUBMISSION - ITS_WRITERS):
        assert shown_version(people[name], case).number == 1
        assert content_for(people[name], case).title == "Fælles kørselskoordinering"
    put(case, State.READY)
    assert shown_version(people["owner"], case).number == 1


def test_a_confidential_document_is_never_for_all_staff():
    people = {"owner": factories.person(), "endorser": factories.person(), "staff": factories.person()}
    people["finance"] = factories.person(Role.FINANCE)
    case = factories.case(owner=people["owner"], benefit_owner=people["endorser"])
    for name, confidential in (("Tilbud.pdf", True), ("Plan.pdf", False)):
        Document.objects.create(
            case=case,
            name=name,
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            stored_as=uuid4().hex,
            confidential=confidential,
            uploaded_by=case.owner,
        )
    factories.submit(case)
    put(case, State.APPROVED)
    names = {who: {row.name for row in documents_for(person, case)} for who, person in people.items()}
    both, open_only = {"Tilbud.pdf", "Plan.pdf"}, {"Plan.pdf"}
    assert names == {"owner": both, "endorser": both, "finance": both, "staff": open_only}
    assert [part.name for part in content_for(people["staff"], case).documents] == ["Plan.pdf"]
    assert not may_see_confidential(people["staff"], case)


def test_what_is_uploaded_after_the_version_is_its_writers_alone_until_it_is_submitted():
    case, people = case_with_everybody()
    put(case, State.RETURNED)
    Document.objects.create(
        case=case,
        name="Nyt.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        stored_as=uuid4().hex,
        uploaded_by=case.owner,
    )
    assert documents_for(people["owner"], case).count() == 1
    assert not documents_for(people["finance"], case).exists()


def test_who_is_kept_out_and_from_what():
    case, people = case_with_everybody()
    decides = {name for name in PEOPLE if kept_out(people[name], case)}
    checks = {name for name in PEOPLE if kept_out(people[name], case, decides=False)}
    wrote = {"owner", "collaborator", "former collaborator", "finance who wrote", "board who wrote"}
    assert checks == wrote
    assert decides == wrote | {"finance and board who confirmed"}


def test_a_stranger_sees_nothing():
    case, people = case_with_everybody()
    User.objects.update(is_active=False)
    put(case, State.APPROVED)
    assert not any(visible_to(User.objects.get(pk=person.pk)).exists() for person in people.values())


def test_a_related_case_is_named_only_to_those_who_may_see_it():
    secret = factories.case(State.SUBMITTED, title="KANARIE hos naboen")
    case = factories.case()
    CaseRelation.objects.create(case=case, other=secret, kind="excludes")
    factories.submit(case)
    put(case, State.APPROVED)
    titles = {
        name: [relation.title for relation in content_for(reader, case).relations]
        for name, reader in {"finance": factories.someone(Role.FINANCE), "staff": factories.person()}.items()
    }
    assert titles == {"finance": ["KANARIE hos naboen"], "staff": []}
