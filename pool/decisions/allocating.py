"""Allocation (udmøntning) of a year: several cases in one act, all of it or nothing.

It needs no meeting: a member of the board decides, and it is a numbered decision of its own kind
that names the decisions it draws on.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from businesscases.access import kept_out_of, nothing_ties
from businesscases.mails import writers_by_case
from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import NotAllowed, Refusal
from pool import ledger
from pool.decisions.funding import asked_by_year
from pool.decisions.in_force import decisions_in_force
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
    writers = writers_by_case(wanted)
    with transaction.atomic():
        locked = ledger.lock([pool], wanted, counter=True)
        pool = locked.pool(pool)
        taken = {
            locked.case(case): amount for case, amount in sorted(wanted.items(), key=lambda pair: pair[0].pk)
        }
        _refuse_kept_out(by, taken)
        ledger.require_unmoved(seen, pool, year, [case.pk for case in taken])
        parts = _parts(taken)
        decision = Decision.objects.create(
            number=locked.next_decision_number(),
            kind=DecisionKind.ALLOCATION,
            text=_text(pool, year, taken, parts, text),
            decided_on=clock.today(),
            by=by,
            at=clock.now(),
            operation=operation,
        )
        DecisionMember.objects.create(decision=decision, person=by, took_part=True)
        with ledger.deciding(locked, decision) as posting:
            ledger.allocate(posting, pool, year, taken, parts)
        DecisionGrant.objects.bulk_create(
            DecisionGrant(
                decision=decision,
                case=case,
                pool=pool,
                year=year,
                amount=amount,
                asked=asked_by_year(case).get(year, 0),
            )
            for case, amount in taken.items()
        )
        draft_decided(decision, taken, writers)
        record(
            "allocate",
            decision,
            by=by,
            operation=operation,
            case_reference=next(iter(taken)).reference if len(taken) == 1 else "",
            after={
                "number": decision.label,
                "pool": pool.number,
                "year": year,
                "amounts": {case.reference: amount for case, amount in taken.items()},
            },
        )
        return decision


def _refuse_kept_out(by, cases: dict[BusinessCase, int]) -> None:
    if nothing_ties(by, cases):
        return
    reasons = kept_out_of(by, cases)
    refused = [f"{case.reference}: {reasons[case.pk]}" for case in cases if case.pk in reasons]
    if refused:
        raise NotAllowed(
            _("Another member of the board must allocate to these. %(cases)s") % {"cases": " ".join(refused)},
            field="amounts",
        )


def _parts(amounts: dict[BusinessCase, int]) -> dict[BusinessCase, str]:
    """For each case a line: its amount and the decisions it draws on."""
    in_force = decisions_in_force(amounts)
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
