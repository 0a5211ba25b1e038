"""Who writes a case: handing it over, and adding or taking off collaborators."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from businesscases import submission
from businesscases.access import Standing, case_or_404
from businesscases.forms.acts import ActForm, CollaboratorForm, HandOverForm
from businesscases.models import CaseWriter
from innovation_pool.accounts.models import User
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, Role, may
from innovation_pool.refusals import NotAllowed
from innovation_pool.web.operation_form import answer_once

LISTED_NAMES = 300


@require_http_methods(["GET", "POST"])
def case_writers(request, reference):
    """The owner and the collaborators, now and before; each of three small forms changes one thing."""
    case = case_or_404(request.user, reference)
    standing = Standing(request.user, case)
    if not (standing.is_writer or may(request.user, Action.HAND_OVER)):
        raise NotAllowed(_("Those who write the case or may hand it over see who does."))
    act = request.POST.get("do", "")
    data = {name: request.POST if name == act else None for name in ("hand-over", "add", "remove")}
    forms = {
        "hand_over": HandOverForm(data["hand-over"]),
        "add": CollaboratorForm(data["add"]),
        "remove": ActForm(data["remove"]),
    }
    form = forms.get(act.replace("-", "_"))
    if form is not None and form.is_valid():
        answer = answer_once(
            request, form, f"{act}-writer", lambda: _run(act, case, form, request), typed=_whom(request)
        )
        if answer is not None:
            return answer
    context = _shown(case, standing, forms)
    return render(request, "businesscases/case_writers.html", context, status=422 if form else 200)


def _run(act, case, form, request) -> Answer:
    here = reverse("businesscases:case-writers", args=[case.reference])
    typed, by = form.cleaned_data, request.user
    if act == "hand-over":
        submission.hand_over(case, typed["to"], by=by, reason=typed["reason"], operation=typed["operation"])
        sees = case_is_seen(case, by)
        address = (
            reverse("businesscases:case-detail", args=[case.reference])
            if sees
            else reverse("businesscases:case-list")
        )
        return Answer(address, _("%(person)s owns the case now and is told so.") % {"person": typed["to"]})
    if act == "add":
        submission.add_collaborator(case, typed["person"], by=by, operation=typed["operation"])
        return Answer(
            here, _("%(person)s is a collaborator now and is told so.") % {"person": typed["person"]}
        )
    rows = case.writers.filter(until=None, part=CaseWriter.Part.COLLABORATOR)
    writer = get_object_or_404(rows.select_related("person"), pk=_whom(request)["writer"])
    submission.remove_collaborator(case, writer.person, by=by, operation=typed["operation"])
    message = _("%(person)s is no longer a collaborator.") % {"person": writer.person}
    return Answer(here if writer.person_id != by.pk else reverse("businesscases:case-list"), message)


def _whom(request) -> dict[str, int]:
    """Whose part is to end; 0 when nobody's is named."""
    text = request.POST.get("writer", "")
    return {"writer": int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0}


def case_is_seen(case, user) -> bool:
    """Whether the person still sees the case, after it changed hands."""
    return Standing(user, case).is_writer or (may(user, Action.READ_SUBMITTED) and case.versions_frozen > 0)


def _shown(case, standing: Standing, forms) -> dict:
    writers = list(case.writers.select_related("person").order_by("until", "part", "since"))
    return {
        "case": case,
        "forms": forms,
        "now": [
            (writer, ActForm(auto_id=False))
            for writer in writers
            if writer.until is None and writer.part == CaseWriter.Part.COLLABORATOR
        ],
        "before": [writer for writer in writers if writer.until is not None],
        "names": User.objects.with_role(Role.STAFF).values_list("name", flat=True)[:LISTED_NAMES],
        "may_hand_over": standing.is_owner or may(standing.user, Action.HAND_OVER),
        "may_add": standing.is_writer,
        "is_owner": standing.is_owner,
        "me": standing.user,
    }
