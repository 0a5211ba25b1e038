"""Every page that a person can get to by links, for each person of the demo, in a real browser."""

from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import Resolver404, resolve

from pool.demo.people import PASSWORD
from pool.demo.seed import seed
from tests.browser.visiting import Visit, sign_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql",
        reason="the walk through every page looks at markup, which is the same: it is taken on SQLite",
    ),
]
LINKS = """() => [...document.querySelectorAll("a[href]")]
    .filter((link) => link.origin === location.origin)
    .map((link) => link.pathname + link.search)"""
PEOPLE = ("medarbejder", "oekonomi", "sekretariat", "direktion", "revision", "administrator")
# Files, the framework's own pages, and what would sign the visitor out.
NOT_PAGES = (".xlsx", ".csv", ".jsonl", ".docx", ".zip", ".ics")
NOT_OURS = ("/admin/", "/accounts/logout/", "/static/")
# The pages nobody may be without, by the person who needs them.
NEEDED = {
    "medarbejder": {"overview", "businesscases:case-list", "businesscases:case-edit", "pool:pool-detail"},
    "oekonomi": {"overview", "pool:pool-detail", "pool:movement-list", "pool:budget-sheets"},
    "sekretariat": {"overview", "pool:meeting-list", "pool:meeting-detail", "businesscases:case-detail"},
    "direktion": {"overview", "pool:meeting-detail", "pool:allocate", "pool:pool-detail"},
    "revision": {"overview", "audit:entry-list", "pool:movement-list"},
    "administrator": {"overview"},
}


def name_of(address: str) -> str | None:
    """The page that the address leads to, one name for all cases, meetings and years; None for a file."""
    path = urlsplit(address).path
    if path.startswith(NOT_OURS) or path.endswith(NOT_PAGES):
        return None
    try:
        found = resolve(path)
    except Resolver404:
        return path
    return " ".join(
        [found.view_name, *(found.kwargs[key] for key in ("act", "action") if key in found.kwargs)]
    )


def links_on(tab) -> list[str]:
    """Where the links of the page lead, within the site and without the place on the page."""
    return list(dict.fromkeys(tab.evaluate(LINKS)))


def test_every_page(live_server, chromium, subtests):
    """One test: the demo takes seconds to tell, and is told once for everybody."""
    seed(lambda line: None)
    for username in PEOPLE:
        with subtests.test(username):
            visit, seen = walk(chromium, live_server.url, username)
            assert visit.faults == []
            assert NEEDED[username] <= seen


def walk(chromium, url: str, username: str) -> tuple[Visit, set[str]]:
    """Follows every link from the front page to a page not seen yet; what is wrong, and what was seen."""
    screen = {"width": 1280, "height": 900}
    window = chromium.new_context(base_url=url, locale="da-DK", viewport=screen)
    visit = Visit(window.new_page(), import_module("axe_playwright_python.sync_playwright").Axe())
    sign_in(visit.tab, username, PASSWORD)
    waiting, seen = ["/"], {"overview"}
    while waiting:
        address = waiting.pop(0)
        answer = visit.tab.goto(address)
        if answer.status != 200:
            visit.faults.append(f"{address} is answered with {answer.status}")
            continue
        visit.look_at_both_widths()
        for link in links_on(visit.tab):
            name = name_of(link)
            if name and name not in seen:
                seen.add(name)
                waiting.append(link)
    window.close()
    return visit, seen
