"""The way of a case as somebody with paper and pencil would keep it: who wrote, checked and was asked.

Plain dictionaries, no database; written from the client's tables of roles, states and actions, and not
from the code. `paper_board` goes on with meetings, decisions and money.
"""

from tests.pool.paper import FIRST_YEAR, Paper

# Everybody there is, with their roles. `head` leads the area and `gainer` owns the gains of every case.
PEOPLE = {
    "writer": {"staff"},
    "helper": {"staff"},
    "head": {"staff"},
    "gainer": {"staff"},
    "finance": {"finance"},
    "finance_staff": {"finance", "staff"},
    "finance_board": {"finance", "board"},
    "secretariat": {"secretariat"},
    "chair": {"board"},
    "member": {"board"},
    "board_staff": {"board", "staff"},
    "auditor": {"auditor"},
    "administrator": {"administrator"},
}
BY_LAW, BY_CHOICE = "by law", "by choice"
WRITABLE = {"draft", "returned"}
BEFORE_THE_BOARD = {"submitted", "checked", "in_hearing", "ready", "postponed"}
FUNDED = {"approved", "in_progress", "completed"}
RUNNING = {"approved", "in_progress"}
READ_BY_ALL_STAFF = FUNDED | {"stopped"}
HORIZON = 6


class CasePaper(Paper):
    """Cases by their number, each a dictionary, beside the money they are given."""

    def __init__(self):
        super().__init__()
        self.cases = []

    # --- Writing --------------------------------------------------------------------------------------

    def create(self, by, operation_costs, excludes=None, needs=None):
        self._is(by, "staff")
        self.cases.append(
            {
                "state": "draft", "owner": by, "writers": {by}, "wrote": {by}, "checked_by": set(),
                "asked": {}, "for_operation": operation_costs, "excludes": excludes, "needs": needs,
                "versions": [], "endorsed": {}, "stood_by": None, "hearing": None, "out": {},
                "reported": False, "conditions": [], "request": None, "granted": {},
            }
        )  # fmt: skip
        self.state[len(self.cases) - 1] = "draft"

    def write(self, by, case, asked):
        """What the case asks of the pool, by year; the first time it is all filled in."""
        row = self._writable(by, case)
        row["asked"] = dict(asked)

    def add_collaborator(self, by, case, person):
        row = self.cases[case]
        self._refuse("not a writer", not self._writes(by, row))
        self._refuse("nobody of the staff", "staff" not in PEOPLE[person])
        self._refuse("a writer already", person in row["writers"])
        row["writers"].add(person)
        row["wrote"].add(person)

    def remove_collaborator(self, by, case, person):
        row = self.cases[case]
        self._refuse("not the owner", by not in (row["owner"], person))
        self._refuse("no collaborator", person not in row["writers"] - {row["owner"]})
        row["writers"].discard(person)

    def hand_over(self, by, case, person, reason):
        row = self.cases[case]
        self._refuse("not the owner", by != row["owner"] and "secretariat" not in PEOPLE[by])
        self._refuse("nobody of the staff", "staff" not in PEOPLE[person])
        self._refuse("the owner already", person == row["owner"])
        self._refuse("no reason", not reason)
        row["writers"] = (row["writers"] - {row["owner"]}) | {person}
        row["wrote"].add(person)
        row["owner"] = person

    def submit(self, by, case):
        row = self._writable(by, case)
        self._refuse("nothing asked", not any(row["asked"].values()))
        # Who is asked again: those whose figures changed. The gains never do here.
        for person in ("head", "gainer"):
            same = row["versions"] and (person == "gainer" or row["stood_by"] == row["asked"])
            if not same:
                row["endorsed"][person] = True if person == by else None
        row["stood_by"] = dict(row["asked"])
        row["versions"].append(dict(row["asked"]))
        self._goes(case, "submitted")

    def withdraw(self, by, case, reason):
        self._in(case, *WRITABLE, *BEFORE_THE_BOARD)
        self._refuse("not the owner", by != self.cases[case]["owner"])
        self._refuse("no reason", not reason)
        self._goes(case, "withdrawn")

    # --- Control --------------------------------------------------------------------------------------

    def endorse(self, by, case, yes, reason):
        self._in(case, *BEFORE_THE_BOARD)
        row = self.cases[case]
        self._refuse("not asked", by not in row["endorsed"])
        self._refuse("answered before", row["endorsed"].get(by) is not None)
        self._refuse("no reason", not (yes or reason))
        row["endorsed"][by] = yes

    def return_case(self, by, case, reason):
        self._in(case, *BEFORE_THE_BOARD)
        may = {"secretariat", "board"} | ({"finance"} if self.state[case] == "submitted" else set())
        self._refuse("role", not may & PEOPLE[by])
        self._refuse("no reason", not reason)
        self._has_never_written(by, case)
        self._goes(case, "returned")

    def confirm(self, by, case, ticked, answered, excuse):
        """`ticked`: every criterion; `answered`: every finding; `excuse`: why without every endorsement."""
        self._is(by, "finance")
        self._in(case, "submitted")
        self._has_never_written(by, case)
        found = self.findings(case)
        about_endorsement = {"area-head-not-endorsed", "gain-not-endorsed"}
        self._refuse("criterion not ticked", not ticked)
        self._refuse("not endorsed", found & about_endorsement and not excuse)
        self._refuse("finding not answered", found - about_endorsement and not answered)
        self.cases[case]["checked_by"].add(by)
        self._goes(case, "checked")

    def findings(self, case):
        """What the control finds by itself, as the beginning of its codes."""
        row = self.cases[case]
        asked = row["versions"][-1]
        found = {f"year-without-budget:{y}" for y, n in asked.items() if n and not self._has_budget(y)}
        if row["for_operation"]:
            found.add("capital-for-operation")
        if row["endorsed"]["head"] is not True:
            found.add("area-head-not-endorsed")
        if row["endorsed"]["gainer"] is not True:
            found.add("gain-not-endorsed")
        if len(row["versions"]) > 1 and sum(row["versions"][-2].values()) != sum(asked.values()):
            found.add("totals-changed")
        return found

    # --- Hearing --------------------------------------------------------------------------------------

    def open_hearing(self, by, case, bodies, why_not_by_law):
        self._hears(by, case, "checked")
        self._refuse("no bodies", not bodies)
        self._refuse("passed over by law", BY_LAW not in bodies and not why_not_by_law)
        self.cases[case]["hearing"] = dict.fromkeys(bodies, False)
        self._goes(case, "in_hearing")

    def no_hearing(self, by, case, reason):
        self._hears(by, case, "checked")
        self._refuse("no reason", not reason)
        self._goes(case, "ready")

    def answer_hearing(self, by, case, body):
        """By the secretariat, for the body; with nobody (None), by the body's own link."""
        hearing = self.cases[case]["hearing"]
        self._in(case, "in_hearing")
        self._refuse("another body", body not in hearing)
        self._refuse("deadline passed", by is None and hearing.get("passed"))
        if by is not None:
            self._is(by, "secretariat")
            self._not_disqualified(by, case)
        hearing[body] = True

    def pass_deadline(self, by, case):
        """Time goes by; nobody does it."""
        self._in(case, "in_hearing")
        self.cases[case]["hearing"]["passed"] = True

    def close_hearing(self, by, case):
        self._hears(by, case, "in_hearing")
        hearing = self.cases[case]["hearing"]
        self._refuse("unanswered", not hearing.get("passed") and not all(hearing.values()))
        self._goes(case, "ready")

    # --- The project ----------------------------------------------------------------------------------

    def start(self, by, case):
        self._in(case, "approved")
        self._refuse("not the owner", by != self.cases[case]["owner"])
        self._refuse("condition", self.cases[case]["conditions"])
        self._goes(case, "in_progress")

    def report_finished(self, by, case, text):
        self._in(case, "in_progress")
        self._refuse("not the owner", by != self.cases[case]["owner"])
        self._refuse("no report", not text)
        self.cases[case]["reported"] = True

    # --- Who may ----------------------------------------------------------------------------------------

    def sees(self, person, case):
        """Whether the person may see the case at all."""
        roles, row = PEOPLE[person], self.cases[case]
        submitted = bool(row["versions"])
        if roles & {"finance", "secretariat", "board", "auditor"} and submitted:
            return True
        if "staff" not in roles:
            return False
        asked_now = submitted and person in row["endorsed"]
        return self.state[case] in READ_BY_ALL_STAFF or person in row["writers"] or asked_now

    def kept_out(self, person, case):
        """Whether the person may not decide the case."""
        row = self.cases[case]
        return person in row["wrote"] | row["checked_by"] or self._is_disqualified(person, case)

    def _is_disqualified(self, person, case):
        # A question that nobody has answered keeps out as well.
        return self.cases[case]["out"].get(person, False) is not False

    def _not_disqualified(self, person, case):
        self._refuse("disqualified", self._is_disqualified(person, case))

    def _has_never_written(self, person, case):
        self._not_disqualified(person, case)
        self._refuse("wrote it", person in self.cases[case]["wrote"])

    def _hears(self, by, case, state):
        self._is(by, "secretariat")
        self._in(case, state)
        self._not_disqualified(by, case)

    def _writes(self, person, row):
        return person in row["writers"] and "staff" in PEOPLE[person]

    def _writable(self, by, case):
        self._in(case, *WRITABLE)
        self._refuse("not a writer", not self._writes(by, self.cases[case]))
        return self.cases[case]

    def _is(self, person, *roles):
        self._refuse("role", not PEOPLE[person] & set(roles))

    def _in(self, case, *states):
        self._refuse("state", self.state[case] not in states)

    def _goes(self, case, state):
        self.state[case] = state

    def years_of(self, case):
        """The years the case is about: six, from its first."""
        return range(FIRST_YEAR, FIRST_YEAR + HORIZON)
