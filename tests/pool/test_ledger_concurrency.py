"""Money moved at the same moment: no overdraft, no deadlock, nothing refused that there was room for.

The control runs the same writers with a check in Python, and overdraws: were the ledger's lock and
CHECK worth nothing, these tests would see it.
"""

import random
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from innovation_pool.audit.trail import record
from innovation_pool.refusals import Refusal
from pool import ledger
from pool.models import Account, Movement, Pool
from tests.pool import books
from tests.pool.concurrency import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def pool():
    return books.make_pool()


@pytest.fixture(autouse=True)
def people():
    """Made before the threads begin, which would each make their own."""
    return books.finance(), books.board(), books.person("staff")


def cases(number: int) -> list:
    return [books.make_case() for _ in range(number)]


def by_finance():
    return {"by": books.finance(), "operation": books.new_id()}


def test_32_reservations_of_different_cases_on_a_nearly_empty_year(pool):
    books.budget(pool, 2020, 1_050)
    results = at_once(*(partial(books.approve, pool, case, {2020: 100}) for case in cases(32)))
    assert outcomes(results) == {"done": 10, "refused": 22}
    assert {type(result) for result in results if isinstance(result, Refusal)} == {ledger.NotEnough}
    assert ledger.balance(pool, "available", 2020) == 50
    assert Pool.objects.get().last_number == 11


def test_32_allocations_on_one_cases_reservation(pool):
    books.budget(pool, 2020, 1_000)
    [case] = cases(1)
    books.approve(pool, case, {2020: 205})
    results = at_once(*(partial(books.allocate, pool, 2020, {case: 10}) for _ in range(32)))
    assert outcomes(results) == {"done": 20, "refused": 12}
    assert ledger.balance(pool, "reserved", 2020, case) == 5
    assert ledger.balance(pool, "allocated", 2020, case) == 200


def test_the_same_operation_from_eight_at_once_is_done_once(pool):
    operation, finance = books.new_id(), books.finance()
    book = partial(ledger.book_budget, pool, 2020, 100, books.COUNCIL, by=finance, operation=operation)
    assert outcomes(at_once(*[book] * 8)) == {"done": 1, "refused": 7}
    assert ledger.balance(pool, "available", 2020) == 100


def test_reserve_and_cut(pool):
    """The cut is always recorded; the reservation has its money, or there was none left for it."""
    for year in range(2020, 2020 + ROUNDS):
        books.budget(pool, year, 400)
        [case] = cases(1)
        reserved, cut = at_once(
            partial(books.approve, pool, case, {year: 300}),
            partial(ledger.cut, pool, year, 200, books.COUNCIL, **by_finance()),
        )
        assert not isinstance(cut, Refusal)
        figures = [ledger.balance(pool, kind, year) for kind in ("available", "shortfall")]
        assert figures == ([200, 0] if isinstance(reserved, Refusal) else [0, -100])


def test_allocate_and_release(pool):
    for year in range(2020, 2020 + ROUNDS):
        books.budget(pool, year, 100)
        [case] = cases(1)
        books.approve(pool, case, {year: 100})
        results = at_once(
            partial(books.allocate, pool, year, {case: 60}), partial(books.change, pool, case, {year: -60})
        )
        # 100 is room for one of the two, whichever came first.
        assert outcomes(results) == {"done": 1, "refused": 1}
        assert ledger.balance(pool, "reserved", year, case) == 40


def test_allocate_and_stop(pool):
    for year in range(2020, 2020 + ROUNDS):
        books.budget(pool, year, 100)
        [case] = cases(1)
        books.approve(pool, case, {year: 100})
        allocated, stopped = at_once(
            partial(books.allocate, pool, year, {case: 100}), partial(books.stop, case)
        )
        assert not isinstance(stopped, Refusal)
        # Allocated first, it was unspent and came back; stopped first, nothing was left to allocate.
        assert ledger.balance(pool, "available", year) == 100
        assert Movement.objects.filter(case=case, kind="return").exists() is not isinstance(
            allocated, Refusal
        )


def test_close_a_year_and_allocate(pool):
    for year in range(2020, 2020 + ROUNDS):
        books.budget(pool, year, 100)
        [case] = cases(1)
        books.approve(pool, case, {year: 100})
        allocated, closed = at_once(
            partial(books.allocate, pool, year, {case: 70}),
            partial(ledger.close_year, pool, year, books.COUNCIL, carried=0, **by_finance()),
        )
        assert not isinstance(closed, Refusal)
        followed = [ledger.balance(pool, kind, year + 1, case) for kind in ("reserved", "allocated")]
        assert followed == ([100, 0] if isinstance(allocated, Refusal) else [30, 70])
        # Out of the way of the next round's year.
        books.stop(case)


def test_pools_and_cases_in_any_order_never_deadlock():
    """Everybody names the same two pools and two cases, shuffled; the lock takes them in one order."""
    pools, both = [books.make_pool(), books.make_pool()], cases(2)
    for pool in pools:
        books.budget(pool, 2020, 1_000)

    def lock_all(seed):
        shuffled = random.Random(seed)
        for _ in range(5):
            with transaction.atomic():
                locked = ledger.lock(
                    shuffled.sample(pools, 2), shuffled.sample(both, 2), counter=shuffled.random() < 0.5
                )
                with ledger.posting(
                    locked, kind="supplement", by=locked.cases[both[0].pk].owner, operation=books.new_id()
                ) as act:
                    for pool in pools:
                        source, year = (
                            ledger.Place(pool.pk, "source"),
                            ledger.Place(pool.pk, "available", 2020),
                        )
                        act.move("supplement", source, year, 1)
                record("supplement", pools[0], by=act.by, operation=act.operation)

    at_once(*(partial(lock_all, seed) for seed in range(8)))
    assert [ledger.balance(pool, "available", 2020) for pool in pools] == [1_040, 1_040]


def test_without_the_lock_the_database_still_refuses(pool):
    """The second wall alone: everybody reads 100 before anybody takes 30, and three of eight get it."""
    books.budget(pool, 2020, 100)
    account = Account.objects.get(pool=pool, kind="available", year=2020)
    gate = threading.Barrier(8)

    def take():
        read = Account.objects.get(pk=account.pk).balance
        gate.wait()
        try:
            with transaction.atomic():
                Account.objects.filter(pk=account.pk).update(balance=F("balance") - 30)
        except IntegrityError:
            return (read, "refused")
        return (read, "taken")

    assert Counter(at_once(*[take] * 8)) == {(100, "taken"): 3, (100, "refused"): 5}
    account.refresh_from_db()
    assert account.balance == 10
    # The books are put right again: these eight wrote no movements.
    Account.objects.filter(pk=account.pk).update(balance=100)


SCRATCH = "scratch_balance"


@pytest.fixture
def scratch():
    """A table with a balance and no CHECK."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {SCRATCH} (id integer PRIMARY KEY, balance bigint NOT NULL)")
        cursor.execute(f"INSERT INTO {SCRATCH} VALUES (1, 1050)")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {SCRATCH}")


def test_the_control_with_a_check_in_python_overdraws(scratch):
    """The same 32 writers, each of which sees that there is room: without lock and CHECK they overdraw."""
    gate = threading.Barrier(32)

    def take():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT balance FROM {SCRATCH} WHERE id = 1")
            [balance] = cursor.fetchone()
            gate.wait()
            if balance < 100:
                return "refused"
            with transaction.atomic():
                cursor.execute(f"UPDATE {SCRATCH} SET balance = balance - 100 WHERE id = 1")
            return "taken"

    results = at_once(*[take] * 32)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT balance FROM {SCRATCH} WHERE id = 1")
        [balance] = cursor.fetchone()
    assert (results.count("taken"), balance) == (32, -2_150)
