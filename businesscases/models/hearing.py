"""Hearings: the bodies, what they were asked, what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesscases.models.case import BusinessCase
from businesscases.models.versions import CaseVersion
from innovation_pool import clock


class HearingBody(models.Model):
    """Somebody who is heard: by law, in the MED system, or by choice."""

    class Kind(models.TextChoices):
        BY_LAW = "law", _("by law")
        MED = "med", _("MED")
        BY_CHOICE = "choice", _("by choice")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    email = models.EmailField(_("e-mail"), blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("hearing body")
        verbose_name_plural = _("hearing bodies")

    def __str__(self):
        return self.name


class Hearing(models.Model):
    """One hearing of one version, from its opening to its close."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="hearings")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="hearings")
    material = models.TextField(_("material"))
    deadline = models.DateField(_("deadline"))
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_hearing_a_case"
            )
        ]

    def __str__(self):
        return f"{self.case.reference} {self.deadline}"


class HearingPart(models.Model):
    """A body in a hearing: asked, or passed over with a reason."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="parts")
    body = models.ForeignKey(HearingBody, models.PROTECT, related_name="+")
    # The personal link's secret is never stored, only its sha256.
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    passed_over_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hearing", "body"], name="a_body_is_heard_once")]

    def __str__(self):
        return str(self.body)

    @property
    def audit_name(self) -> str:
        return f"{self.hearing.case.audit_name}: {self.body}"

    @property
    def late(self) -> bool:
        """Whether the answer came after the deadline; while there is none, whether it can only come late."""
        if self.passed_over_reason:
            return False
        answer = getattr(self, "answer", None)
        if answer is None and self.hearing.closed_at is not None:
            return False
        moment = answer.answered_at if answer else clock.now()
        return timezone.localtime(moment).date() > self.hearing.deadline


class HearingAnswer(models.Model):
    """What a body answered; changeable until the deadline, every change in the audit trail."""

    part = models.OneToOneField(HearingPart, models.PROTECT, related_name="answer")
    text = models.TextField(_("answer"))
    answered_by = models.CharField(_("answered by"), max_length=120)
    answered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self):
        return self.text[:60]
