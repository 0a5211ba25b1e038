"""What an act of the council does to a pool's years, in figures: shown before it is done.

The ledger does the act and asks everything again; whole kroner.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pool.forms.council import CouncilForm
from pool.ledger import reads
from pool.models import AccountKind, PoolYear
from pool.overview import PoolOverview, YearColumn

CASES_ACCOUNTS = {"reserved": AccountKind.RESERVED, "allocated": AccountKind.ALLOCATED}


@dataclass(frozen=True)
class YearChange:
    """A year before and after an act."""

    before: YearColumn
    after: YearColumn


def amount_of(act: str, form: CouncilForm, overview: PoolOverview) -> int:
    """The kroner the act moves into (or, for a cut, out of) the year."""
    typed = form.cleaned_data
    if act != "prices":
        return typed.get("amount") or 0
    column = overview.column(typed["year"])
    exact = Decimal(column.budget) * typed["percent"]
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def before_and_after(act: str, form: CouncilForm, overview: PoolOverview) -> list[YearChange]:
    """The years the act touches, as they are and as they will be."""
    typed = form.cleaned_data
    if act == "appropriation":
        return []
    if act == "close-pool":
        return [YearChange(c, _moved(c, lapsed=-c.available)) for c in overview.years if c.status != "closed"]
    column = overview.column(typed["year"])
    coming = overview.column(column.year + 1)
    amount = amount_of(act, form, overview)
    if act == "budget":
        return [YearChange(column, _moved(column, budget=amount))]
    if act == "adopt":
        return [YearChange(column, _moved(column, budget=amount - column.budget))]
    if act in ("supplement", "prices"):
        return [YearChange(column, _moved(column, supplements=amount))]
    if act == "cut":
        return [YearChange(column, _moved(column, cuts=-amount))]
    if act == "close-year":
        # Case by case, as the ledger carries it: what one case overspent is no other case's.
        unspent = sum(reads.unspent_in(overview.pool, column.year).values())
        return _closing(column, coming, unspent, typed.get("carried"))
    reserved, unspent = sum(form.carried_of("r").values()), sum(form.carried_of("a").values())
    return _carrying(column, coming, amount, reserved, unspent)


def after_transfers(overview: PoolOverview, transfers: Iterable[tuple]) -> list[YearChange]:
    """The years that transfers touch, before and after them all; each is (from, to, kroner) of accounts."""
    moved: dict[int, Counter] = defaultdict(Counter)
    for debit, credit, amount in transfers:
        for account, change in ((debit, -amount), (credit, amount)):
            if account.year is not None:
                moved[account.year][account.kind] += change
    changes = []
    for year, by_kind in sorted(moved.items()):
        column = overview.column(year)
        sums = {name: by_kind[kind] for name, kind in CASES_ACCOUNTS.items()}
        # What comes to the year from outside it, whatever row of the budget it stands in.
        carried = sum(by_kind.values())
        changes.append(YearChange(column, _moved(column, carried=carried, **sums)))
    return changes


def _moved(column: YearColumn, **changes: int) -> YearColumn:
    """The year with the changes; what is free covers a shortfall first, and what lacks becomes one."""
    moved = replace(column, **{name: getattr(column, name) + change for name, change in changes.items()})
    free = moved.corrected - moved.reserved - moved.allocated
    return replace(moved, available=max(0, free), shortfall=min(0, free))


def _closing(column: YearColumn, coming: YearColumn, unspent: int, carried: int | None) -> list[YearChange]:
    carried = column.available if carried is None else min(carried, column.available)
    here = column.reserved + unspent + carried + column.shortfall
    closed = replace(
        column,
        status=PoolYear.Status.CLOSED,
        lapsed=column.lapsed - (column.available - carried),
        carried=column.carried - here,
        reserved=0,
        allocated=column.allocated - unspent,
        available=0,
        shortfall=0,
        unfunded=0,
    )
    opened = replace(
        coming,
        carried=coming.carried + here,
        reserved=coming.reserved + column.reserved,
        allocated=coming.allocated + unspent,
        unfunded=coming.unfunded + column.unfunded,
    )
    return [YearChange(column, closed), YearChange(coming, _moved(opened))]


def _carrying(column, coming, available: int, reserved: int, unspent: int) -> list[YearChange]:
    all_of_it = available + reserved + unspent
    here = replace(
        column,
        carried=column.carried - all_of_it,
        reserved=column.reserved - reserved,
        allocated=column.allocated - unspent,
    )
    there = replace(
        coming,
        carried=coming.carried + all_of_it,
        reserved=coming.reserved + reserved,
        allocated=coming.allocated + unspent,
    )
    return [YearChange(column, _moved(here)), YearChange(coming, _moved(there))]


def exceeds(act: str, form: CouncilForm, overview: PoolOverview) -> bool:
    """Whether a cut takes more than the year's whole corrected budget: lawful, and hardly ever meant."""
    return act == "cut" and form.cleaned_data["amount"] > overview.column(form.cleaned_data["year"]).corrected
