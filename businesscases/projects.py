"""What the owner of an approved case reports: how it goes, and that it is finished."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from businesscases.access import is_writer
from businesscases.models import BusinessCase, CaseEvent, ProjectReport, State
from businesscases.workflow import CaseAction, lock_case, perform
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.refusals import NotAllowed, Refusal, TooLate

# While there is a project to tell about.
REPORTED_IN = frozenset({State.APPROVED, State.IN_PROGRESS})


@transaction.atomic
def report_finished(
    case: BusinessCase, *, by, text: str, operation: UUID | None = None, at: datetime | None = None
) -> CaseEvent:
    """The final report. The case stays in progress until finance has confirmed the completion."""
    now = at or clock.now()
    event = perform(case, CaseAction.REPORT_FINISHED, by=by, operation=operation, at=now)
    _write(case, ProjectReport.Kind.FINAL, by, text, now)
    return event


@transaction.atomic
def report_status(
    case: BusinessCase,
    *,
    by,
    standing: str,
    text: str,
    ahead: str = "",
    operation: UUID | None = None,
    at: datetime | None = None,
) -> ProjectReport:
    """How a project goes against its plan, what is done and what comes next; moves nothing."""
    refusal = why_no_status(by, lock_case(case))
    if refusal is not None:
        raise refusal
    if standing not in ProjectReport.Standing.values:
        raise Refusal(_("Say whether the project is on, under or over plan."), field="standing")
    told = {"standing": str(standing), "ahead": ahead.strip()}
    report = _write(case, ProjectReport.Kind.STATUS, by, text, at or clock.now(), **told)
    record(
        "report-status",
        case,
        by=by,
        after={"report": report.pk, **told, "text": report.text},
        operation=operation,
        case_reference=case.reference,
    )
    return report


def why_no_status(user, case: BusinessCase) -> Refusal | None:
    """Why the person cannot report how the project goes now, or None."""
    if not is_writer(user, case):
        return NotAllowed(
            _("A project is reported on by the project owner (%(owner)s) and the collaborators.")
            % {"owner": case.owner}
        )
    if case.state not in REPORTED_IN:
        return TooLate(
            _("The case is “%(state)s”; only an approved project is reported on.")
            % {"state": case.get_state_display()}
        )
    return None


def status_reports(case: BusinessCase) -> QuerySet[ProjectReport]:
    """How the project has been going, newest first."""
    reports = case.reports.filter(kind=ProjectReport.Kind.STATUS)
    return reports.select_related("by").order_by("-pk")


def final_report(case: BusinessCase) -> ProjectReport | None:
    """The newest final report, or None while the project is not reported finished."""
    return case.reports.filter(kind=ProjectReport.Kind.FINAL).order_by("-pk").first()


def _write(case: BusinessCase, kind: str, by, text: str, at: datetime, **told) -> ProjectReport:
    if not text.strip():
        raise Refusal(_("Write the report."), field="text")
    return ProjectReport.objects.create(case=case, kind=kind, text=text, by=by, at=at, **told)
