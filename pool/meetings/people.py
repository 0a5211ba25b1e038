"""Who is at a meeting, who stays out of an item, and so who decides it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesscases.access import standings
from innovation_pool.accounts.models import User
from innovation_pool.audit.trail import record
from innovation_pool.database import danish_key
from innovation_pool.permissions import Action, Role
from innovation_pool.refusals import Refusal, TooLate
from pool.meetings.locking import locked_item, locked_meeting, refuse_unless_prepared, require_any
from pool.models import AgendaItem, Decision, ItemAbsence, Meeting, MeetingPerson


@dataclass(frozen=True)
class Part:
    """A member of the board in one item: took part, or stayed out and why."""

    person: User
    took_part: bool
    reason: str = ""


def set_people(meeting, *, present, absent=(), by, operation, chair=None) -> None:
    """Writes down who is present and who is not; `present` and `absent` are members of the board.

    Somebody who took part in a decision already carried out stays listed as present.
    """
    require_any(by, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        refuse_unless_prepared(meeting)
        write_people(meeting, present=present, absent=absent, by=by, operation=operation)
        if chair is not None and chair.pk != meeting.chair_id:
            _change_chair(meeting, chair, by, operation)


def write_people(meeting: Meeting, *, present, absent=(), by, operation) -> None:
    """The list of people, written by who holds the lock on the meeting and has checked who asks."""
    here = {person.pk: True for person in present}
    wanted = {person.pk: False for person in absent} | here
    strangers = [person for person in (*present, *absent) if Role.BOARD not in person.roles]
    listed = {row.person_id: row for row in meeting.people.select_related("person")}
    strangers = [person for person in strangers if person.pk not in listed]
    if strangers:
        raise Refusal(
            _("%(people)s is not a member of the board.") % {"people": ", ".join(map(str, strangers))}
        )
    took_part = set(
        Decision.objects.filter(meeting=meeting, members__took_part=True).values_list(
            "members__person", flat=True
        )
    )
    gone = [str(row.person) for pk, row in listed.items() if pk in took_part and not wanted.get(pk, False)]
    if gone:
        raise Refusal(
            _("%(people)s took part in a decision of this meeting and stays on the list as present.")
            % {"people": ", ".join(gone)}
        )
    before = {str(row.person): row.present for row in listed.values()}
    MeetingPerson.objects.bulk_create(
        MeetingPerson(meeting=meeting, person_id=pk, present=here_now)
        for pk, here_now in wanted.items()
        if pk not in listed
    )
    for pk, row in listed.items():
        row.present = wanted.get(pk, False)
    MeetingPerson.objects.bulk_update(listed.values(), ["present"])
    rows = meeting.people.select_related("person")
    after = {str(row.person): row.present for row in rows}
    if after != before:
        record("set-people", meeting, by=by, operation=operation, before=before, after=after)


def set_out(item: AgendaItem, *, person, reason: str, by, operation) -> ItemAbsence:
    """Writes down that somebody stays out of the item, and why."""
    require_any(by, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    if not reason.strip():
        raise Refusal(_("Write why %(person)s stays out of the item.") % {"person": person}, field="reason")
    with transaction.atomic():
        meeting, item = locked_item(item)
        _refuse_settled(meeting, item)
        if not meeting.people.filter(person=person).exists():
            raise Refusal(_("%(person)s is not on the meeting's list of people.") % {"person": person})
        absence, _new = ItemAbsence.objects.update_or_create(
            item=item, person=person, defaults={"reason": reason.strip()[:250]}
        )
        record(
            "set-out",
            item,
            by=by,
            operation=operation,
            reason=absence.reason,
            case_reference=item.case_reference,
            after={"person": str(person)},
        )
        return absence


def take_in(item: AgendaItem, *, person, by, operation) -> None:
    """Writes down that somebody does take part in the item after all."""
    require_any(by, Action.PREPARE_MEETING, Action.PUT_DOWN_DECISION)
    with transaction.atomic():
        meeting, item = locked_item(item)
        _refuse_settled(meeting, item)
        absence = item.absences.filter(person=person).exclude(reason="").first()
        if absence is None:
            return
        record(
            "take-in",
            item,
            by=by,
            operation=operation,
            case_reference=item.case_reference,
            before={"person": str(person), "reason": absence.reason},
        )
        # The row stays, as everything does; without a reason it keeps nobody out.
        absence.reason = ""
        absence.save(update_fields=["reason"])


def who_decides(item: AgendaItem) -> list[Part]:
    """Every member on the meeting's list, by name: those present and not out for the item take part."""
    # The reasons are frozen with the decision: their language is the municipality's.
    with translation.override(settings.LANGUAGE_CODE):
        return list(_parts(item))


def _parts(item: AgendaItem) -> Iterator[Part]:
    absences = ItemAbsence.objects.filter(item=item).exclude(reason="")
    out = dict(absences.values_list("person", "reason"))
    rows = list(MeetingPerson.objects.filter(meeting=item.meeting).select_related("person"))
    standing = standings([row.person for row in rows], item.case) if item.case else {}
    for row in sorted(rows, key=lambda row: (danish_key(str(row.person)), row.pk)):
        reason = out.get(row.person_id)
        if reason is None and item.case:
            reason = standing[row.person_id].kept_out()
        if not row.present:
            yield Part(row.person, False, row.note or gettext("Absent"))
        elif reason:
            yield Part(row.person, False, str(reason)[:250])
        else:
            yield Part(row.person, True)


def _refuse_settled(meeting: Meeting, item: AgendaItem) -> None:
    refuse_unless_prepared(meeting)
    if Decision.objects.filter(item=item).exists():
        raise TooLate(_("The item is decided, and who took part is written down with the decision."))


def _change_chair(meeting: Meeting, chair, by, operation) -> None:
    if not meeting.people.filter(person=chair, present=True).exists():
        raise Refusal(_("The chair must be a member of the board who is present."), field="chair")
    before = str(meeting.chair)
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    record(
        "change-chair",
        meeting,
        by=by,
        operation=operation,
        before={"chair": before},
        after={"chair": str(chair)},
    )
