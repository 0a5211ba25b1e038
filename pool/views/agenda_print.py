"""The agenda as one printed document: every item with its recommendation and the brief of its case."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from pool.agenda import shown_meeting
from pool.briefs import brief_of
from pool.views.meetings import found


@require_GET
def agenda_print(request, meeting_id):
    """What the members read before the meeting, on paper or on a screen; nothing of what is put down."""
    meeting = found(request, meeting_id)
    items = [shown.item for shown in shown_meeting(meeting).items]
    rows = [(item, brief_of(item.case) if item.case else None) for item in items]
    return render(request, "pool/agenda_print.html", {"meeting": meeting, "rows": rows})
