from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Mails that wait to be sent."""

    name = "innovation_pool.mail"
    label = "mail"
    verbose_name = _("Mail")
