"""Reads the settings that come from the environment, and refuses what makes no sense.

Knows nothing of Django. Every refusal names the variable, says what is wrong with its value and how
to write it; the value itself is repeated only where it cannot be a secret.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

YES = frozenset({"1", "true", "yes", "on", "ja"})
NO = frozenset({"", "0", "false", "no", "off", "nej"})
SECRET_KEY_LENGTH = 50
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
UNIX_SOCKET = "unix"

Network = IPv4Network | IPv6Network


class Nonsense(ValueError):
    """A variable that cannot be used; the text is a sentence for whoever starts the server."""


@dataclass(frozen=True)
class Mail:
    """Where mail goes, in the words of Django's EMAIL_… settings."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False
    folder: str = ""


class Environment:
    """The variables of one process. Empty and missing are the same."""

    def __init__(self, variables: Mapping[str, str]):
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value in YES:
            return True
        if value in NO:
            return False
        raise Nonsense(f"{name} is {value!r}: write {name}=1 for yes or {name}=0 for no.")

    def words(self, name: str) -> list[str]:
        """The parts between commas or blanks."""
        return self.text(name).replace(",", " ").split()

    def secret_key(self, name: str = "SECRET_KEY") -> str:
        value = self.text(name)
        how = (
            "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. "
            "To try the application on this machine, run: python3 run.py"
        )
        if not value:
            raise Nonsense(f"{name} is missing: {how}")
        if len(value) < SECRET_KEY_LENGTH or len(set(value)) < 5 or value.startswith("django-insecure"):
            raise Nonsense(
                f"{name} is too easy to guess, it needs {SECRET_KEY_LENGTH} random characters: {how}"
            )
        return value

    def database_url(self, default: str, name: str = "DATABASE_URL") -> str:
        url = self.text(name, default)
        scheme = url.partition(":")[0]
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            raise Nonsense(
                f"{name} begins with {scheme!r}: write postgres://user:password@host:5432/database, "
                "or sqlite:////folder/file.sqlite3 with four slashes."
            )
        if scheme == "sqlite" and not urlsplit(url).path.strip("/"):
            raise Nonsense(f"{name} names no file: write sqlite:////folder/file.sqlite3 with four slashes.")
        if scheme != "sqlite" and not urlsplit(url).path.strip("/"):
            raise Nonsense(f"{name} names no database: write postgres://user:password@host:5432/database.")
        return url

    def hosts(self, name: str = "ALLOWED_HOSTS") -> list[str]:
        found = self.words(name)
        for host in found:
            if "/" in host or (":" in host and not host.startswith("[")):
                raise Nonsense(
                    f"{name} contains {host!r}: write host names without https:// and without a port, "
                    "separated by commas, as in pulje.kommune.dk,pulje2.kommune.dk."
                )
        return found

    def base_url(self, default: str, plain_http_anywhere: bool, name: str = "BASE_URL") -> str:
        """The address people use, without a slash at the end."""
        url = self.text(name, default).rstrip("/")
        how = f"write {name}=https://pulje.kommune.dk"
        if not url:
            raise Nonsense(f"{name} is missing, and ALLOWED_HOSTS names no host to take it from: {how}.")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Nonsense(f"{name} is {url!r}: {how}, with https:// in front.")
        if parts.path or parts.query or parts.fragment:
            raise Nonsense(f"{name} is {url!r}: {how}, with nothing after the host.")
        if parts.scheme == "http" and not plain_http_anywhere and not is_loopback(parts.hostname):
            raise Nonsense(f"{name} is {url!r}: sign-in over plain http is not safe; {how}.")
        return url

    def proxies(self, name: str = "TRUSTED_PROXIES") -> tuple[Network | str, ...]:
        """The networks whose word on scheme and client address is taken; `unix` is a socket file."""
        return tuple(_network(word, name) for word in self.words(name))

    def mail(self, default: str, name: str = "EMAIL_URL") -> Mail:
        return _mail(self.text(name, default), name)

    def sign_on(self) -> tuple[str, str, str] | None:
        """Issuer, client id and client secret of the single sign-on, or None when there is none."""
        names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
        values = [self.text(name) for name in names]
        missing = [name for name, value in zip(names, values, strict=True) if not value]
        if len(missing) == len(names):
            return None
        if missing:
            raise Nonsense(f"{' and '.join(missing)} missing: single sign-on needs {', '.join(names)}.")
        issuer = values[0].rstrip("/")
        if urlsplit(issuer).scheme != "https" and not is_loopback(urlsplit(issuer).hostname or ""):
            raise Nonsense(f"OIDC_ISSUER is {issuer!r}: write the whole address, with https:// in front.")
        return issuer, values[1], values[2]


def is_loopback(host: str) -> bool:
    """Whether the host can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def local_secret_key(file: Path) -> str:
    """The secret key kept in a file of this checkout, made the first time it is asked for."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # Opened with "x": of two processes that start at once, one writes and the other reads.
        try:
            with file.open("x", encoding="ascii") as new:
                file.chmod(0o600)
                new.write(secrets.token_urlsafe(SECRET_KEY_LENGTH))
        except FileExistsError:
            pass
    return file.read_text(encoding="ascii").strip()


def _network(word: str, name: str) -> Network | str:
    if word == UNIX_SOCKET:
        return word
    try:
        return ip_network(word)
    except ValueError:
        raise Nonsense(
            f"{name} contains {word!r}: write addresses or networks separated by commas, "
            "as in 10.0.0.5,10.1.0.0/16, or unix for a socket file."
        ) from None


def _mail(url: str, name: str) -> Mail:
    backend = "django.core.mail.backends."
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Mail(backend + "console.EmailBackend")
    if parts.scheme == "file" and parts.path:
        return Mail(backend + "filebased.EmailBackend", folder=unquote(parts.path))
    if parts.scheme in {"smtp", "smtp+tls", "smtps"} and parts.hostname:
        try:
            port = parts.port
        except ValueError:
            raise Nonsense(f"{name} has a port that is no number: write smtp+tls://host:587.") from None
        wants_tls = parts.scheme == "smtp+tls" or parse_qs(parts.query).get("tls") == ["1"]
        return Mail(
            backend + "smtp.EmailBackend",
            host=parts.hostname,
            port=port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=wants_tls,
            ssl=parts.scheme == "smtps",
        )
    # The address is not repeated: it may hold a password.
    raise Nonsense(
        f"{name} cannot be read: write smtp+tls://user:password@host:587, smtps://host:465, smtp://host:25, "
        "file:///folder or console:."
    )
