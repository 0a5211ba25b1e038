"""What belongs to no subject: the choice of language, and whether the server works."""

from django.urls import path

from innovation_pool.web.health import healthz
from innovation_pool.web.language import set_language

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set-language"),
]
