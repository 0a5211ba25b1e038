"""Races whose outcome follows by hand: whoever comes first, the kroner end in one of the places named here.

Each race makes its own pool and cases, so that nothing but its own runners touches them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import User
from pool import ledger
from pool.models import Pool, PoolYear
from tests.endurance import acts
from tests.endurance.crowd import Job, together
from tests.endurance.person import Person, Sent
from tests.endurance.scene import YEAR, Setting
from tests.endurance.whole import is_there
from tests.pool import given

GRANT, MORE = 300_000, 400_000
# kroner reserved, allocated and without cover
Money = dict[tuple[str, int], tuple[int, int, int]]


@dataclass
class Race:
    """Who does what at the same moment, and what is wrong with how it ended."""

    name: str
    jobs: list[Job]
    law: Callable[[list[Sent | None]], str]
    sent: list[Sent | None] = None


def run(races: list[Race]) -> list[str]:
    """Runs all of them at once; each one's sentence, where it ended as it must not."""
    ended = iter(together([job for race in races for job in race.jobs]))
    for race in races:
        race.sent = [next(ended) for _job in race.jobs]
    return [f"{race.name}: {wrong}" for race in races if (wrong := race.law(race.sent))]


# ---- Many after the same money ---------------------------------------------------------------------
def approvals(setting: Setting, board: list[Person]) -> Race:
    """Everybody approves a case of their own, in a year with room for a third of them."""
    room = max(1, len(board) // 3)
    pool = setting.pool(room * GRANT + GRANT // 2)
    cases = [setting.ready(pool, GRANT) for _ in board]
    jobs = [
        partial(acts.decide, person, "approve", case.reference, GRANT)
        for person, case in zip(board, cases, strict=True)
    ]

    def law(sent) -> str:
        free, done = ledger.balance(pool, "available", YEAR), _done(sent)
        return _differs({"approved": (done, room), "left over": (free, GRANT // 2)})

    return Race(f"{len(board)} approvals, room for {room}", jobs, law)


def allocations(setting: Setting, board: list[Person]) -> Race:
    """Everybody allocates a part of one case's reservation, which holds half of the parts and a bit."""
    room, part = max(1, len(board) // 2), 10_000
    pool = setting.pool(room * part + 5_000)
    case = setting.approved(pool, room * part + 5_000)
    jobs = [partial(acts.allocate, person, pool.pk, YEAR, case.pk, part) for person in board]

    def law(sent) -> str:
        left, done = ledger.balance(pool, "reserved", YEAR, case), _done(sent)
        return _differs({"allocated": (done, room), "left over": (left, 5_000)})

    return Race(f"{len(board)} allocations of one reservation, room for {room}", jobs, law)


# ---- Pairs -----------------------------------------------------------------------------------------
def allocate_and_stop(setting: Setting, board: Person, other: Person) -> Race:
    pool = setting.pool(MORE)
    case = setting.approved(pool, GRANT)

    def law(sent) -> str:
        # Allocated first, it comes back unspent; stopped first, nothing is left to allocate.
        expected = (True, {}, MORE, State.STOPPED)
        ended = (is_there(sent[1]), given.money(case), ledger.balance(pool, "available", YEAR), _state(case))
        return _differs({"stopped, money, available, state": (ended, expected)})

    jobs = [_allocates(board, pool, case), partial(acts.decide, other, "stop", case.reference, GRANT)]
    return Race("allocate and stop", jobs, law)


def allocate_and_close_year(setting: Setting, board: Person, finance: Person) -> Race:
    pool = setting.pool(MORE, 1)
    case = setting.approved(pool, GRANT)

    def law(sent) -> str:
        money = (0, GRANT, 0) if _there(sent[0]) else (GRANT, 0, 0)
        status = PoolYear.objects.get(pool=pool, year=YEAR).status
        return _differs(
            {
                "the year": (status, PoolYear.Status.CLOSED),
                "the case": (given.money(case), {(pool.number, YEAR + 1): money}),
            }
        )

    # What is free is carried too.
    close = partial(acts.book, finance, "close-year", pool.pk, YEAR, MORE)
    return Race("allocate and close the year", [_allocates(board, pool, case), close], law)


def allocate_and_carry(setting: Setting, board: Person, finance: Person) -> Race:
    pool = setting.pool(MORE, 1)
    case = setting.approved(pool, GRANT)

    def law(sent) -> str:
        allocated, carried = map(_there, sent)
        money = (
            {(pool.number, YEAR): (0, GRANT, 0)} if allocated else {(pool.number, YEAR + 1): (GRANT, 0, 0)}
        )
        return _differs(
            {"how many": (allocated + carried, 1), "the case": (given.money(case), money)}
        )  # fmt: skip

    carry = partial(acts.book, finance, "carry-over", pool.pk, YEAR, GRANT, case.pk)
    return Race("allocate and carry over", [_allocates(board, pool, case), carry], law)


def approve_and_withdraw(setting: Setting, board: Person, owner: Person, user: User) -> Race:
    pool = setting.pool(MORE)
    case = setting.ready(pool, GRANT, owner=user)

    def law(sent) -> str:
        approved, withdrawn = map(_there, sent)
        money = {(pool.number, YEAR): (GRANT, 0, 0)} if approved else {}
        # An approved case may be withdrawn by nobody, and a withdrawn one approved by nobody.
        state = State.APPROVED if approved else State.WITHDRAWN
        return _differs(
            {
                "how many": (approved + withdrawn, 1),
                "the case": (given.money(case), money),
                "its state": (_state(case), state),
            }
        )

    jobs = [
        partial(acts.decide, board, "approve", case.reference, GRANT),
        partial(acts.withdraw, owner, case.reference),
    ]
    return Race("approve and withdraw", jobs, law)


def cut_and_approve(setting: Setting, board: Person, finance: Person) -> Race:
    pool = setting.pool(MORE)
    case = setting.ready(pool, GRANT)

    def law(sent) -> str:
        approved, cut = map(_there, sent)
        ended = tuple(ledger.balance(pool, kind, YEAR) for kind in ("available", "shortfall"))
        # A cut is always booked: after the approval it leaves 100,000 that is missing.
        expected = (0, -100_000) if approved else (200_000, 0)
        return _differs({"cut": (cut, True), "available and shortfall": (ended, expected)})

    jobs = [
        partial(acts.decide, board, "approve", case.reference, GRANT),
        partial(acts.book, finance, "cut", pool.pk, YEAR, 200_000),
    ]
    return Race("cut and approve", jobs, law)


def _allocates(board: Person, pool: Pool, case: BusinessCase) -> Job:
    return partial(acts.allocate, board, pool.pk, YEAR, case.pk, GRANT)


def _there(sent: Sent | None) -> bool:
    return sent is not None and is_there(sent)


def _done(sent: list[Sent | None]) -> int:
    return sum(map(_there, sent))


def _state(case: BusinessCase) -> State:
    return BusinessCase.objects.get(pk=case.pk).state


def _differs(compared: dict[str, tuple]) -> str:
    return "; ".join(f"{name} {is_} and not {must}" for name, (is_, must) in compared.items() if is_ != must)
