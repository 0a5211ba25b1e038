"""Acts begun at the same moment, each in a thread with a connection of its own.

On PostgreSQL they meet at the row locks. On SQLite there is one write lock, and IMMEDIATE transactions
queue for it. A refusal is an answer; every other error, a deadlock or an overdraft, ends the test.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import translation

from innovation_pool.refusals import Refusal


def at_once(*acts: Callable) -> list:
    """What each act gave, or the refusal it met; all are let go together."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        translation.activate("da")
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    # Many in a row on a slow machine may wait longer than the 3 s people are asked to.
                    cursor.execute("SET lock_timeout = '60s'")
            barrier.wait()
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def outcomes(results: Sequence) -> Counter:
    """How many were done and how many refused."""
    return Counter("refused" if isinstance(result, Refusal) else "done" for result in results)
