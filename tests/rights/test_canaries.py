"""Words that stand in one hidden field each: who may know it finds it, and nobody else does, anywhere.

Everything a person can fetch is read: each page, part, document and export (Excel unpacked), with every link
on it that leads further, the mails written to them, and what is logged meanwhile.
"""

import io
import logging
import re
import zipfile
from html import unescape

from django.db import transaction

from innovation_pool.mail.models import OutboxMail
from tests.rights.addresses import case_addresses, plain_addresses
from tests.rights.world import COMMENTS, PEOPLE, WORDS, World

WRITERS = {"owner", "collaborator"}
READERS = {"finance", "secretariat", "board", "auditor"}
INSIDERS = WRITERS | READERS | {"endorser"}
EVERY_READER = INSIDERS | {"staff"}
BODY = {"hearing link"}

# word: who may know it
CANARIES: dict[str, set[str]] = {
    **dict.fromkeys([*WORDS["draft"], COMMENTS["draft"], "617.000"], WRITERS),
    # Written since the case was returned, and not submitted yet.
    "Gøgerettelse": WRITERS,
    **dict.fromkeys([*WORDS["returned"], COMMENTS["returned"]], INSIDERS),
    **dict.fromkeys(WORDS["in hearing"][:3], INSIDERS | BODY),
    WORDS["in hearing"][3]: INSIDERS | BODY,
    WORDS["in hearing"][4]: INSIDERS,
    COMMENTS["in hearing"]: INSIDERS,
    "Svalesvar": INSIDERS | BODY,
    **dict.fromkeys(WORDS["approved"][:4], EVERY_READER),
    WORDS["approved"][4]: INSIDERS,
    COMMENTS["approved"]: INSIDERS,
    # What a meeting has put down, and its agenda.
    "Falkeforeløbig": READERS,
    "Duehøgsgrund": READERS,
    "Ørnepunkt": READERS,
    "Musvitindstilling": READERS,
    "Vibeinhabil": READERS,
    # Why finance returned a case, and what it keeps of its own.
    "Grundlaget for gevinsten": INSIDERS,
    "Finkecenter": INSIDERS,
    # What is asked for: in the returned case and in the one in hearing.
    **dict.fromkeys(["523.000", "523000"], INSIDERS),
    **dict.fromkeys(["419.000", "419000"], INSIDERS | BODY),
}
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')
MOST_PAGES = 700


def text_of(answer) -> str:
    """What the answer says: its page, its text, or all the parts of its Excel file."""
    content = answer.getvalue() if answer.streaming else answer.content
    told = f"{answer.headers.get('Content-Disposition', '')} {answer.headers.get('Location', '')} "
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b" ".join(file.read(name) for name in file.namelist())
    return told + unescape(content.decode("utf-8", "replace")).replace("\xa0", " ")


def everything_shown_to(world: World, person: str) -> str:
    """All that the person can fetch, by the table's addresses and then by every link found."""
    client = world.client("anonymous" if person == "hearing link" else person)
    waiting = ["/audit/export.xlsx", "/audit/export.csv", "/businesscases/export.csv"]
    if person == "hearing link":
        waiting.append(f"/hearing/{world.secret}/")
    waiting += [address.path for address in [*plain_addresses(world), *case_addresses(world)]]
    waiting += [
        f"/businesscases/{world.cases[state.partition(',')[0]].reference}/documents/{document.pk}/"
        for state, document in world.documents.items()
    ]
    # What somebody does who looks for what is hidden from them.
    waiting += [f"/pool/{world.pool.pk}/?show=reserved-2021", f"/pool/{world.pool.pk}/?show=available-all"]
    texts, seen = [], set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/static/", "/accounts/log", "/admin/")):
            continue
        seen.add(path)
        with transaction.atomic():
            answer = client.get(path)
            text = text_of(answer)
            transaction.set_rollback(True)
        texts.append(text)
        if path.count("?") == 0 or "page=" in path or "item=" in path:
            waiting += [unescape(link) for link in LINK.findall(text)]
    return " ".join(texts)


def test_each_hidden_word_is_known_to_those_who_may_know_it_and_to_nobody_else(world: World, caplog):
    caplog.set_level(logging.DEBUG)
    found: dict[str, set[str]] = {word: set() for word in CANARIES}
    for person in (*PEOPLE, "hearing link"):
        shown = everything_shown_to(world, person)
        if person in world.people:
            mails = OutboxMail.objects.filter(person=world.people[person])
            shown += " ".join(f"{mail.subject} {mail.body}" for mail in mails)
        for word, people in found.items():
            if word in shown:
                people.add(person)
    leaked = {word: people - CANARIES[word] for word, people in found.items() if people - CANARIES[word]}
    assert leaked == {}
    assert [word for word, people in found.items() if not people] == []
    records = [record for record in caplog.records if not record.name.startswith("django.db")]
    logged = " ".join(record.getMessage() for record in records)
    assert [word for word in CANARIES if word in logged] == []
