"""What was submitted, frozen."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from businesscases.models.case import BusinessCase
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly


class CaseVersion(AppendOnly):
    """A submission, as it was: every text, line, risk, milestone and document name, with its key figures.

    `content` is plain JSON written by `businesscases.versions`; `digest` is the sha256 of its
    canonical bytes, so a later change would show. Amounts are whole kroner.
    """

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    start_year = models.PositiveSmallIntegerField()
    price_level = models.PositiveSmallIntegerField()
    discount_rate = models.DecimalField(max_digits=6, decimal_places=4)
    asked_total = models.BigIntegerField()
    invested = models.BigIntegerField()
    net_gain = models.BigIntegerField()
    permanent_effect = models.BigIntegerField()
    present_value = models.DecimalField(max_digits=24, decimal_places=4)
    payback_years = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    internal_rate = models.DecimalField(max_digits=36, decimal_places=10, null=True)
    benefit_cost_ratio = models.DecimalField(max_digits=36, decimal_places=8, null=True)
    # The careful scenario: gains -20 %, costs +20 %.
    careful_net_gain = models.DecimalField(max_digits=24, decimal_places=2)
    careful_present_value = models.DecimalField(max_digits=24, decimal_places=4)
    careful_payback_years = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    late_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_version_a_number")]

    def __str__(self):
        return f"{self.case.reference} v{self.number}"
