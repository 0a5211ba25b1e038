"""Decisions made at the same moment: no overdraft, no deadlock, and nothing refused that there was room for.

`tests/pool/concurrency.py` says how they are let go at once.
"""

from functools import partial
from uuid import uuid4

import pytest

from businesscases.models import CaseRelation, State
from innovation_pool.refusals import Refusal
from pool import decisions, ledger, meetings
from pool.decisions import CannotCarryOut, Grant
from pool.models import Decision, DecisionKind
from tests import factories
from tests.pool import given
from tests.pool.concurrency import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
APPROVE, STOP = DecisionKind.APPROVE, DecisionKind.STOP
ROUNDS = 4


def put_down(case, kind=APPROVE, **fields):
    """The item of an open meeting of its own, with the decision put down."""
    item = meetings.open_meeting_now(given.board(), case, uuid4())
    decisions.put_down(item, kind=kind, by=given.board(), operation=uuid4(), **fields)
    return item


def carrying_out(item):
    return partial(decisions.carry_out, item.meeting, [item], by=given.board(), operation=uuid4())


def allocating(pool, year, amounts):
    return partial(decisions.allocate, pool, year, amounts, by=given.board(), operation=uuid4())


def numbers():
    return list(Decision.objects.order_by("number").values_list("number", flat=True))


def test_32_approvals_on_a_nearly_empty_year():
    pool = given.a_pool(adopted={2021: 1_050})
    of_round = given.a_round(pool)
    items = [
        put_down(given.ready_case(pool, round=of_round), grants=[Grant(pool, 2021, 100)]) for _ in range(32)
    ]
    results = at_once(*(carrying_out(item) for item in items))
    assert outcomes(results) == {"done": 10, "refused": 22}
    assert all(isinstance(result, (list, CannotCarryOut)) for result in results)
    assert given.available(pool) == {2021: 50}
    assert numbers() == list(range(1, 11))


def test_32_allocations_on_one_cases_reservation():
    pool = given.a_pool(adopted={2021: 1_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 205)])
    results = at_once(*(allocating(pool, 2021, {case: 10}) for _ in range(32)))
    assert outcomes(results) == {"done": 20, "refused": 12}
    assert given.money(case) == {("P", 2021): (5, 200, 0)}
    assert numbers() == list(range(1, 22))


def test_a_cut_while_approving_is_always_recorded():
    for _round in range(ROUNDS):
        pool = given.a_pool(adopted={2021: 400})
        item = put_down(given.ready_case(pool), grants=[Grant(pool, 2021, 300)])
        finance = given.finance()
        approval, cut = at_once(
            carrying_out(item),
            partial(ledger.cut, pool, 2021, 200, given.COUNCIL, by=finance, operation=uuid4()),
        )
        assert not isinstance(cut, Refusal)
        short = ledger.balance(pool, "shortfall", 2021)
        if isinstance(approval, Refusal):
            assert (given.available(pool), short) == ({2021: 200}, 0)
        else:
            assert (given.available(pool), short) == ({2021: 0}, -100)


def test_allocating_while_the_case_is_stopped():
    for _round in range(ROUNDS):
        pool = given.a_pool(adopted={2021: 400})
        case = given.approved_case(pool, grants=[Grant(pool, 2021, 300)])
        item = put_down(case, STOP, reason="Nej.")
        allocation, stop = at_once(allocating(pool, 2021, {case: 300}), carrying_out(item))
        assert not isinstance(stop, Refusal)
        # Before the stop it is returned by it, unspent; after it, it is refused.
        assert (given.money(case), given.available(pool)) == ({}, {2021: 400})
        case.refresh_from_db()
        assert case.state == State.STOPPED
        assert isinstance(allocation, (Refusal, Decision))


def test_allocating_while_the_year_is_closed():
    for _round in range(ROUNDS):
        pool = given.a_pool(adopted={2021: 400, 2022: 1}, number=f"P{_round}")
        case = given.approved_case(pool, grants=[Grant(pool, 2021, 300)])
        finance = given.finance()
        allocation, closed = at_once(
            allocating(pool, 2021, {case: 300}),
            partial(ledger.close_year, pool, 2021, given.COUNCIL, by=finance, operation=uuid4()),
        )
        assert not isinstance(closed, Refusal)
        reserved, allocated = (300, 0) if isinstance(allocation, Refusal) else (0, 300)
        assert given.money(case) == {(pool.number, 2022): (reserved, allocated, 0)}


def test_the_same_decision_carried_out_eight_times_is_one():
    pool = given.a_pool(adopted={2021: 1_000})
    item = put_down(given.ready_case(pool), grants=[Grant(pool, 2021, 100)])
    results = at_once(*(carrying_out(item) for _ in range(8)))
    assert outcomes(results) == {"done": 1, "refused": 7}
    assert (given.available(pool), numbers()) == ({2021: 900}, [1])


def test_two_cases_that_exclude_each_other_in_two_pools():
    for _round in range(ROUNDS):
        pools = [given.a_pool(adopted={2021: 400}) for _ in range(2)]
        cases = [given.ready_case(pool) for pool in pools]
        CaseRelation.objects.create(case=cases[0], other=cases[1], kind=CaseRelation.Kind.EXCLUDES)
        items = [
            put_down(case, grants=[Grant(pool, 2021, 100)]) for case, pool in zip(cases, pools, strict=True)
        ]
        assert outcomes(at_once(*map(carrying_out, items))) == {"done": 1, "refused": 1}


def test_a_meeting_that_many_work_in_at_once_does_not_deadlock():
    for _round in range(ROUNDS):
        pool = given.a_pool(adopted={2021: 1_000})
        of_round = given.a_round(pool)
        cases = [given.ready_case(pool, round=of_round) for _ in range(4)]
        meeting = given.open_meeting(*cases[:3])
        secretariat, board = given.secretariat(), given.board()
        typed = {"kind": APPROVE, "grants": [Grant(pool, 2021, 100)]}
        items = [given.item_of(meeting, case) for case in cases[:3]]
        for item in items[:2]:
            decisions.put_down(item, by=board, operation=uuid4(), **typed)
        theirs = {"by": secretariat, "operation": uuid4()}
        results = at_once(
            partial(decisions.carry_out, meeting, items[:2], by=board, operation=uuid4()),
            partial(decisions.put_down, items[2], **typed, **theirs),
            partial(meetings.add_item, meeting, case=cases[3], **theirs),
            partial(meetings.write_item, items[0], discussion="Drøftet.", **theirs),
            partial(factories.withdraw, cases[2]),
        )
        # The third may be withdrawn before it is put down; nothing else is in anyone's way.
        assert [index for index, result in enumerate(results) if isinstance(result, Refusal)] in ([], [1])
        assert given.available(pool) == {2021: 800}


def test_deciding_at_once_in_a_meeting_that_is_being_carried_out_does_not_deadlock():
    for _round in range(ROUNDS):
        pool = given.a_pool(adopted={2021: 1_000})
        cases = [given.ready_case(pool, round=given.a_round(pool)) for _ in range(2)]
        meeting, board = given.open_meeting(*cases), given.board()
        first, second = (given.item_of(meeting, case) for case in cases)
        typed = {"kind": APPROVE, "grants": [Grant(pool, 2021, 100)]}
        decisions.put_down(first, by=board, operation=uuid4(), **typed)
        results = at_once(
            partial(decisions.carry_out, meeting, [first], by=board, operation=uuid4()),
            partial(decisions.decide_at_once, second, by=board, operation=uuid4(), **typed),
        )
        assert outcomes(results) == {"done": 2}
        assert given.available(pool) == {2021: 800}
