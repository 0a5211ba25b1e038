"""What cases have, against what they were given: reserved, allocated, returned, and without cover."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from businesscases.models import State
from pool.ledger.grants import TAKES_MONEY
from pool.models import Account, AccountKind, DecisionKind, Movement, MovementKind, PoolYear, UnfundedEntry

Kind = UnfundedEntry.Kind
UNFUNDED_SIGNS = {Kind.WRITTEN_DOWN: 1, Kind.COVERED: -1, Kind.FALLEN_AWAY: -1}


def reservations_are_accounted_for() -> Iterator[str]:
    """Per case and pool: reserved in all = reserved + allocated + released + returned, net of corrections."""
    given: dict[tuple, int] = defaultdict(int)
    signs = {MovementKind.RESERVATION: 1, MovementKind.RELEASE: -1, MovementKind.RETURN: -1}
    rows = Movement.objects.filter(kind__in=signs).order_by()
    for pool, case, kind, total in rows.values_list("pool__number", "case__reference", "kind").annotate(
        Sum("amount")
    ):
        given[pool, case] += signs[kind] * total
    corrected = (
        Movement.objects.filter(kind=MovementKind.RETURN).exclude(operation__corrected_by=None).order_by()
    )
    for pool, case, total in corrected.values_list("pool__number", "case__reference").annotate(Sum("amount")):
        given[pool, case] += total
    held: dict[tuple, int] = defaultdict(int)
    accounts = Account.objects.filter(kind__in=[AccountKind.RESERVED, AccountKind.ALLOCATED]).order_by()
    for pool, case, total in accounts.values_list("pool__number", "case__reference").annotate(Sum("balance")):
        held[pool, case] = total
    for key in sorted({*given, *held}, key=str):
        if given[key] != held[key]:
            yield f"{key[1]} was given {given[key]} in {key[0]} and has {held[key]} reserved and allocated"


def unfunded_is_accounted_for() -> Iterator[str]:
    """Written down = covered + fallen away + still standing, in each year; carrying on adds nothing."""
    rows = UnfundedEntry.objects.order_by()
    by_grant = rows.values_list("pool__number", "case__reference", "year", "granted_by__number")
    for pool, case, year, decision, total in by_grant.annotate(Sum("amount")):
        if total < 0:
            yield f"{case} has {total} without cover in {pool} {year}, of decision {decision}"
    for entry in rows.exclude(kind=Kind.CARRIED).select_related("case"):
        if entry.amount * UNFUNDED_SIGNS.get(entry.kind, 0) <= 0:
            yield f"{entry.case.reference} {entry.year}: {entry.kind} has the amount {entry.amount}"
    carried = rows.filter(kind=Kind.CARRIED).values_list("operation", "case__reference")
    for operation, case, total in carried.annotate(Sum("amount")):
        if total:
            yield f"{case}: {operation} carried {total} more without cover than it took along"


def covered_is_reserved() -> Iterator[str]:
    """What a decision covers it reserves, to the krone, in the same pool and year."""
    covered: dict[tuple, int] = defaultdict(int)
    rows = UnfundedEntry.objects.filter(kind=Kind.COVERED).order_by()
    for key in rows.values_list("operation", "pool__number", "case__reference", "year").annotate(
        Sum("amount")
    ):
        covered[key[:4]] = -key[4]
    reserved: dict[tuple, int] = defaultdict(int)
    movements = Movement.objects.filter(
        kind=MovementKind.RESERVATION, operation__kind=DecisionKind.COVER
    ).order_by()
    for key in movements.values_list("operation", "pool__number", "case__reference", "year").annotate(
        Sum("amount")
    ):
        reserved[key[:4]] = key[4]
    for key in sorted({*covered, *reserved}, key=str):
        if covered[key] != reserved[key]:
            yield f"{key[2]} in {key[1]} {key[3]}: {covered[key]} covered, {reserved[key]} reserved for it"


def nothing_reserved_for_others() -> Iterator[str]:
    """Only a case that is approved or in progress has money reserved, or stands without cover."""
    for account in (
        Account.objects.filter(kind=AccountKind.RESERVED)
        .exclude(balance=0)
        .exclude(case__state__in=TAKES_MONEY)
        .select_related("case", "pool")
    ):
        state = State(account.case.state).value
        yield f"{account.case.reference} is {state} and has {account.balance} reserved in {account.pool}"
    standing = UnfundedEntry.objects.exclude(case__state__in=TAKES_MONEY).order_by()
    for case, total in standing.values_list("case__reference").annotate(Sum("amount")):
        if total:
            yield f"{case} is neither approved nor in progress and has {total} without cover"


def closed_years_stand_still() -> Iterator[str]:
    """A closed year holds only spent allocations, took no movement since, and none before it is open."""
    closed = list(PoolYear.objects.filter(status=PoolYear.Status.CLOSED).select_related("pool"))
    if not closed:
        return
    since: dict[tuple[int, int], PoolYear] = {(row.pool_id, row.year): row for row in closed}
    for movement in Movement.objects.filter(pool__in={row.pool_id for row in closed}).select_related(
        "debit", "credit", "pool"
    ):
        for year in {movement.debit.year, movement.credit.year}:
            row = since.get((movement.pool_id, year))
            if row and movement.at > row.closed_at:
                yield f"{movement} moved money in {year}, which was closed"
    for account in Account.objects.exclude(kind__in=[AccountKind.SOURCE, AccountKind.ALLOCATED]).exclude(
        balance=0
    ):
        if row := since.get((account.pool_id, account.year)):
            yield f"{row} is closed and has {account.balance} {account.kind}"
    waiting = UnfundedEntry.objects.order_by().values_list("pool", "year").annotate(Sum("amount"))
    for pool, year, total in waiting:
        if total and (pool, year) in since:
            yield f"{since[pool, year]} is closed and has {total} without cover"
    newest = {pool: max(y for p, y in since if p == pool) for pool, _year in since}
    for row in PoolYear.objects.exclude(status=PoolYear.Status.CLOSED).select_related("pool"):
        if row.year < newest.get(row.pool_id, 0):
            yield f"{row} is open, and a later year is closed"
