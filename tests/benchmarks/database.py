"""A PostgreSQL to measure on: `python -m tests.benchmarks.database --cases 20000`.

Starts an embedded server that writes to disk as in production, fills it, prints its DATABASE_URL, and
stays until it is stopped.
"""

import argparse
import os
import signal
import subprocess
import sys

import psycopg2

from tests import embedded_postgres

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def durable(url: str) -> None:
    """What the tests turn off for speed is turned on again: a commit costs what it costs."""
    connection = psycopg2.connect(url.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in DURABLE:
            cursor.execute(f"ALTER SYSTEM SET {setting} = on")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def fill(url: str, cases: int) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DEMO": "1"}
    for command in (["migrate", "-v0"], ["seed_demo", "--cases", str(cases)]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
    connection = psycopg2.connect(url.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    # As autovacuum would have done by the time anybody looks.
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=20_000)
    address = embedded_postgres.start()
    fill(address, options.parse_args().cases)
    durable(address)
    sys.stdout.write(f"\nDATABASE_URL='{address}'\n")
    sys.stdout.flush()
    signal.pause()
