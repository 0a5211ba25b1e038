"""A browser without a window, over a real connection: cookies, redirects, and connections that are lost."""

import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

# Longer than any lock, statement or restart of a server may take on a machine that is busy with more.
PATIENCE = 90


class Lost(Exception):
    """The connection ended without an answer: whoever sent a form does not know what became of it."""


@dataclass(frozen=True)
class Reply:
    """What came back, as Django's test client would give it."""

    status_code: int
    content: bytes
    location: str = ""
    redirect_chain: tuple = ()
    streaming: bool = False


class Stopwatch:
    """How long each answer took, in seconds, by what was asked."""

    def __init__(self):
        self.times: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def note(self, what: str, seconds: float) -> None:
        with self._lock:
            self.times.setdefault(what, []).append(seconds)


class Browser:
    """One person's browser; its cookies are those of every window of theirs."""

    def __init__(self, base: str, watch: Stopwatch):
        parts = urlsplit(base)
        self.host, self.port = parts.hostname, parts.port
        self.watch = watch
        self.cookies: dict[str, str] = {}

    def get(self, address: str, data=None, *, follow: bool = False) -> Reply:
        return self._sent("GET", address + (f"?{urlencode(data, doseq=True)}" if data else ""), None, follow)

    def post(self, address: str, data, *, follow: bool = False) -> Reply:
        return self._sent("POST", address, urlencode(data, doseq=True).encode("ascii"), follow)

    def _sent(self, method: str, address: str, body: bytes | None, follow: bool) -> Reply:
        reply, chain = self._asked(method, address, body), []
        while follow and reply.location:
            address = urljoin(address, reply.location)
            chain.append((address, reply.status_code))
            reply = self._asked("GET", address, None)
        return Reply(reply.status_code, reply.content, reply.location, tuple(chain))

    def _asked(self, method: str, address: str, body: bytes | None) -> Reply:
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        headers = {"Accept-Language": "da"}
        # A copy: another window of the same person may be given a cookie meanwhile.
        if cookies := dict(self.cookies):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise Lost(f"{method} {address}: {error!r}") from error
        finally:
            connection.close()
        self.watch.note(method, time.perf_counter() - began)
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return Reply(answer.status, content, answer.headers.get("Location", ""))
