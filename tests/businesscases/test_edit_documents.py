"""The documents of a case: what is taken by its content, how it is handed out, and to whom."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from businesscases.models import Document, State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.editing import address, open_editor, save, writer_at

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


XLSX = packed(xl__workbook_xml=b"<x/>")


@pytest.fixture
def case():
    return factories.case()


@pytest.fixture
def client(case):
    return writer_at(case.owner)


def upload(client, case, name: str, content: bytes, **more):
    file = SimpleUploadedFile(name, content, "text/html")
    return client.post(address(case), {**open_editor(client, case), "file": file, **more})


def link(case, document) -> str:
    return reverse("businesscases:case-document", args=[case.reference, document.pk])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("tilbud.pdf", PDF, "application/pdf"),
        ("Plan Æ Ø Å.PNG", PNG, "image/png"),
        ("regneark.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("tal.csv", "år;beløb\n2022;5".encode("latin-1"), "text/plain"),
        (
            "brev.odt",
            packed(mimetype=b"application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_a_file_comes_back_as_it_was_sent(client, case, name, content, kind):
    assert upload(client, case, name, content).status_code == 302
    document = case.documents.get()
    assert (document.name, document.content_type, document.size) == (name, kind, len(content))
    assert Path(document.stored_as).suffix == ""
    assert name not in document.stored_as
    assert (Path(settings.MEDIA_ROOT) / "documents" / document.stored_as).read_bytes() == content
    answer = client.get(link(case, document))
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Entry.objects.filter(act="upload-document", by=case.owner).count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("side.html", b"<html><script>alert(1)</script>"),
        ("tegning.svg", b"<svg onload='alert(1)'/>"),
        ("tilbud.pdf", b"<html>"),
        ("tilbud.pdf", PNG),
        ("program.exe", b"MZ\x90\x00"),
        ("arkiv.zip", packed(x=b"y")),
        ("regneark.xlsx", b"PK\x03\x04 ikke en zip"),
        ("regneark.xlsx", packed(word__document_xml=b"<x/>")),
        ("tom.pdf", b""),
        ("uden-endelse", PDF),
        (".htaccess", b"x"),
        ("a" * 300 + ".pdf", PDF),
        ("stor.pdf", PDF + b"0" * (20 * 1024 * 1024)),
    ],
)
def test_what_is_not_taken_is_said_and_what_was_typed_is_kept(client, case, name, content):
    answer = upload(client, case, name, content, trial="Skrevet samtidig")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Skrevet samtidig" in page
    assert '<p class="invalid-feedback" id="id_file_error">' in page
    assert '<li><a href="#id_file">Bilag: ' in page
    assert '<details class="fold" id="section-documents" open>' in page
    assert not case.documents.exists()


def test_the_same_file_twice_is_one_document(client, case):
    upload(client, case, "tilbud.pdf", PDF)
    upload(client, case, "kopi.pdf", PDF)
    assert [document.name for document in case.documents.all()] == ["tilbud.pdf"]


def test_a_name_cannot_lead_anywhere(client, case):
    upload(client, case, "..\\..\\etc\\tilbud.pdf", PDF)
    assert case.documents.get().name == "tilbud.pdf"


def test_confidential_is_never_for_all_staff(client, case):
    upload(client, case, "aaben.pdf", PDF)
    upload(client, case, "fortrolig.pdf", PDF + b"2", file_confidential="1")
    open_one, secret = case.documents.order_by("pk")
    assert (open_one.confidential, secret.confidential) == (False, True)
    stranger = writer_at(factories.person())
    assert stranger.get(link(case, open_one)).status_code == 404
    factories.advance(case, State.SUBMITTED)
    finance = writer_at(factories.person(Role.FINANCE))
    assert finance.get(link(case, secret)).status_code == 200
    # Who took what out is in the trail, refusals and looks at the heads alone are not; no name is.
    finance.head(link(case, secret))
    taken = Entry.objects.get(act="download")
    assert (taken.case_reference, taken.after) == (
        case.reference,
        {"document_id": secret.pk, "sha256": secret.sha256},
    )
    type(case).objects.filter(pk=case.pk).update(state=State.APPROVED)
    assert stranger.get(link(case, open_one)).status_code == 200
    assert stranger.get(link(case, secret)).status_code == 404


def test_the_mark_can_be_set_and_taken_away(client, case):
    upload(client, case, "tilbud.pdf", PDF)
    document = case.documents.get()
    for marked in (True, False):
        form = open_editor(client, case)
        form.pop("confidential", None)
        save(client, case, form, **({"confidential": str(document.pk)} if marked else {}))
        document.refresh_from_db()
        assert document.confidential is marked
    client.post(address(case), {"confidential": "", "title": "x"})
    assert Document.objects.get().confidential is False


def test_a_document_of_another_case_is_not_found_through_this_one(client, case):
    other = factories.case(owner=case.owner)
    upload(client, other, "tilbud.pdf", PDF)
    assert client.get(link(case, other.documents.get())).status_code == 404
