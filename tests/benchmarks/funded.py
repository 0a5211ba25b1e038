"""Pools with exactly so many funded cases and so many movements, made by the ledger's own acts."""

from uuid import uuid4

from django.db import transaction

from businesscases.models import BusinessCase, State
from innovation_pool import clock
from innovation_pool.accounts.models import Department
from pool import ledger
from pool.demo.many_decided import ROUND
from pool.models import Decision, DecisionGrant, DecisionKind, Pool
from tests.pool import books

NAME = "Måling af"
SIZES = (5, 50, 500)
MOVEMENTS = 20_000
YEARS = 4
BUDGET = 400_000_000
GRANT = 100_000
# So many movements in one allocation.
AT_ONCE = 2_000


def funded_pool(cases: int, movements: int = MOVEMENTS) -> Pool:
    """The pool with exactly these numbers; made the first time it is asked for."""
    name = f"{NAME} {cases} bevilgede sager, {movements} bevægelser"
    found = Pool.objects.filter(name=name).first()
    return found or _make(name, cases, movements)


@transaction.atomic
def _make(name: str, number: int, movements: int) -> Pool:
    year = clock.today().year
    area = Department.objects.get(name="Direktionen")
    pool = Pool.objects.create(
        number=f"M-{number}-{movements}", name=name, committee=area.committee, department=area,
        first_year=year,
    )  # fmt: skip
    for one in range(year, year + YEARS):
        books.budget(pool, one, BUDGET, adopted=one == year)
    ready = BusinessCase.objects.filter(state=State.READY, round__name=ROUND, agenda_items=None)
    cases = list(ready.order_by("-pk")[:number])
    if len(cases) < number:
        raise SystemExit(f"{len(cases)} cases are ready, and {number} are needed: seed_demo --cases 20000.")
    for case in cases:
        books.approve(pool, case, dict.fromkeys(range(year, year + YEARS), GRANT))
    pool.refresh_from_db()
    while pool.last_number < movements:
        _allocate(pool, year, cases, min(AT_ONCE, movements - pool.last_number))
        pool.refresh_from_db()
    return pool


def _allocate(pool: Pool, year: int, cases: list[BusinessCase], movements: int) -> None:
    """So many allocations of a krone, to the cases in turn, by one decision."""
    locked = ledger.lock([pool], cases, counter=True)
    decision = Decision.objects.create(
        number=locked.next_decision_number(), kind=DecisionKind.ALLOCATION, text="Måling",
        decided_on=clock.today(), by=books.board(), operation=uuid4(),
    )  # fmt: skip
    rounds, rest = divmod(movements, len(cases))
    DecisionGrant.objects.bulk_create(
        DecisionGrant(decision=decision, case=case, pool=pool, year=year, amount=rounds + (place < rest))
        for place, case in enumerate(cases)
        if rounds + (place < rest)
    )
    books.record("decide allocation", decision, by=decision.by, operation=decision.operation)
    with ledger.deciding(locked, decision) as act:
        for _round in range(rounds):
            ledger.allocate(act, pool, year, dict.fromkeys(cases, 1))
        if rest:
            ledger.allocate(act, pool, year, dict.fromkeys(cases[:rest], 1))
