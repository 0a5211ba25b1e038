"""How a project goes, told by those who write the case."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from businesscases import projects
from businesscases.access import case_or_404
from businesscases.forms.acts import StatusForm
from businesscases.views.act_pages import case_address
from businesscases.views.acts import sent_before
from innovation_pool.audit.acts import Answer
from innovation_pool.web.operation_form import answer_once


@require_http_methods(["GET", "POST"])
def case_status_report(request, reference):
    """The form of a status report, and the earlier ones below it; nothing moves."""
    case = case_or_404(request.user, reference)
    refusal = projects.why_no_status(request.user, case)
    if refusal is not None and not sent_before(request):
        raise refusal
    form = StatusForm(request.POST or None)

    def run() -> Answer:
        typed = form.cleaned_data
        projects.report_status(case, by=request.user, **typed)
        return Answer(case_address(case), _("The status report is in the history of the case."))

    if form.is_valid():
        answer = answer_once(request, form, "report-status", run)
        if answer is not None:
            return answer
    context = {
        "case": case,
        "form": form,
        "name": _("Status report"),
        "back": case_address(case),
        "reports": projects.status_reports(case),
    }
    return render(request, "businesscases/status_report.html", context, status=422 if form.errors else 200)
