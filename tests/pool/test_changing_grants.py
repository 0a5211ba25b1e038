"""Change of grant and cover: more, less, another year, and money for what stands without cover."""

from uuid import uuid4

import pytest

from businesscases.content import live_content
from innovation_pool.refusals import Refusal
from pool import decisions
from pool.case_financing import financing_of
from pool.decisions import CannotCarryOut, Grant
from pool.models import ChangeRequest, DecisionKind, Operation, UnfundedEntry
from tests.pool import given

pytestmark = pytest.mark.django_db
CHANGE, COVER = DecisionKind.CHANGE_OF_GRANT, DecisionKind.COVER


def change(case, *grants, **fields):
    return given.decide(
        case, CHANGE, grants=list(grants), reason=fields.pop("reason", "Ny tidsplan."), **fields
    )


def entries():
    return [(row.year, row.kind, row.amount) for row in UnfundedEntry.objects.order_by("id")]


def test_moving_to_another_year_is_one_operation():
    pool = given.a_pool(adopted={2021: 400_000, 2022: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)])
    decision = change(case, Grant(pool, 2021, -150_000), Grant(pool, 2022, 150_000))
    assert given.money(case) == {("P", 2021): (250_000, 0, 0), ("P", 2022): (150_000, 0, 0)}
    operation = Operation.objects.get(decision=decision)
    assert [(m.kind, m.year, m.amount) for m in operation.movements.all()] == [
        ("release", 2021, 150_000),
        ("reservation", 2022, 150_000),
    ]
    assert [(row.year, row.amount) for row in decision.grants.all()] == [(2021, -150_000), (2022, 150_000)]
    assert "−150.000\xa0kr. i 2021 og +150.000\xa0kr. i 2022" in decision.text


def test_no_more_is_taken_than_is_reserved():
    pool = given.a_pool(adopted={2021: 400_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    given.allocate(pool, 2021, {case: 100_000})
    with pytest.raises(CannotCarryOut, match=r"200\.000"):
        change(case, Grant(pool, 2021, -200_001))


def test_more_than_is_free_can_be_granted_without_cover_by_a_change():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    change(case, Grant(pool, 2021, 100_000, unfunded=50_000))
    assert given.money(case) == {("P", 2021): (400_000, 0, 50_000)}


def test_a_change_in_a_year_without_a_budget_is_without_cover():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    change(case, Grant(pool, 2021, -300_000), Grant(pool, 2028, 300_000))
    assert given.money(case) == {("P", 2028): (0, 0, 300_000)}


def test_less_of_what_stands_without_cover_falls_away():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2024, 100_000)])
    change(case, Grant(pool, 2024, 0, unfunded=-40_000))
    assert given.money(case) == {("P", 2024): (0, 0, 60_000)}
    assert entries() == [(2024, "written_down", 100_000), (2024, "fallen_away", -40_000)]


def test_money_freed_after_a_cut_covers_the_shortfall_first():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)])
    given.cut(pool, 2021, 100_000)
    change(case, Grant(pool, 2021, -150_000))
    assert given.available(pool) == {2021: 50_000}
    assert given.money(case) == {("P", 2021): (250_000, 0, 0)}


def test_a_change_grants_the_request_that_is_ready_and_an_empty_one_refuses_it():
    pool = given.a_pool(adopted={2021: 900_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    with pytest.raises(Refusal, match="hvad der ændres"):
        change(case)
    ready = ChangeRequest.State.READY
    first = ChangeRequest.objects.create(case=case, why="Dyrere", asked_by=case.owner, state=ready)
    decision = change(case, Grant(pool, 2021, 10_000))
    first.refresh_from_db()
    assert (first.state, first.decision) == (ChangeRequest.State.GRANTED, decision)
    second = ChangeRequest.objects.create(case=case, why="Endnu dyrere", asked_by=case.owner, state=ready)
    decision = change(case, reason="Der er ikke flere penge.")
    second.refresh_from_db()
    assert (second.state, second.decision) == (ChangeRequest.State.REFUSED, decision)
    assert decision.text == f"Ændringsanmodningen for {case.title} imødekommes ikke."


def test_a_request_with_finance_waits_through_the_boards_own_change():
    pool = given.a_pool(adopted={2021: 900_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2021, 300_000)])
    state = ChangeRequest.State.WITH_FINANCE
    request = ChangeRequest.objects.create(case=case, why="Dyrere", asked_by=case.owner, state=state)
    change(case, Grant(pool, 2021, -10_000))
    request.refresh_from_db()
    assert (request.state, request.decision) == (state, None)


def test_cover_reserves_whole_or_part_and_leaves_the_decision_as_it_was():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    case = given.approved_case(pool, grants=[Grant(pool, 2024, 100_000)])
    approval = case.decisions.get()
    given.budget(pool, 2024, 500_000, adopted=False)
    part = given.decide(case, COVER, grants=[Grant(pool, 2024, 30_000)])
    assert given.money(case) == {("P", 2024): (30_000, 0, 70_000)}
    assert [(row.amount, row.unfunded) for row in part.grants.all()] == [(30_000, -30_000)]
    given.decide(case, COVER, grants=[Grant(pool, 2024, 70_000)])
    assert given.money(case) == {("P", 2024): (100_000, 0, 0)}
    assert [(row.amount, row.unfunded) for row in approval.grants.all()] == [(0, 100_000)]
    assert decisions.funding_of(case).granted == {2024: 100_000}


def test_no_more_is_covered_than_stands_without_cover():
    pool = given.a_pool(adopted={2021: 400_000})
    case = given.approved_case(pool, grants=[Grant(pool, 2024, 100_000)])
    with pytest.raises(Refusal, match="2024"):
        given.decide(case, COVER, grants=[Grant(pool, 2024, 1)])
    given.budget(pool, 2024, 500_000)
    item = case.agenda_items.latest("id")
    decisions.put_down(
        item, kind=COVER, by=given.board(), operation=uuid4(), grants=[Grant(pool, 2024, 100_001)]
    )
    with pytest.raises(CannotCarryOut, match=r"100\.001"):
        decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())


def test_the_oldest_decision_is_covered_first_and_passing_it_over_takes_a_reason():
    pool = given.a_pool(adopted={2021: 400_000}, number="P")
    older = given.approved_case(pool, grants=[Grant(pool, 2024, 100_000)])
    newer = given.approved_case(pool, grants=[Grant(pool, 2024, 80_000)])
    given.budget(pool, 2024, 150_000)
    with pytest.raises(CannotCarryOut, match=older.reference):
        given.decide(newer, COVER, grants=[Grant(pool, 2024, 50_001)])
    item = newer.agenda_items.latest("id")
    decisions.put_down(
        item,
        kind=COVER,
        by=given.board(),
        operation=uuid4(),
        grants=[Grant(pool, 2024, 80_000)],
        passed_over_reason="Den er længst fremme.",
    )
    decisions.carry_out(item.meeting, by=given.board(), operation=uuid4())
    assert given.money(newer) == {("P", 2024): (80_000, 0, 0)}
    given.decide(older, COVER, grants=[Grant(pool, 2024, 70_000)])
    assert given.money(older) == {("P", 2024): (70_000, 0, 30_000)}


def test_an_appropriation_for_later_years_makes_a_case_fundable_without_touching_the_decision():
    """The multi-year truth: four years of money, six years of case."""
    pool = given.a_pool(
        adopted={2021: 900_000}, overslag={2022: 900_000, 2023: 900_000, 2024: 900_000}, number="P"
    )
    case = given.ready_case(pool)
    given.approve(case, decisions.suggested_grants(case))
    before = given.money(case)
    assert before == {
        ("P", 2021): (400_000, 0, 0),
        ("P", 2022): (300_000, 0, 0),
        ("P", 2023): (200_000, 0, 0),
        ("P", 2024): (100_000, 0, 0),
        ("P", 2025): (0, 0, 50_000),
        ("P", 2026): (0, 0, 50_000),
    }
    case.refresh_from_db()
    assert financing_of(case, live_content(case)).to_find == 0
    given.budget(pool, 2025, 60_000, adopted=False)
    given.decide(case, COVER, grants=[Grant(pool, 2025, 50_000)])
    assert given.money(case) == before | {("P", 2025): (50_000, 0, 0)}
