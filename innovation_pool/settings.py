"""All settings, in one file. What differs between installations comes from the environment (see
README, "Settings"), read by `environment.py`, which refuses nonsense in a sentence.

Without TLS only on request: `DEMO=1` and `DEBUG=1`, and an http BASE_URL on this very machine, turn off
Secure and `__Host-` cookies and HSTS, and say so in the log when the server starts.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from innovation_pool.environment import LOOPBACK_HOSTS, Environment, Nonsense, local_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

environment = Environment(os.environ)
try:
    DEBUG = environment.flag("DEBUG")
    DEMO = environment.flag("DEMO")
    local = DEBUG or DEMO
    if local and not environment.text("SECRET_KEY"):
        SECRET_KEY = local_secret_key(VAR_DIR / "secret-key")
    else:
        SECRET_KEY = environment.secret_key()
    named_hosts = environment.hosts()
    exact_hosts = [host for host in named_hosts if not host.startswith((".", "*"))]
    default_address = f"https://{exact_hosts[0]}" if exact_hosts else ""
    if local:
        default_address = f"http://127.0.0.1:{environment.text('PORT', '8000')}"
    BASE_URL = environment.base_url(default_address, plain_http_anywhere=local)
    TRUSTED_PROXIES = environment.proxies()
    database_url = environment.database_url(f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    mail = environment.mail("console:" if local else "smtp://localhost:25")
    sign_on = environment.sign_on()
except Nonsense as nonsense:
    raise ImproperlyConfigured(f"{nonsense}") from None

# -- Addresses -------------------------------------------------------------------------------------
base_address = urlsplit(BASE_URL)
SECURE = base_address.scheme == "https"
ALLOWED_HOSTS = [*named_hosts, base_address.hostname, *LOOPBACK_HOSTS]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "innovation_pool.urls"
WSGI_APPLICATION = "innovation_pool.wsgi.application"

# -- Applications ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "innovation_pool.apps.GroundConfig",
    "innovation_pool.accounts",
    "innovation_pool.audit",
    "businesscases",
    "pool",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# -- Database --------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.parse(database_url, conn_max_age=60, conn_health_checks=True)}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction takes the write lock when it begins, so what it reads is still true
    # when it writes. SQLite has no lock on a row.
    database["CONN_MAX_AGE"] = 0
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # A wait for a lock that takes longer becomes a page that keeps what was typed.
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),
        "options": "-c lock_timeout=3000 -c statement_timeout=15000",
    }

# -- Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

# -- People and sign-in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# -- Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))

# -- Mail ------------------------------------------------------------------------------------------
EMAIL_BACKEND = mail.backend
EMAIL_HOST, EMAIL_PORT = mail.host, mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.tls, mail.ssl
EMAIL_FILE_PATH = mail.folder or None
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"innovationspulje@{base_address.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
