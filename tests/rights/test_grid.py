"""Every address × every person × every state, GET and POST, against the table in `policy.py`."""

import hashlib
import re
from contextlib import contextmanager
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction

from tests.rights.addresses import (
    Address,
    case_addresses,
    listed_names,
    names_of_admin,
    names_of_resolver,
    plain_addresses,
)
from tests.rights.policy import (
    ADDRESSES,
    ADMIN_PAGES,
    MASTER_DATA,
    OF_CASE,
    PUBLIC,
)
from tests.rights.world import PEOPLE, World

SIGN_IN = "/accounts/login/"
# What a form of any kind here may hold, so that a post gets as far as it may.
TYPED = {"text": "Tekst", "reason": "Grund", "note": "Note", "do": "",
         "resolved": "1", "person": "1", "to": "1"}  # fmt: skip
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def test_every_address_is_listed():
    assert names_of_resolver() == listed_names()


def test_the_admin_has_the_pages_of_master_data_and_no_others():
    pages = {
        f"admin:{app}_{model}_{page}"
        for app, models in MASTER_DATA.items()
        for model in models
        for page in ADMIN_PAGES
    }
    # admin:APP_MODEL_PAGE; one's own password is admin:password_change.
    about_models = {
        name for name in names_of_admin() if name.count("_") > 1 and name.rpartition("_")[2] in ADMIN_PAGES
    }
    assert about_models == pages


@contextmanager
def statements_that_write():
    """The writing statements of the block.

    But for those that keep a session, and the operation id, which goes with the act when a rule says no.
    """
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITING.match(sql) and not any(table in sql for table in ("django_session", "audit_act")):
            found.append(sql[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def digest_of_everything() -> dict[str, str]:
    """Of each table but the sessions, a digest of all its rows."""
    found = {}
    for model in apps.get_models():
        if model._meta.label_lower == "sessions.session":
            continue
        # PostgreSQL gives stored bytes as a view, which shows its place in memory and not what it holds.
        rows = [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._base_manager.order_by("pk").values_list()
        ]
        found[model._meta.label] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def sign_of(answer) -> str:
    """The answer in the signs of the table."""
    if answer.status_code == 302 and answer["Location"].startswith(SIGN_IN):
        return "A"
    return {403: "R", 404: "N", 405: "M", 409: "L"}.get(
        answer.status_code, "." if answer.status_code < 500 else "5"
    )


def fits(sign: str, wanted: str) -> bool:
    return {"r": sign in ".L", "x": sign in "RL", ".": sign == "."}.get(wanted, sign == wanted)


def ask(client, method: str, path: str):
    if method == "get":
        return client.get(path)
    return client.post(path, {"operation": f"{uuid4()}", **TYPED})


def wanted(address: Address, person: str, method: str) -> str:
    rows = OF_CASE[address.row] if address.state else ADDRESSES[address.row]
    row = rows[("get", "post").index(method)]
    return (row[address.state] if address.state else row)[PEOPLE.index(person)]


def same_for_all(answer) -> str:
    """The page without what differs from one request to the next: the number, the token, its own path."""
    body = answer.content.decode().replace(answer["X-Reference"], "").replace(answer.wsgi_request.path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


def is_as_if_it_did_not_exist(client, method: str, path: str, seen: dict) -> bool:
    """Whether the page is that of a case that is not there, at the same kind of address.

    `seen` keeps those pages: they are the same whatever the state of the case.
    """
    nowhere = re.sub("BC-[0-9]{4}-[0-9]{3}", "BC-1999-999", path)
    if (method, nowhere) not in seen:
        seen[method, nowhere] = same_for_all(ask(client, method, nowhere))
    return same_for_all(ask(client, method, path)) == seen[method, nowhere]


def test_the_table_holds(world: World):
    wrong = [f"{person} {breach}" for person in PEOPLE for breach in breaches_by(world, person)]
    assert not wrong, "\n" + "\n".join(wrong)


def breaches_by(world: World, person: str) -> list[str]:
    """What the person met that the table does not say."""
    client, wrong, seen = world.client(person), [], {}
    before = digest_of_everything()
    for address in [*plain_addresses(world), *case_addresses(world)]:
        for method in ("get", "post"):
            right = wanted(address, person, method)
            with transaction.atomic(), statements_that_write() as written:
                answer = ask(client, method, address.path)
                if answer.streaming:
                    answer.getvalue()
                sign = sign_of(answer)
                transaction.set_rollback(right == ".")
            told = f"{method} {address.row} {address.state}"
            if not fits(sign, right):
                wrong.append(f"{told}: {answer.status_code}, not {right}")
            if right != "." and written:
                wrong.append(f"{told}: wrote {written[0]}")
            if sign == "N" and not is_as_if_it_did_not_exist(client, method, address.path, seen):
                wrong.append(f"{told}: another 404")
    if digest_of_everything() != before:
        wrong.append("something is changed")
    return wrong


def test_a_stranger_is_sent_to_the_sign_in_everywhere(world: World):
    client, wrong = world.client("anonymous"), []
    before = digest_of_everything()
    for address in [*plain_addresses(world), *case_addresses(world)]:
        if address.row in PUBLIC:
            continue
        answers = [ask(client, method, address.path) for method in ("get", "post")]
        kept = answers[1].status_code == 403 and f'action="{SIGN_IN}' in answers[1].content.decode()
        if sign_of(answers[0]) != "A" or not kept:
            wrong.append((address.row, [answer.status_code for answer in answers]))
    assert wrong == []
    assert digest_of_everything() == before
    assert client.get("/accounts/password/change/").status_code == 302
