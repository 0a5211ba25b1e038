"""The pool's pages: figures whole, every sum open to its movements, and who may see what."""

from copy import deepcopy

import pytest
import time_machine
from django.test import RequestFactory

from businesscases.models import BusinessCase, State
from innovation_pool.permissions import Role
from pool.balances import kept_of_cases
from pool.behind import FIGURES, movements_behind
from pool.behind_besides import besides_behind
from pool.decisions import Grant
from pool.models import DecisionKind
from pool.overview import pool_overview
from pool.pool_choice import pools_at_a_glance
from pool.views.reading import shown_year
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, rows_shown, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(made):
    return deepcopy(made)


@pytest.fixture(scope="module")
def made(shared):
    """Two years; a case allocated and reserved, one that asks, one in hearing."""
    pool = given.a_pool({2021: 1_000_000}, {2022: 500_000}, name="Innovationspuljen")
    case = given.approved_case(
        pool, asked={2021: 400_000, 2022: 200_000}, title="Sensorer",
        grants=[Grant(pool, 2021, 400_000), Grant(pool, 2022, 150_000)],
    )  # fmt: skip
    given.allocate(pool, 2021, {case: 300_000})
    given.ready_case(pool, asked={2021: 700_000, 2022: 100_000, 2023: 50_000}, title="Robotter")
    pool.refresh_from_db()
    return pool


def test_the_years_are_added_up(pool):
    overview = pool_overview(pool, sees_asked=True)
    assert [
        (c.year, c.status, c.corrected, c.allocated, c.reserved, c.available, c.asked) for c in overview.years
    ] == [
        (2021, "adopted", 1_000_000, 300_000, 100_000, 600_000, 700_000),
        (2022, "estimate", 500_000, 0, 150_000, 350_000, 100_000),
        (2023, "none", 0, 0, 0, 0, 50_000),
    ]
    assert [c.left_if_all for c in overview.years] == [-100_000, 250_000, -50_000]
    assert overview.total.available == 950_000


def test_the_page_shows_the_figures_and_what_would_be_left(pool):
    page = words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/"))
    assert "Korrigeret budget 1.000 500 1.500" in page
    assert "Udmøntet −300 −300" in page
    assert "Reserveret −100 −150 −250" in page
    assert "Til rådighed 600 350 950" in page
    assert "Tilbage, hvis alt godkendes −100 mangler 250 −50 uden dækning" in page
    assert "Sensorer" in page
    assert "Robotter" in page


def test_staff_see_what_is_decided_and_nothing_that_is_asked(pool):
    page = words(as_role(Role.STAFF).get(f"/pool/{pool.pk}/"))
    assert "Sensorer" in page
    assert "Til rådighed 600 350 950" in page
    for hidden in ("Robotter", "søgt", "Søgt", "mangler", "2023", "Tilbage, hvis alt godkendes"):
        assert hidden not in page


def test_a_reversed_case_is_no_longer_among_those_staff_see(pool):
    case = given.approved_case(pool, asked={2021: 90_000}, title="Droner", grants=[Grant(pool, 2021, 90_000)])
    staff = as_role(Role.STAFF)

    def shown(client) -> list[bool]:
        file = client.get(f"/pool/{pool.pk}/cases.csv").getvalue().decode()
        return ["Droner" in client.get(f"/pool/{pool.pk}/").content.decode(), "Droner" in file]

    assert shown(staff) == [True, True]
    given.decide(case, "reverse", reason="Nye tal.")
    assert shown(staff) == [False, False]
    assert shown(as_role(Role.BOARD)) == [True, True]


def test_staff_cannot_open_a_figure(pool):
    staff = as_role(Role.STAFF)
    assert "show=" not in staff.get(f"/pool/{pool.pk}/").content.decode()
    assert "bevægelser" not in words(staff.get(f"/pool/{pool.pk}/?show=reserved-2021"))
    assert staff.get(f"/pool/{pool.pk}/movements/").status_code == 403


def test_a_sum_opens_the_movements_that_make_it_up(pool):
    page = words(as_role(Role.AUDITOR).get(f"/pool/{pool.pk}/?show=reserved-2021"))
    assert "Reserveret i 2021: 2 bevægelser" in page
    assert "400.000" in page
    assert "−300.000" in page
    assert "I alt 100.000" in page


def test_a_figure_of_a_case_opens_its_own_movements(pool):
    given.approved_case(pool, asked={2021: 50_000}, title="Droner", grants=[Grant(pool, 2021, 50_000)])
    reference = BusinessCase.objects.get(title="Sensorer").reference
    address = f"/pool/{pool.pk}/?case={reference}&show=reserved-2021"
    page = words(as_role(Role.AUDITOR).get(address))
    assert "Sensorer · Reserveret i 2021: 2 bevægelser" in page
    assert "I alt 100.000" in page
    assert "bevægelser" not in words(as_role(Role.STAFF).get(address))


def test_the_grid_is_filtered_and_added_up(pool):
    def page(**filters):
        return words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/", filters))

    assert "Bevilget i alt 300 udmøntet 100 reserveret 150 reserveret 550" in page()
    waiting = page(group="waiting")
    assert "Robotter" in waiting
    assert "Sensorer" not in waiting
    assert "Bevilget til de fundne sager 0" in waiting
    assert "Søgt, ikke besluttet 700 søgt 100 søgt 50 søgt 850" in waiting
    decided = page(group="decided", q="sensor")
    assert "Bevilget til de fundne sager 300 udmøntet 100 reserveret 150 reserveret 550" in decided
    case = BusinessCase.objects.get(title="Sensorer")
    assert "Sensorer" in page(department=case.listed_department_id)
    assert "Ingen sag i puljen" in page(department=999_999)
    file = as_role(Role.BOARD).get(f"/pool/{pool.pk}/cases.csv", {"group": "waiting"}).getvalue().decode()
    assert "Robotter" in file
    assert "Sensorer" not in file


def test_a_telephone_is_shown_every_year_when_asked(pool):
    board = as_role(Role.BOARD)
    assert 'class="scroll grid-box wide-only"' in board.get(f"/pool/{pool.pk}/").content.decode()
    assert 'class="scroll grid-box"' in board.get(f"/pool/{pool.pk}/?year=all").content.decode()


@pytest.mark.parametrize(
    ("today", "shown"), [("2020-06-01", 2021), ("2022-06-01", 2022), ("2026-06-01", 2022)]
)
def test_a_telephone_opens_on_the_nearest_year_with_a_budget(pool, today, shown):
    given.approved_case(
        pool, asked={2021: 10_000, 2024: 50_000}, grants=[Grant(pool, 2024, 0, 50_000)], title="Uden dækning"
    )
    overview = pool_overview(pool, sees_asked=False)
    assert not overview.column(2024).has_budget
    with time_machine.travel(today):
        assert shown_year(RequestFactory().get("/"), overview) == shown


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_the_sum_of_the_movements_behind_it(pool, figure):
    given.cut(pool, 2022, 400_000)
    overview = pool_overview(pool, sees_asked=False)
    # A shortfall is below zero on its account, and shown as what lacks.
    shown = "lacks" if figure == "shortfall" else figure
    for column in overview.years:
        assert movements_behind(pool, figure, column.year).total == getattr(column, shown)
    assert movements_behind(pool, figure, None).total == getattr(overview.total, shown)


def test_the_figures_of_more_cases_than_a_page_are_those_of_each(pool):
    """As the file of the grid asks for them: every case of the pool at once."""
    case = BusinessCase.objects.get(listed_title="Sensorer")
    alone, years = [case.pk], [2021, 2022]
    many = [*alone, *range(10**6, 10**6 + 3_000)]
    assert kept_of_cases(pool=pool.pk, cases=alone, years=years)
    assert kept_of_cases(pool=pool.pk, cases=many, years=years) == kept_of_cases(
        pool=pool.pk, cases=alone, years=years
    )


def test_what_was_spent_opens_its_postings_to_the_oere(pool):
    case = BusinessCase.objects.get(listed_title="Sensorer")
    given.spend(pool, case, 2021, 120_050_50)
    given.spend(pool, case, 2021, -50_50)
    given.spend(pool, case, 2022, 7_00)
    finance = as_role(Role.FINANCE)
    shown = words(finance.get(f"/pool/{pool.pk}/", {"show": "spent-2021"}))
    assert "Forbrugt ifølge økonomisystemet i 2021: 2 posteringer" in shown
    assert "120.050,50" in shown
    assert "−50,50" in shown
    assert "I alt 120.000,00" in shown
    of_case = {"show": "spent-2022", "case": case.reference}
    assert "Sensorer · Forbrugt ifølge økonomisystemet i 2022: 1 postering" in words(
        finance.get(f"/pool/{pool.pk}/", of_case)
    )
    assert "alle år: 3 posteringer" in words(finance.get(f"/pool/{pool.pk}/", {"show": "spent-all"}))
    for figure in ("spent-2021", "spent-2022", "spent-all"):
        assert f"show={figure}" in finance.get(f"/pool/{pool.pk}/").content.decode()
    # What is shown of the case's cell is what its postings come to.
    assert "300 udmøntet 100 reserveret 120 forbrugt" in words(finance.get(f"/pool/{pool.pk}/"))


def test_what_stands_without_cover_opens_the_grants_that_wrote_it_down(pool):
    case = given.approved_case(
        pool, asked={2022: 10_000, 2024: 50_000}, title="Drone",
        grants=[Grant(pool, 2022, 10_000), Grant(pool, 2024, 0, 50_000)],
    )  # fmt: skip
    finance = as_role(Role.FINANCE)
    given.budget(pool, 2024, 30_000)
    given.decide(case, DecisionKind.COVER, grants=[Grant(pool, 2024, 20_000)])
    shown = words(finance.get(f"/pool/{pool.pk}/", {"show": "unfunded-2024"}))
    assert "Uden dækning i 2024: 2 noteringer" in shown
    assert "Bevilget uden dækning Drone" in shown
    assert "I alt 30.000" in shown
    behind = besides_behind(pool, "unfunded", 2024)
    assert [line.amount for line in behind.lines] == [50_000, -20_000]
    assert behind.total == pool_overview(pool, sees_asked=False).column(2024).unfunded
    # The figure is for everyone; what stands behind it for those who read movements.
    assert "I alt 30.000" not in words(
        as_role(Role.STAFF).get(f"/pool/{pool.pk}/", {"show": "unfunded-2024"})
    )


def test_a_cut_that_found_too_little_stands_in_red(pool):
    given.cut(pool, 2022, 400_000)
    page = words(as_role(Role.FINANCE).get(f"/pool/{pool.pk}/"))
    assert "Udækket nedsættelse 50 50" in page


@pytest.mark.parametrize("show", ["", "nothing-2021", "reserved-20211", "reserved", "x" * 500, "reserved-٢٠"])
def test_what_cannot_be_read_in_the_address_counts_as_not_said(pool, show):
    response = as_role(Role.BOARD).get(
        f"/pool/{pool.pk}/", {"show": show, "page": show, "year": show, "q": ""}
    )
    assert response.status_code == 200
    assert "I alt 100.000" not in words(response)


def test_a_search_narrows_the_cases_and_not_the_totals(pool):
    page = words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/", {"q": "sensor"}))
    assert "Sensorer" in page
    assert "Robotter" not in page
    assert "Til rådighed 600 350 950" in page
    assert "Ingen sag i puljen passer til filteret" in words(
        as_role(Role.BOARD).get(f"/pool/{pool.pk}/", {"q": "zzz"})
    )


def test_the_movements_are_filtered_by_year_kind_and_case(pool):
    board = as_role(Role.BOARD)
    address = f"/pool/{pool.pk}/movements/"
    assert rows_shown(board.get(address), r'id="m-\d+"') == 5
    assert rows_shown(board.get(address, {"year": 2022}), r'id="m-\d+"') == 2
    assert rows_shown(board.get(address, {"kind": "allocation"}), r'id="m-\d+"') == 1
    assert rows_shown(board.get(address, {"case": "BC-0000-000"}), r'id="m-\d+"') == 0
    assert "Ingen bevægelse passer" in words(board.get(address, {"case": "BC-0000-000"}))


def test_a_year_has_its_page(pool):
    page = words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/years/2021/"))
    assert "Budgettet blev vedtaget" in page
    assert "Sager til beslutning søger 700.000 kr. i året" in page
    assert as_role(Role.BOARD).get(f"/pool/{pool.pk}/years/2031/").status_code == 404


def test_the_list_of_pools_shows_each_with_its_totals(pool):
    page = words(as_role(Role.STAFF).get("/pool/"))
    assert "Innovationspuljen" in page
    assert "2021–2022 1.500 300 250 950" in page


def test_an_administrator_sees_no_pool(pool):
    administrator = as_role(Role.ADMINISTRATOR)
    for address in ("/pool/", f"/pool/{pool.pk}/", f"/pool/{pool.pk}/years/2021/"):
        assert administrator.get(address).status_code == 403


@pytest.mark.parametrize("address", ["/pool/{}/", "/pool/{}/?show=reserved-2021", "/pool/{}/movements/", "/"])
def test_statements_do_not_grow_with_the_cases(pool, address):
    board = as_role(Role.BOARD)
    few = statements_of(board, address.format(pool.pk))
    round_of_pool = given.a_round(pool)
    for number in range(30):
        case = given.ready_case(pool, asked={2022: 1_000}, round=round_of_pool, title=f"Sag {number}")
        if number % 2:
            given.approve(case, [Grant(pool, 2022, 1_000)])
    assert statements_of(board, address.format(pool.pk)) == few


def test_a_page_of_the_grid_has_twenty_five_cases(pool):
    round_of_pool = given.a_round(pool)
    for number in range(28):
        given.ready_case(pool, asked={2022: 1_000}, round=round_of_pool, title=f"Sag {number}")
    board = as_role(Role.BOARD)
    first, second = board.get(f"/pool/{pool.pk}/"), board.get(f"/pool/{pool.pk}/?page=2")
    assert "Sensorer" in words(first)
    assert "Sensorer" not in words(second)
    assert pool_overview(pool, sees_asked=True, page=2).row_count == 30
    assert len(pool_overview(pool, sees_asked=True, page=2).rows) == 5


def test_what_is_asked_by_cases_not_ready_is_said_besides(pool):
    factories.case(
        State.SUBMITTED, round=given.a_round(pool), start_year=2021, lines=[
            ("investment", "Udstyr", "pool", False, [300, None, None, None, None, None]),
            ("cashable_gain", "Færre timer", "", True, [None, 300, 300, 300, 300, 300]),
        ],
    )  # fmt: skip
    page = words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/"))
    assert (
        "1 sag i høring eller økonomikontrol søger derudover 300 i 2021. Den indgår ikke i tabellen." in page
    )


def test_the_list_says_a_shortfall_by_itself_and_never_nets_what_is_available():
    pool = given.a_pool({2021: 1_000_000, 2022: 500_000})
    given.approved_case(pool, asked={2021: 900_000}, grants=[Grant(pool, 2021, 900_000)])
    given.cut(pool, 2021, 300_000)
    line = next(row for row in pools_at_a_glance() if row.pool == pool)
    assert (line.available, line.shortfall, line.corrected) == (500_000, -200_000, 1_200_000)
