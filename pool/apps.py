from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoolConfig(AppConfig):
    """What we fund: pools, money and decisions."""

    name = "pool"
    label = "pool"
    verbose_name = _("Pool")

    def ready(self):
        # Importing is what adds the pool's findings to the control, and its words to the audit trail.
        for module in ("pool.findings", "pool.audit_names"):
            import_module(module)
