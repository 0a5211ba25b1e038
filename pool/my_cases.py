"""One's own cases on the front page, and the board's latest decisions. Reads; one statement each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum, Window

from businesscases.access import seen_with
from businesscases.models import BusinessCase, CaseWriter, Hearing, State
from innovation_pool.permissions import Action, actions_of
from innovation_pool.prepared import prepared
from pool.decided_words import decided, shape_of
from pool.models import AgendaItem, Decision, Meeting

SHOWN_CASES = 6
SHOWN_DECISIONS = 3
# The eight steps of a case's way; a state that ends it stands where the case had come to.
STEPS = 8
STEP_OF = {
    State.DRAFT: 1,
    State.RETURNED: 1,
    State.SUBMITTED: 3,
    State.CHECKED: 4,
    State.IN_HEARING: 4,
    State.READY: 5,
    State.POSTPONED: 5,
    State.REJECTED: 5,
    State.APPROVED: 6,
    State.IN_PROGRESS: 7,
    State.STOPPED: 7,
    State.COMPLETED: 8,
}


@dataclass(frozen=True)
class MyCase:
    """A case its writer follows: where it stands, and the next date on its way."""

    reference: str
    title: str
    state: str
    state_name: str
    step: int
    meeting_on: date | None
    item: int | None
    hearing_until: date | None
    round_closes: date | None

    @property
    def steps(self) -> list[str]:
        """The class of each of the eight steps."""
        return ["done"] * (self.step - 1) + ["now"] + ["next"] * (STEPS - self.step)


def my_cases(user) -> tuple[list[MyCase], int]:
    """The person's cases, the latest changed first, and how many there are."""
    rows = _latest_changed(person=user.pk)
    found = [
        MyCase(
            reference=row.reference,
            title=row.listed_title or row.title,
            state=row.state,
            state_name=row.stands,
            step=STEP_OF.get(row.state, 1),
            meeting_on=row.meeting_on,
            item=row.item,
            hearing_until=row.hearing_until,
            round_closes=row.round_closes,
        )
        for row in rows
    ]
    return found, rows[0].in_all if found else 0


@prepared
def _latest_changed(*, person: int):
    item = AgendaItem.objects.filter(
        case=OuterRef("pk"),
        removed_at=None,
        decision=None,
        meeting__state__in=[Meeting.State.PLANNED, Meeting.State.OPEN],
    ).order_by("meeting__held_on")
    hearing = Hearing.objects.filter(case=OuterRef("pk"), closed_at=None)
    mine = CaseWriter.objects.filter(case=OuterRef("pk"), person=person, until=None)
    return (
        BusinessCase.objects.filter(Exists(mine))
        .annotate(
            in_all=Window(Count("pk")),
            meeting_on=Subquery(item.values("meeting__held_on")[:1]),
            item=Subquery(item.values("order")[:1]),
            hearing_until=Subquery(hearing.values("deadline")[:1]),
            round_closes=F("round__deadline"),
        )
        .order_by("-changed_at", "-id")
        .only("reference", "title", "listed_title", "state")[:SHOWN_CASES]
    )


def latest_decisions(user) -> list[Decision]:
    """The board's latest decisions about cases the person may read, with `given` and `asked` in kroner
    and the `word` and `shape` of what was decided; `released` and `fallen_away` are what it took back."""
    found = _newest_decisions(actions_of(user), person=user.pk)
    for decision in found:
        decision.word, decision.shape = decided(decision.kind), shape_of(decision.kind)
    return found


@prepared
def _newest_decisions(actions: frozenset[Action], *, person: int):
    decisions = Decision.objects.filter(case__isnull=False)
    if Action.READ_MEETINGS not in actions:
        # Staff read what became of a case once it is open to them, and of their own.
        decisions = decisions.filter(case__in=seen_with(actions, person))
    return (
        decisions.annotate(
            given=Sum("grants__amount", default=0) + Sum("grants__unfunded", default=0),
            asked=Sum("grants__asked", default=0),
            released=-Sum("grants__amount", default=0),
            fallen_away=-Sum("grants__unfunded", default=0),
        )
        .select_related("case")
        .only(
            "number", "kind", "reason", "decided_on", "case__reference", "case__listed_title", "case__state"
        )
        .order_by("-number")[:SHOWN_DECISIONS]
    )  # fmt: skip
