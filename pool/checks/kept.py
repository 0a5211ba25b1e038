"""What is kept beside the movements, against what it is kept from: years, spending, versions, guards."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from businesscases.models import CaseVersion
from businesscases.versions import is_unchanged
from innovation_pool import guards
from innovation_pool.audit.models import Entry
from pool.ledger.corrections import COUNCILS
from pool.models import Movement, MovementKind, Operation, PoolYear, Posting, SpentBalance


def years_follow_from_the_council() -> Iterator[str]:
    """A year is adopted by an adoption that stands, and has a budget by that or by money that was booked."""
    standing = Operation.objects.filter(kind=MovementKind.ADOPTION, corrected_by=None).values("pk")
    entries = Entry.objects.filter(operation__in=standing, act=MovementKind.ADOPTION)
    adopted = set(entries.values_list("subject_id", flat=True))
    booked = set(
        Movement.objects.filter(kind__in=COUNCILS, operation__corrected_by=None)
        .order_by()
        .values_list("pool", "year")
    )
    for row in PoolYear.objects.select_related("pool"):
        stands = str(row.pk) in adopted
        if row.status != PoolYear.Status.CLOSED and stands != (row.status == PoolYear.Status.ADOPTED):
            yield f"{row} is {row.status}, but its adoption {'stands' if stands else 'is not there'}"
        if row.has_budget != (stands or (row.pool_id, row.year) in booked):
            yield f"{row} is marked {'with' if row.has_budget else 'without'} a budget, which is not so"


def spent_follows_from_postings() -> Iterator[str]:
    posted: dict[tuple, int] = defaultdict(int)
    rows = Posting.objects.order_by().values_list("pool__number", "case__reference", "year")
    for *key, total in rows.annotate(Sum("amount_oere")):
        posted[tuple(key)] = total
    kept: dict[tuple, int] = defaultdict(int)
    for *key, oere in SpentBalance.objects.values_list("pool__number", "case__reference", "year", "oere"):
        kept[tuple(key)] = oere
    for key in sorted({*posted, *kept}):
        if posted[key] != kept[key]:
            yield f"{key[1]} in {key[0]} {key[2]}: {kept[key]} øre kept, the postings add up to {posted[key]}"


def versions_are_unchanged() -> Iterator[str]:
    for version in CaseVersion.objects.select_related("case").iterator(chunk_size=200):
        if not is_unchanged(version):
            yield f"{version} is not what was frozen"


def rows_are_guarded() -> Iterator[str]:
    for table in guards.missing():
        yield f"the rows of {table} are not guarded against changes"
