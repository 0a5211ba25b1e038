"""A meeting of the board in the demo, from its planning to the approved record."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from innovation_pool import clock
from innovation_pool.mail.models import OutboxMail
from innovation_pool.mail.outbox import release
from pool import decisions, meetings
from pool.decisions import Grant
from pool.demo.dates import moment
from pool.demo.stage import Stage, step
from pool.models import DecisionKind, Meeting

START = datetime.time(9, 0)
PLACE = "Direktionens mødelokale, rådhuset i Aars"


@dataclass(frozen=True)
class Point:
    """An item on an agenda and what was decided on it: a case or a title, and what `put_down` takes.

    `grants` is kroner by year; `unfunded` those in years without a budget.
    """

    case: str = ""
    title: str = ""
    recommendation: str = ""
    discussion: str = ""
    grants: dict[int, int] = field(default_factory=dict)
    unfunded: dict[int, int] = field(default_factory=dict)
    decision: dict = field(default_factory=dict)


def approved(
    case: str, grants: dict[int, int], recommendation: str, *, discussion: str = "", **words
) -> Point:
    """The case approved with the grants; `words` go to the decision."""
    unfunded = words.pop("unfunded", {})
    decision = {"kind": DecisionKind.APPROVE, **words}
    return Point(case, "", recommendation, discussion, grants, unfunded, decision)


def decided(case: str, kind: str, recommendation: str, **words) -> Point:
    """Another decision on the case."""
    return Point(case, recommendation=recommendation, decision={"kind": kind, **words})


def noted(title: str, recommendation: str, text: str) -> Point:
    """An item without a case, and its resolution."""
    decision = {"kind": DecisionKind.RESOLUTION, "text": text}
    return Point(title=title, recommendation=recommendation, decision=decision)


@dataclass
class Sitting:
    """A meeting of the stage: told first, held when the story is played."""

    stage: Stage
    held_on: datetime.date
    points: list[Point]
    # The rows of another pool's cases are found by their names in the same story.
    meeting: Meeting | None = None

    @property
    def script(self):
        return self.stage.script

    @step
    def planned(self) -> None:
        by = self.stage.who("sekretariat")
        self.meeting = meetings.plan_meeting(
            self.held_on, self.stage.who("direktion"), by=by, operation=uuid4(), starts_at=START, place=PLACE
        )
        for point in self.points:
            meetings.add_item(
                self.meeting,
                by=by,
                operation=uuid4(),
                case=self.stage.case(point.case) if point.case else None,
                title=point.title,
                recommendation=point.recommendation,
            )

    @step
    def opened(self, absent: Iterable[str]) -> None:
        """Opened with those present, and everything put down as provisional."""
        by = self.stage.who("sekretariat")
        here = [row.person for row in self.meeting.people.select_related("person")]
        away = [person for person in here if person.username in absent]
        present = [person for person in here if person.username not in absent]
        meetings.set_people(self.meeting, present=present, absent=away, by=by, operation=uuid4())
        meetings.open_meeting(self.meeting, by=by, operation=uuid4())
        items = self.meeting.items.filter(removed_at=None).order_by("order")
        for item, point in zip(items, self.points, strict=True):
            pool = self.stage.pool
            grants = [Grant(pool, year, amount) for year, amount in point.grants.items()]
            grants += [Grant(pool, year, 0, amount) for year, amount in point.unfunded.items()]
            decisions.put_down(item, by=by, operation=uuid4(), grants=grants, **point.decision)
            if point.discussion:
                meetings.write_item(item, by=by, operation=uuid4(), discussion=point.discussion)

    @step
    def carried_out(self) -> None:
        decisions.carry_out(self.meeting, by=self.stage.who("direktion"), operation=uuid4())

    @step
    def closed(self) -> None:
        meetings.close_meeting(self.meeting, by=self.stage.who("sekretariat"), operation=uuid4())

    @step
    def mails_released(self) -> None:
        drafts = OutboxMail.objects.filter(state=OutboxMail.State.DRAFT, created_at__lte=clock.now())
        release(drafts, by=self.stage.who("sekretariat"))

    @step
    def record_approved(self) -> None:
        meetings.approve_record(self.meeting, by=self.stage.who("direktion"), operation=uuid4())


def held(
    stage: Stage,
    planned_on: datetime.date,
    held_on: datetime.date,
    *points: Point,
    absent: Iterable[str] = (),
    record_on: datetime.date | None = None,
) -> None:
    """A meeting held and closed; with `record_on` its mails are released and its record approved then."""
    sitting = Sitting(stage, held_on, list(points))
    sitting.planned(moment(planned_on, 13))
    sitting.opened(moment(held_on, 9), absent)
    sitting.carried_out(moment(held_on, 11))
    sitting.closed(moment(held_on, 11, 30))
    if record_on is not None:
        sitting.mails_released(moment(record_on, 10))
        sitting.record_approved(moment(record_on, 14))


def to_come(stage: Stage, planned_on: datetime.date, held_on: datetime.date, *points: Point) -> None:
    """A planned meeting with its agenda and recommendations; nothing is decided."""
    Sitting(stage, held_on, list(points)).planned(moment(planned_on, 13))
