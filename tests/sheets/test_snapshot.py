"""An export reads one moment: what is moved while it reads is in none of its figures, or in all."""

import threading

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from pool.models import Pool
from pool.sheets.snapshot import snapshot
from tests.pool import given

pytestmark = pytest.mark.django_db(transaction=True)


def renamed(pool: Pool) -> bool:
    """Whether another connection could change the pool at once."""
    done = []

    def change():
        try:
            if connection.vendor == "sqlite":  # before the transaction, which begins by waiting for its turn
                connection.cursor().execute("PRAGMA busy_timeout = 50")
            with transaction.atomic():
                Pool.objects.filter(pk=pool.pk).update(name="Et andet navn")
            done.append(True)
        except DatabaseError:
            done.append(False)
        finally:
            connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    return done == [True]


def test_what_another_changes_meanwhile_is_not_seen():
    pool = given.a_pool({2021: 1_000_000})
    with snapshot():
        before = Pool.objects.values_list("name", flat=True).get(pk=pool.pk)
        changed = renamed(pool)
        assert Pool.objects.values_list("name", flat=True).get(pk=pool.pk) == before
    # PostgreSQL lets the other go on; SQLite lets it wait, and here it gives up.
    assert changed == (connection.vendor == "postgresql")


def test_an_export_writes_nothing_by_mistake():
    pool = given.a_pool({2021: 1_000_000})
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), snapshot():
            Pool.objects.filter(pk=pool.pk).update(name="Et andet navn")
    pool.refresh_from_db()
    assert pool.name != "Et andet navn"
