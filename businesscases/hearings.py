"""Hearings: who is heard on a version, their personal links, their answers, and when it can close.

A link is a secret of which only the digest is stored. It shows that hearing's material, takes one
answer that can be changed until the deadline, and dies with the deadline or the hearing.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from businesscases.access import disqualified
from businesscases.models import BusinessCase, CaseEvent, Hearing, HearingAnswer, HearingBody, HearingPart
from businesscases.versions import newest
from businesscases.workflow import CaseAction, lock_case, perform, why_not
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.dates import long_date
from innovation_pool.permissions import Action, may, who_may
from innovation_pool.refusals import NotAllowed, Refusal, TooLate


@dataclass(frozen=True)
class OpenedHearing:
    """A hearing just opened, and each asked body's secret by part id: known now and never again."""

    hearing: Hearing
    secrets: dict[int, str]


@transaction.atomic
def open_hearing(
    case: BusinessCase,
    *,
    by,
    bodies: Iterable[HearingBody],
    deadline: date,
    material: str,
    passed_over: Mapping[HearingBody, str] | None = None,
    operation: UUID | None = None,
    at: datetime | None = None,
) -> OpenedHearing:
    """Asks the bodies about the newest version. Every body by law is asked or passed over with a reason."""
    now = at or clock.now()
    locked = lock_case(case)
    refusal = why_not(by, locked, CaseAction.OPEN_HEARING)
    if refusal is not None:
        raise refusal
    bodies, passed_over = list(dict.fromkeys(bodies)), dict(passed_over or {})
    _ask_whom(bodies, passed_over)
    if not material.strip():
        raise Refusal(_("Write what the bodies are asked about."), field="material")
    if deadline <= timezone.localtime(now).date():
        raise Refusal(_("The deadline must be a day to come."), field="deadline")
    hearing = Hearing.objects.create(
        case=locked, version=newest(locked), material=material, deadline=deadline, opened_at=now, opened_by=by
    )
    made: dict[int, str] = {}
    for body in bodies:
        secret = _new_secret()
        part = HearingPart.objects.create(hearing=hearing, body=body, token_digest=_digest(secret))
        made[part.pk] = secret
    for body, reason in passed_over.items():
        HearingPart.objects.create(hearing=hearing, body=body, passed_over_reason=reason.strip())
    perform(
        case,
        CaseAction.OPEN_HEARING,
        by=by,
        version=hearing.version,
        operation=operation,
        at=now,
        after={
            "deadline": deadline,
            "bodies": [str(body) for body in bodies],
            "passed over": {str(body): reason for body, reason in passed_over.items()},
        },
    )
    return OpenedHearing(hearing, made)


@transaction.atomic
def no_hearing(
    case: BusinessCase, *, by, reason: str, operation: UUID | None = None, at: datetime | None = None
) -> CaseEvent:
    """Nobody needs to be heard, and why."""
    return perform(case, CaseAction.NO_HEARING, by=by, reason=reason, operation=operation, at=at)


@transaction.atomic
def close_hearing(
    case: BusinessCase, *, by, operation: UUID | None = None, at: datetime | None = None
) -> CaseEvent:
    """Ends the hearing when every body has answered or the deadline has passed."""
    now = at or clock.now()
    locked = lock_case(case)
    refusal = why_not(by, locked, CaseAction.CLOSE_HEARING)
    if refusal is not None:
        raise refusal
    hearing = open_hearing_of(locked)
    waiting = unanswered(hearing)
    if waiting and not deadline_passed(hearing, timezone.localtime(now).date()):
        raise Refusal(
            _("Not answered yet: %(bodies)s. The hearing can be closed when they have, or after %(date)s.")
            % {
                "bodies": ", ".join(str(part.body) for part in waiting),
                "date": long_date(hearing.deadline),
            }
        )
    return perform(
        case,
        CaseAction.CLOSE_HEARING,
        by=by,
        version=hearing.version,
        operation=operation,
        at=now,
        after={"not answered": [str(part.body) for part in waiting]},
    )


@transaction.atomic
def record_answer(
    part: HearingPart,
    *,
    text: str,
    answered_by: str,
    by=None,
    operation: UUID | None = None,
    at: datetime | None = None,
) -> HearingAnswer:
    """A body's answer, or its change; `by` is None when it came through the personal link.

    Through the link until the deadline; by the secretariat as long as the hearing is open.
    """
    now = at or clock.now()
    case = lock_case(part.hearing.case)
    hearing = Hearing.objects.get(pk=part.hearing_id)
    _ask_who_answers(case, hearing, part, by, timezone.localtime(now).date())
    if not text.strip():
        raise Refusal(_("Write the answer."), field="text")
    if not answered_by.strip():
        raise Refusal(_("Write who answers."), field="answered_by")
    answer = HearingAnswer.objects.filter(part=part).first()
    before = None if answer is None else {"text": answer.text, "answered_by": answer.answered_by}
    if answer is None:
        answer = HearingAnswer(part=part)
    answer.text, answer.answered_by = text, answered_by.strip()
    answer.answered_at, answer.entered_by = now, by
    answer.save()
    record(
        "answer-hearing",
        part,
        by=by,
        before=before,
        after={"text": answer.text, "answered_by": answer.answered_by},
        operation=operation,
        case_reference=case.reference,
    )
    return answer


@transaction.atomic
def new_link(part: HearingPart, *, by, operation: UUID | None = None) -> str:
    """A new secret for a body that lost its link; the old one opens nothing from now on."""
    case = lock_case(part.hearing.case)
    hearing = Hearing.objects.get(pk=part.hearing_id)
    _ask_who_answers(case, hearing, part, by, clock.today())
    secret = _new_secret()
    part.token_digest = _digest(secret)
    part.save(update_fields=["token_digest"])
    record("new-hearing-link", part, by=by, operation=operation, case_reference=case.reference)
    return secret


def part_by_secret(secret: str, today: date | None = None) -> HearingPart | None:
    """The part a personal link opens, or None: unknown, closed, or past its deadline."""
    part = (
        HearingPart.objects.filter(token_digest=_digest(secret), passed_over_reason="")
        .select_related("hearing__case", "hearing__version", "body")
        .first()
    )
    if part is None or part.hearing.closed_at is not None:
        return None
    return None if deadline_passed(part.hearing, today or clock.today()) else part


def open_hearing_of(case: BusinessCase) -> Hearing | None:
    """The hearing that is open now, or None."""
    return case.hearings.filter(closed_at=None).first()


def unanswered(hearing: Hearing) -> list[HearingPart]:
    """The bodies that were asked and have not answered."""
    parts = hearing.parts.filter(passed_over_reason="", answer=None)
    return list(parts.select_related("body").order_by("body__name"))


def deadline_passed(hearing: Hearing, today: date) -> bool:
    """Whether the last day to answer is over."""
    return today > hearing.deadline


def is_late(answer: HearingAnswer) -> bool:
    """Whether the answer came after the deadline."""
    return answer.part.late


def by_law() -> list[HearingBody]:
    """The bodies that must be asked, or passed over with a reason of their own."""
    return list(HearingBody.objects.filter(active=True, kind=HearingBody.Kind.BY_LAW))


def _ask_whom(bodies: list[HearingBody], passed_over: dict[HearingBody, str]) -> None:
    if not bodies:
        raise Refusal(_("Choose who is heard. If nobody is, use “No hearing” and write why."), field="bodies")
    for body in [*bodies, *passed_over]:
        if not body.active:
            raise Refusal(_("%(body)s is no longer in use.") % {"body": body}, field="bodies")
    for body in passed_over:
        if body in bodies:
            raise Refusal(_("%(body)s is both asked and passed over.") % {"body": body}, field="bodies")
    for body in by_law():
        if body not in bodies and not passed_over.get(body, "").strip():
            raise Refusal(
                _("Ask %(body)s, or write why they are passed over.") % {"body": body},
                field=f"passed_over_{body.pk}",
            )
    for body, reason in passed_over.items():
        if not reason.strip():
            raise Refusal(
                _("Write why %(body)s is passed over.") % {"body": body}, field=f"passed_over_{body.pk}"
            )


def _ask_who_answers(case: BusinessCase, hearing: Hearing, part: HearingPart, by, today: date) -> None:
    if part.passed_over_reason:
        raise Refusal(_("%(body)s was not asked in this hearing.") % {"body": part.body})
    if hearing.closed_at is not None:
        raise TooLate(_("The hearing is closed."))
    if by is None:
        if deadline_passed(hearing, today):
            raise TooLate(
                _("The deadline was %(date)s. Send your answer to the secretariat.")
                % {"date": long_date(hearing.deadline)}
            )
        return
    if not may(by, Action.RUN_HEARING):
        raise NotAllowed(_("Answers are entered by: %(who)s.") % {"who": who_may(Action.RUN_HEARING)})
    if reason := disqualified(by, case):
        raise NotAllowed(reason)


def _new_secret() -> str:
    return secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
