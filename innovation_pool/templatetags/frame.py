"""What the frame and the links of every page are made of: `{% load frame %}`. Each is worked out once."""

from functools import cache

from django import template
from heroicons.templatetags.heroicons import heroicon_outline

from innovation_pool.web.addresses import address

register = template.Library()

register.simple_tag(address)


@register.simple_tag
@cache
def icon(name: str, size: int):
    """An icon beside a word that says the same."""
    return heroicon_outline(name, size=size, aria_hidden="true")
