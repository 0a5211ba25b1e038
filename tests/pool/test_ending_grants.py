"""Stop, reverse, reject, postpone, return: where the case goes, and the money with it."""

import datetime

import pytest

from businesscases.models import State
from innovation_pool.refusals import Refusal
from pool.decisions import CannotCarryOut, Grant, kinds_open_to
from pool.models import ChangeRequest, DecisionKind, Movement
from tests import factories
from tests.pool import given

pytestmark = pytest.mark.django_db
STOP, REVERSE = DecisionKind.STOP, DecisionKind.REVERSE


def frozen(decision):
    return [(row.year, row.amount, row.unfunded) for row in decision.grants.all()]


def test_stop_releases_returns_and_lets_fall_away_in_one_act():
    pool = given.a_pool(adopted={2021: 1_000_000, 2022: 1_000_000}, number="P")
    case = given.approved_case(
        pool, grants=[Grant(pool, 2021, 400_000), Grant(pool, 2022, 300_000), Grant(pool, 2024, 100_000)]
    )
    given.outcome(case)
    given.allocate(pool, 2021, {case: 250_000})
    given.spend(pool, case, 2021, 10_000_050)
    decision = given.decide(case, STOP, reason="Leverandøren er gået konkurs.")
    assert case.state == State.STOPPED
    # 400 reserved less 250 allocated is released; of the 250 allocated 100.000,50 kr. are spent.
    assert frozen(decision) == [(2021, -(150_000 + 149_999), 0), (2022, -300_000, 0), (2024, 0, -100_000)]
    assert given.money(case) == {("P", 2021): (0, 100_001, 0)}
    assert given.available(pool) == {2021: 899_999, 2022: 1_000_000}
    assert Movement.objects.filter(operation__decision=decision).count() == 3


def test_stop_ends_grants_in_every_pool():
    first = given.a_pool(adopted={2021: 100_000}, number="A")
    second = given.a_pool(adopted={2021: 100_000}, number="B")
    case = given.approved_case(
        first, second, grants=[Grant(first, 2021, 60_000), Grant(second, 2021, 70_000)]
    )
    given.decide(case, STOP, reason="Det er løst på anden vis.")
    assert given.money(case) == {}
    assert [given.available(pool) for pool in (first, second)] == [{2021: 100_000}, {2021: 100_000}]


@pytest.mark.parametrize(
    ("state", "ends"), [("draft", "withdrawn"), ("with_finance", "refused"), ("ready", "refused")]
)
def test_stop_ends_the_change_request_that_is_open(state, ends):
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.approved_case(pool)
    request = ChangeRequest.objects.create(case=case, why="Mere", asked_by=case.owner, state=state)
    decision = given.decide(case, STOP, reason="Det er løst på anden vis.")
    request.refresh_from_db()
    assert (request.state, request.decision) == (ends, decision if ends == "refused" else None)


def test_reversing_an_approval_releases_it_and_makes_the_case_ready():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000), Grant(pool, 2025, 9)])
    approval = case.decisions.get()
    decision = given.decide(case, REVERSE, reason="Den byggede på en fejl.")
    assert (case.state, decision.reverses) == (State.READY, approval)
    assert frozen(decision) == [(2021, -400_000, 0), (2025, 0, -9)]
    assert given.money(case) == {}
    given.approve(case, [Grant(pool, 2021, 500_000)])
    assert given.available(pool) == {2021: 0}


def test_an_approval_with_money_allocated_is_stopped_not_reversed():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)])
    given.allocate(pool, 2021, {case: 1})
    with pytest.raises(CannotCarryOut, match="Stop sagen i stedet"):
        given.decide(case, REVERSE, reason="Den byggede på en fejl.")
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_after_stop_and_reversal_a_new_approval_grants_only_what_comes_in_addition():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)])
    given.allocate(pool, 2021, {case: 100_000})
    given.spend(pool, case, 2021, 6_000_000)
    given.decide(case, STOP, reason="Pause.")
    stopped = case.decisions.latest("number")
    reversal = given.decide(case, REVERSE, reason="Vi fortsætter alligevel.")
    assert (reversal.reverses, case.state) == (stopped, State.READY)
    assert given.money(case) == {("P", 2021): (0, 60_000, 0)}
    given.approve(case, [Grant(pool, 2021, 340_000)])
    assert given.money(case) == {("P", 2021): (340_000, 60_000, 0)}
    # Granted in all: 400.000 − 340.000 by the stop, and 340.000 again.
    from_decisions = sum(row.amount for row in case.grants.exclude(decision__kind="allocation"))
    assert from_decisions == 400_000


def test_a_rejection_can_be_reversed_and_the_older_one_cannot():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    first = given.decide(case, DecisionKind.REJECT, reason="For dyr.")
    assert (case.state, first.text) == (State.REJECTED, f"{case.title} afvises.")
    given.decide(case, REVERSE, reason="Nye tal.")
    second = given.decide(case, DecisionKind.REJECT, reason="Stadig for dyr.")
    with pytest.raises(Refusal, match=second.label):
        given.decide(case, REVERSE, reason="Nye tal.", reverses=first)
    given.decide(case, REVERSE, reason="Nye tal igen.", reverses=second)
    assert case.state == State.READY


def test_postponed_until_a_day_to_come():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    for until in (None, datetime.date(2021, 1, 1)):
        with pytest.raises(Refusal, match="udsat"):
            given.decide(case, DecisionKind.POSTPONE, reason="Afventer budgettet.", until=until)
    until = datetime.date(2099, 9, 1)
    decision = given.decide(case, DecisionKind.POSTPONE, reason="Afventer budgettet.", until=until)
    assert (case.state, case.postponed_until, decision.until) == (State.POSTPONED, until, until)
    assert decision.text == f"{case.title} udsættes til 1.\xa0september 2099."


def test_the_board_returns_a_case_to_its_owner():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    decision = given.decide(case, DecisionKind.RETURN, reason="Gevinsten mangler belæg.")
    assert case.state == State.RETURNED
    assert case.events.latest("id").decision_label == decision.label


@pytest.mark.parametrize("kind", ["reject", "postpone", "return", "stop", "reverse", "change_of_grant"])
def test_what_takes_a_reason_is_refused_without_one(kind):
    pool = given.a_pool(adopted={2021: 500_000})
    funded = kind in ("stop", "reverse", "change_of_grant")
    case = given.approved_case(pool) if funded else given.ready_case(pool)
    with pytest.raises(Refusal, match="begrundelsen"):
        given.decide(case, kind, reason="  ", until=datetime.date(2099, 1, 1))


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("ready", {"approve", "reject", "postpone", "return"}),
        ("approved", {"stop", "reverse", "change_of_grant", "cover"}),
        ("in_progress", {"stop", "change_of_grant", "cover"}),
        ("rejected", {"reverse"}),
        ("stopped", {"reverse"}),
        ("checked", {"return"}),
        ("completed", set()),
        ("draft", set()),
    ],
)
def test_the_kinds_open_to_a_case_follow_its_state(state, kinds):
    case = factories.draft()
    case.state = state
    assert {str(kind) for kind in kinds_open_to(case)} == kinds
