"""Writing a case: making a draft, and the editor's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from businesscases.access import parts_to_write
from businesscases.documents import add_posted
from businesscases.forms.editor import Editor
from businesscases.forms.grid_acts import act_on_rows
from businesscases.forms.new import NewCaseForm
from businesscases.models import Subject
from businesscases.submission import create_case
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal
from innovation_pool.web.operation_form import answer_once

# Which case somebody pressed Submit on too early: the next page of the editor says what it lacks.
ASKED_TO_SUBMIT = "asked_to_submit"
PREFIXES = {"line": Subject.ECONOMY, "risk": Subject.RISKS, "milestone": Subject.MILESTONES}


@require_http_methods(["GET", "POST"])
def case_new(request):
    """A new draft, from the few things that must be known first; lands in the editor."""
    require(request.user, Action.WRITE_CASE)
    form = NewCaseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def run():
            case = create_case(request.user, operation=form.cleaned_data["operation"], **form.columns())
            return Answer(
                url=reverse("businesscases:case-edit", args=[case.reference]),
                message=_("%(reference)s is made. Only you and your collaborators can see it.")
                % {"reference": case.reference},
            )

        answer = answer_once(request, form, "create case", run)
        if answer is not None:
            return answer
    return render(request, "businesscases/case_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def case_edit(request, reference):
    """The editor. A post saves what could be read and gives back what could not, with everything typed."""
    parts = parts_to_write(request.user, reference)
    if request.method == "GET":
        editor = Editor(parts.case, request.user, parts=parts)
        editor.wanted = request.GET.get("section", "")
        editor.asked_to_submit = request.session.pop(ASKED_TO_SUBMIT, "") == reference
        return _page(request, editor)
    editor = Editor(parts.case, request.user, request.POST, parts=parts)
    act, _colon, rest = request.POST.get("do", "").partition(":")
    prefix, _dash, name = act.partition("-")
    if prefix in PREFIXES or act == "unit":
        act_on(editor, prefix, name, rest, request.POST.get("block", ""))
        editor.wanted = PREFIXES.get(prefix, Subject.ECONOMY).value
        return _page(request, editor, acted=True)
    return _save(request, editor, act, rest)


def act_on(editor: Editor, prefix: str, name: str, rest: str, block: str) -> None:
    key, _colon, year = rest.partition(":")
    if prefix == "unit":
        editor.change_unit(rest)
    elif prefix in PREFIXES:
        act_on_rows(editor.rows[PREFIXES[prefix]], name, key, year, block)


def _save(request, editor: Editor, act: str, rest: str) -> HttpResponse:
    try:
        saved = editor.save()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return _page(request, editor, acted=True, status=422)
    added = _files(request, editor)
    told = editor.remarks.send(rest if act == "resolve" else "")
    if told:
        messages.success(request, told)
    if saved.start_year_before is not None:
        messages.warning(request, years_moved(saved))
    if editor.refused or editor.remarks.errors:
        return _page(request, editor, acted=True, status=409 if saved.conflicts else 422)
    for sentence in added:
        messages.info(request, sentence)
    if act == "submit" and not editor.complete:
        request.session[ASKED_TO_SUBMIT] = editor.case.reference
    elif act == "submit":
        return redirect("businesscases:case-act", editor.case.reference, "submit")
    address = reverse("businesscases:case-edit", args=[editor.case.reference])
    known = editor.remarks.section_of(rest) if act == "resolve" else rest
    known = known if known in Subject.values else ""
    return redirect(f"{address}?section={known}#section-{known}" if known else address)


def _files(request, editor: Editor) -> list[str]:
    """Adds the files of the post; one that is not taken is told at its field."""
    try:
        return add_posted(editor.case, request, by=request.user)
    except Refusal as refusal:
        editor.file_refusal = f"{refusal.sentence}"
        # The files before the one that was refused are there now.
        editor.parts.forget(Subject.DOCUMENTS)
        return []


def _page(request, editor: Editor, *, acted: bool = False, status: int = 200) -> HttpResponse:
    context = {
        "case": editor.case,
        "editor": editor,
        "grid": editor.grid,
        "acted": acted,
        "writers": editor.parts.writers,
    }
    return render(request, "businesscases/case_edit.html", context, status=status)


def years_moved(saved) -> str:
    case = saved.case
    return _(
        "The start year is now %(after)d. The amounts moved along: "
        "what stood in %(before)d stands in %(after)d."
    ) % {"before": saved.start_year_before, "after": case.start_year}
