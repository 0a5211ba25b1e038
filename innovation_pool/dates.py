"""How a date is read and how it is shown: day, month, year in Danish and in English, never another order.

The names of months and days are Django's own translations. They and the patterns are looked up once for each
language and kept, because a list shows hundreds of dates and Django's date filter is ten times as slow.
"""

import calendar
import datetime
import re
import unicodedata
from functools import cache
from typing import TypeVar

from django.utils import timezone, translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from innovation_pool.clock import today
from innovation_pool.typed import TypedError

NBSP = "\N{NO-BREAK SPACE}"
Day = TypeVar("Day", datetime.date, datetime.datetime)
LANGUAGES = ("da", "en")
EARLIEST, LATEST = 1900, 2199
# Longer than "24. september 2026" with every space doubled; what is longer is not a date.
LONGEST_TYPED = 40


class DateError(TypedError):
    """A date that was not understood."""


# --- Reading --------------------------------------------------------------------------------------

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_FIGURES = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>\. ?|[-/])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{1,6}))?\.?"
)
_WORDS = re.compile(r"(?:den )?(?P<day>[0-9]{1,2})\.? ?(?P<name>[a-zæøå]{3,9})\.?(?: (?P<year>[0-9]{1,6}))?")


def parse_date(text: str | None) -> datetime.date | None:
    """The date, or None when nothing is typed. Raises `DateError`.

    Taken: 24-11-2026, 24.11.2026, 24/11/2026, 24. november 2026 (months in Danish or English, short or
    whole) and 2026-11-24. A year has four figures, so that no century is guessed.
    """
    typed = _tidy(text)
    if not typed:
        return None
    match = _ISO.fullmatch(typed) or _FIGURES.fullmatch(typed) or _WORDS.fullmatch(typed)
    if match is None:
        raise _refused(_("This is not a date. Write day, month and year, e.g. {example}."), today())
    parts = match.groupdict()
    month = int(parts["month"]) if "month" in parts else _month_named(parts["name"])
    return _date(parts["year"], month, int(parts["day"]))


def _tidy(text: str | None) -> str:
    if text is None:
        return ""
    if len(text) > LONGEST_TYPED:
        text = text.strip()[: LONGEST_TYPED + 1]
    spaced = "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in text)
    return re.sub(" +", " ", spaced).strip(" \t\r\n").lower()


def _month_named(name: str) -> int:
    month = _month_numbers().get(name)
    if month is None:
        raise _refused(_("There is no month of that name. Write e.g. {example}."), today())
    return month


def _date(year: str | None, month: int, day: int) -> datetime.date:
    if year is None:
        this_year = today().year
        # 2000 was a leap year: a day it did not have is in no year.
        sentence = (
            _("The year is missing. Write e.g. {example}.") if _exists(2000, month, day) else _NO_SUCH_DATE
        )
        raise _refused(sentence, _nearest(this_year, month, day))
    if len(year) != 4 or not EARLIEST <= int(year) <= LATEST:
        near = today().year
        raise _refused(_("Write the year with four figures, e.g. {example}."), _nearest(near, month, day))
    if not _exists(int(year), month, day):
        raise _refused(_NO_SUCH_DATE, _nearest(int(year), month, day))
    return datetime.date(int(year), month, day)


_NO_SUCH_DATE = _("There is no such date. Write e.g. {example}.")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _nearest(year: int, month: int, day: int) -> datetime.date:
    """The day, or the month's last when the month is shorter; the year's last when there is no such month."""
    if not 1 <= month <= 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))


def _refused(sentence: str | Promise, example: datetime.date) -> DateError:
    return DateError(format_lazy(sentence, example=numeric_date(example)))


@cache
def _month_numbers() -> dict[str, int]:
    """Every month's number by its whole and short names in both languages, in small letters."""
    numbers = {}
    for language in LANGUAGES:
        for number, name in enumerate(_months(language), start=1):
            for spelling in (name, name[:3], name[:4]):
                numbers[spelling.lower()] = number
    return numbers


# --- Showing --------------------------------------------------------------------------------------


class _Patterns:
    """One language's names and patterns, looked up once."""

    def __init__(self, language: str) -> None:
        self.months = _months(language)
        # Names of up to five letters stand whole: "2. marts", "10. sep.".
        self.short_months = tuple(name if len(name) <= 5 else f"{name[:3]}." for name in self.months)
        with translation.override(language):
            self.weekdays = tuple(str(WEEKDAYS[number]) for number in range(7))
            # As % patterns: half the cost of str.format, and these run once a row.
            day_month = pgettext("date", "{day} {month}").replace(" ", NBSP)
            self.day_month = day_month.format(day="%d", month="%s")
            self.weekday_date = pgettext("date", "{weekday} {date}").format(weekday="%s", date="%s")
            self.moment = pgettext("date and time", "{date} {time}").format(date="%s", time="%s")


def _months(language: str) -> tuple[str, ...]:
    with translation.override(language):
        return tuple(str(MONTHS[number]) for number in range(1, 13))


_patterns = cache(_Patterns)


def _spoken() -> _Patterns:
    return _patterns("en" if (translation.get_language() or "").startswith("en") else "da")


def long_date(day: datetime.date | None) -> str:
    """The date as "24. november 2026", in English "24 November 2026"; "" for None. A moment is local."""
    if day is None:
        return ""
    day, spoken = _local(day), _spoken()
    return f"{spoken.day_month % (day.day, spoken.months[day.month - 1])} {day.year}"


def short_date(day: datetime.date | None) -> str:
    """The date with a short month, "24. nov. 2026"; "" for None."""
    if day is None:
        return ""
    day, spoken = _local(day), _spoken()
    return f"{spoken.day_month % (day.day, spoken.short_months[day.month - 1])} {day.year}"


def day_month(day: datetime.date | None) -> str:
    """The date as "24. november", where the year is known; "" for None."""
    if day is None:
        return ""
    day, spoken = _local(day), _spoken()
    return spoken.day_month % (day.day, spoken.months[day.month - 1])


def weekday(day: datetime.date | None) -> str:
    """The day's name, "onsdag", in English "Wednesday"; "" for None."""
    return "" if day is None else _spoken().weekdays[_local(day).weekday()]


def weekday_date(day: datetime.date | None) -> str:
    """The date as it opens a line, "Onsdag den 10. marts 2021"; "" for None."""
    if day is None:
        return ""
    shown = _spoken().weekday_date % (weekday(day), long_date(day))
    return shown[:1].upper() + shown[1:]


def numeric_date(day: datetime.date | None) -> str:
    """The date in figures, "24.11.2026", as a field shows it and as one would type it; "" for None."""
    if day is None:
        return ""
    day = _local(day)
    return f"{day.day:02}.{day.month:02}.{day.year}"


def clock(moment: datetime.datetime | datetime.time | None) -> str:
    """Local time as "14.32"; "" for None."""
    if moment is None:
        return ""
    local = _local(moment) if isinstance(moment, datetime.datetime) else moment
    return f"{local.hour}.{local.minute:02}"


def moment(moment: datetime.datetime | None) -> str:
    """Date and local time, "24. nov. 2026 kl. 14.32", in English "24 Nov. 2026 14.32"; "" for None."""
    if moment is None:
        return ""
    # Local once, and then a wall clock: the time zone is the dear part.
    wall = _local(moment).replace(tzinfo=None)
    return _spoken().moment % (short_date(wall), clock(wall))


def machine_moment(moment: datetime.datetime | None) -> str:
    """The local moment as a `datetime` attribute has it, "2026-11-24T14:32:00+01:00"; "" for None."""
    return "" if moment is None else _local(moment).isoformat()


def _local(day: Day) -> Day:
    if isinstance(day, datetime.datetime) and day.tzinfo is not None:
        return timezone.localtime(day)
    return day
