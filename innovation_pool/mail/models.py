"""The outbox: a mail is a row before it is a mail, so a mail server that is down only delays it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from innovation_pool import clock


class OutboxMail(models.Model):
    """One mail to one person (or to a hearing body's address) about one event.

    `event` and the receiver are unique together: whatever is posted twice is sent once.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("mail", "Waits to be released")
        WAITING = "waiting", pgettext_lazy("mail", "Waits to be sent")
        SENT = "sent", pgettext_lazy("mail", "Sent")
        CANCELLED = "cancelled", pgettext_lazy("mail", "Not sent")

    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    link = models.CharField(max_length=300, blank=True)
    case_reference = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "next_try_at"], name="mail_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["event", "address"], name="one_mail_an_event_and_receiver")
        ]

    def __str__(self):
        return f"{self.address}: {self.subject}"
