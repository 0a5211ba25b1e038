"""What the tests of the pool's pages share: signing in, posting a form as it was shown, counting."""

import re
from html.parser import HTMLParser
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innovation_pool.permissions import Role
from tests import factories

AUTHORITY = {
    "authority_body": "Byrådet",
    "authority_date": "8. oktober 2025",
    "authority_item": "7",
    "authority_case_number": "25/1234",
}


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def as_role(role: Role | str) -> Client:
    return client_of(factories.someone(role))


class _Forms(HTMLParser):
    """The forms of a page with their fields as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.forms, self.select = [], None

    def handle_starttag(self, tag, attributes):
        field = dict(attributes)
        if tag == "form":
            self.forms.append((field.get("action") or "", {}))
        if not self.forms:
            return
        values = self.forms[-1][1]
        name = field.get("name")
        if tag == "input" and name:
            if field.get("type") in ("checkbox", "radio") and "checked" not in field:
                return
            values.setdefault(name, []).append(field.get("value") or ("on" if "checked" in field else ""))
        elif tag == "textarea" and name:
            values.setdefault(name, []).append("")
        elif tag == "select" and name:
            self.select = name
            values.setdefault(name, [])
        elif tag == "option" and self.select and ("selected" in field or not values[self.select]):
            values[self.select] = [field.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


def form_on(response, *, has: str) -> dict:
    """The fields of the page's form that has a field of the name, ready to be changed and posted."""
    parser = _Forms()
    parser.feed(response.content.decode())
    for _action, values in parser.forms:
        if has in values:
            return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}
    raise AssertionError(f"no form with {has} on the page")


def words(response) -> str:
    """The text of the page as it is read: no tags, every space a plain one."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text).replace("&nbsp;", " ").replace("&quot;", '"').replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


def statements_of(client: Client, address: str) -> int:
    """How many statements the page takes, the second time it is asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def rows_shown(response, pattern: str) -> int:
    return len(re.findall(pattern, response.content.decode()))


def at(meeting, item, act="decision") -> str:
    """Where an act on an item of a meeting is posted."""
    return f"/meetings/{meeting.pk}/items/{item.pk}/{act}/"


def decision_on(client, meeting, item, **changes) -> dict:
    return form_on(client.get(f"/meetings/{meeting.pk}/?item={item.pk}&change=1"), has="shown_kind") | changes


def press(client, address, **fields):
    return client.post(address, {"operation": f"{uuid4()}", **fields}, follow=True)


def book(client, pool, act, **typed) -> tuple:
    """Types the act, reads what happens, confirms; the confirmation page and the answer."""
    address = f"/pool/{pool.pk}/book/{act}/"
    form = form_on(client.get(address), has="authority_body") | AUTHORITY | typed
    shown = client.post(address, form | {"step": "preview"})
    confirmed = form_on(shown, has="plan") | {"step": "act"}
    return shown, client.post(address, confirmed, follow=True), confirmed
