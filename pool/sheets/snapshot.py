"""Everything an export reads, read as of one moment, however long it takes and whatever goes on."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot():
    """A transaction in which every statement sees the same state of the database, and none can write.

    PostgreSQL: REPEATABLE READ, set before the first statement. SQLite: its transactions are one
    moment already. Inside a transaction of the caller's, the caller's holds.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
