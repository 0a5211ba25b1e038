"""A new pool with its years. Money comes afterwards, by what the council decides."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from innovation_pool.audit.trail import record
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal
from pool.models import Pool, PoolYear

YEARS = 4


def create_pool(
    *, by, operation: UUID, form: dict[int, dict[str, int | None]] | None = None, **fields
) -> Pool:
    """Makes a pool with four estimate years from `first_year`, and the amounts of the council's form by year.

    `form` gives a year's `form_…` columns; a year it names beyond the four is made too. Moves no money.
    """
    require(by, Action.BOOK_COUNCIL_MONEY)
    form = form or {}
    try:
        with transaction.atomic():
            pool = Pool.objects.create(**fields)
            years = sorted({*range(pool.first_year, pool.first_year + YEARS), *form})
            PoolYear.objects.bulk_create(
                PoolYear(pool=pool, year=year, **form.get(year, {})) for year in years
            )
            record(
                "create_pool", pool, by=by, after={"number": pool.number, "years": years}, operation=operation
            )
    except IntegrityError as error:
        if Pool.objects.filter(number=fields.get("number")).exists():
            raise Refusal(_("There is a pool with that number already."), field="number") from error
        raise
    return pool
