"""Pages for what went wrong: Danish, with what to do next, and with what was typed."""

import io
import logging

import pytest
from django.test import Client

from tests.ground.conftest import sendable_form

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ground.raising_urls")]
OPERATION = "3f2b8c1e-55d0-4f0a-9d0e-0a4b1c2d3e4f"

REFUSALS = [
    ("/refused/", 422, "Det tog for lang tid"),
    ("/not-allowed/", 403, "Du er inhabil."),
    ("/too-late/", 409, "Sagen er flyttet."),
    ("/forbidden/", 403, "Din rolle giver ikke adgang."),
]


@pytest.fixture
def signed_in(karen):
    client = Client(raise_request_exception=False)
    client.force_login(karen)
    return client


@pytest.mark.parametrize(("path", "status", "sentence"), REFUSALS)
def test_a_refused_post_says_why_and_keeps_what_was_typed(signed_in, path, status, sentence):
    answer = signed_in.post(path, {"text": "Æblegrød", "operation": OPERATION})

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    action, fields = sendable_form(answer)
    assert (action, fields["text"], fields["operation"]) == (path, "Æblegrød", OPERATION)


@pytest.mark.parametrize(("path", "status", "sentence"), REFUSALS)
def test_a_refused_page_says_why(signed_in, path, status, sentence):
    answer = signed_in.get(path)

    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)


def test_an_id_used_before_shows_what_was_done_and_offers_a_new_form(signed_in):
    signed_in.post("/once/", {"text": "500", "operation": OPERATION})

    answer = signed_in.post("/once/", {"text": "700", "operation": OPERATION})

    assert answer.status_code == 409
    assert "Der er bogført 500 kr." in answer.content.decode()
    action, fields = sendable_form(answer)
    assert (action, fields["text"]) == ("/once/", "700")
    assert fields["operation"] != OPERATION


def test_what_we_did_wrong_gives_a_number_that_is_in_the_log(signed_in, caplog):
    with caplog.at_level(logging.ERROR, "django.request"):
        answer = signed_in.post("/broken/", {"text": "Æblegrød"})

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Der er ikke flyttet penge" in page
    assert "hemmelig detalje" not in page
    assert f"Fejlnummer {answer.headers['X-Reference']}" in page


def test_the_number_is_on_every_line_of_the_log(signed_in, monkeypatch):
    console = next(handler for handler in logging.getLogger().handlers if handler.get_name() == "console")
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)

    answer = signed_in.get("/broken/")

    line = next(line for line in written.getvalue().splitlines() if "django.request" in line)
    assert f"ERROR {answer.headers['X-Reference']} django.request: Internal Server Error" in line


def test_that_page_needs_no_database(signed_in, django_assert_num_queries):
    with django_assert_num_queries(2):
        # The session and the person, asked for before the view was reached.
        signed_in.get("/broken/")


@pytest.mark.parametrize("path", ["/no-such-page", "/businesscases/BC-2020-999/"])
def test_what_does_not_exist_says_what_to_do(signed_in, path):
    answer = signed_in.get(path)

    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.content.decode()
    assert 'name="q"' in answer.content.decode()


def test_too_many_passwords_lead_to_a_page_that_says_how_long_to_wait(karen):
    client = Client(raise_request_exception=False)
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": "karen", "password": "forkert"})

    answer = client.post("/accounts/login/", {"login": "karen", "password": "innovationspulje"})

    assert answer.status_code == 200
    assert "Vent fem minutter, og prøv igen." in answer.content.decode()
    assert "sessionid" not in client.cookies


def test_a_part_of_a_page_asked_for_after_sign_out_reloads_the_whole_page(client):
    answer = client.get("/forbidden/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Refresh"]) == (403, "true")
