"""A meeting from its planning to its close."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, Role
from innovation_pool.refusals import Refusal, TooLate
from pool.meetings.agenda import append_item
from pool.meetings.answered_no import cases_answered_no
from pool.meetings.locking import locked_meeting, require_any
from pool.meetings.people import write_people
from pool.models import AgendaItem, Meeting, ProvisionalDecision

__all__ = [
    "close_meeting",
    "locked_meeting",
    "open_meeting",
    "open_meeting_now",
    "plan_meeting",
    "put_on_next_agenda",
]


def plan_meeting(held_on, chair, *, by, operation, starts_at=None, place="") -> Meeting:
    """A planned meeting with the whole board as its people.

    Cases the politicians said no to are put on its agenda: the board must decide what follows.
    """
    require_any(by, Action.PREPARE_MEETING)
    if held_on < clock.today():
        raise Refusal(_("Choose a day that is today or later."), field="held_on")
    with transaction.atomic():
        meeting = _create(held_on, chair, by, operation, starts_at=starts_at, place=place)
        board = User.objects.with_role(Role.BOARD)
        write_people(meeting, present=list(board), by=by, operation=operation)
        for case in cases_answered_no():
            if not _waits_on_an_agenda(case):
                append_item(meeting, by=by, operation=operation, case=case)
        return meeting


def open_meeting(meeting, *, by, operation) -> Meeting:
    """The meeting, open: from now on decisions can be put down on its items."""
    require_any(by, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state != Meeting.State.PLANNED:
            raise TooLate(_("The meeting has been opened already."))
        if not meeting.people.filter(present=True).exists():
            raise Refusal(_("Say who is present before the meeting is opened."))
        return _open(meeting, by, operation, at=clock.now())


def open_meeting_now(by, case, operation, *, present=None, chair=None) -> AgendaItem:
    """The item of a meeting made and opened at once, for one case, from the case's own page.

    Without `present` only the member of the board who makes it is written down as present: nobody
    is recorded at a meeting without somebody saying so. It is opened at the very moment it is made:
    that tells it from a meeting that was called (`Meeting.objects.called`).
    """
    require_any(by, Action.PREPARE_MEETING, Action.CARRY_OUT_DECISION)
    is_member = Role.BOARD in by.roles
    present = list(present) if present is not None else ([by] if is_member else [])
    chair = chair or (by if is_member else next(iter(present), None))
    if chair is None or not present:
        raise Refusal(_("Say which members of the board are present."), field="present")
    with transaction.atomic():
        meeting = _create(clock.today(), chair, by, operation)
        write_people(meeting, present=present, by=by, operation=operation)
        item = append_item(meeting, by=by, operation=operation, case=case)
        _open(item.meeting, by, operation, at=meeting.created_at)
        return item


def close_meeting(meeting, *, by, operation) -> Meeting:
    """The meeting, closed. Refused while a provisional decision is left."""
    require_any(by, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state != Meeting.State.OPEN:
            raise TooLate(_("Only an open meeting can be closed."))
        left = ProvisionalDecision.objects.filter(
            item__meeting=meeting, item__removed_at=None, taken_back_at=None, carried_out=None
        )
        titles = list(left.order_by("item__order").values_list("item__title", flat=True))
        if titles:
            raise Refusal(
                _("Carry out or take back the provisional decisions first: %(items)s.")
                % {"items": ", ".join(titles)}
            )
        meeting.state = Meeting.State.CLOSED
        meeting.closed_at = clock.now()
        meeting.save(update_fields=["state", "closed_at"])
        record("close-meeting", meeting, by=by, operation=operation)
        return meeting


def put_on_next_agenda(case, *, by, operation) -> AgendaItem | None:
    """The case's item on the next planned meeting, or None when none is planned yet.

    The rule that calls this has checked who asks. A case that waits on an agenda already stays there;
    without a planned meeting it is put on the agenda of the next one that is planned.
    """
    standing = _waits_on_an_agenda(case)
    if standing is not None:
        return standing
    coming = (
        Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__gte=clock.today())
        .order_by("held_on", "id")
        .first()
    )
    if coming is None:
        return None
    meeting = locked_meeting(coming)
    if meeting.state != Meeting.State.PLANNED:
        raise TooLate(_("The meeting has just been opened. Try again."))
    return append_item(meeting, by=by, operation=operation, case=case)


def _waits_on_an_agenda(case) -> AgendaItem | None:
    return AgendaItem.objects.filter(
        case=case,
        removed_at=None,
        decision=None,
        meeting__state__in=[Meeting.State.PLANNED, Meeting.State.OPEN],
    ).first()


def _open(meeting: Meeting, by, operation, *, at) -> Meeting:
    meeting.state = Meeting.State.OPEN
    meeting.opened_at = at
    meeting.save(update_fields=["state", "opened_at"])
    record("open-meeting", meeting, by=by, operation=operation)
    return meeting


def _create(held_on, chair, by, operation, **fields) -> Meeting:
    if Role.BOARD not in chair.roles or not chair.is_active:
        raise Refusal(_("The chair must be a member of the board."), field="chair")
    meeting = Meeting.objects.create(held_on=held_on, chair=chair, created_by=by, **fields)
    record(
        "plan-meeting",
        meeting,
        by=by,
        operation=operation,
        after={"held_on": str(held_on), "chair": str(chair)},
    )
    return meeting
