"""Putting mails into the outbox, releasing them, and sending them.

`post` is called by rules, inside their transaction: the mail stands or falls with the act. Nothing
is sent there. `send_waiting` is called by a command on a timer, outside any act.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.mail.models import OutboxMail
from innovation_pool.refusals import Refusal
from innovation_pool.written import insert

logger = logging.getLogger(__name__)

# Minutes until the next try, by how many have failed; the last one goes for all after it.
BACK_OFF = (1, 5, 15, 60, 240)
LONGEST_SUBJECT = 200


def post(event: str, kind: str, people, *, link: str, case_reference: str = "", draft: bool = False, **words):
    """One mail to each person about the event, in that person's language; a second call adds none.

    `kind` names templates/mail/<kind>.txt, whose first line is the subject. `draft` mails wait until
    the secretariat releases them. `words` are what the template may say: no figures that not
    everyone may know.
    """
    mails = [
        _written(event, kind, person.email, person.language, person, link, case_reference, draft, words)
        for person in people
        if person.is_active and person.email
    ]
    if mails:
        insert(mails, ignore_conflicts=True)


def post_to_address(
    event: str, kind: str, address: str, *, link: str, case_reference: str = "", **words
) -> None:
    """One mail in Danish to an address without an account: a hearing body."""
    mail = _written(event, kind, address, settings.LANGUAGE_CODE, None, link, case_reference, False, words)
    OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)


def _written(event, kind, address, language, person, link, case_reference, draft, words) -> OutboxMail:
    full_link = f"{settings.BASE_URL.rstrip('/')}{link}"
    with translation.override(language):
        text = render_to_string(f"mail/{kind}.txt", {"person": person, "link": full_link, **words})
    subject, _newline, body = text.strip().partition("\n")
    return OutboxMail(
        event=event,
        kind=kind,
        person=person,
        address=address,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body.strip() + "\n",
        link=link,
        case_reference=case_reference,
        state=OutboxMail.State.DRAFT if draft else OutboxMail.State.WAITING,
    )


def mend(mail: OutboxMail, *, subject: str, body: str, by) -> None:
    """Changes the words of a mail that has not been released."""
    with transaction.atomic():
        waiting = _draft(mail.pk)
        before = {"subject": waiting.subject, "body": waiting.body}
        waiting.subject, waiting.body = " ".join(subject.split())[:LONGEST_SUBJECT], body
        waiting.save(update_fields=["subject", "body"])
        after = {"subject": waiting.subject, "body": waiting.body}
        record("mend mail", waiting, by=by, before=before, after=after, case_reference=waiting.case_reference)


def release(mails, *, by) -> int:
    """Lets drafts go; answers how many left. Those that left already are not counted."""
    return _leave(mails, OutboxMail.State.WAITING, "release mail", by)


def cancel(mails, *, by) -> int:
    """Keeps drafts from being sent; they stay in the list as not sent."""
    return _leave(mails, OutboxMail.State.CANCELLED, "cancel mail", by)


def _leave(mails, state, act, by) -> int:
    with transaction.atomic():
        chosen = list(
            OutboxMail.objects.select_for_update()
            .filter(pk__in=[mail.pk for mail in mails], state=OutboxMail.State.DRAFT)
            .order_by("pk")
        )
        now = clock.now()
        for mail in chosen:
            mail.state, mail.released_by, mail.released_at, mail.next_try_at = state, by, now, now
            mail.save(update_fields=["state", "released_by", "released_at", "next_try_at"])
            record(act, mail, by=by, case_reference=mail.case_reference)
    return len(chosen)


def _draft(pk) -> OutboxMail:
    mail = OutboxMail.objects.select_for_update().get(pk=pk)
    if mail.state != OutboxMail.State.DRAFT:
        raise Refusal(_("The mail has left already."))
    return mail


def send_waiting(limit: int = 200) -> tuple[int, int]:
    """Sends what is due, oldest first; answers (sent, failed).

    Each mail is taken under a lock and marked in the same transaction, so that two timers running at
    once send it once. A failure puts it off; the error is kept for the page.
    """
    due = OutboxMail.objects.filter(state=OutboxMail.State.WAITING, next_try_at__lte=clock.now())
    sent = failed = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            mail = (
                OutboxMail.objects.select_for_update()
                .filter(pk=pk, state=OutboxMail.State.WAITING, next_try_at__lte=clock.now())
                .first()
            )
            if mail is None:
                continue
            if _sent(mail):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _sent(mail: OutboxMail) -> bool:
    try:
        EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.address]).send()
    except (OSError, SMTPException) as error:
        logger.warning("Mail %s was not sent: %s", mail.pk, error)
        minutes = BACK_OFF[min(mail.attempts, len(BACK_OFF) - 1)]
        mail.attempts += 1
        mail.next_try_at = clock.now() + timedelta(minutes=minutes)
        mail.last_error = str(error)[:250]
        mail.save(update_fields=["attempts", "next_try_at", "last_error"])
        return False
    mail.state, mail.sent_at, mail.last_error = OutboxMail.State.SENT, clock.now(), ""
    mail.attempts += 1
    mail.save(update_fields=["state", "sent_at", "last_error", "attempts"])
    return True
