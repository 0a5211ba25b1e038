"""What each action's page asks and what it runs, one entry an action.

An entry makes its form and the figures its page shows, and says what to do with a valid form. The
view itself is in `businesscases.views.acts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases import (
    checking,
    completeness,
    discussion,
    endorsements,
    hearings,
    mails,
    projects,
    submission,
)
from businesscases.access import visible_to
from businesscases.case_table import economy_table
from businesscases.content import content_of, live_content
from businesscases.economy import NATURE_OF
from businesscases.forms.acts import ActForm, LateForm, OpenHearingForm, ReasonForm, ReportForm, ReturnForm
from businesscases.forms.control import ControlForm
from businesscases.models import BusinessCase, State
from businesscases.versions import newest
from businesscases.waiting import waiting_for
from businesscases.workflow import CaseAction
from innovation_pool import clock
from innovation_pool.audit.acts import Answer


@dataclass(frozen=True)
class ActPage:
    """`form(case, data)` makes the form, `shown(case, form, user)` what the page says, `run` does it."""

    template: str
    form: Callable[[BusinessCase, Any], ActForm]
    run: Callable[[BusinessCase, ActForm, Any], Answer]
    shown: Callable[[BusinessCase, ActForm, Any], dict] = lambda case, form, user: {}


def case_address(case: BusinessCase) -> str:
    return reverse("businesscases:case-detail", args=[case.reference])


def _done(case: BusinessCase, message: str, level: str = "good") -> Answer:
    return Answer(case_address(case), message, level)


# --- Submit ---------------------------------------------------------------------------------------


def _submit_form(case, data):
    form = LateForm if submission.is_late(case, clock.today()) else ActForm
    return form(data)


def _submit(case, form, user) -> Answer:
    typed = form.cleaned_data
    submission.submit(case, by=user, reason=typed.get("reason", ""), operation=typed["operation"])
    return _done(
        case,
        _("The case is submitted as version %(n)d. Finance checks the figures next.")
        % {"n": case.versions_frozen},
    )


def _submit_shown(case, form, user) -> dict:
    content = live_content(case)
    figures = content.key_figures
    return {
        "sections": completeness.sections(case),
        "late": isinstance(form, LateForm),
        "asked_in_all": figures.asked_in_all,
        "asked": [row for row in zip(content.years, figures.asked, strict=True) if row[1]],
    }


# --- With a reason --------------------------------------------------------------------------------


def _withdraw(case, form, user) -> Answer:
    submission.withdraw(
        case, by=user, reason=form.cleaned_data["reason"], operation=form.cleaned_data["operation"]
    )
    return _done(case, _("The case is withdrawn. It stays readable, and nothing is deleted."), "warn")


def _no_hearing(case, form, user) -> Answer:
    hearings.no_hearing(
        case, by=user, reason=form.cleaned_data["reason"], operation=form.cleaned_data["operation"]
    )
    return _done(case, _("The case is ready for decision, without a hearing."))


def _return_form(case, data):
    return ReturnForm(data, content=content_of(newest(case)))


def _return(case, form, user) -> Answer:
    """The case goes back, and each remark stands as a comment beside what it concerns."""
    typed = form.cleaned_data
    for section, line_key, text in form.remarks():
        discussion.add_comment(
            case, by=user, text=text, section=section, line_key=line_key, operation=typed["operation"]
        )
    submission.return_case(case, by=user, reason=typed["reason"], operation=typed["operation"])
    return _done(
        case, _("The case is returned to %(owner)s, who is told why.") % {"owner": case.owner}, "warn"
    )


# --- Finance's control ----------------------------------------------------------------------------


def _control_form(case, data):
    version = newest(case)
    return ControlForm(
        data,
        content=content_of(version),
        suggestions=checking.suggestions(version),
        findings=checking.findings(version),
        accounting=checking.accounting_of(case),
        not_endorsed=[str(row.person) for row in endorsements.not_given(version)],
    )


def _control(case, form, user) -> Answer:
    typed = form.cleaned_data
    checking.keep_accounting(
        case,
        by=user,
        fields=form.case_accounting(),
        lines=form.line_accounting(),
        operation=typed["operation"],
    )
    if form.keeps_only:
        address = reverse("businesscases:case-act", args=[case.reference, CaseAction.CONFIRM_FIGURES.value])
        return Answer(address, _("The accounting fields are saved. The figures are not confirmed yet."))
    checking.confirm_figures(
        case,
        by=user,
        ticks=form.ticks(),
        answers=form.answers(),
        missing_endorsements=typed["missing_endorsements"],
        note=typed["note"],
        operation=typed["operation"],
    )
    following = next_to_check(user, case) if form.goes_on else None
    message = _("The figures of %(reference)s are confirmed.") % {"reference": case.reference}
    if following is None:
        return _done(case, message)
    address = reverse("businesscases:case-act", args=[following, CaseAction.CONFIRM_FIGURES.value])
    return Answer(address, message)


def _control_shown(case, form, user) -> dict:
    version = newest(case)
    content = form.content
    kept = checking.accounting_of(case)["lines"]
    natures = {
        line.key: kept.get(line.key, {}).get("nature") or NATURE_OF[line.kind] for line in content.lines
    }
    return {
        "version": version,
        "content": content,
        "figures": content.key_figures,
        "table": economy_table(content, natures),
        "not_given": endorsements.not_given(version),
        "asked": list(version.endorsements.select_related("person").order_by("kind", "person__name")),
        "next_reference": next_to_check(user, case),
    }


def next_to_check(user, case: BusinessCase) -> str | None:
    """The reference of the case that has waited longest for this person's control, other than this one."""
    waiting = visible_to(user).filter(waiting_for(user), Q(state=State.SUBMITTED)).exclude(pk=case.pk)
    return waiting.order_by("state_since", "id").values_list("reference", flat=True).first()


# --- Hearing --------------------------------------------------------------------------------------


def _hearing_form(case, data):
    return OpenHearingForm(data, parties=content_of(newest(case)).texts["hearing_parties"])


def _open_hearing(case, form, user) -> Answer:
    typed = form.cleaned_data
    opened = hearings.open_hearing(
        case,
        by=user,
        bodies=typed["bodies"],
        deadline=typed["deadline"],
        material=typed["material"],
        passed_over=form.passed_over(),
        operation=typed["operation"],
    )
    without = mails.tell_bodies(opened.hearing, opened.secrets)
    address = reverse("businesscases:case-hearing", args=[case.reference])
    if not without:
        return Answer(address, _("The hearing is open. Each body gets a mail with its personal link."))
    words = _("The hearing is open. No mail goes to: %(bodies)s, who have no address. Make a link for each.")
    return Answer(address, words % {"bodies": ", ".join(without)}, "warn")


def _hearing_shown(case, form, user) -> dict:
    return {"parties": content_of(newest(case)).texts["hearing_parties"]}


def _close_hearing(case, form, user) -> Answer:
    hearings.close_hearing(case, by=user, operation=form.cleaned_data["operation"])
    return _done(case, _("The hearing is closed. The case is ready for decision."))


def _close_shown(case, form, user) -> dict:
    hearing = hearings.open_hearing_of(case)
    return {
        "hearing": hearing,
        "waiting": hearings.unanswered(hearing) if hearing else [],
        "passed": bool(hearing) and hearings.deadline_passed(hearing, clock.today()),
    }


# --- The project ----------------------------------------------------------------------------------


def _report(case, form, user) -> Answer:
    projects.report_finished(
        case, by=user, text=form.cleaned_data["text"], operation=form.cleaned_data["operation"]
    )
    return _done(case, _("The final report is handed in. Finance confirms the completion next."))


def _plain(form_class):
    return lambda case, data: form_class(data)


A = CaseAction
PAGES: dict[CaseAction, ActPage] = {
    A.SUBMIT: ActPage("submit", _submit_form, _submit, _submit_shown),
    A.WITHDRAW: ActPage("withdraw", _plain(ReasonForm), _withdraw),
    A.RETURN: ActPage("return", _return_form, _return),
    A.CONFIRM_FIGURES: ActPage("control", _control_form, _control, _control_shown),
    A.OPEN_HEARING: ActPage("open_hearing", _hearing_form, _open_hearing, _hearing_shown),
    A.NO_HEARING: ActPage("no_hearing", _plain(ReasonForm), _no_hearing, _hearing_shown),
    A.CLOSE_HEARING: ActPage("close_hearing", _plain(ActForm), _close_hearing, _close_shown),
    A.REPORT_FINISHED: ActPage("report_finished", _plain(ReportForm), _report),
}
