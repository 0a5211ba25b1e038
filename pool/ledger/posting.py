"""The core: an operation gathers its transfers, is checked as a whole, and is written at once.

Balances are read after the lock and kept beside the transfers while an act is made up, so that a
refusal comes with its figures before anything is written. What is written moves by F() under the
database's CHECK: should a reading ever be wrong, the database says no and nobody gets the money.
"""

from collections import Counter
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase
from innovation_pool import clock, guards
from innovation_pool.refusals import Refusal, TooLate
from innovation_pool.together import whole
from innovation_pool.written import Change, changing, update
from pool.ledger import chain, refusals
from pool.ledger.authority import Authority
from pool.ledger.balances import Balances, Place, order
from pool.ledger.locking import Locked
from pool.models import Account, AccountKind, Decision, Movement, MovementKind, Operation, Pool, UnfundedEntry
from pool.movement_texts import written_text

NEVER_BELOW_ZERO = (AccountKind.AVAILABLE, AccountKind.RESERVED, AccountKind.ALLOCATED)


class Transfer(NamedTuple):
    """A movement that is not written yet."""

    kind: str
    debit: Place
    credit: Place
    amount: int
    text: str


class Posting(Balances):
    """One operation being made up: `move` adds to it, `write` checks the whole and writes it."""

    def __init__(
        self,
        locked: Locked,
        *,
        kind: str,
        by,
        operation: UUID,
        text: str = "",
        authority: Authority | None = None,
        decision: Decision | None = None,
        corrects: Operation | None = None,
    ):
        super().__init__()
        self.locked = locked
        self.kind = kind
        self.by = by
        self.operation = operation
        self.text = text
        self.authority = authority
        self.decision = decision
        self.corrects = corrects
        self.at = clock.now()
        self.transfers: list[Transfer] = []
        self.unfunded_rows: list[UnfundedEntry] = []
        # Written even when no money moved: the council's word counts, at zero kroner too.
        self.always_written = authority is not None
        self._no_shortfall: set[tuple[int, int]] = set()

    # --- Moving ---------------------------------------------------------------------------------

    def move(self, kind: str, debit: Place, credit: Place, amount: int, text: str = "") -> None:
        """Adds a transfer of whole kroner from `debit` to `credit`. Refuses a closed year or pool."""
        refusals.whole(amount)
        for place in (debit, credit):
            if place.year is not None:
                self.locked.open_year(place.pool, place.year)
                self.balance(place)
        self.transfers.append(Transfer(kind, debit, credit, amount, text))
        for place, change in ((debit, -amount), (credit, amount)):
            self.change(place, change)

    def needs_no_shortfall(self, pool: Pool, year: int) -> None:
        """Refuses the whole, when it is written, if the year then still has an uncovered cut."""
        self._no_shortfall.add((pool.pk, year))

    # --- Writing --------------------------------------------------------------------------------

    def write(self) -> Operation | None:
        """Covers shortfalls, checks, writes. Gives the operation, or None when nothing moved."""
        self._cover_shortfalls()
        self._check()
        guards.require_installed()
        heads = {pool.pk: (pool.last_number, pool.head) for pool in self.locked.pools.values()}
        try:
            with whole():
                return self._write()
        except Exception as error:
            # The caller may undo this act alone and go on under the same lock, from the head as it was.
            for pool in self.locked.pools.values():
                pool.last_number, pool.head = heads[pool.pk]
            if isinstance(error, IntegrityError):
                raise self._refused_by_database() from error
            raise

    def _write(self) -> Operation | None:
        operation = None
        if self.transfers or self.always_written:
            operation = self._write_operation()
            self._write_movements(operation)
        for row in self.unfunded_rows:
            row.at = self.at
        UnfundedEntry.objects.bulk_create(self.unfunded_rows)
        return operation

    def _cover_shortfalls(self) -> None:
        touched = sorted(
            {(p.pool, p.year) for t in self.transfers for p in (t.debit, t.credit) if p.year is not None}
        )
        for pool, year in touched:
            available = Place(pool, AccountKind.AVAILABLE, year)
            shortfall = Place(pool, AccountKind.SHORTFALL, year)
            amount = min(self.balance(available), -self.balance(shortfall))
            if amount > 0:
                self.move(MovementKind.SHORTFALL_COVER, available, shortfall, amount)

    def _check(self) -> None:
        for place, amount in sorted(self.now.items(), key=lambda pair: order(pair[0])):
            if place.kind in NEVER_BELOW_ZERO and amount < 0:
                raise self._short(place)
        for pool, year in sorted(self._no_shortfall):
            short = -self.balance(Place(pool, AccountKind.SHORTFALL, year))
            if short:
                raise refusals.shortfall_stands(year, short)

    def _short(self, place: Place) -> Refusal:
        have = self.before.get(place, 0)
        wanted = have - self.now[place]
        if place.kind == AccountKind.AVAILABLE:
            return refusals.available_short(place.year, have, wanted)
        reference = BusinessCase.objects.get(pk=place.case).reference
        build = refusals.reserved_short if place.kind == AccountKind.RESERVED else refusals.allocated_short
        return build(reference, place.year, have, wanted)

    def _write_operation(self) -> Operation:
        operation = Operation(
            id=self.operation,
            kind=self.kind,
            by=self.by,
            at=self.at,
            text=self.text,
            decision=self.decision,
            corrects=self.corrects,
        )
        if self.authority:
            operation.authority_body = self.authority.body
            operation.authority_date = self.authority.date
            operation.authority_item = self.authority.item
            operation.authority_case_number = self.authority.case_number
        operation.save()
        return operation

    def _write_movements(self, operation: Operation) -> None:
        if not self.transfers:
            return
        accounts = self._accounts_in_use()
        movements = []
        changes: Counter = Counter()
        for transfer in self.transfers:
            pool = self.locked.pool(transfer.debit.pool)
            pool.last_number += 1
            year = transfer.debit.year or transfer.credit.year
            movement = Movement(
                pool=pool,
                number=pool.last_number,
                operation=operation,
                kind=transfer.kind,
                debit=accounts[transfer.debit],
                credit=accounts[transfer.credit],
                amount=transfer.amount,
                year=year,
                case_id=transfer.debit.case or transfer.credit.case,
                text=transfer.text
                or written_text(self.decision, self.text, transfer.kind, transfer.amount, year),
                at=self.at,
                previous_hash=pool.head,
            )
            movement.payload = chain.payload(movement, operation)
            movement.hash = pool.head = chain.link(movement.previous_hash, movement.payload)
            movements.append(movement)
            changes[accounts[transfer.debit].pk] -= transfer.amount
            changes[accounts[transfer.credit].pk] += transfer.amount
        Movement.objects.bulk_create(movements)
        self._move_balances(changes)
        for pool_id in {transfer.debit.pool for transfer in self.transfers}:
            pool = self.locked.pools[pool_id]
            update(pool, "last_number", "head")

    def _accounts_in_use(self) -> dict[Place, Account]:
        """The accounts of every transfer; those that are missing are made, here under the pool's lock."""
        wanted = {place for transfer in self.transfers for place in (transfer.debit, transfer.credit)}
        for place in wanted:
            if place.kind == AccountKind.SOURCE and place not in self.accounts:
                self.read(place.pool, [], [])
        new = sorted(wanted - self.accounts.keys(), key=order)
        made = [Account(pool_id=p.pool, kind=p.kind, year=p.year, case_id=p.case) for p in new]
        self.accounts.update(zip(new, Account.objects.bulk_create(made), strict=True))
        return self.accounts

    def _move_balances(self, changes: Counter) -> None:
        """Adds to each balance as the database has it; its CHECK has the last word."""
        for account, change in sorted(changes.items()):
            if change:
                _MOVING.write(account, change)

    def _refused_by_database(self) -> Refusal:
        """What the database would not take, in a sentence: a second time, or balances other than read.

        The lock should make the latter impossible. When it happens all the same, the figures are fresh.
        """
        if Operation.objects.filter(pk=self.operation).exists():
            return TooLate(_("This has been done already; look at the ledger as it is now."))
        fresh = {
            a.pk: a.balance for a in Account.objects.filter(pk__in=[a.pk for a in self.accounts.values()])
        }
        for place, account in sorted(self.accounts.items(), key=lambda pair: order(pair[0])):
            change = self.now[place] - self.before.get(place, 0)
            if place.kind in NEVER_BELOW_ZERO and fresh.get(account.pk, 0) + change < 0:
                self.before[place] = fresh[account.pk]
                self.now[place] = fresh[account.pk] + change
                return self._short(place)
        return TooLate(
            _("The money has moved in the meantime. Look at the figures as they are now, and try again.")
        )


_MOVING = Change(
    lambda account, change: changing(Account.objects.filter(pk=account), balance=F("balance") + change)
)


@contextmanager
def posting(locked: Locked, **about):
    """An operation that is written when the block ends, and not at all when it raises.

    Keywords: `kind`, `by`, `operation` and, where there is one, `text`, `authority`, `decision`, `corrects`.
    """
    act = Posting(locked, **about)
    yield act
    act.write()


def deciding(locked: Locked, decision: Decision):
    """The operation of one decision of the board: everything it moves, in every pool."""
    return posting(
        locked,
        kind=str(decision.kind),
        by=decision.by,
        operation=decision.operation,
        text=decision.text,
        decision=decision,
    )
