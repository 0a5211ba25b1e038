"""The ways to lose what was typed in the editor of a case, without its script: none loses a character."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests import factories
from tests.businesscases import editing
from tests.ground.conftest import PASSWORD, browser, database_away, sendable_form, token_of  # noqa: F401

pytestmark = pytest.mark.django_db
# What a careless program changes: signs, quotes, entities, line breaks, blanks inside, æ ø å and beyond.
TEXT = "Æblegrød & <b>mere</b> “citat” 'x' \\ %s {{ y }}\r\n\r\n  indryk\tså, ½ × 3 − 1 😀 &amp; slut"


@pytest.fixture
def case():
    return factories.case(description="Som det var.")


@pytest.fixture
def writer(browser, case):  # noqa: F811
    """A person who has the editor open, with the token of the page."""
    sign_in(browser, case.owner)
    return browser


def address(case) -> str:
    return f"/businesscases/{case.reference}/edit/"


def sign_in(client: Client, person) -> None:
    page = client.get("/accounts/login/")
    typed = {"csrfmiddlewaretoken": token_of(page), "login": person.username, "password": PASSWORD}
    assert client.post("/accounts/login/", typed).status_code == 302


def typed_in(client: Client, case, **changes) -> dict:
    """Everything the open editor would post, with the token it was given, and what was typed since."""
    page = client.get(address(case))
    return editing.fields_of(page.content.decode()) | {
        "csrfmiddlewaretoken": token_of(page),
        "description": TEXT,
        "do": "save",
        **changes,
    }


def sent_again(client: Client, refused, status: int) -> None:
    """Sends the form that the refusal answered with, as it stands."""
    assert refused.status_code == status
    target, fields = sendable_form(refused)
    again = client.post(target, fields)
    assert again.status_code == 302, again.content.decode()[:2000]


def shown_in(answer) -> str:
    """What stands in the description on the page that came back."""
    return editing.fields_of(answer.content.decode()).first("description")


def assert_kept(case, text: str = TEXT) -> None:
    case.refresh_from_db()
    assert case.description == text.replace("\r\n", "\n")


def test_a_field_in_error_does_not_hold_the_others_back(writer, case):
    line = case.lines.first()
    cell = editing.name_of(line, "year_1")
    refused = writer.post(address(case), typed_in(writer, case, **{cell: ["halvtreds tusind"]}))

    assert_kept(case)
    assert editing.fields_of(refused.content.decode()).first(cell) == "halvtreds tusind"


def test_an_expired_session(writer, case):
    typed = typed_in(writer, case)
    Session.objects.all().delete()

    refused = writer.post(address(case), typed)
    carried = refused.context["kept"].as_json()
    sign_in_again = {"login": case.owner.username, "password": PASSWORD, "kept_post": carried}
    signed_in = writer.post("/accounts/login/", sign_in_again | {"csrfmiddlewaretoken": token_of(refused)})

    assert refused.status_code == 403
    sent_again(writer, signed_in, 200)
    assert_kept(case)


def test_signing_in_anew_in_another_tab(writer, case):
    typed = typed_in(writer, case)
    writer.post("/accounts/logout/", {"csrfmiddlewaretoken": typed["csrfmiddlewaretoken"]})
    sign_in(writer, case.owner)

    sent_again(writer, writer.post(address(case), typed), 403)

    assert_kept(case)


def test_signing_out_in_another_tab(writer, case):
    typed = typed_in(writer, case)
    writer.post("/accounts/logout/", {"csrfmiddlewaretoken": typed["csrfmiddlewaretoken"]})

    refused = writer.post(address(case), typed)
    assert refused.status_code == 403
    sign_in(writer, case.owner)
    _target, fields = sendable_form(refused)
    sent_again(writer, writer.post(address(case), fields), 403)

    assert_kept(case)


def test_somebody_else_has_signed_in_in_another_tab(writer, case):
    typed = typed_in(writer, case)
    writer.post("/accounts/logout/", {"csrfmiddlewaretoken": typed["csrfmiddlewaretoken"]})
    sign_in(writer, factories.person())

    refused = writer.post(address(case), typed)
    sign_out = {"csrfmiddlewaretoken": token_of(refused)}
    _target, fields = sendable_form(refused)
    answer = writer.post(address(case), fields)

    assert answer.status_code == 404, "a stranger may not even know that the case is there"
    assert_kept(case, "Som det var.")
    writer.post("/accounts/logout/", sign_out)
    sign_in(writer, case.owner)
    sent_again(writer, writer.post(address(case), fields), 403)
    assert_kept(case)


@pytest.mark.parametrize("token", ["", "x" * 64, "y" * 32])
def test_a_token_that_no_longer_holds(writer, case, token):
    typed = typed_in(writer, case, csrfmiddlewaretoken=token)

    sent_again(writer, writer.post(address(case), typed), 403)

    assert_kept(case)


def test_the_server_is_started_anew(writer, case, settings):
    typed = typed_in(writer, case)
    settings.SECRET_KEY = "another-key-than-before-the-restart"

    refused = writer.post(address(case), typed)
    assert refused.status_code == 403
    sign_in(writer, case.owner)
    _target, fields = sendable_form(refused)
    sent_again(writer, writer.post(address(case), fields), 403)

    assert_kept(case)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_away(writer, case, database_away):  # noqa: F811
    typed = typed_in(writer, case)
    come_back = database_away()
    refused = writer.post(address(case), typed)
    come_back()

    sent_again(writer, refused, 503)
    assert_kept(case)


def test_more_than_a_thousand_fields(writer, case):
    factories.EconomyLine.objects.bulk_create(
        factories.EconomyLine(
            case=case, kind="derived_operation", text=f"Linje {number}", payer="own", order=number
        )
        for number in range(20, 120)
    )
    typed = typed_in(writer, case)

    assert sum(len(value) if isinstance(value, list) else 1 for value in typed.values()) > 1_001
    assert writer.post(address(case), typed).status_code == 302
    assert_kept(case)


def test_five_megabytes_come_back_whole(writer, case):
    long = "Æ" * (5 * 1024 * 1024 // 2)

    refused = writer.post(address(case), typed_in(writer, case, description=long))

    assert refused.status_code == 422
    assert shown_in(refused) == long
    assert "tegn" in refused.content.decode()


def test_the_language_is_changed_in_another_tab(writer, case):
    typed = typed_in(writer, case)
    token = typed["csrfmiddlewaretoken"]
    writer.post("/language/", {"language": "en", "csrfmiddlewaretoken": token, "operation": f"{uuid4()}"})

    assert writer.post(address(case), typed).status_code == 302
    assert_kept(case)


def test_back_to_a_page_from_before_the_save_and_save_again(writer, case):
    before = typed_in(writer, case, description="Først.")
    assert writer.post(address(case), before).status_code == 302
    later = before | {"description": "Først.\r\n" + TEXT}

    answer = writer.post(address(case), later)

    if answer.status_code == 302:
        assert_kept(case, later["description"])
    else:
        assert shown_in(answer) == later["description"]


def test_two_tabs_with_the_same_field(writer, case):
    one, other = typed_in(writer, case), typed_in(writer, case, description="Den anden fane.")
    assert writer.post(address(case), one).status_code == 302

    clash = writer.post(address(case), other)

    assert_kept(case)
    assert shown_in(clash) == "Den anden fane."


def test_two_tabs_with_each_its_field(writer, case):
    one, other = typed_in(writer, case), typed_in(writer, case)
    other |= {"description": "Som det var.", "measurement": "Kørte km"}
    assert writer.post(address(case), one).status_code == 302
    assert writer.post(address(case), other).status_code == 302

    assert_kept(case)
    assert case.measurement == "Kørte km"
