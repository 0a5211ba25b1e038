"""Finance's acts through their pages: the figures before, one effect, refusals that keep what was typed."""

import pytest

from businesscases.models import State
from innovation_pool.permissions import Role
from pool import decisions
from pool.council_acts import ACTS, carried_before
from pool.decisions import Condition, Grant
from pool.models import Effect, Movement, Operation, Pool, PoolYear
from pool.models.decisions import ConditionKind
from pool.overview import pool_years
from tests.pool import books, given
from tests.pool.pages import as_role, client_of, form_on, words

pytestmark = pytest.mark.django_db

AUTHORITY = {
    "authority_body": "Byrådet",
    "authority_date": "8. oktober 2025",
    "authority_item": "7",
    "authority_case_number": "25/1234",
}


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000}, {2022: 500_000}, name="Innovationspuljen")


@pytest.fixture
def case(pool):
    made = given.approved_case(
        pool, asked={2021: 400_000, 2022: 100_000}, title="Sensorer",
        grants=[Grant(pool, 2021, 400_000), Grant(pool, 2022, 100_000)],
    )  # fmt: skip
    given.allocate(pool, 2021, {made: 300_000})
    return made


def book(client, pool, act, **typed):
    """Types the act, reads what happens, confirms; the confirmation page and the answer."""
    address = f"/pool/{pool.pk}/book/{act}/"
    form = form_on(client.get(address), has="authority_body") | AUTHORITY | typed
    shown = client.post(address, form | {"step": "preview"})
    confirmed = form_on(shown, has="plan") | {"step": "act"}
    return shown, client.post(address, confirmed, follow=True), confirmed


def figures(pool, year) -> tuple[int, ...]:
    column = pool_years(pool, sees_asked=False).column(year)
    return column.corrected, column.reserved, column.allocated, column.available, column.shortfall


@pytest.mark.parametrize(
    ("act", "typed", "sentence", "told", "after"),
    [
        ("budget", {"year": 2023, "amount": "250.000"},
         "Der bogføres 250.000 kr. som budget i 2023. Herefter er 250.000 kr. til rådighed.",
         "Der er bogført 250.000 kr. som budget i 2023. 250.000 kr. er til rådighed i året. Bevægelse nr. 6.",
         (2023, (250_000, 0, 0, 250_000, 0))),
        ("adopt", {"year": 2022, "amount": "450.000", "appropriated_on": "1.11.2025"},
         "Der vedtages et budget på 450.000 kr. for 2022. Herefter er 350.000 kr. til rådighed.",
         "Budgettet for 2022 er vedtaget med 450.000 kr., og 350.000 kr. er til rådighed i året.",
         (2022, (450_000, 100_000, 0, 350_000, 0))),
        ("supplement", {"year": 2021, "amount": "75.000"},
         "Der lægges 75.000 kr. til 2021. Herefter er 675.000 kr. til rådighed.",
         "Der er lagt 75.000 kr. til 2021. 675.000 kr. er til rådighed i året. Bevægelse nr. 6.",
         (2021, (1_075_000, 100_000, 300_000, 675_000, 0))),
        ("prices", {"year": 2021, "percent": "1,5"},
         "Der lægges 15.000 kr. til 2021 ved p/l-regulering. Herefter er 615.000 kr. til rådighed.",
         "Der er lagt 15.000 kr. til 2021 ved p/l-regulering. 615.000 kr. er til rådighed i året.",
         (2021, (1_015_000, 100_000, 300_000, 615_000, 0))),
        ("cut", {"year": 2021, "amount": "700.000"},
         "Der tages 700.000 kr. ud af 2021. Herefter er 0 kr. til rådighed. 100.000 kr. er udækket",
         "100.000 kr. er udækket. Direktionen skal frigøre pengene ved at ændre rammen for en eller flere "
         "sager. Indtil da kan der hverken reserveres eller udmøntes i 2021. Bevægelse nr. 6–7.",
         (2021, (300_000, 100_000, 300_000, 0, -100_000))),
        ("carry-over", {"year": 2021, "amount": "600.000"},
         "Der overføres 600.000 kr. fra 2021 til 2022. Herefter er 0 kr. til rådighed i 2021.",
         "Der er overført 600.000 kr. fra 2021 til 2022. 0 kr. er til rådighed i 2021. Bevægelse nr. 6.",
         (2022, (1_100_000, 100_000, 0, 1_000_000, 0))),
        ("close-year", {"year": 2021, "carried": "500.000"},
         "2021 afsluttes og får ikke flere bevægelser. "
         "900.000 kr. følger med til 2022, og 100.000 kr. bortfalder.",
         "2021 er afsluttet. 900.000 kr. er fulgt med til 2022, og 100.000 kr. er bortfaldet.",
         (2022, (1_400_000, 200_000, 300_000, 900_000, 0))),
    ],
)  # fmt: skip
def test_what_the_confirmation_says_is_what_happens(pool, case, act, typed, sentence, told, after):
    shown, answer, _form = book(as_role(Role.FINANCE), pool, act, **typed)
    assert sentence in words(shown)
    assert answer.redirect_chain
    assert told in words(answer)
    year, expected = after
    assert figures(pool, year) == expected


def test_a_cut_above_the_corrected_budget_is_asked_once_more_and_stays_lawful(pool, case):
    finance, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/book/cut/"
    shown, refused, form = book(finance, pool, "cut", year=2021, amount="1.000.001")
    doubt = (
        "Det er mere end årets korrigerede budget: 2021 har kun 1.000.000 kr. i alt. Nedsættelsen efterlader "
        "0 kr. til rådighed, og 400.001 kr. er udækket. Er beløbet rigtigt?"
    )
    assert doubt in words(shown)
    assert refused.status_code == 422
    assert doubt in words(refused)
    assert not Movement.objects.filter(kind="cut").exists()
    assert finance.post(address, form | {"beyond": "on"}).status_code == 302
    assert figures(pool, 2021) == (-1, 100_000, 300_000, 0, -400_001)
    assert "Er beløbet rigtigt?" not in words(book(finance, pool, "cut", year=2022, amount="500.000")[0])


def test_the_form_says_what_the_years_and_the_cases_have_before_anything_is_typed(pool, case):
    page = words(as_role(Role.FINANCE).get(f"/pool/{pool.pk}/book/carry-over/?year=2021"))
    assert "2021 vedtaget 1.000.000 1.000.000 100.000 300.000 600.000" in page
    assert "2022 overslag 500.000 500.000 100.000 0 400.000" in page
    cases = f"Sensorer {case.reference} Reserveret 100.000 Udmøntet, ikke forbrugt 300.000"
    assert cases in page
    closing = words(as_role(Role.FINANCE).get(f"/pool/{pool.pk}/book/close-year/"))
    assert f"Sensorer {case.reference} 100.000 300.000" in closing


def test_what_cases_have_is_carried_over_case_by_case(pool, case):
    finance = as_role(Role.FINANCE)
    typed = {"year": 2021, f"r_{case.pk}": "40.000", f"a_{case.pk}": "300.000"}
    _shown, answer, form = book(finance, pool, "carry-over", **typed)
    assert answer.redirect_chain
    assert given.money(case) == {
        (pool.number, 2021): (60_000, 0, 0),
        (pool.number, 2022): (140_000, 300_000, 0),
    }
    again = finance.post(f"/pool/{pool.pk}/book/carry-over/", form)
    assert again.status_code == 302
    assert Operation.objects.filter(kind="carry_over").count() == 1


def test_a_pool_closes_with_its_last_year():
    pool = given.a_pool({2021: 1_000_000})
    shown, answer, _form = book(as_role(Role.FINANCE), pool, "close-pool")
    assert "Puljen lukkes sammen med 2021 og får ikke flere bevægelser. 1.000.000 kr. bortfalder." in words(
        shown
    )
    assert "Se slutregnskabet, som det står" in words(shown)
    assert answer.redirect_chain == [(f"/pool/{pool.pk}/final-account/", 302)]
    assert "Bortfaldet, da årene blev afsluttet 1.000.000" in words(answer)
    pool.refresh_from_db()
    assert pool.closed_at is not None
    assert "Tillægsbevilling" not in words(as_role(Role.FINANCE).get(f"/pool/{pool.pk}/"))


def test_something_else_than_was_confirmed_is_asked_again(pool):
    finance = as_role(Role.FINANCE)
    address = f"/pool/{pool.pk}/book/supplement/"
    form = form_on(finance.get(address), has="authority_body") | AUTHORITY | {"amount": "1.000"}
    shown = form_on(finance.post(address, form | {"step": "preview"}), has="plan")
    response = finance.post(address, shown | {"amount": "9.000", "step": "act"})
    assert "Noget er ændret, siden tallene blev vist." in words(response)
    assert "Der lægges 9.000 kr. til 2021." in words(response)
    assert not Movement.objects.filter(kind="supplement").exists()


def test_when_the_ledger_has_moved_the_new_figures_are_shown(pool):
    finance = as_role(Role.FINANCE)
    address = f"/pool/{pool.pk}/book/supplement/"
    form = form_on(finance.get(address), has="authority_body") | AUTHORITY | {"amount": "1.000"}
    shown = form_on(finance.post(address, form | {"step": "preview"}), has="plan")
    given.cut(pool, 2021, 500_000)
    response = finance.post(address, shown | {"step": "act"})
    assert response.status_code == 422
    assert not Movement.objects.filter(kind="supplement").exists()
    assert form_on(response, has="authority_body")["amount"] == ["1.000"]
    again = form_on(response, has="plan")
    assert again["seen"] != shown["seen"]
    finance.post(address, again | {"step": "act"})
    assert Movement.objects.filter(kind="supplement").count() == 1


@pytest.mark.parametrize("left", [None, ""])
def test_a_post_without_the_figures_it_was_shown_is_asked_again(pool, left):
    finance = as_role(Role.FINANCE)
    address = f"/pool/{pool.pk}/book/supplement/"
    form = form_on(finance.get(address), has="authority_body") | AUTHORITY | {"amount": "1.000"}
    shown = form_on(finance.post(address, form | {"step": "preview"}), has="plan") | {"step": "act"}
    seen = shown.pop("seen")
    response = finance.post(address, shown if left is None else shown | {"seen": left})
    assert response.status_code == 422
    assert "Pengene er flyttet, siden tallene blev vist." in words(response)
    assert not Movement.objects.filter(kind="supplement").exists()
    again = form_on(response, has="plan")
    assert again["seen"] == seen
    finance.post(address, again | {"step": "act"})
    assert Movement.objects.filter(kind="supplement").count() == 1


def test_a_double_post_books_once(pool):
    finance = as_role(Role.FINANCE)
    _shown, _answer, form = book(finance, pool, "supplement", year=2021, amount="75.000")
    again = finance.post(f"/pool/{pool.pk}/book/supplement/", form)
    assert again.status_code == 302
    assert Movement.objects.filter(kind="supplement").count() == 1


@pytest.mark.parametrize(("amount", "said"), [("12.34", "12.34"), ("", ""), ("-5", "Skriv 0 eller mere.")])
def test_a_mistyped_amount_is_told_at_the_field(pool, amount, said):
    finance = as_role(Role.FINANCE)
    address = f"/pool/{pool.pk}/book/supplement/"
    form = form_on(finance.get(address), has="authority_body") | AUTHORITY
    response = finance.post(address, form | {"amount": amount, "step": "act"})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert form_on(response, has="authority_body")["authority_case_number"] == ["25/1234"]


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_only_finance_books(pool, role, act):
    client = as_role(role)
    before = Movement.objects.count()
    assert client.get(f"/pool/{pool.pk}/book/{act}/").status_code == 403
    assert client.post(f"/pool/{pool.pk}/book/{act}/", AUTHORITY).status_code == 403
    assert Movement.objects.count() == before


def test_an_act_nobody_knows_is_not_found(pool):
    assert as_role(Role.FINANCE).get(f"/pool/{pool.pk}/book/give-away/").status_code == 404


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


def test_a_new_pool_is_made_with_the_fields_of_the_form():
    finance = as_role(Role.FINANCE)
    area = given.factories.department()
    form = form_on(finance.get("/pool/new/"), has="number") | {
        "number": "ØKan-012", "name": "Velfærdspuljen", "committee": area.committee.pk,
        "department": area.pk, "nature": "capital", "first_year": "2027", "description": "Til velfærd.",
    }  # fmt: skip
    first, second = finance.post("/pool/new/", form), finance.post("/pool/new/", form)
    pool = Pool.objects.get(number="ØKan-012")
    assert first.url == second.url == f"/pool/{pool.pk}/book/budget/"
    assert (pool.name, pool.first_year, pool.description) == ("Velfærdspuljen", 2027, "Til velfærd.")
    assert not PoolYear.objects.filter(pool=pool).exists()
    assert as_role(Role.BOARD).get("/pool/new/").status_code == 403


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


def test_an_appropriation_given_later_is_recorded(pool):
    typed = {"year": 2021, "appropriated_on": "1.3.2026"}
    shown, answer, _form = book(as_role(Role.FINANCE), pool, "appropriation", **typed)
    assert "Anlægsbevillingen for 2021 blev givet 1. marts 2026. Ingen penge flyttes." in words(shown)
    assert answer.redirect_chain
    assert f"{PoolYear.objects.get(pool=pool, year=2021).appropriated_on}" == "2026-03-01"


def test_a_row_whose_number_is_a_superscript_is_nobodys():
    assert carried_before({"r_²": "1", "a_x": "1"}) == []


def test_closing_foresees_what_each_case_has_left_and_not_the_pools_sum(pool, case):
    other = given.approved_case(pool, asked={2022: 10_000}, grants=[Grant(pool, 2022, 10_000)], title="Uden")
    books.spend(pool, other, 2021, 1_200_000)
    shown, answer, _form = book(as_role(Role.FINANCE), pool, "close-year", year=2021, carried="500.000")
    assert "900.000 kr. følger med til 2022, og 100.000 kr. bortfalder." in words(shown)
    assert "900.000 kr. er fulgt med til 2022, og 100.000 kr. er bortfaldet." in words(answer)
    assert figures(pool, 2022)[2] == 300_000


def test_what_goes_on_is_filled_in_and_never_left_to_a_blank(pool):
    client, address = as_role(Role.FINANCE), f"/pool/{pool.pk}/book/close-year/"
    form = form_on(client.get(address), has="carried") | AUTHORITY
    assert form["carried"] == ["1.000.000"]
    answer = client.post(address, form | {"carried": "", "step": "preview"})
    assert "Overføres til næste år, kr." in words(answer)
    assert "Feltet skal udfyldes." in words(answer)
    assert not form_on(answer, has="carried").get("plan")
