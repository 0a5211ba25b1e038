"""Importing what the finance system says was spent: a file, what it would do, and doing it."""

from uuid import uuid4

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from innovation_pool.audit.acts import Answer
from innovation_pool.kroner import oere
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal
from innovation_pool.web.operation_form import answer_once
from pool.forms.spending import SpendingImportForm, SpendingUploadForm
from pool.models import SpendingDraft, SpendingFile
from pool.spending import discard_file, import_spending, keep_file, preview_of
from pool.views.acting import press

SHOWN = 50


def spending(request):
    """The files that were imported, and the next one."""
    require(request.user, Action.IMPORT_SPENDING)
    form = SpendingUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def run():
            draft = keep_file(form.cleaned_data["file"], by=request.user)
            return Answer(reverse("pool:spending-preview", args=[draft.pk]))

        answered = answer_once(request, form, "upload spending", run)
        if answered:
            return answered
    context = {
        "form": form,
        "files": SpendingFile.objects.select_related("by").order_by("-at")[:SHOWN],
        "drafts": SpendingDraft.objects.filter(by=request.user, imported_at=None, discarded_at=None)
        .defer("content")
        .order_by("-at")[:SHOWN],
        "operation": uuid4,
    }
    return render(request, "pool/spending.html", context, status=422 if form.errors else 200)


def spending_preview(request, draft_id):
    """What a file would do; and, with its control total, doing it."""
    require(request.user, Action.IMPORT_SPENDING)
    draft = get_object_or_404(SpendingDraft, pk=draft_id, by=request.user)
    try:
        preview = preview_of(draft)
    except Refusal:
        # It could be read when it was uploaded; what is stored cannot have changed.
        return redirect("pool:spending")
    form = SpendingImportForm(preview, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answered = answer_once(request, form, "import spending", lambda: _import(request, draft, form))
        if answered:
            return answered
    context = {"draft": draft, "preview": preview, "form": form, "operation": uuid4}
    return render(request, "pool/spending_preview.html", context, status=422 if form.errors else 200)


@require_POST
def spending_discard(request, draft_id):
    """Puts a file aside that is not to be imported."""
    require(request.user, Action.IMPORT_SPENDING)
    draft = get_object_or_404(SpendingDraft, pk=draft_id, by=request.user)

    def run(form) -> Answer:
        discard_file(draft, by=request.user, operation=form.cleaned_data["operation"])
        return Answer(reverse("pool:spending"), _("%(name)s is put aside.") % {"name": draft.name})

    return press(request, "discard spending", run, back=reverse("pool:spending"))


def _import(request, draft: SpendingDraft, form: SpendingImportForm) -> Answer:
    file = import_spending(
        draft,
        control_total_oere=form.cleaned_data["control_total"],
        answers=form.answers(),
        by=request.user,
        operation=form.cleaned_data["operation"],
    )
    count = file.postings.count()
    message = ngettext(
        "%(count)d posting is imported from %(name)s. The control total, %(total)s kr., agreed.",
        "%(count)d postings are imported from %(name)s. The control total, %(total)s kr., agreed.",
        count,
    ) % {
        "count": count,
        "name": file.name,
        "total": oere(file.control_total_oere),
    }
    return Answer(reverse("pool:spending"), message)
