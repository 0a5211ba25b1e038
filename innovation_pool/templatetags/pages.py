"""The pages of a long list: `{% load pages %}`, then `{% pagination page %}` with Django's `Page`."""

from django import template

register = template.Library()


@register.inclusion_tag("_pagination.html", takes_context=True)
def pagination(context, page):
    """Links to the neighbouring pages and the ends; every other part of the address is kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}
