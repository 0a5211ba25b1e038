"""Moments of the story: a time of a day, and working days counted from the day of seeding."""

import datetime

from django.utils import timezone

WEEKEND = 5


def moment(day: datetime.date, hour: int = 9, minute: int = 0) -> datetime.datetime:
    """The time on the day, in the municipality's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def working_day(today: datetime.date, number: int) -> datetime.date:
    """The day that many working days after today; negative is before. Zero is today, whatever it is."""
    step = datetime.timedelta(days=1 if number > 0 else -1)
    day = today
    for _one in range(abs(number)):
        day += step
        while day.weekday() >= WEEKEND:
            day += step
    return day


def next_week(today: datetime.date) -> datetime.date:
    """Wednesday of the week after this one."""
    return today + datetime.timedelta(days=9 - today.weekday())
