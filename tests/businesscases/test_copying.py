"""A copy of a case: what it gets, what it does not, who may make one, and that it is made once."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from businesscases import discussion, documents, submission
from businesscases.access import content_for
from businesscases.copying import copy_case
from businesscases.listing import COLUMNS, refresh_listing
from businesscases.models import BusinessCase, CaseWriter, State, Subject
from businesscases.saving import TypedSection, save_sections
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed
from tests import factories
from tests.businesscases.pages import signed_in, typed
from tests.businesscases.people import put

pytestmark = pytest.mark.django_db


def plain_lines(content) -> list:
    return [
        (line.kind, line.text, line.payer, line.permanent, line.user_financed, line.amounts)
        for line in content.lines
    ]


def behind_lines(content) -> list:
    return [(line.benefit_owner, line.profit_centre, line.basis) for line in content.lines]


def test_a_copy_says_the_same_as_a_new_draft_of_its_own():
    case = factories.case()
    documents.add_document(case, SimpleUploadedFile("bilag.txt", b"Bilag"), by=case.owner, confidential=False)
    factories.advance(case, State.SUBMITTED)
    discussion.add_comment(case, by=case.owner, text="Husk bilaget", operation=uuid4())
    copy = copy_case(case, by=case.owner, operation=uuid4())
    before, after = content_for(case.owner, case), content_for(case.owner, copy)
    assert (copy.state, copy.owner, copy.versions_frozen) == (State.DRAFT, case.owner, 0)
    assert copy.reference != case.reference
    assert after.title == "Kopi af Fælles kørselskoordinering"
    assert after.texts == before.texts
    assert after.goals == before.goals
    assert plain_lines(after) == plain_lines(before)
    assert behind_lines(after) == behind_lines(before)
    assert [risk.text for risk in after.risks] == ["Færre bruger systemet end ventet"]
    assert [(row.text, row.due_on) for row in after.milestones] == [
        (row.text, row.due_on) for row in before.milestones
    ]
    assert after.key_figures == before.key_figures
    assert (copy.asked_total, copy.listed_title) == (case.asked_total, after.title)
    assert not {line.key for line in after.lines} & {line.key for line in before.lines}
    assert not set(copy.milestones.values_list("key")) & set(case.milestones.values_list("key"))
    assert copy.documents.count() == copy.comments.count() == copy.versions.count() == 0
    assert case.documents.count() == case.comments.count() == 1


def test_the_audit_trail_says_once_what_it_is_a_copy_of():
    case = factories.case()
    before = Entry.objects.count()
    copy = copy_case(case, by=case.owner, operation=uuid4())
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(case_reference=copy.reference)
    assert entry.act == "create-case"
    assert entry.after["copied from"] == case.reference


def test_others_copy_the_version_submitted_and_not_what_is_being_mended():
    case = factories.case(State.RETURNED)
    endorser = case.department.head
    typed_in = TypedSection(
        Subject.DESCRIPTION,
        {"description": "Hemmelig rettelse"},
        case.section_revisions.get("description", 0),
    )
    assert save_sections(case, [typed_in], by=case.owner, operation=uuid4()).changed
    case.refresh_from_db()
    assert copy_case(case, by=endorser, operation=uuid4()).description == factories.TEXTS["description"]
    assert copy_case(case, by=case.owner, operation=uuid4()).description == "Hemmelig rettelse"


def test_staff_get_the_amounts_of_an_approved_case_and_not_what_stands_behind_them():
    case = put(factories.case(State.READY), State.APPROVED)
    someone = factories.person()
    copy = copy_case(case, by=someone, operation=uuid4())
    content = content_for(someone, copy)
    assert plain_lines(content) == plain_lines(content_for(case.owner, case))
    assert {(None, "", "")} == set(behind_lines(content))
    assert list(copy.writers.values_list("person", "part")) == [(someone.pk, CaseWriter.Part.OWNER)]


def test_who_has_left_owns_no_gain_of_the_copy_and_what_is_not_used_is_no_goal_of_it():
    case = factories.case(benefit_owner=factories.person(is_active=False))
    case.goals.update(active=False)
    copy = copy_case(case, by=case.owner, operation=uuid4())
    assert copy.goals.count() == 0
    assert set(copy.lines.values_list("benefit_owner", flat=True)) == {None}


def test_a_title_without_room_for_more_words_is_kept_as_it_is():
    case = factories.case(title="x" * 118)
    assert copy_case(case, by=case.owner, operation=uuid4()).title == "x" * 118


def test_only_who_writes_cases_makes_a_copy():
    case = factories.case(State.SUBMITTED)
    with pytest.raises(NotAllowed):
        copy_case(case, by=factories.person(Role.FINANCE), operation=uuid4())


def test_the_page_makes_one_copy_however_often_it_is_sent():
    case = factories.case(State.SUBMITTED)
    client = signed_in(case.owner)
    address = f"/businesscases/{case.reference}/copy/"
    page = client.get(address).content.decode()
    assert "Kopiér sagen" in page
    assert "Lav kopien" in page
    assert BusinessCase.objects.count() == 1
    form = typed()
    answers = [client.post(address, form) for _time in range(2)]
    copy = BusinessCase.objects.exclude(pk=case.pk).get()
    assert {answer["Location"] for answer in answers} == {f"/businesscases/{copy.reference}/edit/"}
    assert client.get(f"/businesscases/{copy.reference}/edit/").status_code == 200


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.SUBMITTED])
def test_the_page_copies_a_case_in_any_state_and_lists_it_as_it_would_be_read(state):
    case = factories.case(state)
    assert signed_in(case.owner).post(f"/businesscases/{case.reference}/copy/", typed()).status_code == 302
    copy = BusinessCase.objects.exclude(pk=case.pk).get()
    listed = {name: getattr(copy, name) for name in COLUMNS}
    refresh_listing(copy)
    copy.refresh_from_db()
    assert {name: getattr(copy, name) for name in COLUMNS} == listed


def test_the_case_page_offers_it_to_those_who_write_cases():
    case = factories.case(State.SUBMITTED)
    link = f'<a href="/businesscases/{case.reference}/copy/">Kopiér sagen</a>'
    assert link in signed_in(case.owner).get(f"/businesscases/{case.reference}/").content.decode()
    finance = signed_in(factories.person(Role.FINANCE))
    assert "/copy/" not in finance.get(f"/businesscases/{case.reference}/").content.decode()
    assert finance.get(f"/businesscases/{case.reference}/copy/").status_code == 403
    stranger = signed_in(factories.person())
    assert stranger.get(f"/businesscases/{case.reference}/copy/").status_code == 404
    assert stranger.post(f"/businesscases/{case.reference}/copy/", typed()).status_code == 404


def test_a_withdrawn_case_becomes_a_new_one():
    case = factories.case(State.WITHDRAWN)
    copy = copy_case(case, by=case.owner, operation=uuid4())
    submission.submit(copy, by=case.owner, operation=uuid4())
    assert copy.state == State.SUBMITTED
