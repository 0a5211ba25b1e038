"""Making, submitting, withdrawing and handing over a case; its references and its writers."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from businesscases import submission
from businesscases.models import BusinessCase, CaseCounter, CaseEvent, CaseWriter, State
from innovation_pool.audit.models import Entry
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from tests import factories

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def test_title_and_department_are_enough_for_a_draft():
    by, area, place = factories.person(), factories.department(), factories.round_with_criteria()
    case = submission.create_case(by, title="Fælles vagtplan", department=area, operation=uuid4())
    year = today().year
    assert case.reference == f"BC-{year}-001"
    assert (case.state, case.owner, case.committee) == (State.DRAFT, by, area.committee)
    assert (case.round, case.start_year, case.price_level) == (place, year + 1, year + 1)
    assert [(row.person, row.part, row.until) for row in case.writers.all()] == [(by, "owner", None)]
    event = case.events.get()
    assert (event.action, event.from_state, event.to_state) == ("create", "", "draft")
    assert Entry.objects.filter(act="create-case", case_reference=case.reference).count() == 1
    assert (case.listed_title, case.listed_department, case.search_text) == (
        "Fælles vagtplan",
        area,
        f"{case.reference} FÆLLES VAGTPLAN {area.name.upper()} {by.name.upper()}",
    )


def test_only_staff_write_cases():
    for role in set(Role) - {Role.STAFF}:
        with pytest.raises(NotAllowed):
            factories.draft(owner=factories.person(role))
    assert not BusinessCase.objects.exists()


def made_and_undone(by):
    with transaction.atomic():
        factories.draft(owner=by)
        raise RuntimeError("the form was refused after all")


def test_references_count_without_a_gap_and_none_is_used_twice():
    by = factories.person()
    made = [factories.draft(owner=by).reference for _number in range(3)]
    with pytest.raises(RuntimeError):
        made_and_undone(by)
    made.append(factories.draft(owner=by).reference)
    year = today().year
    assert made == [f"BC-{year}-{number:03d}" for number in range(1, 5)]


def test_the_year_of_the_reference_is_the_year_it_was_made():
    at = timezone.now() - timedelta(days=366)
    case = factories.draft(at=at)
    assert case.reference == f"BC-{timezone.localtime(at).year}-001"


@pytest.mark.django_db(transaction=True)
def test_cases_made_at_the_same_moment_get_numbers_without_a_gap():
    by, area = factories.person(), factories.department()
    writers, together = 8, Barrier(8)
    failures = []

    def make():
        try:
            together.wait(timeout=10)
            submission.create_case(by, title="På samme tid", department=area, operation=uuid4())
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=make) for _number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    year = today().year
    references = sorted(BusinessCase.objects.values_list("reference", flat=True))
    assert references == [f"BC-{year}-{number:03d}" for number in range(1, writers + 1)]
    assert CaseCounter.objects.get(year=year).last == writers


def test_submitting_freezes_a_version_and_hands_the_case_to_finance():
    finance = factories.person(Role.FINANCE)
    head, gains = factories.person(), factories.person()
    case = factories.case(department=factories.department(head=head), benefit_owner=gains)
    event = submission.submit(case, by=case.owner, operation=uuid4())
    assert (case.state, case.versions_frozen) == (State.SUBMITTED, 1)
    assert event.version == case.versions.get()
    mails = {(mail.kind, mail.person) for mail in OutboxMail.objects.all()}
    assert mails == {("submitted", finance), ("endorse", head), ("endorse", gains)}


def test_a_collaborator_submits_too_and_nobody_else():
    case, helper = factories.case(), factories.person()
    with pytest.raises(NotAllowed):
        submission.submit(case, by=helper)
    submission.add_collaborator(case, helper, by=case.owner)
    submission.submit(case, by=helper)
    assert case.state == State.SUBMITTED


def test_a_submitted_case_is_not_submitted_again():
    case = factories.case(State.SUBMITTED)
    with pytest.raises(TooLate):
        submission.submit(case, by=case.owner)
    assert case.versions.count() == 1


def test_an_incomplete_case_is_not_submitted_and_says_what_is_missing():
    case = factories.case(service="")
    with pytest.raises(submission.Incomplete) as refusal:
        submission.submit(case, by=case.owner)
    assert [part.field for part in refusal.value.missing] == ["service"]
    assert case.versions.count() == 0
    assert case.events.count() == 1


def test_a_late_submission_takes_a_reason_and_is_marked():
    place = factories.round_with_criteria(deadline=today() - timedelta(days=1))
    case = factories.case(round=place)
    with pytest.raises(Refusal) as refusal:
        submission.submit(case, by=case.owner)
    assert refusal.value.field == "reason"
    submission.submit(case, by=case.owner, reason="Leverandøren svarede sent.")
    assert case.versions.get().late_reason == "Leverandøren svarede sent."


def test_a_submission_on_the_last_day_is_in_time():
    place = factories.round_with_criteria(deadline=today())
    case = factories.case(State.SUBMITTED, round=place)
    assert case.versions.get().late_reason == ""


def test_a_case_that_was_in_time_is_not_late_when_it_is_mended():
    case = factories.case(State.RETURNED)
    after = timezone.now() + timedelta(days=60)
    assert not submission.is_late(case, timezone.localtime(after).date())
    case.round = factories.round_with_criteria(deadline=today() - timedelta(days=1))
    case.save()
    assert submission.is_late(case, today())


def test_a_return_tells_the_writers_why():
    case = factories.case(State.RETURNED)
    mail = OutboxMail.objects.get(kind="returned")
    assert mail.person == case.owner
    assert "Grundlaget for gevinsten mangler." in mail.body
    assert case.events.latest("pk").reason == "Grundlaget for gevinsten mangler."


def test_only_the_owner_withdraws_with_a_reason():
    case, helper = factories.case(), factories.person()
    submission.add_collaborator(case, helper, by=case.owner)
    with pytest.raises(NotAllowed):
        submission.withdraw(case, by=helper, reason="Fordi")
    with pytest.raises(Refusal):
        submission.withdraw(case, by=case.owner, reason=" ")
    submission.withdraw(case, by=case.owner, reason="Vi venter et år.")
    assert case.state == State.WITHDRAWN


def test_a_new_owner_takes_over_and_the_old_one_remains_one_who_wrote():
    secretary = factories.person(Role.SECRETARIAT)
    case, to = factories.case(State.READY), factories.person()
    before = case.owner
    with pytest.raises(NotAllowed):
        submission.hand_over(case, to, by=factories.someone(Role.FINANCE), reason="Fordi")
    submission.hand_over(case, to, by=secretary, reason="Nyt job", operation=uuid4())
    case.refresh_from_db()
    assert case.owner == to
    assert case.writers.get(part="owner", until=None).person == to
    assert case.writers.get(person=before).until is not None
    entry = Entry.objects.get(act="hand-over")
    assert (entry.before, entry.after, entry.reason) == (
        {"owner": str(before)},
        {"owner": str(to)},
        "Nyt job",
    )
    assert to.name.upper() in case.search_text


def test_a_collaborator_who_takes_over_has_one_part_at_a_time():
    case, helper = factories.case(), factories.person()
    submission.add_collaborator(case, helper, by=case.owner)
    submission.hand_over(case, helper, by=case.owner, reason="Hun kender tallene.")
    rows = case.writers.filter(person=helper).order_by("pk")
    assert [(row.part, row.until is None) for row in rows] == [("collaborator", False), ("owner", True)]


@pytest.mark.parametrize("to", ["finance", "administrator", "auditor"])
def test_a_case_is_handed_only_to_who_can_write_it(to):
    case = factories.case()
    with pytest.raises(Refusal):
        submission.hand_over(case, factories.person(to), by=case.owner, reason="Fordi")
    with pytest.raises(Refusal):
        submission.add_collaborator(case, factories.person(to), by=case.owner)
    assert case.writers.count() == 1


def test_collaborators_come_and_go_and_their_rows_stay():
    case, helper, other = factories.case(), factories.person(), factories.person()
    submission.add_collaborator(case, helper, by=case.owner)
    with pytest.raises(Refusal):
        submission.add_collaborator(case, helper, by=case.owner)
    submission.add_collaborator(case, other, by=helper)
    with pytest.raises(NotAllowed):
        submission.remove_collaborator(case, other, by=helper)
    submission.remove_collaborator(case, other, by=case.owner)
    submission.remove_collaborator(case, helper, by=helper)
    with pytest.raises(Refusal):
        submission.remove_collaborator(case, case.owner, by=case.owner)
    assert case.writers.filter(part="collaborator", until=None).count() == 0
    assert case.writers.count() == 3


def test_the_database_allows_one_owner_at_a_time():
    case = factories.case()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseWriter.objects.create(case=case, person=factories.person(), part="owner")


def test_a_refused_act_leaves_no_trace():
    case = factories.case()
    before = CaseEvent.objects.count(), Entry.objects.count()
    with pytest.raises(NotAllowed):
        submission.withdraw(case, by=factories.person(), reason="Fordi")
    assert (CaseEvent.objects.count(), Entry.objects.count()) == before
