"""The pool the made-up cases ask, and the board that decides on some of them, by the ordinary rules."""

import datetime
from collections.abc import Callable
from uuid import uuid4

from django.db import transaction

from businesscases.models import BusinessCase, Round, State
from innovation_pool import clock
from innovation_pool.accounts.models import Department, User
from pool import decisions, ledger, meetings
from pool.decisions import Grant
from pool.decisions.funding import asked_by_year
from pool.demo.foundations import make_round
from pool.models import DecisionKind, Pool
from pool.pools import create_pool

NUMBER = "Måling-1"
ROUND = "Ansøgningsrunde til måling"
BUDGET = 400_000_000
A_MEETING = 30


def measuring_pool() -> Pool:
    """A pool large enough for a few hundred cases, its first year adopted."""
    found = Pool.objects.filter(number=NUMBER).first()
    if found is not None:
        return found
    finance = User.objects.get(username="oekonomi")
    area = Department.objects.get(name="Direktionen")
    year = clock.today().year
    council = ledger.Authority("Byrådet", datetime.date(year - 1, 10, 8), "8")
    with transaction.atomic():
        pool = create_pool(
            by=finance, operation=uuid4(), number=NUMBER, name="Målepulje", first_year=year,
            committee=area.committee, department=area, profit_centre="Målepulje",
        )  # fmt: skip
        for number in range(year, year + 4):
            ledger.book_budget(pool, number, BUDGET, council, by=finance, operation=uuid4())
        ledger.adopt_year(pool, year, BUDGET, council, by=finance, operation=uuid4())
    pool.refresh_from_db()
    return pool


def measuring_round(pool: Pool) -> Round:
    """The round of the made-up cases; it has closed, so that it is nobody's next deadline."""
    found = Round.objects.filter(name=ROUND).first()
    yesterday = clock.today() - datetime.timedelta(days=1)
    return found or make_round(ROUND, pool, datetime.date(2010, 1, 1), yesterday, yesterday)


def decide_some(pool: Pool, round: Round, how_many: int, say: Callable[[str], None]) -> None:
    """The board approves every other of the first ready cases and rejects the rest, meeting by meeting."""
    ready = BusinessCase.objects.filter(round=round, state=State.READY, start_year__gte=pool.first_year)
    taken = list(ready.order_by("pk")[: 2 * how_many])
    approved: list[BusinessCase] = []
    for begin in range(0, len(taken), A_MEETING):
        cases = taken[begin : begin + A_MEETING]
        with transaction.atomic():
            _meeting(pool, cases)
        approved += cases[::2]
        say(f"{begin + len(cases)} af {len(taken)} besluttet")
    first = {case: case.asked_1 for case in approved if case.start_year == pool.first_year and case.asked_1}
    if first:
        decisions.allocate(pool, pool.first_year, first, by=_who("direktion"), operation=uuid4())


def _meeting(pool: Pool, cases: list[BusinessCase]) -> None:
    secretary, chair = _who("sekretariat"), _who("direktion")
    meeting = meetings.plan_meeting(clock.today(), chair, by=secretary, operation=uuid4())
    # Cases the politicians said no to are put on every new agenda; they are not decided here.
    for case in cases:
        meetings.add_item(meeting, by=secretary, operation=uuid4(), case=case)
    meeting = meetings.open_meeting(meeting, by=secretary, operation=uuid4())
    items = {item.case_id: item for item in meeting.items.filter(removed_at=None).select_related("case")}
    for number, case in enumerate(cases):
        decision = {"kind": DecisionKind.REJECT, "reason": "Andre sager giver mere."}
        if number % 2 == 0:
            grants = [Grant(pool, year, amount) for year, amount in asked_by_year(case).items() if amount]
            decision = {"kind": DecisionKind.APPROVE, "grants": grants}
        decisions.put_down(items[case.pk], by=secretary, operation=uuid4(), **decision)
    decisions.carry_out(meeting, by=chair, operation=uuid4())
    meetings.close_meeting(meeting, by=secretary, operation=uuid4())


def _who(username: str) -> User:
    return User.objects.get(username=username)
