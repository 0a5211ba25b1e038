"""A person at the pages without a browser: reads, follows links, fills fields by label, presses buttons.

Everything is found by the words on the page, so a link, a label or a button that is not there fails the
test. The client checks tokens and sends forms as a browser does, with the button that was pressed.
"""

import re
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html

PASSWORD = "innovationspulje"
ANSWERED = (200, 422)


def plain(text: str) -> str:
    """Words with single plain spaces."""
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", "")).strip()


class Walker:
    """A person who is signed in through the page, with the page they look at."""

    def __init__(self, person=None):
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.person = person
        self.address, self.answer, self.page = "/", None, None
        self.files: dict[str, list] = {}
        if person:
            self.open("/")
            self.fill({"Brugernavn eller e-mail": person.username, "Adgangskode": PASSWORD})
            self.press("Log ind")

    # ---- Reading ----------------------------------------------------------------------------------
    @property
    def words(self) -> str:
        """The page as it is read."""
        body = self.page.find("body")
        silent = "ancestor::script or ancestor::style or ancestor::datalist or ancestor::*[@hidden]"
        return plain(" ".join(body.xpath(f".//text()[not({silent})]")))

    def sees(self, *texts: str) -> None:
        """Fails unless every text stands on the page."""
        words = self.words
        for text in texts:
            assert text in words, f"{self.person} does not read “{text}” at {self.address}:\n{words}"

    def sees_not(self, *texts: str) -> None:
        words = self.words
        for text in texts:
            assert text not in words, f"{self.person} reads “{text}” at {self.address}"

    def offers(self, words: str) -> bool:
        """Whether the page has a link or a button with the words."""
        return bool(self._links(words) or self._buttons(words))

    def shown(self, label: str) -> str:
        """What stands in the field with the label."""
        return value_of(self._field(label))

    # ---- Going ------------------------------------------------------------------------------------
    def open(self, address: str, status: int = 200) -> None:
        self._take(self.client.get(address, follow=True), address, status)

    def follow(self, words: str, *, near: str = "", status: int = 200) -> None:
        """Follows the first link with the words; `near` is a text of the row or part it stands in."""
        links = self._links(words)
        if near:
            links = [link for link in links if stands_near(link, near)]
        assert links, f"{self.person} finds no link “{words}” {near} at {self.address}:\n{self.words}"
        self.open(urljoin(self.address, links[0].get("href")), status)

    def download(self, words: str) -> bytes:
        """The file that the button with the words leads to."""
        answer, target = self._send(words, "")
        assert answer.status_code == 200, f"{answer.status_code} at {target}"
        return b"".join(answer) if answer.streaming else answer.content

    # ---- Writing ----------------------------------------------------------------------------------
    def fill(self, typed: dict, within: str = "") -> None:
        """Types in fields by their labels: text, a choice by its words, True or False for a tick.

        `within` is the beginning of the fields' names, where a page has several rows of the same fields.
        """
        for label, value in typed.items():
            self._fill(self._field(label, within), label, value)

    def tick_all(self, label: str) -> int:
        """Ticks every box whose label begins with the words; how many there are."""
        boxes = [
            box
            for box in self.page.xpath("//label//input[@type='checkbox']")
            if plain(box.xpath("string(ancestor::label)")).startswith(label)
        ]
        for box in boxes:
            box.set("checked", "checked")
        return len(boxes)

    def name_of(self, label: str) -> str:
        """The name of the field with the label."""
        return self._field(label).get("name")

    def press_big(self, beginning: str) -> None:
        """Presses the one button whose words begin like this: its words end with an amount."""
        said = [plain(button.text_content()) for button in self._buttons("", beginning)]
        assert len(said) == 1, (
            f"{self.person} finds {said} for “{beginning}” at {self.address}:\n{self.words}"
        )
        self.press(said[0])

    def press(self, words: str, *, near: str = "", status: int | None = None) -> None:
        """Presses the button, and reads what comes."""
        answer, target = self._send(words, near)
        self._take(answer, target, status)

    # ---- Within -----------------------------------------------------------------------------------
    def _send(self, words: str, near: str) -> tuple:
        """Sends the form that the button belongs to; the answer, and where it was sent."""
        buttons = [button for button in self._buttons(words) if not near or stands_near(button, near)]
        assert buttons, f"{self.person} finds no button “{words}” {near} at {self.address}:\n{self.words}"
        button = buttons[0]
        form = self._form_of(button)
        sent = self._sent(form, button)
        target = urljoin(self.address, button.get("formaction") or form.get("action") or self.address)
        if (form.get("method") or "get").lower() == "get":
            return self.client.get(target, sent, follow=True), target
        return self.client.post(target, sent, follow=True), target

    def _take(self, answer, address: str, status: int | None) -> None:
        expected = (status,) if status else ANSWERED
        self.answer, self.page = answer, html.fromstring(answer.content.decode())
        chain = getattr(answer, "redirect_chain", [])
        end = urljoin(address, chain[-1][0]) if chain else address
        parts = urlsplit(end)
        self.address = parts.path + (f"?{parts.query}" if parts.query else "")
        assert answer.status_code in expected, f"{answer.status_code} at {self.address}:\n{self.words}"

    def _links(self, words: str) -> list:
        return [link for link in self.page.iter("a") if link.get("href") and says(link, words)]

    def _buttons(self, words: str, beginning: str = "") -> list:
        sending = [button for button in self.page.iter("button") if button.get("type") != "button"]
        if beginning:
            return [button for button in sending if plain(button.text_content()).startswith(beginning)]
        return [button for button in sending if says(button, words)]

    def _form_of(self, element):
        named = element.get("form")
        if named:
            return self.page.get_element_by_id(named)
        forms = element.xpath("ancestor::form")
        assert forms, f"“{plain(element.text_content())}” at {self.address} belongs to no form"
        return forms[0]

    def _field(self, label: str, within: str = ""):
        """The field with the label: its visible words, or its name for a screen reader."""
        for element in self.page.xpath("//label[@for]"):
            if element.get("for").startswith(f"id_{within}" if within else "") and label_says(element, label):
                return self.page.get_element_by_id(element.get("for"))
        for element in self.page.xpath("//label[not(@for)]"):
            inside = element.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
            inside = [field for field in inside if (field.get("name") or "").startswith(within)]
            if inside and label_says(element, label):
                return inside[0]
        for element in self.page.xpath("//*[@aria-label][self::input or self::select or self::textarea]"):
            if plain(element.get("aria-label")) == label:
                return element
        raise AssertionError(f"{self.person} finds no field “{label}” at {self.address}:\n{self.words}")

    def _fill(self, field, label: str, value) -> None:
        kind = field.get("type")
        if kind in ("checkbox", "radio"):
            if kind == "radio":
                for other in self._form_of(field).xpath(
                    f".//input[@type='radio'][@name='{field.get('name')}']"
                ):
                    other.attrib.pop("checked", None)
            field.attrib.pop("checked", None)
            if value:
                field.set("checked", "checked")
        elif kind == "file":
            self.files.setdefault(field.get("name"), []).append(value)
        elif field.tag == "select":
            options = [
                option for option in field.iter("option") if plain(option.text_content()) == f"{value}"
            ]
            assert options, (
                f"“{label}” has no choice “{value}”: {[o.text_content() for o in field.iter('option')]}"
            )
            for option in field.iter("option"):
                option.attrib.pop("selected", None)
            options[0].set("selected", "selected")
        elif field.tag == "textarea":
            field.text = f"\n{value}"
        else:
            field.set("value", f"{value}")

    def _sent(self, form, button) -> dict:
        """What a browser sends: every field of the form in use, and the button."""
        sent: dict[str, list] = {}
        inside = list(form.iter("input", "select", "textarea"))
        if form.get("id"):
            inside += self.page.xpath(
                f"//*[@form='{form.get('id')}'][self::input or self::select or self::textarea]"
            )
        for field in inside:
            name, kind = field.get("name"), field.get("type")
            if not name or "disabled" in field.attrib or kind == "file":
                continue
            if kind in ("checkbox", "radio") and "checked" not in field.attrib:
                continue
            sent.setdefault(name, []).extend(values_of(field))
        if button.get("name"):
            sent.setdefault(button.get("name"), []).append(button.get("value") or "")
        return sent | self.files


def says(element, words: str) -> bool:
    """Whether the link or button is called this, by its words or its name for a screen reader."""
    said = plain(element.get("aria-label") or element.text_content())
    return said.removeprefix("+ ").removesuffix(" →") == words


def label_says(element, words: str) -> bool:
    """Whether the label says this, leaving out "(kan udelades)" and what stands small below."""
    aside = ("(valgfri)", "(valgfrit)", "(kan udelades)")
    said = plain(element.text_content())
    for mark in aside:
        said = plain(said.replace(mark, ""))
    return said == words or plain(element.text or "") == words or element.xpath("string(.//b)") == words


def stands_near(element, text: str) -> bool:
    """Whether the text stands in the same row, list item, article or part as the element."""
    around = element.xpath("ancestor::*[self::tr or self::li or self::article or self::section][1]")
    return bool(around) and text in plain(around[0].text_content())


def values_of(field) -> list[str]:
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if not chosen and "multiple" not in field.attrib:
            chosen = options[:1]
        return [
            option.get("value") if option.get("value") is not None else plain(option.text_content())
            for option in chosen
        ]
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value") or "on"]
    return [field.get("value") or ""]


def value_of(field) -> str:
    """What a person sees in a field."""
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if "selected" in option.attrib]
        return plain(chosen[0].text_content()) if chosen else ""
    return values_of(field)[0]
