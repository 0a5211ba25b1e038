"""An owner asks for more, less, later or other than was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases.models import BusinessCase
from innovation_pool import clock
from pool.models.decisions import Decision
from pool.models.pools import Pool


class ChangeRequest(models.Model):
    """A change request (ændringsanmodning); one open at a time for a case."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("change request", "Draft")
        WITH_FINANCE = "with_finance", pgettext_lazy("change request", "With finance")
        READY = "ready", pgettext_lazy("change request", "Ready for decision")
        GRANTED = "granted", pgettext_lazy("change request", "Granted")
        REFUSED = "refused", pgettext_lazy("change request", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("change request", "Withdrawn")

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="change_requests")
    state = models.CharField(max_length=15, choices=State.choices, default=State.DRAFT)
    why = models.TextField(_("why"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    opinion = models.TextField(_("finance's opinion"), blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opinion_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="change_requests")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["draft", "with_finance", "ready"]),
                name="one_open_change_request_a_case",
            )
        ]

    def __str__(self):
        return f"{self.case.reference}: {self.get_state_display()}"

    @property
    def audit_name(self) -> str:
        return self.case.audit_name


class ChangeRequestLine(models.Model):
    """What is asked to change in a pool and a year: kroner more, or less when negative."""

    request = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="lines")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    difference = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "pool", "year"], name="one_difference_a_year")
        ]

    def __str__(self):
        return f"{self.year}: {self.difference}"
