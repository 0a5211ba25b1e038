"""Doing something to a case: a page that says what will happen, and the act itself.

Actions that take the board or move money lead to the page their row of the table names.
"""

import uuid

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from businesscases.access import case_or_404
from businesscases.views.act_pages import PAGES, case_address
from businesscases.workflow import ACTION_NAMES, TRANSITIONS, CaseAction, why_not
from innovation_pool.audit.models import Act
from innovation_pool.web.operation_form import answer_once


@require_http_methods(["GET", "POST"])
def case_act(request, reference, action):
    """The confirmation of an action, and on POST the action."""
    case = case_or_404(request.user, reference)
    if action not in list(CaseAction):
        raise Http404
    if CaseAction(action) not in PAGES:
        row = next(row for row in TRANSITIONS if row.action == action)
        return redirect(row.url(case))
    page = PAGES[CaseAction(action)]
    refusal = why_not(request.user, case, CaseAction(action))
    # A form sent twice finds the case moved on by itself: it gets the first one's answer, not a refusal.
    if refusal is not None and not sent_before(request):
        raise refusal
    form = page.form(case, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = answer_once(request, form, action, lambda: page.run(case, form, request.user))
        if answer is not None:
            return answer
    return render(
        request,
        f"businesscases/act_{page.template}.html",
        {
            "case": case,
            "form": form,
            "name": ACTION_NAMES[CaseAction(action)],
            "back": case_address(case),
            **page.shown(case, form, request.user),
        },
        status=422 if form.errors else 200,
    )


def sent_before(request) -> bool:
    """Whether this very form has acted for this person already."""
    try:
        operation = uuid.UUID(request.POST.get("operation", ""))
    except ValueError:
        return False
    return Act.objects.filter(operation=operation, by=request.user).exists()
