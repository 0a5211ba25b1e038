"""From one year to the next: carry-over, closing a year, closing a pool."""

import pytest
from django.core.exceptions import PermissionDenied

from innovation_pool.refusals import Refusal, TooLate
from pool import ledger
from pool.models import Operation, Pool, PoolYear
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    return pool


@pytest.fixture
def case():
    return books.make_case()


def close(pool, year, **more):
    return ledger.close_year(pool, year, books.COUNCIL, by=books.finance(), operation=books.new_id(), **more)


def close_pool(pool):
    return ledger.close_pool(pool, books.COUNCIL, by=books.finance(), operation=books.new_id())


def carry(pool, year, **what):
    return ledger.carry_over(pool, year, books.COUNCIL, by=books.finance(), operation=books.new_id(), **what)


def test_a_closed_year_leaves_everything_a_case_has_to_the_next(pool, case):
    books.approve(pool, case, {2020: 700}, unfunded={2021: 50})
    books.allocate(pool, 2020, {case: 400})
    books.spend(pool, case, 2020, 150_50)
    close(pool, 2020, carried=100)
    # 400 − 150,50 is 249 whole kroner unspent; of the 300 available 100 are carried and 200 lapse.
    assert books.standing(pool) == {
        "source": -800,
        "available 2021": 100,
        f"reserved 2021 {case.reference}": 300,
        f"allocated 2020 {case.reference}": 151,
        f"allocated 2021 {case.reference}": 249,
    }
    years = {row.year: (row.status, row.has_budget) for row in PoolYear.objects.filter(pool=pool)}
    assert years == {2020: ("closed", True), 2021: ("estimate", False)}
    assert Operation.objects.filter(kind="close_year").count() == 1


def test_all_of_the_available_is_carried_unless_told_otherwise(pool):
    close(pool, 2020)
    assert books.standing(pool) == {"source": -1_000, "available 2021": 1_000}


def test_a_year_where_nothing_is_carried_makes_no_next_year(pool):
    close(pool, 2020, carried=0)
    assert books.standing(pool) == {}
    assert [row.year for row in PoolYear.objects.filter(pool=pool)] == [2020]


def test_no_more_than_the_available_is_carried(pool):
    with pytest.raises(Refusal, match="højst det beløb"):
        close(pool, 2020, carried=1_001)


def test_a_shortfall_follows_and_is_covered_by_the_next_years_money(pool, case):
    books.budget(pool, 2021, 200)
    books.approve(pool, case, {2020: 1_000})
    ledger.cut(pool, 2020, 300, books.COUNCIL, by=books.finance(), operation=books.new_id())
    last = Pool.objects.get().last_number
    close(pool, 2020)
    assert books.moves(pool, last) == [
        ("carry_over", "reserved 2020", "reserved 2021", 1_000),
        ("carry_over", "shortfall 2021", "shortfall 2020", 300),
        ("shortfall_cover", "available 2021", "shortfall 2021", 200),
    ]
    assert ledger.balance(pool, "shortfall", 2021) == -100


def test_what_stands_without_cover_follows_with_its_decision(pool, case):
    decision = books.approve(pool, case, {2020: 10}, unfunded={2021: 70})
    close(pool, 2020)
    close(pool, 2021)
    row = ledger.standing_unfunded([pool.pk])
    assert [(item.year, item.amount, item.granted_by) for item in row] == [(2022, 70, decision.pk)]
    assert ledger.unfunded(pool, 2021) == 0


def test_overspending_never_crosses_years(pool, case):
    books.approve(pool, case, {2020: 400})
    books.allocate(pool, 2020, {case: 400})
    books.spend(pool, case, 2020, 900_00)
    close(pool, 2020, carried=0)
    assert books.standing(pool) == {"source": -400, f"allocated 2020 {case.reference}": 400}


def test_years_are_closed_in_order(pool):
    books.budget(pool, 2021, 10)
    with pytest.raises(Refusal, match="afslut 2020 først"):
        close(pool, 2021)


def test_an_estimate_with_a_budget_is_adopted_before_it_is_closed_and_one_without_is_closed_as_it_is(pool):
    close(pool, 2020)
    ledger.supplement(pool, 2021, 1, books.COUNCIL, by=books.finance(), operation=books.new_id())
    with pytest.raises(Refusal, match="ikke er vedtaget"):
        close(pool, 2021)
    ledger.adopt_year(pool, 2021, 0, books.COUNCIL, by=books.finance(), operation=books.new_id())
    close(pool, 2021)
    close(pool, 2022)
    assert books.standing(pool) == {"source": -1_001, "available 2023": 1_001}


def test_a_closed_year_takes_no_movement(pool, case):
    books.approve(pool, case, {2020: 10})
    close(pool, 2020)
    last = Pool.objects.get().last_number
    by_finance = {"by": books.finance(), "operation": books.new_id()}
    for act in (
        lambda: ledger.supplement(pool, 2020, 1, books.COUNCIL, **by_finance),
        lambda: ledger.cut(pool, 2020, 1, books.COUNCIL, **by_finance),
        lambda: ledger.adopt_year(pool, 2020, 1, books.COUNCIL, **by_finance),
        lambda: books.change(pool, case, {2020: 1}),
        lambda: books.change(pool, case, unfunded={2020: 1}),
        lambda: books.allocate(pool, 2020, {case: 1}),
        lambda: close(pool, 2020),
        lambda: carry(pool, 2020, available=1),
    ):
        with pytest.raises(TooLate, match="afsluttet"):
            act()
    assert Pool.objects.get().last_number == last


def test_only_finance_closes(pool):
    with pytest.raises(PermissionDenied):
        ledger.close_year(pool, 2020, books.COUNCIL, by=books.board(), operation=books.new_id())
    with pytest.raises(PermissionDenied):
        ledger.close_pool(pool, books.COUNCIL, by=books.board(), operation=books.new_id())


def test_money_is_carried_between_open_years_too(pool, case):
    books.approve(pool, case, {2020: 700})
    books.allocate(pool, 2020, {case: 400})
    books.spend(pool, case, 2020, 100_01)
    with pytest.raises(ledger.NotEnough, match=r"har 299.kr\. udmøntet og ikke forbrugt"):
        carry(pool, 2020, allocated={case: 300})
    carry(pool, 2020, available=120, reserved={case: 200}, allocated={case: 299})
    assert books.standing(pool) == {
        "source": -1_000,
        "available 2020": 180,
        "available 2021": 120,
        f"reserved 2020 {case.reference}": 100,
        f"reserved 2021 {case.reference}": 200,
        f"allocated 2020 {case.reference}": 101,
        f"allocated 2021 {case.reference}": 299,
    }


def test_no_more_is_carried_than_there_is(pool, case):
    books.approve(pool, case, {2020: 700})
    with pytest.raises(ledger.NotEnough):
        carry(pool, 2020, available=301)
    with pytest.raises(ledger.NotEnough):
        carry(pool, 2020, reserved={case: 701})
    with pytest.raises(Refusal):
        carry(pool, 2020)


def test_a_pool_closes_with_its_last_year_and_what_is_available_lapses(pool):
    close_pool(pool)
    row = Pool.objects.get()
    assert (row.closed_at is not None, books.standing(pool)) == (True, {})
    with pytest.raises(TooLate, match="afsluttet"):
        ledger.supplement(pool, 2021, 1, books.COUNCIL, by=books.finance(), operation=books.new_id())
    with pytest.raises(TooLate):
        close_pool(pool)


def test_a_pool_is_not_closed_while_anything_stands(pool, case):
    books.approve(pool, case, {2020: 400}, unfunded={2025: 5})
    with pytest.raises(Refusal, match="stadig reserveret"):
        close_pool(pool)
    books.allocate(pool, 2020, {case: 400})
    with pytest.raises(Refusal, match="ikke forbrugt"):
        close_pool(pool)
    books.spend(pool, case, 2020, 400_00)
    with pytest.raises(Refusal, match="uden dækning"):
        close_pool(pool)
    books.change(pool, case, unfunded={2025: -5})
    ledger.cut(pool, 2020, 601, books.COUNCIL, by=books.finance(), operation=books.new_id())
    with pytest.raises(Refusal, match="udækket nedsættelse"):
        close_pool(pool)
    ledger.supplement(pool, 2020, 1, books.COUNCIL, by=books.finance(), operation=books.new_id())
    close_pool(pool)
    assert books.standing(pool) == {"source": -400, f"allocated 2020 {case.reference}": 400}


def test_a_pool_with_several_open_years_is_closed_year_by_year(pool):
    books.budget(pool, 2021, 10)
    with pytest.raises(Refusal, match="Afslut 2020 først"):
        close_pool(pool)
    close(pool, 2020, carried=0)
    close_pool(pool)
    assert books.standing(pool) == {}


def test_a_pool_whose_years_are_all_closed_can_be_closed(pool):
    close(pool, 2020, carried=0)
    close_pool(pool)
    assert Pool.objects.get().closed_at is not None
