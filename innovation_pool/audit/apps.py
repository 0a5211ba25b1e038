from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "innovation_pool.audit"
    label = "audit"
    verbose_name = _("Audit trail")

    def ready(self):
        # Importing is what connects the receivers; the people they look up are there only now.
        import_module("innovation_pool.audit.signals")
