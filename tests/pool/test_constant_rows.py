"""What a page asks of the database does not grow with what is in it.

Ten times the cases, and a page runs as many statements as before, and fetches no more rows than one full
page of it needs. Rows are counted too: a statement that fetches every sibling is still one statement.
"""

import pytest
from django.test import Client

from businesscases.models import BusinessCase, State
from innovation_pool.accounts.models import User
from pool.demo.many import add_many
from pool.demo.seed import seed
from pool.models import Meeting, Pool
from tests.counting import Counted, counted

# Page, who opens it, the most statements, the most rows of a full page.
PAGES = (
    ("/", "direktion", 12, 150),
    ("/", "medarbejder", 12, 150),
    ("/", "oekonomi", 12, 150),
    ("/", "sekretariat", 12, 150),
    ("/businesscases/", "direktion", 9, 200),
    ("/businesscases/", "medarbejder", 9, 200),
    ("/businesscases/?state=ready&sort=-asked", "direktion", 9, 200),
    ("/businesscases/?q=bc-", "direktion", 9, 200),
    ("/businesscases/{waiting}/", "direktion", 14, 150),
    ("/businesscases/{approved}/", "direktion", 14, 150),
    ("/businesscases/{draft}/", "medarbejder", 14, 150),
    ("/businesscases/{draft}/edit/", "medarbejder", 27, 150),
    ("/pool/", "direktion", 12, 150),
    ("/pool/{pool}/", "direktion", 12, 150),
    ("/pool/{pool}/?page=2", "direktion", 12, 150),
    ("/pool/{pool}/", "medarbejder", 12, 150),
    ("/pool/{pool}/movements/", "direktion", 12, 150),
    ("/meetings/", "direktion", 12, 150),
    ("/meetings/{meeting}/", "direktion", 26, 150),
    ("/audit/", "revision", 12, 150),
)


def as_seen(places: dict) -> dict[tuple[str, str], Counted]:
    found = {}
    for address, username, _statements, _rows in PAGES:
        client = Client()
        client.force_login(User.objects.get(username=username))
        address = address.format(**places)
        with counted() as asked:
            response = client.get(address)
        assert response.status_code == 200, address
        found[address, username] = asked
    return found


@pytest.mark.django_db
def test_no_page_asks_for_more_for_ten_times_the_cases():
    seed(str)
    add_many(100, str)
    places = {
        "waiting": BusinessCase.objects.filter(state=State.READY).latest("pk").reference,
        "approved": BusinessCase.objects.filter(state=State.APPROVED).latest("pk").reference,
        "draft": BusinessCase.objects.filter(state=State.DRAFT, owner__username="medarbejder")
        .latest("pk")
        .reference,
        "pool": Pool.objects.get(number="Måling-1").pk,
        "meeting": Meeting.objects.latest("pk").pk,
    }
    as_seen(places)  # What a process asks once.
    few = as_seen(places)
    add_many(1_000, str)
    many = as_seen(places)
    grown = {
        page: f"{asked} before, {many[page]} after"
        for page, asked in few.items()
        if asked.statements < many[page].statements
    }
    over = {
        page: f"{asked}, at most {statements} and {rows}"
        for (page, asked), (_page, _who, statements, rows) in zip(many.items(), PAGES, strict=True)
        if asked.statements > statements or asked.rows > rows
    }
    assert (grown, over) == ({}, {})
