"""The acts finance books on the council's authority, as one table: what is typed, which years, who, how.

What each does in figures is `pool.council_figures`; the ledger does it and asks everything again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from businesscases.models import BusinessCase
from innovation_pool.kroner import LARGEST
from innovation_pool.permissions import Action
from innovation_pool.refusals import Refusal
from pool import ledger
from pool.council_figures import amount_of, exceeds
from pool.forms.council import CouncilForm
from pool.models import Account, AccountKind, Pool, SpentBalance
from pool.overview import PoolOverview


@dataclass(frozen=True)
class CouncilAct:
    """One act: its name, what must be typed, which years it concerns, who books it, and how."""

    slug: str
    label: Promise
    lead: Promise
    needs: tuple[str, ...]
    years: str
    who: Action
    run: Callable


# --- The table ---------------------------------------------------------------------------------------


def _common(form: CouncilForm, by) -> dict:
    typed = form.cleaned_data
    return {"by": by, "operation": typed["operation"], "text": typed.get("text", "")}


def _booking(act):
    def run(pool: Pool, form: CouncilForm, overview, by) -> None:
        act(
            pool,
            form.cleaned_data["year"],
            form.cleaned_data["amount"],
            form.authority(),
            **_common(form, by),
        )

    return run


def _cut(pool: Pool, form: CouncilForm, overview, by) -> None:
    if exceeds("cut", form, overview) and not form.cleaned_data["beyond"]:
        raise Refusal(
            _("The cut is more than the year's corrected budget. Tick that it is right, or mend the amount."),
            field="beyond",
        )
    _booking(ledger.cut)(pool, form, overview, by)


def _adopt(pool: Pool, form: CouncilForm, overview, by) -> None:
    typed = form.cleaned_data
    ledger.adopt_year(
        pool, typed["year"], typed["amount"], form.authority(),
        appropriated_on=typed["appropriated_on"], **_common(form, by),
    )  # fmt: skip


def _prices(pool: Pool, form: CouncilForm, overview, by) -> None:
    amount = amount_of("prices", form, overview)
    if amount <= 0:
        raise Refusal(
            _("The regulation comes to nothing or less. A lower budget is booked as a cut."), field="percent"
        )
    ledger.regulate_prices(pool, form.cleaned_data["year"], amount, form.authority(), **_common(form, by))


def _carry(pool: Pool, form: CouncilForm, overview, by) -> None:
    ledger.carry_over(
        pool, form.cleaned_data["year"], form.authority(), available=form.cleaned_data["amount"] or 0,
        reserved=form.carried_of("r"), allocated=form.carried_of("a"), **_common(form, by),
    )  # fmt: skip


def _close_year(pool: Pool, form: CouncilForm, overview, by) -> None:
    typed = form.cleaned_data
    ledger.close_year(pool, typed["year"], form.authority(), carried=typed["carried"], **_common(form, by))


def _close_pool(pool: Pool, form: CouncilForm, overview, by) -> None:
    ledger.close_pool(pool, form.authority(), **_common(form, by))


def _appropriation(pool: Pool, form: CouncilForm, overview, by) -> None:
    typed = form.cleaned_data
    ledger.give_appropriation(
        pool,
        typed["year"],
        typed["appropriated_on"],
        form.authority(),
        by=by,
        operation=typed["operation"],
    )


BOOK, CLOSE = Action.BOOK_COUNCIL_MONEY, Action.CLOSE_YEAR
_PLAIN = ("year", "amount", "text")

ACTS: dict[str, CouncilAct] = {
    act.slug: act
    for act in (
        CouncilAct(
            "budget",
            gettext_lazy("Book a budget"),
            gettext_lazy("Money the council sets aside in a year that is not adopted yet."),
            _PLAIN,
            "estimate or new",
            BOOK,
            _booking(ledger.book_budget),
        ),
        CouncilAct(
            "adopt",
            gettext_lazy("Adopt a year"),
            gettext_lazy("The whole budget of the year as the council adopted it; 0 is lawful."),
            ("year", "amount", "appropriated_on", "text"),
            "estimate or new",
            BOOK,
            _adopt,
        ),
        CouncilAct(
            "appropriation",
            gettext_lazy("Anlægsbevilling"),
            gettext_lazy("The anlægsbevilling of an adopted year, when it was given later. No money moves."),
            ("year", "appropriated_on"),
            "adopted",
            BOOK,
            _appropriation,
        ),
        CouncilAct(
            "supplement",
            gettext_lazy("Supplement"),
            gettext_lazy("A supplementary appropriation to a year."),
            _PLAIN,
            "open",
            BOOK,
            _booking(ledger.supplement),
        ),
        CouncilAct(
            "prices",
            gettext_lazy("Price regulation"),
            gettext_lazy("A percentage of the year's budget, computed and shown before it is booked."),
            ("year", "percent", "text"),
            "open",
            BOOK,
            _prices,
        ),
        CouncilAct(
            "cut",
            pgettext_lazy("money", "Cut"),
            gettext_lazy("Money the council takes back. What is more than is free stands as a shortfall."),
            (*_PLAIN, "beyond"),
            "open",
            BOOK,
            _cut,
        ),
        CouncilAct(
            "carry-over",
            gettext_lazy("Carry-over"),
            gettext_lazy("Money that moves from an open year to the next."),
            _PLAIN,
            "open",
            BOOK,
            _carry,
        ),
        CouncilAct(
            "close-year",
            gettext_lazy("Close a year"),
            gettext_lazy("What cases have reserved and not spent follows them into the next year."),
            ("year", "carried", "text"),
            "first open",
            CLOSE,
            _close_year,
        ),
        CouncilAct(
            "close-pool",
            gettext_lazy("Close the pool"),
            gettext_lazy("The pool closes with its last year; what is available lapses."),
            ("text",),
            "none",
            CLOSE,
            _close_pool,
        ),
    )
}


def years_for(act: CouncilAct, pool: Pool, overview: PoolOverview) -> list[int]:
    """The years the act can be booked to."""
    open_years = [column.year for column in overview.years if column.status in ("estimate", "adopted")]
    if act.years == "open":
        return open_years
    if act.years == "adopted":
        return [column.year for column in overview.years if column.status == "adopted"]
    if act.years == "first open":
        return open_years[:1]
    if act.years == "none":
        return []
    taken = {column.year for column in overview.years if column.status in ("adopted", "closed")}
    last = max([*open_years, *taken, pool.first_year + 3])
    return [year for year in range(pool.first_year, min(last + 4, 2100) + 1) if year not in taken]


@dataclass(frozen=True)
class CarriedRow:
    """What a case has in a year that can be carried over; whole kroner."""

    case: object
    reserved: int
    unspent: int


def carried_rows(pool: Pool, year: int | None) -> list[CarriedRow]:
    """The cases with money in the year, by reference; two statements."""
    kinds = [AccountKind.RESERVED, AccountKind.ALLOCATED]
    accounts = Account.objects.filter(pool=pool, year=year, kind__in=kinds, balance__gt=0)
    spent = dict(SpentBalance.objects.filter(pool=pool, year=year).values_list("case", "oere"))
    found: dict = {}
    for account in accounts.select_related("case").order_by("case__reference"):
        row = found.setdefault(account.case_id, [account.case, 0, 0])
        if account.kind == AccountKind.RESERVED:
            row[1] += account.balance
        else:
            row[2] += ledger.unspent_of(account.balance, spent.get(account.case_id, 0))
    return [CarriedRow(*row) for row in found.values() if row[1] or row[2]]


def carried_before(posted) -> list[CarriedRow]:
    """The rows a form that has acted was sent with: its money is carried, so the year no longer has them."""
    ids = {name[2:] for name in posted if name[:2] in ("r_", "a_") and name[2:].isdecimal()}
    cases = BusinessCase.objects.filter(pk__in=ids).order_by("reference")
    return [
        CarriedRow(case, *(LARGEST if f"{kind}_{case.pk}" in posted else 0 for kind in "ra"))
        for case in cases
    ]
