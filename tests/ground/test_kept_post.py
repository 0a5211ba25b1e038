"""A post that cannot be taken is answered with what was typed, in a form that can be sent again."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from businesscases.models import State
from innovation_pool.accounts.models import User
from innovation_pool.web.kept_post import KeptPost
from tests import factories
from tests.ground.conftest import PASSWORD, sendable_form, token_of

OPERATION = "3f2b8c1e-55d0-4f0a-9d0e-0a4b1c2d3e4f"
# A page that is private and takes posts, whatever else there is.
PRIVATE = "/accounts/password/change/?from=menu"
TYPED = {
    "title": "Æblegrød & <b>mere</b>",
    "text": "to\r\nlinjer",
    "operation": OPERATION,
    "cells": ["1", "1,5"],
}

pytestmark = pytest.mark.django_db


def assert_kept(answer, status: int) -> dict[str, str]:
    """The page has everything, in a form to the same address with the same operation id and a token."""
    assert answer.status_code == status
    action, fields = sendable_form(answer)
    assert action == PRIVATE
    assert fields.pop("csrfmiddlewaretoken")
    assert fields == {**TYPED, "cells": "1,5"}
    page = answer.content.decode()
    assert page.count('name="cells"') == 2
    assert "Æblegrød &amp; &lt;b&gt;mere&lt;/b&gt;" in page
    assert "<b>mere" not in page
    # In the form that is sent again, and where a person reads it.
    assert "<li>Æblegrød &amp; &lt;b&gt;mere&lt;/b&gt;</li>" in page
    assert "<li>to<br>linjer</li>" in page
    return fields


def test_an_expired_session(client):
    answer = client.post(PRIVATE, TYPED)

    assert_kept(answer, 403)
    assert "Log ind, og send det, du skrev." in answer.content.decode()


def test_nothing_is_stored_for_a_stranger(client):
    client.post(PRIVATE, TYPED)

    assert Session.objects.count() == 0
    assert "sessionid" not in client.cookies


def test_signing_in_on_the_page_leads_back_to_what_was_typed_and_it_can_be_sent(browser, karen):
    kept = browser.post(PRIVATE, TYPED)
    sign_in = {"csrfmiddlewaretoken": token_of(kept), "login": "karen", "password": PASSWORD}

    signed_in = browser.post("/accounts/login/", {**sign_in, "kept_post": carried(kept)})
    assert_kept(signed_in, 200)
    _action, fields = sendable_form(signed_in)
    sent = browser.post(PRIVATE, fields)

    assert sent.status_code == 200
    assert sent.context["user"] == karen


def test_a_wrong_password_keeps_it_too(browser, karen):
    kept = browser.post(PRIVATE, TYPED)
    sign_in = {"csrfmiddlewaretoken": token_of(kept), "login": "karen", "password": "forkert"}

    answer = browser.post("/accounts/login/", {**sign_in, "kept_post": carried(kept)})

    assert_kept(answer, 200)
    assert "forkert" not in answer.content.decode()
    assert "Brugernavnet eller adgangskoden er ikke rigtig" in answer.content.decode()


def test_sign_in_in_another_tab_changes_the_token(browser, karen):
    page = browser.get("/accounts/login/")
    old_token = token_of(page)
    browser.post(
        "/accounts/login/", {"csrfmiddlewaretoken": old_token, "login": "karen", "password": PASSWORD}
    )

    refused = browser.post(PRIVATE, {**TYPED, "csrfmiddlewaretoken": old_token})
    assert_kept(refused, 403)
    _action, fields = sendable_form(refused)

    assert browser.post(PRIVATE, fields).status_code == 200


def test_sign_out_in_another_tab(browser, karen):
    browser.force_login(karen)
    token = token_of(browser.get(PRIVATE))
    browser.post("/accounts/logout/", {"csrfmiddlewaretoken": token})

    assert_kept(browser.post(PRIVATE, {**TYPED, "csrfmiddlewaretoken": token}), 403)


@pytest.mark.parametrize(
    "told",
    [{"HTTP_ORIGIN": "https://elsewhere.dk"}, {"HTTP_ORIGIN": "null"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}],
)
def test_text_from_another_site_gets_no_button_of_ours(browser, told):
    answer = browser.post(PRIVATE, TYPED, **told)

    assert answer.status_code == 403
    assert "blegrød" not in answer.content.decode()


def test_a_password_is_never_on_the_page(browser):
    answer = browser.post(PRIVATE, {"oldpassword": "hemmelig-kode", "title": "Æblegrød"})

    assert "hemmelig-kode" not in answer.content.decode()


def test_files_are_named_for_they_must_be_attached_again(client):
    answer = client.post(PRIVATE, {**TYPED, "file": SimpleUploadedFile("Bilag 1.pdf", b"%PDF")})

    assert "Vedhæft dem igen: Bilag 1.pdf" in answer.content.decode()


def test_a_thousand_fields_and_a_long_text_are_kept(client):
    many = {f"cell-{number}": f"{number}" for number in range(2500)}
    answer = client.post(PRIVATE, {**many, "text": "æ" * 1_000_000})

    _action, fields = sendable_form(answer)

    assert {name: fields[name] for name in many} == many
    assert len(fields["text"]) == 1_000_000


def test_what_is_too_much_even_so_gets_a_page_that_says_what_to_do(browser, karen):
    browser.force_login(karen)
    answer = browser.post(PRIVATE, {"text": "a" * (10 * 1024 * 1024 + 1)})

    assert answer.status_code == 413
    assert "forkort den længste tekst" in answer.content.decode()


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "carried_text",
    [
        "",
        "[]",
        '["//elsewhere.dk/", [["a","b"]], []]',
        '["https://elsewhere.dk/", [["a","b"]], []]',
        "{",
        '["/nope", [], []]',
    ],
)
def test_a_sign_in_carries_nothing_that_leads_elsewhere(client, karen, carried_text):
    sign_in = {"login": "karen", "password": PASSWORD, "kept_post": carried_text}

    answer = client.post("/accounts/login/", sign_in)

    assert (answer.status_code, answer.url) == (302, "/")


def test_a_database_that_is_away(browser, database_away):
    database_away()

    answer = browser.post(PRIVATE, TYPED, HTTP_COOKIE="sessionid=of-somebody")

    assert_kept(answer, 503)
    assert "Databasen svarer ikke" in answer.content.decode()
    assert answer.headers["Retry-After"] == "5"


def test_a_page_when_the_database_is_away_is_danish_and_says_what_to_do(browser, database_away):
    database_away()

    answer = browser.get(PRIVATE, HTTP_COOKIE="sessionid=of-somebody")

    assert answer.status_code == 503
    assert "Vent et øjeblik, og genindlæs siden." in answer.content.decode()
    assert answer.headers["X-Reference"] in answer.content.decode()


def test_health_says_so_too(browser, database_away):
    database_away()

    answer = browser.get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"database away\n")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept", [True, False])
def test_a_database_that_went_away_while_it_committed(kept, monkeypatch):
    case = factories.case(State.SUBMITTED)
    client = Client(raise_request_exception=False)
    client.force_login(case.owner)
    wrapper = connections["default"]
    commit = wrapper.commit

    def go_away():
        if kept:
            commit()
        raise OperationalError("server closed the connection unexpectedly")

    typed = {"reason": "Vi gør det på en anden måde.", "operation": OPERATION}
    with monkeypatch.context() as patch:
        patch.setattr(wrapper, "commit", go_away)
        answer = client.post(f"/businesscases/{case.reference}/act/withdraw/", typed)

    assert answer.status_code == 503
    assert "Det er ikke sikkert, at det blev gennemført." in answer.content.decode()
    action, fields = sendable_form(answer)
    assert (fields["reason"], fields["operation"]) == (typed["reason"], OPERATION)
    steps = case.events.filter(to_state=State.WITHDRAWN)
    assert steps.count() == kept
    assert client.post(action, fields).status_code == 302
    assert steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_took_too_long(karen, settings):
    client = Client(raise_request_exception=False)
    client.force_login(karen)
    held, done = threading.Event(), threading.Event()

    def hold_the_row():
        with transaction.atomic():
            User.objects.filter(pk=karen.pk).update(title="Konsulent")
            held.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold_the_row)
    holder.start()
    held.wait(10)
    be_impatient()
    answer = client.post("/language/", {"language": "en", "operation": OPERATION})
    done.set()
    holder.join()

    assert answer.status_code == 503
    assert "Det tog for lang tid" in answer.content.decode()
    action, fields = sendable_form(answer)
    assert (action, fields["language"], fields["operation"]) == ("/language/", "en", OPERATION)
    karen.refresh_from_db()
    assert karen.language == "da"


def be_impatient():
    """Waits a tenth of a second for a lock on this connection, so that the test is not slow."""
    statement = {"sqlite": "PRAGMA busy_timeout = 100", "postgresql": "SET lock_timeout = 100"}[
        connection.vendor
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement)


def carried(answer) -> str:
    """What the sign-in form of the page carries."""
    return answer.context["kept"].as_json()


READINGS = [
    ("Æblegrød", "text"),
    ("grød", "text"),
    ("to ord", "text"),
    ("Digital visitation i hjemmeplejen", "text"),
    ("1.250.000", "figure"),
    ("−5", "figure"),
    ("1,5", "figure"),
    ("24-11-2026", "figure"),
    ("2021", "figure"),
    ("3", None),
    ("", None),
    ("   ", None),
    ("investment", None),
    ("on", None),
    (OPERATION, None),
    ("/businesscases/", None),
]


@pytest.mark.parametrize(("value", "kind"), READINGS)
def test_the_page_shows_what_a_person_wrote_and_not_the_codes_of_the_form(value, kind):
    kept = KeptPost("/", (("field", value),))

    assert kept.texts == ([value] if kind == "text" else [])
    assert kept.figures == ([value] if kind == "figure" else [])
