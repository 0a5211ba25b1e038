"""A right that is taken away is gone at the next request, in a session that is open already."""

from uuid import uuid4

import pytest
from django.urls import reverse

from businesscases import submission
from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db

# role, the name of a page that takes it
PLACES = [
    (Role.STAFF, "businesscases:case-new"),
    (Role.FINANCE, "pool:pool-new"),
    (Role.SECRETARIAT, "pool:meeting-new"),
    (Role.BOARD, "pool:meeting-list"),
    (Role.AUDITOR, "audit:entry-list"),
    (Role.ADMINISTRATOR, "admin:accounts_department_changelist"),
]


def status(client, address: str) -> int:
    return client.get(address).status_code


@pytest.mark.parametrize(("role", "name"), PLACES)
def test_a_role_taken_away_counts_from_the_next_request(client, role, name):
    person, address = factories.person(role), reverse(name)
    client.force_login(person)
    assert status(client, address) == 200

    User.objects.filter(pk=person.pk).update(**{f"role_{role.value}": False})

    assert status(client, address) in (302, 403)


@pytest.mark.parametrize("role", Role)
def test_who_is_made_inactive_is_signed_out(client, role):
    person = factories.person(role)
    client.force_login(person)
    assert status(client, "/") == 200

    User.objects.filter(pk=person.pk).update(is_active=False)
    entries = Entry.objects.count()

    assert client.get("/")["Location"].startswith("/accounts/login/")
    assert client.post("/businesscases/export.csv", {"a": "b"}).status_code == 403
    assert Entry.objects.count() == entries


def test_a_collaborator_taken_off_neither_reads_nor_writes(client):
    case, person = factories.case(), factories.person()
    submission.add_collaborator(case, person, by=case.owner, operation=uuid4())
    client.force_login(person)
    edit = reverse("businesscases:case-edit", args=[case.reference])
    autosave = reverse("businesscases:case-autosave", args=[case.reference])
    assert status(client, edit) == 200

    submission.remove_collaborator(case, person, by=case.owner, operation=uuid4())

    assert status(client, edit) == 404
    assert client.post(autosave, {"title": "Min titel"}).status_code == 404
    case.refresh_from_db()
    assert case.title == "Fælles kørselskoordinering"


def test_an_owner_who_handed_the_case_over_does_not_see_the_draft(client):
    case, heir = factories.case(), factories.person()
    before = case.owner
    client.force_login(before)
    page = reverse("businesscases:case-detail", args=[case.reference])
    assert status(client, page) == 200

    submission.hand_over(case, heir, by=before, reason="Barsel", operation=uuid4())

    assert status(client, page) == 404


def test_a_case_whose_approval_is_reversed_is_closed_to_staff_again(client):
    case = factories.case()
    client.force_login(factories.person())
    page = reverse("businesscases:case-detail", args=[case.reference])
    assert status(client, page) == 404
    type(case).objects.filter(pk=case.pk).update(state="approved")
    assert status(client, page) == 200

    type(case).objects.filter(pk=case.pk).update(state="ready")

    assert status(client, page) == 404
