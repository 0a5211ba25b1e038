"""Rows the ledger's tests stand on, and a board that decides without meetings.

The real decisions are made by `pool/decisions`, and tested there. These do the least that leaves books
which add up: the decision with its grants, the money, the state, one row in the audit trail.
"""

import datetime
import uuid
from itertools import count

from django.db import transaction

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import Committee, Department, User
from innovation_pool.audit.trail import record
from pool import ledger
from pool.models import (
    Account,
    Decision,
    DecisionGrant,
    DecisionKind,
    Movement,
    Pool,
    Posting,
    SpendingFile,
    SpentBalance,
)

COUNCIL = ledger.Authority("Byrådet", datetime.date(2019, 10, 10), "7", "19/1234")
_numbers = count(1)


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def person(*roles: str) -> User:
    name = f"bog{next(_numbers)}"
    columns = {
        f"role_{role}": role in roles for role in ("staff", "finance", "secretariat", "board", "auditor")
    }
    return User.objects.create(username=name, name=name.title(), **columns)


def finance() -> User:
    return User.objects.filter(role_finance=True, username__startswith="bog").first() or person("finance")


def board() -> User:
    return User.objects.filter(role_board=True, username__startswith="bog").first() or person("board")


def make_pool(first_year: int = 2020) -> Pool:
    committee, _made = Committee.objects.get_or_create(name="Økonomiudvalget")
    department, _made = Department.objects.get_or_create(name="Direktionen")
    number = f"P-{next(_numbers)}"
    return Pool.objects.create(
        number=number,
        name=f"Pulje {number}",
        committee=committee,
        department=department,
        first_year=first_year,
    )


def make_case(state: str = State.READY) -> BusinessCase:
    number = next(_numbers)
    department, _made = Department.objects.get_or_create(name="Direktionen")
    owner = User.objects.filter(role_staff=True, username__startswith="bog").first() or person("staff")
    return BusinessCase.objects.create(
        reference=f"BC-2020-{number:03d}",
        state=state,
        title=f"Sag {number}",
        department=department,
        owner=owner,
        start_year=2020,
        price_level=2020,
    )


def budget(pool: Pool, year: int, amount: int, *, adopted: bool = True) -> None:
    """Gives a year its budget, adopted at the same amount unless told otherwise."""
    if amount:
        ledger.book_budget(pool, year, amount, COUNCIL, by=finance(), operation=new_id())
    if adopted:
        ledger.adopt_year(pool, year, amount, COUNCIL, by=finance(), operation=new_id())


def move_case(case: BusinessCase, state: str) -> None:
    BusinessCase.objects.filter(pk=case.pk).update(state=state)
    case.state = state


def approve(pool: Pool, case: BusinessCase, funded=None, unfunded=None, **fields) -> Decision:
    """Approves a case with kroner by year, covered and not."""
    with transaction.atomic():
        locked = ledger.lock([pool], [case], counter=True)
        decision = _decision(locked, DecisionKind.APPROVE, case, pool, funded, unfunded, **fields)
        with ledger.deciding(locked, decision) as act:
            for year, amount in (funded or {}).items():
                ledger.reserve(act, pool, case, year, amount)
            for year, amount in (unfunded or {}).items():
                ledger.write_down_unfunded(act, pool, case, year, amount)
        move_case(case, State.APPROVED)
    return decision


def change(pool: Pool, case: BusinessCase, funded=None, unfunded=None, **fields) -> Decision:
    """Changes a grant by kroner more, or less when negative, by year."""
    with transaction.atomic():
        locked = ledger.lock([pool], [case], counter=True)
        decision = _decision(locked, DecisionKind.CHANGE_OF_GRANT, case, pool, funded, unfunded, **fields)
        with ledger.deciding(locked, decision) as act:
            # Less first, so that what is freed can be given again in the same act.
            for year, amount in sorted((funded or {}).items(), key=lambda pair: pair[1]):
                if amount < 0:
                    ledger.release(act, pool, case, year, -amount)
                else:
                    ledger.reserve(act, pool, case, year, amount)
            for year, amount in (unfunded or {}).items():
                if amount < 0:
                    ledger.fall_away(act, pool, case, year, -amount)
                else:
                    ledger.write_down_unfunded(act, pool, case, year, amount)
    return decision


def cover(pool: Pool, case: BusinessCase, year: int, amount: int, **fields) -> Decision:
    with transaction.atomic():
        locked = ledger.lock([pool], [case], counter=True)
        decision = _decision(
            locked, DecisionKind.COVER, case, pool, {year: amount}, {year: -amount}, **fields
        )
        with ledger.deciding(locked, decision) as act:
            ledger.cover(act, pool, case, year, amount)
    return decision


def allocate(pool: Pool, year: int, amounts: dict[BusinessCase, int], **fields) -> Decision:
    with transaction.atomic():
        locked = ledger.lock([pool], amounts, counter=True)
        decision = _decision(locked, DecisionKind.ALLOCATION, None, pool, **fields)
        DecisionGrant.objects.bulk_create(
            DecisionGrant(decision=decision, case=case, pool=pool, year=year, amount=amount)
            for case, amount in amounts.items()
        )
        with ledger.deciding(locked, decision) as act:
            ledger.allocate(act, pool, year, amounts)
    return decision


def stop(case: BusinessCase, **fields) -> Decision:
    """Stops a case: every grant in force ends."""
    with transaction.atomic():
        locked = ledger.lock(ledger.pools_of(case), [case], counter=True)
        decision = _decision(locked, DecisionKind.STOP, case, **fields)
        with ledger.deciding(locked, decision) as act:
            ledger.end_grants(act, case)
        move_case(case, State.STOPPED)
    return decision


def complete(case: BusinessCase) -> None:
    operation = new_id()
    with transaction.atomic():
        locked = ledger.lock(ledger.pools_of(case), [case])
        ledger.settle_completion(locked, case, by=finance(), operation=operation)
        record("confirm-completion", case, by=finance(), operation=operation)
        move_case(case, State.COMPLETED)


def spend(pool: Pool, case: BusinessCase, year: int, oere: int) -> None:
    """A posting of the finance system, and the sum that is kept beside it."""
    number = next(_numbers)
    file = SpendingFile.objects.create(
        name=f"{number}.csv",
        sha256=f"{number:064d}",
        control_total_oere=oere,
        rows=1,
        by=finance(),
        operation=new_id(),
    )
    Posting.objects.create(
        file=file, pool=pool, case=case, year=year, posted_on=datetime.date(year, 6, 1), amount_oere=oere
    )
    kept, _made = SpentBalance.objects.get_or_create(pool=pool, case=case, year=year)
    kept.oere += oere
    kept.save()


def standing(pool: Pool) -> dict:
    """Every account that is not zero: {"available 2020": kroner, "reserved 2020 BC-2020-001": kroner}."""
    rows = Account.objects.filter(pool=pool).exclude(balance=0).select_related("case")
    return {
        " ".join(
            str(part) for part in (row.kind, row.year, row.case and row.case.reference) if part
        ): row.balance
        for row in rows
    }


def moves(pool: Pool, after: int = 0) -> list[tuple]:
    """(kind, from, to, amount) of each movement after a number."""
    rows = (
        Movement.objects.filter(pool=pool, number__gt=after)
        .select_related("debit", "credit")
        .order_by("number")
    )
    return [(row.kind, _short(row.debit), _short(row.credit), row.amount) for row in rows]


def _short(account: Account) -> str:
    return f"{account.kind} {account.year}" if account.year else str(account.kind)


def _decision(locked, kind, case, pool=None, funded=None, unfunded=None, **fields) -> Decision:
    decision = Decision.objects.create(
        number=locked.next_decision_number(),
        kind=kind,
        case=case,
        text=f"{kind}",
        decided_on=datetime.date(2020, 3, 1),
        by=fields.pop("by", None) or board(),
        operation=fields.pop("operation", None) or new_id(),
        **fields,
    )
    for year in sorted({*(funded or {}), *(unfunded or {})}):
        DecisionGrant.objects.create(
            decision=decision,
            case=case,
            pool=pool,
            year=year,
            amount=(funded or {}).get(year, 0),
            unfunded=(unfunded or {}).get(year, 0),
        )
    record(f"decide {kind}", decision, by=decision.by, operation=decision.operation)
    return decision
