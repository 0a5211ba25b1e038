"""Who decides whether somebody is disqualified: the chair of the meeting that takes the case up.

The rule itself stands in `businesscases.disqualification`; only a meeting knows its chair. The chair's
own question is decided by the mayor and written down by the secretariat.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from businesscases import disqualification
from businesscases.models import BusinessCase, Disqualification
from innovation_pool.accounts.models import User
from innovation_pool.permissions import Action, RoleLacks, may
from innovation_pool.refusals import NotAllowed, Refusal
from pool.models import Meeting

UNDECIDED = (Meeting.State.PLANNED, Meeting.State.OPEN)
# Whoever does one of these to cases can be disqualified in one.
HANDLING = (Action.CHECK_FIGURES, Action.PREPARE_MEETING, Action.CARRY_OUT_DECISION)


def may_report_disqualification(user) -> bool:
    """Whether the person handles or decides cases, so that there is something to stay out of."""
    return any(may(user, action) for action in HANDLING)


def report_disqualification(case: BusinessCase, *, by, reason: str, operation: UUID) -> Disqualification:
    """The question, asked by the person it concerns. Who handles or decides cases can ask it."""
    if not may_report_disqualification(by):
        raise RoleLacks(*HANDLING)
    return disqualification.report(case, by=by, reason=reason, operation=operation)


def chair_for(case: BusinessCase) -> User | None:
    """Who decides questions of disqualification in a case: the chair of the meeting that is to treat it.

    That is the coming or open meeting with the case on its agenda, else the next that is planned, else
    the latest that was held. A meeting made in a minute from a case's page never counts: whoever makes
    one is its chair, and would so have made themselves the judge of the others. None without a meeting.
    """
    called = Meeting.objects.called().select_related("chair")
    coming = called.filter(state__in=UNDECIDED).order_by("held_on", "id")
    meeting = (
        coming.filter(items__case=case, items__removed_at=None).first()
        or coming.first()
        or called.order_by("-held_on", "-id").first()
    )
    return meeting.chair if meeting else None


def decide_disqualification(
    question: Disqualification, *, by, out: bool, reason: str, operation: UUID, mayor: str = ""
) -> Disqualification:
    """The question, answered with its reason: stays out of the case, or takes part.

    `mayor` is the name of who decided the chair's own question.
    """
    chair = chair_for(question.case)
    if refusal := why_not_decide_disqualification(by, question, chair):
        raise refusal
    if question.person_id != chair.pk:
        mayor = ""
    elif not mayor.strip():
        raise Refusal(_("Write the name of the mayor, who decided it."), field="mayor")
    return disqualification.decide(question, by=by, out=out, reason=reason, mayor=mayor, operation=operation)


def why_not_decide_disqualification(user, question: Disqualification, chair: User | None) -> Refusal | None:
    """Why the person does not decide the question, or None; `chair` is that of the case."""
    if chair is None:
        return Refusal(_("Plan a meeting with the case first: its chair decides the question."))
    if question.person_id != chair.pk:
        if user.pk == chair.pk:
            return None
        return NotAllowed(_("Only the chair, %(chair)s, decides this.") % {"chair": chair})
    if may(user, Action.PREPARE_MEETING) and user.pk != chair.pk:
        return None
    return NotAllowed(
        _("The chair's own question is decided by the mayor and written down by the secretariat.")
    )
