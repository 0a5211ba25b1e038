"""The pool of today: what waits at each desk, and the meeting of next week."""

import datetime

from pool.demo import cases_checked, cases_waiting
from pool.demo.living import Calendar
from pool.demo.sitting import Point, to_come
from pool.demo.stage import Stage


def tell_open_round(stage: Stage, days: Calendar) -> None:
    """A draft that lacks something, one sent back, one at each desk, and one given up."""
    stage.written(days.at(-12, 10), "vacant", cases_waiting.VACANT, "open")
    stage.written(days.at(-26, 10), "selfservice", cases_waiting.SELF_SERVICE, "open")
    stage.submitted(days.at(-9, 10), "selfservice")
    stage.returned(
        days.at(-6, 14), "selfservice",
        "Vi kan ikke se, hvad en udeblivelse koster. Skriv grundlaget, og ret skønnet.",
    )  # fmt: skip
    stage.written(days.at(-22, 10), "visits", cases_checked.VISITS, "open")
    stage.submitted(days.at(-5, 10), "visits")
    stage.endorsed(days.at(-3, 10), "visits", but=("medarbejder",))
    stage.written(days.at(-25, 10), "furniture", cases_checked.FURNITURE, "open")
    stage.submitted(days.at(-8, 10), "furniture")
    stage.endorsed(days.at(-7, 10), "furniture")
    stage.checked(days.at(-3, 11), "furniture", note="Husleje og varebil er set i aftalerne.")
    stage.written(days.at(-28, 10), "printing", cases_checked.PRINTING, "open")
    stage.submitted(days.at(-15, 10), "printing")
    stage.withdrawn(days.at(-11, 10), "printing", "Erhvervsskolen printer delene for os.")


def tell_hearings(stage: Stage, days: Calendar) -> None:
    """One hearing under way, with an answer missing; one whose deadline was missed."""
    for name, told, written in (
        ("training", cases_checked.TRAINING, -29),
        ("depot", cases_checked.DEPOT, -27),
    ):
        stage.written(days.at(written, 11), name, told, "open")
        stage.submitted(days.at(written + 3, 11), name)
        stage.endorsed(days.at(written + 5, 11), name)
        stage.checked(days.at(written + 8, 11), name)
    bodies = ("Ældrerådet", "Handicaprådet", "OmrådeMED Sundhed og Omsorg")
    stage.heard(days.at(-19, 13), "training", days.day(-3), *bodies)
    stage.answered(
        days.at(-10),
        "training",
        bodies[0],
        "Rådet støtter, at flere får træning hjemme, og spørger til prisen.",
    )
    stage.answered(
        days.at(-5),
        "training",
        bodies[2],
        "OmrådeMED har drøftet sagen og bemærker, at terapeuterne skal oplæres.",
    )
    stage.heard(days.at(-8, 13), "depot", days.day(8), *bodies)
    stage.answered(days.at(-4), "depot", bodies[1], "Rådet har ingen bemærkninger.")
    stage.said(
        days.at(-2, 10, 15), "depot", "sekretariat",
        "OmrådeMED spørger, hvem der kan se kortet. Kan du svare, før høringen lukker? @Mette Dahl",
        section="consequences",
    )  # fmt: skip
    stage.said(
        days.at(-7, 14), "furniture", "oekonomi", "Er varebilen med moms? @Jonas Bak", section="economy"
    )
    stage.said(days.at(-6, 9), "furniture", "medarbejder2", "Nej, beløbet er uden moms.", answers=True)
    stage.said(
        days.at(-1, 13), "training", "sekretariat",
        "Ældrerådet spørger til prisen for borgeren. Kan du svare dem? @Jonas Bak",
        section="consequences",
    )  # fmt: skip
    stage.said(
        days.at(-3, 15), "mailroom", "direktion",
        "Hvad sker der, hvis et af de ti systemer alligevel udskiftes? @Gitte Vilsted",
        section="risks",
    )  # fmt: skip


def tell_next_meeting(stage: Stage, days: Calendar, held_on: datetime.date) -> None:
    """The agenda of next week: what is ready, today's cases and those left from the history."""
    to_come(
        stage,
        days.day(-3),
        held_on,
        Point(
            title="Opfølgning på igangværende projekter",
            recommendation="at orienteringen tages til efterretning.",
        ),
        Point("lawns", recommendation="at Direktionen tager stilling til sagen, som blev udsat i 2021."),
        Point(
            "driving",
            recommendation="at sagen godkendes med 1.900.000 kr. fra puljen.\nat der gives status efter "
            "afprøvningen.",
        ),
        Point("lights", recommendation="at sagen godkendes som søgt."),
        Point(
            "mailroom",
            recommendation="at sagen godkendes som søgt.\nat fritagne borgere fortsat får brev.",
        ),
        Point(
            title="Ansøgningsrunden, der er åben", recommendation="at orienteringen tages til efterretning."
        ),
        Point(title="Eventuelt"),
    )
    stage.out(
        days.at(-2, 11),
        "mailroom",
        "direktion2",
        "Min bror er salgschef hos en af de leverandører, der har budt.",
    )
