"""A pool as it was on a day or right after a movement, added up from the movements up to there.

Nothing kept is read but rows that are only ever added to, so what is shown is what stood then. Spending
is what is posted on that day or before, whenever it was imported. What was asked for has no history of
its own and is left out. Whole kroner, spending in integer øre.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case as DbCase
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils.timezone import localdate, make_aware

from businesscases.models import BusinessCase, CaseEvent
from pool.balances import BUDGET_ROWS, DECIDED_STATES
from pool.models import AccountKind, Movement, MovementKind, Pool, PoolYear, Posting, UnfundedEntry
from pool.overview import PER_PAGE, CaseRow, Cell, PoolOverview, YearColumn

OF_CASES = (AccountKind.RESERVED, AccountKind.ALLOCATED)
KEPT = (AccountKind.AVAILABLE, AccountKind.SHORTFALL, *OF_CASES)
Figures = defaultdict[object, dict[str, int]]


@dataclass(frozen=True)
class Past:
    """Up to where rows count: the end of a day, or a movement and all before it.

    `others` is for rows that have no number: what stands without cover, and what happened to cases.
    """

    movements: Q
    others: Q
    on: date
    before: datetime


def end_of_day(on: date) -> Past:
    """Everything up to midnight, local time."""
    before = make_aware(datetime.combine(on + timedelta(days=1), time()))
    return Past(Q(at__lt=before), Q(at__lt=before), on, before)


def after_movement(movement: Movement) -> Past:
    """The movement and every one before it; of the rest, what was there when it was made."""
    others = Q(at__lte=movement.at) | Q(operation=movement.operation_id)
    return Past(Q(number__lte=movement.number), others, localdate(movement.at), movement.at)


def pool_as_it_was_at(pool: Pool, past: Past, *, page: int = 1) -> PoolOverview:
    """The years of the pool and one page of its cases as they stood; as many statements whatever there is."""
    columns = _years(pool, past)
    cases = _cases(pool, past)
    count = cases.count()
    page = min(max(1, page), max(1, -(-count // PER_PAGE)))
    start = (page - 1) * PER_PAGE
    found = list(cases[start : start + PER_PAGE])
    rows = _rows(pool, past, found, [column.year for column in columns])
    by_year = {column.year: column for column in columns}
    return PoolOverview(pool=pool, years=columns, rows=rows, row_count=count, page=page, _by_year=by_year)


def _years(pool: Pool, past: Past) -> tuple[YearColumn, ...]:
    figures: Figures = defaultdict(lambda: defaultdict(int))
    for row in _moved(pool, past):
        _add(figures, *row)
    for name, rows, total in _besides(pool, past):
        for year, amount in rows.values_list("year").annotate(total=total):
            figures[year][name] += amount
    known = {row.year: row for row in PoolYear.objects.filter(pool=pool)}
    return tuple(_column(year, known.get(year), figures[year], past) for year in sorted(figures))


def _cases(pool: Pool, past: Past) -> QuerySet[BusinessCase]:
    """The cases that had or got something in the pool by then, with `state_then`; those that ran first."""
    moved = Movement.objects.filter(past.movements, pool=pool).exclude(case=None).order_by().values("case")
    granted = UnfundedEntry.objects.filter(past.others, pool=pool).order_by().values("case")
    events = CaseEvent.objects.filter(past.others, case=OuterRef("pk")).order_by("-pk")
    return (
        BusinessCase.objects.filter(Q(pk__in=moved) | Q(pk__in=granted))
        .annotate(state_then=Subquery(events.values("to_state")[:1]))
        .annotate(
            group_then=DbCase(
                When(state_then__in=DECIDED_STATES, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .only("reference", "listed_title", "title")
        .order_by("group_then", "reference")
    )


def _rows(pool: Pool, past: Past, cases: Iterable[BusinessCase], years: list[int]) -> tuple[CaseRow, ...]:
    figures: Figures = defaultdict(lambda: defaultdict(int))
    ids = [case.pk for case in cases]
    moved = (
        Movement.objects.filter(past.movements, pool=pool, case__in=ids)
        .order_by()
        .values_list("case", "debit__kind", "debit__year", "credit__kind", "credit__year")
        .annotate(total=Sum("amount"))
    )
    for case, debit, debit_year, credit, credit_year, amount in moved:
        for account, year, sign in ((debit, debit_year, -1), (credit, credit_year, 1)):
            if account in OF_CASES:
                figures[case, year][account] += sign * amount
    for name, rows, total in _besides(pool, past):
        of_cases = rows.filter(case__in=ids).values_list("case", "year")
        for case, year, amount in of_cases.annotate(total=total):
            figures[case, year][name] += amount
    return tuple(_case_row(case, [Cell(**figures[case.pk, year]) for year in years]) for case in cases)


def _case_row(case, cells: list[Cell]) -> CaseRow:
    return CaseRow(
        id=case.pk,
        reference=case.reference,
        title=case.listed_title or case.title,
        state=case.state_then or "",
        group="decided" if case.state_then in DECIDED_STATES else "other",
        several_pools=False,
        cells=tuple(cells),
    )


def _besides(pool: Pool, past: Past):
    """What no movement tells: (figure, its rows, their sum)."""
    unfunded = UnfundedEntry.objects.filter(past.others, pool=pool).order_by()
    spent = Posting.objects.filter(pool=pool, posted_on__lte=past.on).order_by()
    return (("unfunded", unfunded, Sum("amount")), ("spent_oere", spent, Sum("amount_oere")))


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
