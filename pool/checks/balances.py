"""The balances against the movements, and the movements against the table of kinds."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q, Sum

from pool.ledger.balances import Place
from pool.models import Account, AccountKind, Movement, MovementKind, Pool

SOURCE, AVAILABLE, SHORTFALL, RESERVED, ALLOCATED = (
    AccountKind.SOURCE,
    AccountKind.AVAILABLE,
    AccountKind.SHORTFALL,
    AccountKind.RESERVED,
    AccountKind.ALLOCATED,
)

# Which accounts each kind may go between. A carry-over keeps its kind and changes the year.
GOES = {
    MovementKind.BUDGET: {(SOURCE, AVAILABLE)},
    MovementKind.SUPPLEMENT: {(SOURCE, AVAILABLE)},
    MovementKind.PRICE_REGULATION: {(SOURCE, AVAILABLE)},
    MovementKind.ADOPTION: {(SOURCE, AVAILABLE), (AVAILABLE, SOURCE), (SHORTFALL, SOURCE)},
    MovementKind.CUT: {(AVAILABLE, SOURCE), (SHORTFALL, SOURCE)},
    MovementKind.SHORTFALL_COVER: {(AVAILABLE, SHORTFALL)},
    MovementKind.LAPSE: {(AVAILABLE, SOURCE)},
    MovementKind.CARRY_OVER: {(kind, kind) for kind in (AVAILABLE, SHORTFALL, RESERVED, ALLOCATED)},
    MovementKind.RESERVATION: {(AVAILABLE, RESERVED)},
    MovementKind.ALLOCATION: {(RESERVED, ALLOCATED)},
    MovementKind.RELEASE: {(RESERVED, AVAILABLE)},
    MovementKind.RETURN: {(ALLOCATED, AVAILABLE)},
}
# A correction is the opposite of what may be corrected, and of the cover of a shortfall in it.
CORRECTED = (
    MovementKind.BUDGET,
    MovementKind.ADOPTION,
    MovementKind.SUPPLEMENT,
    MovementKind.PRICE_REGULATION,
    MovementKind.CUT,
    MovementKind.SHORTFALL_COVER,
    MovementKind.CARRY_OVER,
    MovementKind.RETURN,
    MovementKind.ALLOCATION,
)
GOES[MovementKind.CORRECTION] = {(credit, debit) for kind in CORRECTED for debit, credit in GOES[kind]}


def sums_to_zero() -> Iterator[str]:
    for number, total in (
        Pool.objects.order_by().annotate(total=Sum("accounts__balance")).values_list("number", "total")
    ):
        if total:
            yield f"the accounts of {number} add up to {total}, not 0"


def never_overdrawn() -> Iterator[str]:
    wrong = Q(kind__in=[AVAILABLE, RESERVED, ALLOCATED], balance__lt=0) | Q(kind=SHORTFALL, balance__gt=0)
    for account in Account.objects.filter(wrong).select_related("pool", "case"):
        yield f"{_named(account)} stands at {account.balance}"


def never_both() -> Iterator[str]:
    """Free money covers a shortfall in the act that brings it."""
    free = Account.objects.filter(kind=AVAILABLE, balance__gt=0).values_list("pool__number", "year")
    short = Account.objects.filter(kind=SHORTFALL, balance__lt=0).values_list("pool__number", "year")
    for pool, year in sorted({*free} & {*short}):
        yield f"{pool} {year} has both available money and a shortfall"


def balances_follow_from_movements() -> Iterator[str]:
    moved: dict[int, int] = defaultdict(int)
    for account, total in Movement.objects.order_by().values_list("credit").annotate(Sum("amount")):
        moved[account] += total
    for account, total in Movement.objects.order_by().values_list("debit").annotate(Sum("amount")):
        moved[account] -= total
    for account in Account.objects.select_related("pool", "case"):
        if account.balance != moved[account.pk]:
            yield f"{_named(account)} stands at {account.balance}, its movements give {moved[account.pk]}"


def movements_fit_their_kind() -> Iterator[str]:
    """Which accounts a kind goes between, within one pool, one case, and one year or the next."""
    for movement in _movements():
        debit, credit = movement.debit, movement.credit
        fits = (debit.kind, credit.kind) in GOES.get(movement.kind, ())
        fits &= debit.pool_id == credit.pool_id == movement.pool_id
        fits &= _one(debit.case_id, credit.case_id) == movement.case_id
        fits &= movement.year in (debit.year, credit.year)
        if debit.year is not None and credit.year is not None:
            fits &= abs(debit.year - credit.year) == (1 if debit.kind == credit.kind else 0)
        if not fits:
            yield f"{movement} ({movement.kind}) goes from {_place(debit)} to {_place(credit)}"


def corrected_budget_is_spoken_for() -> Iterator[str]:
    """By year: AVAILABLE + SHORTFALL = given − taken ± carried − reserved − allocated."""
    given: dict[tuple[int, int], int] = defaultdict(int)
    for movement in _movements().filter(
        Q(debit__kind=SOURCE) | Q(credit__kind=SOURCE) | Q(debit__kind=F("credit__kind"))
    ):
        for account, sign in ((movement.debit, -1), (movement.credit, 1)):
            if account.kind != SOURCE:
                given[movement.pool_id, account.year] += sign * movement.amount
    held: dict[tuple[int, int], int] = defaultdict(int)
    for pool, year, total in (
        Account.objects.exclude(kind=SOURCE).order_by().values_list("pool", "year").annotate(Sum("balance"))
    ):
        held[pool, year] = total
    numbers = dict(Pool.objects.values_list("pk", "number"))
    for key in sorted({*given, *held}):
        if given[key] != held[key]:
            pool, year = key
            yield f"{numbers[pool]} {year}: the corrected budget is {given[key]}, {held[key]} stands there"


def corrections_undo_one_operation() -> Iterator[str]:
    """A correction moves as much as what it corrects, from and to the same accounts but for a shortfall."""
    rows = Movement.objects.exclude(operation__corrects=None).select_related("debit", "credit", "operation")
    corrected: dict = defaultdict(lambda: defaultdict(int))
    for movement in rows:
        if movement.kind == MovementKind.CORRECTION:
            _add(corrected[movement.operation.corrects_id], movement, 1)
    originals = Movement.objects.filter(operation__in=list(corrected)).select_related("debit", "credit")
    for movement in originals:
        _add(corrected[movement.operation_id], movement, 1)
    for operation, places in corrected.items():
        left = {place: amount for place, amount in places.items() if amount}
        if left:
            yield f"the correction of {operation} leaves {sorted(left.values())} behind"


def _add(places: dict, movement: Movement, sign: int) -> None:
    for account, amount in ((movement.debit, -movement.amount), (movement.credit, movement.amount)):
        # What a shortfall could not take back stands on the available: together they are undone.
        kind = AVAILABLE if account.kind == SHORTFALL else account.kind
        places[Place(account.pool_id, kind, account.year, account.case_id)] += sign * amount


def _movements():
    return Movement.objects.select_related("debit", "credit", "pool").order_by("pool", "number")


def _one(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second in (None, first) else -1


def _named(account: Account) -> str:
    case = f" {account.case.reference}" if account.case else ""
    return f"{account.pool.number} {account.kind} {account.year or ''}{case}".strip()


def _place(account: Account) -> str:
    return " ".join(str(part) for part in (account.kind, account.year, account.case_id) if part is not None)
