"""The year's work on paper: outcomes, change requests, allocation, and what finance books and settles."""

from tests.pool.paper import No
from tests.pool.paper_board import BoardPaper
from tests.pool.paper_cases import RUNNING

OPEN_REQUEST = ("draft", "with_finance", "ready")


class OfficePaper(BoardPaper):
    """The whole of it: cases, board and money."""

    # --- The politicians --------------------------------------------------------------------------------

    def record_outcome(self, by, case, condition, met, converted):
        """The answer to a condition (its decision's number, its kind); a no goes on the next agenda."""
        self._is(by, "finance")
        row = next(r for r in self.cases[case]["conditions"] if (r["number"], r["kind"]) == condition)
        if row["met"] is not None or (met and row["kind"] == "conversion" and not converted):
            raise No
        row["met"] = met
        if met:
            self.cases[case]["conditions"].remove(row)
        elif not self._waits(case):
            planned = [(m["days"], n) for n, m in enumerate(self.meetings) if m["state"] == "planned"]
            if planned:
                self._append(self.meetings[min(planned)[1]], case)

    # --- Change requests --------------------------------------------------------------------------------

    def write_request(self, by, case, year, difference):
        row = self._asks(by, case)
        if row["request"] not in (None, "draft"):
            raise No
        self._asked_lawfully(row, year, difference)
        row["request"], row["difference"] = "draft", (year, difference)

    def send_request(self, by, case):
        row = self._asks(by, case)
        if row["request"] != "draft":
            raise No
        self._asked_lawfully(row, *row["difference"])
        row["request"] = "with_finance"

    def give_opinion(self, by, case, opinion):
        self._is(by, "finance")
        self._has_never_written(by, case)
        if self.cases[case]["request"] != "with_finance" or not opinion:
            raise No
        self.cases[case]["request"] = "ready"

    def withdraw_request(self, by, case):
        row = self.cases[case]
        if by != row["owner"] or row["request"] not in OPEN_REQUEST:
            raise No
        row["request"] = None

    def _asks(self, by, case):
        if by != self.cases[case]["owner"] or self.state[case] not in RUNNING:
            raise No
        return self.cases[case]

    def _asked_lawfully(self, row, year, difference):
        self._open(year)
        if row["granted"].get(year, 0) + difference < 0:
            raise No

    # --- Allocation and what becomes of it ------------------------------------------------------------

    def allocate_year(self, by, year, amounts):
        self._is(by, "board")
        self._open(year)
        if not amounts or self.status.get(year) != "adopted":
            raise No
        for case, amount in amounts.items():
            self._running(case)
            if self.kept_out(by, case) or self.cases[case]["conditions"]:
                raise No
            self._move(("reserved", year, case), ("allocated", year, case), amount)
        if self.kroner["shortfall", year, None]:
            raise No
        self.decisions += 1
        self._written("allocation", year)

    def confirm_completion(self, by, case):
        self._is(by, "finance")
        self._in(case, "in_progress")
        self._has_never_written(by, case)
        if not self.cases[case]["reported"]:
            raise No
        self._end_grants(case)
        self._written("completion", 0)
        self.cases[case]["request"] = None
        self._goes(case, "completed")

    def spend(self, by, case, year, oere):
        """The finance system's word; nobody does it here."""
        self.oere[year, case] += oere

    # --- Finance ----------------------------------------------------------------------------------------

    def book(self, by, kind, year, amount):
        """`kind`: budget, supplement, cut or adopt."""
        self._is(by, "finance")
        if amount == 0 and kind != "adopt":
            raise No
        self._written(getattr(self, kind)(year, amount), year)

    def return_unspent(self, by, case, year, amount):
        self._is(by, "finance")
        self._written(self.give_back(year, case, amount), year)

    def carry_over(self, by, case, year, available, reserved, allocated):
        self._is(by, "finance")
        self._written(self.carry(year, case, available, reserved, allocated), year)

    def close_year(self, by, year, carried):
        self._is(by, "finance")
        budgeted = self._has_budget(year)
        self._written(self.close(year, carried), year)
        if budgeted:
            self.budgeted.add(year)

    def correct_act(self, by, number):
        """The act that moved money as number so and so, counted from 0."""
        place = [at for at, act in enumerate(self.acts) if act["moves"]][number]
        act = self.acts[place]
        self._is(by, "board" if act["kind"] == "allocation" else "finance")
        if act["kind"] == "allocation" and any(self.kept_out(by, case) for case in act["cases"]):
            raise No
        self._written(self.correct(place), act["year"])
