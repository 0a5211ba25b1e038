"""The documents of a case: what may be uploaded, where it lies, and how it is handed out.

What a file is, is read from its content; its name stands in the database alone, and on disk it has a
random one in a folder that no address leads to. It is handed out as an attachment, never shown.
"""

import hashlib
import secrets
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext as _

from businesscases.access import require_edit
from businesscases.content import ContentDocument
from businesscases.models import BusinessCase, Document
from businesscases.workflow import lock_case
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Gone, Refusal, TooLate
from innovation_pool.typed import TypedError, clean_text

LARGEST = 20 * 1024 * 1024
MOST_FILES = 50
NAME_LENGTH = 200
MOST_MEMBERS = 5_000
HEAD = 4096

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
_OFFICE = "application/vnd.openxmlformats-officedocument"
# By the part of the file that is in every one of its kind.
OFFICE_PARTS = {
    "word/document.xml": ("docx", f"{_OFFICE}.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{_OFFICE}.presentationml.presentation"),
}
OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
ENDINGS = {"pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "txt": TEXT, "csv": TEXT}


def storage() -> FileSystemStorage:
    """The folder of the documents. Asked for at each use, so that a setting changed in a test counts."""
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT) / "documents", base_url=None)


def add_posted(case: BusinessCase, request, *, by) -> list[str]:
    """Adds the files of a post, and says of each what became of it."""
    confidential = bool(request.POST.get("file_confidential"))
    said = []
    for upload in request.FILES.getlist("file"):
        document, new = add_document(case, upload, by=by, confidential=confidential)
        said.append(
            _("%(name)s is uploaded.") % {"name": document.name}
            if new
            else _("%(name)s was there already, and is not added again.") % {"name": document.name}
        )
    return said


def add_document(case: BusinessCase, upload, *, by, confidential: bool) -> tuple[Document, bool]:
    """Stores an uploaded file; False with it when the very same file was there already.

    Raises Refusal when it is too large, empty, or not of a kind that is taken.
    """
    name = _name(upload.name)
    content_type = _content_type(upload, name)
    sha256 = _sha256(upload)
    with transaction.atomic():
        case = lock_case(case)
        require_edit(by, case)
        same = case.documents.filter(sha256=sha256, redacted_at=None).first()
        if same is not None:
            return same, False
        if case.documents.count() >= MOST_FILES:
            raise Refusal(_("A case can have 50 documents. Gather some of them in one."))
        stored_as = storage().save(f"{secrets.token_hex(2)}/{secrets.token_hex(20)}", upload)
        try:
            document = Document.objects.create(
                case=case,
                name=name,
                content_type=content_type,
                size=upload.size,
                sha256=sha256,
                stored_as=stored_as,
                confidential=confidential,
                uploaded_by=by,
            )
            record(
                "upload-document",
                case,
                by=by,
                after={"document": name, "sha256": sha256, "confidential": confidential},
                case_reference=case.reference,
            )
        except Exception:
            # The row was not written, so nothing would ever lead to the file again.
            storage().delete(stored_as)
            raise
    return document, True


def with_redactions(case: BusinessCase, documents: Iterable[ContentDocument]) -> list[tuple]:
    """Each document of a content and why it is redacted, "" when it is not: a version knows only its name."""
    gone = case.documents.filter(redacted_at__isnull=False)
    reasons = dict(gone.values_list("pk", "redaction_reason"))
    return [(document, reasons.get(document.id, "")) for document in documents]


def download(document: Document) -> FileResponse:
    """The file as an attachment that no browser runs. Raises Gone when it has been redacted."""
    if document.redacted_at is not None:
        raise Gone(_("The document has been redacted: %(reason)s") % {"reason": document.redaction_reason})
    response = FileResponse(
        storage().open(document.stored_as),
        as_attachment=True,
        filename=document.name,
        content_type=document.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def redact(document: Document, *, by, reason: str) -> None:
    """Takes away a file that should never have been uploaded; its name, its check sum and why stay.

    The administrator's alone, who reads no case. The versions that hold the document are not rewritten.
    """
    require(by, Action.ADMINISTER)
    if not reason.strip():
        raise Refusal(_("Write why the document is redacted."), field="reason")
    with transaction.atomic():
        case = lock_case(document.case)
        row = Document.objects.select_for_update().get(pk=document.pk)
        if row.redacted_at is not None:
            raise TooLate(
                _("The document is redacted already: %(reason)s") % {"reason": row.redaction_reason}
            )
        row.redacted_at, row.redacted_by, row.redaction_reason = clock.now(), by, reason.strip()
        row.save(update_fields=["redacted_at", "redacted_by", "redaction_reason"])
        record(
            "redact-document",
            # The name is not in the trail: who may read that may not always know of the document.
            case,
            by=by,
            reason=row.redaction_reason,
            before={"document_id": row.pk, "sha256": row.sha256},
            case_reference=case.reference,
        )
        # The last of all: a file that cannot be removed leaves the document as it was.
        storage().delete(row.stored_as)


def _name(given: str) -> str:
    """The name without folders, control characters and what would not fit."""
    try:
        name = clean_text(given or "")
    except TypedError as error:
        raise Refusal(error.sentence) from error
    name = "".join(mark for mark in name.replace("\\", "/").rpartition("/")[2] if mark.isprintable()).strip()
    if not name or name.startswith("."):
        raise Refusal(_("The file has no name. Give it one, and upload it again."))
    if len(name) > NAME_LENGTH:
        raise Refusal(
            _("The file's name may have 200 characters. Give it a shorter one, and upload it again.")
        )
    return name


def _content_type(upload, name: str) -> str:
    """What the file is by its content; the ending of its name must say the same."""
    if upload.size == 0:
        raise Refusal(_("%(name)s is empty.") % {"name": name})
    if upload.size > LARGEST:
        raise Refusal(
            _("%(name)s is larger than 20 MB. Make it smaller, and upload it again.") % {"name": name}
        )
    ending = name.rpartition(".")[2].lower()
    content_type, endings = _found(upload)
    upload.seek(0)
    if ending not in endings:
        raise Refusal(
            _(
                "%(name)s is not a file that can be uploaded. "
                "Use PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text or CSV."
            )
            % {"name": name}
        )
    return content_type


def _found(upload) -> tuple[str, frozenset[str]]:
    """The content type and the endings that go with it; no ending at all when the kind is not taken."""
    upload.seek(0)
    head = upload.read(HEAD)
    for start, content_type in ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG)):
        if head.startswith(start):
            return content_type, frozenset(end for end, of in ENDINGS.items() if of == content_type)
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(upload)
    upload.seek(0)
    if _is_text(upload):
        return TEXT, frozenset({"txt", "csv"})
    return "", frozenset()


def _in_zip(upload) -> tuple[str, frozenset[str]]:
    """What office file it is, by the names of its parts; nothing in it is unpacked but 100 bytes."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as packed:
            names = packed.namelist()
            if len(names) > MOST_MEMBERS:
                return "", frozenset()
            for part, (ending, content_type) in OFFICE_PARTS.items():
                if part in names:
                    return content_type, frozenset({ending})
            if "mimetype" in names:
                with packed.open("mimetype") as part:
                    kind = part.read(100).decode("ascii", "replace")
                if kind in OPEN_DOCUMENTS:
                    return kind, frozenset({OPEN_DOCUMENTS[kind]})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "", frozenset()
    return "", frozenset()


def _is_text(upload) -> bool:
    """Whether every byte could be text, in UTF-8 or in the Latin 1 that Excel writes."""
    return all(
        not any(byte < 32 and byte not in (9, 10, 12, 13) for byte in chunk) for chunk in upload.chunks()
    )


def _sha256(upload) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
