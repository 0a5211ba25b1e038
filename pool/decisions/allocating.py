"""Allocation (udmøntning) of a year: several cases in one act, all of it or nothing.

It needs no meeting: a member of the board decides, and it is a numbered decision of its own kind
that names the decisions it draws on.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from businesscases.access import kept_out_of, ties
from businesscases.mails import writers_by_case
from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.prepared import prepared
from innovation_pool.refusals import NotAllowed, Refusal
from innovation_pool.together import together
from innovation_pool.written import insert
from pool import ledger
from pool.decisions.funding import asked_by_year
from pool.decisions.in_force import decisions_in_force, giving_or_ending
from pool.decisions.mails import draft_decided
from pool.models import Decision, DecisionGrant, DecisionKind, DecisionMember, Pool
from pool.movement_texts import shortened


def allocate(
    pool: Pool,
    year: int,
    amounts: dict[BusinessCase, int],
    *,
    by,
    operation: UUID,
    text: str = "",
    seen: str | None = None,
) -> Decision:
    """The decision by which each case gets its amount of its own reservation in the year; whole kroner.

    `seen` is `ledger.pool_state(pool, year, cases)` as the confirmation showed it; raises ledger.Moved
    when the figures are others now. A case the person is kept out of is refused by name.
    """
    require(by, Action.ALLOCATE)
    wanted = {case: amount for case, amount in amounts.items() if amount}
    if not wanted:
        raise Refusal(_("Write what to allocate, for one case at least."), field="amounts")
    # Everyone's next allocation waits for this one: what needs no lock is read before it.
    writers, in_force = writers_by_case(wanted), decisions_in_force(wanted)
    with transaction.atomic():
        locked = ledger.lock([pool], wanted, counter=True)
        pool = locked.pool(pool)
        taken = {
            locked.case(case): amount for case, amount in sorted(wanted.items(), key=lambda pair: pair[0].pk)
        }
        if _may_have_changed(by, in_force):
            _refuse_kept_out(by, taken)
            in_force = decisions_in_force(taken)
        ledger.require_unmoved(seen, pool, year, [case.pk for case in taken])
        parts = _parts(taken, in_force)
        with together():
            decision = Decision(
                number=locked.next_decision_number(),
                kind=DecisionKind.ALLOCATION,
                text=_text(pool, year, taken, parts, text),
                decided_on=clock.today(),
                by=by,
                at=clock.now(),
                operation=operation,
            )
            with ledger.deciding(locked, decision) as posting:
                # All that is read and refused comes before the first row is written.
                ledger.allocate(posting, pool, year, taken, parts)
                insert([decision])
                _write_beside(decision, pool, year, taken)
                draft_decided(decision, taken, writers)
        return decision


def _write_beside(decision: Decision, pool: Pool, year: int, amounts: dict[BusinessCase, int]) -> None:
    """What stands with the decision: who took part, what each case got, and the row of the audit trail."""
    DecisionMember.objects.create(decision=decision, person=decision.by, took_part=True)
    DecisionGrant.objects.bulk_create(
        DecisionGrant(
            decision=decision,
            case=case,
            pool=pool,
            year=year,
            amount=amount,
            asked=asked_by_year(case).get(year, 0),
        )
        for case, amount in amounts.items()
    )
    # Kept for good, and so in the municipality's language, as the text is.
    with translation.override(settings.LANGUAGE_CODE):
        named = decision.name_with(f"{pool.name} {year} ({pool.number})")
    record(
        "allocate",
        decision,
        named=named,
        by=decision.by,
        operation=decision.operation,
        case_reference=next(iter(amounts)).reference if len(amounts) == 1 else "",
        after={
            "number": decision.label,
            "pool": pool.number,
            "year": year,
            "amounts": {case.reference: amount for case, amount in amounts.items()},
        },
    )


@prepared
def _ties_and_newer_decisions(*, person: int, newest: int, cases: list[int]) -> QuerySet:
    newer = giving_or_ending(cases).filter(number__gt=newest).order_by().values_list("case")
    return ties(person, cases).union(newer, all=True)


def _may_have_changed(by, in_force: dict[int, list[Decision]]) -> bool:
    """Whether anything ties the person to a case, or was decided on one since the decisions were read."""
    newest = max((decision.number for of_case in in_force.values() for decision in of_case), default=0)
    return bool(_ties_and_newer_decisions(person=by.pk, newest=newest, cases=list(in_force)))


def _refuse_kept_out(by, cases: dict[BusinessCase, int]) -> None:
    reasons = kept_out_of(by, cases)
    refused = [f"{case.reference}: {reasons[case.pk]}" for case in cases if case.pk in reasons]
    if refused:
        raise NotAllowed(
            _("Another member of the board must allocate to these. %(cases)s") % {"cases": " ".join(refused)},
            field="amounts",
        )


def _parts(amounts: dict[BusinessCase, int], in_force: dict[int, list[Decision]]) -> dict[BusinessCase, str]:
    """For each case a line: its amount and the decisions it draws on."""
    # The text is kept for good: its language is the municipality's.
    with translation.override(settings.LANGUAGE_CODE):
        return {
            case: shortened(
                _("%(case)s: %(amount)s (decision no. %(decisions)s)")
                % {
                    "case": case.reference,
                    "amount": kr(amount),
                    "decisions": ", ".join(decision.label for decision in in_force[case.pk]),
                }
            )
            for case, amount in amounts.items()
        }


def _text(
    pool: Pool, year: int, amounts: dict[BusinessCase, int], parts: dict[BusinessCase, str], typed: str
) -> str:
    """What was typed, or a sentence; then the line of each case."""
    with translation.override(settings.LANGUAGE_CODE):
        first = typed.strip() or _("The board allocates %(total)s of %(year)s from %(pool)s.") % {
            "total": kr(sum(amounts.values())),
            "year": year,
            "pool": pool.name,
        }
    return "\n".join([first, *parts.values()])
