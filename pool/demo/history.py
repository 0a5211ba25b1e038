"""The history: the pool ØKan-011 as the council set it aside, and its first year."""

import datetime

from pool import ledger
from pool.demo import cases_2020, cases_autumn
from pool.demo.dates import moment
from pool.demo.form_011 import FORM, NUMBER, YEARS, money
from pool.demo.sitting import approved, decided, held, noted
from pool.demo.stage import Stage
from pool.models import DecisionKind

COUNCIL_2020 = ledger.Authority("Byrådet", datetime.date(2019, 10, 10), "7", "2019-14882")
COUNCIL_2021 = ledger.Authority("Byrådet", datetime.date(2020, 10, 8), "6", "2020-20417")
BUDGET = 3_000_000


def on(text: str) -> datetime.date:
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def at(text: str, hour: int = 9, minute: int = 0) -> datetime.datetime:
    """A moment of an ISO date."""
    return moment(on(text), hour, minute)


def tell_2020(stage: Stage) -> None:
    """The form and its money, three meetings, three projects that begin, one case that never pays back."""
    stage.pool_made(at("2019-10-14"), {year: money(year) for year in YEARS}, **FORM)
    for year in YEARS:
        stage.booked(
            at("2019-10-14", 10),
            ledger.book_budget,
            year,
            BUDGET,
            COUNCIL_2020,
            text=f"Budgetalternativ {NUMBER}",
        )
    _adopted(stage, "2019-10-14", 2020, COUNCIL_2020)
    _adopted(stage, "2020-10-12", 2021, COUNCIL_2021)
    _spring(stage)
    _summer(stage)
    _autumn(stage)


def _adopted(stage: Stage, day: str, year: int, authority: ledger.Authority) -> None:
    stage.booked(
        at(day, 11), ledger.adopt_year, year, BUDGET, authority, appropriated_on=authority.date,
        text=f"Budget {year} vedtaget",
    )  # fmt: skip


def _spring(stage: Stage) -> None:
    stage.round_made(
        at("2019-11-01"), "spring 2020", "Ansøgningsrunde forår 2020",
        on("2019-11-01"), on("2020-01-24"), on("2020-02-19"),
    )  # fmt: skip
    stage.written(at("2020-01-06"), "winter", cases_2020.WINTER, "spring 2020")
    stage.written(at("2020-01-07", 10), "care", cases_2020.CARE, "spring 2020")
    for name, minute in (("winter", 0), ("care", 10)):
        stage.submitted(at("2020-01-20", 9, minute), name)
        stage.endorsed(at("2020-01-22", 9, minute), name)
        stage.checked(
            at("2020-01-27", 9, minute),
            name,
            fields={"kle": "00.01.00", "case_number": f"2020-0031{minute // 10}"},
        )
    stage.not_heard(
        at("2020-01-29"), "winter", "OmrådeMED har drøftet sagen den 28. januar uden bemærkninger."
    )
    med = "OmrådeMED Sundhed og Omsorg"
    stage.heard(at("2020-01-28"), "care", on("2020-02-14"), "Ældrerådet", "Handicaprådet", med)
    for day, body, text in (
        (
            "2020-02-07",
            "Ældrerådet",
            "Rådet ser gerne, at nattesøvnen bliver bedre, og vil høre om det om et år.",
        ),
        ("2020-02-10", "Handicaprådet", "Ingen bemærkninger, når borgeren spørges, før en sensor sættes op."),
        ("2020-02-12", med, "OmrådeMED har drøftet sagen og bemærker, at oplæring skal ske i arbejdstiden."),
    ):
        stage.answered(at(day), "care", body, text)
    stage.hearing_closed(at("2020-02-13"), "care")
    held(
        stage,
        on("2020-02-13"),
        on("2020-02-19"),
        approved(
            "winter",
            {2020: 900_000, 2021: 450_000},
            "at sagen godkendes som søgt.\nat der gives status efter den første vinter.",
            conditions="Status til Direktionen i maj 2021.",
        ),
        approved(
            "care",
            {2020: 750_000, 2021: 650_000, 2022: 400_000},
            "at sagen godkendes som søgt.\nat der gives status, når tre plejecentre er i gang.",
        ),
        record_on=on("2020-02-21"),
    )
    stage.allocated(at("2020-02-26"), 2020, {"winter": 900_000, "care": 750_000})
    stage.started(at("2020-03-02"), "winter")
    stage.started(at("2020-03-02", 10), "care")
    stage.effected(at("2020-03-03"), "1400002031")


def _summer(stage: Stage) -> None:
    stage.round_made(
        at("2020-03-02"), "summer 2020", "Ansøgningsrunde sommer 2020",
        on("2020-03-02"), on("2020-04-24"), on("2020-06-17"),
    )  # fmt: skip
    stage.written(at("2020-03-09"), "invoices", cases_2020.INVOICES, "summer 2020")
    stage.written(at("2020-03-16"), "roofs", cases_2020.ROOFS, "summer 2020")
    for name, minute in (("invoices", 0), ("roofs", 30)):
        stage.submitted(at("2020-04-20", 9, minute), name)
        stage.endorsed(at("2020-04-27", 9, minute), name)
        stage.checked(at("2020-05-11", 9, minute), name)
    stage.not_heard(at("2020-05-14"), "invoices", "HovedMED har drøftet sagen den 12. maj.")
    stage.not_heard(at("2020-05-14", 10), "roofs", "Ingen ændringer for borgere eller medarbejdere.")
    held(
        stage,
        on("2020-06-05"),
        on("2020-06-17"),
        approved("invoices", {2020: 400_000, 2021: 200_000}, "at sagen godkendes som søgt."),
        decided(
            "roofs",
            DecisionKind.REJECT,
            "at sagen afvises.\nat Ejendomme fortsat køber enkelte inspektioner.",
            reason="Sagen bliver ikke tilbagebetalt inden for seks år.",
        ),
        absent=("direktoer.skole",),
        record_on=on("2020-06-19"),
    )
    stage.started(at("2020-06-22"), "invoices")
    stage.allocated(at("2020-06-24"), 2020, {"invoices": 400_000})
    stage.effected(at("2020-06-29"), "1400004417")


def _autumn(stage: Stage) -> None:
    stage.round_made(
        at("2020-08-10"), "autumn 2020", "Ansøgningsrunde efterår 2020",
        on("2020-08-10"), on("2020-10-30"), on("2020-12-02"),
    )  # fmt: skip
    stage.written(at("2020-08-17"), "halls", cases_autumn.HALLS, "autumn 2020")
    stage.written(at("2020-08-24"), "minutes", cases_autumn.MINUTES, "autumn 2020")
    stage.written(at("2020-09-03"), "driving", cases_autumn.DRIVING, "autumn 2020")
    stage.written(at("2020-09-14"), "lawns", cases_autumn.LAWNS, "autumn 2020")
    for name, minute in (("halls", 0), ("minutes", 10), ("lawns", 20)):
        stage.submitted(at("2020-10-28", 9, minute), name)
        stage.endorsed(at("2020-10-30", 9, minute), name)
        stage.checked(at("2020-11-06", 9, minute), name)
        stage.not_heard(
            at("2020-11-16", 9, minute), name, "De, der skulle høres, har drøftet sagen i november."
        )
    # In time, but without a basis for the gain on taxa: sent back, and mended over the new year.
    stage.mended(at("2020-10-29"), "driving", "Færre taxaregninger", year_2=150_000, basis="Skøn")
    stage.submitted(at("2020-10-30", 15), "driving")
    stage.returned(at("2020-11-06", 13), "driving", "Grundlaget for gevinsten på taxa mangler.")
    stage.mended(
        at("2020-12-14"),
        "driving",
        "Færre taxaregninger",
        year_2=None,
        basis="Regnskab 2019, taxa efter kl. 16",
    )
    held(
        stage,
        on("2020-11-20"),
        on("2020-12-02"),
        approved("halls", {2021: 800_000, 2022: 350_000}, "at sagen godkendes som søgt."),
        approved(
            "minutes",
            {2021: 350_000, 2022: 100_000},
            "at sagen godkendes med 450.000 kr. af de søgte 500.000 kr.",
            discussion="Direktionen drøftede, om tilpasningen i andet år kan holdes inden for en mindre "
            "ramme.",
            conditions="De sidste 50.000 kr. findes i egen ramme.",
        ),
        noted(
            "Opfølgning på igangværende projekter",
            "at orienteringen tages til efterretning.",
            "Taget til efterretning.",
        ),
        record_on=on("2020-12-04"),
    )
