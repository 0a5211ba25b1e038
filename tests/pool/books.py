"""Rows the ledger's tests stand on, made with as little as the tables ask for."""

import datetime
import uuid
from itertools import count

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import Committee, Department, User
from pool import ledger
from pool.models import (
    Decision,
    DecisionCounter,
    DecisionGrant,
    DecisionKind,
    Pool,
    PoolYear,
)

COUNCIL = ledger.Authority("Byrådet", datetime.date(2019, 10, 10), "7", "19/1234")
numbers = count(1)


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def person(*roles: str, name: str | None = None) -> User:
    name = name or f"person{next(numbers)}"
    return User.objects.create(username=name, name=name.title(), **{f"role_{role}": True for role in roles})


def finance() -> User:
    return User.objects.filter(role_finance=True).first() or person("finance")


def board() -> User:
    return User.objects.filter(role_board=True).first() or person("board")


def make_pool(first_year: int = 2020, number: str | None = None) -> Pool:
    committee, _made = Committee.objects.get_or_create(name="Økonomiudvalget")
    department, _made = Department.objects.get_or_create(name="Direktionen")
    number = number or f"P-{next(numbers)}"
    return Pool.objects.create(
        number=number,
        name=f"Pulje {number}",
        committee=committee,
        department=department,
        first_year=first_year,
    )


def make_case(state: str = State.APPROVED, owner: User | None = None) -> BusinessCase:
    number = next(numbers)
    department, _made = Department.objects.get_or_create(name="Direktionen")
    return BusinessCase.objects.create(
        reference=f"BC-2020-{number:03d}",
        state=state,
        title=f"Sag {number}",
        department=department,
        owner=owner or person("staff"),
        start_year=2020,
        price_level=2020,
    )


def budget(pool: Pool, year: int, amount: int, *, adopted: bool = True) -> None:
    """Gives a year its budget, adopted at the same amount unless told otherwise."""
    ledger.book_budget(pool, year, amount, COUNCIL, by=finance(), operation=new_id())
    if adopted:
        ledger.adopt_year(pool, year, amount, COUNCIL, by=finance(), operation=new_id())


def decide(locked, kind: str, case: BusinessCase | None, **fields) -> Decision:
    """A decision without a meeting; `pool/decisions` makes the real ones."""
    return Decision.objects.create(
        number=locked.next_decision_number(),
        kind=kind,
        case=case,
        text=f"{kind}",
        decided_on=datetime.date(2020, 3, 1),
        by=fields.pop("by", None) or board(),
        operation=fields.pop("operation", None) or new_id(),
        **fields,
    )


__all__ = [
    "COUNCIL",
    "DecisionCounter",
    "DecisionGrant",
    "DecisionKind",
    "PoolYear",
    "board",
    "budget",
    "decide",
    "finance",
    "make_case",
    "make_pool",
    "new_id",
    "person",
]
