"""The transition table stated a second time, by hand, as a grid of state × person, and compared."""

from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from businesscases import disqualification
from businesscases.case_list import TABS
from businesscases.models import BusinessCase, CaseEvent, ProjectReport, State
from businesscases.models.case import STANDS
from businesscases.steps import NAMES, NOW
from businesscases.workflow import TRANSITIONS, CaseAction, open_to, perform, why_not
from innovation_pool.append_only import AppendOnlyError
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from tests import factories
from tests.businesscases.people import PEOPLE, case_with_everybody, put

pytestmark = pytest.mark.django_db

# Who may do what in which state. A person who is not named may do nothing there.
GRID: dict[str, dict[str, str]] = {
    "draft": {
        "owner": "submit withdraw",
        "collaborator": "submit",
    },
    "returned": {
        "owner": "submit withdraw",
        "collaborator": "submit",
    },
    "submitted": {
        "owner": "withdraw",
        "finance": "return confirm-figures",
        "finance and board who confirmed": "return confirm-figures",
        "secretariat": "return",
        "board": "return",
    },
    "checked": {
        "owner": "withdraw",
        "secretariat": "return open-hearing no-hearing",
        "board": "return",
        "finance and board who confirmed": "return",
    },
    "in_hearing": {
        "owner": "withdraw",
        "secretariat": "return close-hearing",
        "board": "return",
        "finance and board who confirmed": "return",
    },
    "ready": {
        "owner": "withdraw",
        "secretariat": "return",
        "board": "return approve reject postpone",
        "finance and board who confirmed": "return",
    },
    "postponed": {
        "owner": "withdraw",
        "secretariat": "return",
        "board": "return approve reject postpone",
        "finance and board who confirmed": "return",
    },
    "approved": {
        "owner": "start",
        "board": "stop reverse",
    },
    "in_progress": {
        "owner": "report-finished",
        "finance": "confirm-completion",
        "finance and board who confirmed": "confirm-completion",
        "board": "stop",
    },
    "completed": {},
    "rejected": {"board": "reverse"},
    "stopped": {"board": "reverse"},
    "withdrawn": {},
}

# action: (to, needs a reason, moves money, is decided in a meeting)
ENDS = {
    "submit": ("submitted", False, False, False),
    "withdraw": ("withdrawn", True, False, False),
    "return": ("returned", True, False, False),
    "confirm-figures": ("checked", False, False, False),
    "open-hearing": ("in_hearing", False, False, False),
    "no-hearing": ("ready", True, False, False),
    "close-hearing": ("ready", False, False, False),
    "approve": ("approved", False, True, True),
    "reject": ("rejected", True, False, True),
    "postpone": ("postponed", True, False, True),
    "start": ("in_progress", False, True, False),
    "report-finished": ("in_progress", False, False, False),
    "confirm-completion": ("completed", False, True, False),
    "stop": ("stopped", True, True, True),
    "reverse": ("ready", True, True, True),
}


def test_the_grid_names_every_state_and_action():
    assert set(GRID) == set(State.values)
    assert set(ENDS) == {action.value for action in CaseAction}


@pytest.mark.parametrize("state", State.values)
def test_each_person_may_do_what_the_grid_says(state):
    case, people = case_with_everybody()
    put(case, state)
    found = {name: {row.action.value for row in open_to(people[name], case)} for name in PEOPLE}
    assert found == {name: set(GRID[state].get(name, "").split()) for name in PEOPLE}


@pytest.mark.parametrize("state", State.values)
def test_what_may_not_be_done_is_refused_with_a_sentence_and_changes_nothing(state):
    case, people = case_with_everybody()
    put(case, state)
    before = CaseEvent.objects.count(), Entry.objects.count()
    for name in PEOPLE:
        for action in CaseAction:
            if action in GRID[state].get(name, "").split():
                assert why_not(people[name], case, action) is None
                continue
            with pytest.raises((NotAllowed, TooLate)) as refusal:
                _perform(case, action, people[name])
            assert str(refusal.value).strip(), (name, action)
    case.refresh_from_db()
    assert case.state == state
    assert (CaseEvent.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("state", State.values)
def test_what_may_be_done_moves_the_case_with_one_event_and_one_row_of_the_trail(state):
    case, people = case_with_everybody()
    for name, actions in GRID[state].items():
        for action in actions.split():
            put(case, state)
            ProjectReport.objects.create(case=case, kind="final", text="Færdig", by=case.owner)
            before = CaseEvent.objects.count(), Entry.objects.count()
            event = _perform(case, CaseAction(action), people[name])
            to = ENDS[action][0]
            case.refresh_from_db()
            assert (case.state, event.from_state, event.to_state) == (to, state, to)
            assert (CaseEvent.objects.count(), Entry.objects.count()) == (before[0] + 1, before[1] + 1)
            entry = Entry.objects.latest("pk")
            assert (entry.act, entry.by, entry.before) == (action, people[name], {"state": state})
            assert entry.after["state"] == to


def test_the_rows_say_where_they_end_and_what_they_take():
    found = {row.action.value: (row.to, row.reason, row.money, row.in_meeting) for row in TRANSITIONS}
    assert found == {action: (State(to), *flags) for action, (to, *flags) in ENDS.items()}


@pytest.mark.parametrize("action", [action for action, end in ENDS.items() if end[1]])
def test_an_act_that_takes_a_reason_is_refused_without_one(action):
    case, people = case_with_everybody()
    state, name = _somewhere(action)
    put(case, state)
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        perform(case, action, by=people[name], reason="  ", decision_label="2021-01", with_money=True)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("action", [action for action, end in ENDS.items() if end[2]])
def test_an_act_that_moves_money_is_refused_alone(action):
    case, people = case_with_everybody()
    state, name = _somewhere(action)
    put(case, state)
    with pytest.raises(Refusal, match=r"money|penge"), transaction.atomic():
        perform(case, action, by=people[name], reason="Fordi", decision_label="2021-01")
    assert case.state == state


@pytest.mark.parametrize("action", [action for action, end in ENDS.items() if end[3]])
def test_what_a_meeting_decides_is_refused_without_its_decision(action):
    case, people = case_with_everybody()
    state, name = _somewhere(action)
    put(case, state)
    with pytest.raises(Refusal, match=r"meeting|møde"), transaction.atomic():
        perform(case, action, by=people[name], reason="Fordi", with_money=True)


def test_a_postponement_says_until_when_and_forgets_it_afterwards():
    case, people = case_with_everybody()
    put(case, State.READY)
    board = people["board"]
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        perform(case, "postpone", by=board, reason="Venter", decision_label="2021-01")
    assert refusal.value.field == "until"
    with transaction.atomic():
        perform(case, "postpone", by=board, reason="Venter", decision_label="2021-01", until=date(2099, 9, 1))
    case.refresh_from_db()
    assert case.postponed_until == date(2099, 9, 1)
    with transaction.atomic():
        perform(case, "return", by=board, reason="Mangler noget")
    case.refresh_from_db()
    assert case.postponed_until is None


def test_completion_is_not_confirmed_before_the_owner_reports_it():
    case, people = case_with_everybody()
    put(case, State.IN_PROGRESS)
    with pytest.raises(Refusal, match=str(case.owner)), transaction.atomic():
        perform(case, "confirm-completion", by=people["finance"], with_money=True)
    assert case.state == State.IN_PROGRESS


def test_a_reported_disqualification_keeps_a_person_out_until_the_chair_says_otherwise():
    case, people = case_with_everybody()
    put(case, State.READY)
    board, chair = people["board"], factories.person(Role.BOARD)
    assert why_not(board, case, CaseAction.APPROVE) is None
    question = disqualification.report(case, by=board, reason="Min bror leverer systemet.")
    assert isinstance(why_not(board, case, CaseAction.APPROVE), NotAllowed)
    disqualification.decide(question, by=chair, out=True, reason="Nær familie")
    assert "Nær familie" in str(why_not(board, case, CaseAction.RETURN))
    disqualification.decide(question, by=chair, out=False, reason="Leverancen er bortfaldet")
    assert why_not(board, case, CaseAction.APPROVE) is None


def test_a_disqualified_secretary_runs_no_hearing():
    case, people = case_with_everybody()
    secretary = people["secretariat"]
    assert why_not(secretary, case, CaseAction.OPEN_HEARING) is None
    disqualification.report(case, by=secretary, reason="Jeg er gift med projektejeren.")
    assert isinstance(why_not(secretary, case, CaseAction.OPEN_HEARING), NotAllowed)


def test_nobody_decides_their_own_disqualification():
    case, people = case_with_everybody()
    question = disqualification.report(case, by=people["board"], reason="Min bror leverer systemet.")
    with pytest.raises(NotAllowed):
        disqualification.decide(question, by=people["board"], out=False, reason="Det går nok")
    question.refresh_from_db()
    assert question.out is None


def test_the_sentence_says_who_can():
    case, people = case_with_everybody()
    put(case, State.APPROVED)
    refusal = why_not(people["other staff"], case, CaseAction.START)
    assert str(people["owner"]) in str(refusal)


def test_an_event_is_never_changed_or_deleted():
    case, _people = case_with_everybody()
    event = case.events.first()
    event.reason = "Noget andet"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.filter(pk=event.pk).update(reason="Noget andet")
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.all().delete()


def test_revoked_rights_count_at_once():
    case, people = case_with_everybody()
    put(case, State.READY)
    board = people["board"]
    type(board).objects.filter(pk=board.pk).update(role_board=False)
    fresh = type(board).objects.get(pk=board.pk)
    assert open_to(fresh, case) == ()
    type(board).objects.filter(pk=board.pk).update(role_board=True, is_active=False)
    assert open_to(type(board).objects.get(pk=board.pk), case) == ()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_performed():
    case = factories.case(State.SUBMITTED)
    with pytest.raises(RuntimeError):
        perform(case, "withdraw", by=case.owner, reason="Fordi")
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def _perform(case, action, by):
    with transaction.atomic():
        return perform(
            case,
            action,
            by=by,
            reason="Fordi",
            decision_label="2021-01" if ENDS[action][3] else "",
            until=date(2099, 9, 1),
            with_money=True,
            operation=uuid4(),
        )


def _somewhere(action: str) -> tuple[str, str]:
    """A state and a person in which the action is possible."""
    return next(
        (state, name)
        for state, people in GRID.items()
        for name, actions in people.items()
        if action in actions.split()
    )


@pytest.mark.django_db(transaction=True)
def test_of_many_acts_at_the_same_moment_one_is_done_and_the_others_are_too_late():
    case = factories.case(State.SUBMITTED)
    secretary, finance = factories.person(Role.SECRETARIAT), factories.person(Role.FINANCE)
    acts = [("withdraw", case.owner), ("return", secretary), ("return", finance)] * 3
    together, answers = Barrier(len(acts)), []

    def act(action, by):
        mine = BusinessCase.objects.get(pk=case.pk)
        try:
            together.wait(timeout=20)
            with transaction.atomic():
                perform(mine, action, by=by, reason="Fordi")
            answers.append("done")
        except Refusal as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=act, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == len(acts)
    # A withdrawal may still follow a return; nothing follows a withdrawal.
    ends = case.events.exclude(action__in=["create", "submit"]).values_list("action", flat=True)
    assert list(ends) in (["withdraw"], ["return", "withdraw"], ["return"])
    assert answers.count("done") == len(ends)
    assert set(answers) <= {"done", "TooLate"}


def test_a_badge_a_tab_and_a_step_say_the_same_word_of_a_case():
    tabs = {state: str(name) for _key, name, states in TABS for state in states}
    assert {State(state): str(word) for state, word in STANDS.items()} == tabs
    assert {state: str(NAMES[step]) for state, step in NOW.items()} == {state: tabs[state] for state in NOW}
