from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BusinesscasesConfig(AppConfig):
    """What we want: the businesscases."""

    name = "businesscases"
    label = "businesscases"
    verbose_name = _("Businesscases")
