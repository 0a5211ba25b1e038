"""The money: accounts, the movements between them, and the operations that movements belong to.

Overdrawn means one thing here, an AVAILABLE, RESERVED or ALLOCATED account below zero, and one
CHECK forbids it. Only `pool/ledger` writes these tables.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly
from pool.models.decisions import Decision
from pool.models.pools import Pool


class AccountKind(models.TextChoices):
    """What an account holds. SOURCE is the council and may be negative; SHORTFALL is never above zero."""

    SOURCE = "source", _("The council")
    AVAILABLE = "available", _("Available")
    SHORTFALL = "shortfall", _("Shortfall")
    RESERVED = "reserved", _("Reserved")
    ALLOCATED = "allocated", _("Allocated")


class Account(models.Model):
    """A balance in whole kroner. It moves only by F() in the transaction that adds the movement."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    year = models.PositiveSmallIntegerField(null=True)
    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, related_name="accounts")
    balance = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["pool", "year", "kind"], name="account_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="source") | (Q(kind="shortfall") & Q(balance__lte=0)) | Q(balance__gte=0),
                name="account_is_never_overdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(kind="shortfall") | Q(balance__lte=0), name="shortfall_is_never_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(kind="source", year__isnull=True, case__isnull=True)
                | Q(kind__in=["available", "shortfall"], year__isnull=False, case__isnull=True)
                | Q(kind__in=["reserved", "allocated"], year__isnull=False, case__isnull=False),
                name="account_has_the_shape_of_its_kind",
            ),
            models.UniqueConstraint(fields=["pool"], condition=Q(kind="source"), name="one_source_a_pool"),
            models.UniqueConstraint(
                fields=["pool", "kind", "year"], condition=Q(case__isnull=True), name="one_account_a_year"
            ),
            models.UniqueConstraint(
                fields=["pool", "kind", "year", "case"],
                condition=Q(case__isnull=False),
                name="one_account_a_year_and_case",
            ),
        ]

    def __str__(self):
        return " ".join(str(part) for part in (self.get_kind_display(), self.year) if part)


class MovementKind(models.TextChoices):
    """Why money moved."""

    BUDGET = "budget", _("Appropriation")
    ADOPTION = "adoption", _("Adoption difference")
    SUPPLEMENT = "supplement", _("Supplement")
    PRICE_REGULATION = "price_regulation", _("Price regulation")
    CUT = "cut", _("Cut")
    SHORTFALL_COVER = "shortfall_cover", _("Cover of a shortfall")
    LAPSE = "lapse", _("Lapse")
    CARRY_OVER = "carry_over", _("Carry-over")
    RESERVATION = "reservation", _("Reservation")
    ALLOCATION = "allocation", _("Allocation")
    RELEASE = "release", _("Released reservation")
    RETURN = "return", pgettext_lazy("money", "Returned")
    CORRECTION = "correction", _("Correction")


class Operation(AppendOnly):
    """One act that moved money: all of its movements, in one pool or several, share this row.

    The id is the one made when the form was shown. `authority_…` is the council's decision, where
    the act needs one; `decision` is the board's.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    authority_body = models.CharField(max_length=120, blank=True)
    authority_date = models.DateField(null=True)
    authority_item = models.CharField(max_length=60, blank=True)
    authority_case_number = models.CharField(max_length=60, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="operations")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    def __str__(self):
        return f"{self.kind} {self.id}"


class Movement(AppendOnly):
    """One row is one transfer: `amount` whole kroner, above zero, from `debit` to `credit`.

    `number` runs without a gap in each pool. `hash` is sha256(previous hash + payload); `payload`
    is the canonical text that was hashed, kept so that it can be hashed again anywhere.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="movements")
    number = models.PositiveIntegerField()
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=20, choices=MovementKind.choices)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, related_name="movements")
    text = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pool", "number"]
        indexes = [
            models.Index(fields=["pool", "year", "number"], name="movement_of_year"),
            models.Index(fields=["case", "pool", "year"], name="movement_of_case"),
            models.Index(fields=["pool", "kind", "year"], name="movement_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="movement_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_is_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="movement_goes_somewhere"),
        ]

    def __str__(self):
        return f"{self.pool.number} {self.number}"

    @property
    def audit_name(self) -> str:
        case = f": {self.case.audit_name}" if self.case else ""
        return gettext("%(pool)s, movement %(number)s") % {"pool": self.pool, "number": self.number} + case


class UnfundedEntry(AppendOnly):
    """What a case was granted in a year without cover (uden dækning), as rows that add up.

    The sum of `amount` for a pool, year and case is what still stands unfunded, never below zero.
    """

    class Kind(models.TextChoices):
        WRITTEN_DOWN = "written_down", _("Granted without cover")
        COVERED = "covered", _("Covered")
        FALLEN_AWAY = "fallen_away", _("Fallen away")
        CARRIED = "carried", _("Carried")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="unfunded")
    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="unfunded")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind.choices)
    amount = models.BigIntegerField()
    # The decision that granted it: its age decides whose turn it is when money comes.
    granted_by = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    # The decision that caused this row, where one did (a closing year has none).
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="unfunded_entries")
    # No foreign key: an act that only writes down unfunded money moves none, and has no Operation row.
    operation = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["pool", "year", "case"], name="unfunded_of_case")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="unfunded_entry_is_not_zero")]

    def __str__(self):
        return f"{self.case.reference} {self.year}: {self.amount}"


class Effect(AppendOnly):
    """Finance registered the budget transfer behind a movement: it is effected."""

    movement = models.OneToOneField(Movement, models.PROTECT, related_name="effect")
    transferred_from = models.CharField(_("from"), max_length=120)
    transferred_to = models.CharField(_("to"), max_length=120)
    voucher = models.CharField(_("voucher"), max_length=60)
    on = models.DateField(_("date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.voucher
