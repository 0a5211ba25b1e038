"""What the board gives cases and takes from them: by sums done by hand."""

import pytest
from django.db import connection, transaction

from businesscases.models import State
from innovation_pool.refusals import Refusal, TooLate
from pool import ledger
from pool.models import Account, Decision, Movement, PoolYear, UnfundedEntry
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    books.budget(pool, 2021, 800, adopted=False)
    return pool


@pytest.fixture
def case():
    return books.make_case()


def cut(pool, year, amount):
    ledger.cut(pool, year, amount, books.COUNCIL, by=books.finance(), operation=books.new_id())


def supplement(pool, year, amount):
    ledger.supplement(pool, year, amount, books.COUNCIL, by=books.finance(), operation=books.new_id())


def test_a_reservation_takes_from_the_available(pool, case):
    decision = books.approve(pool, case, {2020: 600, 2021: 800})
    assert books.standing(pool) == {
        "source": -1_800,
        "available 2020": 400,
        f"reserved 2020 {case.reference}": 600,
        f"reserved 2021 {case.reference}": 800,
    }
    assert {row.operation.decision for row in Movement.objects.filter(case=case)} == {decision}


def test_the_last_krone_can_be_reserved_and_one_more_is_refused_with_the_figures(pool, case):
    with pytest.raises(ledger.NotEnough) as refused:
        books.approve(pool, case, {2020: 1_001})
    assert (
        str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
        == "Der er 1.000 kr. til rådighed i 2020, og der skal bruges 1.001 kr. Der mangler 1 kr."
    )
    assert (refused.value.missing, Decision.objects.count()) == (1, 0)
    books.approve(pool, case, {2020: 1_000})
    assert ledger.balance(pool, "available", 2020) == 0


def test_all_years_or_none(pool, case):
    with pytest.raises(ledger.NotEnough):
        books.approve(pool, case, {2020: 600, 2021: 801})
    assert not Account.objects.filter(case=case).exists()


def test_a_year_without_a_budget_takes_grants_without_cover_only(pool, case):
    with pytest.raises(Refusal, match="ikke noget budget i 2024"):
        books.approve(pool, case, {2024: 1})
    books.approve(pool, case, {2020: 1}, unfunded={2024: 500})
    assert (ledger.unfunded(pool, 2024), ledger.unfunded(pool, 2024, case), ledger.unfunded(pool)) == (
        500,
        500,
        500,
    )
    assert not PoolYear.objects.filter(pool=pool, year=2024).exists()


def test_a_year_with_a_budget_takes_none_without_cover_but_by_a_change_of_grant(pool, case):
    with pytest.raises(Refusal, match="har budget i 2020"):
        books.approve(pool, case, {2020: 1_000}, unfunded={2020: 1})
    books.approve(pool, case, {2020: 1_000})
    books.change(pool, case, unfunded={2020: 250})
    assert ledger.unfunded(pool, 2020, case) == 250


def test_a_change_of_grant_moves_money_to_another_year_in_one_operation(pool, case):
    books.approve(pool, case, {2020: 1_000})
    last = pool.movements.count()
    books.change(pool, case, {2020: -400, 2021: 400})
    assert books.moves(pool, last) == [
        ("release", "reserved 2020", "available 2020", 400),
        ("reservation", "available 2021", "reserved 2021", 400),
    ]
    assert Movement.objects.filter(number__gt=last).values("operation").distinct().count() == 1


def test_more_than_is_reserved_is_not_released(pool, case):
    books.approve(pool, case, {2020: 100})
    with pytest.raises(ledger.NotEnough, match=r"har 100.kr\. reserveret i 2020"):
        books.change(pool, case, {2020: -101})


def test_an_allocation_draws_on_the_cases_own_reservation(pool, case):
    other = books.make_case()
    books.approve(pool, case, {2020: 600})
    books.approve(pool, other, {2020: 400})
    with pytest.raises(ledger.NotEnough) as refused:
        books.allocate(pool, 2020, {case: 601, other: 400})
    assert refused.value.missing == 1
    books.allocate(pool, 2020, {case: 450, other: 400})
    assert books.standing(pool) == {
        "source": -1_800,
        "available 2021": 800,
        f"reserved 2020 {case.reference}": 150,
        f"allocated 2020 {case.reference}": 450,
        f"allocated 2020 {other.reference}": 400,
    }


def test_nothing_is_allocated_in_a_year_that_is_not_adopted(pool, case):
    books.approve(pool, case, {2021: 800})
    with pytest.raises(Refusal, match="2021 er ikke vedtaget"):
        books.allocate(pool, 2021, {case: 1})
    with pytest.raises(Refusal, match="2030 er ikke vedtaget"):
        books.allocate(pool, 2030, {case: 1})


@pytest.mark.parametrize("state", [State.READY, State.STOPPED, State.COMPLETED, State.REJECTED])
def test_only_a_case_that_is_approved_or_in_progress_is_allocated_to(pool, case, state):
    books.approve(pool, case, {2020: 10})
    books.move_case(case, state)
    with pytest.raises(TooLate, match="hverken godkendt eller i gang"):
        books.allocate(pool, 2020, {case: 10})
    books.move_case(case, State.IN_PROGRESS)
    books.allocate(pool, 2020, {case: 10})


def test_a_shortfall_stops_reservations_and_allocations_of_its_year_alone(pool, case):
    books.approve(pool, case, {2020: 900})
    cut(pool, 2020, 150)
    other = books.make_case()
    with pytest.raises(Refusal, match=r"udækket nedsættelse på 50.kr\."):
        books.allocate(pool, 2020, {case: 1})
    with pytest.raises(Refusal):
        books.approve(pool, other, {2020: 1})
    books.approve(pool, other, {2021: 10})
    books.change(pool, case, {2020: -50})
    books.allocate(pool, 2020, {case: 850})
    assert ledger.balance(pool, "shortfall", 2020) == 0


def test_a_released_reservation_covers_the_shortfall_before_it_is_free(pool, case):
    books.approve(pool, case, {2020: 1_000})
    cut(pool, 2020, 300)
    books.change(pool, case, {2020: -400})
    assert books.standing(pool) == {
        "source": -1_500,
        "available 2020": 100,
        "available 2021": 800,
        f"reserved 2020 {case.reference}": 600,
    }


def test_money_released_in_the_act_cannot_be_given_again_while_a_shortfall_remains(pool, case):
    books.approve(pool, case, {2020: 1_000})
    cut(pool, 2020, 300)
    with pytest.raises(Refusal):
        books.change(pool, case, {2020: -200, 2021: 900})
    books.change(pool, case, {2020: -200, 2021: 200})
    assert ledger.balance(pool, "shortfall", 2020) == -100


def test_grants_without_cover_are_served_first(pool, case):
    books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    books.budget(pool, 2022, 500)
    other = books.make_case()
    assert (ledger.free_for(other, pool, 2022), ledger.free_for(case, pool, 2022)) == (200, 500)
    with pytest.raises(Refusal, match=f"{case.reference} er den næste") as refused:
        books.approve(pool, other, {2022: 201})
    assert (refused.value.missing, refused.value.field) == (1, "passed_over_reason")
    books.approve(pool, other, {2022: 200})


def test_passing_over_takes_a_reason(pool, case):
    books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    books.budget(pool, 2022, 500)
    books.approve(pool, books.make_case(), {2022: 400}, passed_over_reason="Haster: lovkrav")
    assert (ledger.balance(pool, "available", 2022), ledger.unfunded(pool, 2022)) == (100, 300)


def test_cover_serves_the_oldest_decision_first(pool, case):
    younger = books.make_case()
    books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    books.approve(pool, younger, {2020: 1}, unfunded={2022: 200})
    books.budget(pool, 2022, 400)
    with pytest.raises(Refusal, match="springes over"):
        books.cover(pool, younger, 2022, 101)
    books.cover(pool, younger, 2022, 100)
    books.cover(pool, case, 2022, 300)
    assert (ledger.unfunded(pool, 2022, case), ledger.unfunded(pool, 2022, younger)) == (0, 100)
    assert ledger.balance(pool, "reserved", 2022, case) == 300


def test_no_more_is_covered_than_stands_without_cover(pool, case):
    books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    books.budget(pool, 2022, 400)
    with pytest.raises(ledger.NotEnough, match="uden dækning"):
        books.cover(pool, case, 2022, 301)


def test_what_stands_without_cover_can_fall_away_in_part(pool, case):
    books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    books.change(pool, case, unfunded={2022: -100})
    assert ledger.unfunded(pool, 2022, case) == 200
    with pytest.raises(ledger.NotEnough):
        books.change(pool, case, unfunded={2022: -201})


def test_the_newest_grant_falls_away_first_and_the_oldest_is_covered_first(pool, case):
    first = books.approve(pool, case, {2020: 1}, unfunded={2022: 300})
    second = books.change(pool, case, unfunded={2022: 100})
    books.change(pool, case, unfunded={2022: -150})
    assert [(row.granted_by, row.amount) for row in ledger.standing_unfunded([pool.pk])] == [(first.pk, 250)]
    books.budget(pool, 2022, 400)
    books.cover(pool, case, 2022, 50)
    assert [(row.granted_by_id, row.amount) for row in UnfundedEntry.objects.order_by("id")] == [
        (first.pk, 300),
        (second.pk, 100),
        (second.pk, -100),
        (first.pk, -50),
        (first.pk, -50),
    ]


def test_stopping_ends_every_grant_in_every_pool(pool, case):
    second = books.make_pool()
    books.budget(second, 2020, 500)
    books.approve(pool, case, {2020: 600, 2021: 100}, unfunded={2024: 70})
    books.allocate(pool, 2020, {case: 400})
    books.change(second, case, {2020: 500})
    books.spend(pool, case, 2020, 123_45)
    books.stop(case)
    # 400 allocated, 123,45 spent: 276 whole kroner come back and 124 stay.
    assert books.standing(pool) == {
        "source": -1_800,
        "available 2020": 876,
        "available 2021": 800,
        f"allocated 2020 {case.reference}": 124,
    }
    assert books.standing(second) == {"source": -500, "available 2020": 500}
    assert ledger.unfunded(pool) == 0


def test_completion_releases_and_returns_in_one_operation(pool, case):
    books.approve(pool, case, {2020: 600}, unfunded={2024: 70})
    books.allocate(pool, 2020, {case: 400})
    books.spend(pool, case, 2020, 400_00)
    last = pool.movements.count()
    books.complete(case)
    assert books.moves(pool, last) == [("release", "reserved 2020", "available 2020", 200)]
    assert ledger.unfunded(pool) == 0


def test_money_is_given_by_a_decision_on_that_very_case(pool, case):
    other = books.make_case()
    with transaction.atomic():
        locked = ledger.lock([pool], [case, other], counter=True)
        decision = books.approve(pool, case, {2020: 1})
        act = ledger.Posting(
            locked, kind="approve", by=decision.by, operation=books.new_id(), decision=decision
        )
        with pytest.raises(ledger.NotLocked):
            ledger.reserve(act, pool, other, 2020, 1)


def test_what_is_not_locked_cannot_be_moved(pool, case):
    other = books.make_pool()
    with transaction.atomic():
        locked = ledger.lock([pool], [])
        with pytest.raises(ledger.NotLocked):
            locked.pool(other)
        with pytest.raises(ledger.NotLocked):
            locked.case(case)
        with pytest.raises(ledger.NotLocked):
            locked.next_decision_number()


@pytest.mark.django_db(transaction=True)
def test_the_lock_refuses_to_run_outside_a_transaction():
    pool = books.make_pool()
    with pytest.raises(ledger.NotLocked, match="transaction"):
        ledger.lock([pool])


def test_after_a_refusal_the_chain_goes_on_under_the_same_lock(pool, case):
    with transaction.atomic():
        locked = ledger.lock([pool], [case], counter=True)
        number = locked.pool(pool).last_number
        twice = Movement.objects.get(number=1).operation_id
        act = ledger.Posting(
            locked, kind="budget", by=books.finance(), operation=twice, authority=books.COUNCIL
        )
        act.move("budget", ledger.Place(pool.pk, "source"), ledger.Place(pool.pk, "available", 2020), 5)
        with pytest.raises(TooLate, match="allerede"):
            act.write()
        assert (locked.pool(pool).last_number, connection.needs_rollback) == (number, False)


def test_should_a_reading_be_wrong_the_database_says_no_with_the_figures(pool, case):
    """A balance changed behind the lock: the CHECK refuses, and the refusal tells the figures as they are."""
    with transaction.atomic():
        locked = ledger.lock([pool], [case])
        act = ledger.Posting(locked, kind="lapse", by=books.finance(), operation=books.new_id())
        act.move("lapse", ledger.Place(pool.pk, "available", 2020), ledger.Place(pool.pk, "source"), 1_000)
        Account.objects.filter(pool=pool, kind="available", year=2020).update(balance=999)
        with pytest.raises(ledger.NotEnough) as refused:
            act.write()
        assert (refused.value.missing, str(refused.value)[:10]) == (1, "Der er 999")
        assert Movement.objects.filter(kind="lapse").count() == 0
        Account.objects.filter(pool=pool, kind="available", year=2020).update(balance=1_000)


def test_figures_that_have_moved_since_they_were_shown_are_asked_again(pool, case):
    books.approve(pool, case, {2020: 600})
    seen = ledger.pool_state(pool, 2020, [case.pk])
    ledger.require_unmoved(seen, pool, 2020, [case.pk])
    other = books.make_case()
    books.approve(pool, other, {2021: 10})
    ledger.require_unmoved(seen, pool, 2020, [case.pk])
    books.approve(pool, books.make_case(), {2020: 10})
    with pytest.raises(ledger.Moved, match="flyttet"):
        ledger.require_unmoved(seen, pool, 2020, [case.pk])


def test_what_others_are_allocated_does_not_move_a_cases_figures(pool, case):
    other = books.make_case()
    books.approve(pool, case, {2020: 600})
    books.approve(pool, other, {2020: 300})
    seen, whole = ledger.pool_state(pool, 2020, [case.pk]), ledger.pool_state(pool, 2020, None)
    books.allocate(pool, 2020, {other: 300})
    ledger.require_unmoved(seen, pool, 2020, [case.pk])
    with pytest.raises(ledger.Moved):
        ledger.require_unmoved(whole, pool, 2020, None)
