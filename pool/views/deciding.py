"""A meeting open at one of its items, and the provisional decision that is put down on it."""

from uuid import uuid4

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from businesscases.access import kept_out
from innovation_pool import clock
from innovation_pool.audit.acts import Answer
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import NotAllowed, TooLate
from innovation_pool.web.operation_form import answer_once
from pool import decisions, meetings, requests
from pool.agenda import ShownItem, may_do, shown_meeting
from pool.briefs import brief_of, related_warnings
from pool.conditions import ENDS_GRANTS
from pool.decision_table import funding_table, rows_before
from pool.decision_words import foresee
from pool.decisions import kinds_open_to, required_conditions
from pool.decisions.funding import stands_without_cover
from pool.decisions.mails import drafts_about
from pool.decisions.provisional import refuse_kept_out
from pool.forms.decision import DecisionForm
from pool.models import AgendaItem, DecisionKind
from pool.put_down import put_down_on
from pool.views.acting import press
from pool.views.meetings import address, found
from pool.views.reading import acted_already, whole_number


def meeting_detail(request, meeting_id):
    """The meeting open at one item: what it is about, and the decision that is put down on it."""
    meeting = found(request, meeting_id)
    shown = shown_meeting(meeting)
    chosen = shown.item(whole_number(request.GET.get("item")))
    # What is put down is read; "Change" opens the form again, as does a kind asked for by name.
    reads = chosen is None or (chosen.provisional and not {"change", "kind"} & request.GET.keys())
    form = None if reads else decision_form(request, chosen.item, chosen.provisional)
    return meeting_page(request, shown, chosen, form)


def item_decision(request, meeting_id, item_id):
    """Puts a provisional decision down on the item, or changes it; then on to the next open one."""
    item = found(request, meeting_id, item_id)
    shown = shown_meeting(item.meeting)
    chosen = shown.item(item.pk)
    if request.method != "POST":
        return redirect(address(item.meeting, item))
    require(request.user, Action.PUT_DOWN_DECISION)
    form = decision_form(request, chosen.item, chosen.provisional)
    if form.is_bound and request.POST.get("step") == "act" and form.is_valid():
        answered = answer_once(request, form, "put-down", lambda: _put_down(request, shown, item, form))
        if answered:
            return answered
    return meeting_page(request, shown, chosen, form)


def _put_down(request, shown, item: AgendaItem, form: DecisionForm) -> Answer:
    operation = form.cleaned_data["operation"]
    decisions.put_down(item, by=request.user, operation=operation, **form.as_decision())
    message = _("“%(title)s” has a provisional decision. It can be changed until it is carried out.") % {
        "title": item.title
    }
    lacks = shown_meeting(item.meeting).item(item.pk).lacks
    parts = [
        _("%(amount)s is missing in %(year)s.") % {"amount": kr(m.missing), "year": m.year} for m in lacks
    ]
    level = "warn" if lacks else "good"
    return Answer(address(item.meeting, shown.after(item)), " ".join([message, *parts]), level)


def decision_form(request, item: AgendaItem, own) -> DecisionForm:
    """The form of the item's decision. Another kind than the one shown opens with its own amounts."""
    if acted_already(request):
        # The case has moved on by this very form: it is read as it was sent, and answered as it was.
        return DecisionForm(tuple(DecisionKind), rows_before(request.POST), request.POST)
    kinds = tuple(
        kind
        for kind in kinds_open_to(item.case)
        if kind != DecisionKind.COVER or (own and own.kind == kind) or stands_without_cover(item.case)
    )
    asked_for = request.POST.get("kind") or request.GET.get("kind") or (own.kind if own else None)
    kind = asked_for if asked_for in kinds else _first_kind(item.case, kinds)
    rows = funding_table(item.case, kind, own) if item.case and kind else []
    initial = _initial(own, kind)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and posted.get("shown_kind") == posted.get("kind"):
        return DecisionForm(kinds, rows, posted, initial=initial)
    if posted is not None:
        # The kind was changed: its own table, and the words that were typed.
        kept = ("reason", "conditions", "text", "passed_over_reason", "political_text")
        initial |= {name: posted.get(name, "") for name in kept}
    form = DecisionForm(kinds, rows, initial=initial)
    if item.case and (own is None or own.kind != kind):
        form.initial["political"] = [str(c) for c in required_conditions(item.case, form.grants())]
    return form


def _first_kind(case, kinds) -> str | None:
    """The kind the form opens with: the only one, an approval, or the answer to a change request that waits.

    Else none: what stops or changes a project is chosen by somebody.
    """
    if DecisionKind.CHANGE_OF_GRANT in kinds and requests.ready_request(case):
        return DecisionKind.CHANGE_OF_GRANT
    return kinds[0] if kinds[:1] == (DecisionKind.APPROVE,) or len(kinds) == 1 else None


def _initial(own, kind: str | None) -> dict:
    if own is None or own.kind != kind:
        return {"kind": kind}
    political = list(own.political_conditions.all())
    return {
        "kind": kind,
        "reason": own.reason,
        "until": own.until,
        "conditions": own.conditions,
        "refuses": own.kind == DecisionKind.CHANGE_OF_GRANT and not own.grants.all(),
        "political": [row.kind for row in political],
        "political_text": next((row.text for row in political if row.text), ""),
        # The standard sentence is made anew from the amounts; only words of somebody's own stay.
        "text": decisions.own_text_of(own),
        "passed_over_reason": own.passed_over_reason,
    }


def meeting_page(request, shown, chosen: ShownItem | None, form):
    """The page of a meeting, at the chosen item."""
    may = may_do(request.user, shown.meeting)
    context = {
        "meeting": shown.meeting,
        "shown": shown,
        "chosen": chosen,
        "may": may,
        "early": shown.meeting.held_on > clock.today(),
        "sure": request.GET.get("sure", ""),
        "drafts": drafts_about(shown.decided) if may.releases_mail and shown.decided else 0,
        "operation": uuid4,
        **(item_context(request.user, chosen, form) if chosen else {}),
    }
    status = 422 if form is not None and form.errors and request.POST.get("step") == "act" else 200
    return render(request, "pool/meeting_detail.html", context, status=status)


def item_context(user, chosen: ShownItem, form: DecisionForm | None) -> dict:
    """What the page shows of one item."""
    item = chosen.item
    if form is not None and form.is_bound:
        form.is_valid()
    here = {row.person_id for row in item.meeting.people.all() if row.present} if item.pk else set()
    parts = meetings.who_decides(item) if here and not hasattr(item, "decision") else []
    needed = required_conditions(item.case, form.grants()) if form and form.rows else ()
    return {
        "item": item,
        "case": item.case,
        "brief": brief_of(item.case) if item.case else None,
        "warnings": related_warnings(user, item.case) if item.case else [],
        "decision": getattr(item, "decision", None),
        "put_down": put_down_on(chosen.provisional, chosen.lacks)
        if chosen.provisional and not form
        else None,
        "changes": bool(chosen.provisional and form),
        "form": form,
        "kinds": form.fields["kind"].choices if form else [],
        "kind": form.value_of("kind") if form else "",
        "required": [str(kind) for kind in needed],
        "foreseen": _foreseen(item, form) if form else None,
        "amounts": form.amount_rows() if form else [],
        "asked_in_all": sum(decisions.asked_by_year(item.case).values()) if item.case else 0,
        "given_in_all": sum(grant.total for grant in form.grants()) if form and form.rows else 0,
        "asked": requests.ready_request(item.case) if item.case and not hasattr(item, "decision") else None,
        "absences": item.absences.exclude(reason="").select_related("person") if item.pk else [],
        "why_out": _why_out(user, item),
        "out": [part for part in parts if not part.took_part and part.person.pk in here],
    }


def _foreseen(item: AgendaItem, form: DecisionForm):
    case = item.case
    kind = form.value_of("kind")
    return foresee(
        form,
        decisions.funding_of(case) if case and kind in ENDS_GRANTS else None,
        decisions.asked_by_year(case) if case else {},
        decisions.unspent_of(case) if case and kind == DecisionKind.STOP else {},
    )


def _why_out(user, item: AgendaItem) -> str:
    """Why the person may not decide the item, "" when they may."""
    if item.pk is None:
        return kept_out(user, item.case) or ""
    try:
        refuse_kept_out(user, item)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@require_POST
def item_take_back(request, meeting_id, item_id):
    """Takes the item's provisional decision back."""
    item = found(request, meeting_id, item_id)
    back = address(item.meeting, item)

    def run(form):
        chosen = shown_meeting(item.meeting).item(item.pk)
        if chosen.provisional is None:
            raise TooLate(_("The provisional decision has been taken back already."))
        operation = form.cleaned_data["operation"]
        decisions.take_back(chosen.provisional, by=request.user, operation=operation)
        return Answer(back, _("The provisional decision is taken back. Nothing had moved."))

    return press(request, "take-back", run, back=back)
