"""kill -9 under load: of a worker of gunicorn, and of the whole PostgreSQL. Used by `crash`.

Whoever writes goes on as a person does: reads the page that keeps what was typed, sends it again, or
leaves it. Then each promise is looked up.
"""

import random
import time
from collections.abc import Callable
from typing import Protocol

from django.db import connection

from innovation_pool.permissions import Role
from tests.endurance import scene
from tests.endurance.control import overlooked
from tests.endurance.crowd import Crowd, signed_in
from tests.endurance.person import Outcome, Sent
from tests.endurance.report import outcomes, told, waits
from tests.endurance.served import PATIENCE, Served
from tests.endurance.whole import is_there, wrong_with
from tests.endurance.writing import Run

# Long enough away that somebody asks for a page meanwhile.
AWAY = 1.2
BETWEEN = (0.3, 1.2)
WORKERS_A_DATABASE = 3


class Database(Protocol):
    """A database server that can be killed and started again."""

    def kill(self) -> int: ...

    def start_again(self) -> None: ...


class Killer:
    """Kills by turns, and sees that the application answers 503 meanwhile and comes back by itself."""

    def __init__(self, served: Served, database: Database | None, dice: random.Random):
        self.served, self.database, self.dice = served, database, dice
        self.kills = {"worker": 0, "database": 0}
        self.wrong: list[str] = []
        self.master = served.master.pid

    def kill_for(self, seconds: float) -> None:
        """At least once each, until the time is up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or not all(self.kills[kind] for kind in self._kinds):
            # The chance of the moment decides what is hit: a form, a page, or a commit.
            for _time in range(WORKERS_A_DATABASE):
                self._wait()
                self._kill_a_worker()
            if self.database is not None:
                self._wait()
                self._kill_the_database(self.database)

    def _wait(self) -> None:
        time.sleep(self.dice.uniform(*BETWEEN))

    @property
    def _kinds(self) -> tuple[str, ...]:
        return ("worker", "database") if self.database is not None else ("worker",)

    def _kill_a_worker(self) -> None:
        killed = self.served.kill_a_worker(self.dice)
        self.kills["worker"] += 1
        back = waited(lambda: len(self.served.workers() - {killed}) == self.served.wanted)
        if not back:
            self.wrong.append(f"worker {killed} was killed and no other came in its place")

    def _kill_the_database(self, database: Database) -> None:
        workers = self.served.workers()
        database.kill()
        self.kills["database"] += 1
        if (status := self.served.health()) != 503:
            self.wrong.append(f"/healthz answered {status} while PostgreSQL was away")
        time.sleep(AWAY)
        database.start_again()
        if not waited(lambda: self.served.health() == 200):
            self.wrong.append("the application did not come back with PostgreSQL")
        if self.served.workers() != workers:
            self.wrong.append("a worker died with PostgreSQL")


def waited(condition: Callable[[], bool]) -> bool:
    """Whether it came true within the time anybody waits."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def crash(served: Served, database: Database | None, writers: int, seconds: float, seed: int) -> Run:
    """Writers at work while servers are killed; without a database to kill, only workers are."""
    setting = scene.Setting()
    run = Run()
    part = max(1, writers // 4)
    board, finance, owners = (
        scene.people(role, number)
        for role, number in ((Role.BOARD, writers - 2 * part), (Role.FINANCE, part), (Role.STAFF, part))
    )
    shared = scene.mixed(setting, owners, approved=2, ready=max(2, int(seconds / 2)))
    crowd = Crowd(
        shared,
        *(
            # Of two that are sent at once one is mostly answered: the board sends once, and may never know.
            signed_in(some, served.base, run.watch, doubles=some is not board)
            for some in (board, finance, owners)
        ),
    )
    killer = Killer(served, database, random.Random(seed))

    def kill_and_let_them_finish() -> None:
        killer.kill_for(seconds)
        # On a slow machine nobody may have come through yet.
        if not waited(lambda: crowd.has_done("allocate")):
            killer.wrong.append("nobody was answered after the last kill")

    crowd.work(seconds, seed, meanwhile=kill_and_let_them_finish)
    # What this process was connected to is gone as well.
    connection.close()
    run.sent += crowd.sent
    run.wrong += killer.wrong + wrong_with(run.sent, run.before) + overlooked(run.sent, run.before)
    run.wrong += [f"500 in the log: {line}" for line in served.errors()]
    if database is not None and not _answers(run.sent, Outcome.AWAY):
        run.wrong.append("nobody was answered 503: the killing proved nothing")
    told(
        [
            f"{killer.kills['worker']} workers and {killer.kills['database']} times PostgreSQL were killed",
            *outcomes(run.sent),
            *waits(run.watch),
            *_in_doubt(run.sent),
        ]
    )
    return run


def _answers(sent: list[Sent], outcome: Outcome) -> int:
    return sum(form.outcomes.count(outcome) for form in sent)


def _in_doubt(sent: list[Sent]) -> list[str]:
    """What became of the forms whose writers never knew."""
    doubted = [form for form in sent if form.outcome in (Outcome.LOST, Outcome.UNSURE) and form.operation]
    there = sum(map(is_there, doubted))
    resent = [form for form in sent if form.outcome == Outcome.DONE and form.outcomes[0] != Outcome.DONE]
    return [
        f"{len(doubted)} forms were left without an answer: {there} are there whole, the rest not at all",
        f"{len(resent)} forms were answered only when they were sent again, and act once",
    ]
