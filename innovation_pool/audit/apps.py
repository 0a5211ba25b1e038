from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "innovation_pool.audit"
    label = "audit"
    verbose_name = _("Audit trail")

    def ready(self):
        # Importing is what connects the receivers.
        from innovation_pool.audit import signals  # noqa: F401
