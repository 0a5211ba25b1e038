"""One case as its page, its print and its history show it: read once, in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists

from businesscases import discussion, projects, relations
from businesscases.access import EDITABLE, Standing, content_for
from businesscases.action_names import NEXT_NAMES
from businesscases.case_parts import CaseParts
from businesscases.case_table import EconomyTable, economy_table
from businesscases.content import CaseContent, ContentDocument
from businesscases.documents import with_redactions
from businesscases.hearings import deadline_passed
from businesscases.models import (
    BusinessCase,
    CaseEvent,
    CaseRelation,
    Confirmation,
    Criterion,
    CriterionTick,
    Document,
    Endorsement,
    HearingPart,
    ProjectReport,
    State,
)
from businesscases.steps import Way, way_of
from businesscases.story import Happening, story_of, with_reports
from businesscases.workflow import TRANSITIONS, CaseAction, Transition, open_to, who_can, why_not
from innovation_pool import clock
from innovation_pool.charts import NARROW, WIDE, CumulativeChart, Frame, cumulative_chart
from innovation_pool.permissions import Action, may
from innovation_pool.prepared import prepared

# What moves a case forward, in the order in which a page offers it.
FORWARD = (
    CaseAction.SUBMIT,
    CaseAction.CONFIRM_FIGURES,
    CaseAction.OPEN_HEARING,
    CaseAction.CLOSE_HEARING,
    CaseAction.APPROVE,
    CaseAction.START,
    CaseAction.REPORT_FINISHED,
    CaseAction.CONFIRM_COMPLETION,
)


@dataclass(frozen=True)
class CriterionShown:
    """A criterion of the round; `met` is None until finance has ticked it."""

    text: str
    met: bool | None
    note: str


@dataclass(frozen=True)
class NextStep:
    """What happens next, who does it, and why this person cannot, when their role could."""

    transition: Transition
    who: str
    reason: str

    @property
    def what(self):
        """What it is called when somebody else does it: no command."""
        return NEXT_NAMES[self.transition.action]


# On paper the chart is as wide as the page and leaves room for the table.
PAPER = replace(WIDE, height=220)


class CasePage:
    """Everything the page of a case shows to one person. Each part is asked for when it is first shown."""

    wide_frame: Frame = WIDE

    def __init__(self, user, case: BusinessCase, *, all_comments: bool = False):
        self.user, self.case, self.all_comments = user, case, all_comments

    @cached_property
    def standing(self) -> Standing:
        confirmed = any(
            event.action == CaseAction.CONFIRM_FIGURES and event.by_id == self.user.pk
            for event in self.events
        )
        rows = CaseParts(self.case) if self.case.state in EDITABLE else None
        return Standing(self.user, self.case, confirmed=confirmed, rows=rows)

    def _happened(self, action: CaseAction) -> bool:
        return any(event.action == action for event in self.events)

    @cached_property
    def content(self) -> CaseContent:
        return content_for(self.user, self.case, self.standing)

    @cached_property
    def figures(self):
        return self.content.key_figures

    @cached_property
    def inside(self) -> bool:
        """Whether the person takes part in the case or handles it: reasons and the discussion are theirs."""
        return discussion.may_read(self.standing)

    @cached_property
    def events(self) -> list[CaseEvent]:
        return _events(case=self.case.pk)

    @cached_property
    def documents(self) -> list[tuple[ContentDocument, str]]:
        """Each document of the content, and why it is redacted, "" when it is not."""
        if self.content.documents and (not self.events or self.events[0].redacted):
            return with_redactions(self.case, self.content.documents)
        return [(document, "") for document in self.content.documents]

    @cached_property
    def way(self) -> Way:
        return way_of(self.case, self.events, with_reasons=self.inside)

    @cached_property
    def status_reports(self) -> list[ProjectReport]:
        """How the project has been going, newest first."""
        return list(projects.status_reports(self.case)) if any(row.reported for row in self.events) else []

    @property
    def may_report(self) -> bool:
        return self.case.state in projects.REPORTED_IN and self.standing.is_writer

    @cached_property
    def story(self) -> list[Happening]:
        told = story_of(self.events, with_reasons=self.inside)
        return with_reports(told, self.status_reports, with_reasons=self.inside)

    @cached_property
    def _ticks(self) -> list[CriterionTick]:
        """The ticks of the version shown, each with the confirmation they were made in."""
        if self.content.version is None or not self._happened(CaseAction.CONFIRM_FIGURES):
            return []
        return _ticks_of(case=self.case.pk, number=self.content.version)

    @cached_property
    def confirmation(self) -> Confirmation | None:
        """Finance's confirmation of the version that is shown."""
        if self._ticks:
            return self._ticks[0].version.confirmation
        if self.content.version is None or not self._happened(CaseAction.CONFIRM_FIGURES):
            return None
        # A round without criteria leaves no tick.
        rows = Confirmation.objects.filter(version__case=self.case, version__number=self.content.version)
        return rows.first()

    @cached_property
    def table(self) -> EconomyTable:
        lines = self.confirmation.accounting.get("lines", {}) if self.confirmation else {}
        return economy_table(self.content, {key: row["nature"] for key, row in lines.items()})

    @property
    def accounting(self) -> Mapping[str, str]:
        """Finance's own fields, as they were when the figures were confirmed."""
        return self.confirmation.accounting.get("case", {}) if self.confirmation else {}

    @cached_property
    def criteria(self) -> list[CriterionShown]:
        """The ticks of the version shown; until it is confirmed the round's criteria, not ticked."""
        if self.confirmation:
            return [CriterionShown(tick.criterion.text, tick.met, tick.note) for tick in self._ticks]
        if self.content.round is None or self.content.version is None:
            return []
        return [CriterionShown(text, None, "") for text in _criteria_of(round=self.content.round.id)]

    @property
    def criteria_met(self) -> int:
        return sum(1 for criterion in self.criteria if criterion.met)

    @cached_property
    def hearing_parts(self) -> list[HearingPart]:
        """The bodies of the newest hearing, with their answers."""
        if not self._happened(CaseAction.OPEN_HEARING):
            return []
        parts = _heard(case=self.case.pk)
        return [part for part in parts if part.hearing_id == parts[0].hearing_id]

    @property
    def hearing(self):
        return self.hearing_parts[0].hearing if self.hearing_parts else None

    @property
    def answers_given(self) -> int:
        return sum(1 for part in self.hearing_parts if hasattr(part, "answer"))

    @cached_property
    def endorsements(self) -> list[Endorsement]:
        """Who was asked to stand by the newest version, until it is decided, for who handles or writes it."""
        if self.case.state not in ENDORSED_IN or not self.inside:
            return []
        return _asked_to_endorse(case=self.case.pk, number=self.case.versions_frozen)

    @property
    def to_endorse(self) -> Endorsement | None:
        """What this person is asked to stand by and has not answered."""
        waiting = (row for row in self.endorsements if row.person_id == self.user.pk)
        return next((row for row in waiting if row.endorsed is None), None)

    @cached_property
    def stopped_needs(self) -> list[BusinessCase]:
        """The cases this funded one needs that are funded no more, of those the person may know of."""
        needs = {row.reference for row in self.content.relations if row.kind == CaseRelation.Kind.NEEDS}
        return [row for row in relations.stopped_needs(self.case) if row.reference in needs] if needs else []

    @cached_property
    def discussion(self) -> discussion.Discussion | None:
        if not self.inside:
            return None
        return discussion.discussion_of(self.case, all_of_it=self.all_comments)

    @cached_property
    def may_comment(self) -> bool:
        return self.inside and discussion.may_comment(self.standing)

    @cached_property
    def charts(self) -> dict[str, CumulativeChart]:
        """The chart for a wide column and for a narrow one."""
        careful = [int(amount) for amount in self.figures.careful.net]
        flows = (self.figures.net, careful, self.content.start_year, self.figures.payback)
        return {"wide": cumulative_chart(*flows, self.wide_frame), "narrow": cumulative_chart(*flows, NARROW)}

    @cached_property
    def open(self) -> tuple[Transition, ...]:
        return open_to(self.user, self.case, self.standing)

    @cached_property
    def primary(self) -> Transition | None:
        """The act that moves the case on, when it is this person's and can be done now."""
        return None if self.held_back else self._forward

    @property
    def held_back(self) -> str:
        """The act whose time has not come, though it is this person's: something else is done first."""
        action = self._forward.action if self._forward else ""
        early = action == CaseAction.CLOSE_HEARING and self.answers_awaited
        return action if early or action == CaseAction.REPORT_FINISHED else ""

    @property
    def answers_awaited(self) -> bool:
        """Whether the hearing is open, its deadline ahead, and a body asked has not answered."""
        if self.hearing is None or self.hearing.closed_at:
            return False
        asked = [part for part in self.hearing_parts if not part.passed_over_reason]
        waits = any(not hasattr(part, "answer") for part in asked)
        return waits and not deadline_passed(self.hearing, clock.today())

    @cached_property
    def _forward(self) -> Transition | None:
        theirs = {row.action: row for row in self.open}
        return next((theirs[action] for action in FORWARD if action in theirs), None)

    @property
    def others(self) -> list[Transition]:
        return [row for row in self.open if row is not self.primary]

    @cached_property
    def next_steps(self) -> list[NextStep]:
        """What moves the case on from here, who does it, and why this person does not."""
        steps = []
        for action in FORWARD:
            rows = [row for row in TRANSITIONS if row.action == action and self.case.state in row.sources]
            if not rows:
                continue
            refusal = why_not(self.user, self.case, action, self.standing)
            theirs = any(
                row.who in Action.__members__.values() and may(self.user, Action(row.who)) for row in rows
            )
            reason = str(refusal) if refusal is not None and theirs else ""
            steps.append(NextStep(rows[0], who_can(self.case, action), reason))
        return steps

    @property
    def may_hand_over(self) -> bool:
        return self.standing.is_writer or may(self.user, Action.HAND_OVER)

    @property
    def texts_of_consequences(self) -> list[tuple[str, str]]:
        """(label, text) of the filled consequences, in the order of the form."""
        names = ("other_areas", "service", "staff_consequences", "hearing_parties", "rate_change")
        return self._texts(names)

    @property
    def texts_of_goals(self) -> list[tuple[str, str]]:
        return self._texts(("focus_areas", "development_goals"))

    @property
    def texts_of_trial(self) -> list[tuple[str, str]]:
        return self._texts(("trial", "measurement"))

    def _texts(self, names) -> list[tuple[str, str]]:
        texts = self.content.texts
        return [(label_of(name), texts[name]) for name in names if texts.get(name, "").strip()]


ENDORSED_IN = frozenset({State.SUBMITTED, State.CHECKED, State.IN_HEARING, State.READY, State.POSTPONED})
EVENT_FIELDS = (
    "at", "action", "from_state", "to_state", "reason", "decision_label", "case_id", "by__name",
    "by__username", "version__number",
)  # fmt: skip


def label_of(field: str) -> str:
    """What the form calls a text of the case."""
    return str(BusinessCase._meta.get_field(field).verbose_name)


@prepared
def _events(*, case: int):
    # Most cases have no report and no redaction: to know so costs no statement of its own.
    reports = ProjectReport.objects.filter(case=case, kind=ProjectReport.Kind.STATUS)
    redacted = Document.objects.filter(case=case, redacted_at__isnull=False)
    rows = CaseEvent.objects.filter(case=case).select_related("by", "version").order_by("id")
    return rows.only(*EVENT_FIELDS).annotate(
        reported=Exists(reports.order_by()), redacted=Exists(redacted.order_by())
    )


@prepared
def _ticks_of(*, case: int, number: int):
    rows = CriterionTick.objects.filter(version__case=case, version__number=number)
    rows = rows.select_related("criterion", "version__confirmation").defer("version__content")
    return rows.order_by("criterion__order", "criterion")


@prepared
def _criteria_of(*, round: int):
    return Criterion.objects.filter(round=round, active=True).values_list("text", flat=True)


@prepared
def _heard(*, case: int):
    rows = HearingPart.objects.filter(hearing__case=case)
    return rows.select_related("hearing", "body", "answer__entered_by").order_by("-hearing_id", "body__name")


@prepared
def _asked_to_endorse(*, case: int, number: int):
    rows = Endorsement.objects.filter(version__case=case, version__number=number)
    return rows.select_related("person").order_by("kind", "person__name")
