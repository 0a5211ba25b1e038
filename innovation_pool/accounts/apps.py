from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, their departments and their roles."""

    name = "innovation_pool.accounts"
    label = "accounts"
    verbose_name = _("People")
