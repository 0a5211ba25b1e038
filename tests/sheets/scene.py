"""A pool with several years behind it, made through the rules: what the tests of the sheets draw.

Every krone of it is worked out by hand in `BY_HAND`.
"""

from uuid import uuid4

from businesscases import checking
from businesscases.models import State
from innovation_pool.permissions import Role
from pool import ledger
from pool.decisions import Grant
from pool.models import Pool
from tests import factories
from tests.pool import given

# kind, text, payer, permanent, 1.000 kr. over six years
WINTER = [
    ("investment", "Sensorer", "pool", False, [900, 450, None, None, None, None]),
    ("investment", "Projektledelse", "own", False, [150, 100, None, None, None, None]),
    ("external_funding", "Tilskud fra staten", "", False, [None, 120, None, None, None, None]),
    ("implementation", "Oplæring", "own", False, [60, 40, None, None, None, None]),
    ("derived_operation", "Abonnement og service", "own", True, [None, 90, 90, 90, 90, 90]),
    ("cashable_gain", "Færre udkald", "", True, [None, 520, 680, 680, 680, 680]),
    ("freed_time", "Frigjort tid", "", True, [None, 10, 10, 10, 10, 10]),
]
HALLS = [
    ("investment", "Styring", "pool", False, [800, 350, None, None, None, None]),
    ("derived_operation", "Abonnement", "own", True, [None, 45, 45, 45, 45, 45]),
    ("cashable_gain", "Lavere forbrug", "", False, [None, 430, 560, 560, 560, 560]),
]
LATE = [
    ("investment", "Udstyr", "pool", False, [300, 300, 300, 250, 100, None]),
    ("cashable_gain", "Færre timer", "", True, [None, 300, 300, 300, 300, 300]),
]


def the_pool(**fields) -> Pool:
    """2020 and 2021 adopted with 3.000.000 kr. each, 2022 and 2023 overslag, nothing in 2024."""
    fields = {"number": "ØKan-011", "name": "Innovationspulje", "profit_centre": "Innovationspuljen"} | fields
    return given.a_pool(
        {2020: 3_000_000, 2021: 3_000_000}, {2022: 3_000_000, 2023: 3_000_000}, first_year=2020, **fields
    )


def the_story() -> Pool:
    """The pool with three approved cases, two that wait, an allocation, spending, a cut and a supplement."""
    pool = the_pool()
    winter = _case(pool, "Sensorstyret vintertjeneste", WINTER, 2020)
    given.approve(winter, [Grant(pool, 2020, 900_000), Grant(pool, 2021, 450_000)])
    halls = _case(pool, "Energistyring i haller", HALLS, 2021)
    given.approve(halls, [Grant(pool, 2021, 800_000), Grant(pool, 2022, 350_000)])
    late = _case(pool, "Sprogteknologi til referater", LATE, 2022)
    given.approve(
        late, [Grant(pool, 2022, 300_000), Grant(pool, 2023, 300_000), Grant(pool, 2024, 0, 300_000)]
    )
    book = checking.keep_accounting
    book(winter, by=given.finance(), fields={"profit_centre": "Veje, vintertjeneste", "f3_level": "2.28.14"})
    book(halls, by=given.finance(), fields={"profit_centre": "Haller og stadion", "f3_level": "0.32.31"})
    given.allocate(pool, 2021, {winter: 450_000, halls: 200_000})
    given.spend(pool, winter, 2021, 61_432_50)
    finance = given.finance()
    given.cut(pool, 2023, 200_000)
    ledger.supplement(pool, 2022, 150_000, given.COUNCIL, by=finance, operation=uuid4())
    _case(pool, "Fælles kørselskoordinering", LATE, 2021)
    _case(pool, "Robotklipning af boldbaner", HALLS, 2021)
    factories.case(
        State.SUBMITTED,
        round=given.a_round(pool),
        lines=WINTER,
        start_year=2022,
        price_level=2022,
        title="Ny",
    )
    pool.refresh_from_db()
    return pool


def reader(role: Role = Role.FINANCE):
    """Somebody who may export."""
    return factories.someone(role)


def _case(pool: Pool, title: str, lines, year: int):
    return factories.case(
        State.READY, lines=lines, title=title, start_year=year, price_level=year, round=given.a_round(pool)
    )
