"""A mail waits in the outbox with the act that caused it, leaves once, and survives a server that is down."""

import smtplib
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Entry
from innovation_pool.mail import outbox
from innovation_pool.mail.models import OutboxMail
from innovation_pool.refusals import Refusal

pytestmark = pytest.mark.django_db

WORDS = {"reference": "BC-2026-001", "title": "Fælles kørsel & <ruter>", "reason": "Bilag mangler."}


@pytest.fixture
def owner():
    return User.objects.create_user("ejer", "ejer@example.org", name="Eva Ejer")


@pytest.fixture
def secretary():
    return User.objects.create_user("sekr", "sekr@example.org", name="Sus Sekretær", role_secretariat=True)


def returned(people, **more):
    outbox.post("returned:7", "returned", people, link="/businesscases/BC-2026-001/", **WORDS, **more)


def test_a_mail_is_written_in_the_persons_own_language_with_one_link(owner, settings):
    settings.BASE_URL = "https://pulje.example.org"
    english = User.objects.create_user("en", "en@example.org", name="Ann", language="en")
    returned([owner, english])
    danish, translated = OutboxMail.objects.order_by("id")
    assert danish.subject == "BC-2026-001 er sendt retur til dig"
    assert danish.body == (
        "BC-2026-001 Fælles kørsel & <ruter> er sendt retur. Begrundelsen:\n\nBilag mangler.\n\n"
        "Ret den, og indsend den igen her: https://pulje.example.org/businesscases/BC-2026-001/\n"
    )
    assert translated.subject == "BC-2026-001 is returned to you"
    assert translated.body.count("https://") == 1


def test_an_event_makes_one_mail_a_person_however_often_it_is_posted(owner):
    returned([owner])
    returned([owner])
    assert OutboxMail.objects.count() == 1


def test_who_has_left_or_has_no_address_gets_none(owner):
    owner.is_active = False
    returned([owner, User.objects.create_user("uden", "", name="Uden")])
    assert not OutboxMail.objects.exists()


def test_an_act_that_is_undone_takes_its_mail_with_it(owner):
    @transaction.atomic
    def refused_after_all():
        returned([owner])
        raise Refusal("nej")

    with pytest.raises(Refusal):
        refused_after_all()
    assert not OutboxMail.objects.exists()


def test_the_command_sends_each_mail_once(owner):
    returned([owner])
    call_command("send_mail_outbox")
    call_command("send_mail_outbox")
    assert [(mail.to, mail.subject) for mail in sent.outbox] == [
        (["ejer@example.org"], "BC-2026-001 er sendt retur til dig")
    ]
    assert OutboxMail.objects.get().state == OutboxMail.State.SENT


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError("nede"), smtplib.SMTPException("nede"), TimeoutError("nede")]
)
def test_a_server_that_is_down_puts_the_mail_off_longer_and_longer(owner, monkeypatch, error):
    returned([owner])
    whole = EmailBackend.send_messages

    def down(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    moment = timezone.now()
    waits = []
    with time_machine.travel(moment, tick=False) as clock:
        for _try in range(6):
            assert outbox.send_waiting() == (0, 1)
            assert outbox.send_waiting() == (0, 0)
            waiting = OutboxMail.objects.get()
            waits.append((waiting.next_try_at - timezone.now()) // timedelta(minutes=1))
            clock.move_to(waiting.next_try_at)
        assert waits == [1, 5, 15, 60, 240, 240]
        assert waiting.last_error == "nede"
        monkeypatch.setattr(EmailBackend, "send_messages", whole)
        assert outbox.send_waiting() == (1, 0)
    assert len(sent.outbox) == 1


def test_a_draft_waits_for_the_secretariat_who_mends_and_releases_it(client, owner, secretary):
    returned([owner], draft=True)
    draft = OutboxMail.objects.get()
    assert outbox.send_waiting() == (0, 0)
    client.force_login(secretary)
    client.post(
        reverse("mail:mail-mend", args=[draft.pk]),
        {"operation": uuid.uuid4(), "subject": "Nyt emne", "body": "Ny tekst"},
    )
    page = client.get(reverse("mail:mail-list"))
    assert "Nyt emne" in page.content.decode()
    answer = client.post(
        reverse("mail:mail-release"), {"operation": uuid.uuid4(), "mails": [draft.pk]}, follow=True
    )
    assert "1 mail er på vej." in answer.content.decode()
    assert outbox.send_waiting() == (1, 0)
    assert (sent.outbox[0].subject, sent.outbox[0].body) == ("Nyt emne", "Ny tekst")
    acts = Entry.objects.exclude(act="sign in").order_by("id").values_list("act", "by")
    assert list(acts) == [("mend mail", secretary.pk), ("release mail", secretary.pk)]


def test_a_mail_that_has_left_is_neither_mended_nor_cancelled(owner, secretary):
    returned([owner])
    mail = OutboxMail.objects.get()
    with pytest.raises(Refusal):
        outbox.mend(mail, subject="x", body="y", by=secretary)
    assert outbox.cancel([mail], by=secretary) == 0


def test_a_cancelled_draft_is_kept_and_never_sent(client, owner, secretary):
    returned([owner], draft=True)
    client.force_login(secretary)
    given = {"operation": uuid.uuid4(), "mails": [OutboxMail.objects.get().pk], "cancel": "1"}
    client.post(reverse("mail:mail-release"), given)
    assert OutboxMail.objects.get().state == OutboxMail.State.CANCELLED
    assert outbox.send_waiting() == (0, 0)


def test_only_the_secretariat_sees_and_releases_drafts(client, owner, secretary):
    returned([owner], draft=True)
    draft = OutboxMail.objects.get()
    client.force_login(secretary)
    assert draft.subject in client.get(reverse("mail:mail-list")).content.decode()
    client.force_login(owner)
    assert draft.subject not in client.get(reverse("mail:mail-list")).content.decode()
    given = {"operation": uuid.uuid4(), "mails": [draft.pk]}
    assert client.post(reverse("mail:mail-release"), given).status_code == 403
    assert client.get(reverse("mail:mail-mend", args=[draft.pk])).status_code == 403
    draft.refresh_from_db()
    assert draft.state == OutboxMail.State.DRAFT


def test_releasing_nothing_says_what_to_do(client, secretary):
    client.force_login(secretary)
    page = client.post(reverse("mail:mail-release"), {"operation": uuid.uuid4()})
    assert "Sæt kryds ved de mails, der skal sendes." in page.content.decode()


def test_ones_own_mails_are_on_the_page_and_nobody_elses(client, owner, secretary):
    returned([owner])
    client.force_login(owner)
    assert "Bilag mangler." in client.get(reverse("mail:mail-list")).content.decode()
    client.force_login(secretary)
    assert "Bilag mangler." not in client.get(reverse("mail:mail-list")).content.decode()


def test_every_kind_of_mail_can_be_written_in_both_languages():
    words = dict.fromkeys(
        ["reference", "title", "reason", "body", "deadline", "decision", "outcome", "writer", "round"], "XX"
    )
    kinds = [
        "submitted", "endorse", "returned", "hearing", "decided", "mentioned", "collaborator", "handed_over",
        "deadline", "checked", "hearing_unanswered",
    ]  # fmt: skip
    for language in ("da", "en"):
        person = User.objects.create_user(
            f"p-{language}", f"{language}@example.org", name="P", language=language
        )
        for kind in kinds:
            outbox.post(f"{kind}:1", kind, [person], link="/x/", **words)
    texts = {(mail.kind, mail.subject, mail.body) for mail in OutboxMail.objects.all()}
    assert len(texts) == 2 * len(kinds)
    assert all("XX" in body and "/x/" in body and subject for _kind, subject, body in texts)
