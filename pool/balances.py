"""The sums a pool's figures are made of, each in one grouped statement over kept balances and movements.

Amounts are whole kroner, spending is integer øre. What is read here is put together by `pool.overview`.
"""

from django.db.models import Count, Exists, OuterRef, Sum, Value

from businesscases.models import BusinessCase, State
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


def kept_totals(pool: Pool):
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


def kept_of_cases(pool: Pool, ids: list[int]):
    """(kind, year, case, amount) of the given cases, in one statement."""
    accounts = Account.objects.filter(pool=pool, case__in=ids).order_by()
    unfunded = UnfundedEntry.objects.filter(pool=pool, case__in=ids).order_by()
    spent = SpentBalance.objects.filter(pool=pool, case__in=ids).order_by()
    return accounts.values_list("kind", "year", "case", "balance").union(
        unfunded.values_list(Value("unfunded"), "year", "case").annotate(total=Sum("amount")),
        spent.values_list(Value("spent_oere"), "year", "case", "oere"),
        all=True,
    )


def budget_nets(pool: Pool):
    """(row, year, net kroner into the year) of what the council gave and took and what was carried."""
    moved = (
        Movement.objects.filter(pool=pool, kind__in=[*BUDGET_ROWS, MovementKind.CORRECTION])
        .order_by()
        .values_list("kind", "operation__corrects__kind", "debit__year", "credit__year")
        .annotate(total=Sum("amount"))
    )
    for kind, corrected_kind, debit_year, credit_year, total in moved:
        # A correction is shown in the row of what it corrects.
        row = BUDGET_ROWS.get(corrected_kind if kind == MovementKind.CORRECTION else kind)
        if row is None or debit_year == credit_year:
            continue
        if credit_year:
            yield row, credit_year, total
        if debit_year:
            yield row, debit_year, -total


def asked_by_year(pool: Pool):
    """(asked or asked_earlier, year, kroner) of cases without a decision, in one grouped statement."""
    sums = {f"year_{offset}": Sum(f"asked_{offset}") for offset in range(1, 7)}
    open_to_pool = Exists(RoundPool.objects.filter(pool=pool, round=OuterRef("round_id")))
    grouped = (
        BusinessCase.objects.filter(open_to_pool, state__in=[*WAITING_STATES, *EARLIER_STATES])
        .order_by()
        .values("state", "listed_start_year")
        .annotate(how_many=Count("*"), **sums)
    )
    for row in grouped:
        name = "asked" if row["state"] in WAITING_STATES else "asked_earlier"
        if name == "asked_earlier":
            yield "earlier_count", 0, row["how_many"]
        for offset in range(6):
            yield name, row["listed_start_year"] + offset, row[f"year_{offset + 1}"]
