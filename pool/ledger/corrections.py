"""A correction (rettelse): the exact opposite of one whole earlier operation, once.

Every movement goes the other way, the last first. What no longer fits in a shortfall that has been
covered since goes to the available instead. What a case has spent stays allocated to it. A change of
state or of a grant is never corrected here: a new decision of the board puts that right.
"""

from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.access import kept_out
from innovation_pool.audit.models import Entry
from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool.ledger import reads, refusals
from pool.ledger.balances import Place
from pool.ledger.grants import TAKES_MONEY
from pool.ledger.locking import Locked, lock
from pool.ledger.posting import Posting, posting
from pool.models import Account, AccountKind, Movement, MovementKind, Operation, PoolYear

# What may be corrected, and by whom: whoever may do the original. An operation's kind says what act it
# was, so what a closing, a decision on a grant or a completion moved is not in it.
WHO = {
    MovementKind.BUDGET: Action.BOOK_COUNCIL_MONEY,
    MovementKind.ADOPTION: Action.BOOK_COUNCIL_MONEY,
    MovementKind.SUPPLEMENT: Action.BOOK_COUNCIL_MONEY,
    MovementKind.PRICE_REGULATION: Action.BOOK_COUNCIL_MONEY,
    MovementKind.CUT: Action.BOOK_COUNCIL_MONEY,
    MovementKind.CARRY_OVER: Action.BOOK_COUNCIL_MONEY,
    MovementKind.RETURN: Action.RETURN_MONEY,
    MovementKind.ALLOCATION: Action.ALLOCATE,
}
# A carry-over of available money alone concerns no case.
WHILE_RUNNING = (MovementKind.RETURN, MovementKind.ALLOCATION, MovementKind.CARRY_OVER)
# What only the council books: what gives a year its budget.
COUNCILS = (
    MovementKind.BUDGET,
    MovementKind.ADOPTION,
    MovementKind.SUPPLEMENT,
    MovementKind.PRICE_REGULATION,
    MovementKind.CUT,
)


def correct(original: Operation, *, reason: str, by, operation: UUID) -> Operation:
    """Moves every movement of an operation back. Refuses other kinds, a second time, and a closed year.

    Raises NotEnough when the money is no longer there; its sentence offers a cut.
    """
    if original.kind not in WHO:
        raise Refusal(
            _("Only what the council gave or took, a carry-over, a return and an allocation is corrected.")
        )
    require(by, WHO[original.kind])
    if not reason.strip():
        raise Refusal(_("Say why it is corrected."), field="reason")
    # Rows that are written once may be read before the lock.
    movements = list(
        Movement.objects.filter(operation=original)
        .select_related("debit", "credit")
        .order_by("-pool", "-number")
    )
    year = adopted_year(original)
    with transaction.atomic():
        pools = {movement.pool_id for movement in movements} | ({year.pool_id} if year else set())
        locked = lock(pools, {movement.case_id for movement in movements if movement.case_id})
        _require_correctable(locked, original, movements, year, by)
        try:
            with posting(
                locked,
                kind=MovementKind.CORRECTION,
                by=by,
                operation=operation,
                text=reason,
                corrects=original,
            ) as act:
                act.always_written = True
                for movement in movements:
                    _back(act, movement)
                _require_spent_stays(act)
        except refusals.NotEnough as error:
            raise _offer(original, error) from error
        _put_years_right(locked, movements, year)
        record(
            "correction",
            locked.pools[min(pools)],
            by=by,
            reason=reason,
            before={"operation": str(original.pk), "act": original.kind},
            after={"amount": sum(movement.amount for movement in movements)},
            operation=operation,
            case_reference=_reference(locked),
        )
        return Operation.objects.get(pk=operation)


def correctable(operation: Operation) -> bool:
    """Whether a correction can be offered at all: one of the kinds, and not corrected yet."""
    return operation.kind in WHO and not hasattr(operation, "corrected_by")


def _require_correctable(
    locked: Locked, original: Operation, movements: list[Movement], year: PoolYear | None, by
) -> None:
    if Operation.objects.filter(corrects=original).exists():
        raise TooLate(_("This is corrected already. A correction is made once, and is not itself corrected."))
    if year:
        # An adoption without a difference moves nothing, and so nothing else asks whether the year is open.
        locked.open_year(year.pool_id, year.year)
    if original.kind == MovementKind.BUDGET:
        _require_not_adopted(locked, movements)
    for case in locked.cases.values():
        if original.kind in WHILE_RUNNING and case.state not in TAKES_MONEY:
            raise TooLate(
                format_lazy(
                    _("{case} is no longer approved or in progress, so its money is not corrected."),
                    case=case.reference,
                )
            )
        if original.kind == MovementKind.ALLOCATION and (why := kept_out(by, case)):
            raise NotAllowed(f"{case.reference}: {why}")
    if (
        year
        and Account.objects.filter(
            pool=year.pool_id, year=year.year, kind=AccountKind.ALLOCATED, balance__gt=0
        ).exists()
    ):
        raise Refusal(
            format_lazy(
                _("Money is allocated in {year}, so its adoption stands. Book a supplement or a cut."),
                year=year.year,
            )
        )


def _require_not_adopted(locked: Locked, movements: list[Movement]) -> None:
    """What the council adopted is the year's budget, so what it was booked with is not taken back."""
    for movement in movements:
        row = locked.years[(movement.pool_id, movement.year)]
        if row.status == PoolYear.Status.ADOPTED:
            raise Refusal(
                format_lazy(
                    _(
                        "{year} is adopted, so what its budget was booked with stands. "
                        "Correct the adoption first, or book a supplement or a cut."
                    ),
                    year=row.year,
                )
            )


def _back(act: Posting, movement: Movement) -> None:
    debit, credit = _place(movement.credit), _place(movement.debit)
    amount = movement.amount
    if credit.kind == AccountKind.SHORTFALL:
        fits = min(amount, -act.balance(credit))
        if fits:
            act.move(MovementKind.CORRECTION, debit, credit, fits)
        amount -= fits
        credit = credit._replace(kind=AccountKind.AVAILABLE)
    if amount:
        act.move(MovementKind.CORRECTION, debit, credit, amount)


def _require_spent_stays(act: Posting) -> None:
    """Refuses what would leave a case less allocated in a year than it has spent there."""
    for place, left in act.now.items():
        # Below zero the posting refuses by itself.
        if place.kind != AccountKind.ALLOCATED or not 0 <= left < act.before[place]:
            continue
        spent = reads.spent(place.pool, place.year, place.case)
        if left < spent:
            case = act.locked.cases[place.case]
            raise refusals.spent_stays(case.reference, place.year, spent, left)


def _place(account: Account) -> Place:
    return Place(account.pool_id, account.kind, account.year, account.case_id)


def _offer(original: Operation, error: refusals.NotEnough) -> refusals.NotEnough:
    if original.kind in COUNCILS:
        sentence = _("{why} A cut is always recorded: book a cut instead.")
    else:
        sentence = _(
            "{why} A correction moves the whole amount or nothing; if money is to leave the pool, book a cut."
        )
    return refusals.NotEnough(format_lazy(sentence, why=error.sentence), error.missing)


def adopted_year(original: Operation) -> PoolYear | None:
    """The year an adoption concerned: its difference may have been zero, so the audit row is asked."""
    if original.kind != MovementKind.ADOPTION:
        return None
    entry = Entry.objects.get(operation=original.pk, act=MovementKind.ADOPTION)
    return PoolYear.objects.get(pk=entry.subject_id)


def _put_years_right(locked: Locked, movements: list[Movement], adopted: PoolYear | None) -> None:
    """A year whose adoption is taken back is an estimate again; one with nothing booked has no budget."""
    touched = {(movement.pool_id, movement.year) for movement in movements if movement.kind in COUNCILS}
    if adopted:
        touched.add((adopted.pool_id, adopted.year))
    for key in touched:
        row = locked.years[key]
        if adopted and row.pk == adopted.pk:
            row.status = PoolYear.Status.ESTIMATE
            row.adopted_on = row.appropriated_on = None
        row.has_budget = row.status == PoolYear.Status.ADOPTED or has_booked_money(*key)
        row.save(update_fields=["status", "adopted_on", "appropriated_on", "has_budget"])


def has_booked_money(pool: int, year: int) -> bool:
    """Whether anything the council booked to the year stands uncorrected."""
    return Movement.objects.filter(
        pool=pool, year=year, kind__in=COUNCILS, operation__corrected_by=None
    ).exists()


def _reference(locked: Locked) -> str:
    cases = list(locked.cases.values())
    return cases[0].reference if len(cases) == 1 else ""
