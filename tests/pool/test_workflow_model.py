"""Cases, meetings and money against paper and pencil: random acts by random people, one answer.

The paper (`paper_finance`) is the rules written a second time, in plain dictionaries. A part of the acts
goes through the pages. `MODEL_EXAMPLES=400 MODEL_STEPS=60` makes the run long, each time with new draws.
"""

import os
import sys
from collections import Counter
from copy import deepcopy
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from businesscases.access import visible_to
from businesscases.checking import findings
from businesscases.models import BusinessCase
from innovation_pool.refusals import Refusal
from pool import checks, conditions, ledger
from pool.models import Account, AgendaItem, ChangeRequest, Decision, Meeting, PoolYear, ProvisionalDecision
from pool.overview import pool_years
from tests.pool import workflow_draws as draws
from tests.pool.paper_finance import OPEN_REQUEST, OfficePaper
from tests.pool.workflow_acts import Office
from tests.pool.workflow_aim import Aim
from tests.pool.workflow_pages import ON_PAGES, Pages

EXAMPLES, STEPS = int(os.environ.get("MODEL_EXAMPLES", 4)), int(os.environ.get("MODEL_STEPS", 40))
LONG = "MODEL_EXAMPLES" in os.environ
# What broke is said as it came; `MODEL_SHRINK` looks for the shortest way there, which takes long.
PHASES = [Phase.generate, Phase.shrink] if "MODEL_SHRINK" in os.environ else [Phase.generate]
SEEDS = st.integers(0, 2**32 - 1)
NEVER_COUNTED = {"spend", "pass_deadline"}


class OfficeAndPaper(RuleBasedStateMachine):
    """One pool and up to seven cases; every step asks the paper first and then does the real thing."""

    taken: Counter = Counter()
    # What one rule alone refused, by act and rule: in all, and as it was when the example of a seed began.
    alone: Counter = Counter()
    alone_before: dict[int, Counter] = {}
    steps = 0

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        paper, office = self.beginning
        self.paper, self.office = deepcopy(paper), office.again()
        self.pages = Pages(self.office)
        self.seen = {}

    @classmethod
    def begin(cls):
        """What every example starts from: a case that is approved, one ready, one at its control."""
        paper, office = OfficePaper(), Office()
        for act, by, how in BEGINNING:
            assert paper.attempt(act, by=by, **how), (act, by, how)
            office.do(act, by, **how)
        cls.taken.clear()
        cls.alone.clear()
        cls.alone_before.clear()
        cls.beginning = paper, office

    def teardown(self):
        try:
            assert checks.find_breaches() == []
            self.the_pages_say_what_the_paper_says()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # --- Steps ----------------------------------------------------------------------------------------

    @initialize(seed=SEEDS)
    def begins(self, seed):
        """Goes on from what the examples before have tried; an example that is run again, from the same."""
        self.tried = Counter(self.alone_before.setdefault(seed, Counter(self.alone)))

    @rule(seed=SEEDS)
    def writing(self, seed):
        self.step(seed, draws.WRITING)

    @rule(seed=SEEDS)
    def control_and_hearing(self, seed):
        self.step(seed, draws.CONTROL + draws.HEARING)

    @rule(seed=SEEDS)
    def project(self, seed):
        self.step(seed, draws.PROJECT + draws.ANSWERS)

    @rule(seed=SEEDS)
    def meeting(self, seed):
        self.step(seed, draws.MEETING)

    @rule(seed=SEEDS)
    def decision(self, seed):
        self.step(seed, draws.DECISION)

    @rule(seed=SEEDS)
    def money(self, seed):
        self.step(seed, draws.MONEY)

    def step(self, seed, acts):
        """Tries what is lawful or whatever comes, then something that one rule alone refuses."""
        self.steps += 1
        random = Random(f"{seed} {self.steps}")
        aim = Aim(self.paper, random, self.tried)
        self.tries(aim.lawful(acts) if random.random() < 0.9 else aim.whatever(acts), random)
        if random.random() < 0.9:
            self.tries(Aim(self.paper, random, self.tried).refused_by_one(), random)
        self.alone |= self.tried

    def tries(self, chosen, random):
        if chosen:
            act, arguments = chosen
            way = "pages" if act in ON_PAGES and random.random() < 0.5 else "rules"
            self.did(act, way, **arguments)

    def did(self, act, way, *, by, **how):
        """Does the act and compares the answer with the paper's."""
        self.findings_are_the_same(act, how)
        lawful = self.paper.attempt(act, by=by, **how)
        done = self.pages.do(act, by, **how) if way == "pages" else None
        if done is None:
            way, done = "rules", self.by_the_rules(act, by, how)
        assert done == lawful, (
            f"{act} by {by} through the {way}: {how}; the paper says {lawful}{self.pages.said}"
        )
        if act not in NEVER_COUNTED:
            self.taken[act, way, done] += 1
        return done

    def by_the_rules(self, act, by, how):
        try:
            with transaction.atomic():
                self.office.do(act, by, **how)
        except (Refusal, PermissionDenied):
            return False
        return True

    # --- The books after each act ---------------------------------------------------------------------

    @invariant()
    def cases_are_the_same(self):
        rows = {row.pk: row for row in BusinessCase.objects.filter(pk__in=self.office.case_ids)}
        states = {number: str(rows[pk].state) for number, pk in enumerate(self.office.case_ids)}
        assert states == self.paper.state
        sees = {name: {n for n in states if self.paper.sees(name, n)} for name in self.office.people}
        for place, (name, person) in enumerate(self.office.people.items()):
            # Those who see something else than before, and everybody in turn.
            if sees[name] != self.seen.get(name) or place % 6 == self.steps % 6:
                real = set(visible_to(person).values_list("pk", flat=True))
                assert {self.number_of(pk) for pk in real} == sees[name], f"what {name} sees"
        self.seen = sees

    @invariant()
    def meetings_are_the_same(self):
        standing = dict(
            ProvisionalDecision.objects.filter(taken_back_at=None, carried_out=None).values_list(
                "item", "kind"
            )
        )
        numbers = dict(Decision.objects.exclude(item=None).values_list("item", "number"))
        states = dict(Meeting.objects.order_by("pk").values_list("pk", "state"))
        items = AgendaItem.objects.order_by("id").values_list("meeting", "id", "case", "removed_at")
        assert [*states] == self.office.meeting_ids
        for pk, paper in zip(self.office.meeting_ids, self.paper.meetings, strict=True):
            assert states[pk] == paper["state"]
            assert [
                (self.number_of(case), removed is not None, numbers.get(item), standing.get(item))
                for meeting, item, case, removed in items
                if meeting == pk
            ] == [
                (i["case"], i["removed"], i["number"], i["provisional"] and i["provisional"]["kind"])
                for i in paper["items"]
            ]

    @invariant()
    def books_are_the_same(self):
        accounts = Account.objects.filter(pool=self.office.pool).exclude(balance=0)
        real = {(str(row.kind), row.year, self.number_of(row.case_id)): row.balance for row in accounts}
        assert real == self.paper.standing()
        years = {row.year: str(row.status) for row in PoolYear.objects.filter(pool=self.office.pool)}
        assert years == self.paper.status
        waiting = [
            (row.number, self.number_of(row.case), row.year, row.amount)
            for row in ledger.standing_unfunded([self.office.pool.pk])
        ]
        assert sorted(waiting) == self.paper.without_cover()

    @invariant()
    def decisions_are_the_same(self):
        assert [*Decision.objects.order_by("number").values_list("number", flat=True)] == [
            *range(1, self.paper.decisions + 1)
        ]
        standing = conditions.standing(self.office.case_ids)
        asked = dict(ChangeRequest.objects.filter(state__in=OPEN_REQUEST).values_list("case", "state"))
        for number, pk in enumerate(self.office.case_ids):
            row = self.paper.cases[number]
            real = [(r.decision.number, str(r.kind)) for r in standing.get(pk, [])]
            assert sorted(real) == sorted((c["number"], c["kind"]) for c in row["conditions"])
            assert asked.get(pk) == row["request"]

    def findings_are_the_same(self, act, how):
        """What the control finds by itself, whenever somebody is about to confirm."""
        if act == "confirm" and self.paper.cases[how["case"]]["versions"]:
            version = self.office.case(how["case"]).versions.latest("number")
            real = {
                finding.code if "year" in finding.code else finding.code.split(":")[0]
                for finding in findings(version)
            }
            assert real == self.paper.findings(how["case"])

    def the_pages_say_what_the_paper_says(self):
        """The figures of the pool's pages, by year."""
        overview = pool_years(self.office.pool, sees_asked=False)
        for year in self.paper.status:
            column = overview.column(year)
            sums = Counter()
            for (kind, of, _case), amount in self.paper.standing().items():
                sums[kind] += amount if of == year else 0
            assert (column.available, column.reserved, column.allocated, abs(column.shortfall)) == (
                sums["available"], sums["reserved"], sums["allocated"], -sums["shortfall"]
            )  # fmt: skip
            assert column.unfunded == sum(row[3] for row in self.paper.waiting if row[2] == year)

    def number_of(self, case_id):
        return self.office.case_ids.index(case_id) if case_id in self.office.case_ids else None


ASKED = {2020: 60, 2021: 40, 2022: 20}
GRANTS = {2020: (60, 0), 2021: (30, 0), 2022: (0, 20)}
APPROVED = {"kind": "approve", "reason": "Fint.", "grants": GRANTS}
# What an office looks like in which nearly every rule could be broken by a single act: a case approved
# with all its answers, one that waits for a politician, one to decide that some are kept out of, one to hear,
# one at its control; money without cover in a year that has a budget by now.
BEGINNING = [
    ("book", "finance", {"kind": "budget", "year": 2020, "amount": 300}),
    ("book", "finance", {"kind": "adopt", "year": 2020, "amount": 400}),
    ("book", "finance", {"kind": "budget", "year": 2021, "amount": 200}),
    *[
        step
        for case in range(5)
        for step in [
            ("create", "writer", {"operation_costs": case in (2, 4), "excludes": 0 if case == 4 else None}),
            ("write", "writer", {"case": case, "asked": ASKED}),
            *([("add_collaborator", "writer", {"case": 1, "person": "board_staff"})] if case == 1 else []),
            ("submit", "writer", {"case": case}),
        ]
    ],
    *[
        step
        for case, by in ((0, "finance"), (3, "finance"), (1, "finance_board"), (4, "finance_board"))
        for step in [
            ("endorse", "head", {"case": case, "yes": True, "reason": ""}),
            ("confirm", by, {"case": case, "ticked": True, "answered": True, "excuse": "Haster."}),
        ]
    ],
    *[("no_hearing", "secretariat", {"case": case, "reason": "Intet konkret."}) for case in (0, 1, 3)],
    ("plan_meeting", "secretariat", {"days": 3, "chair": "chair"}),
    *[("add_item", "secretariat", {"meeting": 0, "case": case}) for case in (0, 3, 1)],
    ("open_meeting", "secretariat", {"meeting": 0}),
    ("put_down", "member", {"meeting": 0, "item": 0, "what": APPROVED | {"conditions": ["uncovered"]}}),
    ("put_down", "member", {"meeting": 0, "item": 1, "what": APPROVED | {
        "conditions": ["uncovered", "other"]}}),
    ("carry_out", "chair", {"meeting": 0, "items": [0, 1]}),
    ("record_outcome", "finance", {
        "case": 0, "condition": (1, "uncovered"), "met": True, "converted": False}),
    ("allocate_year", "member", {"year": 2020, "amounts": {0: 25}}),
    ("book", "finance", {"kind": "budget", "year": 2022, "amount": 50}),
    ("put_down", "member", {"meeting": 0, "item": 2, "what": {
        "kind": "postpone", "reason": "Tallene mangler.", "conditions": [], "grants": {}}}),
    ("report_disqualification", "member", {"case": 1, "reason": "Min søster."}),
]  # fmt: skip


@pytest.mark.django_db
def test_random_acts_by_random_people_have_the_same_answer_and_leave_the_same_office():
    OfficeAndPaper.begin()
    run_state_machine_as_test(
        OfficeAndPaper,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LONG,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
    taken = OfficeAndPaper.taken
    done = sum(times for (_act, _way, was_done), times in taken.items() if was_done)
    every = sum(taken.values())
    if LONG:
        never = sorted({act for act, *_ in taken} - {act for act, _way, was_done in taken if was_done})
        sys.stdout.write(f"\n{done} of {every} acts accepted; never: {', '.join(never) or 'none'}\n")
        sys.stdout.write(f"{len(OfficeAndPaper.alone)} rules refused an act that no other rule did\n")
    assert done >= 0.4 * every, f"{done} of {every} acts accepted: {sorted(taken.items())}"
    assert len(OfficeAndPaper.alone) >= 90, sorted(OfficeAndPaper.alone)
    assert sum(times for (_act, way, _done), times in taken.items() if way == "pages") >= 0.1 * every
