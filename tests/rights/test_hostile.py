"""No address answers with an error of the server, whatever stands in it or is posted to it; and every answer
carries the headers."""

from itertools import cycle
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from tests.rights.addresses import Address, case_addresses, plain_addresses
from tests.rights.policy import OWN_ACCOUNT
from tests.rights.world import World

HOSTILE = [
    "", "0", "-1", "1", "999999999999999999", "99999999999999999999", "1.5", "1e9", "NaN", "٣", "²", "½",
    "null", "true", "[]", "{}", "' OR 1=1 --", "%", "_", "\\", "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}", "{% now %}", "%00", "\x00", "a\x00b", "😀", "\u202e", "æøå", "ı", "x" * 5000,
    "2021-13-45", "31-02-2021", "\r\nSet-Cookie: a=b", "all", "BC-2026-001", "=1+1", "@Owner Hansen",
]  # fmt: skip
# Every name that a page reads from its address, as the views have them.
PARAMETERS = (
    "q", "state", "department", "round", "mine", "sort", "page", "view", "year", "start_year", "kind", "case",
    "show", "item", "a", "b", "answers", "comments", "section", "row", "unit", "column", "pool", "file",
    "step", "seen", "next", "by", "act", "since", "until", "from", "to", "e", "url",
)  # fmt: skip
POSTED = (
    *PARAMETERS, "operation", "text", "reason", "title", "amount", "do", "block", "person", "present",
    "chair", "held_on", "items", "movements", "mails", "case_year", "plan", "voucher", "on", "met", "writer",
    "shown_kind", "until", "grants", "political", "reverses", "resolved", "endorsed", "deadline",
    "bodies", "control_total",
    "language", "login", "password", "start_year", "price_level", "line-0-text",
)  # fmt: skip
SEES_MOST = ("owner", "finance", "secretariat", "board", "auditor", "administrator")
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def every_address(world: World) -> list[Address]:
    """One of each row, the cases' for the case in hearing, and one's own account."""
    own = [
        Address(name, reverse(name))
        for name in sorted(OWN_ACCOUNT)
        if name not in ("hearing", "account_reset_password_from_key", "account_logout")
    ]
    of_case = [address for address in case_addresses(world) if address.state == "in hearing"]
    hearing = Address("hearing", reverse("hearing", args=[world.secret]))
    return [*plain_addresses(world), *of_case, *own, hearing]


def typed_twice(values) -> dict:
    """Two values in each field."""
    return {name: [next(values), next(values)] for name in POSTED}


# A key too large for any database wherever a key may stand, with an operation id that is taken.
ENDLESS = dict.fromkeys(POSTED, "99999999999999999999") | {"step": "act", "reason": "Grund", "text": "Tekst"}


def bad_headers(answer) -> list[str]:
    """What is wrong with the headers of an answer to somebody who is signed in."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or "data:" in policy:
        wrong.append(f"Content-Security-Policy: {policy}")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {answer.headers.get('Cache-Control')}")
    return wrong


def read(answer):
    """The answer, read to its end as a browser would."""
    if answer.streaming:
        answer.getvalue()
    return answer


@pytest.mark.parametrize("person", SEES_MOST)
def test_no_address_breaks_and_each_carries_the_headers(world: World, person):
    client, wrong, values = world.client(person), [], cycle(HOSTILE)
    for address in every_address(world):
        questions = [
            lambda path=address.path: client.get(path),
            lambda path=address.path: client.get(path, {name: next(values) for name in PARAMETERS}),
            lambda path=address.path: client.get(path, {name: next(values) for name in PARAMETERS}),
            lambda path=address.path: client.post(path, {name: next(values) for name in POSTED}),
            lambda path=address.path: client.post(path, typed_twice(values) | {"operation": f"{uuid4()}"}),
            lambda path=address.path: client.post(path, ENDLESS | {"operation": f"{uuid4()}"}),
            lambda path=address.path: client.put(path, "{"),
            lambda path=address.path: client.delete(path),
            lambda path=address.path: client.options(path),
        ]
        for number, question in enumerate(questions):
            with transaction.atomic():
                answer = read(question())
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append(f"{address.row}, question {number}: {answer.status_code}")
            wrong += [f"{address.row}, question {number}: {bad}" for bad in bad_headers(answer)]
    assert not wrong, "\n" + "\n".join(wrong)


# Where an address holds something, what else could stand there.
IN_PATHS = ("0", "-1", "99999999999999999999", "1.5", "x", "%00", "%C3%A6", "%F0%9F%98%80", "..%2f",
            "' OR 1=1", "BC-2026-001%00", "²", "٣", "a" * 300)  # fmt: skip


def test_nothing_in_a_path_breaks_it(world: World):
    client, wrong = world.client("finance"), []
    for address in every_address(world):
        parts = address.path.split("/")
        for place, part in enumerate(parts):
            if not any(sign.isdigit() for sign in part):
                continue
            for value in IN_PATHS:
                path = "/".join([*parts[:place], value, *parts[place + 1 :]])
                with transaction.atomic():
                    answer = read(client.get(path))
                    transaction.set_rollback(True)
                if answer.status_code >= 500 or bad_headers(answer):
                    wrong.append(f"{path[:80]}: {answer.status_code} {bad_headers(answer)}")
    assert not wrong, "\n" + "\n".join(wrong)
