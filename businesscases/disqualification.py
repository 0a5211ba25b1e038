"""Disqualification (inhabilitet): reported by the person, decided by the chair.

The chair's own question is decided by the mayor, who may have no account. The principles are those of
forvaltningsloven §§ 3-6; to lead the area a case is about is not in itself one. An open question keeps
a person out as well (`businesscases.access.disqualified`).
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.models import BusinessCase, Disqualification
from businesscases.workflow import lock_case
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, may, who_may
from innovation_pool.refusals import NotAllowed, Refusal


@transaction.atomic
def report(case: BusinessCase, *, by, reason: str, operation: UUID | None = None) -> Disqualification:
    """The person says that they may be disqualified in the case."""
    lock_case(case)
    if not reason.strip():
        raise Refusal(_("Write why you may be disqualified."), field="reason")
    if Disqualification.objects.filter(case=case, person=by).exists():
        raise Refusal(_("You have already reported it in this case."))
    question = Disqualification.objects.create(case=case, person=by, reason=reason)
    record(
        "report-disqualification",
        question,
        by=by,
        reason=reason,
        operation=operation,
        case_reference=case.reference,
    )
    return question


@transaction.atomic
def decide(
    question: Disqualification,
    *,
    by,
    out: bool,
    reason: str,
    mayor: str = "",
    operation: UUID | None = None,
) -> Disqualification:
    """The chair decides whether the person stays out. `by` is the chair, which the pool's meetings know.

    Nobody decides their own: the chair's is decided by the mayor, named in `mayor` and entered by the
    secretariat.
    """
    lock_case(question.case)
    question.refresh_from_db()
    for_the_mayor = mayor.strip() and may(by, Action.PREPARE_MEETING)
    if not (may(by, Action.CARRY_OUT_DECISION) or for_the_mayor):
        raise NotAllowed(
            _("Disqualification is decided by the chair: %(who)s.")
            % {"who": who_may(Action.CARRY_OUT_DECISION)}
        )
    if question.person_id == by.pk:
        raise NotAllowed(_("Nobody decides their own disqualification. The mayor decides the chair's."))
    if not reason.strip():
        raise Refusal(_("Write the reason for the decision."), field="reason")
    before = {"out": question.out, "reason": question.decision_reason}
    question.out, question.decision_reason = out, reason
    question.decided_by, question.decided_by_name = by, mayor.strip()
    question.decided_at = clock.now()
    question.save(update_fields=["out", "decision_reason", "decided_by", "decided_by_name", "decided_at"])
    record(
        "decide-disqualification",
        question,
        by=by,
        reason=reason,
        before=before,
        after={"out": out, "decided by": question.decided_by_name or str(by)},
        operation=operation,
        case_reference=question.case.reference,
    )
    return question
