"""The change requests of a case on other pages: `{% load change_requests %}`."""

from django import template

from businesscases.access import is_writer
from innovation_pool.permissions import Action, may
from innovation_pool.prepared import prepared
from pool import requests
from pool.change_plan import plan_of
from pool.decisions.answering import OPEN
from pool.ledger.grants import TAKES_MONEY
from pool.models import ChangeRequest

register = template.Library()

SHAPES = {
    ChangeRequest.State.DRAFT: "open",
    ChangeRequest.State.WITH_FINANCE: "half",
    ChangeRequest.State.READY: "diamond",
    ChangeRequest.State.GRANTED: "check",
    ChangeRequest.State.REFUSED: "cross",
    ChangeRequest.State.WITHDRAWN: "dash",
}


@register.filter
def request_shape(state: str) -> str:
    """The shape that stands for the state of a request."""
    return SHAPES[state]


@register.inclusion_tag("pool/_change_requests.html")
def case_change_requests(case, user):
    """The case's requests the person may know of, and the owner's way to ask for a change."""
    if case.state not in (*TAKES_MONEY, "completed", "stopped"):
        return {"rows": [], "asks": False}
    asks = requests.may_ask(user, case)
    writes = asks or is_writer(user, case)
    if not (writes or may(user, Action.READ_SUBMITTED)):
        return {"rows": [], "asks": False}
    rows = _newest_first(case=case.pk)
    states = {row.state for row in rows}
    if not writes:
        rows = [row for row in rows if _is_known(row)]
    return {
        "case": case,
        "rows": rows,
        "asks": asks and not states & set(OPEN[1:]),
        "draft": requests.DRAFT in states,
    }


@prepared
def _newest_first(*, case: int):
    return ChangeRequest.objects.filter(case=case).order_by("-pk")


@register.inclusion_tag("pool/_change_asked.html")
def change_asked(case, request):
    """What the board is to answer."""
    return {"case": case, "asked": request, "plan": plan_of(case, request)}


def _is_known(row: ChangeRequest) -> bool:
    """Whether others than its writers know of it: not as a draft, nor if it was withdrawn unsent."""
    return row.state != requests.DRAFT and not (row.state == "withdrawn" and not row.opinion)
