"""An act of the council in words: what it will do, asked before it is done, and what it did."""

from django.utils.translation import gettext as _

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr
from pool.council_figures import YearChange, amount_of, exceeds
from pool.forms.council import CouncilForm
from pool.overview import PoolOverview, YearColumn


def sentence_of(act: str, form: CouncilForm, overview: PoolOverview, changes: list[YearChange]) -> str:
    """What will happen, in figures."""
    if act == "appropriation":
        return _("The anlægsbevilling of %(year)d was given %(date)s. No money moves.") % _given(form)
    if not changes:
        return _("The pool closes. It has no open year, and no money is moved.")
    sentences = {
        "budget": _("%(amount)s is booked as the budget of %(year)d. Afterwards %(available)s is available."),
        "adopt": _("%(amount)s is adopted as the budget of %(year)d. Afterwards %(available)s is available."),
        "supplement": _("%(amount)s is added to %(year)d. Afterwards %(available)s is available."),
        "prices": _("%(amount)s is added to %(year)d by regulation. Afterwards %(available)s is available."),
        "cut": _("%(amount)s is taken out of %(year)d. Afterwards %(available)s is available."),
        "carry-over": _(
            "%(amount)s is carried from %(year)d to %(next)d. "
            "Afterwards %(available)s is available in %(year)d."
        ),
        "close-year": _(
            "%(year)d is closed and takes no more movements. "
            "%(carried)s goes on to %(next)d, and %(lapsed)s lapses."
        ),
        "close-pool": _("The pool is closed with %(year)d and takes no more movements. %(lapsed)s lapses."),
    }
    said = sentences[act] % _figures(act, form, overview, changes)
    after = changes[0].after
    if after.shortfall:
        said += " " + _(
            "%(amount)s has no cover: nothing is reserved or allocated in the year until it has."
        ) % {"amount": kr(-after.shortfall)}
    return said


def told_of(act: str, form: CouncilForm, overview: PoolOverview, changes: list[YearChange]) -> str:
    """What was done, in figures, and what the board must do where a cut has no cover."""
    if act == "appropriation":
        return _("The anlægsbevilling of %(year)d, given %(date)s, is recorded. No money moved.") % _given(
            form
        )
    if not changes:
        return _("The pool is closed. It had no open year, and no money moved.")
    sentences = {
        "budget": _("%(amount)s is booked as the budget of %(year)d; %(available)s is available there."),
        "adopt": _("The budget of %(year)d is adopted at %(amount)s; %(available)s is available there."),
        "supplement": _("%(amount)s has been added to %(year)d; %(available)s is available there."),
        "prices": _("%(amount)s has been added to %(year)d by regulation; %(available)s is available there."),
        "cut": _("%(amount)s has been taken out of %(year)d; %(available)s is available there."),
        "carry-over": _(
            "%(amount)s has been carried from %(year)d to %(next)d; "
            "%(available)s is available in %(year)d."
        ),
        "close-year": _(
            "%(year)d is closed. %(carried)s has gone on to %(next)d, and %(lapsed)s has lapsed."
        ),
        "close-pool": _("The pool is closed with %(year)d; %(lapsed)s has lapsed."),
    }  # fmt: skip
    said = sentences[act] % _figures(act, form, overview, changes)
    after = changes[0].after
    if after.unfunded and after.available and act != "close-year":
        said += " " + _("%(amount)s stands without cover in the year; the board can cover it now.") % {
            "amount": kr(after.unfunded)
        }
    short = next((change.after for change in changes if change.after.shortfall), None)
    return f"{said} {uncovered(short)}" if short else said


def uncovered(column: YearColumn) -> str:
    """What the board must do about a cut that has no cover in the year; "" where there is none."""
    if not column.shortfall:
        return ""
    return _(
        "%(amount)s has no cover. The board must free it by a change of grant; until then nothing is "
        "reserved or allocated in %(year)d."
    ) % {"amount": kr(column.lacks), "year": column.year}


def numbered(numbers: list[int]) -> str:
    """The movements an act made, by number: "Movements no. 41–43."; "" for none."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        return _("Movement no. %(first)d.") % {"first": numbers[0]}
    # One act holds the lock of the pool, so its numbers run on.
    return _("Movements no. %(first)d–%(last)d.") % {"first": numbers[0], "last": numbers[-1]}


def doubt_of(act: str, form: CouncilForm, overview: PoolOverview, changes: list[YearChange]) -> str:
    """What is asked once more of an amount that can hardly be meant; "" for any other."""
    if not exceeds(act, form, overview):
        return ""
    before, after = changes[0].before, changes[0].after
    return _(
        "This is more than the corrected budget of %(year)d, %(corrected)s. It leaves %(available)s "
        "available and %(short)s that must be found elsewhere. Is the amount right?"
    ) % {
        "year": before.year,
        "corrected": kr(before.corrected),
        "available": kr(after.available),
        "short": kr(after.lacks),
    }


def button_of(act, form: CouncilForm, overview: PoolOverview) -> str:
    """The words of the button that does it: the act, with the amount when money moves."""
    year = form.cleaned_data.get("year")
    if act.slug == "close-year":
        return _("Close %(year)d") % {"year": year}
    words = {
        "adopt": _("Adopt %(amount)s"),
        "close-pool": str(act.label),
        "appropriation": _("Record the anlægsbevilling"),
    }
    return words.get(act.slug, _("Book %(amount)s")) % {"amount": kr(_moved(act.slug, form, overview))}


def _given(form: CouncilForm) -> dict:
    typed = form.cleaned_data
    return {"year": typed["year"], "date": long_date(typed["appropriated_on"])}


def _moved(act: str, form: CouncilForm, overview: PoolOverview) -> int:
    amount = abs(amount_of(act, form, overview))
    if act == "carry-over":
        amount += sum(form.carried_of("r").values()) + sum(form.carried_of("a").values())
    return amount


def _figures(act: str, form: CouncilForm, overview: PoolOverview, changes: list[YearChange]) -> dict:
    before, after = changes[0].before, changes[0].after
    return {
        "amount": kr(_moved(act, form, overview)),
        "year": after.year,
        "next": after.year + 1,
        "available": kr(after.available),
        "carried": kr(before.carried - after.carried),
        "lapsed": kr(before.lapsed - after.lapsed),
    }
