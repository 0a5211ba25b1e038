"""The next dates on a person's way: rounds that close, hearings that end, meetings of the board.

One statement: three queries of the same columns put together, soonest first.
"""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import CharField, Count, DateField, F, IntegerField, Min, Q, TimeField, Value
from django.db.models.functions import Cast

from businesscases.models import Hearing, Round
from innovation_pool.permissions import Action, actions_of
from innovation_pool.prepared import prepared
from pool.models import Meeting

SHOWN = 6


@dataclass(frozen=True)
class Deadline:
    """A date to come. What `number` and `of` count depends on the kind; `then` is a round's meeting."""

    kind: str
    on: date
    at: time | None
    name: str
    reference: str
    number: int
    of: int
    then: date | None
    key: int

    def days(self, today: date) -> int:
        return (self.on - today).days


def next_deadlines(user, today: date) -> list[Deadline]:
    """The soonest dates the person may know of, none of them past."""
    return [Deadline(*row) for row in _soonest(actions_of(user), person=user.pk, today=today)]


@prepared
def _soonest(actions: frozenset[Action], *, person: int, today: date):
    rounds, hearings = _rounds(today), _hearings(actions, person, today)
    together = rounds.union(hearings, _meetings(actions, person, today), all=True)
    return together.order_by("on", "kind", "key")[:SHOWN]


def _rounds(today: date):
    rounds = Round.objects.filter(active=True, opens_on__lte=today, deadline__gte=today)
    return _columns(rounds, "round", on=F("deadline"), shown=F("name"), then=F("meeting_on"))


def _hearings(actions: frozenset[Action], person: int, today: date):
    hearings = Hearing.objects.filter(closed_at=None, deadline__gte=today)
    if Action.READ_SUBMITTED not in actions:
        hearings = hearings.filter(case__writers__person=person, case__writers__until=None)
    return _columns(
        hearings.values("pk"),
        "hearing",
        on=F("deadline"),
        shown=F("case__listed_title"),
        reference=F("case__reference"),
        counted=Count("parts__answer", distinct=True),
        of=Count("parts", filter=Q(parts__passed_over_reason=""), distinct=True),
    )


def _meetings(actions: frozenset[Action], person: int, today: date):
    """For those who read meetings, how many cases stand on each; for a writer, where the own one stands."""
    meetings = Meeting.objects.filter(
        state__in=[Meeting.State.PLANNED, Meeting.State.OPEN], held_on__gte=today
    )
    if Action.READ_MEETINGS in actions:
        here = Q(items__removed_at=None, items__case__isnull=False)
        counted = {"counted": Count("items", filter=here)}
    else:
        meetings = meetings.filter(
            items__removed_at=None, items__case__writers__person=person, items__case__writers__until=None
        )
        counted = {"of": Min("items__order"), "shown": Min("items__case__listed_title")}
    return _columns(meetings.values("pk"), "meeting", on=F("held_on"), clock=F("starts_at"), **counted)


def _columns(rows, kind: str, **said):
    """The query with every column of a deadline; what it does not say is empty."""
    columns = {
        "kind": Value(kind, output_field=CharField()),
        "on": Cast(Value(None), DateField()),
        "clock": Cast(Value(None), TimeField()),
        "shown": Value("", output_field=CharField()),
        "reference": Value("", output_field=CharField()),
        "counted": Value(0, output_field=IntegerField()),
        "of": Value(0, output_field=IntegerField()),
        "then": Cast(Value(None), DateField()),
        "key": F("pk"),
    } | said
    return rows.annotate(**columns).order_by().values_list(*columns)
