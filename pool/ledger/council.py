"""What the council decides: money into a year, out of it, and a year's adoption. Finance books it.

Only the council gives money, so each act states its authority. A cut is always recorded; what is more
than the free money stands as a shortfall until money comes.
"""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from innovation_pool.audit.trail import record
from innovation_pool.kroner import LARGEST
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal, TooLate
from pool.ledger import refusals
from pool.ledger.authority import Authority
from pool.ledger.balances import Place
from pool.ledger.locking import Locked, lock
from pool.ledger.posting import Posting, posting
from pool.models import AccountKind, Movement, MovementKind, Operation, Pool, PoolYear

LAST_YEAR = 2100


def book_budget(
    pool: Pool, year: int, amount: int, authority: Authority, *, by, operation: UUID, text: str = ""
) -> Operation:
    """Books an appropriation (rådighedsbeløb) to a year that is an estimate; makes the year if need be."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    with transaction.atomic():
        locked = lock([pool])
        row = year_to_book(locked, pool, year)
        if row.status != PoolYear.Status.ESTIMATE:
            raise Refusal(
                format_lazy(_("{year} is adopted. Book a supplement or a cut instead."), year=year),
                field="year",
            )
        return _book_in(locked, row, MovementKind.BUDGET, amount, authority, by, operation, text)


def supplement(
    pool: Pool, year: int, amount: int, authority: Authority, *, by, operation: UUID, text: str = ""
) -> Operation:
    """Books a supplement (tillægsbevilling)."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    with transaction.atomic():
        locked = lock([pool])
        row = year_to_book(locked, pool, year)
        return _book_in(locked, row, MovementKind.SUPPLEMENT, amount, authority, by, operation, text)


def regulate_prices(
    pool: Pool, year: int, amount: int, authority: Authority, *, by, operation: UUID, text: str = ""
) -> Operation:
    """Books a price regulation (p/l-regulering) upwards; one downwards is a cut."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    with transaction.atomic():
        locked = lock([pool])
        row = year_to_book(locked, pool, year)
        return _book_in(locked, row, MovementKind.PRICE_REGULATION, amount, authority, by, operation, text)


def cut(
    pool: Pool, year: int, amount: int, authority: Authority, *, by, operation: UUID, text: str = ""
) -> Operation:
    """Takes money out of a year. What is more than the available becomes a shortfall, never a refusal."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    with transaction.atomic():
        locked = lock([pool])
        row = year_to_book(locked, pool, year)
        before = _figures(locked, row)
        with posting(
            locked, kind=MovementKind.CUT, by=by, operation=operation, text=text, authority=authority
        ) as act:
            take_out(act, MovementKind.CUT, pool, year, refusals.whole(amount))
        _mark_budgeted(row)
        _trail("cut", row, by, operation, before, {"amount": amount, **_figures(locked, row)}, text)
        return Operation.objects.get(pk=operation)


def adopt_year(
    pool: Pool,
    year: int,
    amount: int,
    authority: Authority,
    *,
    by,
    operation: UUID,
    appropriated_on: datetime.date | None = None,
    text: str = "",
) -> Operation:
    """Adopts a year's budget: `amount` is the whole of it, 0 is lawful.

    The difference to the estimate is a movement of its own kind, in or out.
    """
    require(by, Action.BOOK_COUNCIL_MONEY)
    if type(amount) is not int or not 0 <= amount <= LARGEST:
        raise Refusal(_("Write the adopted budget in whole kroner; 0 is lawful."), field="amount")
    with transaction.atomic():
        locked = lock([pool])
        row = year_to_book(locked, pool, year)
        if row.status != PoolYear.Status.ESTIMATE:
            raise TooLate(format_lazy(_("{year} is adopted already."), year=year), field="year")
        estimate = booked_budget(pool, year)
        before = {"status": row.status, "budget": estimate, **_figures(locked, row)}
        with posting(
            locked, kind=MovementKind.ADOPTION, by=by, operation=operation, text=text, authority=authority
        ) as act:
            if amount > estimate:
                put_in(act, MovementKind.ADOPTION, pool, year, amount - estimate)
            elif amount < estimate:
                take_out(act, MovementKind.ADOPTION, pool, year, estimate - amount)
        row.status = PoolYear.Status.ADOPTED
        row.adopted_on = authority.date
        row.appropriated_on = appropriated_on
        row.has_budget = True
        row.save(update_fields=["status", "adopted_on", "appropriated_on", "has_budget"])
        _trail(
            "adoption",
            row,
            by,
            operation,
            before,
            {"status": row.status, "budget": amount, **_figures(locked, row)},
        )
        return Operation.objects.get(pk=operation)


def give_appropriation(
    pool: Pool, year: int, on: datetime.date, authority: Authority, *, by, operation: UUID
) -> PoolYear:
    """Records that the anlægsbevilling of an adopted year was given, when that came later; moves no money."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    with transaction.atomic():
        row = lock([pool]).open_year(pool, year)
        if row is None or row.status != PoolYear.Status.ADOPTED:
            raise Refusal(format_lazy(_("{year} is not adopted yet."), year=year), field="year")
        if row.appropriated_on:
            raise TooLate(format_lazy(_("The anlægsbevilling of {year} is recorded already."), year=year))
        row.appropriated_on = on
        row.save(update_fields=["appropriated_on"])
        said = (
            f"{authority.body} {authority.date.isoformat()} {authority.item} {authority.case_number}".strip()
        )
        _trail("appropriation", row, by, operation, {"appropriated_on": None}, {"appropriated_on": on}, said)
        return row


# --- Parts that closing and corrections use too -------------------------------------------------------


def put_in(act: Posting, kind: str, pool: Pool, year: int, amount: int) -> None:
    """SOURCE → AVAILABLE."""
    act.move(kind, Place(pool.pk, AccountKind.SOURCE), Place(pool.pk, AccountKind.AVAILABLE, year), amount)


def take_out(act: Posting, kind: str, pool: Pool, year: int, amount: int) -> None:
    """AVAILABLE → SOURCE as far as it goes, and the rest SHORTFALL → SOURCE."""
    free = min(amount, act.available(pool, year))
    source = Place(pool.pk, AccountKind.SOURCE)
    if free:
        act.move(kind, Place(pool.pk, AccountKind.AVAILABLE, year), source, free)
    if amount > free:
        act.move(kind, Place(pool.pk, AccountKind.SHORTFALL, year), source, amount - free)


def booked_budget(pool: Pool, year: int) -> int:
    """The year's budget or estimate: appropriations ± adoption difference, without what was corrected."""
    rows = Movement.objects.filter(
        pool=pool,
        year=year,
        kind__in=[MovementKind.BUDGET, MovementKind.ADOPTION],
        operation__corrected_by=None,
    )
    into = rows.filter(debit__kind=AccountKind.SOURCE).aggregate(kroner=Sum("amount"))["kroner"] or 0
    out = rows.filter(credit__kind=AccountKind.SOURCE).aggregate(kroner=Sum("amount"))["kroner"] or 0
    return into - out


def year_to_book(locked: Locked, pool: Pool, year: int) -> PoolYear:
    """The open year, made when the pool does not have it yet."""
    row = locked.open_year(pool, year)
    if row is not None:
        return row
    if year > LAST_YEAR:
        raise Refusal(format_lazy(_("Write a year no later than {year}."), year=LAST_YEAR), field="year")
    row = PoolYear.objects.create(pool=locked.pool(pool), year=year)
    locked.years[(row.pool_id, year)] = row
    return row


def _book_in(locked, row: PoolYear, kind, amount, authority, by, operation, text) -> Operation:
    refusals.whole(amount)
    before = _figures(locked, row)
    with posting(locked, kind=kind, by=by, operation=operation, text=text, authority=authority) as act:
        put_in(act, kind, row.pool, row.year, amount)
    _mark_budgeted(row)
    _trail(str(kind), row, by, operation, before, {"amount": amount, **_figures(locked, row)}, text)
    return Operation.objects.get(pk=operation)


def _mark_budgeted(row: PoolYear) -> None:
    if not row.has_budget:
        row.has_budget = True
        row.save(update_fields=["has_budget"])


def _figures(locked: Locked, row: PoolYear) -> dict[str, int]:
    balances = row.pool.accounts.filter(year=row.year, case=None).values_list("kind", "balance")
    return {"available": 0, "shortfall": 0, **dict(balances)}


def _trail(act: str, row: PoolYear, by, operation, before, after, reason: str = "") -> None:
    record(act, row, by=by, reason=reason, before=before, after=after, operation=operation)
