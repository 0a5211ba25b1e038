"""What the council gives and takes: by sums done by hand."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from innovation_pool.kroner import LARGEST
from innovation_pool.refusals import Refusal
from pool import ledger
from pool.models import Movement, Operation, Pool, PoolYear
from tests.pool import books

pytestmark = pytest.mark.django_db


def by_finance(**more):
    return {"by": books.finance(), "operation": books.new_id(), **more}


@pytest.fixture
def pool():
    return books.make_pool()


def year_of(pool, year=2020) -> PoolYear:
    return PoolYear.objects.get(pool=pool, year=year)


def test_a_budget_goes_into_the_years_available(pool):
    ledger.book_budget(pool, 2020, 3_000_000, books.COUNCIL, **by_finance(text="ØKan-011"))
    assert books.standing(pool) == {"source": -3_000_000, "available 2020": 3_000_000}
    assert (year_of(pool).status, year_of(pool).has_budget) == ("estimate", True)
    movement = Movement.objects.get()
    assert (movement.number, movement.text, movement.year, movement.case) == (1, "ØKan-011", 2020, None)
    assert movement.operation.authority_item == "7"


@pytest.mark.parametrize(
    ("adopted", "difference"), [(3_200_000, 200_000), (3_000_000, 0), (2_400_000, -600_000), (0, -3_000_000)]
)
def test_adoption_states_the_amount_and_moves_the_difference(pool, adopted, difference):
    books.budget(pool, 2020, 3_000_000, adopted=False)
    ledger.adopt_year(
        pool, 2020, adopted, books.COUNCIL, **by_finance(appropriated_on=datetime.date(2020, 1, 2))
    )
    row = year_of(pool)
    assert (row.status, row.adopted_on, row.appropriated_on, row.has_budget) == (
        "adopted",
        datetime.date(2019, 10, 10),
        datetime.date(2020, 1, 2),
        True,
    )
    assert ledger.balance(pool, "available", 2020) == 3_000_000 + difference
    assert ledger.booked_budget(pool, 2020) == adopted


def test_an_adoption_below_what_is_reserved_leaves_a_shortfall(pool):
    books.budget(pool, 2020, 3_000_000, adopted=False)
    case = books.make_case()
    books.approve(pool, case, {2020: 2_500_000})
    ledger.adopt_year(pool, 2020, 2_000_000, books.COUNCIL, **by_finance())
    assert books.standing(pool) == {
        "source": -2_000_000,
        f"reserved 2020 {case.reference}": 2_500_000,
        "shortfall 2020": -500_000,
    }
    assert books.moves(pool, after=2) == [
        ("adoption", "available 2020", "source", 500_000),
        ("adoption", "shortfall 2020", "source", 500_000),
    ]


def test_a_year_is_adopted_once_and_takes_no_budget_afterwards(pool):
    books.budget(pool, 2020, 100)
    with pytest.raises(Refusal, match="vedtaget"):
        ledger.adopt_year(pool, 2020, 100, books.COUNCIL, **by_finance())
    with pytest.raises(Refusal, match="tillægsbevilling"):
        ledger.book_budget(pool, 2020, 100, books.COUNCIL, **by_finance())


def test_an_unbudgeted_year_adopted_at_zero_has_a_budget(pool):
    ledger.adopt_year(pool, 2021, 0, books.COUNCIL, **by_finance())
    assert (year_of(pool, 2021).has_budget, Movement.objects.count(), Operation.objects.count()) == (
        True,
        0,
        1,
    )


def test_supplements_and_price_regulation_come_in(pool):
    books.budget(pool, 2020, 1_000)
    ledger.supplement(pool, 2020, 200, books.COUNCIL, **by_finance())
    ledger.regulate_prices(pool, 2020, 17, books.COUNCIL, **by_finance())
    assert ledger.balance(pool, "available", 2020) == 1_217
    assert ledger.booked_budget(pool, 2020) == 1_000


def test_a_cut_takes_the_free_money_first_and_the_rest_stands_as_a_shortfall(pool):
    books.budget(pool, 2020, 1_000)
    case = books.make_case()
    books.approve(pool, case, {2020: 700})
    ledger.cut(pool, 2020, 450, books.COUNCIL, **by_finance())
    assert books.standing(pool) == {
        "source": -550,
        f"reserved 2020 {case.reference}": 700,
        "shortfall 2020": -150,
    }


def test_what_comes_in_covers_the_shortfall_first(pool):
    books.budget(pool, 2020, 1_000)
    case = books.make_case()
    books.approve(pool, case, {2020: 1_000})
    ledger.cut(pool, 2020, 300, books.COUNCIL, **by_finance())
    last = Pool.objects.get().last_number
    ledger.supplement(pool, 2020, 100, books.COUNCIL, **by_finance())
    assert books.moves(pool, last) == [
        ("supplement", "source", "available 2020", 100),
        ("shortfall_cover", "available 2020", "shortfall 2020", 100),
    ]
    ledger.supplement(pool, 2020, 250, books.COUNCIL, **by_finance())
    assert books.standing(pool) == {
        "source": -1_050,
        "available 2020": 50,
        f"reserved 2020 {case.reference}": 1_000,
    }


@pytest.mark.parametrize("amount", [0, -5, LARGEST + 1])
def test_an_amount_is_one_krone_at_least_and_twelve_figures_at_most(pool, amount):
    with pytest.raises(Refusal):
        ledger.book_budget(pool, 2020, amount, books.COUNCIL, **by_finance())
    assert books.standing(pool) == {}


def test_the_largest_amount_can_be_booked(pool):
    ledger.book_budget(pool, 2020, LARGEST, books.COUNCIL, **by_finance())
    assert ledger.balance(pool, "available", 2020) == 999_999_999_999


def test_an_amount_that_is_no_whole_number_is_a_fault_of_the_program(pool):
    with pytest.raises(TypeError):
        ledger.book_budget(pool, 2020, 10.0, books.COUNCIL, **by_finance())


def test_money_states_its_authority():
    with pytest.raises(Refusal, match="politisk"):
        ledger.Authority(" ", datetime.date(2020, 1, 1))


def test_a_year_before_the_pool_is_refused(pool):
    with pytest.raises(Refusal, match="begynder i 2020"):
        ledger.book_budget(pool, 2019, 10, books.COUNCIL, **by_finance())


def test_only_finance_books_what_the_council_decides(pool):
    for act in (ledger.book_budget, ledger.supplement, ledger.regulate_prices, ledger.cut, ledger.adopt_year):
        with pytest.raises(PermissionDenied):
            act(pool, 2020, 10, books.COUNCIL, by=books.board(), operation=books.new_id())


def test_the_same_operation_twice_is_refused_and_moves_nothing(pool):
    operation = books.new_id()
    ledger.book_budget(pool, 2020, 10, books.COUNCIL, by=books.finance(), operation=operation)
    with pytest.raises(Refusal, match="allerede"):
        ledger.book_budget(pool, 2020, 10, books.COUNCIL, by=books.finance(), operation=operation)
    assert ledger.balance(pool, "available", 2020) == 10


def test_the_appropriation_may_be_given_later_and_once(pool):
    books.budget(pool, 2020, 10)
    ledger.give_appropriation(pool, 2020, datetime.date(2020, 3, 3), books.COUNCIL, **by_finance())
    assert year_of(pool).appropriated_on == datetime.date(2020, 3, 3)
    with pytest.raises(Refusal, match="allerede"):
        ledger.give_appropriation(pool, 2020, datetime.date(2020, 3, 3), books.COUNCIL, **by_finance())
