"""What the politicians answered to the conditions of an approval; finance records it, once for each."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal, TooLate
from pool import conditions, ledger
from pool.meetings.sitting import put_on_next_agenda
from pool.models import ConditionOutcome, DecisionCondition
from pool.models.decisions import ConditionKind


def record_outcome(
    condition: DecisionCondition,
    *,
    met: bool,
    committee: str,
    on: datetime.date,
    item: str,
    by,
    operation: UUID,
    converted: dict[int, int] | None = None,
) -> ConditionOutcome:
    """The outcome. A no puts the case on the next agenda: reverse, stop or change of grant.

    A conversion answered yes states how many kroner become operation, by year.
    """
    require(by, Action.RECORD_OUTCOME)
    _check_typed(committee, on, item)
    amounts = _converted(condition, met, converted)
    with transaction.atomic():
        condition = DecisionCondition.objects.select_related("decision").get(pk=condition.pk)
        locked = ledger.lock([], [condition.decision.case_id])
        case = locked.case(condition.decision.case_id)
        if ConditionOutcome.objects.filter(condition=condition).exists():
            raise TooLate(_("The outcome has been recorded already."))
        if condition.pk not in {row.pk for row in conditions.standing([case.pk]).get(case.pk, [])}:
            raise TooLate(_("The decision is no longer in force, so its condition needs no answer."))
        outcome = ConditionOutcome.objects.create(
            condition=condition,
            met=met,
            committee=committee.strip(),
            on=on,
            item=item.strip(),
            converted=amounts,
            by=by,
            at=clock.now(),
        )
        record(
            "record-outcome",
            condition.decision,
            by=by,
            operation=operation,
            case_reference=case.reference,
            after={
                "condition": condition.get_kind_display(),
                "met": met,
                "committee": outcome.committee,
                "on": on,
                "item": outcome.item,
                "converted": amounts,
            },
        )
        if not met:
            put_on_next_agenda(case, by=by, operation=operation)
        return outcome


def _check_typed(committee: str, on: datetime.date | None, item: str) -> None:
    if not committee.strip():
        raise Refusal(_("Write which committee or council decided it."), field="committee")
    if on is None or on > clock.today():
        raise Refusal(_("Write the date of the political decision: today or earlier."), field="on")
    if not item.strip():
        raise Refusal(_("Write the number of the item on its agenda."), field="item")


def _converted(condition: DecisionCondition, met: bool, typed: dict[int, int] | None) -> dict[str, int]:
    if condition.kind != ConditionKind.CONVERSION or not met:
        return {}
    amounts = {str(year): amount for year, amount in sorted((typed or {}).items()) if amount}
    if not amounts or min(amounts.values()) < 0:
        raise Refusal(_("Write how many kroner become operation, in one year at least."), field="converted")
    return amounts
