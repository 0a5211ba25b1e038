"""What happened to a case."""

from django.conf import settings
from django.db import models

from businesscases.models.case import BusinessCase, State
from businesscases.models.versions import CaseVersion
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly


class CaseEvent(AppendOnly):
    """One action of the transition table, carried out. The case's history is these rows."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="events")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=State.choices)
    reason = models.TextField(blank=True)
    version = models.ForeignKey(CaseVersion, models.PROTECT, null=True, related_name="+")
    # "2021-07", when a board's decision moved the case; the decision itself lives with the money.
    decision_label = models.CharField(max_length=20, blank=True)
    operation = models.UUIDField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="event_of_case")]

    def __str__(self):
        return f"{self.case.reference}: {self.action}"
