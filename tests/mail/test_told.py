"""Each step that somebody must hear of tells them, once: through the rules and pages that take the step."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from businesscases import discussion, submission
from businesscases.models import HearingAnswer, State
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from tests import factories
from tests.pool import given
from tests.pool.pages import client_of

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    """The addresses that have a mail of the kind."""
    return sorted(OutboxMail.objects.filter(kind=kind).values_list("address", flat=True))


def test_submission_tells_finance_and_asks_for_endorsements():
    finance = [factories.person(Role.FINANCE), factories.person(Role.FINANCE)]
    benefit_owner = factories.person()
    factories.case(State.SUBMITTED, benefit_owner=benefit_owner)
    assert told("submitted") == sorted(person.email for person in finance)
    assert benefit_owner.email in told("endorse")


def test_confirmation_tells_the_secretariat_and_the_owner():
    secretariat = factories.person(Role.SECRETARIAT)
    case = factories.case(State.CHECKED)
    assert {secretariat.email, case.owner.email} <= set(told("checked"))


def test_a_return_tells_the_writers_why():
    case = factories.case(State.RETURNED)
    assert told("returned") == [case.owner.email]
    assert "Grundlaget for gevinsten mangler." in OutboxMail.objects.get(kind="returned").body


def test_a_collaborator_and_a_new_owner_are_told():
    case, other, heir = factories.case(), factories.person(), factories.person()
    submission.add_collaborator(case, other, by=case.owner, operation=uuid4())
    submission.hand_over(case, heir, by=case.owner, reason="Nyt job.", operation=uuid4())
    assert (told("collaborator"), told("handed_over")) == ([other.email], [heir.email])


def test_who_is_mentioned_is_told():
    case = factories.case(State.SUBMITTED)
    finance = factories.someone(Role.FINANCE)
    discussion.add_comment(
        case, by=case.owner, text=f"@{finance.username} er prisen rigtig?", operation=uuid4()
    )
    assert told("mentioned") == [finance.email]


def test_a_hearing_body_gets_its_personal_link():
    body = factories.hearing_body(name="HovedMED")
    body.email = "med@example.dk"
    body.save()
    case = factories.case(State.CHECKED)
    day = timezone.localdate() + timedelta(days=20)
    form = {
        "operation": f"{uuid4()}",
        "bodies": [body.pk],
        "deadline": f"{day:%d.%m.%Y}",
        "material": "Sagen.",
    }
    client_of(factories.someone(Role.SECRETARIAT)).post(
        f"/businesscases/{case.reference}/act/open-hearing/", form
    )
    mail = OutboxMail.objects.get(kind="hearing")
    assert mail.address == "med@example.dk"
    assert mail.link in mail.body
    assert mail.link.startswith("/hearing/")


def test_a_decision_waits_as_a_draft():
    pool = given.a_pool({2021: 1_000_000})
    case = given.approved_case(pool)
    mail = OutboxMail.objects.get(kind="decided")
    assert (mail.address, mail.state) == (case.owner.email, OutboxMail.State.DRAFT)


def remind(days: int = 0) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        call_command("send_reminders", stdout=StringIO())


def test_the_owner_of_a_draft_is_reminded_once_within_a_week():
    deadline = timezone.localdate() + timedelta(days=10)
    opened = factories.round_with_criteria(deadline=deadline, opens_on=timezone.localdate())
    mine = factories.case(round=opened, title="Sensorer")
    factories.case(State.SUBMITTED, round=opened)
    remind()
    assert told("deadline") == []
    remind(3)
    remind(3)
    remind(9)
    assert told("deadline") == [mine.owner.email]
    mail = OutboxMail.objects.get(kind="deadline")
    assert "Sensorer" in mail.body
    assert opened.name in mail.subject
    remind(11)
    opened.deadline += timedelta(days=14)
    opened.save()
    remind(20)
    assert told("deadline") == [mine.owner.email] * 2


def test_bodies_that_have_not_answered_are_reminded_and_the_secretariat_hears_of_it():
    secretariat = factories.someone(Role.SECRETARIAT)
    late, done = factories.hearing_body(name="HovedMED"), factories.hearing_body(name="Ældrerådet")
    for body, address in ((late, "med@example.dk"), (done, "raad@example.dk")):
        body.email = address
        body.save()
    case = factories.case(State.CHECKED)
    hearing = factories.open_hearing(case, late, done)
    HearingAnswer.objects.create(part=hearing.parts.get(body=done), text="Ja.", answered_by="Formanden")
    remind(10)
    assert told("hearing_deadline") == []
    remind(19)
    remind(20)
    assert told("hearing_deadline") == ["med@example.dk"]
    assert told("hearing_unanswered") == [secretariat.email]
    assert "HovedMED har endnu ikke svaret" in OutboxMail.objects.get(kind="hearing_deadline").body
    remind(22)
    assert len(told("hearing_deadline")) == 1
