"""The ground is an app of its own so that its filters, checks and signals are found."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from innovation_pool.database import prepare_connection


class GroundConfig(AppConfig):
    """Registers what every app above stands on."""

    name = "innovation_pool"
    label = "innovation_pool"

    def ready(self):
        connection_created.connect(prepare_connection, dispatch_uid="prepare_connection")
