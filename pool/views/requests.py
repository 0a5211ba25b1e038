"""A change request on its own page: written by the owner, judged by finance, then the board's."""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from businesscases.access import case_or_404
from businesscases.models import BusinessCase
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, may, require
from innovation_pool.refusals import NotAllowed
from innovation_pool.web.operation_form import answer_once
from pool import requests
from pool.change_plan import changeable_rows, plan_of
from pool.forms.requests import ChangeRequestForm, OpinionForm
from pool.models import AgendaItem, ChangeRequest, Meeting
from pool.views.acting import press
from pool.views.reading import acted_already


def change_request(request, reference):
    """The open request of the case, or the form to write one; without either, the newest there was."""
    case = case_or_404(request.user, reference)
    shown = _readable(request.user, case).first()
    asks = requests.may_ask(request.user, case)
    writes = asks and (shown is None or shown.state not in (requests.WITH_FINANCE, requests.READY))
    if request.method == "POST":
        if not (asks or acted_already(request)):
            raise NotAllowed(_("Only the project owner asks for a change of the grant."))
        return _write(request, case)
    if not writes and shown is None:
        raise Http404
    draft = shown if shown and shown.state == requests.DRAFT else None
    form = _form(case, draft) if writes else None
    return _page(request, case, draft if writes else shown, form=form)


@require_GET
def change_request_shown(request, reference, request_id):
    """One request of the case as it was asked and answered."""
    case = case_or_404(request.user, reference)
    shown = _readable(request.user, case).filter(pk=request_id).first()
    if shown is None:
        raise Http404
    if shown.state == requests.DRAFT:
        return redirect("pool:change-request", case.reference)
    return _page(request, case, shown)


def opinion(request, reference):
    """Finance's opinion on the request that is with it."""
    case = case_or_404(request.user, reference)
    require(request.user, Action.CHECK_FIGURES)
    shown = _readable(request.user, case).exclude(state=requests.DRAFT).first()
    if shown is None:
        raise Http404
    if request.method != "POST":
        return redirect("pool:change-request", case.reference)
    form = OpinionForm(request.POST)
    if form.is_valid():
        answered = answer_once(request, form, "give-opinion", lambda: _give(request, shown, form))
        if answered:
            return answered
    return _page(request, case, shown, opinion_form=form)


@require_POST
def withdraw(request, reference):
    """The owner takes the open request back."""
    case = case_or_404(request.user, reference)
    back = reverse("businesscases:case-detail", args=[case.reference])
    shown = requests.open_request(case) or _readable(request.user, case).first()
    if shown is None or not (case.owner_id == request.user.pk or acted_already(request)):
        raise NotAllowed(_("Only the project owner withdraws a change request."))

    def run(form):
        requests.withdraw_request(shown, by=request.user, operation=form.cleaned_data["operation"])
        return Answer(back, _("The change request is withdrawn. The grant is as it was."))

    return press(request, "withdraw-change-request", run, back=back)


def _readable(user, case: BusinessCase):
    return requests.readable_requests(user, case).select_related("asked_by", "opinion_by", "decision")


def _form(case: BusinessCase, draft: ChangeRequest | None, posted=None) -> ChangeRequestForm:
    return ChangeRequestForm(
        changeable_rows(case, draft), posted, initial={"why": draft.why if draft else ""}
    )


def _write(request, case: BusinessCase):
    form = _form(case, None, request.POST)
    step = "send" if request.POST.get("step") == "send" else "save"
    if form.is_valid():
        answered = answer_once(
            request, form, f"{step}-change-request", lambda: _save(request, case, form, step),
            typed={"step": step},
        )  # fmt: skip
        if answered:
            return answered
    return _page(request, case, None, form=form)


def _save(request, case: BusinessCase, form: ChangeRequestForm, step: str) -> Answer:
    operation = form.cleaned_data["operation"]
    made = requests.write_request(
        case,
        why=form.cleaned_data["why"],
        differences=form.differences(),
        by=request.user,
        operation=operation,
    )
    url = reverse("pool:change-request", args=[case.reference])
    if step == "save":
        return Answer(url, _("The draft is saved. It is not sent yet."))
    requests.send_request(made, by=request.user, operation=operation)
    return Answer(url, _("The change request is sent to finance."))


def _give(request, shown: ChangeRequest, form: OpinionForm) -> Answer:
    requests.give_opinion(
        shown,
        opinion=form.cleaned_data["opinion"],
        by=request.user,
        operation=form.cleaned_data["operation"],
    )
    url = reverse("pool:change-request", args=[shown.case.reference])
    return Answer(url, _("The opinion is given. The request is ready for the board."))


def _page(request, case, shown, *, form=None, opinion_form=None):
    user = request.user
    judges = may(user, Action.CHECK_FIGURES) and shown is not None and shown.state == requests.WITH_FINANCE
    why_out = requests.why_no_opinion(user, case) if judges else ""
    is_open = shown is not None and shown.state in requests.OPEN
    context = {
        "case": case,
        "shown": shown,
        "plan": plan_of(case, shown),
        "form": form,
        "opinion_form": opinion_form or (OpinionForm() if judges and not why_out else None),
        "why_out": why_out,
        "withdraws": is_open and case.owner_id == user.pk,
        "item": _item(case) if is_open and may(user, Action.READ_MEETINGS) else None,
        "takes_up": is_open and shown.state == requests.READY and may(user, Action.PREPARE_MEETING),
        "operation": uuid4,
        "earlier": [row for row in _readable(user, case) if shown is None or row.pk != shown.pk],
    }
    wrong = any(bound is not None and bound.errors for bound in (form, opinion_form))
    return render(request, "pool/change_request.html", context, status=422 if wrong else 200)


def _item(case: BusinessCase) -> AgendaItem | None:
    """The item of a coming or open meeting that takes the case up."""
    return AgendaItem.objects.filter(
        case=case, removed_at=None, decision=None,
        meeting__state__in=[Meeting.State.PLANNED, Meeting.State.OPEN],
    ).select_related("meeting").first()  # fmt: skip
