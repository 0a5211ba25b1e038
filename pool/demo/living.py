"""The pool of today: what is decided and under way. Every date is counted from the day of seeding.

D(-3) is three working days ago, D(9) nine from now.
"""

import datetime

from django.utils.dates import MONTHS

from pool import ledger
from pool.decisions import Condition
from pool.demo import cases_checked, cases_today, cases_waiting
from pool.demo.dates import moment, working_day
from pool.demo.form_011 import FORM
from pool.demo.sitting import approved, decided, held, noted
from pool.demo.stage import Stage
from pool.models import DecisionKind
from pool.models.decisions import ConditionKind

BUDGET = 3_000_000


class Calendar:
    """Days and moments around today, in working days."""

    def __init__(self, today: datetime.date):
        self.today = today

    def day(self, number: int) -> datetime.date:
        return working_day(self.today, number)

    def at(self, number: int, hour: int = 9, minute: int = 0) -> datetime.datetime:
        return moment(self.day(number), hour, minute)


def tell_the_pool(stage: Stage, days: Calendar) -> None:
    """This year's budget is adopted, the three years after it are estimates."""
    year = days.today.year
    council_day = min(datetime.date(year - 1, 10, 8), days.day(-175))
    made = moment(council_day + datetime.timedelta(days=4))
    council = ledger.Authority("Byrådet", council_day, "8", f"{council_day.year}-19083")
    form = {
        number: {
            "form_overflow": 0,
            "form_tax_financed": BUDGET,
            "form_user_financed": None,
            "form_operation": 0,
        }
        for number in range(year, year + 4)
    }
    fields = {**FORM, "number": f"ØKan-{year % 100:03d}", "first_year": year, "contact": "Henrik Lund"}
    fields["description"] = (
        "Puljen følger efter Innovationspuljen 2020–2023. Den betaler for projekter, der prøver nye måder at "
        "løse opgaverne på, og som tjener sig hjem inden for seks år. Direktionen udmønter pengene på "
        "grundlag af "
        "businesscases, den har godkendt."
    )
    fields["focus_areas"] = "Vores liv, Vores vækst og Vores børn og unge: råderum til det, der betyder mest."
    stage.pool_made(made, form, **fields)
    for number in form:
        stage.booked(made, ledger.book_budget, number, BUDGET, council, text=f"Budget {year} og overslagsår")
    stage.booked(
        made,
        ledger.adopt_year,
        year,
        BUDGET,
        council,
        appropriated_on=council_day,
        text=f"Budget {year} vedtaget",
    )


def tell_rounds(stage: Stage, days: Calendar, next_meeting: datetime.date) -> None:
    """Two rounds that have closed, and the one that is open."""
    for name, opens, deadline, meeting in (
        ("first", -165, -140, days.day(-125)),
        ("second", -95, -45, days.day(-4)),
        ("open", -30, 9, days.day(25)),
    ):
        closes = days.day(deadline)
        title = f"Ansøgningsrunde {MONTHS[closes.month]} {closes.year}"
        stage.round_made(days.at(opens, 8), name, title, days.day(opens), closes, meeting)


def tell_first_round(stage: Stage, days: Calendar) -> None:
    """Four approved and one rejected, half a year ago."""
    names = {
        "expenses": cases_today.EXPENSES,
        "childcare": cases_today.CHILDCARE,
        "filing": cases_today.FILING,
        "coast": cases_today.COAST,
        "library": cases_checked.LIBRARY,
    }
    for minute, (name, told) in enumerate(names.items()):
        stage.written(days.at(-160 + minute, 10), name, told, "first")
        stage.submitted(days.at(-148, 9, minute), name)
        stage.endorsed(days.at(-145, 9, minute), name)
        stage.checked(days.at(-140, 9, minute), name)
        stage.not_heard(days.at(-138, 9, minute), name, "HovedMED har drøftet sagen på sit ordinære møde.")
    year = days.today.year
    held(
        stage,
        days.day(-132),
        days.day(-125),
        approved("expenses", {year: 160_000}, "at sagen godkendes som søgt."),
        approved("childcare", {year: 240_000}, "at sagen godkendes som søgt."),
        approved(
            "filing",
            {year: 480_000, year + 1: 360_000},
            "at sagen godkendes som søgt.\nat der kun bruges værktøjer, som kommunen har "
            "databehandleraftale med.",
            conditions="Direktionen ser stikprøverne efter otte uger.",
        ),
        approved("coast", {year: 300_000}, "at sagen godkendes som søgt."),
        decided(
            "library", DecisionKind.REJECT, "at sagen afvises.",
            reason="Gevinsten er for lille til, at sagen bliver tilbagebetalt.",
        ),
        record_on=days.day(-123),
    )  # fmt: skip
    stage.allocated(
        days.at(-121), year, {"expenses": 160_000, "childcare": 240_000, "filing": 300_000, "coast": 300_000}
    )
    stage.effected(days.at(-119), "1400003305")
    for minute, name in enumerate(("expenses", "childcare", "filing", "coast")):
        stage.started(days.at(-120, 9, minute), name)


def tell_projects(stage: Stage, days: Calendar) -> None:
    """Spending, a stop, a completion, and a final report that finance has not answered."""
    year = days.today.year
    stage.spent(
        days.at(-75),
        "forbrug-1.csv",
        ("expenses", _in_year(days, -90), 98_750, "5100011207", "Modul"),
        ("childcare", _in_year(days, -88), 121_300, "5100011391", "Tablets"),
        ("coast", _in_year(days, -85), 42_000, "5100011802", "Forundersøgelse"),
        ("filing", _in_year(days, -80), 143_600, "5100012044", "Værktøj, første rate"),
    )
    held(
        stage,
        days.day(-78),
        days.day(-70),
        decided(
            "coast",
            DecisionKind.STOP,
            "at sagen stoppes.\nat det, der ikke er brugt, går tilbage til puljen.",
            reason="Leverandøren har trukket sig, og ingen anden kan levere inden sæsonen.",
        ),
        absent=("direktion2",),
        record_on=days.day(-68),
    )
    stage.effected(days.at(-67), "1400005120")
    stage.spent(
        days.at(-50),
        "forbrug-2.csv",
        ("expenses", _in_year(days, -55), 52_450, "5100015516", "Opsætning"),
        ("childcare", _in_year(days, -54), 106_700, "5100015602", "Skema og oplæring"),
        ("filing", _in_year(days, -53), 61_200, "5100015740", "Kobling til ESDH"),
    )
    stage.finished(
        days.at(-46), "expenses",
        "Alle områder er med. 4,1 procent af kilometerne er rettet, lidt mere end ventet.",
    )  # fmt: skip
    stage.completed(days.at(-40), "expenses", "Regnskabet er gjort op. 8.800 kr. går tilbage til puljen.")
    stage.effected(days.at(-39), "1400006011")
    stage.reported(
        days.at(-30),
        "filing",
        "on_plan",
        "To fagområder er i gang. 83 procent af forslagene godkendes uændret.",
        "De næste tre fagområder går i gang efter nytår.",
    )
    stage.finished(
        days.at(-5), "childcare",
        "Alle ti tilsynsførende bruger skemaet. Et tilsyn tager nu 50 minutter mindre.",
    )  # fmt: skip
    # Decided the day before yesterday: finance has not registered the transfer yet.
    stage.allocated(days.at(-2, 13), year, {"filing": 180_000}, by="direktion2")


def tell_second_round(stage: Stage, days: Calendar) -> None:
    """One approved with its money, one on condition, one postponed; two are ready for next week."""
    names = {
        "cleaners": cases_today.CLEANERS,
        "mowing": cases_today.MOWING,
        "pumps": cases_waiting.PUMPS,
        "lights": cases_waiting.LIGHTS,
        "mailroom": cases_waiting.MAIL_ROOM,
    }
    for minute, (name, told) in enumerate(names.items()):
        stage.written(days.at(-90 + 2 * minute, 10), name, told, "second")
        stage.submitted(days.at(-50, 9, minute), name)
        stage.endorsed(days.at(-47, 9, minute), name)
        stage.checked(days.at(-42, 9, minute), name)
    reason = "OmrådeMED har drøftet sagen, og borgerne mærker ingen ændring."
    for minute, name in enumerate(("mowing", "pumps", "lights")):
        stage.not_heard(days.at(-38, 9, minute), name, reason)
    med = "OmrådeMED Sundhed og Omsorg"
    stage.heard(days.at(-38), "cleaners", days.day(-18), "Ældrerådet", "Handicaprådet", med)
    for number, body, text in (
        (-24, "Ældrerådet", "Rådet er positivt, når borgeren selv kan slukke for robotten."),
        (-22, "Handicaprådet", "Ingen bemærkninger."),
        (-20, med, "OmrådeMED har drøftet sagen og bemærker, at timerne skal falde ved naturlig afgang."),
    ):
        stage.answered(days.at(number), "cleaners", body, text)
    stage.hearing_closed(days.at(-17), "cleaners")
    stage.heard(days.at(-37), "mailroom", days.day(-20), "HovedMED")
    stage.answered(days.at(-25), "mailroom", "HovedMED", "HovedMED har drøftet sagen uden bemærkninger.")
    stage.hearing_closed(days.at(-19), "mailroom")
    year = days.today.year
    held(
        stage,
        days.day(-12),
        days.day(-4),
        approved("cleaners", {year: 620_000, year + 1: 280_000}, "at sagen godkendes som søgt."),
        approved(
            "mowing",
            {year + 1: 250_000, year + 2: 600_000, year + 3: 450_000},
            "at sagen godkendes under forudsætning af politisk behandling.",
            unfunded={year + 4: 300_000},
            conditions="Prøveåret gøres op, før noget købes.",
            political=[
                Condition(ConditionKind.UNCOVERED, f"300.000 kr. i {year + 4} ligger efter puljens fire år."),
                Condition(ConditionKind.CONVERSION, f"250.000 kr. til leje i {year + 1} er drift."),
            ],
        ),
        decided(
            "pumps",
            DecisionKind.POSTPONE,
            "at sagen udsættes, til tagene er i udbud.",
            reason="Varmepumperne skal sættes op sammen med tagene.",
            until=days.day(40),
        ),
        noted("Eventuelt", "", "Intet."),
        absent=("direktoer.skole",),
    )


def _in_year(days: Calendar, number: int) -> datetime.date:
    """The day, or 2 January of this year when it would be in the year before."""
    return max(days.day(number), datetime.date(days.today.year, 1, 2))
