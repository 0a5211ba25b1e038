"""Which cases wait for a person, read from the table of transitions.

Only the next step counts: that a case could be withdrawn or stopped does not make it wait for anyone.
"""

from django.db.models import Exists, F, OuterRef, Q

from businesscases.models import CaseWriter, Confirmation, Endorsement, ProjectReport
from businesscases.workflow import OWNER, TRANSITIONS, WRITER, CaseAction, Own
from innovation_pool.permissions import Action, may

NEXT_STEPS = frozenset(
    {
        CaseAction.SUBMIT,
        CaseAction.CONFIRM_FIGURES,
        CaseAction.OPEN_HEARING,
        CaseAction.CLOSE_HEARING,
        CaseAction.APPROVE,
        CaseAction.START,
    }
)


def waiting_for(user) -> Q:
    """The cases whose next step is the person's; to endorse or to confirm a completion counts too."""
    waits = Q(pk__in=[])
    for row in TRANSITIONS:
        if row.action in NEXT_STEPS:
            waits |= Q(state__in=row.sources) & _done_by(user, row)
    if may(user, Action.CONFIRM_COMPLETION):
        finished = ProjectReport.objects.filter(case=OuterRef("pk"), kind=ProjectReport.Kind.FINAL)
        waits |= Q(state="in_progress") & Exists(finished) & ~_written_by(user)
    if may(user, Action.WRITE_CASE):
        asked = Endorsement.objects.filter(
            person=user, endorsed=None, version__number=F("version__case__versions_frozen")
        )
        waits |= Q(pk__in=asked.values("version__case"), state="submitted")
    return waits


def _done_by(user, row) -> Q:
    if row.who == OWNER:
        return Q(owner=user) if may(user, Action.WRITE_CASE) else Q(pk__in=[])
    if row.who == WRITER:
        now = CaseWriter.objects.filter(person=user, until=None)
        return Q(pk__in=now.values("case")) if may(user, Action.WRITE_CASE) else Q(pk__in=[])
    if not may(user, Action(row.who)):
        return Q(pk__in=[])
    theirs = Q() if row.own == Own.ANY else ~_written_by(user)
    if row.own == Own.NOT_HANDLED:
        theirs &= ~Q(pk__in=Confirmation.objects.filter(by=user).values("version__case"))
    return theirs


def _written_by(user) -> Q:
    return Q(pk__in=CaseWriter.objects.filter(person=user).values("case"))
