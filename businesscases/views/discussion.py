"""Taking part in the discussion of a case."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases import discussion
from businesscases.access import case_or_404, may_edit
from businesscases.forms.discussion import CommentForm, ResolveForm
from businesscases.models import Comment
from businesscases.views.case import show_case
from innovation_pool.audit.acts import Answer
from innovation_pool.refusals import Refusal
from innovation_pool.web.operation_form import answer_once


def comment_new(request, reference):
    """A remark or an answer; what is refused is shown on the case's page again."""
    case = case_or_404(request.user, reference)
    place = reverse("businesscases:case-detail", args=[reference])
    if request.method != "POST":
        return redirect(f"{place}#discussion")
    form = CommentForm(request.POST)

    def run() -> Answer:
        typed = form.cleaned_data
        comment = discussion.add_comment(
            case,
            by=request.user,
            text=typed["text"],
            section=typed["section"],
            answers=_remark(case, typed["answers"]),
            operation=typed["operation"],
        )
        back = typed["editing"] and comment.answers and may_edit(request.user, case)
        there = _in_editor(case, comment.answers) if back else place
        return Answer(f"{there}#comment-{comment.pk}", _("Your remark is on the case."))

    answer = answer_once(request, form, "comment", run) if form.is_valid() else None
    return answer or show_case(request, case, comment_form=form, status=422)


def comment_resolve(request, reference, comment_id):
    """Marks a remark as dealt with, or opens it again."""
    case = case_or_404(request.user, reference)
    comment = get_object_or_404(Comment.objects.select_related("case"), case=case, pk=comment_id)
    place = f"{reverse('businesscases:case-detail', args=[reference])}#comment-{comment.pk}"
    form = ResolveForm(request.POST or None)
    if not form.is_valid():
        return redirect(place)

    def run() -> Answer:
        resolved = form.cleaned_data["resolved"]
        discussion.resolve(
            comment, by=request.user, resolved=resolved, operation=form.cleaned_data["operation"]
        )
        return Answer(place, _("The remark is resolved.") if resolved else _("The remark is open again."))

    return answer_once(request, form, "resolve-comment", run) or redirect(place)


def _in_editor(case, remark: Comment) -> str:
    """The section of the editor that the remark stands at."""
    address = reverse("businesscases:case-edit", args=[case.reference])
    return f"{address}?section={remark.section}"


def _remark(case, number: int | None) -> Comment | None:
    """The remark that is answered; refused when it is not on the case, so that what was typed is kept."""
    if number is None:
        return None
    remark = case.comments.filter(pk=number).first()
    if remark is None:
        raise Refusal(_("The remark you answer is not on this case. Write a new one."))
    return remark
