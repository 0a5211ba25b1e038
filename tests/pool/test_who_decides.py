"""Who decides an item: those present and not out for it. Who is kept out is refused by name."""

from uuid import uuid4

import pytest

from businesscases.models import Confirmation
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed
from pool import decisions, meetings
from pool.decisions import CannotCarryOut, Grant
from pool.models import DecisionKind
from tests import factories
from tests.pool import given

pytestmark = pytest.mark.django_db
APPROVE = DecisionKind.APPROVE


def put_down(item, kind=APPROVE, *, by=None, **fields):
    return decisions.put_down(item, kind=kind, by=by or given.secretariat(), operation=uuid4(), **fields)


def carry_out(meeting, items=None, *, by=None):
    return decisions.carry_out(meeting, items, by=by or given.board(), operation=uuid4())


def test_who_is_kept_out_neither_puts_down_nor_carries_out_and_another_does():
    pool = given.a_pool(adopted={2021: 500_000})
    both = factories.person(Role.STAFF, Role.BOARD, name="Bo Begge")
    other = given.board()
    mine, theirs = given.ready_case(pool, owner=both), given.ready_case(pool)
    meeting = given.open_meeting(mine, theirs)
    with pytest.raises(NotAllowed, match="Bo Begge"):
        put_down(given.item_of(meeting, mine), grants=[Grant(pool, 2021, 1)], by=both)
    for case in (mine, theirs):
        put_down(given.item_of(meeting, case), grants=[Grant(pool, 2021, 1)])
    with pytest.raises(CannotCarryOut, match="Bo Begge") as refused:
        carry_out(meeting, by=both)
    assert [item.case for item, _sentence in refused.value.failing] == [mine]
    made = carry_out(meeting, by=other)
    out = made[0].members.get(person=both)
    assert (out.took_part, "Bo Begge" in out.reason) == (False, True)
    assert made[1].members.get(person=both).took_part


def test_who_is_kept_out_carries_out_no_change_of_grant_either():
    pool = given.a_pool(adopted={2021: 500_000})
    both = factories.person(Role.STAFF, Role.BOARD, name="Bo Begge")
    given.board()
    mine = given.approved_case(pool, owner=both)
    item = given.item_of(given.open_meeting(mine), mine)
    grants = [Grant(pool, 2021, -1)]
    put_down(item, DecisionKind.CHANGE_OF_GRANT, reason="Mindre.", grants=grants)
    with pytest.raises(CannotCarryOut, match="Bo Begge"):
        carry_out(item.meeting, by=both)
    assert len(carry_out(item.meeting)) == 1


def test_who_has_left_for_an_item_does_not_carry_it_out():
    meeting = given.plan_meeting()
    item = meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), title="Eventuelt")
    other = factories.person(Role.BOARD)
    meetings.set_people(meeting, present=[meeting.chair, other], by=given.secretariat(), operation=uuid4())
    meetings.open_meeting(meeting, by=given.secretariat(), operation=uuid4())
    meetings.set_out(item, person=other, reason="Gik kl. 10.", by=given.secretariat(), operation=uuid4())
    put_down(item, DecisionKind.RESOLUTION, text="Taget til efterretning.")
    with pytest.raises(CannotCarryOut, match=r"Gik kl\. 10"):
        carry_out(meeting, by=other)
    assert len(carry_out(meeting, by=meeting.chair)) == 1


def test_who_confirmed_the_figures_does_not_decide():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    checker = Confirmation.objects.get().by
    checker.role_board = True
    checker.save()
    item = given.item_of(given.open_meeting(case, present=[given.board(), checker]), case)
    with pytest.raises(NotAllowed, match=str(checker)):
        put_down(item, grants=[Grant(pool, 2021, 1)], by=type(checker).objects.get(pk=checker.pk))


def test_those_absent_and_those_out_for_the_item_are_frozen_with_their_reason():
    pool = given.a_pool(adopted={2021: 500_000})
    case = given.ready_case(pool)
    chair, second, third = given.board(), factories.person(Role.BOARD), factories.person(Role.BOARD)
    meeting = given.open_meeting(case)
    by = {"by": given.secretariat(), "operation": uuid4()}
    meetings.set_people(meeting, present=[chair, second], absent=[third], **by)
    item = given.item_of(meeting, case)
    meetings.set_out(item, person=second, reason="Gik kl. 10.", **by)
    with pytest.raises(NotAllowed, match=r"Gik kl\. 10"):
        put_down(item, grants=[Grant(pool, 2021, 1)], by=second)
    put_down(item, grants=[Grant(pool, 2021, 1)])
    [decision] = carry_out(meeting, by=chair)
    assert {row.person: (row.took_part, row.reason) for row in decision.members.all()} == {
        chair: (True, ""),
        second: (False, "Gik kl. 10."),
        third: (False, "Fraværende"),
    }


def test_somebody_present_must_be_able_to_decide():
    pool = given.a_pool(adopted={2021: 500_000})
    both = factories.person(Role.STAFF, Role.BOARD)
    case = given.ready_case(pool, owner=both)
    item = given.item_of(given.open_meeting(case, present=[both]), case)
    put_down(item, grants=[Grant(pool, 2021, 1)])
    with pytest.raises(CannotCarryOut, match="Ingen af de tilstedeværende"):
        carry_out(item.meeting)
