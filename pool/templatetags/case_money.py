"""The money of a case on the case's own pages: `{% load case_money %}`."""

from django import template

from pool.case_cover import case_cover as cover_of

register = template.Library()


@register.inclusion_tag("pool/_case_cover.html")
def case_cover(case, asked=None):
    """The block that says whether the round's pools have what the case asks for, year by year."""
    return {"years": cover_of(case, asked), "has_round": case.round_id is not None}
