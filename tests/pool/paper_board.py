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

    def would(self, act, *args, **how):
        """Whether the act would be lawful."""
        before = pickle.dumps(self.__dict__)
        lawful = self.attempt(act, *args, **how)
        self.__dict__ = pickle.loads(before)
        return lawful

    # --- Meetings -------------------------------------------------------------------------------------

    def plan_meeting(self, by, days, chair):
        self._is(by, "secretariat")
        if chair not in BOARD:
            raise No
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
        if any(_stands(item) for item in row["items"]):
            raise No
        row["state"] = "closed"

    def add_item(self, by, meeting, case):
        self._is(by, "secretariat")
        row = self._meeting_in(meeting, "planned", "open")
        self._append(row, case)

    def remove_item(self, by, meeting, item):
        self._is(by, "secretariat")
        row = self._meeting_in(meeting, "planned", "open")["items"][item]
        if row["removed"] or row["number"] or row["provisional"]:
            raise No
        row["removed"] = True

    def set_out(self, by, meeting, item, person, reason):
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "planned", "open")
        if row["items"][item]["removed"] or row["items"][item]["number"]:
            raise No
        if person not in row["people"] or not reason:
            raise No
        row["items"][item]["out"].add(person)

    def _append(self, row, case):
        on_it = any(item["case"] == case and not item["removed"] for item in row["items"])
        if self.state[case] in NOT_FOR_THE_BOARD or on_it:
            raise No
        row["items"].append(_item(case))

    def _meeting_in(self, meeting, *states):
        if self.meetings[meeting]["state"] not in states:
            raise No
        return self.meetings[meeting]

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
        if by in self.cases[case]["out"] or not reason:
            raise No
        self.cases[case]["out"][by] = None

    def decide_disqualification(self, by, case, person, out, mayor):
        if person not in self.cases[case]["out"]:
            raise No
        chair = self._chair_for(case)
        if chair is None:
            raise No
        if person == chair:
            # By the mayor, written down by the secretariat.
            self._is(by, "secretariat")
            if by == chair or not mayor:
                raise No
        elif by != chair:
            raise No
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
        if row["removed"] or row["number"]:
            raise No
        self._decides(by, row)
        kind, case = what["kind"], row["case"]
        if self.state[case] not in DECIDED_IN[kind] or (kind in SAYS_WHY and not what["reason"]):
            raise No
        what = deepcopy(what)
        what["grants"] = self._settled(kind, case, what["grants"]) if kind in GIVES else {}
        if kind not in ("approve", "change_of_grant"):
            what["conditions"] = []
        if kind == "approve" and self.needed_conditions(case, what["grants"]) - set(what["conditions"]):
            raise No
        row["provisional"] = what | {"by": by}

    def take_back(self, by, meeting, item):
        self._is(by, "secretariat", "board")
        row = self._meeting_in(meeting, "open")["items"][item]
        if not _stands(row):
            raise No
        self._decides(by, row)
        row["provisional"] = None

    def carry_out(self, by, meeting, items):
        """Those of the items, in the order of the agenda; all of them or none."""
        self._is(by, "board")
        row = self._meeting_in(meeting, "open")
        if not items or not all(_stands(row["items"][item]) for item in items):
            raise No
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
            if kind == "approve" and (below or year not in self.years_of(case) or (budgeted and uncovered)):
                raise No
            if kind == "cover" and (amount < 0 or uncovered or not budgeted):
                raise No
            if not budgeted and amount > 0:
                amount, uncovered = 0, uncovered + amount
            if amount or uncovered:
                found[year] = (amount, uncovered)
        if not found and not (kind == "change_of_grant" and self.cases[case]["request"] == "ready"):
            raise No
        return found

    def _decides(self, person, item):
        if person in item["out"] or self.kept_out(person, item["case"]):
            raise No

    # --- Carried out ------------------------------------------------------------------------------------

    def _carry_out(self, by, meeting, item):
        what, case = item["provisional"], item["case"]
        self._decides(by, item)
        if self.kept_out(what["by"], case):
            raise No
        if all(person in item["out"] or self.kept_out(person, case) for person in meeting["people"]):
            raise No
        kind = what["kind"]
        if self.state[case] not in DECIDED_IN[kind]:
            raise No
        if kind in GIVES and self._settled(kind, case, what["grants"]) != what["grants"]:
            raise No
        self.decisions += 1
        getattr(self, f"_{kind}")(case, what)
        self._written(kind, 0, case)
        item["number"], item["provisional"] = self.decisions, None

    def _approve(self, case, what):
        row = self.cases[case]
        for other, theirs in enumerate(self.cases):
            exclude_each_other = other == row["excludes"] or theirs["excludes"] == case
            if exclude_each_other and self.state[other] in FUNDED:
                raise No
        if row["needs"] is not None and self.state[row["needs"]] not in FUNDED:
            raise No
        if self.needed_conditions(case, what["grants"]) - set(what["conditions"]):
            raise No
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
            self._in_turn(year, case, amount, what)
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
            if any(n for (kind, _year, of), n in self.kroner.items() if kind == "allocated" and of == case):
                raise No
            self._ends(case)
        self.cases[case]["conditions"] = []
        self._goes(case, "ready")

    def _give(self, case, what):
        for year, (amount, uncovered) in what["grants"].items():
            if amount > 0:
                self._in_turn(year, case, amount, what)
                self._to_case(year, case, amount)
            if uncovered > 0:
                self.waiting.append([self.decisions, case, year, uncovered])
            self._granted(case, year, amount + uncovered)
        self.cases[case]["conditions"] += [
            {"number": self.decisions, "kind": kind, "met": None} for kind in what["conditions"]
        ]

    def _in_turn(self, year, case, amount, what):
        """Grants without cover come first, the oldest decision first; to pass one over takes a reason."""
        if what.get("passes_over"):
            return
        own = [row[0] for row in self.waiting if row[1:3] == [case, year]]
        ahead = [r[3] for r in self.waiting if r[2] == year and r[1] != case and (not own or r[0] < min(own))]
        if ahead and amount > max(0, self.kroner["available", year, None] - sum(ahead)):
            raise No

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
