"""Making, submitting, withdrawing and returning a case, and changing who writes it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from businesscases import endorsements, mails, versions
from businesscases.access import is_owner, is_writer
from businesscases.completeness import Missing, missing
from businesscases.content import CaseContent
from businesscases.listing import refresh_listing
from businesscases.models import BusinessCase, CaseCounter, CaseEvent, CaseWriter, Round, State
from businesscases.workflow import CREATED, CaseAction, lock_case, perform, why_not
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.audit.trail import record
from innovation_pool.dates import long_date
from innovation_pool.permissions import Action, may, who_may
from innovation_pool.refusals import NotAllowed, Refusal


class Incomplete(Refusal):
    """The case lacks something; `missing` says what, each with its place on the page."""

    def __init__(self, found: list[Missing]):
        sentences = "; ".join(part.sentence for part in found)
        super().__init__(_("The case cannot be submitted yet. %(missing)s.") % {"missing": sentences})
        self.missing = found


@transaction.atomic
def create_case(
    by: User,
    *,
    operation: UUID | None = None,
    at: datetime | None = None,
    copied_from: str = "",
    fill: Callable[[BusinessCase], CaseContent] | None = None,
    **fields,
) -> BusinessCase:
    """A new draft owned by `by`. Title and department are enough; the rest has a sensible beginning.

    `fields` are columns of the case. Committee follows the department, the round is the next to
    close, the case starts next year and is priced at its first year, unless given. Of a case that does
    not begin empty, `fill` gives it its rows and says what it then holds; of a copy, `copied_from` is the
    reference of the other case.
    """
    if not may(by, Action.WRITE_CASE):
        raise NotAllowed(_("Cases are written by: %(who)s.") % {"who": who_may(Action.WRITE_CASE)})
    now = at or clock.now()
    today = timezone.localtime(now).date()
    fields.setdefault("committee_id", None if "committee" in fields else fields["department"].committee_id)
    if "committee" in fields:
        del fields["committee_id"]
    if not {"round", "round_id"} & set(fields):
        fields["round"] = round_closing_next(today)
    fields.setdefault("start_year", today.year + 1)
    fields.setdefault("price_level", fields["start_year"])
    case = BusinessCase.objects.create(
        reference=_next_reference(today.year),
        owner=by,
        created_at=now,
        changed_at=now,
        state_since=now,
        **fields,
    )
    CaseWriter.objects.create(case=case, person=by, part=CaseWriter.Part.OWNER, since=now, added_by=by)
    CaseEvent.objects.create(
        case=case, at=now, by=by, action=CREATED, to_state=State.DRAFT, operation=operation
    )
    record(
        "create-case",
        case,
        by=by,
        after={"title": case.title} | ({"copied from": copied_from} if copied_from else {}),
        operation=operation,
        case_reference=case.reference,
    )
    refresh_listing(case, fill(case) if fill else None)
    return case


def round_closing_next(day) -> Round | None:
    """The open round with the nearest deadline, or None when none is open."""
    open_rounds = Round.objects.filter(active=True, opens_on__lte=day, deadline__gte=day)
    return open_rounds.order_by("deadline").first()


def is_late(case: BusinessCase, day) -> bool:
    """Whether a submission on the day would be after the round's deadline.

    Not when a version reached the same round in time: a case that was returned is mended, not late.
    """
    if case.round is None or day <= case.round.deadline:
        return False
    in_time = (
        version.content["round"]
        for version in case.versions.all()
        if timezone.localtime(version.frozen_at).date() <= case.round.deadline
    )
    return all(place is None or place["id"] != case.round_id for place in in_time)


@transaction.atomic
def submit(
    case: BusinessCase,
    *,
    by: User,
    reason: str = "",
    operation: UUID | None = None,
    at: datetime | None = None,
) -> CaseEvent:
    """Freezes the next version, asks for endorsements and hands the case to finance.

    `reason` is needed when the round has closed. Raises Incomplete when something is missing.
    """
    now = at or clock.now()
    locked = lock_case(case)
    refusal = why_not(by, locked, CaseAction.SUBMIT)
    if refusal is not None:
        raise refusal
    if found := missing(locked):
        raise Incomplete(found)
    late = is_late(locked, timezone.localtime(now).date())
    if late and not reason.strip():
        raise Refusal(
            _("The round closed on %(date)s. Write why the case comes late.")
            % {"date": long_date(locked.round.deadline)},
            field="reason",
        )
    version = versions.freeze(locked, by=by, late_reason=reason.strip() if late else "", at=now)
    newly_asked = endorsements.ask(version)
    refresh_listing(locked)
    event = perform(
        case, CaseAction.SUBMIT, by=by, reason=reason, version=version, operation=operation, at=now
    )
    mails.tell_submitted(event, newly_asked)
    case.refresh_from_db()
    return event


@transaction.atomic
def withdraw(
    case: BusinessCase, *, by: User, reason: str, operation: UUID | None = None, at: datetime | None = None
) -> CaseEvent:
    """The owner takes the case back for good."""
    return perform(case, CaseAction.WITHDRAW, by=by, reason=reason, operation=operation, at=at)


@transaction.atomic
def return_case(
    case: BusinessCase,
    *,
    by: User,
    reason: str,
    decision_label: str = "",
    operation: UUID | None = None,
    at: datetime | None = None,
) -> CaseEvent:
    """Sends the case back to its writers, who are told; the reason says what is missing.

    With a decision of the board, the mail is the one that tells of the decision.
    """
    event = perform(
        case,
        CaseAction.RETURN,
        by=by,
        reason=reason,
        decision_label=decision_label,
        operation=operation,
        at=at,
    )
    if not decision_label:
        mails.tell_returned(event)
    return event


@transaction.atomic
def hand_over(
    case: BusinessCase, to: User, *, by: User, reason: str, operation: UUID | None = None
) -> CaseWriter:
    """A new owner takes over, by the owner or the secretariat. Who owned it until now remains one who did."""
    lock_case(case)
    if not (is_owner(by, case) or may(by, Action.HAND_OVER)):
        raise NotAllowed(
            _("A case is handed over by the project owner (%(owner)s) or by: %(who)s.")
            % {"owner": case.owner, "who": who_may(Action.HAND_OVER)}
        )
    _refuse_unless_can_write(to)
    if to.pk == case.owner_id:
        raise Refusal(_("%(person)s owns the case already.") % {"person": to}, field="to")
    if not reason.strip():
        raise Refusal(_("Write why the case changes hands."), field="reason")
    before, now = case.owner, clock.now()
    case.writers.filter(until=None, person__in=[to, before]).update(until=now)
    writer = CaseWriter.objects.create(
        case=case, person=to, part=CaseWriter.Part.OWNER, since=now, added_by=by
    )
    case.owner = to
    case.changed_at = now
    case.save(update_fields=["owner", "changed_at"])
    refresh_listing(case)
    record(
        "hand-over",
        case,
        by=by,
        reason=reason,
        before={"owner": str(before)},
        after={"owner": str(to)},
        operation=operation,
        case_reference=case.reference,
    )
    mails.tell_new_owner(case, writer)
    return writer


@transaction.atomic
def add_collaborator(
    case: BusinessCase, person: User, *, by: User, operation: UUID | None = None
) -> CaseWriter:
    """Somebody more may write the case; those who write it add them."""
    lock_case(case)
    if not is_writer(by, case):
        raise NotAllowed(
            _("Collaborators are added by those who write the case: %(owner)s and the collaborators.")
            % {"owner": case.owner}
        )
    _refuse_unless_can_write(person)
    if case.writers.filter(person=person, until=None).exists():
        raise Refusal(_("%(person)s already writes the case.") % {"person": person}, field="person")
    writer = CaseWriter.objects.create(
        case=case, person=person, part=CaseWriter.Part.COLLABORATOR, added_by=by
    )
    record(
        "add-collaborator",
        case,
        by=by,
        after={"collaborator": str(person)},
        operation=operation,
        case_reference=case.reference,
    )
    mails.tell_new_collaborator(case, writer)
    return writer


@transaction.atomic
def remove_collaborator(case: BusinessCase, person: User, *, by: User, operation: UUID | None = None) -> None:
    """Ends a collaborator's part, by the owner or the collaborator. The row stays: they did write it."""
    lock_case(case)
    if not (is_owner(by, case) or by.pk == person.pk):
        raise NotAllowed(
            _("A collaborator is taken off by the project owner (%(owner)s), or leaves.")
            % {"owner": case.owner}
        )
    rows = case.writers.filter(person=person, until=None, part=CaseWriter.Part.COLLABORATOR)
    if not rows.update(until=clock.now()):
        raise Refusal(_("%(person)s is not a collaborator.") % {"person": person}, field="person")
    record(
        "remove-collaborator",
        case,
        by=by,
        before={"collaborator": str(person)},
        operation=operation,
        case_reference=case.reference,
    )


def _refuse_unless_can_write(person: User) -> None:
    if not may(person, Action.WRITE_CASE):
        raise Refusal(
            _("%(person)s cannot write cases: that takes the role %(who)s.")
            % {"person": person, "who": who_may(Action.WRITE_CASE)},
            field="person",
        )


def _next_reference(year: int) -> str:
    """The next number of the year. The counter's row is locked until the transaction ends.

    So a case that is not made after all gives its number back, and no two get the same.
    """
    if not CaseCounter.objects.filter(year=year).exists():
        try:
            with transaction.atomic():
                CaseCounter.objects.create(year=year)
        except IntegrityError:
            # Somebody else made the year's first case at this moment; the row is there now.
            pass
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)
