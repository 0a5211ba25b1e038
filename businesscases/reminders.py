"""Reminders before a deadline: a draft that is not submitted, a hearing that is not answered.

Run by a timer, as often as it likes: a reminder is one event, and an event makes one mail a person.
"""

from datetime import date, timedelta

from django.db.models import F

from businesscases.mails import CASE_PAGE
from businesscases.models import BusinessCase, HearingPart, State
from innovation_pool.accounts.models import User
from innovation_pool.dates import long_date
from innovation_pool.mail.outbox import post, post_to_address
from innovation_pool.permissions import Role

ROUND_DAYS = 7
HEARING_DAYS = 3
# A body's own link was sent to it when it was asked; only its digest is kept, so it is not sent again.
NO_LINK = "/"


def send_reminders(today: date) -> int:
    """Posts what is due today and was not posted before; answers how many drafts and bodies it is about."""
    return _drafts(today) + _hearings(today)


def _drafts(today: date) -> int:
    """Owners of drafts in rounds that close within a week. A new deadline is a new event."""
    near = BusinessCase.objects.filter(
        state=State.DRAFT,
        round__active=True,
        round__deadline__gte=today,
        round__deadline__lte=today + timedelta(days=ROUND_DAYS),
    )
    cases = list(near.select_related("round", "owner").order_by("pk"))
    for case in cases:
        post(
            f"deadline:{case.pk}:{case.round_id}:{case.round.deadline.isoformat()}",
            "deadline",
            [case.owner],
            link=CASE_PAGE.format(reference=case.reference),
            case_reference=case.reference,
            reference=case.reference,
            title=case.title,
            round=case.round.name,
            deadline=_written(case.round.deadline),
        )
    return len(cases)


def _hearings(today: date) -> int:
    """Bodies that have not answered a hearing whose deadline is within three days, and the secretariat."""
    waiting = HearingPart.objects.filter(
        passed_over_reason="",
        answer=None,
        hearing__closed_at=None,
        hearing__deadline__gte=today,
        hearing__deadline__lte=today + timedelta(days=HEARING_DAYS),
    )
    parts = list(
        waiting.annotate(reference=F("hearing__case__reference"), title=F("hearing__case__listed_title"))
        .select_related("hearing", "body")
        .order_by("pk")
    )
    secretariat = list(User.objects.with_role(Role.SECRETARIAT))
    for part in parts:
        event = f"hearing-deadline:{part.pk}:{part.hearing.deadline.isoformat()}"
        words = {
            "case_reference": part.reference,
            "reference": part.reference,
            "title": part.title,
            "body": part.body.name,
            "deadline": _written(part.hearing.deadline),
        }
        if part.body.email:
            post_to_address(event, "hearing_deadline", part.body.email, link=NO_LINK, **words)
        link = CASE_PAGE.format(reference=part.reference)
        post(event, "hearing_unanswered", secretariat, link=link, **words)
    return len(parts)


def _written(day: date) -> str:
    return long_date(day)
