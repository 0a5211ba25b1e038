"""The final account: held against sums done by hand, and against the ledger it is read from."""

import pytest

from innovation_pool.permissions import Role
from pool import ledger
from pool.decisions import Grant
from pool.final_account import final_account
from pool.models import Operation, Pool
from tests.pool import books, given
from tests.pool.pages import as_role, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    """Two years of money: 400.000 allocated, 30.000 returned, a cut of 50.000, the rest lapses."""
    pool = given.a_pool({2021: 1_000_000}, name="Innovationspuljen")
    given.budget(pool, 2022, 200_000)
    sensors = given.started_case(
        pool, asked={2021: 300_000}, title="Sensorer", grants=[Grant(pool, 2021, 300_000)]
    )
    robots = given.started_case(
        pool, asked={2021: 100_000}, title="Robotter", grants=[Grant(pool, 2021, 100_000)]
    )
    given.allocate(pool, 2021, {sensors: 300_000, robots: 100_000})
    given.spend(pool, sensors, 2021, 270_000_00)
    given.spend(pool, robots, 2021, 112_000_50)
    given.cut(pool, 2021, 50_000)
    by = {"by": given.finance(), "operation": books.new_id()}
    ledger.return_unspent(pool, 2021, sensors, 30_000, reason="Ikke brugt", **by)
    return pool


def close(pool: Pool, *, lapse_of_2021: bool = True) -> None:
    carried = 0 if lapse_of_2021 else None
    ledger.close_year(
        pool, 2021, books.COUNCIL, by=given.finance(), operation=books.new_id(), carried=carried
    )
    ledger.close_pool(pool, books.COUNCIL, by=given.finance(), operation=books.new_id())
    pool.refresh_from_db()


def test_every_krone_of_a_closed_pool_is_accounted_for(pool):
    close(pool)
    account = final_account(pool)
    # 1.000.000 + 200.000 - 50.000 given; 1.150.000 - 370.000 = 780.000 gone back; nothing stands.
    assert (account.given, account.lapsed, account.allocated, account.standing) == (
        1_150_000, 780_000, 370_000, 0,
    )  # fmt: skip
    assert account.difference == 0
    assert account.cases_agree
    assert [
        (case.title, case.allocated, case.returned, case.kept, case.spent_oere, case.beyond_oere)
        for case in account.cases
    ] == [
        ("Sensorer", 300_000, 30_000, 270_000, 270_000_00, 0),
        ("Robotter", 100_000, 0, 100_000, 112_000_50, 12_000_50),
    ]
    assert account.closing == Operation.objects.get(kind="close_pool")


def test_the_account_of_an_open_pool_says_what_still_stands(pool):
    account = final_account(pool)
    assert (account.given, account.lapsed, account.allocated, account.standing) == (
        1_150_000, 0, 370_000, 780_000,
    )  # fmt: skip
    assert (account.difference, account.closing) == (0, None)


def test_a_correction_takes_back_what_it_corrects(pool):
    case = given.started_case(pool, asked={2022: 90_000}, title="Drone", grants=[Grant(pool, 2022, 90_000)])
    decision = given.allocate(pool, 2022, {case: 90_000})
    wrong = Operation.objects.get(decision=decision)
    ledger.correct(wrong, reason="Forkert år", by=given.board(), operation=books.new_id())
    account = final_account(pool)
    drone = next(row for row in account.cases if row.title == "Drone")
    assert (drone.allocated, drone.returned, drone.kept) == (0, 0, 0)
    assert account.cases_agree


def test_the_page_says_it_all_and_can_be_printed(pool):
    finance = as_role(Role.FINANCE)
    address = f"/pool/{pool.pk}/final-account/"
    assert "Puljen er åben: regnskabet, som det står" in words(finance.get(address))
    close(pool, lapse_of_2021=False)
    page = words(finance.get(address))
    assert "1.150.000" in page
    assert "Hver krone er gjort op" in page
    assert "Sensorer" in page
    assert "12.000,50" in page
    assert f"seneste bevægelse {pool.last_number}, kontrolkode {pool.head[:16]}" in page
    assert "Slutregnskab" in words(finance.get(f"/pool/{pool.pk}/"))


def test_books_that_do_not_agree_say_so(pool):
    """A balance changed behind the ledger: the account must not call it in order."""
    close(pool)
    pool.accounts.filter(kind="allocated", balance=270_000).update(balance=269_999)
    account = final_account(pool)
    assert account.difference == 1
    assert not account.cases_agree
    assert "stemmer ikke med sig selv" in words(as_role(Role.AUDITOR).get(f"/pool/{pool.pk}/final-account/"))
    pool.accounts.filter(kind="allocated", balance=269_999).update(balance=270_000)


def test_as_many_statements_whatever_there_is(pool):
    auditor = as_role(Role.AUDITOR)
    few = statements_of(auditor, f"/pool/{pool.pk}/final-account/")
    for number in range(3):
        case = given.started_case(
            pool, asked={2022: 9_000}, title=f"Sag {number}", grants=[Grant(pool, 2022, 9_000)]
        )
        given.allocate(pool, 2022, {case: 9_000})
    assert statements_of(auditor, f"/pool/{pool.pk}/final-account/") == few
