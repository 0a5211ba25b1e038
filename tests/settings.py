"""The settings under test: those of the application, with what a test run needs otherwise."""

import os

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("BASE_URL", "http://testserver")

from innovation_pool.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
