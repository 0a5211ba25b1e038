"""Each variable: what is taken, and the sentence for what is not."""

import os
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest

from innovation_pool.environment import Environment, Mail, Nonsense, local_secret_key

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "k7Q-x9fPz2mW4vB8nT1rY6uJ3hL5cD0aSgEoXiKqNwRtUyVbMp"
SMTP = "django.core.mail.backends.smtp.EmailBackend"

NETWORKS = (ip_network("10.0.0.5"), ip_network("10.1.0.0/16"))

TAKEN = [
    ("flag", "DEBUG", "1", True),
    ("flag", "DEBUG", "ja", True),
    ("flag", "DEBUG", "", False),
    ("flag", "DEBUG", "False", False),
    ("secret_key", "SECRET_KEY", GOOD_KEY, GOOD_KEY),
    ("hosts", "ALLOWED_HOSTS", "a.dk, b.dk", ["a.dk", "b.dk"]),
    ("hosts", "ALLOWED_HOSTS", ".kommune.dk", [".kommune.dk"]),
    ("hosts", "ALLOWED_HOSTS", "[::1]", ["[::1]"]),
    (
        "proxies",
        "TRUSTED_PROXIES",
        "10.0.0.5, 10.1.0.0/16",
        (ip_network("10.0.0.5"), ip_network("10.1.0.0/16")),
    ),
    ("proxies", "TRUSTED_PROXIES", "unix", ("unix",)),
    ("sign_on", "OIDC_ISSUER", "", None),
]
REFUSED = [
    ("flag", "DEBUG", "maybe", "DEBUG is 'maybe': write DEBUG=1 for yes or DEBUG=0 for no."),
    ("secret_key", "SECRET_KEY", "", "SECRET_KEY is missing"),
    ("secret_key", "SECRET_KEY", "secret", "too easy to guess"),
    ("secret_key", "SECRET_KEY", "a" * 60, "too easy to guess"),
    ("secret_key", "SECRET_KEY", "django-insecure-" + GOOD_KEY, "too easy to guess"),
    ("hosts", "ALLOWED_HOSTS", "https://a.dk", "without https:// and without a port"),
    ("hosts", "ALLOWED_HOSTS", "a.dk:443", "without https:// and without a port"),
    ("proxies", "TRUSTED_PROXIES", "proxy.kommune.dk", "write addresses or networks"),
    ("proxies", "TRUSTED_PROXIES", "10.0.0.1/16", "write addresses or networks"),
    ("sign_on", "OIDC_ISSUER", "https://login.test", "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET missing"),
]
BASE_URLS = [
    ("https://pulje.kommune.dk/", "https://pulje.kommune.dk"),
    ("https://pulje.kommune.dk:8443", "https://pulje.kommune.dk:8443"),
    ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("http://localhost", "http://localhost"),
]
BASE_URLS_REFUSED = [
    ("", "BASE_URL is missing"),
    ("pulje.kommune.dk", "with https:// in front"),
    ("https://", "with https:// in front"),
    ("https://pulje.kommune.dk/pulje", "with nothing after the host"),
    ("http://pulje.kommune.dk", "sign-in over plain http is not safe"),
]
DATABASES_REFUSED = [
    ("mysql://a@b/c", "begins with 'mysql'"),
    ("innovation", "begins with 'innovation'"),
    ("sqlite://", "names no file"),
    ("postgres://user@host:5432/", "names no database"),
]
MAILS = [
    ("console:", Mail("django.core.mail.backends.console.EmailBackend")),
    ("file:///var/mail", Mail("django.core.mail.backends.filebased.EmailBackend", folder="/var/mail")),
    ("smtp://mail.dk", Mail(SMTP, host="mail.dk", port=25)),
    ("smtp+tls://a%40b:p%2Fw@mail.dk", Mail(SMTP, "mail.dk", 587, "a@b", "p/w", tls=True)),
    ("smtps://mail.dk:2465", Mail(SMTP, "mail.dk", 2465, ssl=True)),
]


@pytest.mark.parametrize(("read", "name", "value", "expected"), TAKEN)
def test_what_is_taken(read, name, value, expected):
    environment = Environment({name: value})

    assert (environment.flag(name) if read == "flag" else getattr(environment, read)()) == expected


@pytest.mark.parametrize(("read", "name", "value", "sentence"), REFUSED)
def test_what_is_refused_names_the_variable_and_says_how_to_write_it(read, name, value, sentence):
    environment = Environment({name: value})

    with pytest.raises(Nonsense) as refusal:
        environment.flag(name) if read == "flag" else getattr(environment, read)()

    assert sentence in f"{refusal.value}"
    assert name in f"{refusal.value}"


@pytest.mark.parametrize(("value", "expected"), BASE_URLS)
def test_addresses_that_are_taken(value, expected):
    assert Environment({"BASE_URL": value}).base_url("", plain_http_anywhere=False) == expected


@pytest.mark.parametrize(("value", "sentence"), BASE_URLS_REFUSED)
def test_addresses_that_are_refused(value, sentence):
    with pytest.raises(Nonsense, match=sentence):
        Environment({"BASE_URL": value}).base_url("", plain_http_anywhere=False)


def test_the_demo_may_use_plain_http_anywhere():
    read = Environment({"BASE_URL": "http://10.0.0.7:8000"}).base_url("", plain_http_anywhere=True)

    assert read == "http://10.0.0.7:8000"


@pytest.mark.parametrize(("value", "sentence"), DATABASES_REFUSED)
def test_databases_that_are_refused(value, sentence):
    with pytest.raises(Nonsense, match=sentence):
        Environment({"DATABASE_URL": value}).database_url("sqlite:////srv/a")


@pytest.mark.parametrize(
    "value", ["sqlite:////srv/a.sqlite3", "postgres://u:p@h:5432/d", "postgres:///d?host=/run"]
)
def test_databases_that_are_taken(value):
    assert Environment({"DATABASE_URL": value}).database_url("sqlite:////srv/a") == value


@pytest.mark.parametrize(("value", "expected"), MAILS)
def test_mail_servers_that_are_taken(value, expected):
    assert Environment({"EMAIL_URL": value}).mail("console:") == expected


@pytest.mark.parametrize("value", ["mail.dk", "http://mail.dk", "smtp://", "smtp://u:hemmeligt@mail.dk:port"])
def test_a_refused_mail_server_is_not_repeated_for_it_may_hold_a_password(value):
    with pytest.raises(Nonsense) as refusal:
        Environment({"EMAIL_URL": value}).mail("console:")

    assert "hemmeligt" not in f"{refusal.value}"


def test_single_sign_on_needs_https():
    values = {"OIDC_ISSUER": "http://login.test", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}

    with pytest.raises(Nonsense, match="with https:// in front"):
        Environment(values).sign_on()


def test_the_local_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret-key"
    first = local_secret_key(file)

    assert local_secret_key(file) == first
    assert Environment({"SECRET_KEY": first}).secret_key() == first
    assert oct(file.stat().st_mode & 0o777) == "0o600"


# -- The settings as a whole, in a process of their own --------------------------------------------
SHOW = """
from django.conf import settings as s
for name in {names!r}:
    print(name, "=", getattr(s, name))
"""
PRODUCTION = {
    "SECRET_KEY": GOOD_KEY,
    "BASE_URL": "https://pulje.kommune.dk",
    "DATABASE_URL": "postgres://u:p@db:5432/pulje",
}


def settings_with(variables: dict[str, str], *names: str) -> tuple[int, str]:
    """Exit code and output of a process that prints these settings under this environment alone."""
    bare = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    environment = {**bare, "DJANGO_SETTINGS_MODULE": "innovation_pool.settings", **variables}
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(names=names)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_in_production_cookies_belong_to_the_host_and_travel_encrypted():
    code, output = settings_with(
        PRODUCTION, "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"
    )

    assert (code, output.splitlines()) == (
        0,
        [
            "SESSION_COOKIE_NAME = __Host-sessionid",
            "CSRF_COOKIE_NAME = __Host-csrftoken",
            "SESSION_COOKIE_SECURE = True",
            "CSRF_COOKIE_SECURE = True",
        ],
    )


def test_the_demo_turns_that_off():
    code, output = settings_with(
        {"DEMO": "1"}, "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS"
    )

    assert (code, output.splitlines()) == (
        0,
        ["SESSION_COOKIE_NAME = sessionid", "SESSION_COOKIE_SECURE = False", "SECURE_HSTS_SECONDS = 0"],
    )


def test_postgresql_waits_three_seconds_for_a_lock_and_fifteen_for_an_answer():
    _code, output = settings_with(PRODUCTION, "DATABASES")

    assert "-c lock_timeout=3000 -c statement_timeout=15000" in output


def test_a_server_without_a_secret_key_does_not_start():
    code, output = settings_with({"BASE_URL": "https://pulje.kommune.dk"}, "SECRET_KEY")

    assert code == 1
    assert output.splitlines()[-1].startswith(
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is missing: make one with"
    )


def test_a_management_command_ends_with_the_sentence_alone():
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], **PRODUCTION, "DEBUG": "perhaps"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (
        1,
        "DEBUG is 'perhaps': write DEBUG=1 for yes or DEBUG=0 for no.\n",
    )


def test_djangos_own_list_for_production_finds_nothing():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
