from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoolConfig(AppConfig):
    """What we fund: pools, money and decisions."""

    name = "pool"
    label = "pool"
    verbose_name = _("Pool")
