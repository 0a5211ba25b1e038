"""Aims at one rule at a time: of what may be tried next, what is lawful, or what a single rule refuses.

An act that breaks several rules at once shows nothing: the others refuse it where one is missing. So the
paper is asked which rules an act would break, and the act that breaks the rule least tried is chosen.
"""

import pickle
from collections import Counter
from random import Random

from tests.pool.paper import No
from tests.pool.paper_cases import PEOPLE
from tests.pool.workflow_draws import EVERY, Draws

DRAWN = 40
# Rules that somebody else might keep.
ABOUT_THE_PERSON = {
    "role", "not the owner", "not a writer", "not asked", "answered before", "no collaborator",
    "disqualified", "wrote it", "checked it", "out of the item", "not the chair", "oneself",
    "reported before",
}  # fmt: skip
# What nearly every act asks for, and other tests ask for act by act.
PLAIN = {"role", "state", "meeting's state", "not the owner", "not a writer"}


class Aim:
    """What to try next on the paper as it is; `tried` counts by act and rule what was refused by it alone."""

    def __init__(self, paper, random: Random, tried: Counter):
        self.drawing, self.random, self.tried = Draws(paper, random), random, tried
        self.as_it_is = pickle.dumps(paper)

    def whatever(self, acts):
        act = self.random.choice(acts)
        arguments = self.drawing.draw(act)
        return arguments and (act, arguments)

    def lawful(self, acts):
        """Something that breaks no rule, of the acts or else of all of them; else what was drawn last."""
        drawn = None
        for number in range(2 * DRAWN):
            drawn = self.whatever(acts if number < DRAWN else EVERY) or drawn
            if drawn and (found := self._by_anybody(*drawn).get(None)):
                return drawn[0], found
        return drawn

    def refused_by_one(self):
        """Something that the rule least tried alone refuses; None where nothing of the kind was drawn."""
        found = {}
        for _try in range(DRAWN):
            if drawn := self.whatever(EVERY):
                for rule, arguments in self._by_anybody(*drawn).items():
                    if rule is not None:
                        found.setdefault((drawn[0], rule), arguments)
            if any(self._weight(key) == 0 for key in found):
                break
        if not found:
            return None
        key = min(sorted(found), key=self._weight)
        self.tried[key] += 1
        return key[0], found[key]

    def _weight(self, key) -> int:
        return 2 * self.tried[key] + (key[1] in PLAIN)

    def _by_anybody(self, act, arguments) -> dict:
        """The arguments with somebody for whom one rule is broken, by that rule; by None where none is."""
        found = {}
        others = self.random.sample(sorted(PEOPLE), len(PEOPLE)) if arguments["by"] else ()
        for by in [arguments["by"], *others]:
            with_them = arguments | {"by": by}
            broken = self.breaks(act, with_them)
            if len(broken) < 2:
                found.setdefault(next(iter(broken), None), with_them)
            if len(broken - ABOUT_THE_PERSON) > 1:
                break
        return found

    def breaks(self, act, arguments) -> set[str]:
        """The rules the act would break, each as if the others were not there."""
        paper = pickle.loads(self.as_it_is)
        paper.moves, paper.broken = [], set()
        try:
            getattr(paper, act)(**arguments)
        except No as no:
            # A rule the paper cannot go past.
            return paper.broken | {f"{no}", "what comes after"}
        except Exception:
            # Gone past a rule, the paper stands somewhere that cannot be.
            if not paper.broken:
                raise
            return paper.broken | {"what comes after"}
        return paper.broken
