"""The municipality's form "Budgetalternativ – Anlægsønske" as Excel: of a pool, and of a case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from businesscases.access import case_or_404, content_for
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import XLSX, attachment
from innovation_pool.permissions import Action, require
from pool.models import Pool
from pool.sheets.drawing.form import Form, form_workbook
from pool.sheets.form_rows import form_of_case, form_of_pool

PROPOSAL = _("The municipality's form")


@require_GET
def proposal(request, pool_id):
    """The form of a pool."""
    require(request.user, Action.READ_POOL)
    pool = get_object_or_404(Pool.objects.select_related("committee", "department"), pk=pool_id)
    record_file(PROPOSAL, "xlsx", by=request.user, of=pool, after={"what": "proposal", "as": "xlsx"})
    return _file(form_of_pool(pool))


@require_GET
def case_proposal(request, reference):
    """The form of a case, as the person reads the case."""
    case = case_or_404(request.user, reference)
    form = form_of_case(case, content_for(request.user, case))
    after = {"what": "proposal", "as": "xlsx"}
    record_file(PROPOSAL, "xlsx", by=request.user, of=case, case_reference=case.reference, after=after)
    return _file(form)


def _file(form: Form) -> HttpResponse:
    response = HttpResponse(form_workbook(form), content_type=XLSX)
    response["Content-Disposition"] = attachment(f"budgetalternativ-{form.number}", "xlsx")
    return response
