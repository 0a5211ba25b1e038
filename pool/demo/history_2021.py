"""The history goes on: 2020 is closed, 2021 is under way, and a case reaches past the pool's years."""

import datetime

from pool import ledger
from pool.decisions import Condition
from pool.demo import cases_2021
from pool.demo.history import at, on
from pool.demo.sitting import approved, decided, held, noted
from pool.demo.stage import Stage
from pool.models import DecisionKind
from pool.models.decisions import ConditionKind

CLOSING = ledger.Authority("Byrådet", datetime.date(2021, 2, 25), "11", "2021-03391")


def tell_2021(stage: Stage) -> None:
    """The spring of 2021, from the first allocation to the answer of the council."""
    _money(stage)
    _driving(stage)
    _spring(stage)
    _overview(stage)
    _march(stage)
    _on_their_way(stage)


def _money(stage: Stage) -> None:
    stage.spent(
        at("2021-01-08"),
        "forbrug-2020.csv",
        ("winter", on("2020-09-30"), 512_400, "5100023311", "Sensorer, levering 1"),
        ("winter", on("2020-11-16"), 374_000, "5100027790", "Styresystem"),
        ("care", on("2020-06-12"), 455_100, "5100014002", "Loftslifte, første center"),
        ("care", on("2020-10-29"), 272_500, "5100025518", "Sengesensorer"),
        ("invoices", on("2020-08-27"), 394_000, "5100020187", "Kontrolmodul"),
    )
    stage.allocated(at("2021-01-12"), 2021, {"invoices": 200_000})
    stage.effected(at("2021-01-14"), "1400000112")
    stage.reported(
        at("2021-01-15"),
        "care",
        "under_plan",
        "To af fem plejecentre er i gang. Timerne til forflytning er faldet som ventet. "
        "To centre kom tre måneder senere i gang end planlagt.",
        "De tre sidste plejecentre går i gang i marts og april.",
    )
    stage.booked(at("2021-03-01"), ledger.close_year, 2020, CLOSING, text="Overførsel fra 2020 til 2021")
    stage.effected(at("2021-03-02"), "1400000688")
    stage.spent(
        at("2021-03-05"),
        "forbrug-2021-02.csv",
        ("invoices", on("2021-02-19"), 61_400, "5100003120", "Opsætning"),
    )


def _driving(stage: Stage) -> None:
    stage.submitted(at("2021-01-08", 10), "driving")
    stage.endorsed(at("2021-01-13"), "driving")
    stage.checked(
        at("2021-01-15", 10),
        "driving",
        note="Tallene holder. Taxagevinsten er nu regnet af regnskabet.",
        fields={
            "profit_centre": "Hjemmepleje, fælles kørsel",
            "f3_level": "Hjemmehjælp",
            "function": "5.30.27",
            "grouping": "002",
            "kle": "29.18.00",
            "case_number": "2020-17204",
        },
    )
    med = "OmrådeMED Sundhed og Omsorg"
    stage.heard(at("2021-01-18"), "driving", on("2021-02-10"), "HovedMED", "Ældrerådet", med)
    for day, body, text in (
        ("2021-02-02", "Ældrerådet", "Rådet lægger vægt på, at den faste kontaktperson ikke ændres."),
        ("2021-02-08", "HovedMED", "HovedMED har drøftet sagen og bemærker, at det skal aftales, hvad "
         "sensorerne må bruges til."),
        ("2021-02-09", med, "OmrådeMED har drøftet sagen og har ingen bemærkninger."),
    ):  # fmt: skip
        stage.answered(at(day), "driving", body, text)
    stage.hearing_closed(at("2021-02-12"), "driving")
    stage.said(
        at("2021-03-05", 10, 42), "driving", "direktion",
        "Hvor stor er gevinsten i 2022, hvis kun hjemmepleje og hjælpemidler er med? @Mette Dahl",
        section="economy",
    )  # fmt: skip
    stage.said(
        at("2021-03-08", 9, 5), "driving", "medarbejder",
        "Den er den samme. 71 af de 96 biler hører til de to områder, og de øvrige er først regnet med fra "
        "2023.",
        answers=True,
    )  # fmt: skip


def _spring(stage: Stage) -> None:
    stage.round_made(
        at("2021-01-04"), "spring 2021", "Ansøgningsrunde forår 2021",
        on("2021-01-04"), on("2021-03-26"), on("2021-06-16"),
    )  # fmt: skip
    for name, told, day in (
        ("overview", cases_2021.OVERVIEW, "2021-01-05"),
        ("screens", cases_2021.SCREENS, "2021-01-11"),
        ("keys", cases_2021.KEYS, "2021-01-18"),
        ("roads", cases_2021.ROADS, "2021-02-01"),
        ("roster", cases_2021.ROSTER, "2021-02-02"),
        ("bins", cases_2021.BINS, "2021-02-08"),
        ("permits", cases_2021.PERMITS, "2021-02-15"),
    ):
        stage.written(at(day, 14), name, told, "spring 2021")


def _overview(stage: Stage) -> None:
    stage.submitted(at("2021-01-25"), "overview")
    stage.endorsed(at("2021-02-03"), "overview")
    stage.checked(at("2021-02-22"), "overview", fields={"kle": "00.16.00", "case_number": "2021-01007"})
    stage.heard(at("2021-02-23"), "overview", on("2021-03-12"), "HovedMED", "Ældrerådet", "Handicaprådet")
    for day, body, text in (
        ("2021-03-02", "Ældrerådet", "Rådet beder om, at der stadig kan fås svar ved skranken."),
        (
            "2021-03-03",
            "HovedMED",
            "HovedMED har drøftet sagen og bemærker, at der skal sættes tid af til oplæring.",
        ),
        ("2021-03-04", "Handicaprådet", "Rådet forventer, at løsningen kan bruges med oplæsning."),
    ):
        stage.answered(at(day), "overview", body, text)
    stage.hearing_closed(at("2021-03-05", 14), "overview")
    stage.politicians_said(at("2021-04-30"), "overview", True, "Byrådet", on("2021-04-29"), "9")


def _march(stage: Stage) -> None:
    held(
        stage,
        on("2021-03-08"),
        on("2021-03-17"),
        noted(
            "Opfølgning på igangværende projekter",
            "at orienteringen tages til efterretning.",
            "Taget til efterretning.",
        ),
        decided(
            "lawns",
            DecisionKind.POSTPONE,
            "at sagen udsættes, til der er overblik over forårets runde.",
            reason="Puljens 2021 rækker ikke til alle sager, og klippesæsonen er begyndt.",
            until=on("2021-06-16"),
        ),
        approved(
            "overview",
            {2021: 500_000, 2022: 900_000, 2023: 600_000},
            "at sagen godkendes under forudsætning af politisk behandling.\n"
            "at 250.000 kr. i 2024 rejses i budgettet for 2024.",
            unfunded={2024: 250_000},
            conditions="Genhenvendelser opgøres hvert kvartal og forelægges Direktionen i marts 2022.",
            political=[
                Condition(ConditionKind.UNCOVERED, "250.000 kr. i 2024 ligger efter puljens fire år.")
            ],
        ),
        record_on=on("2021-03-19"),
    )


def _on_their_way(stage: Stage) -> None:
    """Heard, submitted, returned, withdrawn: where the other cases of the spring stood."""
    for name, minute in (("screens", 0), ("keys", 30)):
        stage.submitted(at("2021-02-19", 9, minute), name)
        stage.endorsed(at("2021-02-22", 13, minute), name)
        stage.checked(at("2021-03-23", 9, minute), name)
    stage.heard(at("2021-03-24"), "screens", on("2021-04-14"), "Ældrerådet", "Handicaprådet", "HovedMED")
    stage.answered(
        at("2021-04-07"), "screens", "Ældrerådet", "Rådet støtter forsøget, når borgeren selv vælger."
    )
    stage.heard(at("2021-03-25"), "keys", on("2021-04-16"), "Folkeoplysningsudvalget", "Skolebestyrelserne")
    for name, minute in (("roads", 0), ("permits", 30)):
        stage.submitted(at("2021-03-22", 9, minute), name)
        stage.endorsed(at("2021-03-25", 9, minute), name)
    stage.submitted(at("2021-03-15"), "bins")
    stage.returned(
        at("2021-03-22", 14), "bins", "Vi kan ikke se, hvad en tur koster i dag. Vedlæg regnskabet."
    )
    stage.submitted(at("2021-03-16"), "roster")
    stage.withdrawn(at("2021-04-06"), "roster", "Skolerne har aftalt at løse det hver for sig.")
