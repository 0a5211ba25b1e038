"""What time it is. One clock for every rule, so that a story can be told with the dates it had.

Only the demo data and tests set it; the application itself always reads the real time.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[datetime.datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime.datetime:
    """The moment, with its time zone."""
    return _told.get() or timezone.now()


def today() -> datetime.date:
    """The calendar day in the municipality's time zone."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Inside the block it is `moment`, in this thread or task only."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
