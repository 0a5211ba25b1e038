"""Whose desk a thing lies on: one query for each kind of thing that waits for somebody.

Each query names `since`, and of the other columns of `pool.inbox` what it can say. What a person is
kept out of does not wait for them.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.aggregates import Count, Max, Min, Sum
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate

from businesscases.models import (
    BusinessCase,
    CaseWriter,
    Disqualification,
    Endorsement,
    Hearing,
    Mention,
    ProjectReport,
    State,
)
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Action
from pool.conditions import ENDS_GRANTS
from pool.ledger import waiting_for_effect
from pool.ledger.grants import TAKES_MONEY
from pool.models import (
    Account,
    AccountKind,
    AgendaItem,
    ChangeRequest,
    Decision,
    DecisionCondition,
    DecisionKind,
    Meeting,
    Movement,
    PoolYear,
    UnfundedEntry,
)

UNDECIDED_MEETINGS = (Meeting.State.PLANNED, Meeting.State.OPEN)


def desks_of(actions: frozenset[Action], person: int, today: date) -> Iterator[tuple[str, object]]:
    """(name, query) of every desk at which a person of these actions sits; `person` is their id."""
    if Action.WRITE_CASE in actions:
        yield from _writer(person)
    yield "mention", _mentions(person)
    if Action.CHECK_FIGURES in actions:
        yield from _finance(person)
    if Action.RUN_HEARING in actions:
        yield from _secretariat(person, today)
    if Action.RELEASE_MAIL in actions:
        yield "mails", _drafted()
    if Action.CARRY_OUT_DECISION in actions:
        yield from _board(person, today)


# --- Those who write -------------------------------------------------------------------------------


def _writer(person: int) -> Iterator[tuple[str, object]]:
    mine = _cases(Q(Exists(_parts(person).filter(until=None))))
    yield "draft", mine.filter(state=State.DRAFT).annotate(due=F("round__deadline"))
    yield "returned", mine.filter(state=State.RETURNED)
    yield "change-draft", _requests(case__owner=person, state=ChangeRequest.State.DRAFT)
    owned = _cases(Q(owner=person, state=State.APPROVED))
    yield "start", owned.exclude(Exists(_in_the_way()))
    asked = Endorsement.objects.filter(
        person=person, endorsed=None, version__number=F("version__case__versions_frozen"),
        version__case__state=State.SUBMITTED,
    )  # fmt: skip
    yield (
        "endorse",
        asked.annotate(
            since=TruncDate("asked_at"),
            reference=F("version__case__reference"),
            shown_title=F("version__case__listed_title"),
            kroner=F("version__case__asked_total"),
            key=F("pk"),
        ),
    )


def _mentions(person: int):
    """Questions to the person that nobody has answered for them."""
    named = Mention.objects.filter(person=person, comment__resolved_at=None).exclude(comment__by=person)
    answered = Q(comment__replies__by=person)
    return named.exclude(answered).annotate(
        since=TruncDate("comment__at"),
        reference=F("comment__case__reference"),
        shown_title=F("comment__case__listed_title"),
        key=F("comment_id"),
    )


# --- Finance ---------------------------------------------------------------------------------------


def _finance(person: int) -> Iterator[tuple[str, object]]:
    free = ~Exists(_parts(person)) & ~Exists(_out(person))
    yield "check", _cases(free, state=State.SUBMITTED)
    free_to_judge = ~Exists(_parts(person, "case")) & ~Exists(_out(person, "case"))
    yield "opinion", _requests(free_to_judge, state=ChangeRequest.State.WITH_FINANCE)
    reported = ProjectReport.objects.filter(case=OuterRef("pk"), kind=ProjectReport.Kind.FINAL)
    finished = _cases(free & Exists(reported), state=State.IN_PROGRESS)
    yield "complete", finished.annotate(since=TruncDate(Subquery(reported.order_by("pk").values("at")[:1])))
    unanswered = _in_force(
        DecisionCondition.objects.filter(decision__case__state__in=TAKES_MONEY, outcome=None)
    )
    yield (
        "outcome",
        unanswered.annotate(
            since=F("decision__decided_on"),
            reference=F("decision__case__reference"),
            shown_title=F("decision__case__listed_title"),
            key=F("pk"),
            detail=F("kind"),
        ),
    )
    yield "effect", waiting_for_effect().order_by().values("pool_id").annotate(
        since=Min(TruncDate("at")), shown_title=Min("pool__name"), how_many=Count("pk"), kroner=Sum("amount"),
        key=F("pool_id"),
    )  # fmt: skip


# --- The secretariat -------------------------------------------------------------------------------


def _secretariat(person: int, today: date) -> Iterator[tuple[str, object]]:
    free = ~Exists(_out(person))
    yield "hearing", _cases(free, state=State.CHECKED)
    yield "close-hearing", _closable(person, today)
    on_agenda = AgendaItem.objects.filter(
        case=OuterRef("pk"), removed_at=None, decision=None, meeting__state__in=UNDECIDED_MEETINGS
    )
    due_again = Q(state=State.READY) | Q(state=State.POSTPONED, postponed_until__lte=today)
    refused = Q(state__in=TAKES_MONEY) & Q(Exists(_in_the_way().filter(outcome__met=False)))
    yield "agenda", _cases((due_again | refused) & ~Exists(on_agenda))
    asked = AgendaItem.objects.filter(
        case=OuterRef("case"), removed_at=None, decision=None, meeting__state__in=UNDECIDED_MEETINGS
    )
    yield "change-agenda", _requests(~Exists(asked), state=ChangeRequest.State.READY)
    yield "open-meeting", _meetings(state=Meeting.State.PLANNED, held_on__lte=today)
    yield "close-meeting", _meetings(state=Meeting.State.OPEN, held_on__lt=today)
    # The chair's own question is decided by the mayor, and written down here.
    yield "chair-out", _questions().filter(person=F("chair"))


def _drafted():
    """Mails about decisions that wait to be let go, as one row."""
    drafts = OutboxMail.objects.filter(state=OutboxMail.State.DRAFT).order_by().values("state")
    return drafts.annotate(since=Min(TruncDate("created_at")), how_many=Count("pk"))


def _closable(person: int, today: date):
    """Hearings whose deadline has passed, or in which every body asked has answered."""
    asked = Count("parts", filter=Q(parts__passed_over_reason=""))
    return (
        Hearing.objects.filter(~Exists(_out(person, "case")), closed_at=None)
        .annotate(asked=asked, how_many=Count("parts__answer"), answered=Max("parts__answer__answered_at"))
        .filter(Q(deadline__lt=today) | Q(how_many__gte=F("asked")))
        .annotate(
            # It waits from the day it could be closed, not from the day it was opened.
            since=Case(When(how_many__gte=F("asked"), then=Coalesce(TruncDate("answered"), F("deadline"))),
                default=F("deadline")),
            due=F("deadline"), reference=F("case__reference"),
            shown_title=F("case__listed_title"), key=F("pk"),
        )
    )  # fmt: skip


# --- The board -------------------------------------------------------------------------------------


def _board(person: int, today: date) -> Iterator[tuple[str, object]]:
    adopted = Account.objects.filter(
        kind=AccountKind.RESERVED,
        balance__gt=0,
        pool__closed_at=None,
        pool__years__year=F("year"),
        pool__years__status=PoolYear.Status.ADOPTED,
    )
    lacking = Account.objects.filter(kind=AccountKind.SHORTFALL).exclude(balance=0)
    here_and_then = lacking.filter(pool=OuterRef("pool"), year=OuterRef("year"))
    # What waits for the politicians, and a year that lacks money, cannot be allocated now.
    adopted = adopted.exclude(Exists(_in_the_way("case"))).exclude(Exists(here_and_then))
    yield "shortfall", _lacking(lacking.filter(pool__closed_at=None))
    yield "cover", _coverable()
    reserved = Movement.objects.filter(credit=OuterRef("pk")).order_by("number").values("at")[:1]
    adopted = adopted.alias(reserved_on=TruncDate(Subquery(reserved)))
    grouped = adopted.values("pool_id", "year", "pool__years__adopted_on", "pool__name")
    yield "allocate", grouped.annotate(
        since=Greatest(F("pool__years__adopted_on"), _new_year(), Min("reserved_on")),
        of_year=F("year"), shown_title=F("pool__name"),
        how_many=Count("case"), kroner=Sum("balance"), key=F("pool_id"),
    )  # fmt: skip
    here = Q(items__removed_at=None, items__case__isnull=False, items__decision=None)
    meetings = (
        Meeting.objects.filter(state__in=UNDECIDED_MEETINGS)
        .values("pk")
        .annotate(
            since=TruncDate("created_at"),
            due=F("held_on"),
            how_many=Count("items", filter=here),
            kroner=Sum("items__case__asked_total", filter=here, default=0),
            key=F("pk"),
        )
    )
    standing = Q(
        items__removed_at=None,
        items__provisional__taken_back_at=None,
        items__provisional__carried_out=None,
        items__provisional__isnull=False,
    )
    put_down = meetings.alias(standing=Count("items", filter=standing))
    yield "meeting", put_down.filter(standing=0, how_many__gt=0)
    yield "carry-out", put_down.annotate(of_year=F("standing")).filter(standing__gt=0)
    yield "record", _meetings(state=Meeting.State.CLOSED, chair=person)
    yield "out", _questions().filter(chair=person).exclude(person=person)


def _lacking(accounts):
    """Years that a cut has taken more from than was free, waiting since the last movement of it."""
    moved = Movement.objects.filter(Q(debit=OuterRef("pk")) | Q(credit=OuterRef("pk")))
    return accounts.annotate(
        since=TruncDate(Subquery(moved.order_by("-number").values("at")[:1])), of_year=F("year"),
        shown_title=F("pool__name"), kroner=-F("balance"), key=F("pool_id"),
    )  # fmt: skip


def _coverable():
    """Years with grants without cover and free money, waiting since the money came."""
    free = Account.objects.filter(
        kind=AccountKind.AVAILABLE, balance__gt=0, pool=OuterRef("pool"), year=OuterRef("year")
    )
    came = Movement.objects.filter(
        credit__kind=AccountKind.AVAILABLE, credit__pool=OuterRef("pool"), credit__year=OuterRef("year")
    )
    standing = UnfundedEntry.objects.filter(Exists(free), pool__closed_at=None).order_by()
    return (
        standing.values("pool", "year")
        .annotate(kroner=Sum("amount"), how_many=Count("case", distinct=True))
        .filter(kroner__gt=0)
        .annotate(
            since=TruncDate(Subquery(came.order_by("-number").values("at")[:1])),
            of_year=F("year"), shown_title=Min("pool__name"), key=F("pool_id"),
        )
    )  # fmt: skip


def _new_year():
    """1 January of the row's year."""
    return Cast(Concat(Cast("year", CharField()), Value("-01-01")), DateField())


# --- Shared ----------------------------------------------------------------------------------------


def _cases(*conditions, **named):
    return BusinessCase.objects.filter(*conditions, **named).annotate(
        since=TruncDate("state_since"), shown_title=F("listed_title"), kroner=F("asked_total"), key=F("pk")
    )


def _requests(*conditions, **named):
    """Change requests, waiting since they were asked or got finance's opinion."""
    return ChangeRequest.objects.filter(*conditions, **named).annotate(
        since=TruncDate(Coalesce("opinion_at", "asked_at")), reference=F("case__reference"),
        shown_title=F("case__listed_title"), key=F("pk"),
    )  # fmt: skip


def _meetings(**named):
    return Meeting.objects.filter(**named).annotate(since=F("held_on"), due=F("held_on"), key=F("pk"))


def _questions():
    """Open questions of disqualification with their `chair`, as `pool.meetings.chair_for` has it."""
    called = Meeting.objects.called()
    coming = called.filter(state__in=UNDECIDED_MEETINGS).order_by("held_on", "id")
    with_case = coming.filter(items__case=OuterRef("case"), items__removed_at=None)
    first_of_each = (with_case, coming, called.order_by("-held_on", "-id"))
    chair = Coalesce(*(Subquery(rows.values("chair")[:1]) for rows in first_of_each))
    # What is settled since, and on no agenda, asks for no answer until it comes up again.
    here = AgendaItem.objects.filter(case=OuterRef("case"), removed_at=None, decision=None)
    settling = (DecisionKind.APPROVE, DecisionKind.REJECT, DecisionKind.STOP)
    since = Decision.objects.filter(kind__in=settling, case=OuterRef("case"), at__gt=OuterRef("reported_at"))
    settled = Exists(since) & ~Exists(here.filter(meeting__state__in=UNDECIDED_MEETINGS))
    return Disqualification.objects.filter(~settled, out=None).annotate(
        chair=chair, since=TruncDate("reported_at"), reference=F("case__reference"),
        shown_title=F("case__listed_title"), detail=F("person__name"), key=F("pk"),
    )  # fmt: skip


def _parts(person: int, case: str = "pk"):
    return CaseWriter.objects.filter(case=OuterRef(case), person=person)


def _out(person: int, case: str = "pk"):
    """What keeps a person out of handling a case besides having written it."""
    return Disqualification.objects.filter(case=OuterRef(case), person=person).exclude(out=False)


def _in_the_way(case: str = "pk"):
    """Conditions of the approval in force that are not settled, as `pool.conditions` has it."""
    changed_since = Decision.objects.filter(
        kind=DecisionKind.CHANGE_OF_GRANT,
        case=OuterRef("decision__case"),
        number__gt=OuterRef("decision__number"),
        at__gt=OuterRef("outcome__at"),
    )
    return (
        _in_force(DecisionCondition.objects.filter(decision__case=OuterRef(case)))
        .exclude(outcome__met=True)
        .exclude(Exists(changed_since), outcome__met=False)
    )


def _in_force(rows):
    """The conditions of decisions that no stop and no reversal of the case has ended since."""
    ended = Decision.objects.filter(
        kind__in=ENDS_GRANTS, case=OuterRef("decision__case"), number__gt=OuterRef("decision__number")
    )
    return rows.exclude(Exists(ended))
