"""What a check finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that is never false: a name to know it by, and a search for where it is."""

    name: str
    find: Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Breach:
    """One place where an invariant does not hold, in a sentence with its figures."""

    check: str
    finding: str

    def __str__(self):
        return f"{self.check}: {self.finding}"
