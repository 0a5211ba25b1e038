"""The record of a meeting (beslutningsreferat): recommendation and decision together, item by item.

Until the chair has approved it, it is read from the rows; from then on it is what was approved.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.refusals import NotAllowed, TooLate
from pool.meetings.locking import locked_meeting
from pool.models import AgendaItem, Decision, DecisionGrant, DecisionMember, Meeting, Pool


def record_of(meeting: Meeting) -> dict:
    """The record as plain values; amounts are whole kroner. The approved one is given back as it was."""
    if meeting.record is not None:
        return meeting.record
    items = list(
        AgendaItem.objects.filter(meeting=meeting, removed_at=None)
        .select_related("case", "decision__by", "decision__reverses", "decision__version")
        .prefetch_related(
            Prefetch("decision__grants", DecisionGrant.objects.select_related("pool")),
            Prefetch("decision__members", DecisionMember.objects.select_related("person")),
            "decision__political_conditions",
            "case__accounting",
        )
        .order_by("order", "id")
    )
    people = meeting.people.select_related("person").order_by("person__name", "person_id")
    return {
        "held_on": meeting.held_on.isoformat(),
        "starts_at": meeting.starts_at.isoformat("minutes") if meeting.starts_at else "",
        "place": meeting.place,
        "chair": str(meeting.chair),
        "people": [
            {"name": str(row.person), "title": row.person.title, "present": row.present, "note": row.note}
            for row in people
        ],
        "items": [_item(item) for item in items],
        "heads": _heads(items),
    }


def kept_out_of(decision: dict, record: dict) -> list[dict]:
    """Whom the decision names: those kept out of it, with a `sentence`. Who is absent stands at the head."""
    # As `people.who_decides` wrote it down: in the municipality's language.
    with translation.override(settings.LANGUAGE_CODE):
        absent = {
            row["name"]: row["note"] or gettext("Absent") for row in record["people"] if not row["present"]
        }
    out = [row for row in decision["stayed_out"] if absent.get(row["name"]) != row["reason"]]
    return [row | {"sentence": _kept_out(row)} for row in out]


def _kept_out(row: dict) -> str:
    """Who did not take part and why; a reason that names the person says it alone."""
    if row["reason"].startswith(row["name"]):
        return row["reason"]
    return gettext("%(name)s did not take part: %(reason)s") % row


def approve_record(meeting, *, by, operation) -> Meeting:
    """The meeting with its record frozen. Only its chair approves it, once it is closed."""
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if by.pk != meeting.chair_id or not by.is_active:
            raise NotAllowed(_("Only the chair, %(chair)s, approves the record.") % {"chair": meeting.chair})
        if meeting.state == Meeting.State.APPROVED:
            raise TooLate(_("The record is approved already."))
        if meeting.state != Meeting.State.CLOSED:
            raise TooLate(_("Close the meeting first; then the record can be approved."))
        meeting.record = record_of(meeting)
        meeting.state = Meeting.State.APPROVED
        meeting.record_approved_at = clock.now()
        meeting.record_approved_by = by
        meeting.save(update_fields=["record", "state", "record_approved_at", "record_approved_by"])
        record("approve-record", meeting, by=by, operation=operation, after=meeting.record)
        return meeting


def _item(item: AgendaItem) -> dict:
    decision = getattr(item, "decision", None)
    accounting = max(item.case.accounting.all(), key=lambda row: row.pk, default=None) if item.case else None
    return {
        "order": item.order,
        "title": item.title,
        "case": item.case.reference if item.case else "",
        "case_number": accounting.case_number if accounting else "",
        "recommendation": [line.strip() for line in item.recommendation.splitlines() if line.strip()],
        "discussion": item.discussion,
        "decision": _decision(decision) if decision else None,
    }


def _decision(decision: Decision) -> dict:
    members = sorted(decision.members.all(), key=lambda row: (str(row.person), row.pk))
    return {
        "label": decision.label,
        "kind": decision.kind,
        "text": decision.text,
        "reason": decision.reason,
        "conditions": decision.conditions,
        "on_condition": decision.on_condition,
        "political_conditions": [
            {"kind": row.kind, "text": row.text} for row in decision.political_conditions.all()
        ],
        "until": decision.until.isoformat() if decision.until else "",
        "reverses": decision.reverses.label if decision.reverses else "",
        "passed_over_reason": decision.passed_over_reason,
        "version": decision.version.number if decision.version else None,
        "carried_out_by": str(decision.by),
        "took_part": [str(row.person) for row in members if row.took_part],
        "stayed_out": [
            {"name": str(row.person), "reason": row.reason} for row in members if not row.took_part
        ],
        "grants": [
            {
                "pool": row.pool.number,
                "year": row.year,
                "amount": row.amount,
                "unfunded": row.unfunded,
                "asked": row.asked,
            }
            for row in decision.grants.all()
        ],
    }


def _heads(items: list[AgendaItem]) -> list[dict]:
    """Of every pool the decisions touched: number and hash of its latest movement when this was written."""
    decisions = [item.decision for item in items if getattr(item, "decision", None)]
    pools = {grant.pool_id for decision in decisions for grant in decision.grants.all()}
    return [
        {"pool": pool.number, "number": pool.last_number, "hash": pool.head}
        for pool in Pool.objects.filter(pk__in=pools).order_by("pk")
    ]
