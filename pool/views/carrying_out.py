"""Carrying out what a meeting has put down, the record of it, and a decision from a case's own page."""

from uuid import uuid4

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesscases.access import case_or_404
from innovation_pool.accounts.models import User
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, Role, may, require
from innovation_pool.web.operation_form import answer_once
from pool import decisions, meetings
from pool.agenda import ShownItem, may_do, shown_meeting
from pool.carrying import carrying_figures
from pool.decisions.mails import drafts_about
from pool.forms.carrying_out import CarryOutForm, NowForm
from pool.forms.meetings import ButtonForm
from pool.models import AgendaItem, Meeting
from pool.views.deciding import decision_form, item_context
from pool.views.meetings import address, found


def carry_out(request, meeting_id):
    """The figures of everything that is put down, and the button that makes it so: all or none."""
    meeting = found(request, meeting_id)
    require(request.user, Action.CARRY_OUT_DECISION)
    shown = shown_meeting(meeting)
    form = CarryOutForm(shown.provisional, request.POST or None)
    if form.is_valid():
        answered = answer_once(request, form, "carry-out", lambda: _carry_out(request, meeting, form))
        if answered:
            return answered
    context = {
        "meeting": meeting,
        "shown": shown,
        "form": form,
        "figures": carrying_figures([item.provisional for item in shown.provisional]),
    }
    return render(request, "pool/carry_out.html", context, status=422 if form.errors else 200)


def _carry_out(request, meeting: Meeting, form: CarryOutForm) -> Answer:
    items = list(AgendaItem.objects.filter(pk__in=form.cleaned_data["items"], meeting=meeting))
    made = decisions.carry_out(meeting, items, by=request.user, operation=form.cleaned_data["operation"])
    labels = ", ".join(decision.label for decision in made)
    message = ngettext(
        "The decision is carried out: no. %(labels)s.",
        "The decisions are carried out: no. %(labels)s.",
        len(made),
    ) % {"labels": labels}
    drafts = drafts_about(decision.case.reference for decision in made if decision.case)
    if drafts:
        told = ngettext(
            "%(n)d mail waits for the secretariat to send it.",
            "%(n)d mails wait for the secretariat to send them.",
            drafts,
        ) % {"n": drafts}
        message = f"{message} {told}"
    return Answer(address(meeting), message)


def record(request, meeting_id):
    """The record: recommendation and decision together. The chair approves it; then it is frozen."""
    meeting = found(request, meeting_id)
    form = ButtonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def run():
            operation = form.cleaned_data["operation"]
            meetings.approve_record(meeting, by=request.user, operation=operation)
            return Answer(reverse("pool:record", args=[meeting.pk]), _("The record is approved and frozen."))

        answered = answer_once(request, form, "approve-record", run)
        if answered:
            return answered
    written = meetings.record_of(meeting)
    context = {
        "meeting": meeting,
        "record": written,
        "items": [
            (item, meetings.kept_out_of(item["decision"], written) if item["decision"] else ())
            for item in written["items"]
        ],
        "may": may_do(request.user, meeting),
        "form": form,
    }
    return render(request, "pool/record.html", context, status=422 if form.errors else 200)


def decide_case(request, reference, action=""):
    """From a case's own page: to its item in an open meeting, or a meeting of one item made now."""
    require(request.user, Action.PUT_DOWN_DECISION)
    case = case_or_404(request.user, reference)
    standing = (
        AgendaItem.objects.filter(
            case=case, removed_at=None, decision=None, meeting__state=Meeting.State.OPEN
        )
        .select_related("meeting")
        .first()
    )
    if standing is not None and request.method != "POST":
        kind = KIND_OF.get(action, "")
        return redirect(address(standing.meeting, standing) + (f"&kind={kind}" if kind else ""))
    return _decide_now(request, case, standing, KIND_OF.get(action, ""))


# The words of the case's actions as kinds of decision, where the two differ or agree.
KIND_OF = {"approve": "approve", "reject": "reject", "postpone": "postpone", "return": "return",
           "stop": "stop", "reverse": "reverse", "change-of-grant": "change_of_grant",
           "cover": "cover"}  # fmt: skip


def _decide_now(request, case, standing: AgendaItem | None, kind: str):
    board = User.objects.with_role(Role.BOARD)
    item = standing or AgendaItem(meeting=Meeting(chair=request.user), case=case, title=case.listed_title)
    if kind and request.method != "POST":
        request.GET = request.GET.copy()
        request.GET["kind"] = kind
    form = decision_form(request, item, None)
    people = NowForm(board, request.POST or None, initial={"present": _alone(request.user)})
    acts = request.method == "POST" and request.POST.get("step") == "act" and form.is_bound
    if acts and form.is_valid() and people.is_valid():
        answered = answer_once(
            request, form, "decide-now", lambda: _now(request, case, standing, form, people),
            typed=people.typed(),
        )  # fmt: skip
        if answered:
            return answered
    context = {
        "people": people,
        "present": [int(pk) for pk in people["present"].value() or [] if str(pk).isdecimal()],
        "carries_out": may(request.user, Action.CARRY_OUT_DECISION),
        "standing": standing,
        "operation": uuid4,
        **item_context(request.user, ShownItem(item, None, "", ""), form),
    }
    status = 422 if acts and (form.errors or people.errors) else 200
    return render(request, "pool/decide_case.html", context, status=status)


def _alone(user) -> list[int]:
    return [user.pk] if Role.BOARD in user.roles else []


def _now(request, case, standing: AgendaItem | None, form, people: NowForm) -> Answer:
    operation = form.cleaned_data["operation"]
    item = standing
    if item is None:
        present = list(people.cleaned_data["present"])
        item = meetings.open_meeting_now(request.user, case, operation, present=present)
    if not may(request.user, Action.CARRY_OUT_DECISION):
        decisions.put_down(item, by=request.user, operation=operation, **form.as_decision())
        message = _("The decision is put down. A member of the board carries it out.")
        return Answer(address(item.meeting, item), message, "warn")
    made = decisions.decide_at_once(item, by=request.user, operation=operation, **form.as_decision())
    if standing is None:
        meetings.close_meeting(item.meeting, by=request.user, operation=operation)
    url = reverse("businesscases:case-detail", args=[case.reference])
    message = _("Decision no. %(label)s: %(text)s") % {"label": made.label, "text": made.text}
    return Answer(url, message)
