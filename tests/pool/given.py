"""Pools with money, and cases the board has decided on, made through the application's own rules.

Every function asks only for what a test is about. Amounts are whole kroner.
"""

import datetime
from itertools import count
from uuid import uuid4

from businesscases.models import BusinessCase, ProjectReport, Round, State
from innovation_pool.permissions import Role
from pool import decisions, ledger, meetings
from pool.decisions import Condition, Grant
from pool.models import (
    AgendaItem,
    Decision,
    DecisionKind,
    Meeting,
    Pool,
    Posting,
    RoundPool,
    SpendingFile,
    SpentBalance,
)
from pool.models.decisions import ConditionKind
from tests import factories

COUNCIL = ledger.Authority("Byrådet", datetime.date(2020, 10, 8), "7", "20/1234")
_numbers = count(1)

# One line, paid by the pool, capital money in four years and two more: 400, 300, 200, 100, 50, 50.
ASKED = {2021: 400_000, 2022: 300_000, 2023: 200_000, 2024: 100_000, 2025: 50_000, 2026: 50_000}


def finance():
    return factories.someone(Role.FINANCE)


def secretariat():
    return factories.someone(Role.SECRETARIAT)


def board():
    """The first member of the board, who holds no other role."""
    return factories.someone(Role.BOARD)


def a_round(*pools: Pool, **fields) -> Round:
    """A round that the pools are open to."""
    made = factories.round_with_criteria(**fields)
    for pool in pools:
        RoundPool.objects.create(round=made, pool=pool)
    return made


def a_pool(
    adopted: dict[int, int] | None = None,
    overslag: dict[int, int] | None = None,
    *,
    first_year: int = 2021,
    nature: str = Pool.Nature.CAPITAL,
    **fields,
) -> Pool:
    """A pool whose years are adopted, or overslag, with these budgets."""
    number = next(_numbers)
    area = factories.department()
    pool = Pool.objects.create(
        number=fields.pop("number", f"P-{number:03d}"),
        name=fields.pop("name", f"Pulje {number}"),
        committee=area.committee,
        department=area,
        first_year=first_year,
        nature=nature,
        **fields,
    )
    for year, amount in sorted(((adopted or {}) | (overslag or {})).items()):
        budget(pool, year, amount, adopted=year in (adopted or {}))
    pool.refresh_from_db()
    return pool


def budget(pool: Pool, year: int, amount: int, *, adopted: bool = True) -> None:
    """Gives a year its overslag, and adopts it at the same amount."""
    ledger.book_budget(pool, year, amount, COUNCIL, by=finance(), operation=uuid4())
    if adopted:
        ledger.adopt_year(pool, year, amount, COUNCIL, by=finance(), operation=uuid4())


def cut(pool: Pool, year: int, amount: int) -> None:
    ledger.cut(pool, year, amount, COUNCIL, by=finance(), operation=uuid4())


def ready_case(
    *pools: Pool, asked: dict[int, int] | None = None, kind: str = "investment", **fields
) -> BusinessCase:
    """A case ready for decision, whose round the pools are open to; it asks `asked` of the pool."""
    asked = ASKED if asked is None else asked
    first = min(asked)
    amounts = [asked.get(first + offset) for offset in range(6)]
    thousands = [None if amount is None else amount / 1000 for amount in amounts]
    lines = [
        (kind, "Udstyr", "pool", False, [None if k is None else int(k) for k in thousands]),
        ("cashable_gain", "Færre timer", "", True, [None, 300, 300, 300, 300, 300]),
    ]
    fields.setdefault("round", a_round(*pools))
    return factories.case(State.READY, lines=lines, start_year=first, price_level=first, **fields)


def plan_meeting(held_on: datetime.date = datetime.date(2099, 3, 1)) -> Meeting:
    """A planned meeting with the whole board as its people and the first member as its chair."""
    return meetings.plan_meeting(held_on, board(), by=secretariat(), operation=uuid4())


def open_meeting(*cases: BusinessCase, present=None) -> Meeting:
    """An open meeting with the cases on its agenda, the whole board present."""
    meeting = plan_meeting()
    for case in cases:
        meetings.add_item(meeting, by=secretariat(), operation=uuid4(), case=case)
    if present is not None:
        meetings.set_people(meeting, present=present, by=secretariat(), operation=uuid4())
    return meetings.open_meeting(meeting, by=secretariat(), operation=uuid4())


def item_of(meeting: Meeting, case: BusinessCase) -> AgendaItem:
    return meeting.items.select_related("case", "meeting").get(case=case, removed_at=None)


def decide(case: BusinessCase, kind: str, *, by=None, **fields) -> Decision:
    """A decision of the board on the case, put down and carried out in a meeting of its own."""
    by = by or board()
    item = meetings.open_meeting_now(by, case, uuid4())
    decisions.put_down(item, kind=kind, by=by, operation=uuid4(), **fields)
    made = decisions.carry_out(item.meeting, by=by, operation=uuid4())
    meetings.close_meeting(item.meeting, by=by, operation=uuid4())
    case.refresh_from_db()
    return made[0]


def approve(case: BusinessCase, grants: list[Grant], *, by=None, political=None, **fields) -> Decision:
    """An approval, on every condition it cannot do without unless `political` says which."""
    if political is None:
        settled = decisions.requirements.check_grants(DecisionKind.APPROVE, case, grants)
        political = [Condition(kind) for kind in decisions.required_conditions(case, settled)]
    return decide(case, DecisionKind.APPROVE, by=by, grants=grants, political=political, **fields)


def approved_case(*pools: Pool, grants: list[Grant] | None = None, **fields) -> BusinessCase:
    """A case approved with the grants; with what the rules suggest when none are given."""
    case = ready_case(*pools, **fields)
    approve(case, decisions.suggested_grants(case) if grants is None else grants)
    return case


def outcome(case: BusinessCase, met: bool = True, **fields) -> None:
    """The politicians' answer to every condition of the case that waits for one."""
    for condition in decisions.open_conditions(case):
        converted = {2021: 1} if condition.kind == ConditionKind.CONVERSION else None
        decisions.record_outcome(
            condition,
            met=met,
            committee="Byrådet",
            on=datetime.date(2020, 12, 17),
            item="12",
            converted=fields.get("converted", converted),
            by=finance(),
            operation=uuid4(),
        )


def started_case(*pools: Pool, **fields) -> BusinessCase:
    """A case in progress, every condition answered yes."""
    case = approved_case(*pools, **fields)
    outcome(case)
    decisions.start(case, by=case.owner, operation=uuid4())
    case.refresh_from_db()
    return case


def reported_case(*pools: Pool, **fields) -> BusinessCase:
    """A case in progress whose owner has written the final report."""
    case = started_case(*pools, **fields)
    ProjectReport.objects.create(
        case=case, kind=ProjectReport.Kind.FINAL, text="Gennemført som planlagt.", by=case.owner
    )
    return case


def allocate(pool: Pool, year: int, amounts: dict[BusinessCase, int], *, by=None, **fields) -> Decision:
    return decisions.allocate(pool, year, amounts, by=by or board(), operation=uuid4(), **fields)


def half_allocated_case(pool: Pool) -> BusinessCase:
    """Granted 400.000 in 2021, of which 300.000 is allocated, and 100.000 in 2022."""
    grants = [Grant(pool, 2021, 400_000), Grant(pool, 2022, 100_000)]
    case = approved_case(pool, asked={2021: 400_000, 2022: 100_000}, title="Sensorer", grants=grants)
    allocate(pool, 2021, {case: 300_000})
    return case


def spend(pool: Pool, case: BusinessCase, year: int, oere: int) -> None:
    """A posting of the finance system, as its import would keep it; øre."""
    file = SpendingFile.objects.create(
        name="poster.csv",
        sha256=uuid4().hex * 2,
        control_total_oere=oere,
        rows=1,
        by=finance(),
        operation=uuid4(),
    )
    Posting.objects.create(
        file=file, pool=pool, case=case, year=year, posted_on=datetime.date(year, 6, 1), amount_oere=oere
    )
    spent, _made = SpentBalance.objects.get_or_create(pool=pool, case=case, year=year)
    spent.oere += oere
    spent.save()


def money(case: BusinessCase) -> dict[tuple[str, int], tuple[int, int, int]]:
    """By pool number and year: reserved, allocated and without cover, where any of them is not zero."""
    return {
        (row.pool.number, row.year): (row.reserved, row.allocated, row.unfunded)
        for row in decisions.funding_of(case).rows
        if row.reserved or row.allocated or row.unfunded
    }


def available(pool: Pool) -> dict[int, int]:
    """By year, what is available."""
    accounts = pool.accounts.filter(kind="available").order_by("year")
    return dict(accounts.values_list("year", "balance"))
