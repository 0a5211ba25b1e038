"""Addresses that are worked out once: of a page by itself, and of a page about one case.

Django works each out anew, which for the fifteen links of a case takes as long as three statements.
"""

from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

# As no case is called, and as every one is.
STAND_IN = "BC-9999-999999"


def address(name: str, reference: str = "") -> str:
    """What `reverse` says; "" where there is no such page, as `{% url … as … %}` has it."""
    found = _worked_out(name, bool(reference), settings.ROOT_URLCONF, get_script_prefix())
    return found.replace(STAND_IN, reference) if reference else found


@cache
def _worked_out(name: str, of_case: bool, urlconf: str, prefix: str) -> str:
    try:
        return reverse(name, args=[STAND_IN] if of_case else [])
    except NoReverseMatch:
        return ""
