"""The lines of a case's economy, and finance's own record beside them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesscases.economy import COSTS
from businesscases.models.case import BusinessCase, InUseManager
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly

# As plain words: a migration must not depend on the enum.
COST_VALUES = sorted(str(kind.value) for kind in COSTS)


class Kind(models.TextChoices):
    """What a line is. The sign of its amounts follows from this (`businesscases.economy`)."""

    INVESTMENT = "investment", _("Investment")
    IMPLEMENTATION = "implementation", _("Implementation (one-off)")
    DERIVED_OPERATION = "derived_operation", _("Derived operation")
    EXTERNAL_FUNDING = "external_funding", _("External funding")
    CASHABLE_GAIN = "cashable_gain", _("Cashable gain")
    FREED_TIME = "freed_time", _("Freed time")


class Payer(models.TextChoices):
    """Who pays a cost line. Other lines have none."""

    POOL = "pool", _("Paid by the pool")
    OWN = "own", _("Own budget")
    NOBODY = "nobody", _("Not financed yet")


class Nature(models.TextChoices):
    """How finance books a line."""

    CAPITAL = "capital", _("Capital")
    OPERATION = "operation", _("Operation")
    NONE = "none", _("None")


class EconomyLine(models.Model):
    """One line with six yearly amounts in whole kroner, typed positive; None is a blank cell.

    `key` is the line's identity: it stays through versions, copies to Excel and back.
    """

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=120)
    payer = models.CharField(_("who pays"), max_length=10, choices=Payer.choices, blank=True)
    permanent = models.BooleanField(_("permanent"), default=True)
    user_financed = models.BooleanField(_("user-financed area"), default=False)
    benefit_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("benefit owner"),
    )
    profit_centre = models.CharField(_("profit centre whose budget falls"), max_length=60, blank=True)
    basis = models.TextField(_("where the figures come from"), blank=True)
    year_1 = models.BigIntegerField(null=True, blank=True)
    year_2 = models.BigIntegerField(null=True, blank=True)
    year_3 = models.BigIntegerField(null=True, blank=True)
    year_4 = models.BigIntegerField(null=True, blank=True)
    year_5 = models.BigIntegerField(null=True, blank=True)
    year_6 = models.BigIntegerField(null=True, blank=True)
    # A removed line ends here and keeps its row: nothing is ever deleted.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InUseManager()
    all_rows = models.Manager()

    class Meta:
        ordering = ["order", "id"]
        base_manager_name = "all_rows"
        indexes = [models.Index(fields=["case", "order"], name="line_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind__in=COST_VALUES) & ~Q(payer="")) | (~Q(kind__in=COST_VALUES) & Q(payer="")),
                name="a_cost_says_who_pays",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def amounts(self) -> tuple[int | None, ...]:
        return (self.year_1, self.year_2, self.year_3, self.year_4, self.year_5, self.year_6)


class CaseAccounting(AppendOnly):
    """Finance's accounting fields of a case; the newest row counts, the others are its history."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="accounting")
    profit_centre = models.CharField(_("profit centre"), max_length=60, blank=True)
    f3_level = models.CharField(_("F3 level"), max_length=60, blank=True)
    function = models.CharField(_("function"), max_length=60, blank=True)
    grouping = models.CharField(_("grouping"), max_length=60, blank=True)
    psp_element = models.CharField(_("PSP element"), max_length=60, blank=True)
    kle = models.CharField(_("KLE"), max_length=30, blank=True)
    case_number = models.CharField(_("case number in the records system"), max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="accounting_newest")]

    def __str__(self):
        return f"{self.case.reference}: {self.profit_centre}"


class LineAccounting(AppendOnly):
    """Finance's record of one line, keyed to the line's identity; the newest row counts."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="line_accounting")
    line_key = models.UUIDField()
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices)
    profit_centre = models.CharField(_("profit centre"), max_length=60, blank=True)
    f3_level = models.CharField(_("F3 level"), max_length=60, blank=True)
    function = models.CharField(_("function"), max_length=60, blank=True)
    grouping = models.CharField(_("grouping"), max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["case", "line_key", "-id"], name="line_accounting_newest")]

    def __str__(self):
        return f"{self.line_key}: {self.nature}"
