"""A meeting as it is shown: its items with where each stands, its provisional decisions, its people."""

from dataclasses import dataclass

from innovation_pool.permissions import Action, may
from pool.decided_words import decided, put_down, shape_of
from pool.decisions import Misfit, after_provisional
from pool.models import AgendaItem, Meeting, MeetingPerson, Pool, ProvisionalDecision, ProvisionalGrant


@dataclass(frozen=True)
class ShownItem:
    """An item with the shape and the words that say where it stands, and what it lacks to be carried out."""

    item: AgendaItem
    provisional: ProvisionalDecision | None
    shape: str
    words: str
    lacks: tuple[Misfit, ...] = ()

    @property
    def kind(self) -> str:
        """What is put down on it, said of the case: "Approved"; "" when nothing is."""
        return decided(self.provisional.kind) if self.provisional else ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is put down or decided on it yet."""
        return not self.words


@dataclass(frozen=True)
class ShownMeeting:
    meeting: Meeting
    items: tuple[ShownItem, ...]
    people: tuple[MeetingPerson, ...]

    @property
    def provisional(self) -> list[ShownItem]:
        """The items whose provisional decision stands."""
        return [shown for shown in self.items if shown.provisional is not None]

    @property
    def decided(self) -> list[str]:
        """The references of the cases that are decided."""
        return [s.item.case.reference for s in self.items if s.item.case and hasattr(s.item, "decision")]

    @property
    def untreated(self) -> list[AgendaItem]:
        """The items nothing is put down or decided on."""
        return [shown.item for shown in self.items if shown.is_open]

    @property
    def treated(self) -> int:
        return sum(not shown.is_open for shown in self.items)

    def item(self, pk: int | None) -> ShownItem | None:
        """The item asked for, else the first that is open, else the first."""
        for shown in self.items:
            if shown.item.pk == pk:
                return shown
        return next((shown for shown in self.items if shown.is_open), next(iter(self.items), None))

    def after(self, item: AgendaItem) -> AgendaItem:
        """Where to go on when the item is done: the next open one, else the item itself."""
        later = [s.item for s in self.items if s.is_open and s.item.order > item.order]
        earlier = [s.item for s in self.items if s.is_open and s.item.order < item.order]
        return next(iter(later + earlier), item)


def shown_meeting(meeting: Meeting) -> ShownMeeting:
    """The meeting in two statements and some for each pool it grants from, however many items it has."""
    items = (
        AgendaItem.objects.filter(meeting=meeting, removed_at=None)
        .select_related("case", "provisional__put_down_by", "decision")
        .order_by("order", "pk")
    )
    people = meeting.people.select_related("person").order_by("person__name", "pk")
    items = list(items)
    lacks = _lacking(items)
    return ShownMeeting(meeting, tuple(_shown(item, lacks.get(item.pk, ())) for item in items), tuple(people))


def _lacking(items: list[AgendaItem]) -> dict[int, tuple[Misfit, ...]]:
    """By item, the years in which what is put down takes more than is left when its turn comes."""
    standing = [item for item in items if getattr(item, "provisional", None) and item.provisional.stands]
    if not standing:
        return {}
    grants = ProvisionalGrant.objects.filter(provisional__item__in=standing)
    found: dict[int, tuple[Misfit, ...]] = {}
    for pool in Pool.objects.filter(pk__in=grants.values("pool")).order_by("pk"):
        for misfit in after_provisional(pool).misfits:
            found[misfit.provisional.item_id] = (*found.get(misfit.provisional.item_id, ()), misfit)
    return found


def _shown(item: AgendaItem, lacks: tuple[Misfit, ...]) -> ShownItem:
    decision = getattr(item, "decision", None)
    provisional = getattr(item, "provisional", None)
    if decision is not None:
        return ShownItem(item, None, shape_of(decision.kind), decided(decision.kind))
    if provisional is not None and provisional.stands:
        shape = "cross" if lacks else shape_of(provisional.kind)
        return ShownItem(item, provisional, shape, put_down(provisional.kind), lacks)
    return ShownItem(item, None, "", "")


@dataclass(frozen=True)
class MayDo:
    """What the person may do with the meeting as it stands."""

    prepares: bool
    puts_down: bool
    carries_out: bool
    opens: bool
    closes: bool
    approves_record: bool
    releases_mail: bool


def may_do(user, meeting: Meeting) -> MayDo:
    """The buttons of the page; the rules ask again."""
    prepared = meeting.state in (Meeting.State.PLANNED, Meeting.State.OPEN)
    is_open = meeting.state == Meeting.State.OPEN
    prepares = may(user, Action.PREPARE_MEETING)
    puts_down = may(user, Action.PUT_DOWN_DECISION)
    return MayDo(
        prepares=prepares and prepared,
        puts_down=puts_down and is_open,
        carries_out=may(user, Action.CARRY_OUT_DECISION) and is_open,
        opens=(prepares or puts_down) and meeting.state == Meeting.State.PLANNED,
        closes=(prepares or puts_down) and is_open,
        approves_record=meeting.state == Meeting.State.CLOSED and meeting.chair_id == user.pk,
        releases_mail=may(user, Action.RELEASE_MAIL),
    )
