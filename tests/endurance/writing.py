"""Many writers at once: the races whose end is known by hand, and then a mixed load. Used by `writers`."""

import time
from dataclasses import dataclass, field

from innovation_pool.audit.models import Act
from innovation_pool.permissions import Role
from tests.endurance import races, scene
from tests.endurance.browser import Stopwatch
from tests.endurance.control import overlooked
from tests.endurance.crowd import Crowd, signed_in
from tests.endurance.person import Sent
from tests.endurance.report import outcomes, told, waits
from tests.endurance.served import Served
from tests.endurance.whole import wrong_with

PAIRS = (
    races.allocate_and_stop,
    races.allocate_and_close_year,
    races.allocate_and_carry,
    races.cut_and_approve,
)


@dataclass
class Run:
    """What was sent, how long it took, and what was wrong."""

    before: set = field(default_factory=lambda: set(Act.objects.values_list("pk", flat=True)))
    watch: Stopwatch = field(default_factory=Stopwatch)
    sent: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def race_and_load(served: Served, writers: int, seconds: float, seed: int) -> Run:
    """`writers` people at once in each race and in the load; what came of it."""
    began = time.monotonic()
    setting = scene.Setting()
    run = Run()
    half, part = max(writers // 2, len(PAIRS) + 1), writers // 3
    users = [
        scene.people(role, number)
        for role, number in ((Role.BOARD, writers), (Role.FINANCE, half), (Role.STAFF, max(1, part)))
    ]
    board, finance, owners = (signed_in(some, served.base, run.watch) for some in users)
    many = [[races.approvals(setting, board)], [races.allocations(setting, board)]]
    pairs = _pairs(setting, half, board, finance, list(zip(owners, users[-1], strict=True)))
    _say(f"{writers} of the board and {half + len(owners)} others are signed in, their cases made", began)

    for together in (*many, pairs):
        began = time.monotonic()
        run.wrong += races.run(together)
        run.sent += [form for race in together for form in race.sent if form is not None]
        _say(" · ".join(dict.fromkeys(race.name for race in together)), began)

    if seconds:
        began = time.monotonic()
        shared = scene.mixed(setting, users[-1], ready=writers // 2)
        crowd = Crowd(shared, board[: writers - 2 * part], finance[:part], owners[:part])
        crowd.work(seconds, seed)
        run.sent += crowd.sent
        _say(f"a mixed load of {writers} writers: {len(crowd.sent)} forms", began)

    began = time.monotonic()
    run.wrong += wrong_with(run.sent, run.before) + overlooked(run.sent, run.before)
    run.wrong += [f"500 in the log: {line}" for line in served.errors()]
    _say("the books are asked", began)
    told([*outcomes(run.sent), *waits(run.watch)])
    return run


def _pairs(setting, number: int, board, finance, owners) -> list[races.Race]:
    """The kinds of race in turn, so many in all; nobody runs in two of them."""
    made = []
    for place in range(number):
        kind = place % (len(PAIRS) + 1)
        if kind == len(PAIRS):
            made.append(races.approve_and_withdraw(setting, board[place], *owners[place // (len(PAIRS) + 1)]))
        else:
            other = board[-1 - place] if PAIRS[kind] is races.allocate_and_stop else finance[place]
            made.append(PAIRS[kind](setting, board[place], other))
    return made


def _say(what: str, began: float) -> None:
    told([f"{time.monotonic() - began:6.1f} s  {what}"])
