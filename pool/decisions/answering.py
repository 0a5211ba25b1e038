"""What a decision answers: the change request of its case that is open."""

from pool.models import ChangeRequest, Decision

OPEN = (ChangeRequest.State.DRAFT, ChangeRequest.State.WITH_FINANCE, ChangeRequest.State.READY)


def answer_request(decision: Decision, *, granted: bool) -> None:
    """Answers the request that is ready for decision; one that is with finance waits."""
    ready = ChangeRequest.objects.filter(case=decision.case_id, state=ChangeRequest.State.READY)
    state = ChangeRequest.State.GRANTED if granted else ChangeRequest.State.REFUSED
    ready.update(state=state, decision=decision)


def end_requests(case_id: int, decision: Decision | None = None) -> None:
    """Ends the open request of a case whose grants end: refused where it was sent, else withdrawn."""
    open_requests = ChangeRequest.objects.filter(case=case_id)
    if decision is not None:
        sent = open_requests.filter(state__in=OPEN[1:])
        sent.update(state=ChangeRequest.State.REFUSED, decision=decision)
    open_requests.filter(state__in=OPEN).update(state=ChangeRequest.State.WITHDRAWN)
