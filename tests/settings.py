"""The settings under test: those of the application, with what a test run needs otherwise.

`TEST_DATABASE=postgres` runs on an embedded PostgreSQL. The first process to read this starts the
server and makes the run's folder; the workers of pytest-xdist inherit both by the environment.
"""

import os
import tempfile
from pathlib import Path

from tests import embedded_postgres

RUN_FOLDER = Path(
    os.environ.setdefault("TEST_RUN_FOLDER", "") or tempfile.mkdtemp(prefix="innovation-tests-")
)
os.environ["TEST_RUN_FOLDER"] = f"{RUN_FOLDER}"
os.environ |= {
    "DEMO": "1",
    "DEBUG": "0",
    "BASE_URL": "http://testserver",
    "MEDIA_ROOT": f"{RUN_FOLDER}/media",
}
for name in (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "EMAIL_URL",
    "OIDC_ISSUER",
    "DEFAULT_FROM_EMAIL",
):
    os.environ.pop(name, None)

ON_POSTGRES = os.environ.get("TEST_DATABASE", "sqlite") == "postgres"
if ON_POSTGRES and "TEST_POSTGRES_URL" not in os.environ:
    os.environ["TEST_POSTGRES_URL"] = embedded_postgres.start()
os.environ["DATABASE_URL"] = (
    os.environ["TEST_POSTGRES_URL"] if ON_POSTGRES else f"sqlite:///{RUN_FOLDER}/application.sqlite3"
)

from innovation_pool.settings import *  # noqa: E402, F403
from innovation_pool.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE  # noqa: E402

if not ON_POSTGRES:
    # A file, as in use: threads get connections of their own, and IMMEDIATE and WAL mean something.
    DATABASES["default"]["TEST"] = {"NAME": f"{RUN_FOLDER}/test.sqlite3"}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
DATABASES["default"]["CONN_MAX_AGE"] = 0

# A query per row is an error.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
# Each rule of a meeting takes its lock itself; an act made of several takes it several times.
ZEAL_ALLOWLIST = [{"model": "pool.Meeting", "field": "get()"}]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
