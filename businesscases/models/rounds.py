"""What stands around the cases: rounds with their criteria, goals, and dated rates."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Goal(models.Model):
    """A Must-Win-Battle of the board, or one of its innovation goals."""

    class Kind(models.TextChoices):
        MUST_WIN_BATTLE = "battle", _("Must-Win-Battle")
        INNOVATION_GOAL = "goal", _("Innovation goal")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["kind", "order", "name"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self):
        return self.name


class Round(models.Model):
    """An application round (ansøgningsrunde): when cases are due, and when the board meets on them."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    opens_on = models.DateField(_("opens"))
    deadline = models.DateField(_("deadline"))
    meeting_on = models.DateField(_("board meeting"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["-deadline"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__gte=models.F("opens_on")), name="round_closes_after_it_opens"
            )
        ]

    def __str__(self):
        return self.name

    def open_on(self, day) -> bool:
        return self.active and self.opens_on <= day <= self.deadline


class Criterion(models.Model):
    """What a round asks of a case. Those with a rule are computed first and ticked by finance after."""

    class Rule(models.TextChoices):
        PAYBACK = "payback", _("paid back within so many years")
        CASHABLE_GAIN = "cashable gain", _("at least one cashable gain")
        BATTLE = "battle", _("serves at least one Must-Win-Battle")
        TRIAL = "trial", _("says how it will be tried out")
        JUDGED = "judged", _("judged by finance alone")

    round = models.ForeignKey(Round, models.PROTECT, related_name="criteria", verbose_name=_("round"))
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices, default=Rule.JUDGED)
    text = models.CharField(_("text"), max_length=200)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["round", "order", "id"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self):
        return self.text


class Rate(models.Model):
    """A dated setting, as a fraction: the rate in force is the newest that has begun."""

    class Kind(models.TextChoices):
        DISCOUNT = "discount", _("discount rate")
        PRICE_INDEX = "price index", _("yearly price regulation of capital money")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    valid_from = models.DateField(_("valid from"))
    value = models.DecimalField(
        _("value, as a fraction"),
        max_digits=6,
        decimal_places=4,
        validators=[MinValueValidator(Decimal("-0.5")), MaxValueValidator(Decimal(1))],
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="one_rate_a_day")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.valid_from}: {self.value}"
