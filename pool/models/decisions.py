"""What the board decided, and what it has put down provisionally.

A provisional decision is a row that can change. A `Decision` and everything beside it is written
once, when the provisional one is carried out.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase, CaseVersion
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly
from pool.models.meetings import AgendaItem, Meeting
from pool.models.pools import Pool


class DecisionKind(models.TextChoices):
    """What a decision does. Allocation alone needs no meeting; a resolution has no case."""

    APPROVE = "approve", pgettext_lazy("decision", "Approve")
    REJECT = "reject", pgettext_lazy("decision", "Reject")
    POSTPONE = "postpone", pgettext_lazy("decision", "Postpone")
    RETURN = "return", pgettext_lazy("decision", "Return to the owner")
    STOP = "stop", pgettext_lazy("decision", "Stop")
    REVERSE = "reverse", pgettext_lazy("decision", "Reverse")
    CHANGE_OF_GRANT = "change_of_grant", pgettext_lazy("decision", "Change of grant")
    COVER = "cover", pgettext_lazy("decision", "Cover")
    ALLOCATION = "allocation", pgettext_lazy("decision", "Allocation")
    RESOLUTION = "resolution", pgettext_lazy("decision", "Resolution")


class ConditionKind(models.TextChoices):
    """Why an approval depends on the politicians."""

    UNCOVERED = "uncovered", _("years without cover in the pool")
    OTHER_COMMITTEE = "other_committee", _("another committee's budget")
    SERVICE_LEVEL = "service_level", _("the service level")
    RATE = "rate", _("the rate (takst)")
    CONVERSION = "conversion", _("conversion of capital money to operation")
    OTHER = "other", _("something else")


class DecisionCounter(models.Model):
    """The last decision number given; one row, locked after pools and cases."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_counter_of_decisions")]

    def __str__(self):
        return str(self.last)


class Decision(AppendOnly):
    """A decision of the board, numbered without a gap. A later one may reverse or change it."""

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    item = models.OneToOneField(AgendaItem, models.PROTECT, null=True, related_name="decision")
    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, related_name="decisions")
    version = models.ForeignKey(CaseVersion, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    on_condition = models.BooleanField(default=False)
    until = models.DateField(null=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversed_by")
    # Why somebody whose turn it was did not get the free money first.
    passed_over_reason = models.TextField(blank=True)
    # Finance's accounting record as it stood, frozen with an approval.
    accounting = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    decided_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    operation = models.UUIDField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["case", "number"], name="decision_of_case")]

    def __str__(self):
        return self.label

    @property
    def audit_name(self) -> str:
        if self.case is not None:
            subject = self.case.audit_name
        elif self.kind == DecisionKind.ALLOCATION:
            of = self.grants.select_related("pool").first()
            subject = f"{of.pool.name} {of.year} ({of.pool.number})"
        else:
            subject = self.item.title if self.item else self.text
        return self.name_with(subject)

    def name_with(self, subject: str) -> str:
        """The number, and what the decision is about."""
        return gettext("Decision no. %(label)s: %(subject)s") % {"label": self.label, "subject": subject}

    @property
    def label(self) -> str:
        """The number as it is written in records and letters: year and running number."""
        return f"{self.decided_on.year}-{self.number:02d}"


class DecisionGrant(AppendOnly):
    """What a decision gives a case in a pool and a year, or takes from it; whole kroner."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grants")
    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="grants")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField()
    # Reserved, released (negative) or, for an allocation, allocated.
    amount = models.BigIntegerField(default=0)
    unfunded = models.BigIntegerField(default=0)
    asked = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pool", "year"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "case", "pool", "year"], name="one_grant_a_year"),
        ]

    def __str__(self):
        return f"{self.decision.label} {self.year}: {self.amount}"


class DecisionMember(AppendOnly):
    """Who took part in a decision and who stayed out, frozen with it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    took_part = models.BooleanField()
    reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="a_member_counts_once")]

    def __str__(self):
        return str(self.person)


class DecisionCondition(AppendOnly):
    """A political outcome an approval depends on."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="political_conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind.choices)
    text = models.TextField(blank=True)

    def __str__(self):
        return f"{self.decision.label}: {self.get_kind_display()}"


class ConditionOutcome(AppendOnly):
    """What the politicians answered; recorded by finance, once for each condition."""

    condition = models.OneToOneField(DecisionCondition, models.PROTECT, related_name="outcome")
    met = models.BooleanField()
    committee = models.CharField(_("committee"), max_length=120)
    on = models.DateField(_("date"))
    item = models.CharField(_("item"), max_length=60)
    # For a conversion: kroner of capital money that become operation, by year.
    converted = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.condition}: {self.met}"


class ProvisionalDecision(models.Model):
    """What the meeting has put down on an item so far. Moves nothing until it is carried out."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="provisional")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    on_condition = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    reverses = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    passed_over_reason = models.TextField(blank=True)
    put_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_down_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)
    carried_out = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="provisional")

    def __str__(self):
        return f"{self.item}: {self.get_kind_display()}"

    @property
    def stands(self) -> bool:
        """Whether it is neither taken back nor carried out."""
        return self.taken_back_at is None and self.carried_out_id is None


class ProvisionalGrant(models.Model):
    """An amount of a provisional decision, by pool and year; whole kroner, negative where it takes."""

    provisional = models.ForeignKey(ProvisionalDecision, models.CASCADE, related_name="grants")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField(default=0)
    unfunded = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provisional", "pool", "year"], name="one_provisional_grant_a_year"
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.amount}"


class ProvisionalCondition(models.Model):
    """A political outcome the approval will depend on once it is carried out."""

    provisional = models.ForeignKey(ProvisionalDecision, models.CASCADE, related_name="political_conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind.choices)
    text = models.TextField(blank=True)

    def __str__(self):
        return self.get_kind_display()
