"""The money and the meeting of a case, for its own page: `{% load case_financing %}`."""

from django import template
from django.urls import reverse

from innovation_pool.permissions import Action, may
from pool.case_financing import financing_of, meeting_of
from pool.ledger.grants import TAKES_MONEY

register = template.Library()


@register.inclusion_tag("pool/_case_financing.html")
def case_financing(case, content, user):
    """The section that says how the case is paid for, year by year."""
    return _shown(case, content, user)


@register.inclusion_tag("pool/_print_financing.html")
def print_financing(case, content, user):
    """The same as the printed case has it: years as columns."""
    return _shown(case, content, user)


def _shown(case, content, user) -> dict:
    financing = financing_of(case, content)
    provisional = may(user, Action.SEE_ASKED) and any(
        year.provisional is not None for year in financing.wanted
    )
    changes = may(user, Action.PUT_DOWN_DECISION) and case.state in TAKES_MONEY
    change_url = reverse("pool:case-decide", args=[case.reference, "change-of-grant"]) if changes else ""
    covers = changes and financing.unfunded
    cover_url = reverse("pool:case-decide", args=[case.reference, "cover"]) if covers else ""
    return {
        "financing": financing,
        "provisional": provisional,
        "change_url": change_url,
        "cover_url": cover_url,
    }


@register.simple_tag
def case_meeting(case):
    """The item of the next meeting that is to decide the case, or None; asked for once a page."""
    if not hasattr(case, "next_item"):
        case.next_item = meeting_of(case)
    return case.next_item


@register.simple_tag
def meeting_address(item, user):
    """Where the item stands on its meeting's page, "" for who may not read meetings."""
    if item is None or not may(user, Action.READ_MEETINGS):
        return ""
    return f"{reverse('pool:meeting-detail', args=[item.meeting_id])}?item={item.pk}"
