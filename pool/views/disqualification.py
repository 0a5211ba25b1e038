"""Disqualification in a case: reported by the person it concerns, decided by the chair or the mayor."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases.access import case_or_404
from businesscases.models import BusinessCase, Disqualification
from innovation_pool.accounts.models import User
from innovation_pool.audit.acts import Answer
from innovation_pool.permissions import Action, may, require
from innovation_pool.refusals import NotAllowed
from innovation_pool.web.operation_form import answer_once
from pool import meetings
from pool.forms.disqualification import AnswerForm, ReportForm
from pool.views.reading import acted_already


@dataclass(frozen=True)
class Shown:
    """A question as one person reads it: the reason it was asked is for those it concerns."""

    question: Disqualification
    reads_reason: bool
    decides: bool


def report(request, reference):
    """The questions of the case, and the form for one's own."""
    case = case_or_404(request.user, reference)
    require(request.user, Action.READ_SUBMITTED)
    reports = meetings.may_report_disqualification(request.user)
    form = ReportForm(request.POST or None)
    if request.method == "POST":
        if not reports:
            raise NotAllowed(_("Those who handle or decide the case report it for themselves."))
        if form.is_valid():
            answered = answer_once(
                request, form, "report-disqualification", lambda: _report(request, case, form)
            )
            if answered:
                return answered
    chair = meetings.chair_for(case)
    rows = list(case.disqualifications.select_related("person", "decided_by").order_by("pk"))
    asks = reports and all(row.person_id != request.user.pk for row in rows)
    shown = [_shown(request.user, row, chair) for row in rows]
    context = {"case": case, "form": form, "asks": asks, "chair": chair, "shown": shown}
    return render(request, "pool/disqualification.html", context, status=422 if form.errors else 200)


def _report(request, case: BusinessCase, form: ReportForm) -> Answer:
    typed = form.cleaned_data
    meetings.report_disqualification(
        case, by=request.user, reason=typed["reason"], operation=typed["operation"]
    )
    message = _("It is reported. You stay out of the case until the chair has decided it.")
    return Answer(reverse("pool:disqualification", args=[case.reference]), message)


def _shown(user, question: Disqualification, chair: User | None) -> Shown:
    concerned = user.pk in (question.person_id, chair and chair.pk)
    return Shown(
        question,
        concerned or may(user, Action.PREPARE_MEETING) or may(user, Action.READ_AUDIT),
        meetings.why_not_decide_disqualification(user, question, chair) is None,
    )


def decide(request, reference, question_id):
    """The chair's decision, or the mayor's as the secretariat writes it down."""
    case = case_or_404(request.user, reference)
    require(request.user, Action.READ_SUBMITTED)
    rows = case.disqualifications.select_related("person", "case")
    question = get_object_or_404(rows, pk=question_id)
    chair = meetings.chair_for(case)
    refusal = meetings.why_not_decide_disqualification(request.user, question, chair)
    if refusal is not None and not acted_already(request):
        raise refusal
    form = AnswerForm(request.POST or None, for_the_mayor=chair is not None and chair == question.person)
    if form.is_valid():
        answered = answer_once(
            request, form, "decide-disqualification", lambda: _decide(request, question, form)
        )
        if answered:
            return answered
    context = {"case": case, "question": question, "form": form, "name": _("Decide the question")}
    context["back"] = reverse("pool:disqualification", args=[case.reference])
    return render(request, "pool/disqualification_decide.html", context, status=422 if form.errors else 200)


def _decide(request, question: Disqualification, form: AnswerForm) -> Answer:
    typed = form.cleaned_data
    meetings.decide_disqualification(
        question,
        out=typed["out"],
        reason=typed["reason"],
        mayor=typed.get("mayor", ""),
        by=request.user,
        operation=typed["operation"],
    )
    words = (
        _("%(person)s stays out of the case.") if typed["out"] else _("%(person)s takes part in the case.")
    )
    back = reverse("pool:disqualification", args=[question.case.reference])
    return Answer(back, words % {"person": question.person})
