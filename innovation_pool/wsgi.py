"""The door for gunicorn: `gunicorn innovation_pool.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation_pool.settings")

application = get_wsgi_application()
