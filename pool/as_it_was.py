"""A pool as it was on a day or right after a movement, added up from the movements up to there.

Nothing kept is read but the rows that are only ever added to, so what is shown is what stood then.
Spending is left out: the finance system may report it long after the day it belongs to. Whole kroner.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, Sum
from django.utils.timezone import localdate, make_aware

from pool.balances import BUDGET_ROWS
from pool.models import AccountKind, Movement, MovementKind, Pool, PoolYear, UnfundedEntry
from pool.overview import PoolOverview, YearColumn

KEPT = (AccountKind.AVAILABLE, AccountKind.SHORTFALL, AccountKind.RESERVED, AccountKind.ALLOCATED)


@dataclass(frozen=True)
class Past:
    """Up to where movements count: the end of a day, or a movement and all before it."""

    movements: Q
    unfunded: Q
    on: date
    before: datetime


def end_of_day(on: date) -> Past:
    """Everything up to midnight, local time."""
    before = make_aware(datetime.combine(on + timedelta(days=1), time()))
    return Past(Q(at__lt=before), Q(at__lt=before), on, before)


def after_movement(movement: Movement) -> Past:
    """The movement and every one before it; what was without cover when it was made."""
    unfunded = Q(at__lte=movement.at) | Q(operation=movement.operation_id)
    return Past(Q(number__lte=movement.number), unfunded, localdate(movement.at), movement.at)


def pool_as_it_was_at(pool: Pool, past: Past) -> PoolOverview:
    """The years of the pool as they stood, without its cases; three statements whatever there is."""
    figures: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _moved(pool, past):
        _add(figures, *row)
    unfunded = UnfundedEntry.objects.filter(past.unfunded, pool=pool).order_by().values_list("year")
    for year, amount in unfunded.annotate(total=Sum("amount")):
        figures[year]["unfunded"] += amount
    rows = {row.year: row for row in PoolYear.objects.filter(pool=pool)}
    columns = tuple(_column(year, rows.get(year), figures[year], past) for year in sorted(figures))
    return PoolOverview(pool=pool, years=columns, _by_year={column.year: column for column in columns})


def _moved(pool: Pool, past: Past):
    return (
        Movement.objects.filter(past.movements, pool=pool)
        .order_by()
        .values_list(
            "kind", "operation__corrects__kind", "debit__kind", "debit__year", "credit__kind", "credit__year"
        )
        .annotate(total=Sum("amount"))
    )


def _add(figures, kind, corrected, debit, debit_year, credit, credit_year, amount) -> None:
    for account, year, sign in ((debit, debit_year, -1), (credit, credit_year, 1)):
        if account in KEPT:
            figures[year][account] += sign * amount
    # A correction is shown in the row of what it corrects.
    row = BUDGET_ROWS.get(corrected if kind == MovementKind.CORRECTION else kind)
    if row is None or debit_year == credit_year:
        return
    if credit_year:
        figures[credit_year][row] += amount
    if debit_year:
        figures[debit_year][row] -= amount
    if AccountKind.SOURCE in (debit, credit):
        figures[credit_year or debit_year]["from_council"] = 1


def _column(year: int, row: PoolYear | None, values: dict[str, int], past: Past) -> YearColumn:
    status = "none"
    if row is not None:
        status = PoolYear.Status.ESTIMATE
        if row.adopted_on and row.adopted_on <= past.on:
            status = PoolYear.Status.ADOPTED
        if row.closed_at and row.closed_at <= past.before:
            status = PoolYear.Status.CLOSED
    known = {name: amount for name, amount in values.items() if name in YearColumn.__dataclass_fields__}
    return YearColumn(year=year, status=status, has_budget=bool(values["from_council"]), **known)
