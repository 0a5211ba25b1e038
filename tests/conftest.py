"""What every test stands on. `tests/settings.py` has the settings, `tests/factories.py` makes rows."""

import gc
import os
import shutil

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation

from innovation_pool import guards
from tests import invariants

TRANSACTIONAL_FIXTURES = frozenset({"transactional_db", "live_server", "django_db_serialized_rollback"})
DATABASE_FIXTURES = TRANSACTIONAL_FIXTURES | {"db"}

# What is imported and collected stays: to look for garbage in it was an eighth of a run.
gc.disable()


def pytest_addoption(parser):
    told = "leave out what touches no database: that says the same whichever there is"
    parser.addoption("--only-database", action="store_true", help=told)


def pytest_configure(config):
    # The live server and the browser's own event loop share a process; Django would refuse the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.get("TEST_RUN_FOLDER", ""), ignore_errors=True)


def pytest_report_header(config):
    only = "; what touches no database is left out" if config.getoption("--only-database") else ""
    return f"database: {os.environ.get('TEST_DATABASE', 'sqlite')}{only}"


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        elsewhere = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=elsewhere)


def uses_database(item) -> bool:
    """Whether the test touches the database at all."""
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))


def is_transactional(request) -> bool:
    """Whether the test commits, so that its tables are emptied afterwards."""
    marker = request.node.get_closest_marker("django_db")
    return bool(
        (marker and marker.kwargs.get("transaction")) or TRANSACTIONAL_FIXTURES & set(request.fixturenames)
    )


@pytest.fixture(autouse=True)
def danish_and_unthrottled():
    """Each test begins in Danish, with nobody having tried a password."""
    translation.activate("da")
    cache.clear()
    yield
    translation.activate("da")


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    """Asked for by a fixture of a module: its rows stand for all the tests there, and go after the last.

    Each test takes back what it did to them itself; the objects it gets are copies for that reason.
    """
    with django_db_blocker.unblock():
        translation.activate("da")
        made = transaction.atomic()
        made.__enter__()
        yield
        transaction.set_rollback(True)
        made.__exit__(None, None, None)


# ---- The ledger's invariants, after every test that touched the database ------------------------
@pytest.fixture(autouse=True)
def invariants_hold(request):
    """Asks the books after every test, before its rows are taken back."""
    if not uses_database(request.node):
        yield
        return
    # Asked for first, so that it is torn down last: the rows are still there when the books are read.
    request.getfixturevalue("_django_db_helper")
    invariants.watch()
    yield
    try:
        if not connection.needs_rollback:
            # What a test commits, other connections may have written.
            assert invariants.broken(by_others=is_transactional(request)) == []
    finally:
        if is_transactional(request):
            # Rows that are written once must go too; emptying the tables puts the guards back.
            guards.remove()
