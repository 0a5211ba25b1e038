"""The headers every response carries, and what a proxy may say."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from innovation_pool.web.headers import content_security_policy
from innovation_pool.web.proxies import client_address, proxies_middleware

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
RESPONSES = [
    ("get", "/healthz", {}, 200),
    ("get", "/accounts/login/", {}, 200),
    ("get", "/admin/", {}, 302),
    ("get", "/no-such-page", {}, 404),
    ("get", "/language/", {}, 405),
    ("post", "/language/", {}, 403),
    ("get", "/healthz", {"HTTP_HOST": "elsewhere.dk"}, 400),
    ("get", "/static/css/app.css", {}, 200),
    ("get", "/static/no-such.css", {}, 404),
]


@pytest.mark.parametrize(("method", "path", "extra", "status"), RESPONSES)
def test_every_response_carries_them(browser, method, path, extra, status):
    answer = getattr(browser, method)(path, **extra)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert len(answer.headers["X-Reference"]) == 9


def test_an_error_page_carries_them_too(browser, database_away):
    database_away()

    answer = browser.post("/language/", {"language": "en"}, **{"HTTP_COOKIE": "sessionid=old"})

    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


def test_what_is_behind_the_sign_in_is_not_stored_by_the_browser(client, karen):
    client.force_login(karen)

    assert client.get("/no-such-page").headers["Cache-Control"] == "no-store"
    assert "no-store" in client.get("/accounts/password/change/").headers["Cache-Control"]


def test_over_https_the_browser_is_told_to_stay_there(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000

    assert (
        client.get("/healthz", secure=True)
        .headers["Strict-Transport-Security"]
        .startswith("max-age=31536000")
    )


def test_the_issuer_of_single_sign_on_may_be_posted_to(settings):
    settings.OIDC_ISSUER = "https://login.kommune.dk/adfs"

    assert "form-action 'self' https://login.kommune.dk;" in content_security_policy()


# -- Proxies ---------------------------------------------------------------------------------------
def seen(settings, trusted, address, says_client):
    """Client address, and what is left of the proxy's word on the scheme, after the middleware."""
    settings.TRUSTED_PROXIES = trusted
    told = {"HTTP_X_FORWARDED_FOR": says_client, "HTTP_X_FORWARDED_PROTO": "https"}
    request = RequestFactory().get("/", REMOTE_ADDR=address, **told)
    proxies_middleware(lambda request: request)(request)
    return request.META["REMOTE_ADDR"], request.META.get("HTTP_X_FORWARDED_PROTO")


def test_a_strangers_word_is_not_taken(settings):
    assert seen(settings, networks("10.0.0.0/8"), "203.0.113.9", "10.9.9.9") == ("203.0.113.9", None)


def test_our_own_proxy_is_believed(settings):
    assert seen(settings, networks("10.0.0.0/8"), "10.0.0.5", "198.51.100.7") == ("198.51.100.7", "https")


CHAINS = [
    ("10.0.0.5", "198.51.100.7, 10.0.0.9", "198.51.100.7"),
    ("10.0.0.5", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
    ("10.0.0.5", "nonsense", "10.0.0.5"),
    ("10.0.0.5", "", "10.0.0.5"),
    ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
    ("10.0.0.5", "2001:db8::7", "2001:db8::7"),
]


@pytest.mark.parametrize(("nearest", "forwarded", "client"), CHAINS)
def test_the_client_is_the_first_that_our_proxies_do_not_vouch_against(settings, nearest, forwarded, client):
    settings.TRUSTED_PROXIES = networks("10.0.0.0/8")

    assert client_address(nearest, forwarded) == client


def test_a_proxy_behind_a_socket_file_is_believed_when_it_is_named(settings):
    assert seen(settings, ("unix",), "", "198.51.100.7") == ("198.51.100.7", "https")
    assert seen(settings, (), "", "198.51.100.7") == ("", None)


def networks(*written):
    return tuple(ip_network(text) for text in written)
