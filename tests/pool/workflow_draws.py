"""What is tried next on the office of the paper: an act and its arguments, drawn from what there is.

Each draw reads the paper to say something sensible most of the time; whether it is lawful the paper says.
"""

from random import Random

from tests.pool.paper import FIRST_YEAR
from tests.pool.paper_board import DECIDED_IN
from tests.pool.paper_cases import BY_CHOICE, BY_LAW, PEOPLE
from tests.pool.paper_finance import OfficePaper

YEARS = range(FIRST_YEAR, FIRST_YEAR + 6)
MOST_CASES = 7
KINDS = (
    ["approve"] * 4
    + ["change_of_grant"] * 3
    + ["cover"] * 2
    + ["reject", "postpone", "return", "stop", "reverse"]
)

WRITING = [
    "create",
    "write",
    "submit",
    "submit",
    "withdraw",
    "add_collaborator",
    "remove_collaborator",
    "hand_over",
]
CONTROL = ["endorse", "endorse", "confirm", "confirm", "return_case", "report_disqualification",
           "decide_disqualification"]  # fmt: skip
HEARING = ["open_hearing", "no_hearing", "answer_hearing", "pass_deadline", "close_hearing"]
PROJECT = ["start", "start", "report_finished", "confirm_completion"]
MEETING = ["plan_meeting", "open_meeting", "close_meeting", "add_item", "add_item", "remove_item", "set_out"]
DECISION = ["put_down", "put_down", "put_down", "take_back", "carry_out", "carry_out", "decide_now"]
ANSWERS = [
    "record_outcome",
    "record_outcome",
    "write_request",
    "send_request",
    "give_opinion",
    "withdraw_request",
]
MONEY = ["book", "book", "allocate_year", "allocate_year", "spend", "return_unspent", "carry_over",
         "close_year", "correct_act"]  # fmt: skip
EVERY = WRITING + CONTROL + HEARING + PROJECT + MEETING + DECISION + ANSWERS + MONEY


class Draws:
    """`draw(act)` gives the arguments of an act by name, or None when there is nothing to do it to."""

    def __init__(self, paper: OfficePaper, random: Random):
        self.paper, self.random = paper, random

    def draw(self, act: str) -> dict | None:
        found = getattr(self, f"_{act}")()
        return None if found is None else {"by": self.one(PEOPLE)} | found

    # --- Parts ----------------------------------------------------------------------------------------

    def one(self, among):
        among = list(among)
        return self.random.choice(among) if among else None

    def often(self) -> bool:
        return self.random.random() < 0.85

    def reason(self) -> str:
        return "Grundlaget mangler." if self.often() else ""

    def case(self, *states: str) -> int:
        """A case, most often one in the states."""
        among = [number for number, state in self.paper.state.items() if state in states]
        return self.one(among if among and self.often() else range(len(self.paper.cases)))

    def _of_case(self) -> dict:
        return {"case": self.case()}

    def _with_reason(self) -> dict:
        return {"case": self.case(), "reason": self.reason()}

    def _amount(self, most: int) -> int:
        """Something that fits in `most` kroner, all of it, or one krone more."""
        roll = self.random.random()
        if most < 1 or roll < 0.08:
            return max(most, 0) + 1
        return most if roll < 0.35 else self.random.randint(1, most)

    def _place(self, kind: str):
        """A year and case with money of the kind; most often in an open year."""
        places = [place[1:] for place in sorted(self.paper.standing(), key=str) if place[0] == kind]
        last = [p for p in places if self.paper.status.get(p[0]) != "closed"]
        return self.one(last if last and self.often() else places)

    def _item(self) -> dict | None:
        places = [(n, m) for n, row in enumerate(self.paper.meetings) for m in range(len(row["items"]))]
        current = [p for p in places if self.paper.meetings[p[0]]["state"] != "closed"]
        place = self.one(current if current and self.often() else places)
        return place and {"meeting": place[0], "item": place[1]}

    def _meeting(self, *states: str) -> dict | None:
        rows = self.paper.meetings
        current = [n for n, row in enumerate(rows) if row["state"] in states]
        place = self.one(current if current and self.often() else range(len(rows)))
        return None if place is None else {"meeting": place}

    # --- Cases ----------------------------------------------------------------------------------------

    def _create(self):
        number = len(self.paper.cases)
        if number >= MOST_CASES:
            return None
        relations = {5: {"needs": 1}, 6: {"excludes": 3}}.get(number, {})
        return {"operation_costs": number % 3 == 2} | relations

    def _write(self):
        years = self.random.sample(YEARS, self.random.randint(1, 4))
        return {"case": self.case(), "asked": {year: self.random.randint(1, 120) for year in years}}

    def _person(self):
        return {"case": self.case(), "person": self.one(PEOPLE)}

    _add_collaborator = _remove_collaborator = _person

    def _hand_over(self):
        return self._person() | {"reason": self.reason()}

    _submit = _of_case
    _withdraw = _return_case = _report_disqualification = _with_reason

    def _start(self):
        return {"case": self.case("approved")}

    def _confirm_completion(self):
        return {"case": self.case("in_progress")}

    def _no_hearing(self):
        return {"case": self.case("checked"), "reason": self.reason()}

    def _close_hearing(self):
        return {"case": self.case("in_hearing")}

    def _endorse(self):
        return {"case": self.case(), "yes": self.often(), "reason": self.reason()}

    def _confirm(self):
        ticked, answered = self.often(), self.often()
        excuse = self.one(["Haster.", ""])
        return {"case": self.case("submitted"), "ticked": ticked, "answered": answered, "excuse": excuse}

    def _report_finished(self):
        return {"case": self.case("in_progress"), "text": self.reason()}

    def _open_hearing(self):
        bodies = self.one([(BY_LAW, BY_CHOICE), (BY_LAW,), (BY_CHOICE,), ()])
        return {"case": self.case("checked"), "bodies": bodies, "why_not_by_law": self.reason()}

    def _answer_hearing(self):
        case = self._heard()
        row = self.paper.cases[case] if case is not None else None
        if row is None or not row["hearing"]:
            return None
        body = self.one(sorted(name for name in row["hearing"] if name != "passed"))
        return {"by": self.one([None, *PEOPLE]), "case": case, "body": body}

    def _pass_deadline(self):
        case = self._heard()
        return None if case is None or self.paper.state[case] != "in_hearing" else {"by": None, "case": case}

    def _heard(self):
        return self.one(n for n, row in enumerate(self.paper.cases) if row["hearing"])

    def _decide_disqualification(self):
        asked = [(n, person) for n, row in enumerate(self.paper.cases) for person in sorted(row["out"])]
        if not asked:
            return None
        case, person = self.one(asked)
        return {"case": case, "person": person, "out": self.one([True, False, False]), "mayor": self.reason()}

    # --- Meetings and decisions -------------------------------------------------------------------------

    def _plan_meeting(self):
        planned = [row for row in self.paper.meetings if row["state"] == "planned"]
        days = self.random.randint(0, 60)
        return None if len(planned) > 1 else {"days": days, "chair": self.one(PEOPLE)}

    def _open_meeting(self):
        return self._meeting("planned")

    def _close_meeting(self):
        return self._meeting("open")

    def _add_item(self):
        found = self._meeting("planned", "open")
        return found and found | {"case": self.case()}

    _remove_item = _take_back = _item

    def _set_out(self):
        found = self._item()
        return found and found | {"person": self.one(PEOPLE), "reason": self.reason()}

    def _put_down(self):
        found = self._item()
        if found is None:
            return None
        case = self.paper.meetings[found["meeting"]]["items"][found["item"]]["case"]
        return found | {"what": self._decision(case)}

    def _decide_now(self):
        case = self.case()
        return {"case": case, "what": self._decision(case)}

    def _carry_out(self):
        found = self._meeting("open")
        if found is None:
            return None
        items = self.paper.meetings[found["meeting"]]["items"]
        standing = [n for n, item in enumerate(items) if item["provisional"] and not item["removed"]]
        some = self.random.sample(standing, self.random.randint(0, len(standing)))
        return found | {"items": sorted(standing if self.often() else some)}

    def _decision(self, case) -> dict:
        possible = [kind for kind in KINDS if self.paper.state[case] in DECIDED_IN[kind]]
        kind = self.one(possible if possible and self.often() else KINDS)
        what = {"kind": kind, "reason": self.reason(), "conditions": [], "grants": {}}
        if kind == "cover":
            what["grants"] = self._covering(case)
        elif kind in ("approve", "change_of_grant"):
            what["grants"] = self._granting(kind, case)
            needed = sorted(self.paper.needed_conditions(case, self._uncovered(what["grants"]))) \
                if self.paper.cases[case]["versions"] else []  # fmt: skip
            other = ["other"] if self.random.random() < 0.1 else []
            what["conditions"] = (needed if kind == "approve" and self.often() else []) + other
            what["passes_over"] = not self.often()
        return what

    def _granting(self, kind, case) -> dict:
        asked = (self.paper.cases[case]["versions"] or [{}])[-1]
        grants = {}
        for year in sorted(self.random.sample(YEARS, self.random.randint(1, 2)) + list(asked)[:1]):
            free = self.paper.kroner["available", year, None]
            reserved = self.paper.kroner["reserved", year, case]
            if kind == "change_of_grant" and reserved and self.often():
                grants[year] = (-self._amount(reserved), 0)
            elif self.paper._has_budget(year):
                uncovered = self._amount(40) if kind == "change_of_grant" and not self.often() else 0
                grants[year] = (self._just_out_of_turn(year, case) or self._amount(min(free, 90)), uncovered)
            else:
                grants[year] = (0, self._amount(40))
        return grants

    def _just_out_of_turn(self, year, case) -> int:
        """Now and then one krone of those that others wait for in the year; 0 where nobody does."""
        theirs = sum(row[3] for row in self.paper.waiting if row[2] == year and row[1] != case)
        free = self.paper.kroner["available", year, None]
        return max(0, free - theirs) + 1 if theirs and free and self.random.random() < 0.4 else 0

    def _uncovered(self, grants) -> dict:
        return {y: (a, u) if self.paper._has_budget(y) else (0, a + u) for y, (a, u) in grants.items()}

    def _covering(self, case) -> dict:
        rows = [row for row in self.paper.waiting if row[1] == case]
        return {
            r[2]: (self._amount(min(r[3], max(0, self.paper.kroner["available", r[2], None]))), 0)
            for r in rows[:1]
        }

    # --- Politicians, requests, money -------------------------------------------------------------------

    def _record_outcome(self):
        asked = [
            (n, c["number"], c["kind"]) for n, row in enumerate(self.paper.cases) for c in row["conditions"]
        ]
        if not asked:
            return None
        case, *condition = self.one(asked)
        met = self.random.random() < 0.7
        return {"case": case, "condition": tuple(condition), "met": met, "converted": self.often()}

    def _write_request(self):
        return {
            "case": self.case(),
            "year": self.one(YEARS),
            "difference": self.random.choice([-20, -5, 5, 30]),
        }

    def _requested(self):
        case = self.one(n for n, row in enumerate(self.paper.cases) if row["request"])
        return None if case is None else {"case": case}

    _send_request = _withdraw_request = _requested

    def _give_opinion(self):
        found = self._requested()
        return found and found | {"opinion": self.reason()}

    def _book(self):
        kind = self.one(["budget", "supplement", "supplement", "cut", "adopt", "adopt"])
        return {"kind": kind, "year": self.one(YEARS), "amount": self.random.randint(0, 250)}

    def _allocate_year(self):
        place = self._place("reserved")
        if place is None:
            return {"year": self.one(YEARS), "amounts": {self.case(): 5}}
        year = place[0]
        rows = [p[2] for p in self.paper.standing() if p[0] == "reserved" and p[1] == year]
        chosen = rows if self.often() else [place[1]]
        return {
            "year": year,
            "amounts": {c: self._amount(self.paper.kroner["reserved", year, c]) for c in chosen},
        }

    def _spend(self):
        place = self._place("allocated")
        return place and {
            "by": None,
            "case": place[1],
            "year": place[0],
            "oere": self.random.randint(1, 6_000),
        }

    def _return_unspent(self):
        place = self._place("allocated")
        if place is None:
            return None
        year, case = place
        return {"case": case, "year": year, "amount": self._amount(self.paper.unspent(year, case))}

    def _carry_over(self):
        kind = self.one(["available", "reserved", "allocated"])
        place = self._place(kind)
        if place is None:
            return None
        year, case = place[0], place[1] or 0
        most = self.paper.unspent(year, case) if kind == "allocated" else self.paper.kroner[kind, *place]
        amounts = {"available": 0, "reserved": 0, "allocated": 0} | {kind: self._amount(most)}
        return {"case": case, "year": year} | amounts

    def _close_year(self):
        still = [year for year, status in self.paper.status.items() if status != "closed"]
        if not still or self.random.random() < 0.7:
            return None
        year = min(still) if self.often() else self.one(still)
        free = self.paper.kroner["available", year, None]
        return {"year": year, "carried": self._amount(free) if free else 0}

    def _correct_act(self):
        moved = [act for act in self.paper.acts if act["moves"]]
        fresh = [n for n, act in enumerate(moved) if not act["corrected"]]
        return {"number": self.one(fresh)} if fresh else None
