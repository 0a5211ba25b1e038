"""Starting a case and confirming its completion: acts of the case's way that touch the pool's money."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases.access import case_or_404
from businesscases.projects import final_report
from businesscases.workflow import CaseAction, why_not
from innovation_pool.audit.acts import Answer
from innovation_pool.refusals import NotAllowed
from innovation_pool.web.operation_form import answer_once
from pool import conditions, decisions
from pool.decision_words import what_ends
from pool.forms.council import NoteForm
from pool.views.reading import acted_already

ACTIONS = (CaseAction.START, CaseAction.CONFIRM_COMPLETION)


def case_act(request, reference, action):
    """The act with what it does to the money, and its one button."""
    if action not in ACTIONS:
        raise Http404
    case = case_or_404(request.user, reference)
    refusal = why_not(request.user, case, CaseAction(action))
    if isinstance(refusal, NotAllowed):
        raise refusal
    form = NoteForm(request.POST or None)
    if form.is_valid() and (refusal is None or acted_already(request)):
        answered = answer_once(request, form, action, lambda: _act(request, case, action, form))
        if answered:
            return answered
    funding = decisions.funding_of(case)
    context = {
        "case": case,
        "action": action,
        "refusal": refusal,
        "form": form,
        "funding": funding,
        "ends": what_ends(funding, decisions.unspent_of(case)) if action != CaseAction.START else "",
        "conditions": conditions.standing([case.pk]).get(case.pk, []),
        "report": final_report(case),
    }
    refused = form.errors or (request.method == "POST" and refusal is not None)
    return render(request, "pool/case_act.html", context, status=422 if refused else 200)


def _act(request, case, action: str, form: NoteForm) -> Answer:
    url = reverse("businesscases:case-detail", args=[case.reference])
    operation = form.cleaned_data["operation"]
    if action == CaseAction.START:
        decisions.start(case, by=request.user, operation=operation)
        return Answer(url, _("The project is in progress."))
    note = form.cleaned_data["note"]
    decisions.confirm_completion(case, by=request.user, operation=operation, note=note)
    return Answer(url, _("The case is completed. What was reserved and unspent is back in the pool."))
