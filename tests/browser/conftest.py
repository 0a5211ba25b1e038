"""A real browser. Where there is none, or no Playwright, the tests here are skipped, with the reason."""

import os
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
}


def chromium_path() -> str | None:
    """The browser of this machine: CHROMIUM in the environment, else one of the usual places."""
    for candidate in (os.environ.get("CHROMIUM", ""), *CANDIDATES):
        found = shutil.which(candidate) if candidate else None
        if found:
            return found
    return None


def why_not() -> str | None:
    """Why there can be no browser test here, or None."""
    if find_spec("playwright") is None:
        return "Playwright does not exist for this machine"
    if os.environ.get("CHROMIUM") and not Path(os.environ["CHROMIUM"]).exists():
        return f"CHROMIUM is {os.environ['CHROMIUM']}, where nothing is"
    if chromium_path() is None:
        return "no Chromium or Chrome found: install one, or set CHROMIUM to its path"
    return None


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    playwright = import_module("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A new window at the live server's address. The test fails if the console of any page complained."""
    screen = {"width": 1280, "height": 900}
    window = chromium.new_context(base_url=live_server.url, locale="en-GB", viewport=screen)
    tab = window.new_page()
    complaints: list[str] = []

    def listen(said):
        if said.type in {"error", "warning"}:
            complaints.append(said.text)

    tab.on("console", listen)
    tab.on("pageerror", lambda error: complaints.append(f"{error}"))
    yield tab
    window.close()
    assert [text for text in complaints if not expected(text)] == []


def expected(complaint: str) -> bool:
    """The browser notes every page that is answered with an error; those are tested for themselves."""
    return complaint.startswith("Failed to load resource: the server responded with a status of 4")


@pytest.fixture
def accessible():
    """A function that fails with what axe finds against WCAG 2.1 AA on the page as it is now."""
    axe = import_module("axe_playwright_python.sync_playwright").Axe()

    def check(tab) -> None:
        found = axe.run(tab, options=WCAG).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []

    return check
