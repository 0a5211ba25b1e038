"""Meetings through their pages: from a new one to its approved record, and a decision from a case."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from businesscases import submission
from businesscases.models import BusinessCase, CaseRelation, State
from innovation_pool.permissions import Role
from pool import decisions, meetings
from pool.decisions import Grant
from pool.models import Decision, Meeting, ProvisionalDecision
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, at, client_of, decision_on, form_on, press, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(pool):
    return given.ready_case(pool, asked={2021: 400_000, 2022: 200_000, 2023: 50_000}, title="Sensorer")


def test_the_way_of_a_meeting(pool, case):
    secretariat, board = as_role(Role.SECRETARIAT), as_role(Role.BOARD)
    form = form_on(secretariat.get("/meetings/new/"), has="held_on")
    day = timezone.localdate()
    form |= {"held_on": f"{day:%d.%m.%Y}", "starts_at": "9.00", "chair": given.board().pk}
    assert "er planlagt" in words(secretariat.post("/meetings/new/", form, follow=True))
    meeting = Meeting.objects.get()
    agenda = f"/meetings/{meeting.pk}/agenda/"
    form = form_on(secretariat.get(agenda), has="recommendation")
    secretariat.post(agenda, form | {"case": case.pk, "recommendation": "Sagen godkendes."})
    press(secretariat, f"/meetings/{meeting.pk}/open/")
    item = given.item_of(meeting, case)
    page = words(board.get(f"/meetings/{meeting.pk}/"))
    assert "Sagen godkendes." in page
    assert "2021 Innovationspuljen 400.000 1.000.000 600.000" in page
    form = decision_on(board, meeting, item, step="act", conditions="Status efter 12 uger.")
    assert "har fået en foreløbig beslutning" in words(board.post(at(meeting, item), form, follow=True))
    assert given.available(pool) == {2021: 1_000_000, 2022: 500_000}
    carry = form_on(board.get(f"/meetings/{meeting.pk}/carry-out/"), has="items")
    page = words(board.post(f"/meetings/{meeting.pk}/carry-out/", carry, follow=True))
    assert "Beslutningen er gennemført: nr." in page
    assert "1 mail venter på, at direktionssekretariatet sender den." in page
    assert "1 mail venter på at blive sendt" in words(secretariat.get(f"/meetings/{meeting.pk}/"))
    case.refresh_from_db()
    assert case.state == State.APPROVED
    assert given.money(case) == {
        (pool.number, 2021): (400_000, 0, 0),
        (pool.number, 2022): (200_000, 0, 0),
        (pool.number, 2023): (0, 0, 50_000),
    }
    press(secretariat, f"/meetings/{meeting.pk}/close/")
    record = f"/meetings/{meeting.pk}/record/"
    assert "Godkend referatet" not in words(secretariat.get(record))
    press(client_of(given.board()), record)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.APPROVED
    page = words(secretariat.get(record))
    assert "Status efter 12 uger." in page
    assert "kontrolkode" in page


def test_the_panel_says_what_will_happen_and_what_is_left(pool, case):
    meeting = given.open_meeting(case)
    page = words(as_role(Role.BOARD).get(f"/meetings/{meeting.pk}/"))
    assert "Sagen godkendes. 600.000 kr. reserveres i 2021–2022, når beslutningerne gennemføres." in page
    assert "50.000 kr. i 2023 er uden dækning." in page
    assert "600.000 kr. i 2021, 300.000 kr. i 2022" in page
    assert "Mærket er et krav for at godkende." in page


def test_the_figures_follow_what_is_typed_and_the_kind_chosen(pool, case):
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    form = decision_on(board, meeting, item, step="preview") | {f"g_{pool.pk}_2021": "1.000.001"}
    page = words(board.post(at(meeting, item), form))
    assert "Der mangler 1 kr. i 2021." in page
    page = words(board.post(at(meeting, item), form | {"kind": "postpone", "reason": "Vi venter."}))
    assert "Udsat til" in page
    assert "Sagen udsættes. Ingen penge flyttes." in page
    assert not ProvisionalDecision.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("reject", {"reason": ""}, "Skriv begrundelsen"),
        ("postpone", {"reason": "Vi venter.", "until": "31.02.2027"}, "findes ikke"),
        ("postpone", {"reason": "Vi venter.", "until": ""}, "Skriv"),
    ],
)
def test_a_refusal_keeps_what_was_typed(pool, case, kind, typed, said):
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    changed = board.post(at(meeting, item), decision_on(board, meeting, item) | {"kind": kind})
    form = form_on(changed, has="shown_kind") | typed | {"step": "act"}
    response = board.post(at(meeting, item), form)
    assert response.status_code == 422
    assert said in words(response)
    for name, value in typed.items():
        assert value in response.content.decode(), name
    assert not ProvisionalDecision.objects.exists()


def test_a_provisional_decision_is_changed_and_taken_back(pool, case):
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    board.post(at(meeting, item), decision_on(board, meeting, item, step="act"))
    changed = {f"g_{pool.pk}_2021": "100.000", "step": "act"}
    board.post(at(meeting, item), decision_on(board, meeting, item) | changed)
    grants = (
        ProvisionalDecision.objects.get().grants.order_by("year").values_list("year", "amount", "unfunded")
    )
    assert list(grants) == [(2021, 100_000, 0), (2022, 200_000, 0), (2023, 0, 50_000)]
    text = ProvisionalDecision.objects.get().text.replace("\xa0", " ")
    assert "350.000 kr. fra puljen: 100.000 kr. i 2021" in text
    assert "er taget tilbage" in words(press(board, at(meeting, item, "take-back")))
    assert not ProvisionalDecision.objects.get().stands


def test_what_is_put_down_is_shown_as_it_stands(pool, case):
    board, meeting = as_role(Role.BOARD), given.open_meeting(case)
    item = given.item_of(meeting, case)
    form = decision_on(board, meeting, item, step="act", conditions="Status efter 12 uger.")
    board.post(at(meeting, item), form)
    address = f"/meetings/{meeting.pk}/?item={item.pk}"
    for role in (Role.BOARD, Role.SECRETARIAT, Role.FINANCE, Role.AUDITOR):
        response = as_role(role).get(address)
        page = words(response)
        assert "Foreløbigt godkendt 0,6 mio. kr. fra Innovationspuljen · 0,05 mio. kr. uden dækning" in page
        assert "2021 Innovationspuljen 400.000 400.000" in page
        assert "2023 Innovationspuljen 50.000 50.000" in page
        assert "Vilkår: Status efter 12 uger." in page
        assert f"Noteret af {given.board().name}" in page
        assert "politisk behandling på grund af: år uden dækning i puljen." in page
        assert "Godkend foreløbigt" not in page
        may_change = role in (Role.BOARD, Role.SECRETARIAT)
        assert ("change=1" in response.content.decode(), "Tag tilbage" in page) == (may_change, may_change)
    assert decision_on(board, meeting, item)[f"g_{pool.pk}_2021"] == ["400.000"]
    assert "Status efter 12 uger.</textarea>" in board.get(f"{address}&change=1").content.decode()


def test_what_is_available_counts_the_other_provisional_decisions(pool, case):
    other = given.ready_case(pool, asked={2021: 700_000}, title="Robotter")
    meeting = given.open_meeting(case, other)
    decisions.put_down(
        given.item_of(meeting, other), kind="approve", by=given.board(), operation=uuid4(),
        grants=[Grant(pool, 2021, 700_000)],
    )  # fmt: skip
    board = as_role(Role.BOARD)
    page = words(board.get(f"/meetings/{meeting.pk}/?item={given.item_of(meeting, case).pk}"))
    assert "2021 Innovationspuljen 400.000 300.000" in page
    own = words(board.get(f"/meetings/{meeting.pk}/?item={given.item_of(meeting, other).pk}&change=1"))
    assert "2021 Innovationspuljen 700.000 1.000.000" in own


def test_nothing_is_carried_out_when_one_cannot_be(pool, case):
    other = given.ready_case(pool, asked={2021: 700_000}, title="Robotter")
    meeting = given.open_meeting(case, other)
    for each, grants in ((case, [Grant(pool, 2021, 400_000)]), (other, [Grant(pool, 2021, 700_000)])):
        item = given.item_of(meeting, each)
        decisions.put_down(item, kind="approve", by=given.board(), operation=uuid4(), grants=grants)
    board, address = as_role(Role.BOARD), f"/meetings/{meeting.pk}/carry-out/"
    page = board.get(address)
    assert "Robotter kan ikke længere rummes: der mangler 100.000 kr. i 2021." in words(page)
    response = board.post(address, form_on(page, has="items"))
    assert response.status_code == 422
    assert "Robotter" in words(response)
    assert not Decision.objects.exists()
    ticked = form_on(response, has="items") | {"items": [given.item_of(meeting, case).pk]}
    board.post(address, ticked)
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_a_double_post_carries_out_once(pool, case):
    meeting, board = given.open_meeting(case), as_role(Role.BOARD)
    item = given.item_of(meeting, case)
    decisions.put_down(
        item, kind="approve", by=given.board(), operation=uuid4(), grants=[Grant(pool, 2021, 1_000)]
    )
    address = f"/meetings/{meeting.pk}/carry-out/"
    form = form_on(board.get(address), has="items")
    first, second = board.post(address, form), board.post(address, form)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Decision.objects.count() == 1


def test_somebody_stays_out_of_an_item_and_cannot_act_in_it(pool, case):
    given.board()
    member = factories.person(Role.BOARD, name="Inger Inhabil")
    meeting, secretariat = given.open_meeting(case), as_role(Role.SECRETARIAT)
    item = given.item_of(meeting, case)
    press(secretariat, at(meeting, item, "out"), person=member.pk, reason="Ejer andel i en leverandør.")
    page = words(client_of(member).get(f"/meetings/{meeting.pk}/"))
    assert "Inger Inhabil deltager ikke i punktet. Ejer andel i en leverandør." in page
    assert "Du kan ikke beslutte dette punkt." in page
    form = decision_on(as_role(Role.BOARD), meeting, item, step="act")
    refused = client_of(member).post(at(meeting, item), form)
    assert refused.status_code == 403
    assert "Ejer andel i en leverandør." in words(refused)
    assert not ProvisionalDecision.objects.exists()
    press(secretariat, f"/meetings/{meeting.pk}/items/{item.pk}/in/{member.pk}/")
    assert "Du kan ikke beslutte" not in words(client_of(member).get(f"/meetings/{meeting.pk}/"))


def test_the_item_warns_of_a_needed_case_that_is_stopped(pool, case):
    grants = [Grant(pool, 2021, 1_000)]
    needed = given.approved_case(pool, asked={2021: 1_000}, grants=grants, round=case.round)
    CaseRelation.objects.create(case=case, other=needed, kind="needs")
    address = f"/meetings/{given.open_meeting(case).pk}/"
    board = as_role(Role.BOARD)
    assert needed.reference not in words(board.get(address))
    given.decide(needed, "stop", reason="Leverandøren er lukket.")
    assert f"{needed.reference} skal godkendes først" in words(board.get(address))
    BusinessCase.objects.filter(pk=case.pk).update(state=State.APPROVED)
    assert f"Sagen kræver {needed.reference}, som er" in words(board.get(address))


def test_absence_is_said_once_and_only_those_kept_out_are_named_at_the_item(pool, case):
    here = given.board()
    away, out = (factories.person(Role.BOARD, name=name) for name in ("Camilla Friis", "Inger Inhabil"))
    meeting = given.open_meeting(case)
    meetings.set_people(
        meeting, present=[here, out], absent=[away], by=given.secretariat(), operation=uuid4()
    )
    item = given.item_of(meeting, case)
    meetings.set_out(item, person=out, reason="Ejer aktier.", by=given.secretariat(), operation=uuid4())
    decisions.put_down(item, kind="reject", reason="For dyr.", by=here, operation=uuid4())
    decisions.carry_out(meeting, by=here, operation=uuid4())
    page = words(as_role(Role.SECRETARIAT).get(f"/meetings/{meeting.pk}/record/"))
    assert page.count("Camilla Friis") == 1
    assert "Fraværende: Camilla Friis" in page
    assert "Inger Inhabil deltog ikke: Ejer aktier." in page
    # Who left later was there, and stayed out of this one for the reason of that time.
    meetings.set_people(meeting, present=[here], absent=[away, out], by=here, operation=uuid4())
    page = words(as_role(Role.SECRETARIAT).get(f"/meetings/{meeting.pk}/record/"))
    assert "Inger Inhabil deltog ikke: Ejer aktier." in page


def test_the_agenda_is_ordered_and_items_are_taken_off(pool, case):
    meeting, secretariat = given.plan_meeting(), as_role(Role.SECRETARIAT)
    items = [
        meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), title=title)
        for title in ("Et", "To", "Tre")
    ]
    press(secretariat, at(meeting, items[2], "move"), to=1)
    assert [item.title for item in meeting.items.order_by("order")] == ["Tre", "Et", "To"]
    press(secretariat, at(meeting, items[0], "remove"))
    assert [i.title for i in meeting.items.filter(removed_at=None).order_by("order")] == ["Tre", "To"]
    edit = at(meeting, items[1], "edit")
    form = form_on(secretariat.get(edit), has="title") | {"title": "To og et halvt", "discussion": "Drøftet."}
    secretariat.post(edit, form)
    items[1].refresh_from_db()
    assert (items[1].title, items[1].discussion) == ("To og et halvt", "Drøftet.")


def test_who_is_present_is_written_down(pool, case):
    given.board()
    absent = factories.person(Role.BOARD, name="Frida Fraværende")
    meeting, secretariat = given.open_meeting(case), as_role(Role.SECRETARIAT)
    address = f"/meetings/{meeting.pk}/people/"
    form = form_on(secretariat.get(address), has="present")
    present = [value for value in form["present"] if int(value) != absent.pk]
    secretariat.post(address, form | {"present": present})
    assert "Fraværende: Frida Fraværende" in words(secretariat.get(f"/meetings/{meeting.pk}/"))


def test_the_board_decides_from_the_case_and_it_is_carried_out_at_once(pool, case):
    board = as_role(Role.BOARD)
    address = f"/meetings/decide/{case.reference}/approve/"
    form = form_on(board.get(address), has="shown_kind") | {"step": "act"}
    response = board.post(f"/meetings/decide/{case.reference}/", form)
    assert (response.status_code, response.url) == (302, f"/businesscases/{case.reference}/")
    case.refresh_from_db()
    assert case.state == State.APPROVED
    assert Meeting.objects.get().state == Meeting.State.CLOSED
    again = board.post(f"/meetings/decide/{case.reference}/", form)
    assert (again.status_code, again.url) == (302, response.url)
    assert Decision.objects.count() == 1


def test_the_secretariat_puts_down_from_the_case_and_does_not_carry_out(pool, case):
    secretariat = as_role(Role.SECRETARIAT)
    page = secretariat.get(f"/meetings/decide/{case.reference}/reject/")
    form = form_on(page, has="shown_kind") | {"reason": "For dyrt i drift.", "step": "act"}
    secretariat.post(f"/meetings/decide/{case.reference}/", form | {"present": [given.board().pk]})
    assert ProvisionalDecision.objects.get().kind == "reject"
    assert not Decision.objects.exists()
    board = as_role(Role.BOARD)
    meeting = Meeting.objects.get()
    response = board.get(f"/meetings/decide/{case.reference}/reject/")
    assert response.url.startswith(f"/meetings/{meeting.pk}/?item=")


def test_stop_and_change_of_grant_from_the_case(pool):
    case = given.approved_case(pool, asked={2021: 400_000}, grants=[Grant(pool, 2021, 400_000)])
    board = as_role(Role.BOARD)
    page = board.get(f"/meetings/decide/{case.reference}/?kind=change_of_grant")
    form = form_on(page, has="shown_kind") | {f"g_{pool.pk}_2021": "-150.000", "reason": "Billigere indkøb."}
    assert "Rammen ændres med −150.000 kr. i 2021." in words(
        board.post(f"/meetings/decide/{case.reference}/", form | {"step": "preview"})
    )
    moved = form | {f"g_{pool.pk}_2022": "150.000", "step": "preview"}
    assert "Rammen ændres: −150.000 kr. i 2021 og +150.000 kr. i 2022." in words(
        board.post(f"/meetings/decide/{case.reference}/", moved)
    )
    board.post(f"/meetings/decide/{case.reference}/", form | {"step": "act"})
    assert given.money(case) == {(pool.number, 2021): (250_000, 0, 0)}
    assert "Ramme ændret: −150.000 kr. i 2021" in words(board.get(f"/pool/{pool.pk}/movements/"))
    page = board.get(f"/meetings/decide/{case.reference}/stop/")
    assert "Projektet stoppes. 250.000 kr. frigives i 2021." in words(page)
    form = form_on(page, has="shown_kind") | {"reason": "Leverandøren er lukket.", "step": "act"}
    board.post(f"/meetings/decide/{case.reference}/", form)
    case.refresh_from_db()
    assert case.state == State.STOPPED
    assert given.available(pool)[2021] == 1_000_000


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMINISTRATOR])
def test_meetings_are_not_for_everybody(pool, case, role):
    meeting, client = given.open_meeting(case), as_role(role)
    item = given.item_of(meeting, case)
    for address in ("", "agenda/", "people/", "carry-out/", "record/"):
        assert client.get(f"/meetings/{meeting.pk}/{address}").status_code == 403
    assert client.get("/meetings/").status_code == 403
    for act in ("decision", "take-back", "move", "remove", "out"):
        assert client.post(at(meeting, item, act), {"operation": f"{uuid4()}"}).status_code == 403
    assert client.get(f"/meetings/decide/{case.reference}/").status_code == 403


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_those_who_only_read_see_no_panel_and_change_nothing(pool, case, role):
    meeting, client = given.open_meeting(case), as_role(role)
    item = given.item_of(meeting, case)
    assert "shown_kind" not in client.get(f"/meetings/{meeting.pk}/").content.decode()
    form = decision_on(as_role(Role.BOARD), meeting, item, step="act")
    assert client.post(at(meeting, item), form).status_code == 403
    assert client.post(f"/meetings/{meeting.pk}/carry-out/", form).status_code == 403
    assert not ProvisionalDecision.objects.exists()


def test_statements_do_not_grow_with_the_items(pool, case):
    meeting, board = given.open_meeting(case), as_role(Role.BOARD)
    address = f"/meetings/{meeting.pk}/?item={given.item_of(meeting, case).pk}"
    few = statements_of(board, address), statements_of(board, "/meetings/")
    for number in range(12):
        other = given.ready_case(pool, asked={2021: 1_000}, title=f"Sag {number}", round=given.a_round(pool))
        meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), case=other)
    assert (statements_of(board, address), statements_of(board, "/meetings/")) == few


def test_the_whole_agenda_is_printed_with_briefs_and_without_what_is_put_down(pool, case):
    meeting, board = given.open_meeting(case), given.board()
    meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), title="Eventuelt")
    meetings.write_item(
        given.item_of(meeting, case), by=given.secretariat(), operation=uuid4(),
        recommendation="at sagen godkendes.\nat der gives status i maj.",
    )  # fmt: skip
    decisions.put_down(
        given.item_of(meeting, case), kind="reject", reason="Kanariefugl.", by=board, operation=uuid4()
    )
    late = factories.case(title="For sent ude")
    after = timezone.now() + timedelta(days=900)
    submission.submit(late, by=late.owner, reason="Projektlederen var syg.", operation=uuid4(), at=after)
    meetings.add_item(meeting, by=given.secretariat(), operation=uuid4(), case=late)
    response = as_role(Role.AUDITOR).get(f"/meetings/{meeting.pk}/agenda/print/")
    assert [(item.title, brief is None) for item, brief in response.context["rows"]] == [
        (case.title, False),
        ("Eventuelt", True),
        ("For sent ude", False),
    ]
    page = words(response)
    assert "at sagen godkendes. at der gives status i maj." in page
    assert "Indsendt for sent Ansøgningsrunden var lukket. Projektlederen var syg." in page
    assert "Kanariefugl" not in page
    assert as_role(Role.STAFF).get(f"/meetings/{meeting.pk}/agenda/print/").status_code == 403
