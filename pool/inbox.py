"""What waits for a person: the things they must do now, oldest first, each with one way to do it.

One statement whatever waits: every desk is a query of the same columns, and the queries are put
together (`UNION ALL`).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, IntegerField, Value
from django.db.models.functions import Cast

from innovation_pool.permissions import Action, actions_of
from innovation_pool.prepared import prepared
from pool.desks import desks_of

SHOWN = 12
# So many are counted; whoever has more waiting is told that it is more.
COUNTED = 99
LATE_AFTER_DAYS = 30

# The columns of every desk, in order: what it is, since when it has waited, when it is due, a case's
# reference and title (or a name), a count, kroner, two keys for the address, and a word that tells it from
# others of its kind.
COLUMNS = (
    "desk", "since", "due", "reference", "shown_title", "how_many", "kroner", "key", "of_year", "detail",
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `kroner` are whole."""

    desk: str
    since: date
    due: date | None
    reference: str
    shown_title: str
    how_many: int
    kroner: int
    key: int
    of_year: int
    detail: str
    today: date

    @property
    def days(self) -> int:
        return max(0, (self.today - self.since).days)

    @property
    def late(self) -> bool:
        """Past its date, or waiting for a month."""
        return (self.due is not None and self.due < self.today) or self.days >= LATE_AFTER_DAYS


@dataclass(frozen=True)
class Inbox:
    """What waits for one person: the oldest, and how many there are in all, up to COUNTED."""

    rows: tuple[Waiting, ...]
    count: int
    more: bool = False

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


def inbox(user, today: date) -> Inbox:
    """What waits for the person, oldest first; nothing at all for one no desk belongs to."""
    found = _oldest(actions_of(user), person=user.pk, today=today)
    rows = tuple(
        # A sum in a union comes back as a Decimal on PostgreSQL.
        Waiting(*row[:6], kroner=int(row[6]), key=row[7], of_year=row[8], detail=row[9], today=today)
        for row in found[:SHOWN]
    )
    return Inbox(rows, min(len(found), COUNTED), more=len(found) > COUNTED)


@prepared
def _oldest(actions: frozenset[Action], *, person: int, today: date):
    """The columns of what waits, oldest first, and one more than is counted."""
    desks = [_uniform(desk, rows) for desk, rows in desks_of(actions, person, today)]
    together = desks[0].union(*desks[1:], all=True) if len(desks) > 1 else desks[0]
    return together.order_by("since", "reference", "desk", "key", "of_year")[: COUNTED + 1]


def _uniform(desk: str, rows):
    """The query with every column every other one has: what it does not say is empty."""
    named = {
        "desk": Value(desk, output_field=CharField()),
        "due": Cast(Value(None), DateField()),
        "reference": Value("", output_field=CharField()),
        "shown_title": Value("", output_field=CharField()),
        "how_many": Value(0, output_field=IntegerField()),
        "kroner": Value(0, output_field=BigIntegerField()),
        "key": Value(0, output_field=BigIntegerField()),
        "of_year": Value(0, output_field=IntegerField()),
        "detail": Value("", output_field=CharField()),
    }
    said = {*rows.query.annotations, *(column.name for column in rows.model._meta.concrete_fields)}
    missing = {name: empty for name, empty in named.items() if name not in said}
    return rows.annotate(**missing).order_by().values_list(*COLUMNS)
