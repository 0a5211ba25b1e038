"""What every visit to a page in a real browser looks at: names, contrast, console, width and focus."""

from dataclasses import dataclass, field

from tests.browser.conftest import WCAG, expected

WIDTHS = (1280, 390)
# Everything the Tab key can reach and that is shown, focused as by the keyboard; what shows no focus.
WITHOUT_FOCUS = """() => {
    const reached = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const shown = (element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled;
    const marked = (element) => {
        element.focus({focusVisible: true, preventScroll: true});
        if (document.activeElement !== element) return true;
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const lacking = [...document.querySelectorAll(reached)]
        .filter((element) => shown(element) && element.tabIndex >= 0 && !marked(element))
        .map((element) => element.outerHTML.slice(0, 160));
    document.activeElement.blur();
    window.scrollTo(0, 0);
    return lacking;
}"""
# What reaches past the right edge of the window and makes the page scroll sideways.
STICKS_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .map((element) => element.outerHTML.slice(0, 160));
    return [`${document.documentElement.scrollWidth} px wide`, ...wide.slice(0, 5)];
}"""


@dataclass
class Visit:
    """One tab that is looked at page by page; what is wrong is gathered, so that all of it is told."""

    tab: object
    axe: object
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.tab.on("console", self._listen)
        self.tab.on("pageerror", lambda error: self._fault("script", f"{error}"))

    def look(self, *, focus: bool = True) -> None:
        """Looks at the page as it stands, at the width it has."""
        if not self.tab.evaluate("!!window.axe"):
            self.tab.evaluate(self.axe.axe_script)
        found = self.tab.evaluate("options => axe.run(options).then((all) => all.violations)", WCAG)
        for fault in found:
            for node in fault["nodes"]:
                self._fault(f"axe {fault['id']}", node["html"][:200])
        for words in self.tab.evaluate(STICKS_OUT):
            self._fault("sideways", words)
        if focus:
            for words in self.tab.evaluate(WITHOUT_FOCUS):
                self._fault("no focus", words)

    def look_at_both_widths(self) -> None:
        """Looks at the page on a desk and on a telephone, and leaves it at the desk."""
        for width in reversed(WIDTHS):
            self.tab.set_viewport_size({"width": width, "height": 900})
            self.look(focus=width == WIDTHS[0])

    def _listen(self, said) -> None:
        if said.type in {"error", "warning"} and not expected(said.text):
            self._fault("console", said.text)

    def _fault(self, kind: str, words: str) -> None:
        width = (self.tab.viewport_size or {}).get("width")
        self.faults.append(f"{self.tab.url} at {width}: {kind}: {words}")


def sign_in(tab, username: str, password: str) -> None:
    """Signs in through the page, as a person does."""
    tab.goto("/accounts/login/")
    tab.locator("#id_login").fill(username)
    tab.locator("#id_password").fill(password)
    tab.locator("#id_password").press("Enter")
    tab.wait_for_url(lambda url: "/accounts/login/" not in url)
