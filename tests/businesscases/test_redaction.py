"""A document that should never have been uploaded: the file goes, its name, check sum and why stay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from businesscases.documents import add_document, storage
from businesscases.models import State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Der stod cpr-numre i den."


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document():
    case = factories.case()
    upload = SimpleUploadedFile("liste.pdf", b"%PDF-1.7 hemmeligt")
    made, _new = add_document(case, upload, by=case.owner, confidential=False)
    return made


def redact(document, by, reason=WHY):
    call_command("redact_document", document.case.reference, str(document.pk), by=by.username, reason=reason)


def test_the_file_is_gone_and_what_it_was_called_and_why_stay(document, client):
    case = factories.advance(document.case, State.SUBMITTED)
    administrator, name, sha256 = factories.person(Role.ADMINISTRATOR), document.name, document.sha256
    redact(document, administrator)
    document.refresh_from_db()
    assert not storage().exists(document.stored_as)
    assert (document.name, document.sha256, document.redacted_by) == (name, sha256, administrator)
    entry = Entry.objects.get(act="redact-document")
    assert (entry.by, entry.reason, entry.case_reference) == (administrator, WHY, case.reference)
    assert entry.before == {"document_id": document.pk, "sha256": sha256}
    at = f"/businesscases/{case.reference}/"
    for reader in (case.owner, factories.person(Role.FINANCE)):
        client.force_login(reader)
        answer = client.get(f"{at}documents/{document.pk}/")
        assert answer.status_code == 410
        assert WHY in answer.content.decode()
        text = client.get(at).content.decode()
        assert name in text
        assert WHY in text
        assert f"{at}documents/{document.pk}/" not in text
        for page in (f"{at}print/", f"{at}versions/1/"):
            assert f"{name} <small>Indholdet er slettet: {WHY}" in client.get(page).content.decode()


def test_a_draft_says_it_too(document, client):
    redact(document, factories.person(Role.ADMINISTRATOR))
    client.force_login(document.case.owner)
    assert WHY in client.get(f"/businesscases/{document.case.reference}/").content.decode()


def test_only_an_administrator_redacts_once_and_with_a_reason(document):
    administrator = factories.person(Role.ADMINISTRATOR)
    for by, reason in (
        (document.case.owner, WHY), (factories.person(Role.SECRETARIAT), WHY), (administrator, " "),
    ):  # fmt: skip
        with pytest.raises(CommandError):
            redact(document, by, reason)
    assert storage().exists(document.stored_as)
    redact(document, administrator)
    with pytest.raises(CommandError, match=WHY):
        redact(document, administrator, "Igen.")
    assert Entry.objects.filter(act="redact-document").count() == 1


def test_a_document_is_found_through_its_own_case_alone(document):
    administrator = factories.person(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="has no document"):
        call_command(
            "redact_document", factories.case().reference, str(document.pk), by=administrator.username,
            reason=WHY,
        )  # fmt: skip
    with pytest.raises(CommandError, match="no active account"):
        call_command("redact_document", document.case.reference, str(document.pk), by="ingen", reason=WHY)
    assert storage().exists(document.stored_as)
