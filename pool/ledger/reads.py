"""What the ledger says: balances, what is unspent, what stands without cover, and what is free for whom.

A read locks nothing. What is decided by one is checked again under the lock.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from innovation_pool.prepared import prepared
from pool.ledger import refusals
from pool.models import Account, AccountKind, Pool, PoolYear, SpentBalance, UnfundedEntry

OERE = 100


class Standing(NamedTuple):
    """What stands without cover for a case, of one decision; whole kroner above zero."""

    pool: int
    year: int
    case: int
    reference: str
    granted_by: int
    number: int
    amount: int


def balance(pool: Pool, kind: str, year: int | None, case=None) -> int:
    """Kroner on one account, 0 where there is none yet. SHORTFALL is zero or below."""
    found = Account.objects.filter(pool=pool, kind=kind, year=year, case=case).values_list(
        "balance", flat=True
    )
    return found.first() or 0


def unspent_of(allocated: int, spent_oere: int) -> int:
    """Whole kroner allocated and not spent: rounded down, never below zero nor above what was allocated."""
    return max(0, min(allocated, (allocated * OERE - spent_oere) // OERE))


def spent(pool: Pool | int, year: int, case) -> int:
    """Whole kroner a case has spent in a year, rounded up; below zero when more came back than went out."""
    oere = SpentBalance.objects.filter(pool=pool, year=year, case=case).values_list("oere", flat=True).first()
    return -(-(oere or 0) // OERE)


def unspent(pool: Pool, year: int, case) -> int:
    """The same, read for a pool, year and case."""
    spent = (
        SpentBalance.objects.filter(pool=pool, year=year, case=case).values_list("oere", flat=True).first()
    )
    return unspent_of(balance(pool, AccountKind.ALLOCATED, year, case), spent or 0)


def unspent_in(pool: Pool, year: int) -> dict[int, int]:
    """By case id, what is allocated in the year and not spent, case by case, where there is any."""
    spent = dict(SpentBalance.objects.filter(pool=pool, year=year).values_list("case_id", "oere"))
    allocated = Account.objects.filter(pool=pool, kind=AccountKind.ALLOCATED, year=year)
    left = {
        case: unspent_of(amount, spent.get(case, 0))
        for case, amount in allocated.values_list("case_id", "balance")
    }
    return {case: amount for case, amount in left.items() if amount}


def standing_unfunded(pools: Iterable[int], years: Iterable[int] | None = None, case=None) -> list[Standing]:
    """What stands without cover, the oldest decision first."""
    pools = list(pools)
    if years is not None and case is None:
        return [Standing(*row) for row in _standing_in_years(pools=pools, years=list(years))]
    rows = UnfundedEntry.objects.filter(pool__in=pools)
    if years is not None:
        rows = rows.filter(year__in=list(years))
    if case is not None:
        rows = rows.filter(case=case)
    return [Standing(*row) for row in _standing(rows)]


def _standing(rows: QuerySet[UnfundedEntry]) -> QuerySet:
    """The rows added up, in the order of the fields of Standing."""
    return (
        rows.order_by()
        .values("pool_id", "year", "case_id", "case__reference", "granted_by_id", "granted_by__number")
        .annotate(stands=Sum("amount"))
        .filter(stands__gt=0)
        .order_by("granted_by__number", "case_id", "year")
        .values_list(
            "pool_id", "year", "case_id", "case__reference", "granted_by_id", "granted_by__number", "stands"
        )
    )


@prepared
def _standing_in_years(*, pools: list[int], years: list[int]) -> QuerySet:
    return _standing(UnfundedEntry.objects.filter(pool__in=pools, year__in=years))


def unfunded(pool: Pool, year: int | None = None, case=None) -> int:
    """Kroner without cover in a pool, in one year or in all, of one case or of all."""
    years = None if year is None else [year]
    return sum(row.amount for row in standing_unfunded([pool.pk], years, case))


def ahead_of(case_id: int, rows: Iterable[Standing]) -> list[Standing]:
    """Of what stands without cover in a year, that whose turn comes before the case's.

    A case that has nothing without cover there comes after everybody.
    """
    rows = list(rows)
    own = min((row.number for row in rows if row.case == case_id), default=None)
    return [row for row in rows if row.case != case_id and (own is None or row.number < own)]


def free_for(case, pool: Pool, year: int) -> int:
    """Kroner a case may be granted in a year without passing anybody over; never below zero."""
    first = sum(row.amount for row in ahead_of(case.pk, standing_unfunded([pool.pk], [year])))
    return max(0, balance(pool, AccountKind.AVAILABLE, year) - first)


def pools_of(case) -> list[Pool]:
    """Every pool where the case has money or stands without cover: what to lock before its grants end."""
    accounts = Account.objects.filter(case=case).exclude(balance=0).values_list("pool_id", flat=True)
    waiting = (
        UnfundedEntry.objects.filter(case=case)
        .order_by()
        .values("pool_id", "year")
        .annotate(stands=Sum("amount"))
        .filter(stands__gt=0)
        .values_list("pool_id", flat=True)
    )
    return list(Pool.objects.filter(pk__in={*accounts, *waiting}).order_by("pk"))


@prepared
def _status(*, pool: int, year: int) -> QuerySet:
    return PoolYear.objects.filter(pool=pool, year=year).order_by().values_list("status", "has_budget")


@prepared
def _balances(*, pool: int, year: int) -> QuerySet:
    rows = Account.objects.filter(pool=pool, year=year).order_by("kind", "case_id")
    return rows.values_list("kind", "case_id", "balance")


def pool_state(pool: Pool, year: int, cases: Iterable[int] | None = ()) -> str:
    """A short token for the figures of a year, and of the given cases in it, that a confirmation shows.

    Put it in the form; `require_unmoved` compares it under the lock. What other cases are allocated
    from their own reservations does not change it; with None every case counts.
    """
    cases = None if cases is None else sorted(cases)
    row = next(iter(_status(pool=pool.pk, year=year)), None)
    balances = [
        [kind, case or 0, amount]
        for kind, case, amount in _balances(pool=pool.pk, year=year)
        if amount and (case is None or cases is None or case in cases)
    ]
    waiting = [[item.case, item.number, item.amount] for item in standing_unfunded([pool.pk], [year])]
    text = json.dumps([pool.pk, year, row, cases, balances, waiting])
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def require_unmoved(seen: str | None, pool: Pool, year: int, cases: Iterable[int] | None = ()) -> None:
    """Raises Moved when the figures are no longer those of the token. Call it under the lock.

    None is an act that no confirmation was shown for; a form that leaves its token out sends "", and is asked
    again.
    """
    if seen is not None and seen != pool_state(pool, year, cases):
        raise refusals.Moved(refusals.MOVED)
