"""What must stand before a case can be written: areas, committees, goals, hearing bodies, rates.

These are the administrator's in everyday use. Rows that are there already are left as they are.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from businesscases.models import Criterion, Goal, HearingBody, Rate, Round
from innovation_pool.accounts.models import Committee, Department, User
from pool.demo.people import DOMAIN, make_people
from pool.models import Pool, RoundPool

# Area, committee, user name of the area head.
AREAS = (
    ("Direktionen", "Økonomiudvalget", ""),
    ("Økonomi og IT", "Økonomiudvalget", "chef.okonomi"),
    ("Borgerservice", "Økonomiudvalget", "chef.borger"),
    ("Sundhed og Omsorg", "Social- og Sundhedsudvalget", "chef.omsorg"),
    ("Teknik og Miljø", "Teknik- og Miljøudvalget", "chef.teknik"),
    ("Kultur og Fritid", "Kultur- og Fritidsudvalget", "chef.kultur"),
    ("Børn og Skole", "Børne- og Skoleudvalget", "chef.skole"),
)
# The three of the board's strategy and development plan, named as the form names them.
BATTLES = (
    "En fælles vesthimmerlandsk styrestænkning",
    "En effektiv og innovativ organisation",
    "En attraktiv arbejdsplads",
)
INNOVATION_GOALS = (
    "Digitale løsninger, der automatiserer mest muligt",
    "Viden om, hvad vores indsatser virker",
    "Nye teknologier og metoder, der afprøves",
    "De rette kompetencer til fremtidens opgaver",
    "Samarbejde på tværs af enheder og fag",
)
BODIES = (
    ("Ældrerådet", HearingBody.Kind.BY_LAW, "aeldreraad"),
    ("Handicaprådet", HearingBody.Kind.BY_LAW, "handicapraad"),
    ("HovedMED", HearingBody.Kind.MED, "hovedmed"),
    ("OmrådeMED Sundhed og Omsorg", HearingBody.Kind.MED, "med.omsorg"),
    ("OmrådeMED Teknik og Miljø", HearingBody.Kind.MED, "med.teknik"),
    ("Skolebestyrelserne", HearingBody.Kind.BY_CHOICE, ""),
    ("Folkeoplysningsudvalget", HearingBody.Kind.BY_CHOICE, "folkeoplysning"),
)
CRITERIA = (
    (Criterion.Rule.PAYBACK, "Tilbagebetalt inden for 6 år", 6),
    (Criterion.Rule.CASHABLE_GAIN, "Budgetvirkende gevinst", None),
    (Criterion.Rule.BATTLE, "Mindst én Must-Win-Battle", None),
    (Criterion.Rule.TRIAL, "Afprøvning er beskrevet", None),
)
RATES = (
    (Rate.Kind.DISCOUNT, datetime.date(2013, 6, 3), "0.04", "Finansministeriet, samfundsøkonomisk rente"),
    (Rate.Kind.DISCOUNT, datetime.date(2021, 1, 7), "0.035", "Finansministeriet, 7. januar 2021"),
    (Rate.Kind.PRICE_INDEX, datetime.date(2020, 1, 1), "0", "Puljen er fast i årets priser"),
)


@dataclass(frozen=True)
class Foundations:
    """The rows that the stories refer to by name."""

    departments: dict[str, Department]
    people: dict[str, User]
    battles: list[Goal]
    goals: list[Goal]
    bodies: dict[str, HearingBody]


def lay_foundations() -> Foundations:
    """Everything that is not a case or a krone."""
    departments = _departments()
    people = make_people(departments)
    for name, _committee, head in AREAS:
        if head and departments[name].head_id is None:
            departments[name].head = people[head]
            departments[name].save(update_fields=["head"])
    for kind, day, value, source in RATES:
        defaults = {"value": Decimal(value), "source": source}
        Rate.objects.get_or_create(kind=kind, valid_from=day, defaults=defaults)
    return Foundations(
        departments,
        people,
        _goals(Goal.Kind.MUST_WIN_BATTLE, BATTLES),
        _goals(Goal.Kind.INNOVATION_GOAL, INNOVATION_GOALS),
        _bodies(),
    )


def make_round(
    name: str, pool: Pool, opens: datetime.date, deadline: datetime.date, meeting: datetime.date
) -> Round:
    """A round with its four criteria, and the pool open to it."""
    made = Round.objects.create(name=name, opens_on=opens, deadline=deadline, meeting_on=meeting)
    for order, (rule, text, years) in enumerate(CRITERIA, start=1):
        Criterion.objects.create(round=made, rule=rule, text=text, years=years, order=order)
    RoundPool.objects.create(round=made, pool=pool)
    return made


def _departments() -> dict[str, Department]:
    found = {}
    for name, committee, _head in AREAS:
        responsible, _new = Committee.objects.get_or_create(name=committee)
        found[name], _new = Department.objects.get_or_create(name=name, defaults={"committee": responsible})
    return found


def _goals(kind: str, names) -> list[Goal]:
    return [
        Goal.objects.get_or_create(name=name, defaults={"kind": kind, "order": order})[0]
        for order, name in enumerate(names, start=1)
    ]


def _bodies() -> dict[str, HearingBody]:
    return {
        name: HearingBody.objects.get_or_create(
            name=name, defaults={"kind": kind, "email": f"{mailbox}@{DOMAIN}" if mailbox else ""}
        )[0]
        for name, kind, mailbox in BODIES
    }
