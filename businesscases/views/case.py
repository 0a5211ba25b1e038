"""One case to read: its page, its print and its whole history."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from businesscases import story
from businesscases.access import case_or_404, may_edit
from businesscases.case_page import PAPER, CasePage
from businesscases.forms.discussion import NUMBER, CommentForm, ResolveForm
from businesscases.on_page_html import on_page_html
from innovation_pool.permissions import Action, may

_AT_ECONOMY = "?section=economy#section-economy"


def case_detail(request, reference):
    """The case as this person may read it, with what they can do to it."""
    return show_case(request, case_or_404(request.user, reference))


def show_case(request, case, *, comment_form=None, status=200):
    """The page of a case already fetched; with a form that was refused, for what was typed in it."""
    form = comment_form or CommentForm(initial=_answering(request))
    # Also what is answered may be older than those that are shown.
    everything = request.GET.get("comments") == "all" or form.answered is not None
    page = CasePage(request.user, case, all_comments=everything)
    context = page_context(page) | {
        "on_page": on_page_html(page),
        "comment_form": form,
        # The field stands at the remark it answers, where that is on the page.
        "answered": next((row.comment.pk for row in _threads(page) if row.comment.pk == form.answered), None),
        # A form of its own for each remark: an operation id is for one act.
        "threads": [(thread, ResolveForm(auto_id=False)) for thread in _threads(page)],
        "primary_url": page.primary and page.primary.url(case),
        "others": [(row, row.url(case)) for row in page.others],
        "may_copy": may(request.user, Action.WRITE_CASE),
        "may_report_disqualified": may(request.user, Action.READ_SUBMITTED),
    }
    return render(request, "businesscases/case_detail.html", context, status=status)


@require_safe
def case_economy(request, reference):
    """The economy alone: in the editor for who may write it now, else on the page of the case."""
    case = case_or_404(request.user, reference)
    if may_edit(request.user, case):
        return redirect(reverse("businesscases:case-edit", args=[case.reference]) + _AT_ECONOMY)
    return redirect(reverse("businesscases:case-detail", args=[case.reference]) + "#economy")


@require_safe
def case_documents(request, reference):
    """The list of the documents, which stands on the page of the case."""
    case = case_or_404(request.user, reference)
    return redirect(reverse("businesscases:case-detail", args=[case.reference]) + "#documents")


def case_print(request, reference):
    """The case on A4, as it is handed out."""
    page = CasePage(request.user, case_or_404(request.user, reference))
    page.wide_frame = PAPER
    return render(request, "businesscases/case_print.html", page_context(page) | {"printed_at": now()})


def case_history(request, reference):
    """Everything that happened to the case, and its versions."""
    case = case_or_404(request.user, reference)
    page = CasePage(request.user, case)
    told = _whole_story(page)
    return render(request, "businesscases/case_history.html", {"page": page, "case": case, "story": told})


def _whole_story(page: CasePage) -> list[story.Happening]:
    if not page.inside:
        return page.story
    return story.whole_story(page.case, page.events, page.status_reports)


def page_context(page: CasePage) -> dict:
    """What every way of showing a case needs."""
    return {
        "page": page,
        "case": page.case,
        "content": page.content,
        "figures": page.figures,
        "municipality": settings.MUNICIPALITY,
        "sees_asked": may(page.user, Action.SEE_ASKED) or page.standing.is_writer,
    }


def _threads(page: CasePage):
    return page.discussion.threads if page.discussion else ()


def _answering(request) -> dict:
    """The remark that the address says is answered, and whether that is done from the editor."""
    number = request.GET.get("answers", "")
    if not NUMBER.fullmatch(number):
        return {}
    return {"answers": int(number), "editing": request.GET.get("from") == "edit"}
