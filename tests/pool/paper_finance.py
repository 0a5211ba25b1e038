"""The year's work on paper: outcomes, change requests, allocation, and what finance books and settles."""

from tests.pool.paper_board import BoardPaper

OPEN_REQUEST = ("draft", "with_finance", "ready")


class OfficePaper(BoardPaper):
    """The whole of it: cases, board and money."""

    # --- The politicians --------------------------------------------------------------------------------

    def record_outcome(self, by, case, condition, met, converted):
        """The answer to a condition (its decision's number, its kind); a no goes on the next agenda."""
        self._is(by, "finance")
        row = next(r for r in self.cases[case]["conditions"] if (r["number"], r["kind"]) == condition)
        self._refuse("answered before", row["met"] is not None)
        self._refuse("nothing converted", met and row["kind"] == "conversion" and not converted)
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
        self._refuse("one is open", row["request"] not in (None, "draft"))
        self._asked_lawfully(row, year, difference)
        row["request"], row["difference"] = "draft", (year, difference)

    def send_request(self, by, case):
        row = self._asks(by, case)
        self._refuse("no draft", row["request"] != "draft")
        self._asked_lawfully(row, *row["difference"])
        row["request"] = "with_finance"

    def give_opinion(self, by, case, opinion):
        self._is(by, "finance")
        self._has_never_written(by, case)
        self._refuse("not with finance", self.cases[case]["request"] != "with_finance")
        self._refuse("no opinion", not opinion)
        self.cases[case]["request"] = "ready"

    def withdraw_request(self, by, case):
        row = self.cases[case]
        self._refuse("not the owner", by != row["owner"])
        self._refuse("none is open", row["request"] not in OPEN_REQUEST)
        row["request"] = None

    def _asks(self, by, case):
        self._refuse("not the owner", by != self.cases[case]["owner"])
        self._running(case)
        return self.cases[case]

    def _asked_lawfully(self, row, year, difference):
        self._open(year)
        self._refuse("less than nothing", row["granted"].get(year, 0) + difference < 0)

    # --- Allocation and what becomes of it ------------------------------------------------------------

    def allocate_year(self, by, year, amounts):
        self._is(by, "board")
        self._open(year)
        self._refuse("nothing", not amounts)
        self._refuse("not adopted", self.status.get(year) != "adopted")
        for case, amount in amounts.items():
            self._running(case)
            self._kept_in(by, case)
            self._refuse("condition", self.cases[case]["conditions"])
            self._move(("reserved", year, case), ("allocated", year, case), amount)
        self._refuse("shortfall", self.kroner["shortfall", year, None])
        self.decisions += 1
        self._written("allocation", year)

    def confirm_completion(self, by, case):
        self._is(by, "finance")
        self._in(case, "in_progress")
        self._has_never_written(by, case)
        self._refuse("no final report", not self.cases[case]["reported"])
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
        self._refuse("nothing", amount == 0 and kind != "adopt")
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
        if act["kind"] == "allocation":
            for case in act["cases"]:
                self._kept_in(by, case)
        self._written(self.correct(place), act["year"])
