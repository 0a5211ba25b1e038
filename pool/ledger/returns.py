"""What finance does with a case's money: returning what is unspent, registering that it was transferred."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal, TooLate
from pool.ledger import grants, reads, refusals
from pool.ledger.balances import Place
from pool.ledger.locking import Locked, lock
from pool.ledger.posting import posting
from pool.models import AccountKind, Effect, Movement, MovementKind, Operation, Pool

COMPLETION = "completion"


def return_unspent(
    pool: Pool, year: int, case: BusinessCase, amount: int, *, reason: str, by, operation: UUID
) -> Operation:
    """Returns allocated and unspent money to the year's available; at most what is unspent."""
    require(by, Action.RETURN_MONEY)
    if not reason.strip():
        raise Refusal(_("Say why the money is returned."), field="reason")
    with transaction.atomic():
        locked = lock([pool], [case])
        row = locked.open_year(pool, year)
        have = reads.unspent(pool, year, case)
        if row is None or refusals.whole(amount) > have:
            raise refusals.unspent_short(case.reference, year, have, amount)
        with posting(locked, kind=MovementKind.RETURN, by=by, operation=operation, text=reason) as act:
            act.move(
                MovementKind.RETURN,
                Place(pool.pk, AccountKind.ALLOCATED, year, case.pk),
                Place(pool.pk, AccountKind.AVAILABLE, year),
                amount,
            )
        record(
            "return_money",
            case,
            by=by,
            reason=reason,
            after={"pool": pool.number, "year": year, "amount": amount},
            operation=operation,
            case_reference=case.reference,
            named=f"{case.audit_name}: {pool.name} {year} ({pool.number})",
        )
        return Operation.objects.get(pk=operation)


def settle_completion(
    locked: Locked, case: BusinessCase, *, by, operation: UUID, text: str = ""
) -> Operation | None:
    """Releases what is reserved and returns what is unspent, in every pool, when a case is completed.

    A part of the act in `pool/decisions`, which changes the state, writes the audit row and has locked
    every pool of `reads.pools_of(case)`. Gives None when there was no money to move.
    """
    with posting(locked, kind=COMPLETION, by=by, operation=operation, text=text) as act:
        grants.end_grants(act, case)
    return Operation.objects.filter(pk=operation).first()


def needing_effect() -> QuerySet[Movement]:
    """The movements that are effected by a budget transfer: allocations, returns, corrections of either,
    and allocated money carried into a new year."""
    return Movement.objects.filter(
        Q(kind__in=[MovementKind.ALLOCATION, MovementKind.RETURN])
        | Q(kind__in=[MovementKind.CARRY_OVER, MovementKind.CORRECTION])
        & (Q(debit__kind=AccountKind.ALLOCATED) | Q(credit__kind=AccountKind.ALLOCATED))
    )


def waiting_for_effect() -> QuerySet[Movement]:
    """Those of them that finance has not registered yet, oldest first."""
    return needing_effect().filter(effect=None).order_by("at", "pool", "number")


def register_effect(
    movements: Iterable[Movement],
    *,
    transferred_from: str,
    transferred_to: str,
    voucher: str,
    on: datetime.date,
    by,
    operation: UUID,
) -> list[Effect]:
    """Registers the budget transfer behind movements: from, to, voucher, date. Once for each."""
    require(by, Action.REGISTER_EFFECT)
    wanted = {movement.pk for movement in movements}
    if not (wanted and transferred_from.strip() and transferred_to.strip() and voucher.strip()):
        raise Refusal(
            _("Write where the money was transferred from and to, and the voucher."), field="voucher"
        )
    with transaction.atomic():
        lock(set(Movement.objects.filter(pk__in=wanted).values_list("pool_id", flat=True)))
        rows = list(
            needing_effect().filter(pk__in=wanted).select_related("effect", "pool", "case").order_by("pk")
        )
        if len(rows) != len(wanted):
            raise Refusal(_("Only allocations, returns and carried allocations are effected by a transfer."))
        for row in rows:
            if hasattr(row, "effect"):
                raise TooLate(
                    format_lazy(_("Movement {number} is registered as effected already."), number=row.number)
                )
        effects = [
            Effect(
                movement=row,
                transferred_from=transferred_from,
                transferred_to=transferred_to,
                voucher=voucher,
                on=on,
                by=by,
            )
            for row in rows
        ]
        Effect.objects.bulk_create(effects)
        record(
            "register_effect",
            rows[0],
            by=by,
            after={"movements": [str(row) for row in rows], "voucher": voucher, "on": on},
            operation=operation,
            case_reference=rows[0].case.reference,
        )
        return effects
