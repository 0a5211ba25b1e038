"""Carrying out what a meeting decided: in one transaction, in the order of the agenda, all or none.

Numbers are given, states and money move, and everything about a decision is frozen beside it.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.access import kept_out
from businesscases.checking import accounting_of
from businesscases.versions import newest
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import ledger
from pool.decisions.acts import ACTS, Carried, about
from pool.decisions.mails import draft_decided
from pool.decisions.provisional import put_down, refuse_kept_out
from pool.decisions.requirements import related_cases
from pool.decisions.terms import ACTION_OF, Grant
from pool.meetings.locking import locked_meeting
from pool.meetings.people import Part, who_decides
from pool.models import (
    AgendaItem,
    Decision,
    DecisionCondition,
    DecisionGrant,
    DecisionKind,
    DecisionMember,
    Meeting,
    ProvisionalDecision,
)


class CannotCarryOut(Refusal):
    """None was carried out. `failing` has each item that could not be, with its sentence."""

    def __init__(self, failing: list[tuple[AgendaItem, str]]):
        self.failing = failing
        sentences = [f"{item.order}. {item.title}: {sentence}" for item, sentence in failing]
        super().__init__(
            _("None of the decisions is carried out. %(reasons)s") % {"reasons": " ".join(sentences)}
        )


def carry_out(
    meeting: Meeting, items: Iterable[AgendaItem] | None = None, *, by, operation: UUID
) -> list[Decision]:
    """The decisions of the ticked items, or of all that stand, in the order of the agenda.

    Raises CannotCarryOut with every item that could not be and why; then none is.
    """
    require(by, Action.CARRY_OUT_DECISION)
    with transaction.atomic():
        wanted = None if items is None else {item.pk for item in items}
        # Pools, cases, the counter, and only then the meeting: the order of everyone who needs both.
        locked = _lock(_standing(meeting, wanted))
        meeting = locked_meeting(meeting)
        if meeting.state != Meeting.State.OPEN:
            raise TooLate(_("Decisions are carried out only while the meeting is open."))
        standing = _standing(meeting, wanted)
        _refuse_missing(wanted, standing)
        done, failing = [], []
        for provisional in standing:
            try:
                # A savepoint for each: the next is tried too, so that the page can name all that fail.
                with transaction.atomic():
                    done.append(_decide(locked, meeting, provisional, by, operation))
            except Refusal as refusal:
                failing.append((provisional.item, str(refusal)))
        if failing:
            raise CannotCarryOut(failing)
        record(
            "carry-out",
            meeting,
            by=by,
            operation=operation,
            after={"decisions": [decision.label for decision in done]},
        )
        return done


def decide_at_once(
    item: AgendaItem, *, by, operation: UUID, grants: Iterable[Grant] = (), **decision
) -> Decision:
    """The item's decision, put down and carried out in one act; `decision` is what `put_down` takes."""
    require(by, Action.CARRY_OUT_DECISION)
    grants = tuple(grants)
    with transaction.atomic():
        case = item.case
        pools = {grant.pool.pk for grant in grants}
        if case is not None:
            pools |= {pool.pk for pool in ledger.pools_of(case)}
        # Before the meeting, which putting down locks: whoever carries out in it has these first.
        ledger.lock(pools, [case.pk, *related_cases(case)] if case else [], counter=True)
        put_down(item, by=by, operation=operation, grants=grants, **decision)
        return carry_out(item.meeting, [item], by=by, operation=operation)[0]


def operation_of(operation: UUID, item: AgendaItem) -> UUID:
    """The operation of one decision among those a form carries out: the same form gives the same."""
    return uuid5(operation, f"item {item.pk}")


def _standing(meeting: Meeting, wanted: set[int] | None) -> list[ProvisionalDecision]:
    found = (
        ProvisionalDecision.objects.filter(
            item__meeting=meeting, item__removed_at=None, taken_back_at=None, carried_out=None
        )
        .select_related("item__case", "put_down_by", "reverses")
        .prefetch_related("grants__pool", "political_conditions")
        .order_by("item__order", "item_id")
    )
    return list(found if wanted is None else found.filter(item__in=wanted))


def _refuse_missing(wanted: set[int] | None, standing: list[ProvisionalDecision]) -> None:
    if wanted is not None and wanted != {provisional.item_id for provisional in standing}:
        raise TooLate(
            _("A provisional decision has been taken back or carried out in the meantime. Look again.")
        )
    if not standing:
        raise Refusal(_("No provisional decision is left to carry out."))


def _lock(standing: list[ProvisionalDecision]) -> ledger.Locked:
    cases = [provisional.item.case for provisional in standing if provisional.item.case]
    pools = {grant.pool_id for provisional in standing for grant in provisional.grants.all()}
    related: set[int] = set()
    for provisional in standing:
        case = provisional.item.case
        if provisional.kind == DecisionKind.APPROVE:
            related |= set(related_cases(case))
        elif case is not None:
            pools |= {pool.pk for pool in ledger.pools_of(case)}
    return ledger.lock(pools, {case.pk for case in cases} | related, counter=True)


def _decide(locked, meeting: Meeting, provisional: ProvisionalDecision, by, operation: UUID) -> Decision:
    item = provisional.item
    item.meeting = meeting
    _refuse_not_locked(locked, provisional)
    refuse_kept_out(by, item)
    _refuse_put_down_by_kept_out(provisional)
    members = who_decides(item)
    if not any(part.took_part for part in members):
        raise Refusal(_("Nobody who is present may decide it."))
    case = locked.case(item.case) if item.case else None
    decision = _write_decision(locked, meeting, provisional, case, by, operation, members)
    rows = ACTS[provisional.kind](Carried(locked, decision, provisional, case, by))
    DecisionGrant.objects.bulk_create(rows)
    provisional.carried_out = decision
    provisional.save(update_fields=["carried_out"])
    draft_decided(decision, [case] if case else [])
    if provisional.kind not in ACTION_OF:
        # The table of transitions writes the others' row as it moves the case: one row an act.
        record(
            "decide",
            decision,
            by=by,
            operation=decision.operation,
            reason=decision.reason,
            case_reference=case.reference if case else "",
            after=about(decision, provisional),
        )
    return decision


def _write_decision(locked, meeting, provisional, case, by, operation, members: list[Part]) -> Decision:
    decision = Decision.objects.create(
        number=locked.next_decision_number(),
        kind=provisional.kind,
        meeting=meeting,
        item=provisional.item,
        case=case,
        version=newest(case) if case else None,
        text=provisional.text,
        reason=provisional.reason,
        conditions=provisional.conditions,
        on_condition=provisional.on_condition,
        until=provisional.until,
        reverses=provisional.reverses,
        passed_over_reason=provisional.passed_over_reason,
        accounting=accounting_of(case) if provisional.kind == DecisionKind.APPROVE else None,
        decided_on=clock.today(),
        by=by,
        at=clock.now(),
        operation=operation_of(operation, provisional.item),
    )
    DecisionMember.objects.bulk_create(
        DecisionMember(decision=decision, person=part.person, took_part=part.took_part, reason=part.reason)
        for part in members
    )
    DecisionCondition.objects.bulk_create(
        DecisionCondition(decision=decision, kind=condition.kind, text=condition.text)
        for condition in provisional.political_conditions.all()
    )
    return decision


def _refuse_not_locked(locked: ledger.Locked, provisional: ProvisionalDecision) -> None:
    """Refuses what was changed between the reading and the lock so that it now concerns something else."""
    pools = {grant.pool_id for grant in provisional.grants.all()}
    cases = {provisional.item.case_id} if provisional.item.case_id else set()
    if provisional.kind == DecisionKind.APPROVE:
        cases |= set(related_cases(provisional.item.case))
    if not (pools <= locked.pools.keys() and cases <= locked.cases.keys()):
        raise TooLate(
            _("The provisional decision has been changed in the meantime. Look at it as it is now.")
        )


def _refuse_put_down_by_kept_out(provisional: ProvisionalDecision) -> None:
    case = provisional.item.case
    reason = kept_out(provisional.put_down_by, case) if case else None
    if reason:
        raise NotAllowed(_("%(reason)s Somebody else must put the decision down again.") % {"reason": reason})
