"""Finance's acts through their pages: the figures before, one effect, refusals that keep what was typed."""

import pytest

from innovation_pool.permissions import Role
from pool.council_acts import ACTS, carried_before
from pool.decisions import Grant
from pool.models import Movement, Operation, Pool, PoolYear
from pool.overview import pool_years
from tests.pool import books, given
from tests.pool.pages import AUTHORITY, as_role, book, form_on, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(pool):
    return given.half_allocated_case(pool)


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
