"""The ledger as somebody with paper and pencil would keep it: one pool, plain dictionaries, no database.

It is the second statement of the rules, written from the client's table of movements and not from the
code. Every act either changes the books or says No and leaves them as they were.
"""

from collections import defaultdict
from copy import deepcopy

FIRST_YEAR = 2020
CORRECTABLE = {"budget", "supplement", "cut", "adoption", "carry_over", "return", "allocation"}
COUNCIL = {"budget", "supplement", "cut", "adoption"}
RUNNING = {"approved", "in_progress"}


class No(Exception):
    """The act is not lawful."""


class Paper:
    """Accounts by (kind, year, case); SHORTFALL as in the ledger, never above zero."""

    def __init__(self):
        self.kroner = defaultdict(int)
        self.status = {}
        self.waiting = []  # what stands without cover: [decision, case, year, kroner], oldest first
        self.state = {}
        self.oere = defaultdict(int)
        self.acts = []  # every operation that moved money: kind, moves, year, cases, corrected
        self.decisions = 0
        self.closed_pool = False
        self.broken = None

    def attempt(self, act: str, *args) -> bool:
        """Whether the act is lawful; the books then have it, and are else untouched."""
        before = deepcopy(self.__dict__)
        self.moves = []
        try:
            self._refuse("pool closed", self.closed_pool)
            kind = getattr(self, act)(*args)
            self._end()
        except No:
            self.__dict__ = before
            return False
        if self.moves or kind == "adoption":
            cases = {place[2] for move in self.moves for place in move[:2]} - {None}
            self.acts.append(
                {"kind": kind, "moves": self.moves, "year": args[0], "cases": cases, "corrected": False}
            )
        return True

    # --- The council ------------------------------------------------------------------------------

    def budget(self, year, amount):
        self._open(year)
        self._refuse("adopted", self.status.setdefault(year, "estimate") != "estimate")
        self._move(("source", None, None), ("available", year, None), amount)
        return "budget"

    def supplement(self, year, amount):
        self._open(year)
        self.status.setdefault(year, "estimate")
        self._move(("source", None, None), ("available", year, None), amount)
        return "supplement"

    def cut(self, year, amount):
        self._open(year)
        self.status.setdefault(year, "estimate")
        self._out(year, amount)
        return "cut"

    def adopt(self, year, amount):
        self._open(year)
        self._refuse("adopted", self.status.get(year, "estimate") != "estimate")
        difference = amount - self._budget(year)
        if difference > 0:
            self._move(("source", None, None), ("available", year, None), difference)
        elif difference < 0:
            self._out(year, -difference)
        self.status[year] = "adopted"
        return "adoption"

    # --- The board --------------------------------------------------------------------------------

    def approve(self, year, case, amount, later, unfunded):
        self._refuse("state", self.state[case] != "ready")
        self.decisions += 1
        self._reserve(year, case, amount)
        if unfunded:
            self._open(later)
            self._refuse("has a budget", self._has_budget(later))
            self.waiting.append([self.decisions, case, later, unfunded])
        self.state[case] = "approved"
        return "approve"

    def change(self, year, case, amount):
        """More, or less when below zero."""
        self._running(case)
        self.decisions += 1
        if amount < 0:
            self._move(("reserved", year, case), ("available", year, None), -amount)
            self._refuse("overdrawn", self.kroner["reserved", year, case] < 0)
        else:
            self._reserve(year, case, amount)
        return "change_of_grant"

    def grant_unfunded(self, year, case, amount):
        """A change of grant without cover, in any open year; or less of it, the newest first."""
        self._running(case)
        self._open(year)
        self.decisions += 1
        if amount > 0:
            self.waiting.append([self.decisions, case, year, amount])
        else:
            self._take_waiting(year, case, -amount, newest_first=True)
        return "change_of_grant"

    def cover(self, year, case, amount):
        self._running(case)
        self._open(year)
        self.decisions += 1
        self._in_turn(year, case, amount)
        self._take_waiting(year, case, amount)
        self._to_case(year, case, amount)
        return "cover"

    def allocate(self, year, case, amount):
        self._open(year)
        self._running(case)
        self._refuse("not adopted", self.status.get(year) != "adopted")
        self._refuse("shortfall", self.kroner["shortfall", year, None])
        self.decisions += 1
        self._move(("reserved", year, case), ("allocated", year, case), amount)
        return "allocation"

    def stop(self, year, case):
        self._running(case)
        self.decisions += 1
        self._end_grants(case)
        self.state[case] = "stopped"
        return "stop"

    # --- Finance ----------------------------------------------------------------------------------

    def complete(self, year, case):
        self._running(case)
        self._end_grants(case)
        self.state[case] = "completed"
        return "completion"

    def give_back(self, year, case, amount):
        self._open(year)
        self._refuse("spent", amount > self.unspent(year, case))
        self._move(("allocated", year, case), ("available", year, None), amount)
        return "return"

    def carry(self, year, case, available, reserved, allocated):
        self._open(year)
        self._refuse("no such year", year not in self.status)
        self._refuse("spent", allocated > self.unspent(year, case))
        self._refuse("nothing", not (available or reserved or allocated))
        self.status.setdefault(year + 1, "estimate")
        for place, amount in (
            (("available", None), available),
            (("reserved", case), reserved),
            (("allocated", case), allocated),
        ):
            if amount:
                self._move((place[0], year, place[1]), (place[0], year + 1, place[1]), amount)
        return "carry_over"

    def close(self, year, carried):
        self._open(year)
        self._refuse("no such year", year not in self.status)
        self._refuse("out of order", any(y < year and s != "closed" for y, s in self.status.items()))
        self._refuse("not adopted", self.status.get(year) == "estimate" and self._has_budget(year))
        free = self.kroner["available", year, None]
        self._refuse("overdrawn", carried > free)
        following = []
        for (kind, y, case), amount in sorted(self.kroner.items(), key=str):
            if y == year and kind == "reserved" and amount:
                following.append((kind, case, amount))
            if y == year and kind == "allocated" and self.unspent(year, case):
                following.append((kind, case, self.unspent(year, case)))
        if carried:
            following.append(("available", None, carried))
        for kind, case, amount in following:
            self._move((kind, year, case), (kind, year + 1, case), amount)
        if free > carried:
            self._move(("available", year, None), ("source", None, None), free - carried)
        short = -self.kroner["shortfall", year, None]
        if short:
            self._move(("shortfall", year + 1, None), ("shortfall", year, None), short)
        late = [row for row in self.waiting if row[2] == year]
        for row in late:
            row[2] = year + 1
        self.waiting = [
            [decision, case, y, sum(r[3] for r in self.waiting if r[:3] == [decision, case, y])]
            for decision, case, y in sorted({tuple(r[:3]) for r in self.waiting})
        ]
        if following or short or late:
            self.status.setdefault(year + 1, "estimate")
        self.status[year] = "closed"
        return "close_year"

    def correct(self, number):
        if not self.acts:
            raise No
        act = self.acts[number % len(self.acts)]
        self._refuse("corrected before", act["corrected"])
        self._refuse("never corrected", act["kind"] not in CORRECTABLE)
        self._refuse("adopted", act["kind"] == "budget" and self.status[act["year"]] == "adopted")
        if act["kind"] in {"return", "allocation", "carry_over"}:
            for case in act["cases"]:
                self._running(case)
        for debit, credit, amount in reversed(act["moves"]):
            for place in (debit, credit):
                if place[1] is not None:
                    self._open(place[1])
            if debit[0] == "shortfall":
                fits = min(amount, -self.kroner[debit])
                self._move(credit, debit, fits)
                self._move(credit, ("available", debit[1], None), amount - fits)
            else:
                self._move(credit, debit, amount)
        for debit, _credit, _amount in self.moves:
            spent = debit[0] == "allocated" and 100 * self.kroner[debit] < self.oere[debit[1:]]
            self._refuse("spent", spent)
        act["corrected"] = True
        if act["kind"] == "adoption":
            self._open(act["year"])
            of_year = [n for (k, y, _c), n in self.kroner.items() if k == "allocated" and y == act["year"]]
            self._refuse("allocated", any(of_year))
            self.status[act["year"]] = "estimate"
        return "correction"

    def close_pool(self, year):
        still = sorted(y for y, status in self.status.items() if status != "closed")
        self._refuse("open years", len(still) > 1)
        self._refuse("without cover", self.waiting)
        for last in still:
            self.close(last, 0)
            self._refuse("money left", any(move[1][1] == last + 1 for move in self.moves))
        self.closed_pool = True
        return "close_pool"

    # --- Reading ----------------------------------------------------------------------------------

    def unspent(self, year, case):
        allocated = self.kroner["allocated", year, case]
        return max(0, min(allocated, (100 * allocated - self.oere[year, case]) // 100))

    def standing(self):
        return {place: amount for place, amount in self.kroner.items() if amount}

    def without_cover(self):
        return sorted(tuple(row) for row in self.waiting if row[3])

    # --- The rules they share ---------------------------------------------------------------------

    def _refuse(self, rule, broken):
        """No, by the rule of that name, where it is broken; while those are gathered, noted and gone past."""
        if broken and self.broken is None:
            raise No(rule)
        if broken:
            self.broken.add(rule)

    def _open(self, year):
        closed = [y for y, status in self.status.items() if status == "closed"]
        self._refuse("closed year", year < FIRST_YEAR or year <= max(closed, default=0))

    def _running(self, case):
        self._refuse("state", self.state[case] not in RUNNING)

    def _has_budget(self, year):
        booked = any(
            a["kind"] in COUNCIL and not a["corrected"] and a["year"] == year and a["moves"]
            for a in self.acts
        )
        return self.status.get(year) == "adopted" or booked

    def _budget(self, year):
        total = 0
        for act in self.acts:
            if act["kind"] in {"budget", "adoption"} and act["year"] == year and not act["corrected"]:
                for debit, credit, amount in act["moves"]:
                    total += amount * ((debit[0] == "source") - (credit[0] == "source"))
        return total

    def _move(self, debit, credit, amount):
        if amount:
            self.kroner[debit] -= amount
            self.kroner[credit] += amount
            self.moves.append((debit, credit, amount))

    def _out(self, year, amount):
        free = min(amount, self.kroner["available", year, None])
        self._move(("available", year, None), ("source", None, None), free)
        self._move(("shortfall", year, None), ("source", None, None), amount - free)

    def _reserve(self, year, case, amount):
        self._open(year)
        self._refuse("no budget", not self._has_budget(year))
        self._in_turn(year, case, amount)
        self._to_case(year, case, amount)

    def _in_turn(self, year, case, amount):
        """Grants without cover come first, the oldest decision first."""
        own = [row[0] for row in self.waiting if row[1:3] == [case, year]]
        ahead = [r[3] for r in self.waiting if r[2] == year and r[1] != case and (not own or r[0] < min(own))]
        left = max(0, self.kroner["available", year, None] - sum(ahead))
        self._refuse("out of turn", ahead and amount > left)

    def _to_case(self, year, case, amount):
        self._move(("available", year, None), ("reserved", year, case), amount)
        self._refuse("shortfall", self.kroner["shortfall", year, None])

    def _take_waiting(self, year, case, amount, newest_first=False):
        rows = [row for row in self.waiting if row[1:3] == [case, year]]
        self._refuse("more than waits", amount > sum(row[3] for row in rows))
        for row in sorted(rows, reverse=newest_first):
            part = min(amount, row[3])
            row[3] -= part
            amount -= part
        self.waiting = [row for row in self.waiting if row[3]]

    def _end_grants(self, case):
        closed = max((y for y, status in self.status.items() if status == "closed"), default=0)
        for (kind, year, of), amount in list(self.kroner.items()):
            if of == case and year > closed:
                if kind == "reserved":
                    self._move((kind, year, case), ("available", year, None), amount)
                if kind == "allocated":
                    self._move((kind, year, case), ("available", year, None), self.unspent(year, case))
        self.waiting = [row for row in self.waiting if row[1] != case]

    def _end(self):
        """Covers shortfalls with what is free in the year, and refuses what is overdrawn."""
        years = {place[1] for move in self.moves for place in move[:2]} - {None}
        for year in sorted(years):
            cover = min(self.kroner["available", year, None], -self.kroner["shortfall", year, None])
            if cover > 0:
                self._move(("available", year, None), ("shortfall", year, None), cover)
        bounded = [n for (kind, _y, _c), n in self.kroner.items() if kind not in {"source", "shortfall"}]
        self._refuse("overdrawn", any(amount < 0 for amount in bounded))
