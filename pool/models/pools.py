"""A pool and its years, with the fields of the municipality's form "Budgetalternativ - Anlægsønske"."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases.models import Round
from innovation_pool import clock
from innovation_pool.accounts.models import Committee, Department

YEAR_LIMITS = [MinValueValidator(2000), MaxValueValidator(2100)]


class Pool(models.Model):
    """Money the council set aside for a purpose. Its row is what every money act locks first."""

    class Nature(models.TextChoices):
        CAPITAL = "capital", _("Capital")
        OPERATION = "operation", _("Operation")

    number = models.CharField(_("number"), max_length=30, unique=True)
    name = models.CharField(_("subject"), max_length=120)
    committee = models.ForeignKey(Committee, models.PROTECT, verbose_name=_("committee"), related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("department"), related_name="+")
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    nature = models.CharField(
        _("nature of the money"), max_length=10, choices=Nature.choices, default=Nature.CAPITAL
    )
    first_year = models.PositiveSmallIntegerField(_("first year"), validators=YEAR_LIMITS)
    profit_centre = models.CharField(_("profit centre"), max_length=60, blank=True)
    f3_level = models.CharField(_("F3 level"), max_length=60, blank=True)
    function = models.CharField(_("function"), max_length=60, blank=True)
    grouping = models.CharField(_("grouping"), max_length=60, blank=True)

    description = models.TextField(_("Description"), blank=True)
    focus_areas = models.TextField(_("Importance for the focus areas"), blank=True)
    development_goals = models.TextField(
        _("Importance for the area's development goals and policies"), blank=True
    )
    other_areas = models.TextField(_("Effect on other areas"), blank=True)
    service = models.TextField(_("Consequences for service to citizens"), blank=True)
    staff_consequences = models.TextField(_("Consequences for staff"), blank=True)
    hearing_parties = models.TextField(_("Who must be heard"), blank=True)
    rate_change = models.TextField(_("Derived change of the rate (takst)"), blank=True)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # Number and hash of the latest movement: the head of the chain. Kept by pool/ledger alone.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        ordering = ["-first_year", "name"]
        verbose_name = _("pool")
        verbose_name_plural = _("pools")

    def __str__(self):
        return f"{self.name} ({self.number})"


class PoolYear(models.Model):
    """One calendar year of a pool, from overslag to closed.

    The `form_…` amounts are what the council's form says (whole kroner, None where a cell is
    blank): they are the proposal, not money. Money is in the movements.
    """

    class Status(models.TextChoices):
        ESTIMATE = "estimate", pgettext_lazy("pool year", "estimate")
        ADOPTED = "adopted", pgettext_lazy("pool year", "adopted")
        CLOSED = "closed", pgettext_lazy("pool year", "closed")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(validators=YEAR_LIMITS)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ESTIMATE)
    # Whether the council has booked anything to it: carried money alone gives a year no budget.
    has_budget = models.BooleanField(default=False)
    adopted_on = models.DateField(null=True)
    appropriated_on = models.DateField(_("anlægsbevilling given on"), null=True)
    closed_at = models.DateTimeField(null=True)
    form_overflow = models.BigIntegerField(null=True, blank=True)
    form_tax_financed = models.BigIntegerField(null=True, blank=True)
    form_user_financed = models.BigIntegerField(null=True, blank=True)
    form_operation = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pool", "year"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "year"], name="one_pool_year"),
            models.CheckConstraint(
                condition=models.Q(status__in=["estimate", "adopted", "closed"]),
                name="pool_year_status_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.pool.number} {self.year}"

    @property
    def audit_name(self) -> str:
        return f"{self.pool.name} {self.year} ({self.pool.number})"


class RoundPool(models.Model):
    """A pool that is open to a round: a case's possible pools are its round's."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="pool_links", verbose_name=_("round"))
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="round_links", verbose_name=_("pool"))

    class Meta:
        verbose_name = _("pool open to a round")
        verbose_name_plural = _("pools open to rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "pool"], name="a_pool_is_open_to_a_round_once")
        ]

    def __str__(self):
        return f"{self.round}: {self.pool}"
