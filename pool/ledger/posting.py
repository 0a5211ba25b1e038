"""The core: an operation gathers its transfers, is checked as a whole, and is written at once.

Balances are read after the lock and kept beside the transfers while an act is made up, so that a
refusal comes with its figures before anything is written. What is written moves by F() under the
database's CHECK: should a reading ever be wrong, the database says no and nobody gets the money.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_pool import guards
from innovation_pool.refusals import Refusal, TooLate
from pool.ledger import chain, refusals
from pool.ledger.authority import Authority
from pool.ledger.locking import Locked
from pool.models import Account, AccountKind, Decision, Movement, MovementKind, Operation, Pool, UnfundedEntry

NEVER_BELOW_ZERO = (AccountKind.AVAILABLE, AccountKind.RESERVED, AccountKind.ALLOCATED)


class Place(NamedTuple):
    """Which account: of a pool, of a kind, of a year, of a case."""

    pool: int
    kind: str
    year: int | None = None
    case: int | None = None

    @property
    def case_id(self) -> int | None:
        return self.case


class Transfer(NamedTuple):
    """A movement that is not written yet."""

    kind: str
    debit: Place
    credit: Place
    amount: int
    text: str


class Posting:
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
        self.locked = locked
        self.kind = kind
        self.by = by
        self.operation = operation
        self.text = text
        self.authority = authority
        self.decision = decision
        self.corrects = corrects
        self.at = timezone.now()
        self.transfers: list[Transfer] = []
        self.unfunded_rows: list[UnfundedEntry] = []
        # Written even when no money moved: the council's word counts, at zero kroner too.
        self.always_written = authority is not None
        self._accounts: dict[Place, Account] = {}
        self._before: dict[Place, int] = {}
        self._now: dict[Place, int] = {}
        self._no_shortfall: set[tuple[int, int]] = set()

    # --- Reading --------------------------------------------------------------------------------

    def read(self, pool: Pool | int, years: Iterable[int], cases: Iterable[int] | None = ()) -> None:
        """Reads the balances of a pool's years in one statement; of the given cases, or of all with None."""
        pool_id = self.locked.pool(pool).pk
        years = list(years)
        rows = Account.objects.filter(Q(year__in=years) | Q(year=None), pool=pool_id)
        if cases is not None:
            cases = list(cases)
            rows = rows.filter(Q(case=None) | Q(case__in=cases))
        for year in years:
            for kind in (AccountKind.AVAILABLE, AccountKind.SHORTFALL):
                self._remember(Place(pool_id, kind, year), 0)
            for case in cases or ():
                for kind in (AccountKind.RESERVED, AccountKind.ALLOCATED):
                    self._remember(Place(pool_id, kind, year, case), 0)
        for row in rows:
            place = Place(pool_id, row.kind, row.year, row.case_id)
            self._accounts[place] = row
            if not self._before.get(place):
                self._before[place] = row.balance
                self._now[place] = self._now.get(place, 0) + row.balance

    def _remember(self, place: Place, balance: int) -> None:
        self._before.setdefault(place, balance)
        self._now.setdefault(place, balance)

    def balance(self, place: Place) -> int:
        """Kroner on an account as the act stands so far."""
        if place not in self._before:
            self.read(place.pool, [place.year], [] if place.case is None else [place.case])
        return self._now[place]

    def available(self, pool: Pool, year: int) -> int:
        return self.balance(Place(pool.pk, AccountKind.AVAILABLE, year))

    def shortfall(self, pool: Pool, year: int) -> int:
        """The uncovered part of cuts, as kroner above zero."""
        return -self.balance(Place(pool.pk, AccountKind.SHORTFALL, year))

    def reserved(self, pool: Pool, year: int, case) -> int:
        return self.balance(Place(pool.pk, AccountKind.RESERVED, year, case.pk))

    def allocated(self, pool: Pool, year: int, case) -> int:
        return self.balance(Place(pool.pk, AccountKind.ALLOCATED, year, case.pk))

    def places(
        self, pool: Pool, *, kinds: Iterable[str], years: Iterable[int] | None = None
    ) -> dict[Place, int]:
        """What stands on the accounts read so far that are of these kinds, where it is not zero."""
        return {
            place: amount
            for place, amount in sorted(self._now.items(), key=lambda pair: _order(pair[0]))
            if place.pool == pool.pk
            and place.kind in kinds
            and amount
            and (years is None or place.year in years)
        }

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
            self._now[place] = self._now.get(place, 0) + change

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
            with transaction.atomic():
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
        for place, amount in sorted(self._now.items(), key=lambda pair: _order(pair[0])):
            if place.kind in NEVER_BELOW_ZERO and amount < 0:
                raise self._short(place)
        for pool, year in sorted(self._no_shortfall):
            short = -self.balance(Place(pool, AccountKind.SHORTFALL, year))
            if short:
                raise refusals.shortfall_stands(year, short)

    def _short(self, place: Place) -> Refusal:
        have = self._before.get(place, 0)
        wanted = have - self._now[place]
        if place.kind == AccountKind.AVAILABLE:
            return refusals.available_short(place.year, have, wanted)
        reference = self.locked.case(place.case).reference
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
            movement = Movement(
                pool=pool,
                number=pool.last_number,
                operation=operation,
                kind=transfer.kind,
                debit=accounts[transfer.debit],
                credit=accounts[transfer.credit],
                amount=transfer.amount,
                year=transfer.debit.year or transfer.credit.year,
                case_id=transfer.debit.case or transfer.credit.case,
                text=transfer.text or self.text[:250],
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
            Pool.objects.filter(pk=pool_id).update(last_number=pool.last_number, head=pool.head)

    def _accounts_in_use(self) -> dict[Place, Account]:
        """The accounts of every transfer; those that are missing are made, here under the pool's lock."""
        wanted = {place for transfer in self.transfers for place in (transfer.debit, transfer.credit)}
        for place in wanted:
            if place.kind == AccountKind.SOURCE and place not in self._accounts:
                self.read(place.pool, [], [])
        new = sorted(wanted - self._accounts.keys(), key=_order)
        made = [Account(pool_id=p.pool, kind=p.kind, year=p.year, case_id=p.case) for p in new]
        self._accounts.update(zip(new, Account.objects.bulk_create(made), strict=True))
        return self._accounts

    def _move_balances(self, changes: Counter) -> None:
        moved = {account: change for account, change in changes.items() if change}
        if not moved:
            return
        change = Case(
            *(When(pk=account, then=Value(amount)) for account, amount in moved.items()), default=Value(0)
        )
        Account.objects.filter(pk__in=moved).update(balance=F("balance") + change)

    def _refused_by_database(self) -> Refusal:
        """What the database would not take, in a sentence: a second time, or balances other than read.

        The lock should make the latter impossible. When it happens all the same, the figures are fresh.
        """
        if Operation.objects.filter(pk=self.operation).exists():
            return TooLate(_("This has been done already; look at the ledger as it is now."))
        fresh = {
            a.pk: a.balance for a in Account.objects.filter(pk__in=[a.pk for a in self._accounts.values()])
        }
        for place, account in sorted(self._accounts.items(), key=lambda pair: _order(pair[0])):
            change = self._now[place] - self._before.get(place, 0)
            if place.kind in NEVER_BELOW_ZERO and fresh.get(account.pk, 0) + change < 0:
                self._before[place] = fresh[account.pk]
                self._now[place] = fresh[account.pk] + change
                return self._short(place)
        return TooLate(
            _("The money has moved in the meantime. Look at the figures as they are now, and try again.")
        )


def _order(place: Place) -> tuple:
    return (place.pool, place.year or 0, place.kind, place.case or 0)


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
