"""What the meeting's pages say at once, ask about and offer."""

from uuid import uuid4

import pytest
from django.utils import timezone

from innovation_pool.permissions import Role
from pool import decisions, meetings
from pool.decisions import Grant
from tests.pool import given
from tests.pool.pages import as_role, at, client_of, decision_on, form_on, press, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(pool):
    return given.ready_case(pool, asked={2021: 400_000, 2022: 200_000, 2023: 50_000}, title="Sensorer")


def test_a_decision_that_does_not_fit_says_at_once_by_how_much(pool, case):
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    typed = {f"g_{pool.pk}_2021": "1.500.000", "step": "act"}
    response = board.post(at(meeting, item), decision_on(board, meeting, item) | typed, follow=True)
    page = words(response)
    assert "Der mangler 500.000 kr. i 2021." in page
    assert (
        'class="shape shape-cross">Foreløbigt godkendt<br>der mangler 500.000'
        in response.content.decode().replace("\xa0", " ")
    )
    less = {f"g_{pool.pk}_2021": "300.000", "shown_kind": "approve", "kind": "approve"}
    page = words(board.post(at(meeting, item), decision_on(board, meeting, item) | less))
    assert "I alt 650.000 550.000" in page
    assert "Af de søgte 650.000 kr. skal 100.000 kr. findes i egen ramme (2021)." in page


def test_a_project_is_not_stopped_unless_somebody_chooses_it(pool):
    case = given.approved_case(pool, asked={2021: 400_000})
    given.allocate(pool, 2021, {case: 400_000})
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    page = board.get(f"/meetings/{meeting.pk}/")
    assert "Vælg, hvad der besluttes." in words(page)
    assert 'value="act"' not in page.content.decode()
    chosen = board.post(at(meeting, item), form_on(page, has="shown_kind") | {"kind": "stop"})
    assert "400.000 kr., der er udmøntet og ikke forbrugt, går tilbage i 2021." in words(chosen)
    assert "btn btn-danger btn-big" in chosen.content.decode()


def test_a_meeting_opened_early_or_closed_with_items_left_is_asked_about(pool, case):
    secretariat, meeting = as_role(Role.SECRETARIAT), given.plan_meeting()
    page = f"/meetings/{meeting.pk}/"
    assert f'action="{page}open/"' not in secretariat.get(page).content.decode()
    assert "Mødet holdes først" in words(secretariat.get(f"{page}?sure=open"))
    meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), case=case)
    press(secretariat, f"{page}open/")
    assert f'action="{page}close/"' not in secretariat.get(page).content.decode()
    assert "1. Sensorer" in words(secretariat.get(f"{page}?sure=close"))
    assert "Ikke behandlet: 1. Sensorer." in words(press(secretariat, f"{page}close/"))


def test_a_case_is_chosen_by_its_status_and_a_return_carried_out_with_its_reason(pool, case):
    secretariat, planned = as_role(Role.SECRETARIAT), given.plan_meeting()
    agenda = secretariat.get(f"/meetings/{planned.pk}/agenda/").content.decode()
    assert '<optgroup label="Til beslutning">' in agenda
    meeting = given.open_meeting(case)
    item, board = given.item_of(meeting, case), given.board()
    decisions.put_down(item, kind="return", by=board, operation=uuid4(), reason="Regn driften om.")
    page = words(client_of(board).get(f"/meetings/{meeting.pk}/carry-out/"))
    assert "Sendt retur" in page
    assert "Begrundelse: Regn driften om." in page


def test_the_meetings_are_searched_sorted_and_taken_as_a_file(pool, case):
    given.open_meeting(case)
    given.plan_meeting(timezone.localdate())
    secretariat = as_role(Role.SECRETARIAT)
    assert "2 møder" in words(secretariat.get("/meetings/?sort=items"))
    page = words(secretariat.get("/meetings/?q=sensor&sort=-decided"))
    assert "1 møde " in page
    assert "Intet møde passer" in words(secretariat.get("/meetings/?q=sensor&state=planned"))
    file = b"".join(secretariat.get("/meetings.csv?q=sensor").streaming_content).decode("utf-8-sig")
    assert file.splitlines()[1].startswith("01-03-2099;")
    assert len(file.splitlines()) == 2


def test_what_lacks_after_a_cut_stands_by_itself_and_never_as_available(pool, case):
    running = given.approved_case(pool, asked={2021: 900_000}, grants=[Grant(pool, 2021, 900_000)])
    given.cut(pool, 2021, 300_000)
    meeting, board = given.open_meeting(running), given.board()
    decisions.put_down(
        given.item_of(meeting, running), kind="stop", reason="Uden bemanding.", by=board, operation=uuid4()
    )
    page = words(client_of(board).get(f"/meetings/{meeting.pk}/carry-out/"))
    # 900.000 reserved of 700.000: 200.000 lacks; the stop frees 900.000, and 700.000 is left.
    assert "0 Udækket nedsættelse 200.000 700.000 +900.000" in page


def test_a_year_that_lacks_is_not_offered_as_less_than_nothing(pool, case):
    given.approved_case(pool, asked={2021: 900_000}, grants=[Grant(pool, 2021, 900_000)])
    given.cut(pool, 2021, 300_000)
    meeting = given.open_meeting(case)
    page = words(client_of(given.board()).get(f"/meetings/{meeting.pk}/"))
    assert "2021 Innovationspuljen 400.000 0 mangler 200.000" in page


def test_the_confirmation_says_what_is_reserved_released_and_returned_in_all(pool, case):
    running = given.started_case(pool, asked={2021: 500_000}, grants=[Grant(pool, 2021, 500_000)])
    given.allocate(pool, 2021, {running: 300_000})
    given.spend(pool, running, 2021, 100_000_00)
    meeting, board = given.open_meeting(case, running), given.board()
    grants = [Grant(pool, 2021, 400_000)]
    put = {"by": board, "operation": uuid4()}
    decisions.put_down(given.item_of(meeting, case), kind="approve", grants=grants, **put)
    decisions.put_down(given.item_of(meeting, running), kind="stop", reason="Uden bemanding.", **put)
    page = words(client_of(board).get(f"/meetings/{meeting.pk}/carry-out/"))
    assert (
        "2 beslutninger gennemføres. 400.000 kr. reserveres. 200.000 kr. frigives. "
        "200.000 kr., der er udmøntet og ikke forbrugt, går tilbage til puljen."
    ) in page
