"""Danish, whatever the browser says, until somebody chooses."""

import pytest

pytestmark = pytest.mark.django_db
ENGLISH_BROWSER = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def language_of(answer) -> tuple[str, bool]:
    """What the page says it is in, and whether it has the Danish heading."""
    return answer.headers["Content-Language"], "Siden findes ikke" in answer.content.decode()


def test_an_english_browser_gets_danish(client):
    assert language_of(client.get("/no-such-page", **ENGLISH_BROWSER)) == ("da", True)


def test_who_is_not_signed_in_chooses_by_a_cookie(client):
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/"})

    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert client.cookies["django_language"].value == "en"
    assert language_of(client.get("/no-such-page")) == ("en", False)


def test_the_choice_of_a_person_is_kept_on_the_account_and_wins_over_the_cookie(client, karen):
    client.force_login(karen)
    client.post("/language/", {"language": "en"})
    karen.refresh_from_db()
    client.cookies["django_language"] = "da"

    assert karen.language == "en"
    assert language_of(client.get("/no-such-page")) == ("en", False)


@pytest.mark.parametrize("language", ["", "de", "en'--", "../en"])
def test_a_language_that_is_not_offered_changes_nothing(client, karen, language):
    client.force_login(karen)
    client.post("/language/", {"language": language})
    karen.refresh_from_db()

    assert karen.language == "da"
    assert "django_language" not in client.cookies


@pytest.mark.parametrize("address", ["https://elsewhere.dk/", "//elsewhere.dk", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(client, address):
    assert client.post("/language/", {"language": "en", "next": address}).url == "/"


def test_one_persons_language_does_not_reach_the_next_request(client, karen):
    karen.language = "en"
    karen.save()
    client.force_login(karen)
    client.get("/no-such-page")
    client.logout()

    assert language_of(client.get("/no-such-page")) == ("da", True)
