"""All settings, in one file. What differs between installations comes from the environment (see
README, "Settings"), read by `environment.py`, which refuses nonsense in a sentence.

Without TLS only on request: `DEMO=1` and `DEBUG=1`, and an http BASE_URL on this very machine, turn off
Secure and `__Host-` cookies and HSTS, and say so in the log when the server starts.
"""

import os
import sys
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
    "innovation_pool.mail",
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

# The order matters: each line needs what the lines above it did.
MIDDLEWARE = [
    "innovation_pool.web.reference.reference_middleware",
    "innovation_pool.web.language.danish_first_middleware",
    # Before anything reads the client's address or the scheme.
    "innovation_pool.web.proxies.proxies_middleware",
    # Outside all that may answer by itself, so that those answers carry the headers too.
    "innovation_pool.web.headers.headers_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "innovation_pool.web.language.language_middleware",
    "innovation_pool.web.gate.SignedInOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "innovation_pool.web.refused.RefusedMiddleware",
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
                "innovation_pool.web.menu.menu",
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
# One installation serves one municipality; its name stands in the frame and on what is printed.
MUNICIPALITY = environment.text("MUNICIPALITY", "Vesthimmerlands Kommune")
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
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "innovation_pool.accounts.adapter.ClosedAccounts"
ACCOUNT_FORMS = {"login": "innovation_pool.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_SESSION_REMEMBER = True
# Five wrong passwords for one account in five minutes. A whole town hall may share one address, so what
# one address may do is wider than allauth's own 10 wrong and 30 in all a minute.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}

OIDC_ISSUER = sign_on[0] if sign_on else ""
if sign_on:
    # Needs the extra: pip install innovation-pool[sso]. The municipality's directory decides who a
    # person is, by e-mail; the administrator still decides who has an account.
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "innovation_pool.accounts.single_sign_on.KnownPeopleOnly"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "VERIFIED_EMAIL": True,
            "APPS": [
                {
                    "provider_id": "kommune",
                    "name": "Kommunens konto",
                    "client_id": sign_on[1],
                    "secret": sign_on[2],
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ],
        }
    }

# -- Sessions, cookies, transport ------------------------------------------------------------------
# A working day. Not renewed by use: that would be a write to the database for every page.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "innovation_pool.web.errors.csrf_failure"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    # Whoever watches the server asks it directly, behind the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Preloading is for a whole domain, and the municipality's to ask for; W021 would have it in each header.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- What may be sent ------------------------------------------------------------------------------
# The economy of a case is one form: forty lines of six years and a dozen choices are 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# -- Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
if local:
    STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))
# Names with a fingerprint only where `collectstatic` made the list of them; else every page would fail.
collected = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "innovation_pool.web.static_files.ServedFiles"
        if collected or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not collected
WHITENOISE_AUTOREFRESH = DEBUG

# -- Mail ------------------------------------------------------------------------------------------
EMAIL_BACKEND = mail.backend
EMAIL_HOST, EMAIL_PORT = mail.host, mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.tls, mail.ssl
EMAIL_FILE_PATH = mail.folder or None
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"innovationspulje@{base_address.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- Log -------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "reference": {"()": "innovation_pool.web.reference.ReferenceFilter"},
        "personal_links": {"()": "innovation_pool.web.personal_links.PersonalLinkFilter"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {reference} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["reference", "personal_links"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would write each line a second time, without the number.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
