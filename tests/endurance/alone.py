"""What a script needs before it can import a model: a database of its own, and Django set up on it.

A PostgreSQL that writes to disk is started and thrown away afterwards, unless DATABASE_URL names
another; that one is migrated, written on and left as it is then.
"""

import os

from tests.endurance.postgres import Postgres

POSTGRES = None if "DATABASE_URL" in os.environ else Postgres()
if POSTGRES:
    os.environ["DATABASE_URL"] = POSTGRES.url
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.endurance.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

settings.LOGGING_CONFIG = None
translation.activate("da")


def prepared(like: str = "") -> str:
    """The address of the database, with its tables: those of the database at `like`, or by migrating."""
    if like and POSTGRES:
        POSTGRES.copy(like)
    else:
        call_command("migrate", interactive=False, verbosity=0)
    return os.environ["DATABASE_URL"]
