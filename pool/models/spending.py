"""What the finance system says was spent. Integer øre; recorded, never refused."""

from django.conf import settings
from django.db import models

from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly
from pool.models.pools import Pool


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
