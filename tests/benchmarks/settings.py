"""The application as it is served, plus the addresses of the bare pages it is measured beside."""

import os

os.environ.setdefault("DEMO", "1")

from innovation_pool.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
LOGGING_CONFIG = None
