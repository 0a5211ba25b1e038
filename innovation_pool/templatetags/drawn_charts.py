"""The charts in templates: `{% load drawn_charts %}`."""

from django import template

from innovation_pool import drawn_charts

register = template.Library()

register.simple_tag(drawn_charts.year_bar_svg)
register.simple_tag(drawn_charts.pool_column_svg)
register.simple_tag(drawn_charts.cumulative_svg)
