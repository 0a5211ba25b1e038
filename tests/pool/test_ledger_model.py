"""The ledger against paper and pencil: random acts, each with the same answer and the same books after it."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from innovation_pool.refusals import Refusal
from pool import checks, ledger
from pool.models import Account, Operation, Pool, PoolYear
from tests.pool import books
from tests.pool.paper import CORRECTABLE, Paper

YEARS = st.sampled_from([2020, 2021, 2021, 2022, 2022, 2023])
LATER = st.sampled_from([2024, 2025, 2026])
NUMBERS = st.integers(0, 500)
# Mostly something that fits, now and then all there is, now and then one krone more.
SIZES = st.sampled_from(["fits", "fits", "fits", "all", "one more"])
SELDOM = st.sampled_from([False, False, False, False, True])


class LedgerAndPaper(RuleBasedStateMachine):
    """One pool, five cases; every rule asks the paper first and then does the real thing."""

    taken: Counter = Counter()
    counting = False

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.paper = Paper()
        self.pool = books.make_pool()
        self.cases = [books.make_case() for _ in range(5)]
        self.paper.state = dict.fromkeys(range(5), "ready")
        self.operations = []
        self.did(lambda: self.council(ledger.book_budget, 2020, 500), "budget", 2020, 500)
        self.did(lambda: self.council(ledger.adopt_year, 2020, 600), "adopt", 2020, 600)
        self.did(lambda: self.council(ledger.book_budget, 2021, 400), "budget", 2021, 400)
        first, second = self.cases[:2]
        self.did(
            lambda: books.approve(self.pool, first, {2020: 250}, {2024: 40}),
            "approve",
            2020,
            0,
            250,
            2024,
            40,
        )
        self.did(lambda: books.approve(self.pool, second, {2021: 100}), "approve", 2021, 1, 100, 2024, 0)
        self.did(lambda: books.change(self.pool, first, unfunded={2021: 30}), "grant_unfunded", 2021, 0, 30)
        self.did(lambda: books.allocate(self.pool, 2020, {first: 90}), "allocate", 2020, 0, 90)
        # The steps are counted from here.
        self.counting = True

    def teardown(self):
        try:
            assert checks.find_breaches() == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def did(self, act, name, *args):
        """Does the act and compares the answer with the paper's."""
        lawful = self.paper.attempt(name, *args)
        try:
            act()
            done = True
        except Refusal:
            done = False
        assert done == lawful, (name, args)
        self.taken[name, done] += self.counting
        self.operations = list(Operation.objects.filter(movements__isnull=False).distinct().order_by("at"))
        return done

    def council(self, act, year, amount):
        act(self.pool, year, amount, books.COUNCIL, by=books.finance(), operation=books.new_id())

    def by_finance(self):
        return {"by": books.finance(), "operation": books.new_id()}

    # --- The acts ---------------------------------------------------------------------------------

    def some(self, kind, number):
        """A place of the kind with money on it in an open year, where there is one: year and case."""
        closed = max((year for year, status in self.paper.status.items() if status == "closed"), default=0)
        places = sorted(
            place[1:] for place in self.paper.standing() if place[0] == kind and place[1] > closed
        )
        return places[number % len(places)] if places else (2020 + number % 4, number % 5)

    def running(self, number):
        """A case that is approved, where there is one."""
        cases = [case for case, state in self.paper.state.items() if state == "approved"] or range(5)
        return cases[number % len(cases)]

    # --- The council's acts -----------------------------------------------------------------------

    @rule(year=YEARS, amount=NUMBERS)
    def budget(self, year, amount):
        self.did(lambda: self.council(ledger.book_budget, year, amount + 1), "budget", year, amount + 1)

    @rule(year=YEARS, amount=NUMBERS)
    def supplement(self, year, amount):
        self.did(lambda: self.council(ledger.supplement, year, amount + 1), "supplement", year, amount + 1)

    @rule(year=YEARS, amount=NUMBERS)
    def cut(self, year, amount):
        self.did(lambda: self.council(ledger.cut, year, amount + 1), "cut", year, amount + 1)

    @rule(year=YEARS, amount=NUMBERS)
    def adopt(self, year, amount):
        self.did(lambda: self.council(ledger.adopt_year, year, amount), "adopt", year, amount)

    # --- The board's ------------------------------------------------------------------------------

    @rule(case=st.integers(0, 4), number=NUMBERS, size=SIZES, later=LATER, unfunded=st.integers(0, 60))
    def approve(self, case, number, size, later, unfunded):
        if self.paper.state[case] != "ready":
            return
        year, _none = self.some("available", number)
        amount = sized(size, number, self.paper.kroner["available", year, None])
        grants = {later: unfunded} if unfunded else {}
        self.did(
            lambda: books.approve(self.pool, self.cases[case], {year: amount}, grants),
            *("approve", year, case, amount, later, unfunded),
        )

    @rule(number=NUMBERS, size=SIZES)
    def more(self, number, size):
        year, _none = self.some("available", number)
        case = self.running(number)
        amount = sized(size, number, self.paper.kroner["available", year, None])
        self.did(
            lambda: books.change(self.pool, self.cases[case], {year: amount}), "change", year, case, amount
        )

    @rule(number=NUMBERS, size=SIZES)
    def less(self, number, size):
        year, case = self.some("reserved", number)
        amount = -sized(size, number, self.paper.kroner["reserved", year, case])
        self.did(
            lambda: books.change(self.pool, self.cases[case], {year: amount}), "change", year, case, amount
        )

    @rule(number=NUMBERS, year=st.one_of(YEARS, LATER), amount=st.integers(-40, 60).filter(bool))
    def grant_unfunded(self, number, year, amount):
        case = self.running(number)
        self.did(
            lambda: books.change(self.pool, self.cases[case], unfunded={year: amount}),
            *("grant_unfunded", year, case, amount),
        )

    @rule(number=NUMBERS, size=SIZES)
    def cover(self, number, size):
        free = [row for row in self.paper.waiting if self.paper.kroner["available", row[2], None]]
        waiting = free or self.paper.waiting or [[0, 0, 2024, 0]]
        _decision, case, year, most = waiting[number % len(waiting)]
        amount = sized(size, number, min(most, self.paper.kroner["available", year, None]) or most)
        self.did(lambda: books.cover(self.pool, self.cases[case], year, amount), "cover", year, case, amount)

    @rule(number=NUMBERS, size=SIZES)
    def allocate(self, number, size):
        year, case = self.some("reserved", number)
        amount = sized(size, number, self.paper.kroner["reserved", year, case])
        self.did(
            lambda: books.allocate(self.pool, year, {self.cases[case]: amount}),
            *("allocate", year, case, amount),
        )

    @rule(number=NUMBERS, seldom=SELDOM)
    def stop(self, number, seldom):
        case = self.running(number)
        if seldom and self.paper.state[case] == "approved":
            self.did(lambda: books.stop(self.cases[case]), "stop", 0, case)

    # --- Finance's --------------------------------------------------------------------------------

    @rule(number=NUMBERS, oere=st.integers(1, 30_000))
    def spend(self, number, oere):
        year, case = self.some("allocated", number)
        if self.paper.kroner["allocated", year, case]:
            books.spend(self.pool, self.cases[case], year, oere)
            self.paper.oere[year, case] += oere

    @rule(number=NUMBERS, size=SIZES)
    def give_back(self, number, size):
        year, case = self.some("allocated", number)
        amount = sized(size, number, self.paper.unspent(year, case))
        act = {"reason": "Rest", "by": books.finance(), "operation": books.new_id()}
        self.did(
            lambda: ledger.return_unspent(self.pool, year, self.cases[case], amount, **act),
            *("give_back", year, case, amount),
        )

    @rule(number=NUMBERS, size=SIZES, of=st.sampled_from(["available", "reserved", "allocated"]))
    def carry(self, number, size, of):
        year, case = self.some(of, number)
        most = self.paper.unspent(year, case) if of == "allocated" else self.paper.kroner[of, year, case]
        amounts = {
            kind: sized(size, number, most) if kind == of else 0
            for kind in ("available", "reserved", "allocated")
        }
        what = {
            kind: amount if kind == "available" else {self.cases[case or 0]: amount}
            for kind, amount in amounts.items()
            if amount
        }
        self.did(
            lambda: ledger.carry_over(self.pool, year, books.COUNCIL, **what, **self.by_finance()),
            *("carry", year, case or 0, *amounts.values()),
        )

    @rule(number=NUMBERS)
    def correct(self, number):
        # The paper's acts without a movement (an adoption as estimated) have no operation in this list.
        places = [index for index, act in enumerate(self.paper.acts) if act["moves"]]
        at = number % len(places)
        fresh = [
            index
            for index, place in enumerate(places)
            if self.paper.acts[place]["kind"] in CORRECTABLE and not self.paper.acts[place]["corrected"]
        ]
        if fresh and number % 7 != 3:
            at = fresh[number % len(fresh)]
        by = books.board() if self.operations[at].kind == "allocation" else books.finance()
        self.did(
            lambda: ledger.correct(self.operations[at], reason="Fejl", by=by, operation=books.new_id()),
            *("correct", places[at]),
        )

    @rule(number=NUMBERS, seldom=SELDOM)
    def complete(self, number, seldom):
        case = self.running(number)
        if seldom and self.paper.state[case] == "approved":
            self.did(lambda: books.complete(self.cases[case]), "complete", 0, case)

    @rule(later=SELDOM, now=st.booleans(), number=NUMBERS, size=SIZES)
    def close(self, later, now, number, size):
        if not now:
            return
        year = min(year for year, status in self.paper.status.items() if status != "closed") + later
        free = self.paper.kroner["available", year, None]
        carried = sized(size, number, free) if free else 0
        self.did(
            lambda: ledger.close_year(self.pool, year, books.COUNCIL, carried=carried, **self.by_finance()),
            *("close", year, carried),
        )

    @rule(seldom=SELDOM, still_seldomer=SELDOM)
    def close_pool(self, seldom, still_seldomer):
        if seldom and still_seldomer:
            self.did(
                lambda: ledger.close_pool(self.pool, books.COUNCIL, **self.by_finance()), "close_pool", 0
            )

    # --- The books after each act -----------------------------------------------------------------

    @invariant()
    def the_books_are_the_same(self):
        index = {case.pk: number for number, case in enumerate(self.cases)}
        accounts = Account.objects.filter(pool=self.pool).exclude(balance=0)
        real = {(str(row.kind), row.year, index.get(row.case_id)): row.balance for row in accounts}
        assert real == self.paper.standing()
        years = {row.year: str(row.status) for row in PoolYear.objects.filter(pool=self.pool)}
        closed = Pool.objects.get(pk=self.pool.pk).closed_at is not None
        assert (years, closed) == (self.paper.status, self.paper.closed_pool)
        standing = [
            (row.number, index[row.case], row.year, row.amount)
            for row in ledger.standing_unfunded([self.pool.pk])
        ]
        assert sorted(standing) == self.paper.without_cover()


def sized(size: str, number: int, most: int) -> int:
    """An amount that fits in `most` kroner, all of it, or one krone more."""
    if most < 1 or size == "one more":
        return max(most, 0) + 1
    return most if size == "all" else 1 + number % most


@pytest.mark.django_db
def test_random_acts_have_the_same_answer_and_leave_the_same_books():
    LedgerAndPaper.taken.clear()
    run_state_machine_as_test(
        LedgerAndPaper,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = sum(times for (_act, was_done), times in LedgerAndPaper.taken.items() if was_done)
    every = sum(LedgerAndPaper.taken.values())
    assert done >= 0.4 * every, f"{done} of {every} steps accepted: {sorted(LedgerAndPaper.taken.items())}"
    accepted = {act for act, was_done in +LedgerAndPaper.taken if was_done}
    refused = {act for act, was_done in +LedgerAndPaper.taken if not was_done}
    assert accepted >= {
        "approve",
        "change",
        "cover",
        "allocate",
        "close",
        "correct",
        "stop",
        "carry",
        "give_back",
    }
    assert len(refused) >= 6
