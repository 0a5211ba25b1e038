"""The case as a workbook: getting it, and uploading it filled in, with what it will change before it does."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from businesscases.access import case_or_404
from businesscases.forms.upload import SaveUploadForm, UploadForm
from businesscases.template.rows import template_of
from businesscases.template.upload import Upload, save_upload
from businesscases.template.workbook import template_workbook
from innovation_pool.audit.acts import Answer
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import XLSX, attachment
from innovation_pool.refusals import Refusal
from innovation_pool.web.operation_form import answer_once, typed_values


@require_GET
def case_template(request, reference):
    """The template filled with the case; for those who write it."""
    case = case_or_404(request.user, reference, for_change=True)
    after = {"what": "template", "as": "xlsx"}
    what = gettext_lazy("Template of the case")
    record_file(what, "xlsx", by=request.user, of=case, case_reference=case.reference, after=after)
    response = HttpResponse(template_workbook(template_of(case)), content_type=XLSX)
    response["Content-Disposition"] = attachment(f"skabelon-{case.reference}", "xlsx")
    return response


@require_http_methods(["GET", "POST"])
def case_upload(request, reference):
    """The file is shown as what it will change; confirmed, it is saved as a whole."""
    case = case_or_404(request.user, reference, for_change=True)
    if request.POST.get("step") == "save":
        return _save(request, case)
    form = UploadForm(request.POST or None, request.FILES or None)
    upload = None
    if request.method == "POST" and form.is_valid():
        try:
            upload = Upload(case, request.user, form.cleaned_data["file"].read())
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
    return _page(request, case, form, upload)


def _save(request, case):
    form = SaveUploadForm(request.POST)
    if form.is_valid():
        address = reverse("businesscases:case-edit", args=[case.reference])

        def run():
            save_upload(case, request.user, request.POST)
            return Answer(address, _("The case is saved as the file says."))

        posted = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
        answer = answer_once(request, form, "upload case", run, typed=typed_values(posted))
        if answer is not None:
            return answer
    again = UploadForm()
    again.refused = [error for errors in form.errors.values() for error in errors]
    return _page(request, case, again, None, status=422)


NOT_TYPED = frozenset({"csrfmiddlewaretoken", "operation", "step"})


def _page(request, case, form, upload, *, status: int = 200):
    context = {"case": case, "form": form, "upload": upload, "save": SaveUploadForm()}
    wrong = form.errors or (upload and upload.problems)
    return render(request, "businesscases/case_upload.html", context, status=422 if wrong else status)
