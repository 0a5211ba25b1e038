"""Starting a case and confirming that it is completed: acts that touch money and need no meeting."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.models import BusinessCase
from businesscases.workflow import CaseAction, perform, why_not
from innovation_pool.refusals import Refusal
from pool import conditions, ledger
from pool.decisions.answering import end_requests


def start(case: BusinessCase, *, by, operation: UUID) -> BusinessCase:
    """The case, in progress. Its owner starts it once every political condition is answered yes."""
    with transaction.atomic():
        locked = ledger.lock([], [case])
        case = locked.case(case)
        refusal = why_not(by, case, CaseAction.START)
        if refusal is not None:
            raise refusal
        waiting = conditions.standing([case.pk]).get(case.pk)
        if waiting:
            names = ", ".join(dict.fromkeys(str(row.get_kind_display()) for row in waiting))
            raise Refusal(
                _("The case cannot start before the politicians have said yes to: %(conditions)s.")
                % {"conditions": names}
            )
        perform(case, CaseAction.START, by=by, operation=operation, with_money=True)
        return case


def confirm_completion(case: BusinessCase, *, by, operation: UUID, note: str = "") -> BusinessCase:
    """The case, completed: reserved money released, unspent returned, without cover fallen away, in one act.

    Finance confirms it, after the owner's final report.
    """
    with transaction.atomic():
        locked = ledger.lock(ledger.pools_of(case), [case])
        case = locked.case(case)
        refusal = why_not(by, case, CaseAction.CONFIRM_COMPLETION)
        if refusal is not None:
            raise refusal
        ledger.settle_completion(locked, case, by=by, operation=operation, text=note)
        end_requests(case.pk)
        perform(
            case,
            CaseAction.CONFIRM_COMPLETION,
            by=by,
            reason=note,
            operation=operation,
            with_money=True,
        )
        return case
