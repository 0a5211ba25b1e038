"""The page that allocates a year: what it shows, confirms, does once, and refuses with what was typed."""

import pytest

from innovation_pool.permissions import Role
from pool.allocation import allocation_rows
from pool.decisions import Grant
from pool.forms.allocation import AllocationForm
from pool.models import Decision, DecisionKind
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of, form_on, statements_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(pool):
    return [
        given.approved_case(pool, asked={2021: amount}, title=title, grants=[Grant(pool, 2021, amount)])
        for title, amount in (("Sensorer", 400_000), ("Robotter", 250_000))
    ]


def address(pool) -> str:
    return f"/pool/{pool.pk}/years/2021/allocate/"


def shown(client, pool, **changes) -> dict:
    """The form of the page, with changes and sent once to be confirmed."""
    form = form_on(client.get(address(pool)), has="plan") | changes
    confirmed = client.post(address(pool), form | {"step": "preview"})
    return form_on(confirmed, has="plan") | {"step": "act"}


def test_the_page_proposes_everything_and_says_what_happens(pool, cases):
    page = words(as_role(Role.BOARD).get(address(pool)))
    assert (
        "Der udmøntes 650.000 kr. i 2021 til 2 businesscases. Herefter er 0 kr. reserveret, "
        "og 350.000 kr. er til rådighed." in page
    )
    assert "2 af 2 mulige sager valgt 650.000 0 650.000 650.000 0" in page
    assert "Udmøntet 0 650.000 +650.000" in page
    assert "Reserveret, ikke udmøntet 650.000 0 −650.000" in page


def test_what_is_typed_is_allocated(pool, cases):
    board = as_role(Role.BOARD)
    form = shown(board, pool, **{f"amount_{cases[0].pk}": "300.000"})
    response = board.post(address(pool), form, follow=True)
    assert "550.000 kr. er udmøntet i 2021, beslutning nr." in words(response)
    assert [given.money(case) for case in cases] == [
        {(pool.number, 2021): (100_000, 300_000, 0)},
        {(pool.number, 2021): (0, 250_000, 0)},
    ]


def test_an_unticked_case_gets_nothing(pool, cases):
    board = as_role(Role.BOARD)
    form = form_on(board.get(address(pool)), has="plan")
    form.pop(f"tick_{cases[0].pk}")
    confirmed = board.post(address(pool), form | {"step": "preview"})
    assert "Der udmøntes 250.000 kr. i 2021 til 1 businesscase." in words(confirmed)
    board.post(address(pool), form_on(confirmed, has="plan") | {"step": "act"})
    assert given.money(cases[0]) == {(pool.number, 2021): (400_000, 0, 0)}
    assert given.money(cases[1]) == {(pool.number, 2021): (0, 250_000, 0)}


def test_other_amounts_than_those_confirmed_are_asked_again(pool, cases):
    board = as_role(Role.BOARD)
    form = form_on(board.get(address(pool)), has="plan")
    typed = form | {f"amount_{cases[0].pk}": "1.000", "step": "act"}
    response = board.post(address(pool), typed)
    assert "Beløbene er ikke dem, der blev vist." in words(response)
    assert "Der udmøntes 251.000 kr. i 2021" in words(response)
    assert not Decision.objects.filter(kind=DecisionKind.ALLOCATION).exists()
    board.post(address(pool), form_on(response, has="plan") | {"step": "act"})
    assert given.money(cases[0]) == {(pool.number, 2021): (399_000, 1_000, 0)}


def test_when_the_money_has_moved_the_new_figures_are_shown(pool, cases):
    board = as_role(Role.BOARD)
    form = shown(board, pool)
    given.cut(pool, 2021, 50_000)
    response = board.post(address(pool), form)
    assert response.status_code == 422
    assert "Pengene har flyttet sig" in words(response) or "300.000 kr. er til rådighed" in words(response)
    assert not Decision.objects.filter(kind=DecisionKind.ALLOCATION).exists()
    board.post(address(pool), form_on(response, has="plan") | {"step": "act"})
    assert Decision.objects.filter(kind=DecisionKind.ALLOCATION).count() == 1


def test_a_case_that_got_its_money_while_the_form_was_read_is_offered_and_not_chosen(pool, cases):
    before = allocation_rows(pool, 2021, given.board())
    key = before[0].case.pk
    form = AllocationForm(before[:1], {f"tick_{key}": "on", f"amount_{key}": "1.000", "plan": "", "seen": ""})
    form.is_valid()
    form.offer(before)
    assert [row.case.pk for row in form.rows] == [row.case.pk for row in before]
    assert form[f"amount_{key}"].value() == "1.000"
    assert not form[f"tick_{before[1].case.pk}"].value()
    assert form.amounts() == {key: 1_000}


@pytest.mark.parametrize("left", [None, ""])
def test_a_post_without_the_figures_it_was_shown_is_asked_again(pool, cases, left):
    board = as_role(Role.BOARD)
    form = shown(board, pool)
    form.pop("seen")
    response = board.post(address(pool), form if left is None else form | {"seen": left})
    assert response.status_code == 422
    assert "Pengene er flyttet, siden tallene blev vist." in words(response)
    assert not Decision.objects.filter(kind=DecisionKind.ALLOCATION).exists()
    board.post(address(pool), form_on(response, has="plan") | {"step": "act"})
    assert Decision.objects.filter(kind=DecisionKind.ALLOCATION).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("400.001", "Der er højst reserveret 400.000 kr. til sagen."),
        ("", "Skriv et beløb, eller fjern krydset."),
        ("12.34", ""),
        ("0", "Skriv 1 eller mere."),
        ("-5", "Skriv 1 eller mere."),
    ],
)
def test_a_refused_amount_is_told_at_its_row_and_keeps_what_was_typed(pool, cases, typed, said):
    board = as_role(Role.BOARD)
    form = form_on(board.get(address(pool)), has="plan") | {f"amount_{cases[0].pk}": typed, "step": "act"}
    response = board.post(address(pool), form | {"text": "Første rate"})
    assert response.status_code == 422
    assert said in words(response)
    kept = form_on(response, has="plan")
    assert kept[f"amount_{cases[0].pk}"] == [typed]
    assert kept["text"] == ["Første rate"]
    assert kept["operation"] == form["operation"]
    assert given.money(cases[1]) == {(pool.number, 2021): (250_000, 0, 0)}


def test_a_double_post_allocates_once(pool, cases):
    board = as_role(Role.BOARD)
    form = shown(board, pool)
    first, second = board.post(address(pool), form), board.post(address(pool), form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Decision.objects.filter(kind=DecisionKind.ALLOCATION).count() == 1


def test_who_wrote_the_case_is_told_to_leave_it_to_another(pool, cases):
    writer = factories.person(Role.BOARD, Role.STAFF)
    own = given.approved_case(
        pool, asked={2021: 100_000}, title="Egen sag", grants=[Grant(pool, 2021, 100_000)], owner=writer
    )
    page = words(client_of(writer).get(address(pool)))
    assert f"{writer} er eller har været projektejer eller medforfatter" in page
    assert f"amount_{own.pk}" not in client_of(writer).get(address(pool)).content.decode()


def test_a_case_that_waits_for_the_politicians_cannot_be_chosen(pool):
    given.approved_case(
        pool,
        asked={2021: 100_000, 2023: 50_000},
        grants=[Grant(pool, 2021, 100_000), Grant(pool, 2023, 0, 50_000)],
    )
    page = words(as_role(Role.BOARD).get(address(pool)))
    assert "Venter på politisk behandling" in page
    assert "Intet kan udmøntes i 2021" in page


def test_an_estimate_is_not_allocated(pool):
    page = words(as_role(Role.BOARD).get(f"/pool/{pool.pk}/years/2022/allocate/"))
    assert "Budgettet for 2022 er ikke vedtaget endnu." in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BOARD])
def test_only_the_board_allocates(pool, cases, role):
    client = as_role(role)
    assert client.get(address(pool)).status_code == 403
    assert client.post(address(pool), {"step": "act"}).status_code == 403


def test_statements_do_not_grow_with_the_cases(pool, cases):
    board = as_role(Role.BOARD)
    few = statements_of(board, address(pool))
    round_of_pool = given.a_round(pool)
    for number in range(15):
        given.approved_case(
            pool, asked={2021: 1_000}, title=f"Sag {number}", grants=[Grant(pool, 2021, 1_000)],
            round=round_of_pool,
        )  # fmt: skip
    assert statements_of(board, address(pool)) == few
