"""What is taken out to be filed: the record as a Word document, and the dossier of a case as a ZIP."""

import hashlib
import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as Word

from businesscases.documents import storage
from businesscases.models import Document, HearingAnswer
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from pool import decisions, dossier, meetings, requests
from pool.decisions import Condition, Grant
from pool.models.decisions import ConditionKind
from pool.record_docx import safe
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000}, number="OEKAN-011")


@pytest.fixture
def case(pool):
    return given.ready_case(pool, title="Sensorer")


@pytest.fixture
def meeting(pool, case):
    """A closed meeting with one decision and one item without."""
    here, away = given.board(), factories.person(Role.BOARD, name="Ditte Dalgaard")
    meeting = given.open_meeting(case)
    meetings.set_people(meeting, present=[here], absent=[away], by=given.secretariat(), operation=uuid4())
    item = given.item_of(meeting, case)
    meetings.write_item(
        item, by=given.secretariat(), operation=uuid4(),
        recommendation="Sagen godkendes.\nDer rapporteres i april.", discussion="Drøftet\x0b kort.",
    )  # fmt: skip
    meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), title="Orientering")
    decisions.put_down(
        item, kind="approve", by=given.board(), operation=uuid4(), conditions="Status efter 12 uger.",
        grants=[Grant(pool, 2021, 400_000), Grant(pool, 2022, 100_000)],
        political=[Condition(ConditionKind.UNCOVERED)],
    )  # fmt: skip
    decisions.carry_out(meeting, by=given.board(), operation=uuid4())
    meetings.close_meeting(meeting, by=given.secretariat(), operation=uuid4())
    meeting.refresh_from_db()
    return meeting


def written(client, meeting) -> tuple[str, Word]:
    response = client.get(f"/meetings/{meeting.pk}/record.docx")
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.docx"')
    document = Word(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("\xa0", " "), document


def test_the_record_as_a_document(meeting, pool, case):
    text, document = written(as_role(Role.SECRETARIAT), meeting)
    pool.refresh_from_db()
    label = case.decisions.get().label
    for said in (
        "Beslutningsreferat", "Indstilling", "1. Sagen godkendes.", "2. Der rapporteres i april.",
        "Drøftet kort.", f"Nr. {label}", "400.000", "Status efter 12 uger.", case.reference,
        "Fraværende: Ditte Dalgaard", "Orientering", "Ingen beslutning", pool.head, "OEKAN-011 2021",
        "Udkast: mødelederen har ikke godkendt referatet endnu.", "år uden dækning",
    ):  # fmt: skip
        assert said in text, said
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    said = document.core_properties
    assert (said.language, said.comments, said.created.year) == ("da-DK", "", timezone.now().year)
    assert not [part for part in document.part.package.iter_parts() if "thumbnail" in part.partname]
    assert Entry.objects.get(act="export").after == {"what": "record", "as": "docx"}


def test_after_approval_it_is_made_from_what_was_frozen(meeting, case):
    chair = meeting.chair
    meetings.approve_record(meeting, by=chair, operation=uuid4())
    case.refresh_from_db()
    chair.name, case.title = "Et Nyt Navn", "En ny titel"
    chair.save()
    case.save()
    text, _document = written(as_role(Role.AUDITOR), meeting)
    assert "Et Nyt Navn" not in text
    assert "Godkendt" in text
    assert "Udkast" not in text


def test_the_record_is_danish_whatever_the_reader_reads(meeting):
    reader = factories.person(Role.BOARD, language="en")
    assert "Beslutningsreferat" in written(client_of(reader), meeting)[0]


def test_who_may_take_the_record(meeting):
    for role in (Role.STAFF, Role.ADMINISTRATOR):
        assert as_role(role).get(f"/meetings/{meeting.pk}/record.docx").status_code == 403


def test_text_that_no_document_can_hold_is_left_out():
    assert safe("a\x00b\x0b\ud800c\ufffe\r\nd\U0001f600") == "abc\nd\U0001f600"


def with_document(case, name: str, content: bytes) -> Document:
    stored = storage().save(uuid4().hex, ContentFile(content))
    return Document.objects.create(
        case=case, name=name, content_type="text/plain", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), stored_as=stored, uploaded_by=case.owner,
    )  # fmt: skip


def taken(client, case) -> zipfile.ZipFile:
    response = client.get(f"/businesscases/{case.reference}/dossier.zip")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_dossier_has_everything_and_its_check_sums(pool):
    made = factories.case(title="Sensorer", round=given.a_round(pool))
    with_document(made, "../../bilag:1.txt", b"Bilagets tekst")
    factories.submit(made)
    factories.confirm_figures(made)
    body = factories.hearing_body(name="Ældrerådet")
    hearing = factories.open_hearing(made, body)
    HearingAnswer.objects.create(part=hearing.parts.get(), text="Vi støtter det.", answered_by="Formanden")
    archive = taken(as_role(Role.AUDITOR), made)
    assert archive.testzip() is None
    names = archive.namelist()
    assert all(not name.startswith(("/", ".")) and ".." not in name.split("/") for name in names)
    sums = dict(line.split("  ", 1)[::-1] for line in archive.read("sha256.txt").decode().splitlines())
    assert set(sums) == set(names) - {"sha256.txt"}
    for name, code in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == code, name
    document = next(name for name in names if name.startswith("dokumenter/"))
    assert archive.read(document) == b"Bilagets tekst"
    version = json.loads(archive.read("versioner/version-1.json"))
    assert version["sha256"] == made.versions.get().digest
    assert json.loads(archive.read("hoeringer.json"))[0]["answer"] == "Vi støtter det."
    entry = Entry.objects.get(act="export")
    assert (entry.case_reference, entry.after["what"]) == (made.reference, "dossier")


def test_the_dossier_has_the_decisions_and_the_movements(meeting, pool, case):
    case.accounting.create(by=given.finance(), case_number="21/4711", kle="00.30.00")
    archive = taken(as_role(Role.SECRETARIAT), case)
    decision = json.loads(archive.read("beslutninger.json"))[0]
    assert (decision["kind"], decision["grants"][0]["amount"]) == ("approve", 400_000)
    movement = json.loads(archive.read("bevaegelser.json"))[0]
    code = hashlib.sha256((movement["previous_hash"] + movement["payload"]).encode()).hexdigest()
    assert movement["hash"] == code
    assert "21/4711" in archive.read("LÆS-MIG.txt").decode()
    assert "00.30.00" in archive.read("LÆS-MIG.txt").decode()
    assert json.loads(archive.read("sag.json"))["ledger_heads"][0]["pool"] == pool.number


def test_a_request_that_never_left_its_writer_is_not_in_the_dossier(pool):
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)])

    def asked(why):
        return requests.write_request(
            case, why=why, differences=[requests.Difference(pool, 2021, -1_000)], by=case.owner,
            operation=uuid4(),
        )  # fmt: skip

    def taken_back(made):
        requests.withdraw_request(made, by=case.owner, operation=uuid4())

    taken_back(asked("Aldrig sendt."))
    sent = requests.send_request(asked("Sendt og vurderet."), by=case.owner, operation=uuid4())
    taken_back(requests.give_opinion(sent, opinion="Ja.", by=given.finance(), operation=uuid4()))
    asked("Et udkast.")
    answer = as_role(Role.SECRETARIAT).get(f"/businesscases/{case.reference}/dossier.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        shown = json.loads(archive.read("aendringsanmodninger.json"))
    assert [row["why"] for row in shown] == ["Sendt og vurderet."]


def test_who_may_take_the_dossier(case):
    at = f"/businesscases/{case.reference}/dossier.zip"
    for role in (Role.STAFF, Role.FINANCE, Role.BOARD, Role.ADMINISTRATOR):
        answer = as_role(role).get(at)
        assert answer.status_code == 403, role
        assert "Det kan kun: Direktionssekretariat, Revision." in answer.content.decode()
    assert client_of(case.owner).get(at).status_code == 403
    assert "dossier.zip" in as_role(Role.AUDITOR).get(f"/businesscases/{case.reference}/").content.decode()
    draft = factories.draft()
    assert as_role(Role.AUDITOR).get(f"/businesscases/{draft.reference}/dossier.zip").status_code == 404


def test_a_dossier_that_is_too_large_is_refused_with_its_size(case, monkeypatch):
    monkeypatch.setattr(dossier, "LARGEST", -1)
    response = as_role(Role.AUDITOR).get(f"/businesscases/{case.reference}/dossier.zip")
    assert response.status_code in (403, 409, 422)
    assert not Entry.objects.filter(act="export").exists()
