"""What the auditor reads of a case in the audit trail: nothing until it is submitted, then all of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from businesscases import submission
from businesscases.models import BusinessCase, Subject
from businesscases.saving import TypedSection, save_sections
from innovation_pool.audit.reading import readable_by
from innovation_pool.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db


def write(case: BusinessCase, text: str) -> None:
    """The owner writes the text in the case, as the editor saves it."""
    revision = case.section_revisions.get(Subject.DESCRIPTION.value, 0)
    typed = TypedSection(Subject.DESCRIPTION, {"description": text}, revision)
    assert save_sections(case, [typed], by=case.owner, operation=uuid4()).changed
    case.refresh_from_db()


def acts_read_by(person, case: BusinessCase) -> list[str]:
    """The acts on the case whose entries the person may read, oldest first."""
    entries = readable_by(person).filter(case_reference=case.reference).order_by("pk")
    return list(entries.values_list("act", flat=True))


@pytest.fixture
def auditor():
    return factories.person(Role.AUDITOR)


def test_a_draft_is_not_in_the_trail_until_it_is_submitted(auditor):
    case = factories.case()
    write(case, "Hemmelig tekst")
    assert acts_read_by(auditor, case) == []

    factories.submit(case)

    assert acts_read_by(auditor, case) == ["create-case", "edit case", "submit"]


def test_a_draft_withdrawn_without_being_submitted_never_is(auditor):
    case = factories.case()
    factories.withdraw(case)

    assert acts_read_by(auditor, case) == []


def test_what_is_written_after_a_return_waits_for_the_next_version(auditor):
    case = factories.case("returned")
    write(case, "Rettet tekst")
    assert acts_read_by(auditor, case) == ["create-case", "submit", "return"]

    factories.submit(case)

    assert acts_read_by(auditor, case) == ["create-case", "submit", "return", "edit case", "submit"]


def test_who_writes_the_case_reads_of_it_too():
    both = factories.person(Role.AUDITOR, Role.STAFF)
    case = factories.case()
    submission.add_collaborator(case, both, by=case.owner, operation=uuid4())
    write(case, "Vores tekst")

    assert acts_read_by(both, case) == ["create-case", "add-collaborator", "edit case"]


@pytest.mark.parametrize("ending", ["", "csv", "jsonl"])
def test_the_text_is_on_no_page_and_in_no_export(client, auditor, ending):
    case = factories.case(title="Kanariefuglen")
    write(case, "Nattergalen")
    client.force_login(auditor)
    address = reverse("audit:entry-export", args=[ending]) if ending else reverse("audit:entry-list")

    def shown() -> list[bool]:
        answer = client.get(address)
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        return [word in text for word in ("Kanariefuglen", "Nattergalen", case.reference)]

    assert shown() == [False, False, False]
    factories.submit(case)
    assert shown() == [True, True, True]
