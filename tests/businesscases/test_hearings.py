"""Hearings: who is asked, who answers until when, when it closes, and the personal link."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from businesscases import hearings, submission
from businesscases.models import HearingAnswer, HearingBody, HearingPart, State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from tests import factories

pytestmark = pytest.mark.django_db

LAW, MED = HearingBody.Kind.BY_LAW, HearingBody.Kind.MED


@pytest.fixture
def secretary():
    return factories.person(Role.SECRETARIAT)


@pytest.fixture(scope="module")
def checked(shared):
    return factories.case(State.CHECKED)


@pytest.fixture
def case(checked):
    return deepcopy(checked)


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


def opened(case, secretary, bodies, **fields):
    typed = {"deadline": in_days(14), "material": "Sagen", **fields}
    return hearings.open_hearing(case, by=secretary, bodies=bodies, **typed)


def test_a_hearing_is_of_the_newest_version_and_only_digests_are_stored(case, secretary):
    bodies = [factories.hearing_body(MED), factories.hearing_body()]
    made = opened(case, secretary, bodies)
    assert case.state == State.IN_HEARING
    assert made.hearing.version == case.versions.latest("number")
    assert {part.body for part in made.hearing.parts.all()} == set(bodies)
    for part in made.hearing.parts.all():
        secret = made.secrets[part.pk]
        assert secret not in part.token_digest
        assert hearings.part_by_secret(secret) == part


def test_a_body_by_law_is_asked_or_passed_over_with_a_reason_of_its_own(case, secretary):
    med, elders, disabled = (
        factories.hearing_body(MED),
        factories.hearing_body(LAW),
        factories.hearing_body(LAW),
    )
    with pytest.raises(Refusal, match=str(elders)) as refusal:
        opened(case, secretary, [med])
    assert refusal.value.field == f"passed_over_{elders.pk}"
    with pytest.raises(Refusal):
        opened(case, secretary, [med, elders], passed_over={disabled: "  "})
    assert case.state == State.CHECKED
    made = opened(case, secretary, [med, elders], passed_over={disabled: "Sagen rører ikke området."})
    part = made.hearing.parts.get(body=disabled)
    assert (part.passed_over_reason, part.token_digest) == ("Sagen rører ikke området.", "")
    assert part.pk not in made.secrets


def test_a_body_by_law_that_is_no_longer_in_use_is_not_missed(case, secretary):
    body = factories.hearing_body(LAW)
    body.active = False
    body.save()
    opened(case, secretary, [factories.hearing_body()])
    assert case.state == State.IN_HEARING


@pytest.mark.parametrize(("field", "typed"), [("material", " "), ("deadline", 0)])
def test_a_hearing_has_material_and_a_deadline_to_come(case, secretary, field, typed):
    fields = {field: in_days(typed) if field == "deadline" else typed}
    with pytest.raises(Refusal) as refusal:
        opened(case, secretary, [factories.hearing_body()], **fields)
    assert refusal.value.field == field


def test_somebody_is_heard_and_nobody_is_both_asked_and_passed_over(case, secretary):
    body = factories.hearing_body()
    with pytest.raises(Refusal):
        opened(case, secretary, [])
    with pytest.raises(Refusal):
        opened(case, secretary, [body], passed_over={body: "Nej"})
    assert case.state == State.CHECKED


def test_it_closes_when_every_body_has_answered(case, secretary):
    made = opened(case, secretary, [factories.hearing_body(), factories.hearing_body()])
    first, second = made.hearing.parts.order_by("pk")
    hearings.record_answer(first, text="Ingen bemærkninger.", answered_by="Formanden", by=secretary)
    with pytest.raises(Refusal, match=str(second.body)):
        hearings.close_hearing(case, by=secretary)
    hearings.record_answer(second, text="Enig.", answered_by="Næstformanden", by=secretary)
    hearings.close_hearing(case, by=secretary)
    made.hearing.refresh_from_db()
    assert (case.state, made.hearing.closed_by) == (State.READY, secretary)


def test_it_closes_without_an_answer_only_when_the_deadline_has_passed(case, secretary):
    body = factories.hearing_body()
    made = opened(case, secretary, [body], deadline=in_days(1))
    last_day = timezone.now() + timedelta(days=1)
    with pytest.raises(Refusal):
        hearings.close_hearing(case, by=secretary, at=last_day)
    hearings.close_hearing(case, by=secretary, at=last_day + timedelta(days=1))
    assert case.state == State.READY
    assert Entry.objects.get(act="close-hearing").after["not answered"] == [str(body)]
    assert made.hearing.parts.count() == 1


def test_no_hearing_takes_a_reason(case, secretary):
    with pytest.raises(Refusal):
        hearings.no_hearing(case, by=secretary, reason="")
    hearings.no_hearing(case, by=secretary, reason="Der er endnu intet konkret projekt.")
    assert case.state == State.READY


def test_an_answer_through_the_link_is_changed_until_the_deadline_and_every_change_is_kept(case, secretary):
    made = opened(case, secretary, [factories.hearing_body()], deadline=in_days(1))
    part = made.hearing.parts.get()
    hearings.record_answer(part, text="Enig.", answered_by="Formanden")
    last_day = timezone.now() + timedelta(days=1)
    hearings.record_answer(part, text="Uenig.", answered_by="Formanden", at=last_day)
    answer = HearingAnswer.objects.get()
    assert (answer.text, answer.entered_by) == ("Uenig.", None)
    first, second = Entry.objects.filter(act="answer-hearing").order_by("pk")
    assert (first.before, first.by) == (None, None)
    assert (second.before["text"], second.after["text"]) == ("Enig.", "Uenig.")
    with pytest.raises(TooLate):
        hearings.record_answer(part, text="Nej.", answered_by="X", at=last_day + timedelta(days=1))


def test_the_secretariat_enters_a_late_answer_that_shows_as_late(case, secretary):
    made = opened(case, secretary, [factories.hearing_body()], deadline=in_days(1))
    part = made.hearing.parts.get()
    late = timezone.now() + timedelta(days=2)
    answer = hearings.record_answer(part, text="Enig.", answered_by="Formanden", by=secretary, at=late)
    assert hearings.is_late(answer)
    with pytest.raises(NotAllowed):
        hearings.record_answer(part, text="Nej", answered_by="X", by=factories.person(Role.FINANCE))


@pytest.mark.parametrize("typed", [{"text": " "}, {"answered_by": ""}])
def test_an_answer_has_words_and_somebody_who_gave_them(case, secretary, typed):
    part = opened(case, secretary, [factories.hearing_body()]).hearing.parts.get()
    with pytest.raises(Refusal):
        hearings.record_answer(part, **{"text": "Enig.", "answered_by": "Formanden", **typed})
    assert not HearingAnswer.objects.exists()


def test_the_link_dies_with_the_deadline_and_with_the_hearing(case, secretary):
    made = opened(case, secretary, [factories.hearing_body()])
    part = made.hearing.parts.get()
    secret = made.secrets[part.pk]
    assert hearings.part_by_secret(secret, in_days(14)) == part
    assert hearings.part_by_secret(secret, in_days(15)) is None
    assert hearings.part_by_secret("gættet") is None
    assert hearings.part_by_secret("") is None
    submission.return_case(case, by=secretary, reason="Materialet mangler et bilag.")
    assert hearings.part_by_secret(secret) is None
    with pytest.raises(TooLate):
        hearings.record_answer(part, text="Enig.", answered_by="Formanden")


def test_a_new_link_replaces_the_old(case, secretary):
    made = opened(case, secretary, [factories.hearing_body()])
    part = made.hearing.parts.get()
    secret = hearings.new_link(part, by=secretary)
    assert hearings.part_by_secret(secret) == part
    assert hearings.part_by_secret(made.secrets[part.pk]) is None


def test_a_body_that_was_passed_over_cannot_answer(case, secretary):
    body = factories.hearing_body(LAW)
    opened(case, secretary, [factories.hearing_body()], passed_over={body: "Rører ikke området."})
    with pytest.raises(Refusal):
        hearings.record_answer(
            HearingPart.objects.get(body=body), text="Enig.", answered_by="X", by=secretary
        )


@pytest.mark.parametrize("leave", ["return", "withdraw"])
def test_a_hearing_is_open_exactly_while_the_case_is_in_hearing(case, secretary, leave):
    made = opened(case, secretary, [factories.hearing_body()])
    if leave == "return":
        submission.return_case(case, by=secretary, reason="Mangler")
    else:
        submission.withdraw(case, by=case.owner, reason="Fortrudt")
    made.hearing.refresh_from_db()
    assert made.hearing.closed_at is not None
    assert hearings.open_hearing_of(case) is None


def test_a_mended_case_is_heard_anew_on_its_new_version(case, secretary):
    opened(case, secretary, [factories.hearing_body()])
    submission.return_case(case, by=secretary, reason="Mangler")
    factories.submit(case)
    factories.confirm_figures(case)
    made = opened(case, secretary, [factories.hearing_body()])
    assert made.hearing.version.number == 2
    assert case.hearings.count() == 2
