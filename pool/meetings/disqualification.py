"""Who decides whether somebody is disqualified: the chair of the meeting that takes the case up.

The rule itself stands in `businesscases.disqualification`; only a meeting knows its chair. The chair's
own question is decided by the mayor and written down by the secretariat.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from businesscases import disqualification
from businesscases.models import BusinessCase, Disqualification
from innovation_pool.accounts.models import User
from innovation_pool.permissions import Action, may
from innovation_pool.refusals import NotAllowed, Refusal
from pool.models import Meeting


def report_disqualification(case: BusinessCase, *, by, reason: str, operation: UUID) -> Disqualification:
    """The question, asked by the person it concerns. Who handles or decides cases can ask it."""
    if not may(by, Action.READ_SUBMITTED):
        raise PermissionDenied
    return disqualification.report(case, by=by, reason=reason, operation=operation)


def chair_for(case: BusinessCase) -> User | None:
    """Who decides questions of disqualification in a case.

    The chair of the coming or open meeting that takes it up; where none does, of the newest meeting.
    """
    meetings = Meeting.objects.select_related("chair")
    takes_it_up = meetings.filter(
        state__in=[Meeting.State.PLANNED, Meeting.State.OPEN], items__case=case, items__removed_at=None
    )
    meeting = takes_it_up.order_by("held_on", "id").first() or meetings.order_by("-held_on", "-id").first()
    return meeting.chair if meeting else None


def decide_disqualification(
    question: Disqualification, *, by, out: bool, reason: str, operation: UUID, mayor: str = ""
) -> Disqualification:
    """The question, answered with its reason: stays out of the case, or takes part.

    `mayor` is the name of who decided the chair's own question.
    """
    chair = chair_for(question.case)
    if chair is None:
        raise Refusal(_("Plan a meeting with the case first: its chair decides the question."))
    if question.person_id != chair.pk:
        if by.pk != chair.pk:
            raise NotAllowed(_("Only the chair, %(chair)s, decides this.") % {"chair": chair})
        mayor = ""
    elif not may(by, Action.PREPARE_MEETING):
        raise NotAllowed(
            _("The chair's own question is decided by the mayor and written down by the secretariat.")
        )
    elif not mayor.strip():
        raise Refusal(_("Write the name of the mayor, who decided it."), field="mayor")
    return disqualification.decide(question, by=by, out=out, reason=reason, mayor=mayor, operation=operation)
