"""The main story in a real browser by keyboard alone, with every page looked at on the way."""

from importlib import import_module

import pytest
from django.utils import timezone

from businesscases.models import BusinessCase, State
from innovation_pool.permissions import Role
from tests import factories
from tests.browser.keyboard import Typist
from tests.browser.visiting import Visit, sign_in
from tests.pool import given

pytestmark = pytest.mark.django_db(transaction=True)
THIS_YEAR = timezone.localdate().year
TITLE = "Fælles vagtplan"
GAIN = "Færre vikartimer"
TEXTS = {
    "Beskrivelse": {"Beskrivelse": "Vi samler tre vagtplaner i én."},
    "Mål, sagen understøtter": {"Betydning for fokusområder": "Vores liv: færre nye ansigter."},
    "Konsekvenser": {
        "Konsekvenser for service til borgerne": "Uændret service.",
        "Personalemæssige konsekvenser": "To får nye opgaver.",
        "Høringsberettigede": "HovedMED",
    },
    "Afprøvning og måling": {
        "Sådan afprøves det": "I to grupper i et halvt år.",
        "Sådan måles effekten": "Vikartimer hvert kvartal.",
    },
}


@pytest.fixture
def typist(chromium, live_server):
    """A function that gives a person a window of their own; what is wrong on any page fails the test."""
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    screen = {"width": 1280, "height": 900}
    everybody = []

    def sit_down(person) -> Typist:
        window = chromium.new_context(base_url=live_server.url, locale="da-DK", viewport=screen)
        at_work = Typist(Visit(window.new_page(), axe))
        sign_in(at_work.tab, person.username, "innovationspulje")
        everybody.append((window, at_work))
        return at_work

    yield sit_down
    faults = [fault for _window, at_work in everybody for fault in at_work.visit.faults]
    for window, _at_work in everybody:
        window.close()
    assert faults == [], "\n".join(faults)


@pytest.fixture
def house():
    """The master data that the administrator has made, and a pool with money this year and the next."""
    head = factories.person(name="Inger Munk")
    area = factories.department("Sundhed og Omsorg", head=head)
    factories.goal(name="Mere tid til borgerne")
    pool = given.a_pool({THIS_YEAR: 1_000_000}, {THIS_YEAR + 1: 700_000}, first_year=THIS_YEAR)
    given.a_round(pool, name="Efterår")
    return {
        "staff": factories.person(name="Mette Dahl", department=area),
        "head": head,
        "finance": factories.person(Role.FINANCE, name="Karin Toft"),
        "secretariat": factories.person(Role.SECRETARIAT, name="Anne Vester"),
        "board": factories.person(Role.BOARD, name="Henrik Lund"),
        "gains": factories.person(name="Hanne Strandby", username="hanne"),
        "pool": pool,
    }


def test_from_an_idea_to_money_in_the_finance_system(typist, house):
    write_the_case(typist(house["staff"]))
    case = BusinessCase.objects.get()
    assert case.state == State.SUBMITTED
    for name in ("head", "gains"):
        endorse(typist(house[name]))
    finance = typist(house["finance"])
    finance.press("Kontrollér tallene")
    finance.press("Bekræft tallene")
    finance.reads(f"Tallene i {case.reference} er bekræftet.")
    board = typist(house["board"])
    decide(typist(house["secretariat"]), board)
    assert given.money(case) == {
        (house["pool"].number, THIS_YEAR): (600_000, 0, 0),
        (house["pool"].number, THIS_YEAR + 1): (400_000, 0, 0),
    }
    board.tab.goto("/")
    board.press(f"Udmønt {THIS_YEAR}")
    board.go_to(f"Udmøntes nu til {TITLE}, kr.")
    board.write("600.000")
    board.tab.keyboard.press("Tab")
    board.reads(f"Der udmøntes 600.000 kr. i {THIS_YEAR}")
    board.press("Udmønt 600.000 kr.")
    board.reads(f"600.000 kr. er udmøntet i {THIS_YEAR}")
    register(finance)
    assert given.money(case)[house["pool"].number, THIS_YEAR] == (0, 600_000, 0)
    for address in ("/", f"/businesscases/{case.reference}/", f"/pool/{house['pool'].pk}/", "/meetings/"):
        board.tab.goto(address)
        board.visit.look_at_both_widths()


def write_the_case(staff: Typist) -> None:
    """From the front page to a submitted case; the lines are typed in the grid."""
    staff.press("Ny")
    staff.type("Titel", TITLE)
    staff.type("Startår", f"{THIS_YEAR}")
    staff.type("Prisniveau", f"{THIS_YEAR}")
    staff.press("Opret kladden")
    for part, fields in TEXTS.items():
        staff.unfold(part)
        if part == "Mål, sagen understøtter":
            staff.tick("Mere tid til borgerne")
        for label, text in fields.items():
            staff.type(label, text)
    staff.unfold("Økonomi over seks år")
    add_line(staff, "Bookingsystem", ["600.000", "400.000"])
    add_line(staff, GAIN, ["", "350.000", "500.000", "500.000", "500.000", "500.000"], kind="Budgetv")
    staff.type("Gevinstejer", "Hanne Strandby (hanne)")
    staff.type("Profitcenter, hvis budget falder", "4711")
    staff.unfold("Risici")
    staff.go_to("Tilføj risiko")
    staff.tab.keyboard.press("Enter")
    staff.tab.locator(":focus[name$=-text]").wait_for()
    staff.write("Færre bruger den end ventet")
    staff.type("Sandsynlighed, 1–5", "2")
    staff.type("Konsekvens, 1–5", "3")
    staff.unfold("Milepæle")
    staff.go_to("Tilføj milepæl")
    staff.tab.keyboard.press("Enter")
    staff.tab.locator(":focus[name$=-text]").wait_for()
    staff.write("Vagtplanen er i brug")
    staff.type("Dato", f"1.3.{THIS_YEAR + 1}")
    staff.reads("8 af 8 dele er på plads")
    staff.visit.look(focus=False)
    staff.press("Indsend")
    staff.press("Indsend sagen")
    staff.reads("Sagen er indsendt som version 1.")


def add_line(staff: Typist, name: str, cells: list[str], kind: str = "") -> None:
    """A new line of the grid: its name, its kind, and its amounts with Tab between them."""
    staff.go_to("Tilføj udgift")
    staff.tab.keyboard.press("Enter")
    staff.tab.locator(":focus[name$=-text]").wait_for()
    staff.write(name)
    if kind:
        staff.go_to("Art")
        with staff.tab.expect_response(lambda answer: "/edit/rows/" in answer.url):
            staff.tab.keyboard.type(kind)
        staff.tab.get_by_role("textbox", name=f"{name}, {THIS_YEAR}", exact=True).wait_for()
        staff.go_to(f"{name}, {THIS_YEAR}", back=True)
    else:
        staff.go_to(f"Linje uden navn, {THIS_YEAR}", back=True)
    for place, amount in enumerate(cells):
        if place:
            staff.tab.keyboard.press("Tab")
        if amount:
            staff.write(amount)


def endorse(person: Typist) -> None:
    person.press("Svar")
    if "/endorse/" not in person.tab.url:
        person.press("Tag stilling til tallene")
    person.tick("Ja, jeg tiltræder dem")
    person.press("Send mit svar")


def decide(secretariat: Typist, board: Typist) -> None:
    """No hearing, a meeting today, put down and carried out."""
    secretariat.press("Åbn høring")
    secretariat.press("Ingen skal høres: skriv hvorfor")
    secretariat.type("Begrundelse", "Der er endnu intet konkret projekt.")
    secretariat.press("Gå videre uden høring")
    secretariat.press("Direktionsmøder")
    secretariat.press("Nyt møde")
    secretariat.type("Dato", f"{timezone.localdate():%d.%m.%Y}")
    secretariat.go_to("Mødeleder")
    secretariat.tab.keyboard.type("Henrik")
    secretariat.press("Planlæg mødet")
    secretariat.press("Tilføj et punkt")
    secretariat.go_to("Sag")
    secretariat.tab.keyboard.type("BC-")
    secretariat.press("Sæt på dagsordenen")
    secretariat.press("Gå til mødet")
    secretariat.press("Åbn mødet")
    board.tab.goto("/")
    board.press("Læs dagsorden")
    board.press("Godkend foreløbigt 1.000.000 kr.")
    board.press("Gennemfør 1 beslutning")
    board.press("Gennemfør 1 beslutning")
    board.reads(f"Beslutningen er gennemført: nr. {THIS_YEAR}-01.")


def register(finance: Typist) -> None:
    """The budget transfer stands in the finance system."""
    finance.tab.goto("/")
    finance.press("Registrér")
    reference = BusinessCase.objects.get().reference
    finance.tick(f"{TITLE} {reference}")
    for label, text in {"Fra konto": "1234", "Til konto": "5678", "Bilagsnummer": "B-1"}.items():
        finance.type(label, text)
    finance.type("Dato", f"{timezone.localdate():%d.%m.%Y}")
    finance.press("Registrér som effektueret")
