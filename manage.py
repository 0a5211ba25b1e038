#!/usr/bin/env python3
"""Django's commands for this project: `python manage.py migrate`, `check_ledger`, `seed_demo` …"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command. A setting that makes no sense ends it with its sentence, not with a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation_pool.settings")
    # A command typed in a fresh checkout works on the local SQLite file. The server never falls back
    # like this: wsgi.py refuses to start without SECRET_KEY.
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    if not os.environ.get("SECRET_KEY") and not on_postgres:
        os.environ.setdefault("DEMO", "1")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(f"{refusal}")


if __name__ == "__main__":
    main()
