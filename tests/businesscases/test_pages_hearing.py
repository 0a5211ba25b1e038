"""Hearings through the personal link and the secretariat, endorsements, and changes of writers."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from businesscases import hearings
from businesscases.models import CaseWriter, Document, Endorsement, Hearing, HearingAnswer, State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.pages import signed_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    made = factories.case()
    Document.objects.create(
        case=made, name="hemmelig.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        stored_as="x", confidential=True, uploaded_by=made.owner,
    )  # fmt: skip
    return factories.advance(made, State.IN_HEARING)


@pytest.fixture
def secretariat():
    return factories.someone(Role.SECRETARIAT)


def part_of(case):
    return case.hearings.get().parts.get()


def link_to(part, secretariat) -> str:
    return f"/hearing/{hearings.new_link(part, by=secretariat)}/"


# --- The personal link ----------------------------------------------------------------------------


def test_the_link_shows_that_hearings_material_without_an_account_and_nothing_else(case, secretariat):
    response = Client().get(link_to(part_of(case), secretariat))
    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert "Sagen og dens økonomi." in page
    assert case.title in page
    assert "−1.330" in page
    assert "no-store" in response["Cache-Control"]
    for hidden in ("hemmelig.pdf", "/businesscases/", "Tiltrædelse", "Kriterier"):
        assert hidden not in page


def test_one_answer_comes_in_and_can_be_changed_until_the_deadline(case, secretariat):
    part = part_of(case)
    link, client = link_to(part, secretariat), Client()
    form = typed(text="Vi er enige.", answered_by="Formanden")
    for _time in range(2):
        assert client.post(link, form).url == link
    assert HearingAnswer.objects.values_list("text", "answered_by", "entered_by").get() == (
        "Vi er enige.", "Formanden", None,
    )  # fmt: skip
    assert Entry.objects.filter(act="answer-hearing").count() == 1
    assert ">\nVi er enige.</textarea>" in client.get(link).content.decode()
    client.post(link, typed(text="Vi er enige, men …", answered_by="Formanden"))
    assert HearingAnswer.objects.get().text == "Vi er enige, men …"
    page = unescape(signed_in(case.owner).get(f"/businesscases/{case.reference}/").content.decode())
    assert "Vi er enige, men …" in page


@pytest.mark.parametrize("text", ["", "   ", "Borger 010170-1234", "x" * 20_001])
def test_a_refused_answer_is_given_back_whole(case, secretariat, text):
    response = Client().post(link_to(part_of(case), secretariat), typed(text=text, answered_by="Formanden"))
    assert response.status_code == 422
    assert f">\n{text}</textarea>" in unescape(response.content.decode())
    assert not HearingAnswer.objects.exists()


def test_the_link_dies_with_the_deadline_with_the_close_and_with_a_newer_link(case, secretariat):
    part = part_of(case)
    old, new = link_to(part, secretariat), link_to(part, secretariat)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    Hearing.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    gone = Client().get(new)
    assert gone.status_code == 404
    assert "Linket virker ikke længere" in gone.content.decode()
    assert Client().post(new, typed(text="For sent", answered_by="X")).status_code == 404
    Hearing.objects.update(deadline=timezone.localdate())
    assert Client().get(new).status_code == 200
    Hearing.objects.update(closed_at=timezone.now(), closed_by=secretariat)
    assert Client().get(new).status_code == 404
    assert not HearingAnswer.objects.exists()


@pytest.mark.parametrize("token", ["x", "æøå", "a" * 500, "%00", "..", "'--"])
def test_an_unknown_link_is_404(token):
    assert Client().get(f"/hearing/{token}/").status_code == 404


# --- The secretariat ------------------------------------------------------------------------------


def test_a_new_link_is_shown_once_and_stored_nowhere(case, secretariat):
    part = part_of(case)
    client = signed_in(secretariat)
    address = f"/businesscases/{case.reference}/hearing/{part.pk}/link/"
    form = typed()
    shown = client.post(address, form)
    link = shown.context["link"]
    assert link in shown.content.decode()
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    again = client.post(address, form)
    assert again.status_code == 302
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert link not in client.get(f"/businesscases/{case.reference}/hearing/").content.decode()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.BOARD, Role.AUDITOR])
def test_only_the_secretariat_enters_answers_and_makes_links(case, role):
    part = part_of(case)
    client = signed_in(factories.someone(role))
    base = f"/businesscases/{case.reference}/hearing/{part.pk}/"
    before = Entry.objects.count()
    assert client.get(base).status_code == 403
    assert client.post(base, typed(text="Nej", answered_by="Nej")).status_code == 403
    assert client.post(f"{base}link/", typed()).status_code == 403
    assert Entry.objects.count() == before
    assert "Indtast svaret" not in client.get(f"/businesscases/{case.reference}/hearing/").content.decode()


# --- Endorsements ---------------------------------------------------------------------------------


def endorse_page(row: Endorsement) -> str:
    return f"/businesscases/{row.version.case.reference}/endorse/{row.pk}/"


def test_a_benefit_owner_sees_the_own_lines_and_answers_once():
    owner_of_gains = factories.person(name="Gevinst Ejer")
    case = factories.case(State.SUBMITTED, benefit_owner=owner_of_gains)
    row = Endorsement.objects.get(person=owner_of_gains)
    client = signed_in(owner_of_gains)
    assert "Tag stilling til tallene" in client.get(f"/businesscases/{case.reference}/").content.decode()
    page = unescape(client.get(endorse_page(row)).content.decode())
    assert "14 færre leasede biler" in page
    assert "Koordineringssystem" not in page
    no = typed(endorsed="no", reason="")
    refused = client.post(endorse_page(row), no)
    assert refused.status_code == 422
    form = typed(endorsed="no", reason="Bilerne findes ikke.")
    for _time in range(2):
        assert client.post(endorse_page(row), form).status_code == 302
    row.refresh_from_db()
    assert (row.endorsed, row.reason) == (False, "Bilerne findes ikke.")
    assert client.post(endorse_page(row), typed(endorsed="yes")).status_code == 302
    row.refresh_from_db()
    assert row.endorsed is False
    finance = signed_in(factories.someone(Role.FINANCE)).get(f"/businesscases/{case.reference}/")
    assert "tiltræder ikke: Bilerne findes ikke." in unescape(finance.content.decode())


def test_nobody_answers_for_another():
    case = factories.case(State.SUBMITTED)
    row = Endorsement.objects.filter(version__case=case).first()
    for person in (case.owner, factories.someone(Role.FINANCE), factories.person()):
        assert signed_in(person).get(endorse_page(row)).status_code == 404
        assert signed_in(person).post(endorse_page(row), typed(endorsed="yes")).status_code == 404
    row.refresh_from_db()
    assert row.endorsed is None


# --- Who writes it --------------------------------------------------------------------------------


def writers_of(case) -> list[tuple[str, str]]:
    rows = CaseWriter.objects.filter(case=case, until=None).order_by("part")
    return [(row.part, row.person.name) for row in rows.select_related("person")]


def test_a_collaborator_is_added_by_name_and_leaves_again():
    owner, friend = factories.person(name="Anna Ejer"), factories.person(name="Bo Ven", username="boven")
    case = factories.draft(owner=owner)
    page = f"/businesscases/{case.reference}/writers/"
    client = signed_in(owner)
    unknown = client.post(page, typed(do="add", person="Findes Ikke"))
    assert unknown.status_code == 422
    assert 'value="Findes Ikke"' in unknown.content.decode()
    form = typed(do="add", person="bo ven")
    for _time in range(2):
        assert client.post(page, form).status_code == 302
    assert writers_of(case) == [("collaborator", "Bo Ven"), ("owner", "Anna Ejer")]
    writer = CaseWriter.objects.get(person=friend)
    stranger = signed_in(factories.person())
    assert stranger.post(page, typed(do="remove", writer=writer.pk)).status_code == 404
    assert signed_in(friend).post(page, typed(do="remove", writer=writer.pk)).status_code == 302
    assert writers_of(case) == [("owner", "Anna Ejer")]
    assert signed_in(friend).get(page).status_code == 404


def test_the_secretariat_hands_a_case_over_with_a_reason(secretariat):
    case = factories.case(State.SUBMITTED)
    factories.person(name="Ny Ejer")
    page = f"/businesscases/{case.reference}/writers/"
    client = signed_in(secretariat)
    assert client.post(page, typed(do="hand-over", to="Ny Ejer", reason="")).status_code == 422
    assert client.post(page, typed(do="hand-over", to="Ny Ejer", reason="Ny stilling")).status_code == 302
    assert writers_of(case) == [("owner", "Ny Ejer")]
    assert signed_in(factories.someone(Role.FINANCE)).get(page).status_code == 403


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "1' --", "\0", "٣"])
def test_no_post_breaks_the_page_of_writers(value):
    case = factories.draft()
    client = signed_in(case.owner)
    page = f"/businesscases/{case.reference}/writers/"
    for form in (
        {"do": value}, {"do": "remove", "writer": value}, {"do": "add", "person": value},
        {"do": "hand-over", "to": value, "reason": value},
    ):  # fmt: skip
        assert client.post(page, typed(**form)).status_code in (200, 404, 422)
    assert len(writers_of(case)) == 1


def test_what_comes_late_and_what_is_missing_after_the_deadline_is_seen(case, secretariat):
    part = part_of(case)
    hearing = part.hearing
    at, pages = f"/businesscases/{case.reference}/", ("", "hearing/", "print/")
    client = signed_in(secretariat)

    def shown(words: str) -> list[bool]:
        return [words in client.get(f"{at}{page}").content.decode() for page in pages]

    assert shown("Fristen er gået.") == shown("efter fristen") == [False] * 3
    type(hearing).objects.filter(pk=hearing.pk).update(deadline=hearing.deadline - timedelta(days=900))
    assert shown("Fristen er gået.") == [True, True, False]
    answered = typed(text="Vi er enige.", answered_by="Formanden")
    assert client.post(f"{at}hearing/{part.pk}/", answered).status_code == 302
    assert shown("Fristen er gået.") == [False] * 3
    assert shown("efter fristen") == [True] * 3
