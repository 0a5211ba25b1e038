"""Dates in templates: `{% load dates %}`, then `{{ day|long_date }}`.

Nothing for None, so `|default:"–"` works.
"""

from django import template

from innovation_pool import dates

register = template.Library()

for shown in (
    dates.long_date,
    dates.short_date,
    dates.day_month,
    dates.weekday,
    dates.weekday_date,
    dates.numeric_date,
    dates.clock,
    dates.moment,
    dates.machine_moment,
):
    register.filter(shown.__name__, shown)
