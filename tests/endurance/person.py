"""A person at the pages over a real connection, who notes what each form they sent was promised."""

import enum
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

from lxml import html

from tests.endurance.browser import Browser, Lost, Reply, Stopwatch
from tests.stories.walker import PASSWORD, Walker, plain

# In the application's own words, as they stand on its pages.
MOVED = "Pengene er flyttet, siden tallene blev vist"
NOT_SURE = "Det er ikke sikkert"
KEPT = "//form[@method='post'][.//button[normalize-space()='Send igen']]"
PAUSE = 0.2


class Outcome(enum.StrEnum):
    """What an answer to a form promises."""

    DONE = "done"
    REFUSED = "refused"
    MOVED = "the figures moved"
    AWAY = "503, nothing changed"
    UNSURE = "503, not sure"
    LOST = "no answer"
    WRONG = "wrong answer"


KNOWN = {Outcome.DONE, Outcome.REFUSED, Outcome.WRONG}
NOTHING_PROMISED = {Outcome.LOST, Outcome.UNSURE}


@dataclass
class Sent:
    """A form that was sent, perhaps several times, with the same operation id."""

    act: str
    operation: UUID | None
    about: dict
    outcomes: list[Outcome] = field(default_factory=list)
    # What is wrong with an answer, whatever the books say.
    complaints: list[str] = field(default_factory=list)
    # Where the last answer led, or the sentence it refused with.
    said: str = ""

    @property
    def outcome(self) -> Outcome:
        """What the person knows in the end."""
        for outcome in (Outcome.DONE, Outcome.UNSURE, Outcome.LOST, Outcome.REFUSED):
            if outcome in self.outcomes:
                return outcome
        return self.outcomes[-1] if self.outcomes else Outcome.REFUSED


class Person(Walker):
    """Somebody with a browser of their own. `doubles`: sends every form twice at once, as a double click."""

    def __init__(self, username: str, base: str, watch: Stopwatch, *, doubles: bool = False):
        self.client = Browser(base, watch)
        self.person, self.doubles = username, doubles
        self.address, self.answer, self.page = "/", None, None
        self.files: dict[str, list] = {}
        # Another of their windows, for what is sent twice.
        self.window = ThreadPoolExecutor(1) if doubles else None

    def sign_in(self) -> None:
        self.open("/")
        self.fill({"Brugernavn eller e-mail": self.person, "Adgangskode": PASSWORD})
        self.press("Log ind")

    # ---- Reading ----------------------------------------------------------------------------------
    def look(self, address: str, *, tries: int = 300) -> bool:
        """Opens a page, again and again while the database is away. False when a rule keeps them out."""
        for _try in range(tries):
            try:
                reply = self.client.get(address, follow=True)
            except Lost:
                time.sleep(PAUSE)
                continue
            if reply.status_code == 503:
                time.sleep(PAUSE)
                continue
            self._show(reply, address)
            if reply.status_code >= 500 or self.address.startswith("/accounts/"):
                # Signed out by nobody, or an error nobody foresaw.
                raise AssertionError(f"{reply.status_code} at {address}:\n{self.words}")
            return reply.status_code == 200
        raise AssertionError(f"{address} did not come back")

    def field(self, name: str):
        """The field of the page with the name, or None."""
        found = self.page.xpath("//*[@name=$name][self::input or self::select or self::textarea]", name=name)
        return found[0] if found else None

    def type(self, **typed: str | bool) -> None:
        """Types in fields by their names; True and False for a tick."""
        for name, value in typed.items():
            found = self.field(name)
            assert found is not None, f"{self.person} finds no field {name} at {self.address}:\n{self.words}"
            self._fill(found, name, value)

    def button(self, name: str = "", value: str = ""):
        """The button that sends the page's own form; None when there is none such now."""
        buttons = self.page.xpath("//main//form[@method='post']//button[not(@type='button')]")
        wanted = [button for button in buttons if (button.get("name") or "") == name]
        return next((button for button in wanted if not value or button.get("value") == value), None)

    # ---- Sending ----------------------------------------------------------------------------------
    def preview(self) -> None:
        """Asks for the figures of what was typed, which the act is confirmed with."""
        while True:
            button = self.button("step", "preview")
            form = self._form_of(button)
            try:
                reply = self.client.post(self._target(form), self._sent(form, button))
            except Lost:
                time.sleep(PAUSE)
                continue
            if reply.status_code != 503:
                return self._show(reply, self.address)
            time.sleep(PAUSE)

    def send(
        self, act: str, about: dict, button, *, to: str = "", gives_up: bool = False, tries: int = 300
    ) -> Sent:
        """Sends the button's form until it is answered; confirms again what has moved.

        `to`: where a script of the page would send it. `gives_up` leaves it at the first answer that
        did not come.
        """
        form = self._form_of(button)
        fields, target = self._sent(form, button), to or self._target(form)
        sent = Sent(act, UUID(fields["operation"][0]) if "operation" in fields else None, about)
        for _try in range(tries):
            outcome = self._tried(sent, target, fields)
            if outcome == Outcome.DONE and not to:
                self.look(sent.said)
            if outcome in KNOWN or (gives_up and outcome in NOTHING_PROMISED):
                return sent
            if outcome == Outcome.MOVED:
                button = self.button("step", "act")
                if button is None:
                    # What moved was the very thing the form was about: the page asks for something else.
                    sent.outcomes.append(Outcome.REFUSED)
                    return sent
                fields = self._sent(self._form_of(button), button)
                continue
            if outcome in (Outcome.AWAY, Outcome.UNSURE):
                fields = self._kept(sent, fields)
            time.sleep(PAUSE)
        sent.complaints.append("was never answered")
        return sent

    def _tried(self, sent: Sent, target: str, fields: dict) -> Outcome:
        """Sends it once, or twice at once; the outcome of the first."""
        gate = threading.Barrier(2) if self.window else None
        other = self.window.submit(self._posted, target, fields, gate) if self.window else None
        reply = self._posted(target, fields, gate)
        outcome = self._noted(sent, reply)
        if other is not None:
            twin = other.result()
            second = self._noted(sent, twin)
            if {outcome, second} == {Outcome.DONE} and reply.location != twin.location:
                sent.complaints.append(f"a double click led to {reply.location} and to {twin.location}")
            if outcome != Outcome.DONE and second == Outcome.DONE:
                reply, outcome = twin, second
        if outcome == Outcome.DONE:
            sent.said = reply.location
        elif isinstance(reply, Reply) and reply.content[:1] == b"<":
            self._show(reply, target)
            sent.said = self._why()
        return outcome

    def _posted(self, target: str, fields: dict, gate) -> Reply | Lost:
        if gate is not None:
            gate.wait()
        try:
            return self.client.post(target, fields)
        except Lost as lost:
            return lost

    def _noted(self, sent: Sent, reply: Reply | Lost) -> Outcome:
        outcome = outcome_of(reply)
        sent.outcomes.append(outcome)
        if outcome == Outcome.WRONG:
            sent.complaints.append(f"was answered {reply.status_code}: {_words(reply)[:400]}")
        return outcome

    def _kept(self, sent: Sent, fields: dict) -> dict:
        """The form on the page that keeps what was typed; complains of what it does not hold."""
        forms = self.page.xpath(KEPT)
        if not forms:
            sent.complaints.append("its 503 does not keep what was typed")
            return fields
        kept = self._sent(forms[0], forms[0].find(".//button"))
        for name in fields.keys() - {"csrfmiddlewaretoken"}:
            if [_lines(value) for value in kept.get(name, [])] != [_lines(value) for value in fields[name]]:
                sent.complaints.append(f"its 503 lost {name}: {fields[name]} became {kept.get(name)}")
        return {**fields, "csrfmiddlewaretoken": kept["csrfmiddlewaretoken"]}

    def _target(self, form) -> str:
        return form.get("action") or self.address.partition("#")[0]

    def _show(self, reply: Reply, address: str) -> None:
        self.answer, self.page = reply, html.fromstring(reply.content.decode())
        self.address = reply.redirect_chain[-1][0] if reply.redirect_chain else address

    def _why(self) -> str:
        found = self.page.xpath("//*[contains(@class,'error-summary')] | //main//*[contains(@class,'lead')]")
        return plain(found[0].text_content()) if found else self.words[:200]


def outcome_of(reply: Reply | Lost) -> Outcome:
    """What the answer to a form that acts promises."""
    if isinstance(reply, Lost):
        return Outcome.LOST
    if reply.status_code == 302:
        return Outcome.DONE
    if reply.status_code == 503:
        return Outcome.UNSURE if NOT_SURE in reply.content.decode() else Outcome.AWAY
    if reply.content[:1] == b"{":
        return _of_saving(json.loads(reply.content))
    if reply.status_code in (200, 422):
        # A page with 200 asks again, since what is confirmed is not what was shown.
        return Outcome.MOVED if reply.status_code == 200 or MOVED in _words(reply) else Outcome.REFUSED
    return Outcome.REFUSED if reply.status_code == 409 else Outcome.WRONG


def _of_saving(answer: dict) -> Outcome:
    if "saved" in answer and not answer["conflicts"] and not answer["left_out"]:
        return Outcome.DONE
    return Outcome.REFUSED if "refused" in answer or answer.get("conflicts") else Outcome.WRONG


def _words(reply: Reply) -> str:
    return plain(reply.content.decode())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
