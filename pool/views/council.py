"""Finance books what the council decided: each act with its authority, and its figures before it is done."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases.models import Rate
from businesscases.rates import rate_on
from innovation_pool import clock
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import may, require
from innovation_pool.web.operation_form import answer_once
from pool import ledger
from pool.council_acts import ACTS, CouncilAct, carried_before, carried_rows, years_for
from pool.council_figures import before_and_after
from pool.council_words import button_of, doubt_of, sentence_of, told_of
from pool.forms.council import CouncilForm
from pool.ledger.refusals import MOVED
from pool.models import Pool
from pool.overview import PoolOverview, pool_years
from pool.views.acting import booked
from pool.views.reading import acted_already, whole_number

YEAR_REDRAWS = {
    "hx-post": "",
    "hx-trigger": "change consume",
    "hx-target": "#council",
    "hx-select": "#council",
    "hx-swap": "outerHTML show:none",
}


def council_act(request, pool_id, act):
    """One act of the table: typed, shown in figures, confirmed."""
    found = ACTS.get(act)
    if found is None:
        raise Http404
    require(request.user, found.who)
    pool = get_object_or_404(Pool, pk=pool_id)
    overview = pool_years(pool, sees_asked=False)
    form = _form(request, found, pool, overview)
    asked_again = False
    if form.is_bound and form.is_valid() and request.POST.get("step") == "act":
        asked_again = request.POST.get("plan") != form.plan()
        if not asked_again:
            run = _run(request, found, pool, overview, form)
            answered = answer_once(request, form, f"council {act}", run)
            if answered:
                return answered
            overview = pool_years(pool, sees_asked=False)
    return _page(request, found, pool, overview, form, asked_again=asked_again)


def acts_for(user, pool: Pool) -> list[dict]:
    """The acts this person may book on an open pool, for the menu of its page."""
    if pool.closed_at is not None:
        return []
    return [
        {"label": act.label, "url": reverse("pool:council-act", args=[pool.pk, act.slug])}
        for act in ACTS.values()
        if may(user, act.who)
    ]


def _form(request, act: CouncilAct, pool: Pool, overview: PoolOverview) -> CouncilForm:
    years = years_for(act, pool, overview)
    asked = whole_number(request.POST.get("year") or request.GET.get("year"))
    year = asked if asked in years else next(iter(years), None)
    # A form that has acted comes back with a year that may no longer be a choice.
    choices = sorted({*years, asked}) if request.method == "POST" and asked else years
    initial = {"year": year, "percent": rate_on(Rate.Kind.PRICE_INDEX, clock.today())}
    if act.slug == "adopt" and year:
        initial["amount"] = overview.column(year).budget or None
    if act.slug == "close-year" and year:
        initial["carried"] = overview.column(year).available
    rows = _rows(request, act, pool, year)
    form = CouncilForm(act.needs, choices, request.POST or None, initial=initial, rows=rows)
    _label(act, form)
    return form


def _rows(request, act: CouncilAct, pool: Pool, year: int | None):
    """What cases have that the form asks about."""
    if act.slug != "carry-over":
        return ()
    return carried_before(request.POST) if acted_already(request) else carried_rows(pool, year)


def _label(act: CouncilAct, form: CouncilForm) -> None:
    """The words of the fields that mean something of their own in an act."""
    if act.slug == "appropriation":
        form.fields["appropriated_on"].required = True
        form.fields["appropriated_on"].label = _("Anlægsbevilling given")
    if act.slug == "carry-over":
        form.fields["amount"].required = False
        form.fields["amount"].label = _("Available that is carried, kr.")
        # The table of the cases is that of the year, so the whole form follows it.
        form.fields["year"].widget.attrs |= YEAR_REDRAWS


def _run(request, act: CouncilAct, pool: Pool, overview: PoolOverview, form: CouncilForm):
    def run() -> Answer:
        year = form.cleaned_data.get("year")
        ledger.lock([pool])
        if year:
            ledger.require_unmoved(request.POST.get("seen", ""), pool, year)
        # Before the act, which moves what they are made of.
        changes = before_and_after(act.slug, form, overview)
        act.run(pool, form, overview, request.user)
        return _answer(act, pool, form, overview, changes)

    return run


def _answer(act: CouncilAct, pool: Pool, form: CouncilForm, overview, changes) -> Answer:
    """What was done; a pool that is closed is left with its account."""
    said = told_of(act.slug, form, overview, changes)
    short = any(change.after.shortfall for change in changes)
    page = "pool:final-account" if act.slug == "close-pool" else "pool:pool-detail"
    return booked(pool, form.cleaned_data["operation"], said, short=short, page=page)


def _shows_figures(form: CouncilForm) -> bool:
    """Whether what happens is shown though the form was refused: the money moved, or an amount is doubted."""
    moved = form.non_field_errors() == [str(MOVED)] and [*form.errors] == [NON_FIELD_ERRORS]
    return moved or [*form.errors] == ["beyond"]


def _page(request, act: CouncilAct, pool: Pool, overview, form: CouncilForm, *, asked_again: bool):
    # Any other refusal is put right in the fields first.
    ready = form.is_bound and (not form.errors or _shows_figures(form))
    changes = before_and_after(act.slug, form, overview) if ready else []
    year = form.cleaned_data.get("year") if ready else None
    context = {
        "act": act,
        "pool": pool,
        "form": form,
        "ready": ready,
        "changes": changes,
        "sentence": sentence_of(act.slug, form, overview, changes) if ready else "",
        "doubt": doubt_of(act.slug, form, overview, changes) if ready else "",
        "years": [column for column in overview.years if column.status in ("estimate", "adopted")],
        "button": button_of(act, form, overview) if ready else "",
        "plan": form.plan() if ready else "",
        "seen": ledger.pool_state(pool, year) if year else "",
        "asked_again": asked_again,
    }
    if act.slug == "close-year":
        context["following"] = carried_rows(pool, next(iter(years_for(act, pool, overview)), None))
    acting = request.POST.get("step") == "act"
    status = 422 if form.is_bound and form.errors and acting else 200
    return render(request, "pool/council_act.html", context, status=status)
