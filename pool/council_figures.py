"""What an act of the council does to a pool's years, in figures: shown before it is done.

The ledger does the act and asks everything again; whole kroner.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr
from pool.forms.council import CouncilForm
from pool.ledger import reads
from pool.models import PoolYear
from pool.overview import PoolOverview, YearColumn


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


def sentence_of(act: str, form: CouncilForm, overview: PoolOverview, changes: list[YearChange]) -> str:
    """What will happen, in figures."""
    if act == "appropriation":
        typed = form.cleaned_data
        values = {"year": typed["year"], "date": long_date(typed["appropriated_on"])}
        return _("The anlægsbevilling of %(year)d was given %(date)s. No money moves.") % values
    after = changes[0].after if changes else None
    if after is None:
        return _("The pool closes. It has no open year, and no money is moved.")
    amount = kr(abs(amount_of(act, form, overview)))
    values = {"amount": amount, "year": after.year, "available": kr(after.available)}
    sentences = {
        "budget": _("%(amount)s is booked as the budget of %(year)d. Afterwards %(available)s is available."),
        "adopt": _("%(amount)s is adopted as the budget of %(year)d. Afterwards %(available)s is available."),
        "supplement": _("%(amount)s is added to %(year)d. Afterwards %(available)s is available."),
        "prices": _("%(amount)s is added to %(year)d by regulation. Afterwards %(available)s is available."),
        "cut": _("%(amount)s is taken out of %(year)d. Afterwards %(available)s is available."),
        "carry-over": _("Money is carried out of %(year)d. Afterwards %(available)s is available there."),
        "close-year": _("%(year)d is closed and takes no more movements."),
        "close-pool": _("The pool is closed with %(year)d and takes no more movements."),
    }
    said = sentences[act] % values
    if act == "close-year":
        lapsed = changes[0].before.lapsed - after.lapsed
        said += " " + _("%(carried)s goes on to %(next)d, and %(lapsed)s lapses.") % {
            "carried": kr(changes[0].before.carried - after.carried), "next": after.year + 1,
            "lapsed": kr(lapsed),
        }  # fmt: skip
    if after.shortfall:
        said += " " + _(
            "%(amount)s has no cover: nothing is reserved or allocated in the year until it has."
        ) % {"amount": kr(-after.shortfall)}
    return said


def button_of(act, form: CouncilForm, overview: PoolOverview) -> str:
    """The words of the button that does it: the act, with the amount when money moves."""
    year = form.cleaned_data.get("year")
    if act.slug == "close-year":
        return _("Close %(year)d") % {"year": year}
    amount = amount_of(act.slug, form, overview)
    if act.slug == "carry-over":
        amount += sum(form.carried_of("r").values()) + sum(form.carried_of("a").values())
    words = {
        "adopt": _("Adopt %(amount)s"),
        "close-pool": str(act.label),
        "appropriation": _("Record the anlægsbevilling"),
    }
    return words.get(act.slug, _("Book %(amount)s")) % {"amount": kr(amount)}
