"""From one year to the next: carry-over between open years, closing a year, closing a pool.

Closing is one act, in ascending order. What a case has reserved, and allocated but not spent, follows
the case into the next year, and so do a shortfall and what stands without cover. Afterwards the year
takes no movement.
"""

from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase
from innovation_pool.audit.trail import record
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal, TooLate
from pool.ledger import reads, refusals
from pool.ledger.authority import Authority
from pool.ledger.balances import Place
from pool.ledger.council import year_to_book
from pool.ledger.locking import Locked, lock
from pool.ledger.posting import Posting, posting
from pool.models import AccountKind, MovementKind, Operation, Pool, PoolYear, SpentBalance, UnfundedEntry

CLOSE_YEAR = "close_year"
CLOSE_POOL = "close_pool"


def carry_over(
    pool: Pool,
    year: int,
    authority: Authority,
    *,
    by,
    operation: UUID,
    available: int = 0,
    reserved: dict[BusinessCase, int] | None = None,
    allocated: dict[BusinessCase, int] | None = None,
    text: str = "",
) -> Operation:
    """Carries money from an open year to the next: available, and what cases have reserved or unspent."""
    require(by, Action.BOOK_COUNCIL_MONEY)
    reserved, allocated = reserved or {}, allocated or {}
    if not (available or reserved or allocated):
        raise Refusal(_("Write what to carry over."), field="amount")
    with transaction.atomic():
        locked = lock([pool], {*reserved, *allocated})
        _existing(locked, pool, year)
        year_to_book(locked, pool, year + 1)
        with posting(
            locked, kind=MovementKind.CARRY_OVER, by=by, operation=operation, text=text, authority=authority
        ) as act:
            if available:
                _carry(act, pool, AccountKind.AVAILABLE, year, refusals.whole(available))
            for case, amount in sorted(reserved.items(), key=lambda pair: pair[0].pk):
                _carry(act, pool, AccountKind.RESERVED, year, refusals.whole(amount), case.pk)
            for case, amount in sorted(allocated.items(), key=lambda pair: pair[0].pk):
                have = reads.unspent(pool, year, case)
                if refusals.whole(amount) > have:
                    raise refusals.unspent_short(case.reference, year, have, amount)
                _carry(act, pool, AccountKind.ALLOCATED, year, amount, case.pk)
        after = {
            "available": available,
            "reserved": {case.reference: amount for case, amount in reserved.items()},
            "allocated": {case.reference: amount for case, amount in allocated.items()},
        }
        record(
            "carry_over", locked.years[(pool.pk, year)], by=by, reason=text, after=after, operation=operation
        )
        return Operation.objects.get(pk=operation)


def close_year(
    pool: Pool,
    year: int,
    authority: Authority,
    *,
    by,
    operation: UUID,
    carried: int | None = None,
    text: str = "",
) -> Operation:
    """Closes a year. Of the available, `carried` kroner (None: all) go to the next year, the rest lapses."""
    require(by, Action.CLOSE_YEAR)
    with transaction.atomic():
        locked = lock([pool])
        row = closable(locked, pool, year)
        with posting(
            locked, kind=CLOSE_YEAR, by=by, operation=operation, text=text, authority=authority
        ) as act:
            act.read(pool, [year, year + 1], None)
            figures = _close(act, pool, year, carried)
        _mark_closed(row, act)
        record(CLOSE_YEAR, row, by=by, reason=text, after=figures, operation=operation)
        return Operation.objects.get(pk=operation)


def close_pool(pool: Pool, authority: Authority, *, by, operation: UUID, text: str = "") -> Operation:
    """Closes the pool with its last open year; what is available lapses.

    Refused while anything is reserved, without cover or unspent, or a shortfall stands.
    """
    require(by, Action.CLOSE_YEAR)
    with transaction.atomic():
        locked = lock([pool])
        if locked.pool(pool).closed_at is not None:
            raise refusals.pool_closed(locked.pool(pool))
        open_years = sorted(
            y for (p, y), row in locked.years.items() if p == pool.pk and row.status != PoolYear.Status.CLOSED
        )
        if len(open_years) > 1:
            raise Refusal(
                format_lazy(
                    _("Close {years} first; the pool closes with its last year."),
                    years=_listed(open_years[:-1]),
                )
            )
        lapsed = 0
        with posting(
            locked, kind=CLOSE_POOL, by=by, operation=operation, text=text, authority=authority
        ) as act:
            for year in open_years:
                closable(locked, pool, year)
                act.read(pool, [year], None)
                _require_empty(act, pool, year)
                lapsed = act.available(pool, year)
                _lapse(act, pool, year, lapsed)
            _require_no_unfunded(pool)
        for year in open_years:
            _mark_closed(locked.years[(pool.pk, year)], act)
        Pool.objects.filter(pk=pool.pk).update(closed_at=act.at)
        record(
            CLOSE_POOL, locked.pool(pool), by=by, reason=text, after={"lapse": lapsed}, operation=operation
        )
        return Operation.objects.get(pk=operation)


def closable(locked: Locked, pool: Pool, year: int) -> PoolYear:
    """The year, when it may be closed: open, the oldest open one, and adopted or never budgeted."""
    row = _existing(locked, pool, year)
    earlier = [
        y for (p, y), other in locked.years.items() if p == pool.pk and y < year and not _closed(other)
    ]
    if earlier:
        raise Refusal(
            format_lazy(_("Years are closed in order: close {years} first."), years=_listed(earlier))
        )
    if row.status == PoolYear.Status.ESTIMATE and row.has_budget:
        raise Refusal(
            format_lazy(
                _("{year} has a budget that is not adopted. Adopt the year before it is closed."), year=year
            )
        )
    return row


# --- The parts of a closing ---------------------------------------------------------------------------


def _close(act: Posting, pool: Pool, year: int, carried: int | None) -> dict:
    available = act.available(pool, year)
    carried = available if carried is None else carried
    if type(carried) is not int or not 0 <= carried <= available:
        raise Refusal(
            format_lazy(
                _("Of {available} in {year}, at most that much can be carried over."),
                available=kr(available),
                year=year,
            ),
            field="carried",
        )
    reserved = act.places(pool, kinds=[AccountKind.RESERVED], years=[year])
    allocated = _unspent(act, pool, year)
    shortfall = act.shortfall(pool, year)
    standing = reads.standing_unfunded([pool.pk], [year])
    if carried or reserved or allocated or shortfall or standing:
        year_to_book(act.locked, pool, year + 1)
    if carried:
        _carry(act, pool, AccountKind.AVAILABLE, year, carried)
    _lapse(act, pool, year, available - carried)
    for place, amount in reserved.items():
        _carry(act, pool, AccountKind.RESERVED, year, amount, place.case)
    for case, amount in allocated.items():
        _carry(act, pool, AccountKind.ALLOCATED, year, amount, case)
    if shortfall:
        here, there = (Place(pool.pk, AccountKind.SHORTFALL, y) for y in (year, year + 1))
        act.move(MovementKind.CARRY_OVER, there, here, shortfall)
    for row in standing:
        _carry_unfunded(act, row)
    return {
        "carried": carried,
        "lapse": available - carried,
        "reserved": sum(reserved.values()),
        "unspent": sum(allocated.values()),
        "shortfall": shortfall,
        "unfunded": sum(row.amount for row in standing),
    }


def _carry(act: Posting, pool: Pool, kind: str, year: int, amount: int, case: int | None = None) -> None:
    act.move(
        MovementKind.CARRY_OVER,
        Place(pool.pk, kind, year, case),
        Place(pool.pk, kind, year + 1, case),
        amount,
    )


def _lapse(act: Posting, pool: Pool, year: int, amount: int) -> None:
    if amount:
        act.move(
            MovementKind.LAPSE,
            Place(pool.pk, AccountKind.AVAILABLE, year),
            Place(pool.pk, AccountKind.SOURCE),
            amount,
        )


def _unspent(act: Posting, pool: Pool, year: int) -> dict[int, int]:
    """By case id, what is allocated in the year and not spent, where there is any."""
    spent = dict(SpentBalance.objects.filter(pool=pool, year=year).values_list("case_id", "oere"))
    allocated = act.places(pool, kinds=[AccountKind.ALLOCATED], years=[year])
    left = {
        place.case: reads.unspent_of(amount, spent.get(place.case, 0)) for place, amount in allocated.items()
    }
    return {case: amount for case, amount in left.items() if amount}


def _carry_unfunded(act: Posting, row: reads.Standing) -> None:
    for year, amount in ((row.year, -row.amount), (row.year + 1, row.amount)):
        act.unfunded_rows.append(
            UnfundedEntry(
                pool_id=row.pool,
                case_id=row.case,
                year=year,
                kind=UnfundedEntry.Kind.CARRIED,
                amount=amount,
                granted_by_id=row.granted_by,
                operation=act.operation,
                by=act.by,
            )
        )


def _require_empty(act: Posting, pool: Pool, year: int) -> None:
    reserved = sum(act.places(pool, kinds=[AccountKind.RESERVED], years=[year]).values())
    unspent = sum(_unspent(act, pool, year).values())
    shortfall = act.shortfall(pool, year)
    for amount, sentence in (
        (reserved, _("{amount} is still reserved in {year}, so the pool cannot be closed.")),
        (
            unspent,
            _("{amount} is allocated and unspent in {year}, so the pool cannot be closed. Return it first."),
        ),
        (shortfall, _("A shortfall of {amount} stands in {year}, so the pool cannot be closed.")),
    ):
        if amount:
            raise Refusal(format_lazy(sentence, amount=kr(amount), year=year))


def _require_no_unfunded(pool: Pool) -> None:
    if standing := reads.unfunded(pool):
        raise Refusal(
            format_lazy(
                _("Grants of {amount} stand without cover, so the pool cannot be closed."),
                amount=kr(standing),
            )
        )


def _existing(locked: Locked, pool: Pool, year: int) -> PoolYear:
    row = locked.open_year(pool, year)
    if row is None:
        raise TooLate(
            format_lazy(_("{pool} has no {year}."), pool=locked.pool(pool).name, year=year), field="year"
        )
    return row


def _mark_closed(row: PoolYear, act: Posting) -> None:
    row.status = PoolYear.Status.CLOSED
    row.closed_at = act.at
    row.save(update_fields=["status", "closed_at"])


def _closed(row: PoolYear) -> bool:
    return row.status == PoolYear.Status.CLOSED


def _listed(years: list[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))
