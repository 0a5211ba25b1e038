"""What happened to a case, one sentence for each event, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from businesscases.models import BusinessCase, CaseEvent, Endorsement, HearingAnswer, ProjectReport
from businesscases.workflow import CREATED, CaseAction

SENTENCES = {
    CREATED: gettext_lazy("Begun"),
    CaseAction.SUBMIT: gettext_lazy("Submitted"),
    CaseAction.WITHDRAW: gettext_lazy("Withdrawn by the project owner"),
    CaseAction.RETURN: gettext_lazy("Returned to those who write it"),
    CaseAction.CONFIRM_FIGURES: gettext_lazy("Finance confirmed the figures"),
    CaseAction.OPEN_HEARING: gettext_lazy("Hearing opened"),
    CaseAction.NO_HEARING: gettext_lazy("Goes on without a hearing"),
    CaseAction.CLOSE_HEARING: gettext_lazy("Hearing closed"),
    CaseAction.APPROVE: gettext_lazy("Approved by the board"),
    CaseAction.REJECT: gettext_lazy("Rejected by the board"),
    CaseAction.POSTPONE: gettext_lazy("Postponed by the board"),
    CaseAction.START: gettext_lazy("Project started"),
    CaseAction.REPORT_FINISHED: gettext_lazy("Reported finished"),
    CaseAction.CONFIRM_COMPLETION: gettext_lazy("Finance confirmed the completion"),
    CaseAction.STOP: gettext_lazy("Stopped by the board"),
    CaseAction.REVERSE: gettext_lazy("The decision was reversed"),
}


@dataclass(frozen=True)
class Happening:
    """A moment of the case. `number` is the version that came of it, when one did."""

    at: datetime
    sentence: str
    by: str = ""
    reason: str = ""
    number: int | None = None


def story_of(events: Iterable[CaseEvent], *, with_reasons: bool = True) -> list[Happening]:
    """The events as sentences, newest first. Reasons stay out for who may not know them."""
    return [_told(event, with_reasons) for event in reversed(list(events))]


def with_reports(
    told: list[Happening], reports: Iterable[ProjectReport], *, with_reasons: bool = True
) -> list[Happening]:
    """What is told already and the status reports of the project together, newest first."""
    reported = [_reported(report, with_reasons) for report in reports]
    return sorted([*reported, *told], key=_when, reverse=True)


def _reported(report: ProjectReport, with_reasons: bool) -> Happening:
    if not with_reasons:
        return Happening(report.at, _("Status report"), str(report.by))
    sentence, text = _("Status report"), report.text
    if report.standing:
        sentence = _("Status report, %(standing)s") % {"standing": report.get_standing_display().lower()}
    if report.ahead:
        text += "\n\n" + _("Next: %(ahead)s") % {"ahead": report.ahead}
    return Happening(report.at, sentence, str(report.by), text)


def whole_story(
    case: BusinessCase, events: Iterable[CaseEvent], reports: Iterable[ProjectReport] = ()
) -> list[Happening]:
    """Events, status reports, endorsements, hearing answers and changes of writers, newest first."""
    told = with_reports(story_of(events), reports)
    answered = Endorsement.objects.filter(version__case=case).exclude(answered_at=None)
    for row in answered.select_related("person", "version").defer("version__content"):
        words = _("Endorsed version %(number)d") if row.endorsed else _("Did not endorse version %(number)d")
        sentence = words % {"number": row.version.number}
        told.append(Happening(row.answered_at, sentence, str(row.person), row.reason))
    heard = HearingAnswer.objects.filter(part__hearing__case=case).select_related("part__body", "entered_by")
    for answer in heard:
        sentence = _("%(body)s answered the hearing") % {"body": answer.part.body}
        told.append(Happening(answer.answered_at, sentence, str(answer.entered_by or answer.answered_by)))
    for writer in case.writers.select_related("person", "added_by"):
        # The first owner came with the case itself.
        if writer.since > case.created_at:
            sentence = _("%(person)s became %(part)s") % {
                "person": writer.person,
                "part": writer.get_part_display(),
            }
            told.append(Happening(writer.since, sentence, str(writer.added_by or "")))
        if writer.until:
            sentence = _("%(person)s is no longer %(part)s") % {
                "person": writer.person,
                "part": writer.get_part_display(),
            }
            told.append(Happening(writer.until, sentence))
    return sorted(told, key=_when, reverse=True)


def _when(happening: Happening) -> datetime:
    return happening.at


def _told(event: CaseEvent, with_reasons: bool) -> Happening:
    sentence = str(SENTENCES.get(event.action, event.action))
    number = None
    if event.action == CaseAction.SUBMIT and event.version:
        number = event.version.number
        if number > 1:
            sentence = _("Submitted again as version %(number)d") % {"number": number}
    if event.decision_label:
        sentence = _("%(what)s, decision no. %(number)s") % {
            "what": sentence,
            "number": event.decision_label,
        }
    return Happening(event.at, sentence, str(event.by), event.reason if with_reasons else "", number)
