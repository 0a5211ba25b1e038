"""What was done, by whom, and what it changed.

`Entry` is the audit trail: one row for every act, never changed. `Act` is the memory that lets a
form be posted twice and act once.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.append_only import AppendOnly


class Act(models.Model):
    """One posted form that acted, known by the operation id made when the form was shown.

    The primary key is what stops a double click: the second post waits for the first to commit,
    then finds its answer here.
    """

    operation = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    answer = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    def __str__(self):
        return f"{self.name} {self.operation}"


class Entry(AppendOnly):
    """A row of the audit trail. `before` and `after` hold only what the act changed."""

    at = models.DateTimeField(_("when"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    act = models.CharField(_("act"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject = models.CharField(_("what"), max_length=250)
    case_reference = models.CharField(max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    operation = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["-at", "-id"], name="entry_newest"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="entry_subject"),
            models.Index(fields=["case_reference", "-id"], name="entry_case"),
            models.Index(fields=["operation"], name="entry_operation"),
        ]

    def __str__(self):
        return f"{self.act}: {self.subject}"
