"""What a meeting takes up, in which order, with which recommendation."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase, State
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action
from innovation_pool.refusals import Refusal, TooLate
from pool.meetings.locking import locked_item, locked_meeting, refuse_unless_prepared, require_any
from pool.models import AgendaItem, Decision, Meeting, ProvisionalDecision

NEVER_TAKEN_UP = (State.DRAFT, State.RETURNED, State.WITHDRAWN, State.COMPLETED)


def case_may_stand(case: BusinessCase) -> bool:
    """Whether a case is at a point where the board can take it up."""
    return case.state not in NEVER_TAKEN_UP


def add_item(meeting, *, by, operation, case=None, title="", recommendation="") -> AgendaItem:
    """A new last item: a case, or a subject of its own with a title."""
    require_any(by, Action.PREPARE_MEETING)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        refuse_unless_prepared(meeting)
        return append_item(
            meeting, by=by, operation=operation, case=case, title=title, recommendation=recommendation
        )


def append_item(meeting: Meeting, *, by, operation, case=None, title="", recommendation="") -> AgendaItem:
    """The last item, in a transaction, by who has checked who asks."""
    # Locked here too: two that read the same last place would both take the next.
    locked_meeting(meeting)
    if case is None and not title.strip():
        raise Refusal(_("Write a title for the item, or choose a case."), field="title")
    if case is not None and not case_may_stand(case):
        raise Refusal(
            _("%(case)s has the status %(state)s and cannot be taken up at a meeting.")
            % {"case": case.reference, "state": case.get_state_display()},
            field="case",
        )
    if case is not None and meeting.items.filter(case=case, removed_at=None).exists():
        raise Refusal(_("%(case)s is already on the agenda.") % {"case": case.reference}, field="case")
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=last + 1,
        case=case,
        title=(title.strip() or case.listed_title or case.title)[:160],
        recommendation=recommendation,
    )
    record(
        "add-item",
        item,
        by=by,
        operation=operation,
        case_reference=case.reference if case else "",
        after={"meeting": str(meeting.held_on), "order": item.order, "title": item.title},
    )
    return item


def move_item(item: AgendaItem, *, to: int, by, operation) -> None:
    """Puts the item at place `to`, counted from 1, and numbers the agenda anew."""
    require_any(by, Action.PREPARE_MEETING)
    with transaction.atomic():
        meeting, item = locked_item(item)
        refuse_unless_prepared(meeting)
        standing = list(meeting.items.filter(removed_at=None))
        before = [found.pk for found in standing]
        moved = standing.pop(before.index(item.pk))
        standing.insert(min(max(to, 1), len(before)) - 1, moved)
        if [found.pk for found in standing] == before:
            return
        _number(standing)
        record(
            "move-item",
            item,
            by=by,
            operation=operation,
            case_reference=item.case_reference,
            before={"order": item.order},
            after={"order": moved.order},
        )


def remove_item(item: AgendaItem, *, by, operation, reason="") -> None:
    """Takes the item off the agenda. A decided item stays; a provisional decision is taken back first."""
    require_any(by, Action.PREPARE_MEETING)
    with transaction.atomic():
        meeting, item = locked_item(item)
        refuse_unless_prepared(meeting)
        _refuse_decided(item)
        if ProvisionalDecision.objects.filter(item=item, taken_back_at=None, carried_out=None).exists():
            raise Refusal(_("Take back the provisional decision first; then the item can leave the agenda."))
        item.removed_at = clock.now()
        item.save(update_fields=["removed_at"])
        _number(list(meeting.items.filter(removed_at=None)))
        record(
            "remove-item",
            item,
            by=by,
            operation=operation,
            reason=reason,
            case_reference=item.case_reference,
            before={"meeting": str(meeting.held_on), "order": item.order},
        )


def write_item(
    item: AgendaItem, *, by, operation, title=None, recommendation=None, discussion=None
) -> AgendaItem:
    """The item with its texts changed; None leaves a text as it is.

    The recommendation is settled once the item is decided; the note for the record can be written
    until the chair has approved the record.
    """
    require_any(by, Action.PREPARE_MEETING)
    with transaction.atomic():
        meeting, item = locked_item(item)
        if meeting.state == Meeting.State.APPROVED:
            raise TooLate(_("The record is approved and is no longer changed."))
        typed = {"title": title, "recommendation": recommendation, "discussion": discussion}
        new = {name: text for name, text in typed.items() if text is not None and text != getattr(item, name)}
        if new.keys() - {"discussion"}:
            refuse_unless_prepared(meeting)
            _refuse_decided(item)
        if not new.get("title", "-").strip():
            raise Refusal(_("Write a title for the item, or choose a case."), field="title")
        before = {name: getattr(item, name) for name in new}
        for name, text in new.items():
            setattr(item, name, text)
        if new:
            item.save(update_fields=list(new))
            record(
                "write-item",
                item,
                by=by,
                operation=operation,
                case_reference=item.case_reference,
                before=before,
                after=new,
            )
        return item


def _number(standing: list[AgendaItem]) -> None:
    """The places of the standing items, from 1 without a gap, in the order given."""
    for order, found in enumerate(standing, start=1):
        found.order = order
    AgendaItem.objects.bulk_update(standing, ["order"])


def _refuse_decided(item: AgendaItem) -> None:
    if Decision.objects.filter(item=item).exists():
        raise TooLate(
            _("The item is decided. A decided item is never edited; a new decision reverses or changes it.")
        )
