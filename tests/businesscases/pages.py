"""What the tests of the pages share: signing in, many cases at once, and counting what a page asks for."""

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from businesscases.models import BusinessCase
from innovation_pool.accounts.models import User


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(**fields) -> dict:
    """What a form posts, with a new operation id."""
    return {"operation": str(uuid4()), **fields}


@dataclass
class Asked:
    """How many statements a page ran, and how many rows came back."""

    statements: int = 0
    rows: int = 0


@contextmanager
def counted(monkeypatch):
    """Counts statements and every row fetched while the block runs."""
    asked = Asked()

    def many(cursor, *args):
        found = cursor.cursor.fetchmany(*args)
        asked.rows += len(found)
        return found

    def one(cursor):
        found = cursor.cursor.fetchone()
        asked.rows += found is not None
        return found

    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "fetchmany", many, raising=False)
        patched.setattr(CursorWrapper, "fetchone", one, raising=False)
        with CaptureQueriesContext(connection) as queries:
            yield asked
    asked.statements = len(queries)


def many_like(case: BusinessCase, number: int, *, year: int = 2099) -> None:
    """So many more rows of the list like this one: only what a list reads."""
    columns = {
        field.attname: getattr(case, field.attname)
        for field in BusinessCase._meta.concrete_fields
        if field.name not in ("id", "reference")
    }
    BusinessCase.objects.bulk_create(
        BusinessCase(reference=f"BC-{year}-{place:03d}", **columns) for place in range(1, number + 1)
    )
