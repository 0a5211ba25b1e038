"""Whole stories through the pages, as the people of the house go through them: only links and buttons."""

import io
from collections import Counter

import openpyxl
import pytest

from pool.models import Movement
from tests.stories import tasks
from tests.stories.tasks import NEXT_YEAR, THIS_YEAR
from tests.stories.walker import Walker

pytestmark = pytest.mark.django_db
TITLE = "Fælles vagtplan for vikarer"
BUDGETS = {THIS_YEAR: "1.000.000", NEXT_YEAR: "700.000", NEXT_YEAR + 1: "500.000"}
ROWS_OF_THE_SHEET = {
    "Korrigeret budget": "budget",
    "heraf udmøntet til sager": "allocated",
    "heraf reserveret til sager": "reserved",
    "Til rådighed": "available",
}


def test_from_an_idea_to_a_completed_project():
    office = tasks.office()
    tasks.make_pool(office.finance, BUDGETS, adopted={THIS_YEAR: "1.000.000"})
    reference = tasks.write_case(office.staff, TITLE)
    tasks.hand_in(office)
    tasks.confirm_figures(office.finance)
    tasks.skip_hearing(office.secretariat, "Der er endnu intet konkret projekt.")
    meeting = tasks.plan_and_open(office.secretariat, TITLE, reference)

    office.board.open("/")
    office.board.sees("1 sag er klar til beslutning", "Der søges tilsammen 1.150.000 kr. fra puljen.")
    office.board.follow("Læs dagsorden")
    assert office.board.address == meeting
    office.board.sees(
        "Høring Ikke i høring: Der er endnu intet konkret projekt.",
        "3 af 4 opfyldt. Ikke opfyldt: Afprøvning er beskrevet",
        f"1.150.000 kr. reserveres i {THIS_YEAR}–{THIS_YEAR + 2}, når beslutningerne gennemføres.",
        f"400.000 kr. i {THIS_YEAR}, 300.000 kr. i {NEXT_YEAR}, 350.000 kr. i {NEXT_YEAR + 1}",
    )
    office.board.press("Godkend foreløbigt 1.150.000 kr.")
    office.board.sees("Ingen penge er flyttet endnu")
    assert not Movement.objects.exclude(kind="budget").exclude(case=None).exists()
    tasks.carry_out(office.board, meeting)
    office.board.sees(f"Beslutningen er gennemført: nr. {THIS_YEAR}-01.")

    tasks.allocate(office.board, TITLE, THIS_YEAR, "600.000")
    office.board.open("/")
    assert not office.board.offers(f"Udmønt {NEXT_YEAR}"), "a year is allocated once it is adopted"
    tasks.book(office.finance, "Vedtag et år", {"År": NEXT_YEAR, "Beløb, kr.": "650.000"})
    tasks.allocate(office.board, TITLE, NEXT_YEAR, "400.000")
    tasks.register_effects(office.finance, TITLE, 2)
    assert_the_sheet_is_the_movements(budget_sheet(office.finance))

    tasks.start(office.staff)
    tasks.report_finished(office.staff, TITLE, "Vagtplanen er i brug alle tre steder.")
    tasks.confirm_completion(office.finance)
    office.finance.sees("Sagen er afsluttet.", "Afsluttet · trin 8 af 8")
    for person in (office.staff, office.board):
        person.open("/")
        person.sees("Intet venter på dig.", "I alt 2.150")
    assert_the_sheet_is_the_movements(budget_sheet(office.finance))


def budget_sheet(finance: Walker):
    """The workbook of all years in kroner, as finance gets it from the page."""
    finance.open("/")
    finance.follow("Budgetark")
    finance.fill({"Pulje og år": f"{THIS_YEAR} · ØKan-900", "Enhed": "kr."})
    file = io.BytesIO(finance.download("Hent projektmappen"))
    return openpyxl.load_workbook(file, data_only=True)["Budgetark"]


def assert_the_sheet_is_the_movements(sheet) -> None:
    """Every figure of the pool's years on the sheet is what the movements add up to, added up here."""
    rows = list(sheet.iter_rows(values_only=True))
    years = next(row for row in rows if THIS_YEAR in row)
    summed = sums_of_movements()
    for words, account in ROWS_OF_THE_SHEET.items():
        found = next(row for row in rows if isinstance(row[0], str) and row[0].strip() == words)
        shown = {year: found[place] or 0 for place, year in enumerate(years) if year in BUDGETS}
        assert shown == {year: summed[account, year] for year in BUDGETS}, words
    assert any("5 af 5 stemmer" in f"{row[0]}" for row in rows), rows[:5]


def sums_of_movements() -> Counter:
    """By account and year, movement by movement: what came in minus what went out."""
    held = Counter()
    for movement in Movement.objects.select_related("debit", "credit"):
        held[movement.credit.kind, movement.credit.year] += movement.amount
        held[movement.debit.kind, movement.debit.year] -= movement.amount
        if movement.debit.kind == "source":
            held["budget", movement.year] += movement.amount
        if movement.credit.kind == "source":
            held["budget", movement.year] -= movement.amount
    return held


def test_postponed_then_approved_on_a_condition_that_is_answered_no():
    office = tasks.office()
    tasks.make_pool(office.finance, {THIS_YEAR: "1.000.000"}, adopted={THIS_YEAR: "1.000.000"})
    reference = tasks.write_case(office.staff, TITLE)
    tasks.hand_in(office)
    tasks.confirm_figures(
        office.finance,
        {
            f"Sagen søger 400.000 kr. fra puljen i {NEXT_YEAR}, et år uden budget.": "Det går til Byrådet.",
            f"Sagen søger 150.000 kr. fra puljen i {NEXT_YEAR + 1}, et år uden budget.": "Det samme.",
        },
    )
    tasks.hear(office.secretariat, "HovedMED", "Vi støtter sagen, og ønsker en prøve først.")
    meeting = tasks.plan_and_open(office.secretariat, TITLE, reference)
    office.board.open(meeting)
    office.board.fill({"Udsæt": True})
    office.board.press("Vis felterne til den valgte beslutning")
    office.board.fill({"Begrundelse": "Vi venter på budgettet.", "Udsat til": tasks.day(NEXT_YEAR, 2, 1)})
    office.board.press_big("Udsæt foreløbigt")
    tasks.carry_out(office.board, meeting)
    office.board.sees("Udsat")
    office.secretariat.open(meeting)
    office.secretariat.press("Luk mødet")
    office.board.open("/")
    office.board.follow("Businesscases")
    office.board.follow(TITLE)
    office.board.follow("Godkend")
    office.board.sees("550.000 kr. i", "er uden dækning", "Mærket er et krav for at godkende.")
    office.board.press("Beslut og gennemfør")
    office.staff.open("/")
    office.staff.sees("Intet venter på dig.")
    office.finance.open("/")
    office.finance.follow("Registrér udfaldet")
    office.finance.fill({"Nej": True, "Besluttet af": "Byrådet", "Beslutningens dato": tasks.today()})
    office.finance.fill({"Punkt på dagsordenen": "12"})
    office.finance.press("Registrér udfaldet")
    office.finance.sees("Udfaldet er registreret: nej.")

    office.board.open("/")
    assert not office.board.offers(f"Udmønt {THIS_YEAR}"), "the politicians have said no"
    office.board.follow("Businesscases")
    office.board.follow(TITLE)
    office.board.follow("Omgør")
    office.board.sees(f"600.000 kr. frigives i {THIS_YEAR}. 550.000 kr. uden dækning falder bort.")
    office.board.fill({"Begrundelse": "Byrådet sagde nej til årene uden dækning."})
    office.board.press("Beslut og gennemfør")
    office.board.sees("omgøres.", "Til beslutning · trin 5 af 8")
    office.board.open("/")
    office.board.sees("I alt 1.000")


def test_a_cut_beyond_what_is_free_is_made_good_by_the_board():
    office = tasks.office()
    tasks.make_pool(office.finance, BUDGETS, adopted={THIS_YEAR: "1.000.000"})
    reference = tasks.write_case(office.staff, TITLE)
    tasks.hand_in(office)
    tasks.confirm_figures(office.finance)
    tasks.skip_hearing(office.secretariat, "Der er endnu intet konkret projekt.")
    meeting = tasks.plan_and_open(office.secretariat, TITLE, reference)
    office.board.open(meeting)
    office.board.press("Godkend foreløbigt 1.150.000 kr.")
    tasks.carry_out(office.board, meeting)
    office.secretariat.open(meeting)
    office.secretariat.press("Luk mødet")
    tasks.book(office.finance, "Nedsættelse", {"År": THIS_YEAR, "Beløb, kr.": "500.000"})
    office.finance.sees("100.000 kr. er udækket. Direktionen skal frigøre pengene")

    office.board.open("/")
    office.board.sees(f"Der mangler 100.000 kr. i {THIS_YEAR}")
    assert not office.board.offers(f"Udmønt {THIS_YEAR}")
    office.board.follow("Se året")
    office.board.follow(f"Udmønt {THIS_YEAR}")
    office.board.sees("Intet kan udmøntes i året, før Direktionen har ændret en ramme.")
    office.board.fill({TITLE: True, f"Udmøntes nu til {TITLE}, kr.": "500.000"})
    office.board.press("Opdatér tallene")
    office.board.press("Udmønt 500.000 kr.", status=422)
    office.board.sees("har en udækket nedsættelse på 100.000 kr.", "Direktionen kan frigøre penge")

    office.board.follow("Businesscases")
    office.board.follow(TITLE)
    office.board.follow("Ændr rammen")
    office.board.fill({f"Innovationspuljen {THIS_YEAR}, kr.": "-100.000"})
    office.board.fill({"Begrundelse": "Byrådet har taget 500.000 kr."})
    office.board.press("Opdatér tallene")
    office.board.sees(f"Rammen ændres med −100.000 kr. i {THIS_YEAR}.")
    office.board.press("Beslut og gennemfør")
    office.board.sees(f"Rammen for {TITLE} ændres: −100.000 kr. i {THIS_YEAR}.")
    tasks.allocate(office.board, TITLE, THIS_YEAR, "500.000")
    office.board.sees(f"500.000 kr. er udmøntet i {THIS_YEAR}", "500 udmøntet 400 reserveret 150 reserveret")
    assert_the_sheet_is_the_movements(budget_sheet(office.finance))
