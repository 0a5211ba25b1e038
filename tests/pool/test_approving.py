"""Approving: the money, the years, the turn of those without cover, and what a case needs or excludes."""

from uuid import uuid4

import pytest

from businesscases.content import live_content
from businesscases.models import CaseRelation, State
from innovation_pool.refusals import Refusal
from pool import decisions
from pool.case_financing import financing_of
from pool.decisions import CannotCarryOut, Condition, Grant
from pool.models import Decision, DecisionKind, ProvisionalDecision, UnfundedEntry
from pool.models.decisions import ConditionKind
from tests.pool import given

pytestmark = pytest.mark.django_db
APPROVE = DecisionKind.APPROVE


def grants_of(decision):
    return [
        (row.pool.number, row.year, row.amount, row.unfunded, row.asked)
        for row in decision.grants.select_related("pool")
    ]


def test_approval_reserves_in_the_same_act_and_freezes_everything():
    pool = given.a_pool(adopted={2021: 1_000_000}, overslag={2022: 500_000}, number="P")
    case = given.ready_case(pool)
    decision = given.approve(case, [Grant(pool, 2021, 400_000), Grant(pool, 2022, 250_000)])
    assert case.state == State.APPROVED
    assert given.money(case) == {("P", 2021): (400_000, 0, 0), ("P", 2022): (250_000, 0, 0)}
    assert given.available(pool) == {2021: 600_000, 2022: 250_000}
    assert grants_of(decision) == [("P", 2021, 400_000, 0, 400_000), ("P", 2022, 250_000, 0, 300_000)]
    assert decision.version == case.versions.get()
    assert decision.accounting["lines"]
    assert [(row.person, row.took_part) for row in decision.members.all()] == [(given.board(), True)]
    event = case.events.latest("id")
    assert (event.action, event.decision_label) == ("approve", decision.label)
    granted = "650.000\xa0kr. fra puljen: 400.000\xa0kr. i 2021 og 250.000\xa0kr. i 2022"
    assert decision.text == f"{case.title} godkendes med {granted}."


def test_what_is_granted_below_what_is_asked_is_own_budget():
    pool = given.a_pool(adopted={2021: 1_000_000, 2022: 1_000_000})
    case = given.ready_case(pool, asked={2021: 400_000, 2022: 300_000})
    assert financing_of(case, live_content(case)).granted == ()
    given.approve(case, [Grant(pool, 2021, 350_000), Grant(pool, 2022, 200_000)])
    case.refresh_from_db()
    financing = financing_of(case, live_content(case))
    assert financing.to_find == 150_000
    assert [(row.year, row.asked, row.granted) for row in financing.granted] == [
        (2021, 400_000, 350_000),
        (2022, 300_000, 200_000),
    ]


def test_one_krone_more_than_is_free_is_refused_and_exactly_what_is_free_is_not():
    pool = given.a_pool(adopted={2021: 400_000})
    case = given.ready_case(pool)
    with pytest.raises(CannotCarryOut, match=r" 1\xa0kr\."):
        given.approve(case, [Grant(pool, 2021, 400_001)])
    case.refresh_from_db()
    assert case.state == State.READY
    assert not Decision.objects.exists()
    assert given.available(pool) == {2021: 400_000}
    item = case.agenda_items.get()
    decisions.put_down(
        item, kind=APPROVE, by=given.board(), operation=uuid4(), grants=[Grant(pool, 2021, 400_000)]
    )
    [decision] = decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())
    assert decision.number == 1
    assert given.available(pool) == {2021: 0}


def test_a_year_without_a_budget_stands_without_cover_and_makes_the_approval_conditional():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.ready_case(pool)
    grants = [Grant(pool, 2021, 400_000), Grant(pool, 2024, 100_000)]
    with pytest.raises(Refusal, match="under forudsætning af"):
        given.approve(case, grants, political=[])
    decision = given.approve(case, grants, political=[Condition(ConditionKind.UNCOVERED)])
    assert decision.on_condition
    assert given.money(case) == {("P", 2021): (400_000, 0, 0), ("P", 2024): (0, 0, 100_000)}
    assert grants_of(decision)[1] == ("P", 2024, 0, 100_000, 100_000)
    assert UnfundedEntry.objects.get().granted_by == decision


def test_in_a_year_with_a_budget_nothing_is_approved_without_cover():
    pool = given.a_pool(overslag={2021: 100_000})
    case = given.ready_case(pool)
    with pytest.raises(Refusal, match="2021"):
        given.approve(case, [Grant(pool, 2021, 100_000, unfunded=1)])


def test_capital_money_for_operation_takes_a_conversion():
    pool = given.a_pool(adopted={2021: 1_000_000})
    case = given.ready_case(pool, kind="implementation")
    grants = [Grant(pool, 2021, 400_000)]
    assert decisions.operation_years(case) == given.ASKED
    assert decisions.required_conditions(case, grants) == (ConditionKind.CONVERSION,)
    with pytest.raises(Refusal, match="konvertering"):
        given.approve(case, grants, political=[])
    assert not ProvisionalDecision.objects.exists()
    given.approve(case, grants, political=[Condition(ConditionKind.CONVERSION)])


def test_operation_money_for_operation_takes_none():
    pool = given.a_pool(adopted={2021: 1_000_000}, nature="operation")
    case = given.ready_case(pool, kind="implementation")
    assert decisions.required_conditions(case, [Grant(pool, 2021, 400_000)]) == ()


def test_only_the_pools_of_the_round_fund_a_case():
    ours, other = given.a_pool(adopted={2021: 500_000}), given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(ours)
    with pytest.raises(Refusal, match="ikke åben for"):
        given.approve(case, [Grant(other, 2021, 1)])
    assert decisions.possible_pools(case) == [ours]


def test_two_pools_share_a_case_and_both_show_what_is_asked():
    first = given.a_pool(adopted={2021: 150_000}, number="A")
    second = given.a_pool(adopted={2021: 500_000}, number="B")
    case = given.ready_case(first, second, asked={2021: 400_000})
    assert decisions.suggested_grants(case) == [Grant(first, 2021, 150_000), Grant(second, 2021, 250_000)]
    given.approve(case, decisions.suggested_grants(case))
    assert given.money(case) == {("A", 2021): (150_000, 0, 0), ("B", 2021): (250_000, 0, 0)}
    assert [row.asked for row in decisions.funding_of(case).rows] == [400_000, 400_000]
    assert "(Pulje" in case.decisions.get().text


@pytest.mark.parametrize("grants", [[], [(2021, 0, 0)], [(2021, -5, 0)], [(2020, 5, 0)], [(2027, 5, 0)]])
def test_an_approval_gives_at_least_one_krone_within_the_years_of_the_case(grants):
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    with pytest.raises(Refusal):
        given.approve(case, [Grant(pool, *grant) for grant in grants])
    assert not Decision.objects.exists()


def test_one_krone_without_cover_is_enough():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = given.ready_case(pool)
    given.approve(case, [Grant(pool, 2026, 1)])
    assert given.money(case) == {("P", 2026): (0, 0, 1)}


def test_free_money_goes_first_to_what_stands_without_cover():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    older = given.ready_case(pool)
    given.approve(older, [Grant(pool, 2022, 300_000)])
    given.budget(pool, 2022, 500_000)
    case = given.ready_case(pool)
    with pytest.raises(CannotCarryOut, match=older.reference):
        given.approve(case, [Grant(pool, 2022, 200_001)])
    item = case.agenda_items.get()
    again = {"kind": APPROVE, "by": given.board(), "grants": [Grant(pool, 2022, 200_001)]}
    decisions.put_down(item, **again, operation=uuid4(), passed_over_reason="Den ældre sag er udskudt.")
    [decision] = decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())
    assert decision.passed_over_reason == "Den ældre sag er udskudt."
    assert given.available(pool)[2022] == 299_999


def test_what_leaves_enough_for_those_before_passes_nobody_over():
    pool = given.a_pool(adopted={2021: 500_000})
    given.approve(given.ready_case(pool), [Grant(pool, 2022, 300_000)])
    given.budget(pool, 2022, 500_000)
    given.approve(given.ready_case(pool), [Grant(pool, 2022, 200_000)])
    assert given.available(pool)[2022] == 300_000


@pytest.mark.parametrize("written_on", ["first", "second"])
def test_of_two_cases_that_exclude_each_other_one_is_approved(written_on):
    pool = given.a_pool(adopted={2021: 900_000})
    first, second = given.ready_case(pool), given.ready_case(pool)
    pair = (first, second) if written_on == "first" else (second, first)
    CaseRelation.objects.create(case=pair[0], other=pair[1], kind=CaseRelation.Kind.EXCLUDES)
    given.approve(first, [Grant(pool, 2021, 1)])
    with pytest.raises(CannotCarryOut, match="udelukker hinanden"):
        given.approve(second, [Grant(pool, 2021, 1)])


def test_a_needed_case_comes_first():
    pool = given.a_pool(adopted={2021: 900_000})
    needed, case = given.ready_case(pool), given.ready_case(pool)
    CaseRelation.objects.create(case=case, other=needed, kind=CaseRelation.Kind.NEEDS)
    with pytest.raises(CannotCarryOut, match=needed.reference):
        given.approve(case, [Grant(pool, 2021, 1)])
    given.approve(needed, [Grant(pool, 2021, 1)])
    item = case.agenda_items.get()
    assert len(decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())) == 1


def test_within_one_meeting_the_needed_case_may_be_decided_just_before():
    pool = given.a_pool(adopted={2021: 900_000})
    needed, case = given.ready_case(pool), given.ready_case(pool)
    CaseRelation.objects.create(case=case, other=needed, kind=CaseRelation.Kind.NEEDS)
    meeting = given.open_meeting(needed, case)
    for one in (needed, case):
        decisions.put_down(
            given.item_of(meeting, one),
            kind=APPROVE,
            by=given.board(),
            operation=uuid4(),
            grants=[Grant(pool, 2021, 1)],
        )
    made = decisions.carry_out(meeting, by=given.board(), operation=uuid4())
    assert [decision.number for decision in made] == [1, 2]


def test_a_budget_that_comes_in_between_asks_for_the_decision_again():
    pool = given.a_pool(adopted={2021: 900_000})
    case = given.ready_case(pool)
    item = given.item_of(given.open_meeting(case), case)
    decisions.put_down(
        item,
        kind=APPROVE,
        by=given.board(),
        operation=uuid4(),
        grants=[Grant(pool, 2022, 300_000)],
        political=[Condition(ConditionKind.UNCOVERED)],
    )
    given.budget(pool, 2022, 300_000)
    with pytest.raises(CannotCarryOut, match="2022"):
        decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())
