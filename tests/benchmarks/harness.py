"""Measures pages side by side: rounds in which every page has its turn, medians, and the ratio to the floor.

Requests go through the whole application in this process (middleware, view, template, database); only
the web server's own socket is left out, of the floor too.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings

from innovation_pool.accounts.models import User
from tests.benchmarks import floor
from tests.counting import counted

ADDRESS = "127.0.0.1"


@dataclass
class Page:
    """Something that is measured: a name, how it is done once, and what speed.md allows it."""

    name: str
    run: Callable[..., object]
    limit: float | None = None
    statements: int | None = None
    rows: int | None = None
    # What must be done first each time, and is not measured; `run` gets what it gives.
    prepare: Callable[[], object] | None = None
    times: list[float] = field(default_factory=list)
    counted: object = None
    size: int = 0

    def ready(self) -> tuple:
        return (self.prepare(),) if self.prepare else ()

    @property
    def ms(self) -> float:
        return statistics.median(self.times) * 1000

    def over(self, unit: float) -> list[str]:
        """What is more than allowed."""
        found = []
        if self.limit and self.ms / unit > self.limit:
            found.append("time")
        if self.statements and self.counted.statements > self.statements:
            found.append("statements")
        if self.rows and self.counted.rows > self.rows:
            found.append("rows")
        return found


def application() -> WSGIHandler:
    """The application with every middleware."""
    return WSGIHandler()


def bare() -> WSGIHandler:
    """The same addresses behind sessions and sign-in only, for the floor."""
    with override_settings(MIDDLEWARE=floor.MIDDLEWARE):
        return WSGIHandler()


class Visitor:
    """Somebody signed in, who asks for pages."""

    def __init__(self, username: str, handler: WSGIHandler):
        client = Client()
        client.force_login(User.objects.get(username=username))
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self.handler = handler
        self.factory = RequestFactory(
            SERVER_NAME=ADDRESS, HTTP_COOKIE=self.cookies, HTTP_ACCEPT_LANGUAGE="da", HTTP_HOST=ADDRESS
        )

    def get(self, address: str) -> bytes:
        """The body of a page; anything but 200 ends the measurement."""
        status, body = self._answer(self.factory.get(address).environ)
        if not status.startswith("200"):
            raise SystemExit(f"{address}: {status}")
        return body

    def post(self, address: str, values: dict) -> bytes:
        """The answer to a form that was sent; 2xx and 3xx are both an answer."""
        token = "x" * 32
        environ = self.factory.post(address, values | {"csrfmiddlewaretoken": token}).environ
        environ["HTTP_COOKIE"] += f"; {settings.CSRF_COOKIE_NAME}={token}"
        environ["HTTP_ORIGIN"] = settings.BASE_URL
        status, body = self._answer(environ)
        if status[0] not in "23":
            raise SystemExit(f"{address}: {status}")
        return body

    def _answer(self, environ: dict) -> tuple[str, bytes]:
        said = []
        answer = self.handler(environ, lambda status, headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        return said[0], body


def measure(pages: list[Page], rounds: int) -> None:
    """Runs every page once in each round; the first two rounds warm up and count."""
    for page in pages:
        page.run(*page.ready())
        given = page.ready()
        with counted() as found:
            body = page.run(*given)
        page.counted, page.size = found, len(body or b"")
    gc.collect()
    for _round in range(rounds):
        for page in pages:
            given = page.ready()
            began = time.perf_counter()
            page.run(*given)
            page.times.append(time.perf_counter() - began)


def print_table(pages: list[Page], unit: float) -> None:
    """One line a page; `unit` is the floor in milliseconds."""
    print(f"{'page':44} {'statements':>10} {'rows':>6} {'kB':>6} {'ms':>8} {'× floor':>8} {'limit':>6}")
    for page in pages:
        limit = f"{page.limit:.2f}" if page.limit else "–"
        over = ", ".join(page.over(unit))
        print(
            f"{page.name:44} {page.counted.statements:>10} {page.counted.rows:>6} {page.size / 1000:>6.1f} "
            f"{page.ms:>8.2f} {page.ms / unit:>8.2f} {limit:>6}  {'OVER: ' + over if over else ''}".rstrip()
        )
