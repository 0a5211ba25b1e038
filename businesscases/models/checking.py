"""What is asked and answered about a frozen version: endorsements, criteria, findings, who stays out."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesscases.models.case import BusinessCase
from businesscases.models.rounds import Criterion
from businesscases.models.versions import CaseVersion
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly


class Endorsement(models.Model):
    """A request to stand by the amounts and years of a version; answered once, yes or no with a reason."""

    class Kind(models.TextChoices):
        AREA_HEAD = "area_head", _("area head")
        BENEFIT_OWNER = "benefit_owner", _("benefit owner")

    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="endorsements")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="endorsements")
    asked_at = models.DateTimeField(default=clock.now)
    # What is endorsed, per line key: an answer carries over to a version whose figures are the same.
    figures = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    endorsed = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "person"], name="asked_to_endorse_once"),
            models.CheckConstraint(
                condition=~Q(endorsed=False) | ~Q(reason=""), name="a_refused_endorsement_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.person}"

    @property
    def audit_name(self) -> str:
        person = f"{self.person} ({self.get_kind_display()})"
        words = {"case": self.version.case.audit_name, "n": self.version.number, "person": person}
        return gettext("%(case)s, version %(n)s: %(person)s") % words


class Confirmation(AppendOnly):
    """Finance's word that the figures of a version hold; freezes a copy of the accounting record."""

    version = models.OneToOneField(CaseVersion, models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmations")
    at = models.DateTimeField(default=clock.now)
    note = models.TextField(_("note"), blank=True)
    missing_endorsements = models.TextField(_("why without every endorsement"), blank=True)
    accounting = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    def __str__(self):
        return f"{self.version}: {self.by}"


class CriterionTick(AppendOnly):
    """One criterion of the round, met or not by this version, with finance's note."""

    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="ticks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    met = models.BooleanField()
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "criterion"], name="ticked_once")]

    def __str__(self):
        return f"{self.version}: {self.criterion}"


class FindingAnswer(AppendOnly):
    """Finance's answer to something the control found in a version."""

    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="finding_answers")
    code = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="answered_once")]

    def __str__(self):
        return f"{self.version}: {self.code}"


class Disqualification(models.Model):
    """A person reports that they may be disqualified (inhabil) in a case; the chair decides it."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="disqualifications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="disqualifications")
    reported_at = models.DateTimeField(default=clock.now)
    reason = models.TextField(_("reason"))
    out = models.BooleanField(_("stays out"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The chair's own question is decided by the mayor, who may have no account.
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_question_of_disqualification"),
            models.CheckConstraint(
                condition=Q(out__isnull=True) | ~Q(decision_reason=""), name="disqualification_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.case.reference}: {self.person}"

    @property
    def audit_name(self) -> str:
        return f"{self.case.audit_name}: {self.person}"
