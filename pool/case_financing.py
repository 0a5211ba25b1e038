"""How a case is paid for, year by year: what its pools have while it is undecided, what it was granted after.

Whoever sees the case sees what it asks; what others ask is never in it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Sum, Value

from businesscases.content import CaseContent
from businesscases.models import BusinessCase, State
from innovation_pool.prepared import prepared
from pool.conditions import ENDS_GRANTS
from pool.models import (
    Account,
    AccountKind,
    AgendaItem,
    Decision,
    DecisionGrant,
    DecisionKind,
    Meeting,
    PoolYear,
    UnfundedEntry,
)
from pool.provisional_sums import available_after, with_room

UNDECIDED = frozenset(
    {
        State.DRAFT,
        State.RETURNED,
        State.SUBMITTED,
        State.CHECKED,
        State.IN_HEARING,
        State.READY,
        State.POSTPONED,
    }
)
GRANTED = frozenset({State.APPROVED, State.IN_PROGRESS, State.COMPLETED, State.STOPPED})


@dataclass(frozen=True)
class WantedYear:
    """A year the case asks in. `available` is None when no pool of its round has a budget that year.

    `provisional` is what is available after every provisional decision, None while none is standing.
    """

    year: int
    asked: int
    available: int | None
    provisional: int | None = None

    @property
    def after(self) -> int:
        """What would be left; below zero is what lacks."""
        return (self.available or 0) - self.asked


@dataclass(frozen=True)
class GrantedYear:
    """A year in which the case asked or was granted."""

    year: int
    asked: int
    reserved: int
    allocated: int
    unfunded: int

    @property
    def granted(self) -> int:
        return self.reserved + self.allocated + self.unfunded


@dataclass(frozen=True)
class Financing:
    """Either `wanted` (undecided) or `granted` has rows; neither when it was turned down or asks nothing."""

    wanted: tuple[WantedYear, ...] = ()
    granted: tuple[GrantedYear, ...] = ()
    # By the approval and its changes, whatever was released or returned since.
    decided: int = 0
    stopped: bool = False

    @property
    def asked(self) -> int:
        return sum(year.asked for year in (*self.wanted, *self.granted))

    @property
    def available(self) -> int:
        return sum(year.available or 0 for year in self.wanted)

    @property
    def lacking(self) -> tuple[WantedYear, ...]:
        return tuple(year for year in self.wanted if year.after < 0)

    @property
    def reserved(self) -> int:
        return sum(year.reserved for year in self.granted)

    @property
    def allocated(self) -> int:
        return sum(year.allocated for year in self.granted)

    @property
    def unfunded(self) -> int:
        return sum(year.unfunded for year in self.granted)

    @property
    def to_find(self) -> int:
        """What was asked and not granted: to be found in own budget, but for a project that was stopped.

        What a case holds after an earlier stop counts too: a new approval only adds to it.
        """
        held = sum(year.granted for year in self.granted)
        return 0 if self.stopped else max(0, self.asked - max(self.decided, held))


def financing_of(case: BusinessCase, content: CaseContent) -> Financing:
    """The financing of a case as it is read: one statement."""
    asked = dict(zip(content.years, content.key_figures.asked, strict=True))
    if case.state in UNDECIDED:
        return Financing(wanted=_wanted(content, {year: n for year, n in asked.items() if n}))
    return _financed(case, asked) if case.state in GRANTED else Financing()


def meeting_of(case: BusinessCase) -> AgendaItem | None:
    """The item of the next meeting that is to decide the case, with its meeting."""
    if case.state not in (State.READY, State.POSTPONED):
        return None
    return next(iter(_items_ahead(case=case.pk)), None)


@prepared
def _items_ahead(*, case: int):
    rows = AgendaItem.objects.filter(
        case=case,
        removed_at=None,
        decision=None,
        meeting__state__in=[Meeting.State.PLANNED, Meeting.State.OPEN],
    )
    return rows.select_related("meeting").order_by("meeting__held_on", "pk")[:1]


def _wanted(content: CaseContent, asked: dict[int, int]) -> tuple[WantedYear, ...]:
    if not asked or content.round is None:
        return tuple(WantedYear(year, amount, None) for year, amount in asked.items())
    found = _years_of_round(round=content.round.id, years=tuple(asked))
    available: dict[int, int] = defaultdict(int)
    for _pool, year, amount, *_provisional in found:
        available[year] += amount
    after = available_after(found) or {}
    return tuple(
        WantedYear(year, amount, available.get(year), after.get(year)) for year, amount in asked.items()
    )


@prepared
def _years_of_round(*, round: int, years: Sequence[int]):
    rows = PoolYear.objects.filter(pool__round_links__round=round, year__in=years)
    rows = with_room(rows.exclude(status=PoolYear.Status.CLOSED))
    return rows.order_by().values_list("pool", "year", "free", "taken", "ended")


def _financed(case: BusinessCase, asked: dict[int, int]) -> Financing:
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for year, kind, total in _granted_sums(case=case.pk):
        # A sum in a union comes back as a Decimal on PostgreSQL.
        found[year][kind] = int(total)
    years = sorted({*found, *(year for year, amount in asked.items() if amount)})
    rows = (
        GrantedYear(
            year,
            asked.get(year, 0),
            found[year]["reserved"],
            found[year]["allocated"],
            found[year]["unfunded"],
        )
        for year in years
    )
    return Financing(
        granted=tuple(row for row in rows if row.asked or row.granted),
        decided=sum(kinds["decided"] for kinds in found.values()),
        stopped=case.state == State.STOPPED,
    )


@prepared
def _granted_sums(*, case: int):
    """(year, kind, kroner): what it has, what stands without cover, what was decided."""
    kinds = [AccountKind.RESERVED, AccountKind.ALLOCATED]
    balances = Account.objects.filter(case=case, kind__in=kinds).values_list("year", "kind")
    unfunded = UnfundedEntry.objects.filter(case=case).annotate(what=Value("unfunded"))
    ended = Decision.objects.filter(case=case, kind__in=ENDS_GRANTS, number__gt=OuterRef("decision__number"))
    decided = DecisionGrant.objects.filter(
        ~Exists(ended), case=case, decision__kind__in=[DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT]
    ).annotate(what=Value("decided"))
    # Sums of three tables in one statement.
    return balances.annotate(total=Sum("balance")).union(
        unfunded.values_list("year", "what").annotate(total=Sum("amount")),
        decided.order_by().values_list("year", "what").annotate(total=Sum(F("amount") + F("unfunded"))),
        all=True,
    )
