"""What finance does with the money of cases through its pages: returns, corrections, transfers, outcomes."""

import pytest

from businesscases.models import State
from innovation_pool.permissions import Role
from pool import decisions
from pool.decisions import Condition, Grant
from pool.models import Effect, Movement, PoolYear
from pool.models.decisions import ConditionKind
from tests.pool import given
from tests.pool.pages import as_role, book, client_of, form_on, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(pool):
    return given.half_allocated_case(pool)


def test_unspent_money_is_returned_once_its_figures_are_confirmed(pool, case):
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/return/"
    given.spend(pool, case, 2021, 10_000_050)
    page = finance.get(address)
    assert "199.999 kr. ikke forbrugt" in words(page)
    form = form_on(page, has="case_year") | {"amount": "150.000", "reason": "Billigere end ventet."}
    shown = finance.post(address, form | {"step": "preview"})
    assert (
        f"150.000 kr. af {case.reference} går tilbage til 2021. Sagen beholder 49.999 kr., der er udmøntet "
        "og ikke forbrugt, og 750.000 kr. er til rådighed i året." in words(shown)
    )
    assert given.money(case)[pool.number, 2021] == (100_000, 300_000, 0)
    confirmed = form_on(shown, has="plan") | {"reason": form["reason"], "step": "act"}
    first, second = finance.post(address, confirmed), finance.post(address, confirmed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert given.money(case)[pool.number, 2021] == (100_000, 150_000, 0)
    told = words(finance.get(first.url))
    assert f"150.000 kr. af {case.reference} er gået tilbage til 2021" in told
    assert "Bevægelse nr. 6. Se handlingen" in told


def test_a_return_is_asked_again_when_the_figures_have_moved_or_others_are_typed(pool, case):
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/return/"
    form = form_on(finance.get(address), has="case_year") | {"amount": "100.000", "reason": "Billigere."}
    act = {"reason": form["reason"], "step": "act"}
    shown = form_on(finance.post(address, form | {"step": "preview"}), has="plan") | act
    other = words(finance.post(address, shown | {"amount": "90.000"}))
    assert "Noget er ændret, siden tallene blev vist." in other
    assert f"90.000 kr. af {case.reference} går tilbage" in other
    given.cut(pool, 2021, 50_000)
    moved = finance.post(address, shown)
    assert moved.status_code == 422
    assert "Pengene er flyttet, siden tallene blev vist." in words(moved)
    assert finance.post(address, form_on(moved, has="plan") | act).status_code == 302
    assert given.money(case)[pool.number, 2021] == (100_000, 200_000, 0)


def test_more_than_is_unspent_is_refused_with_what_was_typed(pool, case):
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/return/"
    form = form_on(finance.get(address), has="case_year") | {"amount": "300.001", "reason": "Billigere."}
    response = finance.post(address, form | {"step": "act"})
    assert response.status_code == 422
    assert "har 300.000 kr. udmøntet og ikke forbrugt i 2021" in words(response)
    assert form_on(response, has="case_year")["amount"] == ["300.001"]
    assert given.money(case)[pool.number, 2021] == (100_000, 300_000, 0)


def test_a_correction_shows_the_years_before_and_after_and_whether_the_money_is_there(pool):
    finance = as_role(Role.FINANCE)
    _shown, _answer, _form = book(finance, pool, "supplement", year=2021, amount="75.000")
    address = f"/pool/{pool.pk}/movements/{pool.movements.count()}/correct/"
    page = finance.get(address)
    assert "Til rådighed 1.075.000 1.000.000" in words(page)
    form = form_on(page, has="reason") | {"reason": "Forkert år."}
    given.cut(pool, 2021, 1_050_000)
    moved = finance.post(address, form)
    assert moved.status_code == 422
    assert "Pengene er flyttet, siden tallene blev vist." in words(moved)
    assert "så rettelsen vil blive afvist" in words(moved)


def test_a_transfer_is_registered_once(pool, case):
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/effects/"
    movement = Movement.objects.get(kind="allocation")
    page = finance.get(address)
    # The only one there is stands ticked.
    assert form_on(page, has="voucher")["movements"] == [f"{movement.pk}"]
    assert "I alt 300.000" in words(page)
    form = form_on(page, has="voucher") | {
        "transferred_from": "Puljen", "transferred_to": "Vej og Park",
        "voucher": "B-17", "on": "1.3.2026",
    }  # fmt: skip
    first, second = finance.post(address, form), finance.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Effect.objects.get().voucher == "B-17"
    assert "bilagsnummer B-17" in words(finance.get(f"/pool/{pool.pk}/movements/{movement.number}/"))
    assert "Alle budgetflytninger er registreret" in words(finance.get(address))


def test_an_operation_is_corrected_by_who_may_make_it(pool, case):
    movement = Movement.objects.get(kind="allocation")
    address = f"/pool/{pool.pk}/movements/{movement.number}/correct/"
    assert "Denne handling kan du ikke rette her." in words(as_role(Role.FINANCE).get(address))
    board = as_role(Role.BOARD)
    form = form_on(board.get(address), has="reason") | {"reason": "Forkert sag."}
    board.post(address, form)
    assert given.money(case)[pool.number, 2021] == (400_000, 0, 0)
    assert "Denne handling kan du ikke rette her." in words(board.get(address))


def test_an_adoption_without_a_difference_is_taken_back_from_its_year(pool):
    pool = given.a_pool({2021: 1_000_000})
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/years/2021/adoption/"
    assert f'href="{address}' in finance.get(f"/pool/{pool.pk}/years/2021/").content.decode()
    page = finance.get(address)
    assert "2021 blev vedtaget med samme beløb som overslaget" in words(page)
    assert "2021 bliver igen et overslag" in words(page)
    form = form_on(page, has="reason") | {"reason": "Vedtaget for tidligt."}
    first, second = finance.post(address, form), finance.post(address, form)
    assert first.url == second.url == f"/pool/{pool.pk}/years/2021/"
    assert PoolYear.objects.get(pool=pool, year=2021).status == "estimate"
    assert "Vedtagelsen af 2021 er taget tilbage." in words(finance.get(first.url))
    assert finance.get(address).url == f"/pool/{pool.pk}/years/2021/"


def test_the_page_of_an_act_says_all_it_moved_and_offers_its_correction_to_who_may(pool, case):
    other = given.approved_case(pool, asked={2021: 50_000}, grants=[Grant(pool, 2021, 50_000)], title="Tolk")
    decision = given.allocate(pool, 2021, {case: 100_000, other: 50_000}, text="Første rate.")
    rows = list(Movement.objects.filter(operation=decision.operation).order_by("number"))
    address = f"/pool/{pool.pk}/movements/{rows[0].number}/"
    page = as_role(Role.AUDITOR).get(address)
    said = words(page)
    assert "Første rate." in said
    assert f"Sensorer {case.reference}" in said
    assert f"Tolk {other.reference}" in said
    assert "I alt 150.000" in said
    assert "/correct/" not in page.content.decode()
    assert f"{address}correct/" in as_role(Role.BOARD).get(address).content.decode()
    listed = words(as_role(Role.AUDITOR).get(f"/pool/{pool.pk}/movements/"))
    for each, amount in ((case, "100.000"), (other, "50.000")):
        assert listed.count(f"{each.reference}: {amount} kr. (beslutning nr.") == 1


def test_money_for_a_year_without_cover_leads_the_board_to_the_cover(pool):
    grants = [Grant(pool, 2021, 100_000), Grant(pool, 2023, 0, 80_000)]
    case = given.approved_case(pool, asked={2021: 100_000, 2023: 80_000}, grants=grants, title="Broer")
    board, address = as_role(Role.BOARD), f"/meetings/decide/{case.reference}/cover/"
    assert "uden dækning i 2023" not in words(board.get("/"))
    _shown, answer, _form = book(as_role(Role.FINANCE), pool, "budget", year=2023, amount="250.000")
    told = "80.000 kr. står uden dækning i året. Direktionen kan nu beslutte at dække beløbet."
    assert told in words(answer)
    assert "Der er penge til det, der står uden dækning i 2023" in words(board.get("/"))
    year = board.get(f"/pool/{pool.pk}/years/2023/")
    assert f"Broer {case.reference}" in words(year)
    assert address in year.content.decode()
    assert address in board.get(f"/businesscases/{case.reference}/").content.decode()
    assert address not in as_role(Role.FINANCE).get(f"/pool/{pool.pk}/years/2023/").content.decode()
    form = form_on(board.get(address), has="shown_kind")
    board.post(f"/meetings/decide/{case.reference}/", form | {"step": "act"})
    assert given.money(case)[pool.number, 2023] == (80_000, 0, 0)
    assert "uden dækning i 2023" not in words(board.get("/"))


def test_an_outcome_is_recorded(pool):
    case = given.ready_case(pool, asked={2021: 100_000})
    given.approve(case, [Grant(pool, 2021, 100_000)], political=[Condition(ConditionKind.RATE)])
    condition = decisions.open_conditions(case)[0]
    finance, address = as_role(Role.FINANCE), f"/pool/conditions/{condition.pk}/outcome/"
    form = form_on(finance.get(address), has="committee") | {
        "met": "yes", "committee": "Byrådet", "on": "1.3.2026", "item": "12"
    }  # fmt: skip
    assert "Udfaldet er registreret: ja." in words(finance.post(address, form, follow=True))
    assert decisions.open_conditions(case) == []
    again = finance.post(address, form | {"operation": "c0ffee00-0000-4000-8000-000000000001"})
    assert again.status_code == 422


def test_the_owner_starts_and_finance_confirms_completion(pool):
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 400_000)])
    owner = client_of(case.owner)
    address = f"/pool/cases/{case.reference}/start/"
    assert as_role(Role.BOARD).get(address).status_code == 403
    form = form_on(owner.get(address), has="operation")
    assert owner.post(address, form).status_code == 302
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    given.ProjectReport.objects.create(case=case, kind="final", text="Alt er gennemført.", by=case.owner)
    finance, address = as_role(Role.FINANCE), f"/pool/cases/{case.reference}/confirm-completion/"
    page = finance.get(address)
    assert "Alt er gennemført." in words(page)
    assert "Sagen afsluttes. 400.000 kr. frigives i 2021." in words(page)
    form = form_on(page, has="note")
    first, second = finance.post(address, form), finance.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    case.refresh_from_db()
    assert case.state == State.COMPLETED
    assert given.available(pool)[2021] == 1_000_000


def test_the_case_page_shows_the_decisions_and_what_the_politicians_answered(pool):
    case = given.ready_case(pool, asked={2021: 100_000})
    grants = [Grant(pool, 2021, 100_000)]
    given.approve(case, grants, political=[Condition(ConditionKind.RATE)], conditions="Status efter 12 uger.")
    address = f"/businesscases/{case.reference}/"
    page = words(as_role(Role.FINANCE).get(address))
    assert "Under forudsætning af taksten: ikke besvaret endnu · Registrér udfaldet" in page
    assert "Status efter 12 uger." in words(client_of(case.owner).get(address))
    given.outcome(case)
    staff = words(as_role(Role.STAFF).get(address))
    assert "Under forudsætning af taksten: ja , Byrådet 17. dec. 2020" in staff
    assert "Status efter 12 uger." not in staff
