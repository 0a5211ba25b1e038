"""Allocations on one hot pool beside the bare transaction: `python -m tests.benchmarks.allocations`.

So many people at once, each in a process of their own, allocate a krone at a time, all rules included;
who they are and the case they have before them. Beside them as many processes lock the same row, insert
one and update two. PostgreSQL only: the
DATABASE_URL names one that tests.benchmarks.database has filled. The cases are left with kroner
allocated; measure on a database that can be thrown away.
"""

import argparse
import datetime
import multiprocessing
import statistics
import time
from uuid import uuid4

from tests.benchmarks import harness  # isort: skip  (sets Django up)
from django.db import connection, connections

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import User
from pool import decisions, ledger
from pool.models import Account, AccountKind, Pool, PoolYear
from tests.counting import counted

SCRATCH = "benchmark_bare"
COUNCIL = ledger.Authority("Byrådet", datetime.date(2020, 10, 8), "1")
harness.settings.LOGGING_CONFIG = None


def hot_pool() -> tuple[Pool, int, list[BusinessCase]]:
    """The pool with most money, a year of it that is adopted, and cases with a reservation in that year."""
    pool = Pool.objects.order_by("-last_number").first()
    reserved = Account.objects.filter(pool=pool, kind=AccountKind.RESERVED, balance__gte=10_000)
    reserved = reserved.filter(case__state=State.APPROVED).order_by("year", "case")
    year = reserved.values_list("year", flat=True).first()
    row = PoolYear.objects.get(pool=pool, year=year)
    if row.status != PoolYear.Status.ADOPTED:
        finance = User.objects.get(username="oekonomi")
        given = 400_000_000
        ledger.adopt_year(pool, year, given, COUNCIL, by=finance, operation=uuid4())
    cases = reserved.filter(year=year).values_list("case", flat=True)[:64]
    return pool, year, list(BusinessCase.objects.filter(pk__in=list(cases)).order_by("pk"))


def allocate(pool: Pool, year: int, case: BusinessCase, by: User) -> None:
    decisions.allocate(pool, year, {case: 1}, by=by, operation=uuid4())


def bare(pool: Pool, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT * FROM pool_pool WHERE id = %s FOR NO KEY UPDATE", [pool.pk])
        cursor.fetchone()
        cursor.execute(f"INSERT INTO {SCRATCH} (amount) VALUES (1)")
        for row in (1, 2):
            cursor.execute(f"UPDATE {SCRATCH} SET amount = amount + 1 WHERE id = %s", [row])
        cursor.execute("COMMIT")


def worker(act, arguments: tuple, seconds: float, told) -> None:
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        act(*arguments)
        times.append(time.perf_counter() - began)
    connections.close_all()
    told.put(times)


def at_once(act, arguments: list[tuple], seconds: float) -> list[float]:
    """Every time measured, of so many processes; one that fails ends the measurement."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    running = [context.Process(target=worker, args=(act, given, seconds, told)) for given in arguments]
    for process in running:
        process.start()
    times = [moment for _process in running for moment in told.get(timeout=seconds + 60)]
    for process in running:
        process.join()
        if process.exitcode:
            raise SystemExit("An allocation failed; see above.")
    return times


def told(name: str, times: list[float], seconds: float) -> float:
    rate = len(times) / seconds
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name:34} {rate:8.1f} a second   median {statistics.median(times) * 1000:7.1f} ms"
          f"   p95 {p95 * 1000:7.1f} ms")  # fmt: skip
    return rate


def main(seconds: float) -> None:
    pool, year, cases = hot_pool()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {SCRATCH}")
        cursor.execute(f"CREATE TABLE {SCRATCH} (id serial PRIMARY KEY, amount bigint NOT NULL)")
        cursor.execute(f"INSERT INTO {SCRATCH} (amount) VALUES (0), (0)")
    by = User.objects.get(username="direktion")
    allocate(pool, year, cases[0], by)
    with counted() as asked:
        allocate(pool, year, cases[0], by)
    print(f"One allocation: {asked}.")
    for number in (8, 32):
        rates = []
        for _round in range(2):
            plain = at_once(bare, [(pool, place) for place in range(number)], seconds)
            ours = at_once(allocate, [(pool, year, case, by) for case in cases[:number]], seconds)
            rates.append((plain, ours))
        bare_rate = told(f"bare, {number} at once", [t for plain, _o in rates for t in plain], 2 * seconds)
        rate = told(f"allocation, {number} at once", [t for _p, ours in rates for t in ours], 2 * seconds)
        print(f"{'':34} {rate / bare_rate:8.1%} of the bare transaction (limit 25 % with 8 at once)")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {SCRATCH}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=5)
    main(options.parse_args().seconds)
