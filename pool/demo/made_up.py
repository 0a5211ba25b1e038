"""Made-up cases: plausible titles and an economy that adds up, the same for the same number.

Nothing here touches the database.
"""

import random
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from businesscases import economy
from businesscases.models import State

WAYS = ("Digital", "Fælles", "Automatisk", "Sensorstyret", "Mobil", "Selvbetjent", "Datadrevet", "Grøn")
THINGS = (
    "vagtplan", "lønkontrol", "nøgleboks", "medicinlevering", "vejtilsyn", "booking", "sagsfordeling",
    "affaldsindsamling", "rengøring", "indkøbskontrol", "energistyring", "tolkning", "visitation",
    "skolekørsel", "postgang", "arkivering", "vedligeholdelse", "madplanlægning",
)  # fmt: skip
PLACES = (
    "i hjemmeplejen", "på skolerne", "i dagtilbud", "på plejecentre", "i Borgerservice", "på rådhuset",
    "i Vej og Park", "på bibliotekerne", "i jobcentret", "i sundhedsplejen", "i hallerne", "på botilbud",
)  # fmt: skip
# How many of a hundred. Those with money are decided by the rules, from among the ready ones.
SHARES = {
    State.DRAFT: 12,
    State.RETURNED: 5,
    State.SUBMITTED: 12,
    State.CHECKED: 6,
    State.READY: 20,
    State.WITHDRAWN: 45,
}
RATE = Decimal("0.035")
TEXTS = {
    "description": "Opgaven løses i dag i hånden og forskelligt fra sted til sted. Sagen samler den ét sted.",
    "focus_areas": "Vores liv: mere tid til borgerne.",
    "service": "Uændret service.",
    "staff_consequences": "Nogle medarbejdere får nye opgaver.",
    "hearing_parties": "HovedMED.",
    "trial": "Et kvartal ét sted.",
    "measurement": "Timer før og efter, hvert kvartal.",
}


@dataclass(frozen=True)
class MadeUp:
    """A case before it has rows. `lines` are those of the economy, `number` counts from zero."""

    number: int
    title: str
    state: State
    years_ago: int
    area: int
    lines: tuple[economy.Line, ...]
    start_year: int

    @property
    def figures(self) -> economy.KeyFigures:
        return economy.key_figures(self.lines, RATE, self.start_year)


def made_up(number: int, this_year: int) -> MadeUp:
    """The case with the number. Some pay back soon, some late, and one in six never does."""
    dice = random.Random(number)
    state = dice.choices(list(SHARES), weights=list(SHARES.values()))[0]
    # What is still under way is of this year; what is over may be old.
    years_ago = dice.randrange(1, 9) if state == State.WITHDRAWN else 0
    title = f"{dice.choice(WAYS)} {dice.choice(THINGS)} {dice.choice(PLACES)}"
    first = dice.randrange(10, 90) * 10_000
    asked = (first, first * dice.randrange(0, 8) // 10, first * dice.randrange(0, 4) // 10)
    running = first * dice.randrange(2, 12) // 100
    gain = sum(asked) * dice.randrange(12, 60) // 100
    amounts = [
        ("investment", "Anskaffelse", "pool", (*(amount or None for amount in asked), None, None, None)),
        ("derived_operation", "Licens og drift", "own", (None, *[running] * 5)),
        ("cashable_gain", "Færre timer", "", (None, gain // 2, *[gain] * 4)),
    ]
    lines = tuple(
        economy.Line(
            str(UUID(int=dice.getrandbits(128), version=4)), kind, text, years, payer, kind != "investment"
        )
        for kind, text, payer, years in amounts
    )
    return MadeUp(
        number=number,
        title=title,
        state=state,
        years_ago=years_ago,
        area=dice.randrange(1_000),
        lines=lines,
        start_year=this_year - years_ago + dice.randrange(0, 2),
    )
