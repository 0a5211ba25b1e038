"""Finance's acts on the money of cases: return, transfers registered, outcomes, a new pool."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesscases.models import BusinessCase
from innovation_pool.audit.acts import Answer
from innovation_pool.audit.trail import record as trail
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once
from pool import decisions, ledger
from pool.case_money import effects_to_register, unspent_rows
from pool.forms.council import EffectForm, OutcomeForm, ReturnForm
from pool.forms.pools import PoolForm
from pool.models import DecisionCondition, Movement, Pool
from pool.models.decisions import ConditionKind
from pool.views.reading import acted_already


def return_unspent(request, pool_id):
    """A case's allocated and unspent money goes back to what is available."""
    require(request.user, Action.RETURN_MONEY)
    pool = get_object_or_404(Pool, pk=pool_id)
    rows = unspent_rows(pool)
    form = ReturnForm(rows, request.POST or None, initial={"case_year": request.GET.get("row", "")})
    if acted_already(request):
        form.fields["case_year"].choices = [(request.POST.get("case_year", ""), "")]
    if form.is_valid():
        answered = answer_once(request, form, "return", lambda: _return(request, pool, form))
        if answered:
            return answered
    context = {"pool": pool, "rows": rows, "form": form}
    return render(request, "pool/return_unspent.html", context, status=422 if form.errors else 200)


def _return(request, pool: Pool, form: ReturnForm) -> Answer:
    typed = form.cleaned_data
    case_id, year = typed["case_year"].split("-")
    case = get_object_or_404(BusinessCase, pk=case_id)
    ledger.return_unspent(
        pool,
        int(year),
        case,
        typed["amount"],
        reason=typed["reason"],
        by=request.user,
        operation=typed["operation"],
    )
    message = _("%(amount)s of %(case)s is returned and available in %(year)s.") % {
        "amount": kr(typed["amount"]), "case": case.reference, "year": year
    }  # fmt: skip
    return Answer(reverse("pool:pool-detail", args=[pool.pk]), message)


def effect_list(request, pool_id):
    """The movements whose budget transfer is to be registered; several in one go."""
    require(request.user, Action.REGISTER_EFFECT)
    pool = get_object_or_404(Pool, pk=pool_id)
    rows = effects_to_register(pool)
    # The only one there is needs no choosing.
    only = [rows[0].pk] if len(rows) == 1 else []
    form = EffectForm([row.pk for row in rows], request.POST or None, initial={"movements": only})
    if form.is_valid():
        answered = answer_once(request, form, "register-effect", lambda: _register(request, pool, form))
        if answered:
            return answered
    ticked = {str(pk) for pk in form["movements"].value() or []}
    context = {
        "pool": pool,
        "rows": [(row, str(row.pk) in ticked) for row in rows],
        "total": sum(row.amount for row in rows),
        "form": form,
    }
    return render(request, "pool/effect_list.html", context, status=422 if form.errors else 200)


def _register(request, pool: Pool, form: EffectForm) -> Answer:
    typed = form.cleaned_data
    movements = Movement.objects.filter(pk__in=typed["movements"], pool=pool)
    made = ledger.register_effect(
        movements,
        transferred_from=typed["transferred_from"],
        transferred_to=typed["transferred_to"],
        voucher=typed["voucher"],
        on=typed["on"],
        by=request.user,
        operation=typed["operation"],
    )
    message = ngettext(
        "%(n)d movement is effected, voucher %(voucher)s.",
        "%(n)d movements are effected, voucher %(voucher)s.",
        len(made),
    ) % {"n": len(made), "voucher": typed["voucher"]}
    return Answer(reverse("pool:effect-list", args=[pool.pk]), message)


def record_outcome(request, condition_id):
    """What the politicians answered to a condition of an approval."""
    require(request.user, Action.RECORD_OUTCOME)
    conditions = DecisionCondition.objects.select_related("decision__case")
    condition = get_object_or_404(conditions, pk=condition_id)
    case = condition.decision.case
    years = decisions.operation_years(case) if condition.kind == ConditionKind.CONVERSION else {}
    form = OutcomeForm(years, request.POST or None)
    if form.is_valid():
        answered = answer_once(
            request, form, "record-outcome", lambda: _record_outcome(request, condition, form)
        )
        if answered:
            return answered
    context = {"condition": condition, "decision": condition.decision, "case": case, "form": form}
    return render(request, "pool/record_outcome.html", context, status=422 if form.errors else 200)


def _record_outcome(request, condition: DecisionCondition, form: OutcomeForm) -> Answer:
    typed = form.cleaned_data
    decisions.record_outcome(
        condition,
        met=typed["met"],
        committee=typed["committee"],
        on=typed["on"],
        item=typed["item"],
        by=request.user,
        operation=typed["operation"],
        converted=form.converted(),
    )
    url = reverse("businesscases:case-detail", args=[condition.decision.case.reference])
    if typed["met"]:
        return Answer(url, _("The outcome is recorded: yes."))
    message = _(
        "The outcome is recorded: no. The board decides what follows; the case is on the next agenda."
    )
    return Answer(url, message, "warn")


def pool_new(request):
    """A new pool with the fields of the municipality's form; the money is booked after."""
    require(request.user, Action.BOOK_COUNCIL_MONEY)
    form = PoolForm(request.POST or None, done=acted_already(request))
    if form.is_valid():
        answered = answer_once(request, form, "create-pool", lambda: _create(request, form))
        if answered:
            return answered
    return render(request, "pool/pool_new.html", {"form": form}, status=422 if form.errors else 200)


def _create(request, form: PoolForm) -> Answer:
    pool = form.save()
    operation = form.cleaned_data["operation"]
    trail("create_pool", pool, by=request.user, operation=operation, after={"number": pool.number})
    message = _("%(pool)s is made. Book what the council has set aside.") % {"pool": pool.name}
    return Answer(reverse("pool:council-act", args=[pool.pk, "budget"]), message)
