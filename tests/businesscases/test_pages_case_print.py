"""The print and the history of a case, and its smaller addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from businesscases.case_page import CasePage
from businesscases.models import State
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.pages import signed_in
from tests.businesscases.test_pages_case import read

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


# --- Print and history ----------------------------------------------------------------------------


def test_the_print_says_what_it_rests_on():
    case = factories.case(State.READY)
    text = read(factories.someone(Role.BOARD), case, "print/")
    today = timezone.localdate()
    assert f"{case.reference}, version 1" in text
    assert f"{case.price_level}-pl. Diskonteringsrente 3,5{NBSP}%, første år ikke tilbagediskonteret." in text
    assert "4 af 4 kriterier er opfyldt. Økonomi bekræftede tallene" in text
    assert f"Udskrevet {today.day}.{NBSP}" in text
    for label in ("Konsekvenser for service til borgerne", "Økonomi over seks år", "Finansiering fra puljen"):
        assert label in text


def test_the_history_tells_every_step_newest_first():
    case = factories.case(State.READY)
    page = CasePage(case.owner, case)
    assert [told.sentence for told in page.story] == [
        "Går videre uden høring",
        "Økonomi bekræftede tallene",
        "Indsendt",
        "Påbegyndt",
    ]
    text = read(case.owner, case, "history/")
    assert "Der er endnu intet konkret projekt." in text
    assert text.count("Tiltrådte version 1") == 2


def test_deadlines_of_a_postponed_case_are_said():
    case = factories.case(State.POSTPONED)
    assert f"1.{NBSP}september 2099" in read(case.owner, case)
    assert timezone.now() - case.created_at < timedelta(minutes=5)


def test_the_addresses_of_economy_and_documents_lead_to_where_they_are():
    case = factories.draft()
    at = f"/businesscases/{case.reference}/"
    writer, stranger = signed_in(case.owner), signed_in(factories.person())
    assert writer.get(f"{at}economy/").url == f"{at}edit/?section=economy#section-economy"
    assert writer.get(f"{at}documents/").url == f"{at}#documents"
    for part in ("economy/", "documents/"):
        assert stranger.get(f"{at}{part}").status_code == 404
    sent = factories.case(State.SUBMITTED)
    at = f"/businesscases/{sent.reference}/"
    for reader in (sent.owner, factories.person(Role.FINANCE)):
        assert signed_in(reader).get(f"{at}economy/").url == f"{at}#economy"
