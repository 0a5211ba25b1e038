"""Finance's acts on the money of cases: transfers registered, outcomes, a new pool."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_pool.audit.acts import Answer
from innovation_pool.audit.trail import record as trail
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once
from pool import decisions, ledger
from pool.case_money import effects_to_register
from pool.forms.council import EffectForm, OutcomeForm
from pool.forms.pools import PoolForm
from pool.models import DecisionCondition, Movement, Pool
from pool.models.decisions import ConditionKind
from pool.views.reading import acted_already


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
