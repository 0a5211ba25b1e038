"""Change requests: asked by the owner, judged by finance, answered by the board; through rules and pages."""

from uuid import uuid4

import pytest

from businesscases.models import CaseWriter
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import decisions, requests
from pool.change_plan import plan_of
from pool.decisions import Grant
from pool.models import ChangeRequest
from pool.requests import Difference
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of, form_on, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000, 2022: 500_000}, number="P", name="Innovationspuljen")


@pytest.fixture
def case(pool):
    return given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)], title="Sensorer")


def written(case, *differences, why="Leverandøren er forsinket.", by=None):
    return requests.write_request(
        case, why=why, differences=differences, by=by or case.owner, operation=uuid4()
    )


def sent(case, pool, moved=150_000):
    made = written(case, Difference(pool, 2021, -moved), Difference(pool, 2022, moved))
    return requests.send_request(made, by=case.owner, operation=uuid4())


def ready(case, pool, **fields):
    made = sent(case, pool, **fields)
    return requests.give_opinion(made, opinion="Vi kan anbefale det.", by=given.finance(), operation=uuid4())


def address(case, act="") -> str:
    return f"/businesscases/{case.reference}/change-request/{act}"


def post(client, at, **fields):
    return client.post(at, {"operation": f"{uuid4()}", **fields}, follow=True)


def test_the_way_of_a_request_and_its_trail(case, pool):
    made = ready(case, pool)
    given.decide(
        case, "change_of_grant", reason="Ny tidsplan.",
        grants=[Grant(pool, 2021, -100_000), Grant(pool, 2022, 100_000)],
    )  # fmt: skip
    made.refresh_from_db()
    assert made.state == ChangeRequest.State.GRANTED
    assert given.money(case) == {("P", 2021): (300_000, 0, 0), ("P", 2022): (100_000, 0, 0)}
    acts = Entry.objects.filter(case_reference=case.reference, act__contains="change-request")
    assert [entry.act for entry in acts.order_by("pk")] == ["write-change-request", "send-change-request"]
    opinion = Entry.objects.get(act="give-opinion")
    assert (opinion.before["state"], opinion.after["state"]) == ("with_finance", "ready")
    plan = {row.year: row for row in plan_of(case, made).rows}
    assert [plan[2021].original, plan[2021].in_force, plan[2021].wanted, plan[2021].after] == [
        400_000, 400_000, 250_000, 300_000
    ]  # fmt: skip
    assert (plan[2022].difference, plan[2022].granted_change) == (150_000, 100_000)


def test_one_is_open_at_a_time_and_a_new_one_can_follow(case, pool):
    made = sent(case, pool)
    with pytest.raises(TooLate, match="sendt"):
        written(case, Difference(pool, 2022, 1))
    requests.withdraw_request(made, by=case.owner, operation=uuid4())
    assert written(case, Difference(pool, 2022, 1)).pk != made.pk
    assert ChangeRequest.objects.filter(case=case, state__in=requests.OPEN).count() == 1


@pytest.mark.parametrize(
    ("why", "year", "amount", "said"),
    [
        ("", 2022, 5, "hvorfor"),
        ("Dyrere.", 2022, 0, "mindst ét år"),
        ("Mindre.", 2021, -400_001, "400.000"),
        ("Mindre.", 2022, -1, "0"),
        ("For tidligt.", 2020, 5, "2020"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_figure(case, pool, why, year, amount, said):
    def ask():
        made = written(case, Difference(pool, year, amount), why=why)
        requests.send_request(made, by=case.owner, operation=uuid4())

    with pytest.raises(Refusal) as refusal:
        ask()
    assert said in str(refusal.value).replace("\xa0", " ")


def test_only_the_owner_asks_and_only_an_untouched_finance_judges(case, pool):
    with pytest.raises(NotAllowed):
        written(case, Difference(pool, 2022, 1), by=factories.person())
    made = sent(case, pool)
    writer = factories.person(Role.FINANCE)
    CaseWriter.objects.create(case=case, person=writer, added_by=case.owner)
    with pytest.raises(NotAllowed):
        requests.give_opinion(made, opinion="Ja.", by=writer, operation=uuid4())
    with pytest.raises(TooLate):
        requests.send_request(made, by=case.owner, operation=uuid4())
    with pytest.raises(NotAllowed):
        requests.withdraw_request(made, by=factories.person(), operation=uuid4())


def test_a_case_that_is_not_funded_cannot_ask(pool):
    case = given.ready_case(pool)
    with pytest.raises(TooLate):
        written(case, Difference(pool, 2021, 1))


def test_a_stopped_case_ends_its_request(case, pool):
    made = sent(case, pool)
    given.decide(case, "stop", reason="Ikke længere aktuel.")
    made.refresh_from_db()
    assert made.state == ChangeRequest.State.REFUSED


def test_the_whole_way_through_the_pages(case, pool):
    owner, finance, secretariat = client_of(case.owner), as_role(Role.FINANCE), as_role(Role.SECRETARIAT)
    assert "Bed om en ændring" in words(owner.get(f"/businesscases/{case.reference}/"))
    form = form_on(owner.get(address(case)), has="why")
    first, second = f"d_{pool.pk}_2021", f"d_{pool.pk}_2022"
    form |= {first: "-150.000", second: "150.000", "why": "Leverandøren er forsinket.", "step": "save"}
    assert "ikke sendt endnu" in words(owner.post(address(case), form, follow=True))
    assert finance.get(address(case)).status_code == 404
    assert "Din ændringsanmodning er ikke sendt" in words(owner.get("/"))
    form = form_on(owner.get(address(case)), has="why")
    assert form[second] == ["150.000"]
    page = words(
        owner.post(address(case), form | {"step": "send", "why": "Leverandøren er forsinket."}, follow=True)
    )
    assert "sendt til økonomi" in page.lower()
    assert "2021 400.000 400.000 −150.000 250.000" in page
    assert "beder om en ændret ramme" in words(finance.get("/"))
    form = form_on(finance.get(address(case)), has="opinion")
    page = words(
        finance.post(address(case, "opinion/"), form | {"opinion": "Vi kan anbefale det."}, follow=True)
    )
    assert "klar til direktionen" in page.lower()
    assert "Vi kan anbefale det." in page
    assert f"/meetings/?case={case.reference}" in secretariat.get("/").content.decode()
    meeting = given.open_meeting(case)
    assert "Ændringsanmodningen for" not in words(secretariat.get("/"))
    board = as_role(Role.BOARD)
    at = f"/meetings/{meeting.pk}/"
    page = board.get(at)
    assert "Leverandøren er forsinket." in words(page)
    form = form_on(page, has="shown_kind")
    assert form["kind"] == ["change_of_grant"]
    assert (form[f"g_{pool.pk}_2021"], form[f"g_{pool.pk}_2022"]) == (["−150.000"], ["150.000"])
    item = given.item_of(meeting, case)
    form |= {"step": "act", "reason": "Tidsplanen er god nok."}
    board.post(f"{at}items/{item.pk}/decision/", form)
    decisions.carry_out(meeting, by=given.board(), operation=uuid4())
    assert given.money(case) == {("P", 2021): (250_000, 0, 0), ("P", 2022): (150_000, 0, 0)}
    page = words(owner.get(address(case, f"{ChangeRequest.objects.get().pk}/")))
    assert "Imødekommet" in page
    assert "2022 0 0 +150.000 150.000 +150.000 150.000" in page


def test_the_board_refuses_a_request(case, pool):
    made = ready(case, pool)
    meeting = given.open_meeting(case)
    item, board = given.item_of(meeting, case), as_role(Role.BOARD)
    form = form_on(board.get(f"/meetings/{meeting.pk}/"), has="shown_kind") | {"refuses": "on"}
    at = f"/meetings/{meeting.pk}/items/{item.pk}/decision/"
    page = words(board.post(at, form | {"step": "preview"}))
    assert "imødekommes ikke. Ingen penge flyttes." in page
    board.post(at, form | {"step": "act", "reason": "Tidsplanen skal holde."})
    decision = decisions.carry_out(meeting, by=given.board(), operation=uuid4())[0]
    made.refresh_from_db()
    assert (made.state, made.decision) == (ChangeRequest.State.REFUSED, decision)
    assert not decision.grants.exists()
    assert given.money(case) == {("P", 2021): (400_000, 0, 0)}
    assert "Afslået" in words(client_of(case.owner).get(address(case, f"{made.pk}/")))


def test_a_refusal_keeps_what_was_typed(case, pool):
    owner = client_of(case.owner)
    form = form_on(owner.get(address(case)), has="why")
    form |= {f"d_{pool.pk}_2022": "-5", "why": "Vi sparer.", "step": "send"}
    response = owner.post(address(case), form)
    assert response.status_code == 422
    assert "Vi sparer." in response.content.decode()
    assert 'value="-5"' in response.content.decode().replace("−", "-")
    form |= {f"d_{pool.pk}_2022": "femten"}
    assert owner.post(address(case), form).status_code == 422
    assert not ChangeRequest.objects.exists()


def test_sent_twice_is_asked_once(case, pool):
    owner = client_of(case.owner)
    form = form_on(owner.get(address(case)), has="why")
    form |= {f"d_{pool.pk}_2022": "5", "why": "Dyrere.", "step": "send"}
    assert [owner.post(address(case), form).status_code for _ in range(2)] == [302, 302]
    assert ChangeRequest.objects.count() == 1


def test_withdrawn_from_the_page(case, pool):
    made = sent(case, pool)
    assert post(as_role(Role.FINANCE), address(case, "withdraw/")).status_code == 403
    assert "trukket tilbage" in words(post(client_of(case.owner), address(case, "withdraw/")))
    made.refresh_from_db()
    assert made.state == ChangeRequest.State.WITHDRAWN


def test_others_know_nothing_of_it(case, pool):
    made = ready(case, pool)
    stranger = client_of(factories.person())
    for at in (address(case), address(case, f"{made.pk}/")):
        assert stranger.get(at).status_code == 404
    assert stranger.post(address(case), {"operation": f"{uuid4()}"}).status_code == 403
    assert stranger.post(address(case, "opinion/"), {"operation": f"{uuid4()}"}).status_code == 403
    assert "Leverandøren" not in words(stranger.get(f"/businesscases/{case.reference}/"))
    for role in (Role.FINANCE, Role.SECRETARIAT, Role.BOARD, Role.AUDITOR):
        assert "Leverandøren" in words(as_role(role).get(address(case))), role


def test_more_back_than_is_reserved_comes_from_what_has_no_cover(case, pool):
    given.decide(case, "change_of_grant", reason="Mere.", grants=[Grant(pool, 2022, 100_000, 50_000)])
    made = written(case, Difference(pool, 2022, -120_000))
    requests.send_request(made, by=case.owner, operation=uuid4())
    requests.give_opinion(made, opinion="Ja.", by=given.finance(), operation=uuid4())
    meeting = given.open_meeting(case)
    form = form_on(as_role(Role.BOARD).get(f"/meetings/{meeting.pk}/"), has="shown_kind")
    assert (form[f"g_{pool.pk}_2022"], form[f"u_{pool.pk}_2022"]) == (["−100.000"], ["−20.000"])
