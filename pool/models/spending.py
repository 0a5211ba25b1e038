"""What the finance system says was spent. Integer øre; recorded, never refused."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly
from pool.models.pools import Pool


def own_digest() -> str:
    """A digest that no other posting has."""
    return secrets.token_hex(32)


class SpendingDraft(models.Model):
    """A file that finance has uploaded and not imported yet; kept so that nothing is sent twice."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    imported_at = models.DateTimeField(null=True)
    # Put aside: it is offered no more, and kept, as everything is.
    discarded_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.name


class SpendingRule(models.Model):
    """Which pool and case a PSP element or a profit centre of the finance system belongs to.

    Kept by finance where the accounting fields of a case do not say so themselves.
    """

    account = models.CharField(max_length=60, unique=True)
    # Both empty: what is posted there is no pool's.
    pool = models.ForeignKey(Pool, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.account}: {self.case or ''}"

    @property
    def audit_name(self) -> str:
        belongs = self.case.audit_name if self.case else self.pool or gettext("no pool’s")
        return gettext("Account %(account)s: %(belongs)s") % {"account": self.account, "belongs": belongs}


class SpendingFile(AppendOnly):
    """One imported file of postings."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    control_total_oere = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    operation = models.UUIDField(unique=True)

    def __str__(self):
        return self.name


class Posting(AppendOnly):
    """One posting of the finance system, by pool and case and the year of posting."""

    file = models.ForeignKey(SpendingFile, models.PROTECT, related_name="postings")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="postings")
    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="postings")
    year = models.PositiveSmallIntegerField()
    posted_on = models.DateField()
    amount_oere = models.BigIntegerField()
    voucher = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=250, blank=True)
    psp_element = models.CharField(max_length=60, blank=True)
    # What makes a posting the same as one imported before: date, voucher, account, amount, text, and
    # how many like it stood above it in its file. One that came by itself is like no other.
    digest = models.CharField(max_length=64, unique=True, default=own_digest)
    # A posting to a year that was closed already: shown and marked, moves nothing.
    late = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["pool", "year", "case"], name="posting_of_case")]

    def __str__(self):
        return f"{self.voucher}: {self.amount_oere}"


class SpentBalance(models.Model):
    """The postings of a pool, year and case added up, kept by the import so that pages need not add."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="spent")
    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="spent")
    year = models.PositiveSmallIntegerField()
    oere = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "case", "year"], name="one_spent_balance_a_year")
        ]

    def __str__(self):
        return f"{self.case.reference} {self.year}: {self.oere}"
