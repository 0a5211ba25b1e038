"""The dossier of one case: everything there is about it, in one ZIP that can be filed and checked.

Versions, decisions, movements, hearing answers, change requests, the trail and the documents, with a
list of the sha256 of every file. JSON for what a system reads; the documents as they were uploaded.
"""

import hashlib
import json
import re
import zipfile
from tempfile import SpooledTemporaryFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from businesscases.access import documents_for
from businesscases.documents import storage
from businesscases.models import BusinessCase, Document, HearingPart
from innovation_pool import clock
from innovation_pool.audit.reading import readable_by
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, may
from innovation_pool.refusals import Refusal
from pool.behind import basis_of
from pool.models import Decision, Movement, Pool
from pool.requests import sent_requests

# A case has at most 50 documents of 20 MB; what is more than this is fetched document by document.
LARGEST = 500 * 1024 * 1024
IN_MEMORY = 8 * 1024 * 1024
CHUNK = 1024 * 1024
_UNSAFE = re.compile(r"[^\w. ()-]+")


def dossier(case: BusinessCase, user):
    """What the person may read of it, as an open file at its beginning.

    Raises a Refusal when the documents are too many bytes together.
    """
    documents = [row for row in documents_for(user, case).order_by("pk") if row.redacted_at is None]
    size = sum(document.size for document in documents)
    if size > LARGEST:
        raise Refusal(
            _("The documents of %(case)s are %(size)d MB together; download them one by one.")
            % {"case": case.reference, "size": size // CHUNK}
        )
    accounting = case.accounting.order_by("-pk").first()
    # Closed by the response that sends it.
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = {name: _write(archive, name, values) for name, values in _parts(case, user)}
        for document in documents:
            name = f"dokumenter/{document.pk}-{safe_name(document.name)}"
            sums[name] = _copy(archive, name, document)
        about = _about(case, accounting, len(documents))
        archive.writestr("LÆS-MIG.txt", about)
        sums["LÆS-MIG.txt"] = hashlib.sha256(about.encode()).hexdigest()
        archive.writestr("sha256.txt", "".join(f"{code}  {name}\n" for name, code in sorted(sums.items())))
    file.seek(0)
    return file


# Whoever does one of these keeps the files of a case.
KEEPING = (Action.READ_AUDIT, Action.RUN_HEARING)


def may_take_dossier(user) -> bool:
    """Who keeps the files: the secretariat, and the auditor who reads them."""
    return any(may(user, action) for action in KEEPING)


def safe_name(name: str) -> str:
    """A file name that leads nowhere: no folders, no control characters, not hidden, not too long."""
    return _UNSAFE.sub("_", name).strip(". ")[-120:] or "dokument"


def _parts(case: BusinessCase, user):
    yield "sag.json", _case(case)
    for version in case.versions.select_related("by").order_by("number"):
        yield (
            f"versioner/version-{version.number}.json",
            {
                "number": version.number, "frozen_at": version.frozen_at, "by": str(version.by),
                "sha256": version.digest, "content": version.content,
            },
        )  # fmt: skip
    yield "beslutninger.json", [_decision(row) for row in _decisions(case)]
    yield "bevaegelser.json", [_movement(row) for row in _movements(case)]
    yield "hoeringer.json", _hearings(case)
    yield "aendringsanmodninger.json", _requests(case)
    yield "dokumenter.json", [_document(row) for row in documents_for(user, case).order_by("pk")]
    yield (
        "spor.json",
        list(
            readable_by(user)
            .filter(case_reference=case.reference)
            .order_by("pk")
            .values("at", "by__name", "act", "subject", "reason", "before", "after", "operation")
        ),
    )


def _case(case: BusinessCase) -> dict:
    accounting = case.accounting.order_by("-pk").first()
    pools = Pool.objects.filter(movements__case=case).distinct().order_by("pk")
    return {
        "reference": case.reference,
        "title": case.listed_title or case.title,
        "state": case.state,
        "owner": str(case.owner),
        "case_number": accounting.case_number if accounting else "",
        "kle": accounting.kle if accounting else "",
        "taken_out": clock.now(),
        "ledger_heads": [
            {"pool": pool.number, "number": pool.last_number, "hash": pool.head} for pool in pools
        ],
        "way": list(case.events.order_by("pk").values("at", "by__name", "action", "reason")),
    }


def _decisions(case: BusinessCase):
    return (
        Decision.objects.filter(case=case)
        .select_related("meeting", "by", "version")
        .prefetch_related("grants__pool", "members__person", "political_conditions__outcome")
        .order_by("number")
    )


def _decision(row: Decision) -> dict:
    return {
        "label": row.label,
        "kind": row.kind,
        "decided_on": row.decided_on,
        "meeting": row.meeting.held_on if row.meeting else None,
        "version": row.version.number if row.version else None,
        "text": row.text,
        "reason": row.reason,
        "terms": row.conditions,
        "carried_out_by": str(row.by),
        "took_part": [str(member.person) for member in row.members.all() if member.took_part],
        "stayed_out": [
            {"name": str(member.person), "reason": member.reason}
            for member in row.members.all()
            if not member.took_part
        ],
        "grants": [
            {"pool": grant.pool.number, "year": grant.year, "amount": grant.amount,
             "unfunded": grant.unfunded, "asked": grant.asked}
            for grant in row.grants.all()
        ],
        "political_conditions": [
            {"kind": condition.kind, "text": condition.text,
             "met": condition.outcome.met if hasattr(condition, "outcome") else None}
            for condition in row.political_conditions.all()
        ],
    }  # fmt: skip


def _movements(case: BusinessCase):
    return (
        Movement.objects.filter(case=case)
        .select_related("pool", "debit", "credit", "operation__decision__meeting")
        .order_by("pool", "number")
    )


def _movement(row: Movement) -> dict:
    return {
        "pool": row.pool.number,
        "number": row.number,
        "kind": row.kind,
        "year": row.year,
        "amount": row.amount,
        "said": kr(row.amount),
        "from": str(row.debit),
        "to": str(row.credit),
        "at": row.at,
        "basis": basis_of(row.operation),
        "payload": row.payload,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


def _hearings(case: BusinessCase) -> list[dict]:
    parts = HearingPart.objects.filter(hearing__case=case).select_related("hearing", "body", "answer")
    return [
        {
            "deadline": part.hearing.deadline,
            "opened_at": part.hearing.opened_at,
            "closed_at": part.hearing.closed_at,
            "material": part.hearing.material,
            "body": part.body.name,
            "passed_over": part.passed_over_reason,
            "answer": part.answer.text if hasattr(part, "answer") else "",
            "answered_by": part.answer.answered_by if hasattr(part, "answer") else "",
            "answered_at": part.answer.answered_at if hasattr(part, "answer") else None,
            "late": part.late,
        }
        for part in parts.order_by("hearing", "body__name")
    ]


def _requests(case: BusinessCase) -> list[dict]:
    return [
        {
            "state": row.state,
            "asked_by": str(row.asked_by),
            "asked_at": row.asked_at,
            "why": row.why,
            "opinion": row.opinion,
            "decision": row.decision.label if row.decision else "",
            "lines": list(row.lines.order_by("pool", "year").values("pool__number", "year", "difference")),
        }
        for row in sent_requests(case).select_related("asked_by", "decision").order_by("pk")
    ]


def _document(row: Document) -> dict:
    return {
        "id": row.pk, "name": row.name, "type": row.content_type, "size": row.size, "sha256": row.sha256,
        "confidential": row.confidential, "uploaded_at": row.uploaded_at, "redacted_at": row.redacted_at,
    }  # fmt: skip


def _about(case: BusinessCase, accounting, documents: int) -> str:
    lines = [
        f"{case.reference} {case.listed_title or case.title}",
        _("Case number: %(number)s") % {"number": (accounting.case_number if accounting else "") or "–"},
        _("KLE: %(kle)s") % {"kle": (accounting.kle if accounting else "") or "–"},
        _("Documents: %(count)d. Amounts are whole kroner. sha256.txt has the check sum of every file.")
        % {"count": documents},
    ]
    return "\n".join(lines) + "\n"


def _write(archive: zipfile.ZipFile, name: str, values) -> str:
    text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    archive.writestr(name, text)
    return hashlib.sha256(text.encode()).hexdigest()


def _copy(archive: zipfile.ZipFile, name: str, document: Document) -> str:
    digest = hashlib.sha256()
    with storage().open(document.stored_as) as source, archive.open(name, "w") as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
