"""The application as it is served. Only signing in is cheaper: a hundred people do it in the same minute."""

import os

os.environ.setdefault("DEMO", "1")

from innovation_pool.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
