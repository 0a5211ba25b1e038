"""Every invariant is broken on purpose, behind the application's back, and is seen to be found."""

import datetime
from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.utils import timezone

from businesscases.models import CaseWriter, Confirmation, State
from innovation_pool import guards
from innovation_pool.audit.trail import record
from pool import checks, ledger
from pool.models import (
    Account,
    ConditionOutcome,
    Decision,
    DecisionCondition,
    DecisionCounter,
    DecisionGrant,
    DecisionMember,
    Movement,
    Operation,
    Pool,
    PoolYear,
    UnfundedEntry,
)
from tests import factories
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(made):
    return deepcopy(made)


@pytest.fixture(scope="module")
def made(shared):
    """A pool with something of everything: 2020 closed, a shortfall, money without cover, spending."""
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    books.budget(pool, 2021, 500)
    case = books.make_case()
    books.approve(pool, case, {2020: 700, 2021: 100}, unfunded={2024: 40})
    books.allocate(pool, 2020, {case: 400})
    books.spend(pool, case, 2020, 150_00)
    ledger.return_unspent(pool, 2020, case, 50, reason="Rest", by=books.finance(), operation=books.new_id())
    ledger.close_year(pool, 2020, books.COUNCIL, by=books.finance(), operation=books.new_id(), carried=0)
    operation = ledger.supplement(pool, 2021, 60, books.COUNCIL, by=books.finance(), operation=books.new_id())
    ledger.correct(operation, reason="Tastefejl", by=books.finance(), operation=books.new_id())
    other = books.make_case()
    books.approve(pool, other, {2021: 300})
    ledger.cut(pool, 2021, 150, books.COUNCIL, by=books.finance(), operation=books.new_id())
    books.change(pool, case, unfunded={2024: -10})
    return pool


def sql(text, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def found_by(check: str, broken) -> list[str]:
    """What the named invariant finds once `broken` has run with the guards off; all of it is undone."""
    with transaction.atomic():
        with guards.lifted():
            broken()
        findings = [breach.finding for breach in checks.find_breaches() if breach.check == check]
        transaction.set_rollback(True)
    return findings


def case_of(kind="reservation"):
    return Movement.objects.filter(kind=kind).order_by("number").first().case


def change_movement(kind: str, column: str, value) -> None:
    """One movement of the kind gets another value in a column."""
    row = Movement.objects.filter(kind=kind).order_by("number").first()
    sql(f"UPDATE pool_movement SET {column} = %s WHERE id = %s", value, row.pk)


def without_check(constraint: str, run) -> None:
    """Runs with a CHECK of the accounts out of the way, as on a database somebody has opened up."""
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE pool_account DROP CONSTRAINT {constraint}")
    else:
        sql("PRAGMA ignore_check_constraints = ON")
    try:
        run()
    finally:
        if connection.vendor == "sqlite":
            sql("PRAGMA ignore_check_constraints = OFF")


def add_account_balance(kind: str, amount: int, **where) -> None:
    row = Account.objects.filter(kind=kind, **where).order_by("-balance").first()
    Account.objects.filter(pk=row.pk).update(balance=row.balance + amount)


def overdraw():
    without_check(
        "account_is_never_overdrawn",
        lambda: sql("UPDATE pool_account SET balance = -1 WHERE kind = 'reserved'"),
    )


def both_free_and_short():
    pool = Pool.objects.get()
    Account.objects.update_or_create(pool=pool, kind="available", year=2021, defaults={"balance": 10})
    Account.objects.filter(kind="shortfall", year=2021).update(balance=-10)


def wrong_direction():
    row = Movement.objects.filter(kind="return").first()
    sql(
        "UPDATE pool_movement SET debit_id = %s, credit_id = %s WHERE id = %s",
        row.credit_id,
        row.debit_id,
        row.pk,
    )


def money_from_nowhere():
    """Both the balance and a movement say so; the account it came from is another year's."""
    there = Account.objects.get(kind="available", year=2020)
    here = Account.objects.get(kind="available", year=2021)
    row = Movement.objects.filter(kind="budget", credit=there).first()
    sql("UPDATE pool_movement SET credit_id = %s WHERE id = %s", here.pk, row.pk)


def correction_of_more():
    change_movement("correction", "amount", 61)


def grant_more_unfunded_than_there_was():
    row = UnfundedEntry.objects.filter(kind="fallen_away").get()
    sql("UPDATE pool_unfundedentry SET amount = -41 WHERE id = %s", row.pk)


def turned_unfunded():
    sql("UPDATE pool_unfundedentry SET amount = 10 WHERE kind = 'fallen_away'")


def covered_without_reserving():
    row = UnfundedEntry.objects.filter(kind="written_down").get()
    UnfundedEntry.objects.create(
        pool=row.pool,
        case=row.case,
        year=row.year,
        kind="covered",
        amount=-5,
        granted_by=row.granted_by,
        operation=books.new_id(),
        by=row.by,
    )


def move_in_a_closed_year():
    sql(
        "UPDATE pool_poolyear SET closed_at = %s WHERE year = 2020",
        timezone.now() - datetime.timedelta(days=1),
    )


def open_an_old_year():
    row = PoolYear.objects.get(year=2020)
    PoolYear.objects.filter(year=2021).update(status="closed", closed_at=timezone.now())
    PoolYear.objects.filter(pk=row.pk).update(status="adopted", closed_at=None)


def nobodys_decision():
    row = Operation.objects.filter(kind="approve").first()
    sql("UPDATE pool_operation SET decision_id = NULL WHERE id = %s", raw(row.pk))


def raw(value):
    """A UUID as this database stores it."""
    return value.hex if connection.vendor == "sqlite" else value


def decision_on_another_case():
    row = Decision.objects.filter(kind="approve").first()
    sql("UPDATE pool_decision SET case_id = %s WHERE id = %s", books.make_case().pk, row.pk)


def approval_that_had_ended():
    """The approval was stopped before the allocation that draws on it."""
    numbers = list(Decision.objects.values_list("pk", "number", "kind"))
    allocation = next(number for _pk, number, kind in numbers if kind == "allocation")
    case = Decision.objects.get(kind="approve", number=1).case
    sql("UPDATE pool_decision SET number = number + 100 WHERE number >= %s", allocation)
    with transaction.atomic():
        locked = ledger.lock([], [case], counter=True)
        DecisionCounter.objects.filter(pk=1).update(last=1)
        locked.counter.last = 1
        books._decision(locked, "stop", case)


def grant_of_another_amount():
    row = DecisionGrant.objects.filter(amount__gt=0).first()
    sql("UPDATE pool_decisiongrant SET amount = amount + 1 WHERE id = %s", row.pk)


def grant_of_another_amount_without_cover():
    row = DecisionGrant.objects.filter(unfunded__gt=0).first()
    sql("UPDATE pool_decisiongrant SET unfunded = unfunded + 1 WHERE id = %s", row.pk)


def allocated_before_adoption():
    row = Operation.objects.filter(kind="adoption").order_by("at").first()
    sql(
        "UPDATE pool_operation SET at = %s WHERE id = %s",
        timezone.now() + datetime.timedelta(hours=1),
        raw(row.pk),
    )


def allocated_on_condition():
    approval = Decision.objects.get(number=1)
    DecisionCondition.objects.create(decision=approval, kind="rate")


def answered_too_late():
    condition = DecisionCondition.objects.create(decision=Decision.objects.get(number=1), kind="rate")
    ConditionOutcome.objects.create(
        condition=condition,
        met=True,
        committee="Byrådet",
        on=datetime.date(2020, 1, 1),
        item="1",
        by=books.finance(),
    )


def decided_by_a_writer():
    CaseWriter.objects.create(
        case=case_of(),
        person=books.board(),
        part="collaborator",
        since=timezone.now() - datetime.timedelta(days=1),
    )


def took_part_after_confirming():
    case = case_of()
    version = factories.case(State.SUBMITTED).versions.get()
    sql("UPDATE businesscases_caseversion SET case_id = %s WHERE id = %s", case.pk, version.pk)
    who = books.person("board")
    Confirmation.objects.create(version=version, by=who, at=timezone.now() - datetime.timedelta(days=1))
    DecisionMember.objects.create(decision=case.decisions.first(), person=who, took_part=True)


def two_decisions_of_one_operation():
    first, second = Decision.objects.order_by("number")[:2]
    sql("UPDATE pool_decision SET operation = %s WHERE id = %s", raw(first.operation), second.pk)


def another_audit_row():
    operation = Operation.objects.filter(kind="cut").get()
    record("cut", Pool.objects.get(), by=operation.by, operation=operation.pk)


def tampered_version():
    version = factories.case(State.SUBMITTED).versions.get()
    sql("UPDATE businesscases_caseversion SET asked_total = asked_total + 1 WHERE id = %s", version.pk)


BREAKS = [
    ("sums to zero", lambda: add_account_balance("available", 1)),
    ("never overdrawn", overdraw),
    ("never both", both_free_and_short),
    ("balances follow from movements", lambda: add_account_balance("allocated", 1)),
    ("movements fit their kind", wrong_direction),
    ("movements fit their kind", lambda: change_movement("allocation", "year", 2021)),
    ("movements fit their kind", lambda: change_movement("allocation", "case_id", None)),
    ("corrected budget is spoken for", money_from_nowhere),
    ("corrections undo one operation", correction_of_more),
    ("numbers and hashes follow", lambda: change_movement("cut", "text", "andet")),
    ("reservations are accounted for", lambda: change_movement("reservation", "amount", 701)),
    ("reservations are accounted for", lambda: change_movement("return", "amount", 49)),
    ("unfunded is accounted for", grant_more_unfunded_than_there_was),
    ("unfunded is accounted for", turned_unfunded),
    ("covered is reserved", covered_without_reserving),
    ("nothing reserved for others", lambda: books.move_case(case_of(), State.STOPPED)),
    ("nothing reserved for others", lambda: books.move_case(case_of(), State.READY)),
    ("closed years stand still", move_in_a_closed_year),
    ("closed years stand still", open_an_old_year),
    ("closed years stand still", lambda: sql("UPDATE pool_unfundedentry SET year = 2020")),
    ("decisions are numbered", lambda: sql("UPDATE pool_decision SET number = 99 WHERE number = 2")),
    ("decisions are numbered", lambda: DecisionCounter.objects.update(last=77)),
    ("money was decided", nobodys_decision),
    ("money was decided", decision_on_another_case),
    ("money was decided", approval_that_had_ended),
    ("money was decided", lambda: sql("DELETE FROM pool_decisiongrant")),
    ("decisions moved what they say", grant_of_another_amount),
    ("decisions moved what they say", grant_of_another_amount_without_cover),
    ("allocations were lawful then", allocated_before_adoption),
    ("allocations were lawful then", allocated_on_condition),
    ("allocations were lawful then", answered_too_late),
    ("decided by those who could", decided_by_a_writer),
    ("decided by those who could", took_part_after_confirming),
    ("one effect per operation", two_decisions_of_one_operation),
    ("one audit row per act", another_audit_row),
    ("one audit row per act", lambda: sql("DELETE FROM audit_entry WHERE act = 'cut'")),
    ("years follow from the council", lambda: PoolYear.objects.filter(year=2021).update(status="estimate")),
    ("years follow from the council", lambda: PoolYear.objects.filter(year=2021).update(has_budget=False)),
    ("spent follows from postings", lambda: sql("UPDATE pool_posting SET amount_oere = 1")),
    ("versions are unchanged", tampered_version),
]


@pytest.mark.parametrize(
    ("check", "broken"), BREAKS, ids=[f"{number} {name}" for number, (name, _run) in enumerate(BREAKS)]
)
def test_it_is_found(pool, check, broken):
    assert found_by(check, broken) != []


def test_missing_guards_are_found():
    with transaction.atomic():
        guards.remove()
        breaches = {breach.check for breach in checks.find_breaches()}
        transaction.set_rollback(True)
    guards._found.clear()
    assert breaches == {"rows are guarded"}


def test_every_invariant_is_broken_by_a_test():
    names = [check.name for check in checks.INVARIANTS]
    assert len(set(names)) == len(names)
    assert {*names} == {name for name, _run in BREAKS} | {"rows are guarded"}


def test_an_untouched_ledger_has_no_breach(pool):
    assert checks.find_breaches() == []
