"""Many people at once: signing in, starting together, and doing things by chance until the time is up."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from innovation_pool.accounts.models import User
from tests.endurance import acts
from tests.endurance.browser import Stopwatch
from tests.endurance.person import Outcome, Person, Sent
from tests.endurance.scene import YEAR, Scene

Job = Callable[[], Sent | None]


def signed_in(users: Iterable[User], base: str, watch: Stopwatch, *, doubles: bool = True) -> list[Person]:
    """Each through the sign-in page, eight at a time."""
    crowd = [Person(user.username, base, watch, doubles=doubles) for user in users]
    with ThreadPoolExecutor(8) as doors:
        list(doors.map(Person.sign_in, crowd))
    return crowd


def together(jobs: list[Job]) -> list[Sent | None]:
    """What each job gives; all are let go at the same moment, and an error in one ends the run."""
    gate = threading.Barrier(len(jobs))

    def run(job: Job):
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


class Crowd:
    """Board, finance and owners who act by chance on one scene until they are told to stop."""

    def __init__(self, scene: Scene, board: list[Person], finance: list[Person], owners: list[Person]):
        self.scene, self.board, self.finance, self.owners = scene, board, finance, owners
        self.ready, self.to_stop = list(scene.ready), []
        self.sent: list[Sent] = []
        self.ended = threading.Event()
        self._lock = threading.Lock()

    def work(self, seconds: float, seed: int, *, meanwhile: Callable[[], None] | None = None) -> None:
        """Everybody works for so long; `meanwhile` runs beside them until it returns."""
        lives = [(self._decides, person) for person in self.board]
        lives += [(self._books, person) for person in self.finance]
        lives += [(self._writes, person) for person in self.owners]
        with ThreadPoolExecutor(len(lives)) as threads:
            running = [
                threads.submit(self._live, act, person, random.Random(f"{seed} {place}"))
                for place, (act, person) in enumerate(lives)
            ]
            try:
                if meanwhile:
                    meanwhile()
                else:
                    time.sleep(seconds)
            finally:
                self.ended.set()
            for life in running:
                life.result()

    def has_done(self, act: str) -> bool:
        """Whether such an act has been acknowledged to anybody."""
        return any(sent.act == act and sent.outcome == Outcome.DONE for sent in list(self.sent))

    def _live(self, act, person: Person, dice: random.Random) -> None:
        while not self.ended.is_set():
            sent = act(person, dice)
            if sent is not None:
                with self._lock:
                    self.sent.append(sent)

    def _decides(self, board: Person, dice: random.Random) -> Sent | None:
        # A person who is not answered sends again, or now and then leaves it at that.
        how = {"gives_up": dice.random() < 0.4}
        with self._lock:
            ready = self.ready.pop() if self.ready and dice.random() < 0.3 else None
            stopped = self.to_stop.pop() if self.to_stop and dice.random() < 0.3 else None
        if ready is not None:
            sent = acts.decide(board, "approve", ready.reference, 100_000, **how)
            if sent is not None and sent.outcome == Outcome.DONE:
                self.to_stop.append(ready)
            return sent
        if stopped is not None:
            return acts.decide(board, "stop", stopped.reference, 100_000, **how)
        case = dice.choice(self.scene.approved)
        return acts.allocate(board, self.scene.pool.pk, YEAR, case.pk, dice.randint(1, 9), **how)

    def _books(self, finance: Person, dice: random.Random) -> Sent | None:
        act = dice.choice(["supplement", "cut"])
        how = {"gives_up": dice.random() < 0.4}
        # Mostly another year than the one that is allocated: what is cut there, nobody is asked again for.
        year = dice.choice([YEAR, YEAR + 1, YEAR + 1])
        return acts.book(finance, act, self.scene.pool.pk, year, dice.randint(1, 9), **how)

    def _writes(self, owner: Person, dice: random.Random) -> Sent | None:
        [draft] = [case for case in self.scene.drafts if case.owner.username == owner.person]
        text = (
            f"Vi prøver {dice.randint(2, 999_999)} måder i Ærø & Ålborg:\n“<b>kørsel</b>” til 50 % af prisen."
        )
        return acts.write(owner, draft.reference, text, gives_up=dice.random() < 0.4)
