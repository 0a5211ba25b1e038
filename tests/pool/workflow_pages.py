"""Acts of `paper_finance` through the pages: the form is read from the page and sent as a browser sends it.

Each gives True or False, done or refused, or None where the page does not offer what was drawn: then the
rules are asked instead. Somebody who gets no form sends the act all the same.
"""

import contextlib
import datetime
import re
from uuid import uuid4

from django.urls import reverse

from innovation_pool import clock
from innovation_pool.audit.models import Act
from pool.models import PoolYear
from tests.pool.pages import client_of, form_on, words
from tests.pool.workflow_acts import CONDITIONS, Office

AUTHORITY = {
    "authority_body": "Byrådet",
    "authority_date": "10.10.2019",
    "authority_item": "7",
    "authority_case_number": "19/1234",
}
CASE_ACTS = {
    "submit": "submit",
    "withdraw": "withdraw",
    "return_case": "return",
    "confirm": "confirm-figures",
    "no_hearing": "no-hearing",
    "close_hearing": "close-hearing",
    "report_finished": "report-finished",
}
MONEY_ACTS = {"start": "start", "confirm_completion": "confirm-completion"}
PRESSED = ("open_meeting", "close_meeting", "take_back")
ON_PAGES = {*CASE_ACTS, *MONEY_ACTS, *PRESSED, "put_down", "carry_out", "allocate_year", "book"}


class Pages:
    """Everybody at their own browser, signed in when first asked for."""

    def __init__(self, office: Office):
        self.office, self.clients, self.said = office, {}, ""

    def do(self, act: str, by: str, **how) -> bool | None:
        if by not in self.clients:
            self.clients[by] = client_of(self.office.people[by])
        self.client = self.clients[by]
        if act in CASE_ACTS:
            return self._case_act(act, **how)
        if act in MONEY_ACTS:
            reference = self.office.case(how["case"]).reference
            return self._send(f"/pool/cases/{reference}/{MONEY_ACTS[act]}/", "operation", {})
        if act in PRESSED:
            return self._press(act, **how)
        return getattr(self, f"_{act}")(**how)

    def _case_act(self, act, case, reason="", text="", ticked=True, answered=True, excuse=""):
        address = reverse("businesscases:case-act", args=[self.office.case(case).reference, CASE_ACTS[act]])
        typed = {"reason": reason} if act in ("withdraw", "return_case", "no_hearing") else {}
        if act == "report_finished":
            typed = {"text": text}
        form = self._form(address, "operation")
        if act == "confirm":
            typed["missing_endorsements"] = excuse
            for name in form or {}:
                if name.startswith("answer_"):
                    typed[name] = "Set." if answered else ""
            form = form and self._ticks(address, form, ticked)
        return self._answer(address, (form or {}) | typed, shown=form)

    def _ticks(self, address, form, ticked):
        """Every criterion met, or one left out."""
        names = sorted(set(re.findall(r'name="(criterion_\d+)"', self.page)))
        return form | dict.fromkeys(names, "met") | ({} if ticked else {names[0]: ""})

    def _press(self, act, meeting, item=None):
        place = f"/meetings/{self.office.meeting_ids[meeting]}/"
        if act == "take_back":
            return self._answer(f"{place}items/{self.office.item(meeting, item).pk}/take-back/", {})
        return self._answer(f"{place}{'open' if act == 'open_meeting' else 'close'}/", {})

    def _put_down(self, meeting, item, what):
        row = self.office.item(meeting, item)
        place = f"/meetings/{row.meeting_id}/"
        address = f"{place}items/{row.pk}/decision/"
        form = self._form(f"{place}?item={row.pk}&change=1&kind={what['kind']}", "shown_kind")
        if form is None:
            if self.status == 200:
                # Nothing can be put down on it now; what the rule says of that, the rule is asked.
                return None
            return self._answer(address, {"kind": what["kind"], "step": "act"})
        if form["shown_kind"] != [what["kind"]]:
            return None
        pool = self.office.pool.pk
        typed = {name: "" for name in form if re.match(r"[gu]_\d+_\d+$", name)}
        for year, (amount, uncovered) in what["grants"].items():
            if f"g_{pool}_{year}" not in form or (uncovered and amount and f"u_{pool}_{year}" not in form):
                return None
            typed[f"g_{pool}_{year}"] = amount or uncovered
            if amount and uncovered:
                typed[f"u_{pool}_{year}"] = uncovered
        # Amounts without cover alone stand in a field of their own where the year has a budget.
        for year, (amount, uncovered) in what["grants"].items():
            if uncovered and not amount and f"u_{pool}_{year}" in form:
                typed |= {f"g_{pool}_{year}": "", f"u_{pool}_{year}": uncovered}
            elif uncovered and not amount and self._budgeted(year):
                return None
        typed |= {
            "kind": what["kind"],
            "reason": what["reason"],
            "political": [CONDITIONS[kind].value for kind in what["conditions"]],
            "political_text": "Takst",
            "passed_over_reason": "Den haster." if what.get("passes_over") else "",
            "until": f"{clock.today() + datetime.timedelta(days=90):%d.%m.%Y}"
            if what["kind"] == "postpone"
            else "",
            "step": "act",
        }
        return self._answer(address, form | typed, shown=form)

    def _budgeted(self, year) -> bool:
        return PoolYear.objects.filter(pool=self.office.pool, year=year, has_budget=True).exists()

    def _carry_out(self, meeting, items):
        address = f"/meetings/{self.office.meeting_ids[meeting]}/carry-out/"
        return self._send(address, "items", {"items": [self.office.item(meeting, item).pk for item in items]})

    def _allocate_year(self, year, amounts):
        address = f"/pool/{self.office.pool.pk}/years/{year}/allocate/"
        form = self._form(address, "plan")
        chosen = {self.office.case_ids[case]: amount for case, amount in amounts.items()}
        if form is None:
            return self._answer(
                address, {f"amount_{pk}": amount for pk, amount in chosen.items()} | {"step": "act"}
            )
        if any(f"amount_{pk}" not in form for pk in chosen):
            return None
        form = {name: value for name, value in form.items() if not name.startswith("tick_")}
        form |= {f"tick_{pk}": "on" for pk in chosen} | {
            f"amount_{pk}": amount for pk, amount in chosen.items()
        }
        return self._confirmed(address, form, "plan")

    def _book(self, kind, year, amount):
        address = f"/pool/{self.office.pool.pk}/book/{kind}/"
        typed = AUTHORITY | {"year": year, "amount": amount}
        form = self._form(address, "authority_body")
        if form is None:
            return self._answer(address, typed | {"step": "act"})
        if not re.search(rf'<option value="{year}"', self.page):
            return None
        return self._confirmed(address, form | typed, "plan")

    # --- Sending --------------------------------------------------------------------------------------

    def _form(self, address, has) -> dict | None:
        """The form at the address with a field of the name; None where there is none for this person."""
        response = self.client.get(address)
        self.status, self.page = response.status_code, response.content.decode()
        assert self.status < 500, f"{self.status} at {address}"
        if self.status != 200:
            return None
        try:
            return form_on(response, has=has)
        except AssertionError:
            return None

    def _send(self, address, has, typed) -> bool:
        form = self._form(address, has)
        return self._answer(address, (form or {}) | typed, shown=form)

    def _confirmed(self, address, form, has) -> bool:
        """Shown in figures first, then confirmed; refused where the figures already are."""
        shown = self.client.post(address, form | {"step": "preview"})
        assert shown.status_code < 500, f"{shown.status_code} at {address}"
        with contextlib.suppress(AssertionError):
            form = form_on(shown, has=has)
        # A page that doubts the amount is told that it is right.
        sure = {"beyond": "on"} if 'name="beyond"' in shown.content.decode() else {}
        return self._answer(address, form | sure | {"step": "act"}, shown=form)

    def _answer(self, address, sent, shown=None) -> bool:
        """Posts; whether the act was done. A refusal has words, and is never an error of the server."""
        operation = uuid4() if shown is None else "".join(shown["operation"])
        response = self.client.post(address, sent | {"operation": f"{operation}"})
        self.said = said = f"; {response.status_code} at {address}: {words(response)[:2000]}"
        assert response.status_code in (302, 403, 404, 409, 422), said
        done = Act.objects.filter(operation=operation).exists()
        if done:
            assert response.status_code == 302, said
        elif response.status_code != 302:
            assert len(words(response)) > 20, said
        return done
