"""Copying a case into a new draft."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from businesscases.access import case_or_404, content_for
from businesscases.copying import copy_case
from businesscases.forms.acts import ActForm
from businesscases.views.act_pages import case_address
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once


@require_http_methods(["GET", "POST"])
def case_copy(request, reference):
    """Says what is copied and what is not; the copy opens in the editor."""
    case = case_or_404(request.user, reference)
    require(request.user, Action.WRITE_CASE)
    form = ActForm(request.POST or None)

    def run() -> Answer:
        copy = copy_case(case, by=request.user, operation=form.cleaned_data["operation"])
        words = {"copy": copy.reference, "reference": case.reference}
        message = _("%(copy)s is made as a copy of %(reference)s. Only you can see it.") % words
        return Answer(reverse("businesscases:case-edit", args=[copy.reference]), message)

    if form.is_valid():
        answer = answer_once(request, form, "copy case", run)
        if answer is not None:
            return answer
    context = {
        "case": case,
        "content": content_for(request.user, case),
        "form": form,
        "name": _("Copy the case"),
        "back": case_address(case),
    }
    return render(request, "businesscases/case_copy.html", context, status=422 if form.errors else 200)
