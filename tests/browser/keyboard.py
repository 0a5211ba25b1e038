"""A person at the pages with the keyboard alone: Tab, Enter, Space and arrows, and what is typed."""

import time
from dataclasses import dataclass

from tests.browser.visiting import Visit

# What a screen reader would call the element in focus, on one line, without the marks of its label.
IN_FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    const labels = [...(element.labels || [])].map((label) => label.innerText).join(" ");
    const name = element.getAttribute("aria-label") || labels || element.innerText || "";
    return name.replace(/\\u00ad/g, "").replace(/\\(valgfri\\)|\\*/g, "").replace(/\\s+/g, " ").trim();
}"""
ON_A_SUMMARY = "document.activeElement.tagName === 'SUMMARY'"
WORDS = "document.body.innerText.replace(/\\s+/g, ' ')"
FARTHEST = 300
PATIENCE = 20


@dataclass
class Typist:
    """Somebody who never touches the mouse; every page they come to is looked at."""

    visit: Visit

    @property
    def tab(self):
        return self.visit.tab

    def go_to(self, name: str, *, back: bool = False) -> None:
        """Presses Tab until what is called this is in focus; fails when it never is."""
        passed = []
        for _ in range(FARTHEST):
            self.tab.keyboard.press("Shift+Tab" if back else "Tab")
            here = self.tab.evaluate(IN_FOCUS)
            if here == name or here.removeprefix("+ ") == name:
                return
            passed.append(here)
        raise AssertionError(f"Tab never comes to “{name}” at {self.tab.url}: {passed[:120]}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Goes to a link or button and presses it; the page it leads to is looked at."""
        self.go_to(name)
        with self.tab.expect_navigation():
            self.tab.keyboard.press(key)
        self.tab.wait_for_load_state("load")
        self.visit.look(focus=False)

    def type(self, name: str, text: str, *, back: bool = False) -> None:
        """Goes to a field and types in it, in place of what stands there."""
        self.go_to(name, back=back)
        self.write(text)

    def write(self, text: str) -> None:
        """Types where the focus is, in place of what stands there."""
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.type(text)

    def tick(self, name: str) -> None:
        self.go_to(name)
        self.tab.keyboard.press("Space")

    def unfold(self, name: str) -> None:
        """Goes to the summary of a part, whatever stands beside its name, and opens it where it is shut."""
        for _ in range(FARTHEST):
            self.tab.keyboard.press("Tab")
            if name in self.tab.evaluate(IN_FOCUS) and self.tab.evaluate(ON_A_SUMMARY):
                if not self.tab.evaluate("document.activeElement.parentElement.open"):
                    self.tab.keyboard.press("Enter")
                return
        raise AssertionError(f"Tab never comes to the part “{name}” at {self.tab.url}")

    def reads(self, text: str) -> None:
        """Waits until the text stands on the page, asking from outside: the page allows no eval."""
        until = time.monotonic() + PATIENCE
        while text not in (words := self.tab.evaluate(WORDS)):
            assert time.monotonic() < until, f"“{text}” never stands at {self.tab.url}: {words[:3000]}"
            self.tab.wait_for_timeout(100)
