"""The lock on a meeting. Whoever also needs pools or cases takes those first: one order, so no deadlock."""

from django.utils.translation import gettext_lazy as _

from innovation_pool.permissions import Action, RoleLacks, may
from innovation_pool.refusals import TooLate
from pool.models import AgendaItem, Meeting

PREPARED = (Meeting.State.PLANNED, Meeting.State.OPEN)


def locked_meeting(meeting) -> Meeting:
    """The meeting as it stands now, locked until the transaction ends."""
    # Only its key stays free to point at: a row that refers to the meeting need not wait for us.
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def locked_item(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    """The item and its meeting as they stand now, locked. Refuses an item that left the agenda."""
    meeting = locked_meeting(item.meeting)
    item = AgendaItem.objects.select_related("case").get(pk=item.pk)
    if item.removed_at is not None:
        raise TooLate(_("“%(item)s” is no longer on the agenda.") % {"item": item.title})
    item.meeting = meeting
    return meeting, item


def refuse_unless_prepared(meeting: Meeting) -> None:
    """Refuses a meeting whose agenda and people are settled."""
    if meeting.state not in PREPARED:
        raise TooLate(_("The meeting is closed, and its agenda and people stand as they were."))


def require_any(user, *actions: Action) -> None:
    """Raises PermissionDenied unless the person may do one of the actions."""
    if not any(may(user, action) for action in actions):
        raise RoleLacks(*actions)
