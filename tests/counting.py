"""Counts what a page asks of the database: statements, and the rows that come back.

Statements alone are not enough: a prefetch from a child through its parent fetches every sibling, in
as many statements as before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.db.backends.utils import CursorWrapper


@dataclass
class Counted:
    """What was asked so far; `asked` is the text of each statement, for a failing test to show."""

    rows: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def statements(self) -> int:
        return len(self.asked)

    def __str__(self):
        return f"{self.statements} statements, {self.rows} rows"


class CountingCursor(CursorWrapper):
    """A cursor that writes down what goes through it."""

    def __init__(self, cursor, db, counted: Counted):
        super().__init__(cursor, db)
        self.counted = counted

    def execute(self, sql, params=None):
        self.counted.asked.append(str(sql))
        return super().execute(sql, params)

    def executemany(self, sql, param_list):
        self.counted.asked.append(str(sql))
        return super().executemany(sql, param_list)

    def fetchone(self):
        row = self.cursor.fetchone()
        self.counted.rows += row is not None
        return row

    def fetchmany(self, *size):
        rows = self.cursor.fetchmany(*size)
        self.counted.rows += len(rows)
        return rows

    def fetchall(self):
        rows = self.cursor.fetchall()
        self.counted.rows += len(rows)
        return rows

    def __iter__(self):
        for row in self.cursor:
            self.counted.rows += 1
            yield row


@contextmanager
def counted() -> Iterator[Counted]:
    """Counts on the connection of this thread while the block runs."""
    found = Counted()

    def counting(cursor):
        return CountingCursor(cursor, connection, found)

    connection.make_cursor = connection.make_debug_cursor = counting
    try:
        yield found
    finally:
        # The methods of the class come back.
        del connection.make_cursor, connection.make_debug_cursor
