"""Meetings, decisions and money on paper: what the board decides about cases, and what finance books.

Goes on from `paper_cases`. A meeting is a dictionary with its items, an item has its provisional decision
and, when that is carried out, its number. Whole kroner, one pool.
"""

import pickle
from copy import deepcopy

from tests.pool.paper import No
from tests.pool.paper_cases import BEFORE_THE_BOARD, FUNDED, PEOPLE, RUNNING, CasePaper

DECIDED_IN = {
    "approve": {"ready", "postponed"},
    "reject": {"ready", "postponed"},
    "postpone": {"ready", "postponed"},
    "return": BEFORE_THE_BOARD,
    "stop": RUNNING,
    "reverse": {"approved", "rejected", "stopped"},
    "change_of_grant": RUNNING,
    "cover": RUNNING,
}
GIVES = ("approve", "change_of_grant", "cover")
SAYS_WHY = ("reject", "postpone", "return", "stop", "reverse", "change_of_grant")
NOT_FOR_THE_BOARD = {"draft", "returned", "withdrawn", "completed"}
BOARD = {person for person, roles in PEOPLE.items() if "board" in roles}


class BoardPaper(CasePaper):
    """Everything that happens to cases and money, by whom, one method an act."""

    def __init__(self):
        super().__init__()
        self.meetings = []
        self.budgeted = set()

    def attempt(self, act, *args, **how):
        """Whether the act is lawful; the paper then has it, and is else untouched."""
        before = pickle.dumps(self.__dict__)
        self.moves = []
        try:
            getattr(self, act)(*args, **how)
        except No:
            self.__dict__ = pickle.loads(before)
            return False
        return True

    # --- Meetings -------------------------------------------------------------------------------------

    def plan_meeting(self, by, days, chair):
        self._is(by, "secretariat")
        self._refuse("chair", chair not in BOARD)
        self.meetings.append(_meeting("planned", set(BOARD), chair, days))
        for case, row in enumerate(self.cases):
            refused = any(condition["met"] is False for condition in row["conditions"])
            if refused and self.state[case] in RUNNING and not self._waits(case):
                self.meetings[-1]["items"].append(_item(case))

    def open_meeting(self, by, meeting):
        self._is(by, "secretariat", "board")
        self._meeting_in(meeting, "planned")["state"] = "open"

    def close_meeting(self, by, meeting):
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "open")
        self._refuse("provisional left", any(_stands(item) for item in row["items"]))
        row["state"] = "closed"

    def add_item(self, by, meeting, case):
        self._is(by, "secretariat")
        row = self._meeting_in(meeting, "planned", "open")
        self._append(row, case)

    def remove_item(self, by, meeting, item):
        self._is(by, "secretariat")
        row = self._meeting_in(meeting, "planned", "open")["items"][item]
        self._undecided(row)
        self._refuse("put down", row["provisional"])
        row["removed"] = True

    def set_out(self, by, meeting, item, person, reason):
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "planned", "open")
        self._undecided(row["items"][item])
        self._refuse("not of the meeting", person not in row["people"])
        self._refuse("no reason", not reason)
        row["items"][item]["out"].add(person)

    def _append(self, row, case):
        on_it = any(item["case"] == case and not item["removed"] for item in row["items"])
        self._refuse("state", self.state[case] in NOT_FOR_THE_BOARD)
        self._refuse("on it already", on_it)
        row["items"].append(_item(case))

    def _meeting_in(self, meeting, *states):
        self._refuse("meeting's state", self.meetings[meeting]["state"] not in states)
        return self.meetings[meeting]

    def _undecided(self, item):
        self._refuse("removed", item["removed"])
        self._refuse("decided", item["number"])

    def _waits(self, case):
        return any(
            item["case"] == case and not item["removed"] and not item["number"]
            for meeting in self.meetings
            if meeting["state"] in ("planned", "open")
            for item in meeting["items"]
        )

    # --- Who stays out --------------------------------------------------------------------------------

    def report_disqualification(self, by, case, reason):
        self._is(by, "finance", "secretariat", "board")
        self._refuse("reported before", by in self.cases[case]["out"])
        self._refuse("no reason", not reason)
        self.cases[case]["out"][by] = None

    def decide_disqualification(self, by, case, person, out, mayor):
        if person not in self.cases[case]["out"]:
            raise No("nobody asked")
        chair = self._chair_for(case)
        self._refuse("no chair", chair is None)
        if person == chair:
            # By the mayor, written down by the secretariat.
            self._is(by, "secretariat")
            self._refuse("oneself", by == chair)
            self._refuse("no mayor", not mayor)
        else:
            self._refuse("not the chair", by != chair)
        self.cases[case]["out"][person] = out

    def _chair_for(self, case):
        """Of the coming meeting with the case, else the next, else the latest; never of one made at once."""
        called = [(row["days"], n, row) for n, row in enumerate(self.meetings) if row["days"] is not None]
        coming = sorted(entry for entry in called if entry[2]["state"] in ("planned", "open"))
        with_it = [
            entry
            for entry in coming
            if any(item["case"] == case and not item["removed"] for item in entry[2]["items"])
        ]
        chosen = (with_it or coming)[:1] or sorted(called)[-1:]
        return chosen[0][2]["chair"] if chosen else None

    # --- Provisional decisions --------------------------------------------------------------------------

    def put_down(self, by, meeting, item, what):
        """`what`: kind, reason, grants {year: (kroner, uncovered)}, conditions, passes over others or not."""
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "open")["items"][item]
        self._undecided(row)
        self._decides(by, row)
        kind, case = what["kind"], row["case"]
        self._refuse(f"state: {kind}", self.state[case] not in DECIDED_IN[kind])
        self._refuse(f"no reason: {kind}", kind in SAYS_WHY and not what["reason"])
        what = deepcopy(what)
        what["grants"] = self._settled(kind, case, what["grants"]) if kind in GIVES else {}
        if kind not in ("approve", "change_of_grant"):
            what["conditions"] = []
        if kind == "approve":
            self._has_its_conditions(case, what)
        row["provisional"] = what | {"by": by}

    def take_back(self, by, meeting, item):
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "open")["items"][item]
        self._refuse("nothing put down", not _stands(row))
        self._decides(by, row)
        row["provisional"] = None

    def carry_out(self, by, meeting, items):
        """Those of the items, in the order of the agenda; all of them or none."""
        self._is(by, "board")
        row = self._meeting_in(meeting, "open")
        self._refuse("no items", not items)
        if not all(_stands(row["items"][item]) for item in items):
            raise No("nothing put down")
        for item in sorted(items):
            self._carry_out(by, row, row["items"][item])

    def decide_now(self, by, case, what):
        """From the case's own page: in an open meeting that has it, or in one made for it alone."""
        self._is(by, "board")
        standing = [
            (n, m)
            for n, meeting in enumerate(self.meetings)
            for m, item in enumerate(meeting["items"])
            if meeting["state"] == "open"
            and item["case"] == case
            and not item["removed"] | bool(item["number"])
        ]
        if not standing:
            self.meetings.append(_meeting("open", {by}, by, None))
            self._append(self.meetings[-1], case)
        meeting, item = standing[0] if standing else (len(self.meetings) - 1, 0)
        self.put_down(by, meeting, item, what)
        self.carry_out(by, meeting, [item])
        if not standing:
            self.close_meeting(by, meeting)

    def needed_conditions(self, case, grants):
        """What an approval with the grants cannot do without."""
        needed = {"uncovered"} if any(uncovered > 0 for _amount, uncovered in grants.values()) else set()
        given = {year for year, amounts in grants.items() if sum(amounts) > 0}
        asked = {year for year, amount in self.cases[case]["versions"][-1].items() if amount}
        if self.cases[case]["for_operation"] and given & asked:
            needed.add("conversion")
        return needed

    def _settled(self, kind, case, grants):
        """As the kind and the years' budgets make them: without a budget, what is given has no cover."""
        found = {}
        for year, (amount, uncovered) in grants.items():
            if not (amount or uncovered):
                continue
            self._open(year)
            budgeted = self._has_budget(year)
            below = amount < 0 or uncovered < 0
            if kind == "approve":
                self._refuse("below zero", below)
                self._refuse("outside the case", year not in self.years_of(case))
                self._refuse("uncovered in a year with a budget", budgeted and uncovered)
            if kind == "cover":
                self._refuse("below zero", amount < 0 or uncovered)
                self._refuse("no budget", not budgeted)
            if not budgeted and amount > 0:
                amount, uncovered = 0, uncovered + amount
            if amount or uncovered:
                found[year] = (amount, uncovered)
        refused = kind == "change_of_grant" and self.cases[case]["request"] == "ready"
        self._refuse(f"nothing: {kind}", not found and not refused)
        return found

    def _decides(self, person, item):
        self._refuse("out of the item", person in item["out"])
        self._kept_in(person, item["case"])

    def _kept_in(self, person, case, when=""):
        row = self.cases[case]
        self._refuse(f"disqualified{when}", self._is_disqualified(person, case))
        self._refuse(f"wrote it{when}", person in row["wrote"])
        self._refuse(f"checked it{when}", person in row["checked_by"])

    def _has_its_conditions(self, case, what):
        needed = self.needed_conditions(case, what["grants"])
        for kind in sorted(needed - set(what["conditions"])):
            self._refuse(f"without the condition {kind}", True)

    # --- Carried out ------------------------------------------------------------------------------------

    def _carry_out(self, by, meeting, item):
        what, case = item["provisional"], item["case"]
        self._decides(by, item)
        if what["by"] != by:
            self._kept_in(what["by"], case, ", who put it down")
        out = {person for person in meeting["people"] if person in item["out"] or self.kept_out(person, case)}
        self._refuse("nobody to decide", out == meeting["people"] != {by})
        kind = what["kind"]
        self._refuse(f"state: {kind}", self.state[case] not in DECIDED_IN[kind])
        if kind in GIVES:
            settled = self._settled(kind, case, what["grants"])
            self._refuse("the budget has changed", settled != what["grants"])
        self.decisions += 1
        getattr(self, f"_{kind}")(case, what)
        self._written(kind, 0, case)
        item["number"], item["provisional"] = self.decisions, None

    def _approve(self, case, what):
        row = self.cases[case]
        for other, theirs in enumerate(self.cases):
            exclude_each_other = other == row["excludes"] or theirs["excludes"] == case
            self._refuse("excluded", exclude_each_other and self.state[other] in FUNDED)
        self._refuse("needs another", row["needs"] is not None and self.state[row["needs"]] not in FUNDED)
        self._has_its_conditions(case, what)
        self._give(case, what)
        self._goes(case, "approved")

    def _change_of_grant(self, case, what):
        row = self.cases[case]
        for year, (amount, uncovered) in what["grants"].items():
            if amount < 0:
                self._move(("reserved", year, case), ("available", year, None), -amount)
            if uncovered < 0:
                self._take_waiting(year, case, -uncovered, newest_first=True)
        # What the politicians refused is answered by this.
        row["conditions"] = [condition for condition in row["conditions"] if condition["met"] is not False]
        self._give(case, what)
        if row["request"] == "ready":
            row["request"] = None

    def _cover(self, case, what):
        for year, (amount, _none) in what["grants"].items():
            self._served(year, case, amount, what)
            self._take_waiting(year, case, amount)
            self._to_case(year, case, amount)

    def _reject(self, case, what):
        self._goes(case, "rejected")

    def _postpone(self, case, what):
        self._goes(case, "postponed")

    def _return(self, case, what):
        self._goes(case, "returned")

    def _stop(self, case, what):
        self._ends(case)
        self._goes(case, "stopped")

    def _reverse(self, case, what):
        if self.state[case] == "approved":
            still = [n for (kind, _y, of), n in self.kroner.items() if kind == "allocated" and of == case]
            self._refuse("allocated", any(still))
            self._ends(case)
        self.cases[case]["conditions"] = []
        self._goes(case, "ready")

    def _give(self, case, what):
        for year, (amount, uncovered) in what["grants"].items():
            if amount > 0:
                self._served(year, case, amount, what)
                self._to_case(year, case, amount)
            if uncovered > 0:
                self.waiting.append([self.decisions, case, year, uncovered])
            self._granted(case, year, amount + uncovered)
        self.cases[case]["conditions"] += [
            {"number": self.decisions, "kind": kind, "met": None} for kind in what["conditions"]
        ]

    def _served(self, year, case, amount, what):
        """To pass over somebody whose turn it is takes a reason."""
        if not what.get("passes_over"):
            self._in_turn(year, case, amount)

    def _ends(self, case):
        """Every grant in force ends; what the decision took is what the case was granted less."""
        for _number, of, year, amount in self.waiting:
            if of == case:
                self._granted(case, year, -amount)
        self._end_grants(case)
        for debit, _credit, amount in self.moves:
            self._granted(case, debit[1], -amount)
        self.cases[case]["conditions"], self.cases[case]["request"] = [], None

    def _granted(self, case, year, amount):
        granted = self.cases[case]["granted"]
        granted[year] = granted.get(year, 0) + amount

    def _written(self, kind, year, case=None):
        """The end of one operation: shortfalls are covered, and nothing is overdrawn."""
        self._end()
        if self.moves or kind == "adoption":
            cases = {place[2] for move in self.moves for place in move[:2]} - {None}
            self.acts.append(
                {"kind": kind, "moves": self.moves, "year": year, "cases": cases, "corrected": False}
            )
        self.moves = []

    def _has_budget(self, year):
        # A year keeps what it was when it closed.
        return year in self.budgeted or super()._has_budget(year)


def _meeting(state, people, chair, days):
    return {"state": state, "people": people, "chair": chair, "days": days, "items": []}


def _item(case):
    return {"case": case, "removed": False, "number": None, "provisional": None, "out": set()}


def _stands(item):
    return bool(item["provisional"]) and not item["removed"]
