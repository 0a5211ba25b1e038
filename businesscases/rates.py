"""Dated rates: the one in force on a day is the newest that has begun."""

from datetime import date
from decimal import Decimal

from businesscases.models import Rate
from innovation_pool import clock
from innovation_pool.prepared import prepared

# Until the administrator has entered one: Finansministeriet's socio-economic rate for years 0-35, in
# force since 7 January 2021, and no regulation of capital money.
DEFAULTS = {Rate.Kind.DISCOUNT: Decimal("0.035"), Rate.Kind.PRICE_INDEX: Decimal(0)}


def rate_on(kind: str, day: date) -> Decimal:
    """The rate in force on the day, as a fraction."""
    newest = _newest_begun(kind=str(kind), day=day)
    return newest[0] if newest else DEFAULTS[Rate.Kind(kind)]


@prepared
def _newest_begun(*, kind: str, day: date):
    begun = Rate.objects.filter(kind=kind, valid_from__lte=day)
    return begun.order_by("-valid_from").values_list("value", flat=True)[:1]


def discount_rate_today() -> Decimal:
    """What a draft is discounted at."""
    return rate_on(Rate.Kind.DISCOUNT, clock.today())
