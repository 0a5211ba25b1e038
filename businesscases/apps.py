from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BusinesscasesConfig(AppConfig):
    """What we want: the businesscases."""

    name = "businesscases"
    label = "businesscases"
    verbose_name = _("Businesscases")

    def ready(self):
        # Importing is what adds the words of a case's acts to the audit trail, and what it keeps back.
        for module in ("businesscases.audit_names", "businesscases.audit_veil"):
            import_module(module)
