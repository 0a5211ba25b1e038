"""Provisional decisions: what a meeting has put down so far.

They move no state, no money and no mail, can be changed and taken back while the meeting is open, and
every change is in the audit trail. Whether the money is there is asked when they are carried out.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.access import kept_out
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool.decisions.requirements import check_conditions, check_grants, to_be_reversed
from pool.decisions.terms import (
    KINDS_WITH_CONDITIONS,
    KINDS_WITH_GRANTS,
    Condition,
    Grant,
    kinds_open_to,
    needs_reason,
)
from pool.decisions.wording import check_text, standard_text
from pool.meetings.locking import locked_item
from pool.models import (
    AgendaItem,
    Decision,
    DecisionKind,
    ItemAbsence,
    Meeting,
    ProvisionalCondition,
    ProvisionalDecision,
    ProvisionalGrant,
)


def put_down(
    item: AgendaItem,
    *,
    kind: str,
    by,
    operation,
    text: str = "",
    reason: str = "",
    conditions: str = "",
    grants: tuple[Grant, ...] | list[Grant] = (),
    political: tuple[Condition, ...] | list[Condition] = (),
    until: date | None = None,
    reverses: Decision | None = None,
    passed_over_reason: str = "",
) -> ProvisionalDecision:
    """The item's provisional decision, new or changed. Raises a Refusal for what no meeting could decide.

    An approval or a change gives in a year without a budget without cover, however it is typed. Without
    a text the decision gets a standard one, in the municipality's language.
    """
    require(by, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting, item = locked_item(item)
        earlier = _standing(meeting, item)
        case = item.case
        refuse_kept_out(by, item)
        if kind not in kinds_open_to(case):
            raise _not_possible(kind, case)
        if needs_reason(kind) and not reason.strip():
            raise Refusal(_("Write the reason for the decision."), field="reason")
        if kind == DecisionKind.RESOLUTION and not text.strip():
            raise Refusal(_("Write the decision."), field="text")
        if kind == DecisionKind.POSTPONE and (until is None or until <= clock.today()):
            raise Refusal(_("Write until when the case is postponed: a day that is to come."), field="until")
        grants = check_grants(kind, case, grants) if kind in KINDS_WITH_GRANTS else ()
        political = tuple(political) if kind in KINDS_WITH_CONDITIONS else ()
        if kind == DecisionKind.APPROVE:
            check_conditions(case, grants, political)
        check_text(kind, text, grants)
        reverses = to_be_reversed(case, reverses) if kind == DecisionKind.REVERSE else None
        before = as_plain(earlier) if earlier and earlier.stands else None
        provisional = earlier or ProvisionalDecision(item=item)
        provisional.kind = kind
        provisional.text = text.strip() or standard_text(kind, case, grants, until=until, reverses=reverses)
        provisional.reason = reason.strip()
        provisional.conditions = conditions.strip()
        provisional.on_condition = bool(political)
        provisional.until = until if kind == DecisionKind.POSTPONE else None
        provisional.reverses = reverses
        provisional.passed_over_reason = passed_over_reason.strip()
        provisional.put_down_by, provisional.put_down_at = by, clock.now()
        provisional.taken_back_at = None
        provisional.save()
        _write_parts(provisional, grants, political)
        record(
            "put-down" if before is None else "change-provisional",
            item,
            by=by,
            operation=operation,
            reason=provisional.reason,
            case_reference=case.reference if case else "",
            before=before,
            after=as_plain(provisional),
        )
        return provisional


def take_back(provisional: ProvisionalDecision, *, by, operation) -> None:
    """Takes the provisional decision back: the item is open again."""
    require(by, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting, item = locked_item(provisional.item)
        standing = _standing(meeting, item)
        if standing is None or not standing.stands:
            raise TooLate(_("The provisional decision has been taken back already."))
        refuse_kept_out(by, item)
        before = as_plain(standing)
        standing.taken_back_at = clock.now()
        standing.save(update_fields=["taken_back_at"])
        record(
            "take-back",
            item,
            by=by,
            operation=operation,
            case_reference=item.case_reference,
            before=before,
        )


def refuse_kept_out(person, item: AgendaItem) -> None:
    """Refuses somebody who is kept out of the item, with the reason, by name."""
    absence = ItemAbsence.objects.filter(item=item, person=person).exclude(reason="").first()
    if absence is not None:
        raise NotAllowed(
            _("%(person)s stays out of the item: %(reason)s") % {"person": person, "reason": absence.reason}
        )
    reason = kept_out(person, item.case) if item.case else None
    if reason:
        raise NotAllowed(reason)


def as_plain(provisional: ProvisionalDecision) -> dict:
    """The provisional decision as the audit trail keeps it; amounts are whole kroner."""
    grants = ProvisionalGrant.objects.filter(provisional=provisional).order_by("pool", "year")
    grants = grants.values_list("pool__number", "year", "amount", "unfunded")
    columns = ("pool", "year", "amount", "unfunded")
    political = ProvisionalCondition.objects.filter(provisional=provisional).order_by("id")
    return {
        "kind": str(provisional.kind),
        "text": provisional.text,
        "reason": provisional.reason,
        "conditions": provisional.conditions,
        "until": provisional.until,
        "reverses": provisional.reverses.label if provisional.reverses else None,
        "passed over": provisional.passed_over_reason,
        "grants": [dict(zip(columns, row, strict=True)) for row in grants],
        "political": list(political.values("kind", "text")),
    }


def _standing(meeting: Meeting, item: AgendaItem) -> ProvisionalDecision | None:
    """The item's row, standing or taken back. Refuses a meeting that is not open and a decided item."""
    if meeting.state != Meeting.State.OPEN:
        raise TooLate(_("Decisions are put down only while the meeting is open."))
    found = ProvisionalDecision.objects.select_related("reverses").filter(item=item).first()
    if found is not None and found.carried_out_id is not None:
        raise TooLate(
            _("The item is decided. A decided item is never edited; a new decision reverses or changes it.")
        )
    return found


def _not_possible(kind: str, case) -> Refusal:
    if case is None:
        return Refusal(_("An item without a case can only get a resolution."), field="kind")
    return Refusal(
        _("%(case)s is “%(state)s”, and “%(kind)s” is not possible.")
        % {
            "case": case.reference,
            "state": case.get_state_display(),
            "kind": dict(DecisionKind.choices).get(kind, kind),
        },
        field="kind",
    )


def _write_parts(provisional: ProvisionalDecision, grants, political) -> None:
    # What stood before is in the audit trail; the rows are only the latest proposal.
    provisional.grants.all().delete()
    provisional.political_conditions.all().delete()
    ProvisionalGrant.objects.bulk_create(
        ProvisionalGrant(
            provisional=provisional,
            pool=grant.pool,
            year=grant.year,
            amount=grant.amount,
            unfunded=grant.unfunded,
        )
        for grant in grants
    )
    ProvisionalCondition.objects.bulk_create(
        ProvisionalCondition(provisional=provisional, kind=condition.kind, text=condition.text)
        for condition in political
    )
