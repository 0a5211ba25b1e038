"""The sums a pool's figures are made of, each in one grouped statement over kept balances and movements.

Amounts are whole kroner, spending is integer øre. What is read here is put together by `pool.overview`.
"""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, Sum, Value

from businesscases.models import BusinessCase, State
from innovation_pool.prepared import prepared
from pool.models import Account, Movement, MovementKind, Pool, RoundPool, SpentBalance, UnfundedEntry

DECIDED_STATES = (State.APPROVED, State.IN_PROGRESS)
WAITING_STATES = (State.READY, State.POSTPONED)
EARLIER_STATES = (State.SUBMITTED, State.CHECKED, State.IN_HEARING)

# The kinds that change what a year has, and the row of the budget they are shown in.
BUDGET_ROWS = {
    MovementKind.BUDGET: "budget",
    MovementKind.ADOPTION: "budget",
    MovementKind.SUPPLEMENT: "supplements",
    MovementKind.PRICE_REGULATION: "supplements",
    MovementKind.CUT: "cuts",
    MovementKind.CARRY_OVER: "carried",
    MovementKind.LAPSE: "lapsed",
}


@prepared
def kept_totals(*, pool: int):
    """(kind, year, amount) of every kept balance of the pool, in one statement."""
    accounts = (
        Account.objects.filter(pool=pool, year__isnull=False)
        .order_by()
        .values_list("kind", "year")
        .annotate(amount=Sum("balance"))
    )
    unfunded = (
        UnfundedEntry.objects.filter(pool=pool)
        .order_by()
        .values_list(Value("unfunded"), "year")
        .annotate(total=Sum("amount"))
    )
    spent = (
        SpentBalance.objects.filter(pool=pool)
        .order_by()
        .values_list(Value("spent_oere"), "year")
        .annotate(total=Sum("oere"))
    )
    return accounts.union(unfunded, spent, all=True)


@prepared
def kept_of_cases(*, pool: int, cases: Sequence[int], years: Sequence[int]):
    """(kind, case, amount of each of the years in turn) of the given cases, in one statement."""
    accounts = Account.objects.filter(pool=pool, case__in=cases).order_by()
    unfunded = UnfundedEntry.objects.filter(pool=pool, case__in=cases).order_by()
    spent = SpentBalance.objects.filter(pool=pool, case__in=cases).order_by()
    return (
        accounts.values_list("kind", "case")
        .annotate(**_in_each("balance", years))
        .union(
            unfunded.values_list(Value("unfunded"), "case").annotate(**_in_each("amount", years)),
            spent.values_list(Value("spent_oere"), "case").annotate(**_in_each("oere", years)),
            all=True,
        )
    )


def _in_each(amount: str, years: Sequence[int]) -> dict[str, Sum]:
    """The sum of every year as a column of its own: a case has a row for each kind, not for each year."""
    return {f"in_{number}": Sum(amount, filter=Q(year=year), default=0) for number, year in enumerate(years)}


@prepared
def _moved(*, pool: int):
    return (
        Movement.objects.filter(pool=pool, kind__in=[*BUDGET_ROWS, MovementKind.CORRECTION])
        .order_by()
        .values_list("kind", "operation__corrects__kind", "debit__year", "credit__year")
        .annotate(total=Sum("amount"))
    )


def budget_nets(pool: Pool):
    """(row, year, net kroner into the year) of what the council gave and took and what was carried."""
    for kind, corrected_kind, debit_year, credit_year, total in _moved(pool=pool.pk):
        # A correction is shown in the row of what it corrects.
        row = BUDGET_ROWS.get(corrected_kind if kind == MovementKind.CORRECTION else kind)
        if row is None or debit_year == credit_year:
            continue
        if credit_year:
            yield row, credit_year, total
        if debit_year:
            yield row, debit_year, -total


@prepared
def _asked(*, pool: int):
    sums = {f"year_{offset}": Sum(f"asked_{offset}") for offset in range(1, 7)}
    open_to_pool = Exists(RoundPool.objects.filter(pool=pool, round=OuterRef("round_id")))
    return (
        BusinessCase.objects.filter(open_to_pool, state__in=[*WAITING_STATES, *EARLIER_STATES])
        .order_by()
        .values("state", "listed_start_year")
        .annotate(how_many=Count("*"), **sums)
    )


def asked_by_year(pool: Pool):
    """(asked or asked_earlier, year, kroner) of cases without a decision, in one grouped statement."""
    for row in _asked(pool=pool.pk):
        name = "asked" if row["state"] in WAITING_STATES else "asked_earlier"
        if name == "asked_earlier":
            yield "earlier_count", 0, row["how_many"]
        for offset in range(6):
            yield name, row["listed_start_year"] + offset, row[f"year_{offset + 1}"]
