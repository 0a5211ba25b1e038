"""Meetings: planned, opened, closed, recorded; the agenda, the people, and disqualification."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from businesscases.models import State
from innovation_pool import clock
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import decisions, meetings
from pool.decisions import CannotCarryOut, Grant
from pool.inbox import inbox
from pool.models import DecisionKind, Meeting, Pool
from tests import factories
from tests.pool import given

pytestmark = pytest.mark.django_db
REJECT, RESOLUTION = DecisionKind.REJECT, DecisionKind.RESOLUTION


def by(person=None):
    return {"by": person or given.secretariat(), "operation": uuid4()}


def titles(meeting):
    return list(meeting.items.filter(removed_at=None).order_by("order").values_list("title", flat=True))


def an_agenda(*names):
    meeting = given.plan_meeting()
    return meeting, [meetings.add_item(meeting, title=name, **by()) for name in names]


def put_down(item, kind=RESOLUTION, **fields):
    fields.setdefault("text", "Taget til efterretning.")
    return decisions.put_down(item, kind=kind, **by(), **fields)


def test_a_planned_meeting_has_the_whole_board():
    members = [given.board(), factories.person(Role.BOARD), factories.person(Role.BOARD, is_active=False)]
    meeting = meetings.plan_meeting(
        datetime.date(2099, 3, 1), members[0], place="Mødelokale 2", starts_at=datetime.time(9, 30), **by()
    )
    assert meeting.state == Meeting.State.PLANNED
    assert [(row.person, row.present) for row in meeting.people.order_by("person_id")] == [
        (members[0], True),
        (members[1], True),
    ]


def test_a_meeting_needs_a_chair_of_the_board_and_a_day_to_come():
    with pytest.raises(Refusal, match="Mødelederen"):
        meetings.plan_meeting(datetime.date(2099, 3, 1), given.secretariat(), **by())
    with pytest.raises(Refusal, match="i dag eller senere"):
        meetings.plan_meeting(datetime.date(2021, 3, 1), given.board(), **by())


@pytest.mark.parametrize("role", ["staff", "finance", "board", "auditor", "administrator"])
def test_the_secretariat_prepares_meetings(role):
    meeting, [item] = an_agenda("Et")
    person = factories.person(role)
    for act in (
        lambda: meetings.plan_meeting(datetime.date(2099, 3, 1), given.board(), **by(person)),
        lambda: meetings.add_item(meeting, title="To", **by(person)),
        lambda: meetings.move_item(item, to=1, **by(person)),
        lambda: meetings.write_item(item, discussion="Drøftet.", **by(person)),
        lambda: meetings.remove_item(item, **by(person)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_items_are_moved_and_taken_off_and_keep_their_rows():
    meeting, items = an_agenda("Et", "To", "Tre")
    meetings.move_item(items[2], to=1, **by())
    assert titles(meeting) == ["Tre", "Et", "To"]
    meetings.move_item(items[2], to=99, **by())
    assert titles(meeting) == ["Et", "To", "Tre"]
    meetings.remove_item(items[1], reason="Udgår.", **by())
    assert titles(meeting) == ["Et", "Tre"]
    with pytest.raises(TooLate, match="To"):
        meetings.move_item(items[1], to=1, **by())
    assert meeting.items.count() == 3
    assert Entry.objects.filter(act="remove-item").get().reason == "Udgår."


def test_a_case_stands_once_and_only_when_the_board_can_take_it_up():
    meeting = given.plan_meeting()
    case = factories.case(State.SUBMITTED)
    meetings.add_item(meeting, case=case, **by())
    with pytest.raises(Refusal, match="allerede"):
        meetings.add_item(meeting, case=case, **by())
    with pytest.raises(Refusal, match="Kladde"):
        meetings.add_item(meeting, case=factories.draft(), **by())
    with pytest.raises(Refusal, match="titel"):
        meetings.add_item(meeting, title=" ", **by())


def test_an_item_with_a_provisional_decision_stays_until_that_is_taken_back():
    meeting, [item] = an_agenda("Eventuelt")
    meetings.open_meeting(meeting, **by())
    provisional = put_down(item)
    with pytest.raises(Refusal, match="Tag først"):
        meetings.remove_item(item, **by())
    decisions.take_back(provisional, **by())
    meetings.remove_item(item, **by())


def test_a_meeting_is_opened_closed_and_its_record_approved_by_the_chair():
    meeting, [item] = an_agenda("Eventuelt")
    chair = meeting.chair
    for act in (meetings.close_meeting, meetings.approve_record):
        with pytest.raises(TooLate):
            act(meeting, **by(chair))
    meetings.open_meeting(meeting, **by())
    with pytest.raises(TooLate):
        meetings.open_meeting(meeting, **by())
    put_down(item)
    with pytest.raises(Refusal, match="Eventuelt"):
        meetings.close_meeting(meeting, **by())
    decisions.carry_out(meeting, **by(chair))
    meetings.close_meeting(meeting, **by())
    with pytest.raises(NotAllowed, match=str(chair)):
        meetings.approve_record(meeting, **by(factories.person(Role.BOARD)))
    approved = meetings.approve_record(meeting, **by(chair))
    assert (approved.state, approved.record_approved_by) == (Meeting.State.APPROVED, chair)
    with pytest.raises(TooLate, match="allerede"):
        meetings.approve_record(meeting, **by(chair))
    with pytest.raises(TooLate, match="ikke længere"):
        meetings.write_item(item, discussion="Alligevel.", **by())


def test_the_record_has_recommendation_and_decision_together_and_is_frozen_as_approved():
    pool = given.a_pool(adopted={2021: 500_000}, number="P")
    case = given.ready_case(pool, title="Fælles kørsel")
    given.board()
    absent, out = (factories.person(Role.BOARD, name=name) for name in ("Fie Fraværende", "Ulla Ude"))
    meeting = given.open_meeting(case)
    chair = meeting.chair
    meetings.set_people(meeting, present=[chair, out], absent=[absent], **by())
    item = given.item_of(meeting, case)
    meetings.write_item(item, recommendation="at sagen godkendes,\n\nat status følger.", **by())
    meetings.set_out(item, person=out, reason="Leder området.", **by())
    put_down(item, DecisionKind.APPROVE, text="", grants=[Grant(pool, 2021, 300_000)])
    [decision] = decisions.carry_out(meeting, **by(chair))
    meetings.close_meeting(meeting, **by())
    approved = meetings.approve_record(meeting, **by(chair))
    head = Pool.objects.get()
    # What happens to the title and the pool later does not touch the record.
    type(case).objects.update(title="Omdøbt")
    given.budget(pool, 2022, 1)
    record = meetings.record_of(Meeting.objects.get(pk=meeting.pk))
    assert record == approved.record
    [shown] = record["items"]
    assert shown["title"] == "Fælles kørsel"
    assert shown["recommendation"] == ["at sagen godkendes,", "at status følger."]
    assert shown["decision"]["label"] == decision.label
    assert shown["decision"]["took_part"] == [str(chair)]
    assert shown["decision"]["stayed_out"] == [
        {"name": "Fie Fraværende", "reason": "Fraværende"},
        {"name": "Ulla Ude", "reason": "Leder området."},
    ]
    assert shown["decision"]["grants"] == [
        {"pool": "P", "year": 2021, "amount": 300_000, "unfunded": 0, "asked": 400_000}
    ]
    assert record["heads"] == [{"pool": "P", "number": head.last_number, "hash": head.head}]
    assert {row["name"]: row["present"] for row in record["people"]} == {
        str(chair): True,
        "Fie Fraværende": False,
        "Ulla Ude": True,
    }


def test_a_decided_item_keeps_its_recommendation_and_its_people():
    meeting, [item] = an_agenda("Eventuelt")
    meetings.open_meeting(meeting, **by())
    put_down(item)
    decisions.carry_out(meeting, **by(meeting.chair))
    for act in (
        lambda: meetings.write_item(item, recommendation="at noget andet.", **by()),
        lambda: meetings.remove_item(item, **by()),
        lambda: meetings.set_out(item, person=meeting.chair, reason="Gik.", **by()),
    ):
        with pytest.raises(TooLate):
            act()
    with pytest.raises(Refusal, match=str(meeting.chair)):
        meetings.set_people(meeting, present=[factories.person(Role.BOARD)], **by())
    assert meetings.write_item(item, discussion="Drøftet.", **by()).discussion == "Drøftet."


def test_only_members_of_the_board_are_present_and_one_at_least():
    meeting = given.plan_meeting()
    with pytest.raises(Refusal, match="ikke medlem"):
        meetings.set_people(meeting, present=[given.secretariat()], **by())
    meetings.set_people(meeting, present=[], absent=[meeting.chair], **by())
    with pytest.raises(Refusal, match="til stede"):
        meetings.open_meeting(meeting, **by())


def test_a_new_chair_is_somebody_present():
    meeting = given.plan_meeting()
    other = factories.person(Role.BOARD)
    with pytest.raises(Refusal, match="Mødelederen"):
        meetings.set_people(meeting, present=[meeting.chair], absent=[other], chair=other, **by())
    meetings.set_people(meeting, present=[other], absent=[meeting.chair], chair=other, **by())
    meeting.refresh_from_db()
    assert meeting.chair == other


def test_who_stayed_out_may_be_taken_in_again():
    meeting, [item] = an_agenda("Eventuelt")
    person = meeting.chair
    meetings.set_out(item, person=person, reason="Gik kl. 10.", **by())
    assert [part.took_part for part in meetings.who_decides(item)] == [False]
    meetings.take_in(item, person=person, **by())
    assert [part.took_part for part in meetings.who_decides(item)] == [True]
    with pytest.raises(Refusal, match="deltagerliste"):
        meetings.set_out(item, person=given.secretariat(), reason="Gik.", **by())
    with pytest.raises(Refusal, match="hvorfor"):
        meetings.set_out(item, person=person, reason=" ", **by())


def test_a_meeting_in_a_minute_from_a_cases_page():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    member, other = given.board(), factories.person(Role.BOARD)
    item = meetings.open_meeting_now(member, case, uuid4())
    assert (item.meeting.state, item.meeting.chair) == (Meeting.State.OPEN, member)
    assert [row.person for row in item.meeting.people.all()] == [member]
    with pytest.raises(Refusal, match="til stede"):
        meetings.open_meeting_now(given.secretariat(), case, uuid4())
    theirs = meetings.open_meeting_now(given.secretariat(), case, uuid4(), present=[other])
    assert theirs.meeting.chair == other
    with pytest.raises(PermissionDenied):
        meetings.open_meeting_now(given.finance(), case, uuid4())


def test_a_meeting_made_in_a_minute_makes_nobody_judge_of_the_others():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    chair, member = given.board(), factories.person(Role.BOARD, name="Hurtig Hånd")
    meetings.open_meeting_now(member, case, uuid4())
    assert meetings.chair_for(case) is None
    question = meetings.report_disqualification(case, reason="Aktier.", **by(chair))
    with pytest.raises(Refusal, match="Planlæg først et møde"):
        meetings.decide_disqualification(question, out=True, reason="Aktier.", **by(member))
    held = given.plan_meeting()
    meetings.close_meeting(meetings.open_meeting(held, **by()), **by())
    meetings.open_meeting_now(member, given.ready_case(), uuid4())
    assert meetings.chair_for(case) == chair
    assert "out" not in {row.desk for row in inbox(member, clock.today()).rows}
    assert "chair-out" in {row.desk for row in inbox(given.secretariat(), clock.today()).rows}


def test_the_next_meeting_counts_before_those_held_and_the_one_with_the_case_before_it():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    chairs = [given.board(), *(factories.person(Role.BOARD) for _number in range(2))]
    held, coming, later = (
        meetings.plan_meeting(datetime.date(2099, month, 1), chair, **by())
        for month, chair in zip((5, 3, 4), chairs, strict=True)
    )
    meetings.close_meeting(meetings.open_meeting(held, **by()), **by())
    assert meetings.chair_for(case) == coming.chair
    meetings.add_item(later, case=case, **by())
    assert meetings.chair_for(case) == later.chair


def test_disqualification_is_decided_by_the_chair_and_keeps_the_person_out():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    chair, member = given.board(), factories.person(Role.BOARD, name="Mette Medlem")
    meeting = given.open_meeting(case)
    assert meetings.chair_for(case) == chair
    question = meetings.report_disqualification(case, reason="Min søster er leverandør.", **by(member))
    with pytest.raises(NotAllowed, match=str(chair)):
        meetings.decide_disqualification(question, out=True, reason="Nær familie.", **by(member))
    put_down(given.item_of(meeting, case), REJECT, reason="For dyr.", text="")
    with pytest.raises(CannotCarryOut, match="Mette Medlem"):
        decisions.carry_out(meeting, **by(member))
    meetings.decide_disqualification(question, out=True, reason="Nær familie.", **by(chair))
    [decision] = decisions.carry_out(meeting, **by(chair))
    row = decision.members.get(person=member)
    assert (row.took_part, "Nær familie." in row.reason) == (False, True)


def test_who_is_found_not_disqualified_takes_part():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    chair, member = given.board(), factories.person(Role.BOARD)
    meeting = given.open_meeting(case)
    question = meetings.report_disqualification(case, reason="Jeg leder området.", **by(member))
    meetings.decide_disqualification(question, out=False, reason="At lede området er ikke nok.", **by(chair))
    put_down(given.item_of(meeting, case), REJECT, reason="For dyr.", text="")
    [decision] = decisions.carry_out(meeting, **by(member))
    assert set(decision.members.filter(took_part=True).values_list("person", flat=True)) == {
        chair.pk,
        member.pk,
    }


def test_the_chairs_own_question_is_the_mayors_and_written_down_by_the_secretariat():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    meeting = given.open_meeting(case)
    chair = meeting.chair
    question = meetings.report_disqualification(case, reason="Jeg ejer aktier.", **by(chair))
    typed = {"out": True, "reason": "Aktiepost."}
    for person in (chair, factories.person(Role.BOARD)):
        with pytest.raises(NotAllowed, match="borgmesteren"):
            meetings.decide_disqualification(question, mayor="Bente Borgmester", **typed, **by(person))
    with pytest.raises(Refusal, match="navnet på borgmesteren"):
        meetings.decide_disqualification(question, **typed, **by())
    decided = meetings.decide_disqualification(question, mayor="Bente Borgmester", **typed, **by())
    assert (decided.out, decided.decided_by_name) == (True, "Bente Borgmester")


def test_staff_do_not_report_disqualification():
    case = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    with pytest.raises(PermissionDenied):
        meetings.report_disqualification(case, reason="Jeg kender dem.", **by(factories.person()))
