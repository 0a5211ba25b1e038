"""Returns, effects, and corrections: the exact opposite of one whole earlier operation, once."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from businesscases.models import CaseWriter, State
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import ledger
from pool.models import Movement, Operation, Pool, PoolYear
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    return pool


@pytest.fixture
def case(pool):
    case = books.make_case()
    books.approve(pool, case, {2020: 600})
    return case


def by_finance(**more):
    return {"by": books.finance(), "operation": books.new_id(), **more}


def correct(operation, **more):
    return ledger.correct(operation, **{**by_finance(reason="Tastefejl"), **more})


def council(act, pool, amount, year=2020):
    return act(pool, year, amount, books.COUNCIL, **by_finance())


# --- Returns and effects --------------------------------------------------------------------------------


def test_at_most_what_is_unspent_is_returned(pool, case):
    books.allocate(pool, 2020, {case: 500})
    books.spend(pool, case, 2020, 120_01)
    with pytest.raises(ledger.NotEnough, match=r"har 379.kr\. udmøntet og ikke forbrugt"):
        ledger.return_unspent(pool, 2020, case, 380, reason="Rest", **by_finance())
    ledger.return_unspent(pool, 2020, case, 379, reason="Rest", **by_finance())
    assert ledger.balance(pool, "allocated", 2020, case) == 121
    assert ledger.balance(pool, "available", 2020) == 779


@pytest.mark.parametrize(
    ("allocated", "oere", "unspent"),
    [
        (500, 0, 500),
        (500, 1, 499),
        (500, 499_99, 0),
        (500, 500_00, 0),
        (500, 700_00, 0),
        (500, -100_00, 500),
        (0, 5, 0),
    ],
)
def test_unspent_is_rounded_down_and_kept_between_zero_and_the_allocated(allocated, oere, unspent):
    assert ledger.unspent_of(allocated, oere) == unspent


def test_a_return_takes_a_reason_and_finance(pool, case):
    books.allocate(pool, 2020, {case: 500})
    with pytest.raises(Refusal, match="hvorfor"):
        ledger.return_unspent(pool, 2020, case, 1, reason=" ", **by_finance())
    with pytest.raises(PermissionDenied):
        ledger.return_unspent(pool, 2020, case, 1, reason="x", by=books.board(), operation=books.new_id())


def register(movements, **more):
    values = {
        "transferred_from": "1234",
        "transferred_to": "5678",
        "voucher": "77",
        "on": datetime.date(2020, 4, 1),
    }
    return ledger.register_effect(movements, **{**by_finance(), **values, **more})


def test_allocations_and_returns_wait_until_their_transfer_is_registered(pool, case):
    books.allocate(pool, 2020, {case: 500})
    ledger.return_unspent(pool, 2020, case, 100, reason="Rest", **by_finance())
    waiting = list(ledger.waiting_for_effect())
    assert [(row.kind, row.amount) for row in waiting] == [("allocation", 500), ("return", 100)]
    register(waiting)
    assert not ledger.waiting_for_effect().exists()
    with pytest.raises(TooLate, match="allerede"):
        register(waiting)


def test_allocated_money_that_goes_into_a_new_year_waits_for_a_transfer_and_the_rest_does_not(pool, case):
    books.allocate(pool, 2020, {case: 500})
    register(ledger.waiting_for_effect())
    ledger.close_year(pool, 2020, books.COUNCIL, **by_finance())
    assert [(row.kind, row.amount) for row in ledger.waiting_for_effect()] == [("carry_over", 500)]
    budgets = Movement.objects.filter(kind="budget")
    with pytest.raises(Refusal, match="effektueres"):
        register(budgets)


def test_an_effect_says_from_to_and_voucher(pool, case):
    books.allocate(pool, 2020, {case: 500})
    with pytest.raises(Refusal, match="bilag"):
        register(ledger.waiting_for_effect(), voucher=" ")


# --- Corrections -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [ledger.supplement, ledger.regulate_prices, ledger.cut])
def test_a_correction_is_the_exact_opposite(pool, act):
    before = books.standing(pool)
    operation = council(act, pool, 250)
    assert books.standing(pool) != before
    correction = correct(operation)
    assert (books.standing(pool), correction.corrects) == (before, operation)


def test_a_correction_takes_a_reason_and_whoever_may_make_the_original(pool, case):
    supplement = council(ledger.supplement, pool, 5)
    books.allocate(pool, 2020, {case: 10})
    allocation = Operation.objects.get(kind="allocation")
    with pytest.raises(Refusal, match="hvorfor"):
        correct(supplement, reason="")
    with pytest.raises(PermissionDenied):
        correct(supplement, by=books.board())
    with pytest.raises(PermissionDenied):
        correct(allocation)


def test_it_is_made_once_and_is_not_itself_corrected(pool):
    operation = council(ledger.supplement, pool, 5)
    correction = correct(operation)
    with pytest.raises(TooLate, match="allerede rettet"):
        correct(operation)
    with pytest.raises(Refusal, match="kan rettes"):
        correct(correction)


def test_what_a_state_or_a_grant_moved_is_never_corrected(pool, case):
    books.change(pool, case, {2020: -100})
    second = books.make_case()
    books.approve(pool, second, {2020: 50})
    books.allocate(pool, 2020, {second: 50})
    books.stop(second)
    third = books.make_case()
    books.approve(pool, third, {2020: 50})
    books.complete(third)
    ledger.close_year(pool, 2020, books.COUNCIL, **by_finance())
    kinds = {"approve", "change_of_grant", "stop", "completion", "close_year"}
    operations = Operation.objects.filter(kind__in=kinds)
    assert {operation.kind for operation in operations} == kinds
    for operation in operations:
        assert not ledger.correctable(operation)
        with pytest.raises(Refusal, match="kan rettes"):
            correct(operation)


def test_a_correction_in_a_closed_year_is_refused(pool):
    operation = council(ledger.supplement, pool, 5)
    ledger.close_year(pool, 2020, books.COUNCIL, **by_finance())
    with pytest.raises(TooLate, match="afsluttet"):
        correct(operation)


def test_an_adoption_without_a_difference_stands_once_its_year_is_closed():
    pool = books.make_pool()
    council(ledger.book_budget, pool, 500)
    operation = council(ledger.adopt_year, pool, 500)
    ledger.close_year(pool, 2020, books.COUNCIL, **by_finance())
    with pytest.raises(TooLate, match="afsluttet"):
        correct(operation)
    assert PoolYear.objects.get(pool=pool, year=2020).status == PoolYear.Status.CLOSED


def test_want_of_money_offers_a_cut(pool, case):
    operation = council(ledger.supplement, pool, 100)
    books.change(pool, case, {2020: 450})
    with pytest.raises(ledger.NotEnough, match="registrér en nedsættelse i stedet") as refused:
        correct(operation)
    assert refused.value.missing == 50
    council(ledger.cut, pool, 100)
    assert ledger.balance(pool, "shortfall", 2020) == -50


def test_what_no_longer_fits_in_the_shortfall_goes_to_the_available(pool, case):
    books.change(pool, case, {2020: 400})
    cut = council(ledger.cut, pool, 100)
    council(ledger.supplement, pool, 70)
    assert ledger.balance(pool, "shortfall", 2020) == -30
    last = Pool.objects.get().last_number
    correct(cut)
    assert books.moves(pool, last) == [
        ("correction", "source", "shortfall 2020", 30),
        ("correction", "source", "available 2020", 70),
    ]


def test_a_supplement_that_covered_a_shortfall_is_taken_back_with_its_cover(pool, case):
    books.change(pool, case, {2020: 400})
    council(ledger.cut, pool, 100)
    supplement = council(ledger.supplement, pool, 170)
    correct(supplement)
    assert books.standing(pool) == {
        "source": -900,
        f"reserved 2020 {case.reference}": 1_000,
        "shortfall 2020": -100,
    }


def test_the_last_budget_taken_back_leaves_a_year_without_one():
    pool = books.make_pool()
    operation = council(ledger.book_budget, pool, 500)
    correct(operation)
    assert (books.standing(pool), PoolYear.objects.get().has_budget) == ({}, False)


@pytest.mark.parametrize("adopted", [700, 500, 300])
def test_what_an_adopted_budget_was_booked_with_stands_until_the_adoption_is_corrected(adopted):
    pool = books.make_pool()
    budget = council(ledger.book_budget, pool, 500)
    adoption = council(ledger.adopt_year, pool, adopted)
    with pytest.raises(Refusal, match=r"2020 er vedtaget.*Ret vedtagelsen først"):
        correct(budget)
    assert ledger.balance(pool, "available", 2020) == adopted
    correct(adoption)
    correct(budget)
    assert (books.standing(pool), PoolYear.objects.get().status) == ({}, PoolYear.Status.ESTIMATE)


@pytest.mark.parametrize("amount", [700, 500, 300])
def test_an_adoption_taken_back_makes_the_year_an_estimate_again(amount):
    pool = books.make_pool()
    council(ledger.book_budget, pool, 500)
    adoption = council(ledger.adopt_year, pool, amount)
    correct(adoption)
    row = PoolYear.objects.get()
    assert (row.status, row.adopted_on, row.has_budget) == ("estimate", None, True)
    assert ledger.balance(pool, "available", 2020) == 500
    council(ledger.adopt_year, pool, 600)
    assert ledger.balance(pool, "available", 2020) == 600


def test_an_adoption_stands_while_money_is_allocated(pool, case):
    adoption = Operation.objects.get(kind="adoption")
    books.allocate(pool, 2020, {case: 1})
    with pytest.raises(Refusal, match="kan ikke rettes"):
        correct(adoption)


def test_an_allocation_is_taken_back_whole_by_the_board(pool, case):
    second = books.make_case()
    books.approve(pool, second, {2020: 300})
    before = books.standing(pool)
    books.allocate(pool, 2020, {case: 500, second: 300})
    correct(Operation.objects.get(kind="allocation"), by=books.board())
    assert books.standing(pool) == before
    corrections = ledger.waiting_for_effect().filter(kind="correction")
    assert sorted(row.amount for row in corrections) == [300, 500]


def test_an_allocation_is_not_taken_back_by_one_who_is_kept_out(pool, case):
    books.allocate(pool, 2020, {case: 500})
    wrote = books.person("board", "staff")
    CaseWriter.objects.create(case=case, person=wrote, part="collaborator")
    with pytest.raises(NotAllowed, match=case.reference):
        correct(Operation.objects.get(kind="allocation"), by=wrote)


def test_returns_and_allocations_are_corrected_while_the_case_runs(pool, case):
    books.allocate(pool, 2020, {case: 500})
    returned = ledger.return_unspent(pool, 2020, case, 200, reason="Rest", **by_finance())
    books.move_case(case, State.IN_PROGRESS)
    correct(returned)
    assert ledger.balance(pool, "allocated", 2020, case) == 500
    again = ledger.return_unspent(pool, 2020, case, 200, reason="Rest", **by_finance())
    books.complete(case)
    with pytest.raises(TooLate, match="ikke længere godkendt eller i gang"):
        correct(again)


def test_an_allocation_that_was_returned_in_part_cannot_be_taken_back_whole(pool, case):
    books.allocate(pool, 2020, {case: 500})
    ledger.return_unspent(pool, 2020, case, 200, reason="Rest", **by_finance())
    with pytest.raises(ledger.NotEnough, match="hele beløbet eller intet"):
        correct(Operation.objects.get(kind="allocation"), by=books.board())


@pytest.mark.parametrize(("oere", "spent"), [(1, "1"), (120_01, "121"), (700_00, "700")])
def test_an_allocation_that_is_spent_from_stands(pool, case, oere, spent):
    books.allocate(pool, 2020, {case: 500})
    books.spend(pool, case, 2020, oere)
    before = books.standing(pool)
    with pytest.raises(Refusal, match=rf"har forbrugt {spent}.kr\. i 2020.*kun lade 0.kr\. stå udmøntet"):
        correct(Operation.objects.get(kind="allocation"), by=books.board())
    assert books.standing(pool) == before


def test_an_allocation_goes_back_when_another_covers_what_is_spent(pool, case):
    books.allocate(pool, 2020, {case: 200})
    first = Operation.objects.get(kind="allocation")
    books.allocate(pool, 2020, {case: 300})
    books.spend(pool, case, 2020, 300_00)
    correct(first, by=books.board())
    assert ledger.balance(pool, "allocated", 2020, case) == 300


def test_allocated_money_that_was_carried_over_and_spent_stays(pool, case):
    books.allocate(pool, 2020, {case: 500})
    operation = ledger.carry_over(pool, 2020, books.COUNCIL, allocated={case: 400}, **by_finance())
    books.spend(pool, case, 2021, 150_50)
    with pytest.raises(Refusal, match=r"har forbrugt 151.kr\. i 2021"):
        correct(operation)
    assert ledger.balance(pool, "allocated", 2021, case) == 400


def test_a_carry_over_between_open_years_is_taken_back(pool, case):
    books.allocate(pool, 2020, {case: 500})
    before = books.standing(pool)
    operation = ledger.carry_over(
        pool, 2020, books.COUNCIL, available=100, reserved={case: 100}, allocated={case: 400}, **by_finance()
    )
    correct(operation)
    assert books.standing(pool) == before


@pytest.mark.parametrize("end", [books.stop, books.complete])
@pytest.mark.parametrize("of", ["reserved", "allocated"])
def test_a_cases_carried_money_is_not_taken_back_once_the_case_has_ended(pool, case, end, of):
    books.allocate(pool, 2020, {case: 500})
    operation = ledger.carry_over(pool, 2020, books.COUNCIL, **{of: {case: 100}}, **by_finance())
    end(case)
    before = books.standing(pool)
    with pytest.raises(TooLate, match="ikke længere godkendt eller i gang"):
        correct(operation)
    assert books.standing(pool) == before


def test_carried_available_money_is_taken_back_though_a_case_has_ended(pool, case):
    operation = ledger.carry_over(pool, 2020, books.COUNCIL, available=100, **by_finance())
    books.stop(case)
    correct(operation)
    assert ledger.balance(pool, "available", 2020) == 1_000
