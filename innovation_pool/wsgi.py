"""The door for gunicorn: `gunicorn innovation_pool.wsgi`."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation_pool.settings")

application = get_wsgi_application()

if not settings.SECURE:
    logging.getLogger(__name__).warning(
        "Plain http at %s: cookies are neither Secure nor __Host-, and there is no HSTS. "
        "For a server others reach, set BASE_URL=https://…",
        settings.BASE_URL,
    )
