"""The ground is an app of its own so that its filters, checks and signals are found."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from innovation_pool import guards
from innovation_pool.database import prepare_connection


class GroundConfig(AppConfig):
    """Registers what every app above stands on."""

    name = "innovation_pool"
    label = "innovation_pool"

    def ready(self):
        connection_created.connect(prepare_connection, dispatch_uid="prepare_connection")
        # Once for each migrate: Django signals every app that has models, and this one has none.
        once = apps.get_app_config("audit")
        pre_migrate.connect(guards.before_migrations, sender=once, dispatch_uid="guards_off")
        post_migrate.connect(guards.after_migrations, sender=once, dispatch_uid="guards_on")
        checks.register(guards.check_guards, checks.Tags.database)
