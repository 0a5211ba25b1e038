"""The money of a case on the case's own pages: `{% load case_money %}`."""

from django import template
from django.urls import reverse

from innovation_pool.permissions import Action, may
from pool.case_cover import case_cover as cover_of
from pool.case_decisions import decisions_of
from pool.dossier import may_take_dossier

register = template.Library()


@register.inclusion_tag("pool/_case_cover.html")
def case_cover(case, asked=None):
    """The block that says whether the round's pools have what the case asks for, year by year."""
    return {"years": cover_of(case, asked), "has_round": case.round_id is not None}


@register.simple_tag
def dossier_address(case, user) -> str:
    """Where everything about the case is taken out in one file, "" for who does not keep the files."""
    if may_take_dossier(user) and case.versions_frozen:
        return reverse("pool:case-dossier", args=[case.reference])
    return ""


@register.inclusion_tag("pool/_case_decisions.html")
def case_decisions(case, user, events):
    """The board's decisions on the case, with the political conditions and what was answered."""
    return {"decisions": decisions_of(case, user, events), "records": may(user, Action.RECORD_OUTCOME)}
