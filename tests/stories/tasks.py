"""What people do at the pages again and again in the stories: the office, a case, a pool, a meeting."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from innovation_pool.permissions import Role
from pool.models import Pool, RoundPool
from tests import factories
from tests.stories.walker import Walker

THIS_YEAR = timezone.localdate().year
NEXT_YEAR = THIS_YEAR + 1
# As Danes type them: kroner in full, with points, with a currency, with blanks between the thousands.
AMOUNTS = {
    "Bookingsystem": ("Investering", "Fra puljen", ["600.000", "400 000", "150000 kr.", "", "", ""]),
    "Oplæring": ("Implementering (engangs)", "Egen ramme", ["80.000,00", "40.000", "", "", "", ""]),
    "Licenser": ("Afledt drift", "Egen ramme", ["", "50.000", "50.000", "50.000", "50.000", "50.000"]),
    "Færre vikartimer": (
        "Budgetvirkende gevinst",
        None,
        ["0", "350.000", "500.000", "500.000", "500.000", "500.000"],
    ),
}
BUTTONS = {"Bogfør budget": "Bogfør", "Vedtag et år": "Vedtag", "Nedsættelse": "Bogfør"}
TEXTS = {
    "Beskrivelse": "Tre steder bestiller vikarer på telefon. Vi samler det i én plan – på tværs af ø og å.",
    "Betydning for fokusområder": "Vores liv: Borgerne møder færre nye ansigter.",
    "Konsekvenser for service til borgerne": "Uændret service.",
    "Personalemæssige konsekvenser": "To planlæggere får nye opgaver.",
    "Høringsberettigede": "HovedMED",
    "Sådan måles effekten": "Vikartimer fra lønsystemet, hvert kvartal.",
}


def day(year: int = THIS_YEAR, month: int = 1, number: int = 10) -> str:
    """A date as it is typed."""
    return f"{number}.{month}.{year}"


def today() -> str:
    return f"{timezone.localdate():%d.%m.%Y}"


@dataclass
class Office:
    """The people of the stories at their desks, and the master data the administrator has made."""

    staff: Walker
    head: Walker
    finance: Walker
    secretariat: Walker
    board: Walker
    owner_of_gains: Walker


def office() -> Office:
    """Everybody signed in through the page, a department, a goal and a body to hear."""
    head = factories.person(name="Inger Munk")
    area = factories.department("Sundhed og Omsorg", head=head)
    factories.goal(name="Mere tid til borgerne")
    factories.hearing_body(name="HovedMED")
    people = {
        "staff": factories.person(name="Mette Dahl", department=area),
        "head": head,
        "finance": factories.person(Role.FINANCE, name="Karin Toft"),
        "secretariat": factories.person(Role.SECRETARIAT, name="Anne Vester"),
        "board": factories.person(Role.BOARD, name="Henrik Lund"),
        "owner_of_gains": factories.person(name="Hanne Strandby", username="hanne"),
    }
    return Office(**{desk: Walker(person) for desk, person in people.items()})


# ---- Finance and the pool --------------------------------------------------------------------------
def make_pool(finance: Walker, budgets: dict[int, str], adopted: dict[int, str]) -> Pool:
    """A pool from its form, with its years booked and adopted; open to a round of its own."""
    finance.open("/")
    finance.follow("Puljen")
    finance.follow("Ny pulje")
    finance.fill({"Nummer": "ØKan-900", "Emne": "Innovationspuljen", "Første år": THIS_YEAR})
    finance.fill({"Fagudvalg": finance_committee(), "Område": "Sundhed og Omsorg"})
    finance.press("Opret puljen")
    finance.sees("Innovationspuljen er oprettet")
    for year, amount in budgets.items():
        book(finance, "Bogfør budget", {"År": year, "Beløb, kr.": amount}, go=year != min(budgets))
    for year, amount in adopted.items():
        book(finance, "Vedtag et år", {"År": year, "Beløb, kr.": amount})
    made = Pool.objects.get(number="ØKan-900")
    RoundPool.objects.create(round=factories.round_with_criteria(name="Efterår"), pool=made)
    return made


def finance_committee() -> str:
    return factories.Department.objects.get(name="Sundhed og Omsorg").committee.name


def book(finance: Walker, act: str, typed: dict, *, go: bool = True) -> None:
    """Books what the council decided: types it, reads what happens, and confirms."""
    if go:
        finance.open("/")
        finance.follow("Puljen")
        if finance.offers("Innovationspuljen"):
            finance.follow("Innovationspuljen")
        finance.follow(act)
    finance.fill({**typed, "Beslutningens dato": today(), "Punkt på dagsordenen": "7"})
    finance.press("Vis, hvad der sker")
    assert finance.answer.status_code == 200, finance.words
    finance.press_big(BUTTONS[act])


# ---- The case --------------------------------------------------------------------------------------
def write_case(staff: Walker, title: str, amounts=None) -> str:
    """A case from "Ny" to a draft with nothing missing; its reference."""
    staff.open("/")
    staff.follow("Ny")
    staff.fill({"Titel": title, "Startår": THIS_YEAR, "Prisniveau": THIS_YEAR, "Ansøgningsrunde": "Efterår"})
    staff.press("Opret kladden")
    reference = staff.address.split("/")[2]
    staff.fill(TEXTS | {"Mere tid til borgerne": True})
    for name, (kind, payer, cells) in (amounts or AMOUNTS).items():
        add_line(staff, name, kind, payer, cells)
    staff.press("Tilføj risiko")
    staff.fill({"Risiko": "Færre bruger den end ventet", "Sandsynlighed, 1–5": "2", "Konsekvens, 1–5": "3"})
    staff.press("Tilføj milepæl")
    staff.fill({"Milepæl": "De første to grupper bruger vagtplanen", "Dato": day(NEXT_YEAR, 3, 1)})
    staff.press("Gem")
    staff.sees("✓ Gemt kl.", "8 af 8 dele er på plads")
    return reference


def add_line(staff: Walker, name: str, kind: str, payer: str | None, cells: list[str]) -> None:
    """A new line in the grid, typed as it stands: its kind first, since that decides its fields."""
    staff.press("Tilføj udgift")
    row = staff.name_of(f"Linje uden navn, {THIS_YEAR}").removesuffix("year_1")
    staff.fill({"Linjens navn": name, "Art": kind}, within=row)
    if payer:
        staff.fill({"Hvem betaler": payer}, within=row)
    staff.fill(
        {f"Linje uden navn, {THIS_YEAR + place}": amount for place, amount in enumerate(cells)}, within=row
    )
    staff.press("Gem")
    if kind == "Budgetvirkende gevinst":
        staff.fill(
            {"Gevinstejer": "Hanne Strandby (hanne)", "Profitcenter, hvis budget falder": "4711"}, within=row
        )
        staff.press("Gem")


def submit(staff: Walker) -> None:
    """From the editor to the frozen version."""
    staff.press("Indsend")
    staff.press("Indsend sagen")
    staff.sees("Sagen er indsendt som version 1.")


def hand_in(office: Office) -> None:
    """Submitted, and endorsed by the two who are asked to."""
    submit(office.staff)
    endorse(office.head)
    endorse(office.owner_of_gains)


def endorse(person: Walker) -> None:
    """Whoever is asked to stand by the figures goes from the front page and says yes."""
    person.open("/")
    person.sees("Kan du tiltræde beløbene i")
    person.follow("Svar")
    if not person.offers("Send mit svar"):
        person.follow("Tag stilling til tallene")
    person.fill({"Ja, jeg tiltræder dem": True})
    person.press("Send mit svar")


def confirm_figures(finance: Walker, answers: dict[str, str] | None = None) -> None:
    """Finance goes from the front page, answers what the control found, and confirms."""
    finance.open("/")
    finance.follow("Kontrollér tallene")
    finance.fill(answers or {})
    finance.press("Bekræft tallene", status=200)


def skip_hearing(secretariat: Walker, reason: str) -> None:
    secretariat.open("/")
    secretariat.follow("Åbn høring")
    secretariat.follow("Ingen skal høres: skriv hvorfor")
    secretariat.fill({"Begrundelse": reason})
    secretariat.press("Gå videre uden høring")


def hear(secretariat: Walker, body: str, answer: str) -> None:
    """A hearing of one body, whose answer the secretariat writes down, and closes."""
    secretariat.open("/")
    secretariat.follow("Åbn høring")
    deadline = timezone.localdate() + timedelta(days=21)
    secretariat.fill({body: True, "Frist": f"{deadline:%d.%m.%Y}"})
    secretariat.fill({"Hvad spørges de om?": "Sagen og dens økonomi."})
    secretariat.press("Åbn høringen")
    secretariat.follow("Indtast svaret")
    secretariat.fill({"Svaret": answer, "Hvem svarer?": body})
    secretariat.press("Gem svaret")
    secretariat.follow("Luk høringen")
    secretariat.press("Luk høringen")


# ---- The meeting -----------------------------------------------------------------------------------
def plan_and_open(secretariat: Walker, title: str, reference: str) -> str:
    """A meeting today with the case on its agenda, opened; its address."""
    secretariat.open("/")
    secretariat.follow("Direktionsmøder")
    secretariat.follow("Nyt møde")
    secretariat.fill({"Dato": today(), "Klokkeslæt": "9.00", "Mødeleder": "Henrik Lund"})
    secretariat.press("Planlæg mødet")
    secretariat.sees("er planlagt. Sæt sager på dagsordenen.")
    secretariat.follow("Tilføj et punkt")
    secretariat.fill({"Sag": f"{reference} {title}", "Indstilling": "Sagen godkendes."})
    secretariat.press("Sæt på dagsordenen")
    secretariat.follow("Gå til mødet")
    secretariat.press("Åbn mødet")
    return secretariat.address


def carry_out(board: Walker, meeting: str) -> None:
    """The one decision put down is carried out."""
    board.open(meeting)
    board.follow("Gennemfør 1 beslutning")
    board.press("Gennemfør 1 beslutning")


def allocate(board: Walker, title: str, year: int, amount: str) -> None:
    """The board goes from its front page to the year, types the amount, reads what happens, confirms."""
    board.open("/")
    board.follow(f"Udmønt {year}")
    board.fill({title: True, f"Udmøntes nu til {title}, kr.": amount})
    board.press("Opdatér tallene")
    board.sees(f"Udmønt {amount} kr.")
    board.press(f"Udmønt {amount} kr.")


def register_effects(finance: Walker, title: str, number: int) -> None:
    """Finance says that the budget transfers stand in the finance system."""
    finance.open("/")
    finance.sees(f"{number} budgetflytninger er ikke registreret")
    finance.follow("Registrér")
    assert finance.tick_all(title) == number
    finance.fill({"Fra konto": "1234", "Til konto": "5678", "Bilagsnummer": "B-1", "Dato": today()})
    finance.press("Registrér som effektueret")


# ---- The project -----------------------------------------------------------------------------------
def start(staff: Walker) -> None:
    staff.open("/")
    staff.follow("Sæt projektet i gang")
    staff.sees("Projektet er i gang fra i dag. Ingen penge flyttes.")
    staff.press("Sæt projektet i gang")


def report_finished(staff: Walker, title: str, text: str) -> None:
    staff.open("/")
    staff.follow(title)
    staff.follow("Meld færdig")
    staff.fill({"Slutrapport": text})
    staff.press("Aflevér slutrapporten")


def confirm_completion(finance: Walker) -> None:
    finance.open("/")
    finance.follow("Bekræft afslutning")
    finance.press("Bekræft afslutning")
