"""Hearings and endorsements: what the secretariat enters, what the bodies and the benefit owners answer."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from businesscases import endorsements, hearings
from businesscases.access import case_or_404
from businesscases.case_page import ENDORSED_IN, label_of
from businesscases.case_table import economy_table, table_line
from businesscases.content import FORM_TEXTS, content_of
from businesscases.forms.acts import ActForm, EndorsementForm, HearingAnswerForm
from businesscases.models import Endorsement, Hearing, HearingAnswer, HearingPart
from businesscases.views.act_pages import case_address
from businesscases.views.acts import sent_before
from businesscases.workflow import CaseAction, open_to
from innovation_pool import clock
from innovation_pool.audit.acts import Answer, perform_once
from innovation_pool.permissions import Action, may, require
from innovation_pool.refusals import Refusal
from innovation_pool.web.operation_form import answer_once

# Who else is asked is nothing for those who are.
HEARD_TEXTS = tuple(name for name in FORM_TEXTS if name != "hearing_parties")
HEARING_ACTS = frozenset({CaseAction.OPEN_HEARING, CaseAction.NO_HEARING, CaseAction.CLOSE_HEARING})


def case_hearing(request, reference):
    """Every hearing of the case, newest first, with what the secretariat can do."""
    case = case_or_404(request.user, reference)
    return _hearing_page(request, case)


def _hearing_page(request, case, **more):
    parts = HearingPart.objects.filter(hearing__case=case).select_related(
        "hearing__version", "body", "answer__entered_by"
    )
    parts = parts.defer("hearing__version__content").order_by("-hearing_id", "body__name")
    found: dict[int, tuple[Hearing, list]] = {}
    for part in parts:
        link_form = ActForm(auto_id=False)
        found.setdefault(part.hearing_id, (part.hearing, []))[1].append((part, link_form))
    runs = may(request.user, Action.RUN_HEARING)
    acts = [row for row in open_to(request.user, case) if row.action in HEARING_ACTS] if runs else []
    context = {
        "case": case,
        "hearings": list(found.values()),
        # What would be refused now is offered, but not as the thing to do.
        "early": any(
            not hearing.closed_at
            and not hearings.deadline_passed(hearing, clock.today())
            and any(not part.passed_over_reason and not hasattr(part, "answer") for part, _form in rows)
            for hearing, rows in found.values()
        ),
        "acts": [(row.label, row.url(case)) for row in acts],
        "runs": runs,
        **more,
    }
    return render(request, "businesscases/case_hearing.html", context)


@require_http_methods(["GET", "POST"])
def hearing_answer(request, reference, part_id):
    """A body's answer entered by the secretariat."""
    require(request.user, Action.RUN_HEARING)
    case = case_or_404(request.user, reference)
    part = _part(case, part_id)
    form = HearingAnswerForm(request.POST or None, initial=_answered(part) or {"answered_by": part.body.name})
    if request.method == "POST" and form.is_valid():

        def run() -> Answer:
            typed = form.cleaned_data
            hearings.record_answer(
                part,
                text=typed["text"],
                answered_by=typed["answered_by"],
                by=request.user,
                operation=typed["operation"],
            )
            address = reverse("businesscases:case-hearing", args=[case.reference])
            return Answer(address, _("The answer of %(body)s is on the case.") % {"body": part.body})

        answer = answer_once(request, form, "answer-hearing", run)
        if answer is not None:
            return answer
    context = {"case": case, "part": part, "form": form}
    return render(request, "businesscases/hearing_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def hearing_link(request, reference, part_id):
    """A new personal link, shown this once: only its digest is stored."""
    require(request.user, Action.RUN_HEARING)
    case = case_or_404(request.user, reference)
    part = _part(case, part_id)
    form = ActForm(request.POST)
    here = reverse("businesscases:case-hearing", args=[case.reference])
    if not form.is_valid():
        messages.error(request, _("Nothing was done. Try again."))
        return redirect(here)
    made: list[str] = []

    def run() -> Answer:
        made.append(hearings.new_link(part, by=request.user, operation=form.cleaned_data["operation"]))
        return Answer(here)

    typed = {"address": request.path}
    perform_once(
        form.cleaned_data["operation"], by=request.user, act="new-hearing-link", typed=typed, run=run
    )
    if not made:
        messages.info(request, _("The link was made and shown. Make a new one if it is lost."))
        return redirect(here)
    address = settings.BASE_URL.rstrip("/") + reverse("hearing", args=[made[0]])
    return _hearing_page(request, case, link=address, link_part=part)


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def hearing(request, token):
    """The page a personal link opens: that hearing's material, and one answer until the deadline."""
    part = hearings.part_by_secret(token)
    if part is None:
        return render(request, "businesscases/hearing_gone.html", status=404)
    before = _answered(part)
    form = HearingAnswerForm(request.POST or None, initial=before or {"answered_by": part.body.name})
    if request.method == "POST" and form.is_valid() and _take(request, part, form, before):
        return redirect("hearing", token)
    content = content_of(part.hearing.version).without_confidential()
    context = {
        "part": part,
        "form": form,
        "answered": before,
        "content": content,
        "figures": content.key_figures,
        "table": economy_table(content),
        "texts": [(label_of(name), content.texts[name]) for name in HEARD_TEXTS if content.texts[name]],
    }
    return render(request, "businesscases/hearing.html", context, status=422 if form.errors else 200)


def _take(request, part, form, before) -> bool:
    """Keeps an answer that came by the link, once; False when a rule said no."""
    typed = {name: form.cleaned_data[name] for name in ("text", "answered_by")}
    try:
        if typed != before:
            hearings.record_answer(part, **typed, operation=form.cleaned_data["operation"])
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Thank you. Your answer is received, and can be changed until the deadline."))
    return True


@require_http_methods(["GET", "POST"])
def case_endorse(request, reference, endorsement_id):
    """The person asked stands by the figures of a version, or says why not."""
    case = case_or_404(request.user, reference)
    rows = Endorsement.objects.filter(version__case=case).select_related("version__case", "person")
    row = get_object_or_404(rows, pk=endorsement_id)
    if row.person_id != request.user.pk:
        raise Http404
    if (row.endorsed is not None or case.state not in ENDORSED_IN) and not sent_before(request):
        messages.info(request, _("You have answered already, or the case has moved on."))
        return redirect(case_address(case))
    form = EndorsementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def run() -> Answer:
            typed = form.cleaned_data
            endorsements.endorse(
                row,
                by=request.user,
                yes=typed["endorsed"],
                reason=typed["reason"],
                operation=typed["operation"],
            )
            return Answer(case_address(case), _("Your answer is on the case. Thank you."))

        answer = answer_once(request, form, "endorse", run)
        if answer is not None:
            return answer
    return _endorse_page(request, case, row, form)


def _endorse_page(request, case, row, form):
    content = content_of(row.version)
    mine = [line for line in content.lines if line.key in row.figures["lines"]]
    whole = row.kind == Endorsement.Kind.AREA_HEAD
    context = {
        "case": case,
        "row": row,
        "form": form,
        "content": content,
        "figures": content.key_figures,
        "table": economy_table(content) if whole else None,
        "lines": [table_line(line) for line in mine],
    }
    return render(request, "businesscases/case_endorse.html", context, status=422 if form.errors else 200)


def _part(case, part_id) -> HearingPart:
    rows = HearingPart.objects.filter(hearing__case=case, passed_over_reason="")
    return get_object_or_404(rows.select_related("hearing__case", "body"), pk=part_id)


def _answered(part) -> dict[str, str] | None:
    answer = HearingAnswer.objects.filter(part=part).first()
    return None if answer is None else {"text": answer.text, "answered_by": answer.answered_by}
