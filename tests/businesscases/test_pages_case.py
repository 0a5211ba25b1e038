"""The page of a case: who reads what of it, its figures, its way, its discussion, and what it costs."""

from datetime import date, timedelta
from html import unescape

import pytest

from businesscases import discussion
from businesscases.case_page import CasePage
from businesscases.models import Comment, Document, State
from businesscases.workflow import CaseAction
from innovation_pool import clock
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from innovation_pool.refusals import Refusal
from pool import decisions
from tests import factories
from tests.businesscases.pages import counted, signed_in, typed
from tests.pool import given

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
PARTS = ("", "print/", "history/", "hearing/", "versions/", "versions/1/", "versions/1..1/")


def page_of(case) -> str:
    return f"/businesscases/{case.reference}/"


def read(person, case, part="") -> str:
    response = signed_in(person).get(f"{page_of(case)}{part}")
    assert response.status_code == 200
    return unescape(response.content.decode())


# --- Who reads it ---------------------------------------------------------------------------------


def test_a_draft_is_404_for_everybody_but_its_writers():
    owner = factories.person()
    case = factories.case(owner=owner)
    assert case.title in read(owner, case)
    for role in Role:
        client = signed_in(factories.person(role))
        for part in (*PARTS, "writers/", "act/submit/", "act/withdraw/", "endorse/1/", "comments/"):
            assert client.get(f"{page_of(case)}{part}").status_code == 404, (role, part)
            assert client.post(f"{page_of(case)}{part}", typed(text="x")).status_code == 404, (role, part)
    assert Comment.objects.count() == 0


def test_a_submitted_case_is_404_for_staff_who_have_no_part_in_it():
    case = factories.case(State.SUBMITTED)
    client = signed_in(factories.person())
    assert {client.get(f"{page_of(case)}{part}").status_code for part in PARTS} == {404}
    for role in (Role.FINANCE, Role.SECRETARIAT, Role.BOARD, Role.AUDITOR):
        assert case.title in read(factories.person(role), case)


def test_an_approved_case_is_open_to_all_staff_without_what_was_said_of_it():
    pool = given.a_pool({2021: 3_000_000, 2022: 3_000_000, 2023: 3_000_000}, first_year=2021)
    case = given.approved_case(pool)
    board = factories.person(Role.BOARD)
    discussion.add_comment(case, by=board, text="Fortroligt ord mellem os")
    stranger = factories.person()
    assert "Fortroligt ord mellem os" in read(board, case)
    assert "Fortroligt ord mellem os" not in read(stranger, case)
    assert signed_in(stranger).get(f"{page_of(case)}versions/").status_code == 404
    refused = signed_in(stranger).post(f"{page_of(case)}comments/", typed(text="Må jeg være med?"))
    assert refused.status_code == 403
    assert Comment.objects.count() == 1


def test_others_read_the_frozen_version_while_the_writers_mend_the_next():
    owner = factories.person()
    case = factories.case(State.RETURNED, owner=owner)
    case.description = "Helt ny tekst under rettelse"
    case.title = "Nyt navn"
    case.save()
    assert "Helt ny tekst under rettelse" in read(owner, case)
    for part in PARTS[:-1]:
        text = read(factories.someone(Role.FINANCE), case, part)
        assert "Helt ny tekst under rettelse" not in text
        assert "Nyt navn" not in text


def test_a_confidential_document_is_named_to_handlers_and_not_to_all_staff():
    pool = given.a_pool({2031: 3_000_000, 2032: 3_000_000, 2033: 3_000_000}, first_year=2031)
    case = factories.case(round=given.a_round(pool), start_year=2031)
    for name, confidential in (("aaben.pdf", False), ("hemmelig.pdf", True)):
        Document.objects.create(
            case=case, name=name, content_type="application/pdf", size=10, sha256="0" * 64,
            stored_as=name, confidential=confidential, uploaded_by=case.owner,
        )  # fmt: skip
    factories.advance(case, State.READY)
    given.approve(case, decisions.suggested_grants(case))
    stranger, finance = factories.person(), factories.someone(Role.FINANCE)
    for part in ("", "print/"):
        assert "hemmelig.pdf" in read(finance, case, part)
        text = read(stranger, case, part)
        assert "aaben.pdf" in text
        assert "hemmelig.pdf" not in text


# --- What it says ---------------------------------------------------------------------------------


def test_the_key_figures_are_those_of_the_version():
    case = factories.case(State.SUBMITTED)
    text = read(factories.someone(Role.FINANCE), case)
    year = case.start_year
    for words in (
        '<dd class="figure">1,9 <small>mio. kr.</small></dd>',
        f'<dd class="note">2,39{NBSP}mio.{NBSP}kr. investeret i alt</dd>',
        '<dd class="figure">4,12 <small>mio. kr.</small></dd>',
        f'<dd class="note">varig årlig effekt 1,66{NBSP}mio.{NBSP}kr.</dd>',
        '<dd class="figure">3,44 <small>mio. kr.</small></dd>',
        f'<dd class="note">3,5{NBSP}%, første år ikke tilbagediskonteret</dd>',
        f'<dd class="figure">{year + 3}</dd>',
        f'<dd class="note">efter 3,5{NBSP}år · intern rente 44,4{NBSP}%</dd>',
        f"Det giver 1,84{NBSP}mio.{NBSP}kr. i nettogevinst. Tilbagebetalt efter 4,5{NBSP}år.",
    ):
        assert words in text


def test_the_six_year_table_is_exact_to_the_cell():
    case = factories.case(State.SUBMITTED)
    table = CasePage(factories.someone(Role.FINANCE), case).table
    assert [
        (group.name, [(row.line.text, row.cells, row.total) for row in group.lines]) for group in table.groups
    ] == [
        (
            "Anlæg",
            [
                (
                    "Koordineringssystem og bilsensorer",
                    (-900_000, -700_000, -300_000, None, None, None),
                    -1_900_000,
                ),
                ("Projektledelse", (-150_000, -100_000, None, None, None, None), -250_000),
            ],
        ),
        (
            "Drift",
            [
                ("Oplæring og omlægning af ruter", (-160_000, -80_000, None, None, None, None), -240_000),
                (
                    "Licenser og kørselskoordinator",
                    (-120_000, -180_000, -240_000, -240_000, -240_000, -240_000),
                    -1_260_000,
                ),
                ("Færre kørte kilometer", (None, 260_000, 520_000, 640_000, 640_000, 640_000), 2_700_000),
                ("14 færre leasede biler", (None, 360_000, 720_000, 960_000, 960_000, 960_000), 3_960_000),
                ("Færre taxaregninger", (None, None, 210_000, 300_000, 300_000, 300_000), 1_110_000),
            ],
        ),
    ]
    assert [(row.line.text, row.total) for row in table.beside] == [("Frigjort tid", 1_350_000)]
    assert table.net == (-1_330_000, -440_000, 910_000, 1_660_000, 1_660_000, 1_660_000)
    assert table.cumulative == (-1_330_000, -1_770_000, -860_000, 800_000, 2_460_000, 4_120_000)
    assert (table.costs, table.gains, table.net_gain) == (-3_650_000, 7_770_000, 4_120_000)
    assert sum(row.net for row in table.by_year) == table.net_gain


def test_what_the_pool_has_stands_beside_what_is_asked():
    pool = given.a_pool({2031: 1_500_000, 2032: 500_000}, first_year=2031)
    case = factories.case(State.SUBMITTED, round=given.a_round(pool), start_year=2031)
    text = read(factories.someone(Role.FINANCE), case)
    assert '<tr><th scope="row">2031</th><td class="strong">900</td><td>1.500</td><td>600</td></tr>' in text
    assert (
        '<td class="strong">700</td><td>500</td><td class="short">−200<small class="word bad">mangler' in text
    )
    assert (
        '<td class="strong">300</td><td></td><td class="short">−300<small class="word bad">uden dækning'
        in text
    )
    assert "2 år mangler dækning." in text


# --- Where it stands ------------------------------------------------------------------------------

STRAIGHT = [
    "Kladde",
    "Indsendt",
    "Økonomikontrol",
    "Høring",
    "Til beslutning",
    "Godkendt",
    "I gang",
    "Afsluttet",
]


@pytest.mark.parametrize(
    ("state", "looks", "now", "number"),
    [
        (State.DRAFT, ["now", *["next"] * 7], "Kladde", 1),
        (State.SUBMITTED, ["done", "done", "now", *["next"] * 5], "Økonomikontrol", 3),
        (State.CHECKED, [*["done"] * 3, "now", *["next"] * 4], "Høring", 4),
        (State.IN_HEARING, [*["done"] * 3, "now", *["next"] * 4], "Høring", 4),
        (State.READY, [*["done"] * 4, "now", *["next"] * 3], "Til beslutning", 5),
    ],
)
def test_a_case_on_its_way_shows_eight_steps(state, looks, now, number):
    case = factories.case(state)
    way = CasePage(case.owner, case).way
    assert [step.name for step in way.steps] == STRAIGHT
    assert [step.look for step in way.steps] == looks
    # Nobody is heard on the way of these cases, and no day is shown as that of a hearing.
    assert (way.steps[3].note == "ingen høring") == (number > 4)
    assert (way.now, way.number) == (now, number)


@pytest.mark.parametrize(
    ("state", "names", "last"),
    [
        (State.RETURNED, ["Kladde", "Indsendt", "Retur", "Økonomikontrol", "Høring"], False),
        (State.POSTPONED, [*STRAIGHT[:4], "Udsat", "Til beslutning"], False),
        (State.REJECTED, [*STRAIGHT[:5], "Afvist"], True),
        (State.WITHDRAWN, ["Kladde", "Indsendt", "Trukket tilbage"], True),
    ],
)
def test_a_side_exit_stands_where_it_happened(state, names, last):
    case = factories.case(state)
    way = CasePage(case.owner, case).way
    assert [step.name for step in way.steps][: len(names)] == names
    [exit_step] = [step for step in way.steps if step.look == "exit"]
    assert (exit_step.state, exit_step.last) == (state.value, last)
    assert len(way.steps) == (len(names) if last else 8)


def test_one_primary_button_and_the_rest_behind_more():
    case = factories.case(State.SUBMITTED)
    for person, primary, others in (
        (factories.someone(Role.FINANCE), CaseAction.CONFIRM_FIGURES, [CaseAction.RETURN]),
        (factories.someone(Role.SECRETARIAT), None, [CaseAction.RETURN]),
        (case.owner, None, [CaseAction.WITHDRAW]),
        (factories.person(Role.AUDITOR), None, []),
    ):
        page = CasePage(person, case)
        assert (page.primary and page.primary.action) == primary
        assert [row.action for row in page.others] == others
        assert read(person, case).count("btn-primary") == (1 if primary else 0)


def test_the_filled_button_is_what_can_be_done_now():
    secretariat = factories.someone(Role.SECRETARIAT)
    heard = factories.case(State.IN_HEARING)
    at_hearing = f'<a class="btn btn-primary" href="{page_of(heard)}hearing/">Indtast svarene</a>'
    assert at_hearing in read(secretariat, heard)
    heard.hearings.update(deadline=clock.today() - timedelta(days=1))
    page = read(secretariat, heard)
    assert (at_hearing in page, page.count("btn-primary"), "act/close-hearing/" in page) == (False, 1, True)
    running = given.started_case(given.a_pool(adopted={2021: 500_000}))
    page = read(running.owner, running)
    assert f'<a class="btn btn-primary" href="{page_of(running)}status-report/">' in page
    assert (page.count("btn-primary"), "act/report-finished/" in page) == (1, True)


def test_what_cannot_be_done_says_who_can_and_why_not_oneself():
    case = factories.case(State.SUBMITTED)
    text = read(factories.someone(Role.BOARD), case)
    assert "<dt>Kontrol af tallene</dt><dd>Økonomi</dd>" in text
    both = factories.person(Role.STAFF, Role.FINANCE, name="Den Begge")
    own = factories.case(State.SUBMITTED, owner=both)
    assert "Den Begge er eller har været" in read(both, own)


# --- The discussion -------------------------------------------------------------------------------


def test_a_remark_and_its_answer_stand_together_and_can_be_resolved():
    case = factories.case(State.SUBMITTED)
    board, owner = factories.someone(Role.BOARD), case.owner
    assert signed_in(board).post(f"{page_of(case)}comments/", typed(text="Holder tallet?", section="economy"))
    question = Comment.objects.get()
    assert (question.section, question.by, question.text) == ("economy", board, "Holder tallet?")
    signed_in(owner).post(f"{page_of(case)}comments/", typed(text="Ja, det gør det.", answers=question.pk))
    [thread] = discussion.discussion_of(case).threads
    assert [reply.text for reply in thread.replies] == ["Ja, det gør det."]
    address = f"{page_of(case)}comments/{question.pk}/"
    assert signed_in(board).post(address, typed(resolved="1")).status_code == 302
    question.refresh_from_db()
    assert question.resolved_by == board
    assert f"Afklaret af {board}" in read(owner, case)
    signed_in(owner).post(address, typed())
    question.refresh_from_db()
    assert question.resolved_at is None


def test_a_remark_sent_twice_is_one_remark():
    case = factories.case(State.SUBMITTED)
    client = signed_in(case.owner)
    form = typed(text="Kun én gang")
    answers = [client.post(f"{page_of(case)}comments/", form) for _time in range(2)]
    assert [answer.url for answer in answers] == [f"{page_of(case)}#comment-{Comment.objects.get().pk}"] * 2


def test_who_is_mentioned_is_told_and_who_may_not_read_it_is_refused():
    case = factories.case(State.SUBMITTED)
    finance = factories.person(Role.FINANCE, name="Anne Marie Lund", username="amlund")
    factories.person(name="Uden Adgang")
    client = signed_in(case.owner)
    client.post(f"{page_of(case)}comments/", typed(text="Se her, @anne marie lund, skriv til a@b.dk"))
    assert [mention.person for mention in Comment.objects.get().mentions.all()] == [finance]
    assert (
        OutboxMail.objects.filter(kind="mentioned").values_list("address", flat=True).get() == finance.email
    )
    refused = client.post(f"{page_of(case)}comments/", typed(text="Hvad siger @Uden Adgang?"))
    assert refused.status_code == 422
    text = unescape(refused.content.decode())
    assert "Uden Adgang må ikke læse sagen og kan derfor ikke nævnes på den." in text
    assert ">\nHvad siger @Uden Adgang?</textarea>" in text
    assert Comment.objects.count() == 1


def test_an_answer_to_a_remark_of_another_case_is_refused_and_kept():
    case, other = factories.case(State.SUBMITTED), factories.case(State.SUBMITTED)
    foreign = discussion.add_comment(other, by=other.owner, text="Et andet sted")
    response = signed_in(case.owner).post(
        f"{page_of(case)}comments/", typed(text="Mit svar", answers=foreign.pk)
    )
    assert response.status_code == 422
    assert ">\nMit svar</textarea>" in response.content.decode()
    assert signed_in(case.owner).post(f"{page_of(case)}comments/{foreign.pk}/", typed()).status_code == 404


def test_the_auditor_reads_the_discussion_and_writes_nothing():
    case = factories.case(State.SUBMITTED)
    discussion.add_comment(case, by=case.owner, text="Et åbent ord")
    auditor = factories.person(Role.AUDITOR)
    text = read(auditor, case)
    assert "Et åbent ord" in text
    assert "comments/" not in text
    with pytest.raises(Refusal):
        discussion.add_comment(case, by=auditor, text="Nej")


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "1' --", "\0", "٣"])
def test_no_address_breaks_the_page(value):
    case = factories.case(State.SUBMITTED)
    client = signed_in(case.owner)
    for name in ("comments", "answers", "a", "b"):
        for part in ("", "versions/"):
            assert client.get(f"{page_of(case)}{part}", {name: value}).status_code == 200
    for action in ("nothing", "approve-all"):
        assert client.get(f"{page_of(case)}act/{action}/").status_code == 404


# --- What it costs --------------------------------------------------------------------------------


def busy_case():
    """Ready after a hearing, with comments: everything a page can show."""
    pool = given.a_pool({2031: 3_000_000, 2032: 3_000_000}, first_year=2031)
    case = factories.case(State.CHECKED, round=given.a_round(pool), start_year=2031)
    hearing = factories.open_hearing(case, factories.hearing_body(), factories.hearing_body())
    hearing.deadline = date(2020, 1, 1)
    type(hearing).objects.filter(pk=hearing.pk).update(deadline=hearing.deadline)
    for number in range(6):
        discussion.add_comment(case, by=case.owner, text=f"Indlæg {number}")
    return case


@pytest.mark.parametrize("role", [Role.BOARD, Role.FINANCE, Role.SECRETARIAT, Role.AUDITOR])
def test_the_page_costs_the_same_whatever_the_size_of_the_house(role, monkeypatch):
    case = busy_case()
    client = signed_in(factories.someone(role))
    client.get(page_of(case))
    with counted(monkeypatch) as few:
        assert client.get(page_of(case)).status_code == 200
    for _number in range(4):
        factories.case(State.SUBMITTED, round=case.round)
    for number in range(6):
        discussion.add_comment(case, by=case.owner, text=f"Mere {number}")
    with counted(monkeypatch) as many:
        client.get(page_of(case))
    assert many.statements == few.statements <= 14
    assert many.rows <= 150
    assert many.rows - few.rows == 6
