"""The ways to lose what was typed in the editor while its script saves: none loses a character."""

import pytest
from django.contrib.sessions.models import Session

from tests import factories
from tests.browser.visiting import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "innovationspulje"
TEXT = "Æblegrød & <b>mere</b> “citat” 'x' {{ y }}\n\n  indryk på en ø 😀 &amp; slut"
AUTOSAVE = "**/edit/save/"


@pytest.fixture
def case():
    return factories.case(description="Som det var.")


@pytest.fixture
def editor(page, case):
    sign_in(page, case.owner.username, PASSWORD)
    open_description(page, case)
    return page


def open_description(tab, case) -> None:
    tab.goto(f"/businesscases/{case.reference}/edit/?section=description")


def assert_kept(case, text: str = TEXT) -> None:
    case.refresh_from_db()
    assert case.description == text


def saved_by_itself(tab) -> None:
    tab.locator("#saved", has_text="✓").wait_for()


def not_saved(tab) -> None:
    tab.locator("#saved", has_text="Ikke gemt").wait_for()


def test_it_saves_itself_and_the_back_button_brings_it_back(editor, case):
    editor.locator("#id_description").fill(TEXT)
    saved_by_itself(editor)
    assert_kept(case)

    editor.get_by_role("link", name="Vis sagen").click()
    editor.wait_for_url(f"**/{case.reference}/")
    editor.go_back()

    assert editor.locator("#id_description").input_value() == TEXT


def test_back_after_the_button_and_on_from_there(editor, case):
    editor.locator("#id_description").fill("Først.")
    with editor.expect_navigation():
        editor.locator("#section-description").get_by_role("button", name="Gem").click()
    editor.go_back()
    editor.locator("#id_description").fill(TEXT)
    with editor.expect_navigation():
        editor.locator("#section-description").get_by_role("button", name="Gem").click()

    shown = editor.locator("#id_description").input_value()
    case.refresh_from_db()
    assert TEXT in (shown, case.description)
    assert shown == TEXT


def test_whoever_leaves_at_once_has_saved(editor, case):
    editor.locator("#id_description").fill(TEXT)
    editor.get_by_role("link", name="Vis sagen").click()
    editor.wait_for_url(f"**/{case.reference}/")
    open_description(editor, case)

    assert editor.locator("#id_description").input_value() == TEXT
    assert_kept(case)


def test_the_session_runs_out_while_one_types(editor, case):
    Session.objects.all().delete()
    editor.locator("#id_description").fill(TEXT)
    not_saved(editor)
    assert_kept(case, "Som det var.")

    with editor.expect_navigation():
        editor.locator("#section-description").get_by_role("button", name="Gem").click()
    editor.locator("#id_login").fill(case.owner.username)
    editor.locator("#id_password").fill(PASSWORD)
    with editor.expect_navigation():
        editor.locator("#id_password").press("Enter")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Send igen").click()

    assert_kept(case)
    assert editor.locator("#id_description").input_value() == TEXT


def test_the_net_is_away_and_comes_back(editor, case):
    editor.route(AUTOSAVE, lambda route: route.fulfill(status=499, body=""))
    editor.locator("#id_description").fill(TEXT)
    not_saved(editor)
    assert editor.locator("#id_description").input_value() == TEXT

    editor.unroute(AUTOSAVE)
    editor.locator("#id_description").press("End")
    editor.keyboard.type(".")
    saved_by_itself(editor)
    case.refresh_from_db()
    assert len(case.description) == len(TEXT) + 1


def test_two_tabs_change_the_same_field(editor, case):
    other = editor.context.new_page()
    open_description(other, case)
    editor.locator("#id_description").fill(TEXT)
    saved_by_itself(editor)

    other.locator("#id_description").fill("Den anden fane.")
    other.get_by_role("heading", name="To har ændret samme felt").wait_for()
    with other.expect_navigation():
        other.locator("#section-description").get_by_role("button", name="Gem").click()

    assert_kept(case)
    assert other.locator("#id_description").input_value() == "Den anden fane."
    assert "Æblegrød & <b>mere</b>" in other.locator("#section-description").inner_text()
