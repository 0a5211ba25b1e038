"""Change requests (ændringsanmodninger): an owner asks for more, less, later or other than was decided.

draft → with finance → ready → granted or refused by a change of grant; withdrawn by the owner until then.
Every step locks the case first, so that one case has one open request however many ask at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.access import is_writer, kept_out
from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.kroner import LARGEST, kr
from innovation_pool.permissions import Action, may, require
from innovation_pool.refusals import NotAllowed, Refusal, TooLate
from pool import ledger
from pool.decisions.answering import OPEN
from pool.decisions.funding import funding_of, pools_with_money, possible_pools
from pool.ledger import refusals
from pool.ledger.grants import TAKES_MONEY
from pool.models import ChangeRequest, ChangeRequestLine, Pool, PoolYear

DRAFT, WITH_FINANCE, READY = OPEN


@dataclass(frozen=True)
class Difference:
    """Kroner more, or less when negative, in a pool and a year."""

    pool: Pool
    year: int
    amount: int


def open_request(case: BusinessCase) -> ChangeRequest | None:
    """The request of the case that is neither answered nor withdrawn; there is never more than one."""
    return ChangeRequest.objects.filter(case=case, state__in=OPEN).select_related("asked_by").first()


def ready_request(case: BusinessCase) -> ChangeRequest | None:
    """The request of the case that waits for the board."""
    if case.state not in TAKES_MONEY:
        return None
    return ChangeRequest.objects.filter(case=case, state=READY).select_related("asked_by").first()


def readable_requests(user, case: BusinessCase):
    """The requests the person may know of, newest first: what was never sent is its writers' alone."""
    if is_writer(user, case):
        return ChangeRequest.objects.filter(case=case).order_by("-pk")
    if may(user, Action.READ_SUBMITTED):
        return sent_requests(case)
    return ChangeRequest.objects.none()


def sent_requests(case: BusinessCase):
    """The requests that left their writer, newest first.

    One withdrawn before finance wrote on it counts as never sent: it may have been a draft all along.
    """
    rows = ChangeRequest.objects.filter(case=case).exclude(state=DRAFT)
    return rows.exclude(opinion="", state=ChangeRequest.State.WITHDRAWN).order_by("-pk")


def may_ask(user, case: BusinessCase) -> bool:
    """Whether the person may ask for a change of the case's grant: its owner, while it is funded."""
    return may(user, Action.WRITE_CASE) and case.owner_id == user.pk and case.state in TAKES_MONEY


def why_no_opinion(user, case: BusinessCase) -> str:
    """Why the person of finance gives no opinion on the case, "" when they may."""
    return str(kept_out(user, case, decides=False) or "")


def write_request(
    case: BusinessCase, *, why: str, differences: Iterable[Difference], by, operation: UUID
) -> ChangeRequest:
    """The owner's draft, new or changed. A half-written draft is kept; `send_request` asks for all of it."""
    with transaction.atomic():
        case = _locked(case)
        _refuse_other_than_owner(case, by)
        request = open_request(case)
        if request is not None and request.state != DRAFT:
            raise TooLate(_("The change request is sent and cannot be changed. Withdraw it to write anew."))
        differences = _checked(case, differences)
        before = None if request is None else as_plain(request)
        if request is None:
            request = ChangeRequest(case=case, asked_by=by)
        request.why, request.asked_by, request.asked_at = why.strip(), by, clock.now()
        request.save()
        request.lines.all().delete()
        ChangeRequestLine.objects.bulk_create(
            ChangeRequestLine(request=request, pool=row.pool, year=row.year, difference=row.amount)
            for row in differences
        )
        _traced("write-change-request", request, by, operation, before=before)
        return request


def send_request(request: ChangeRequest, *, by, operation: UUID) -> ChangeRequest:
    """The owner's draft goes to finance for its opinion."""
    with transaction.atomic():
        request = _fresh(request)
        _refuse_other_than_owner(request.case, by)
        _refuse_unless(request, DRAFT)
        if not request.why.strip():
            raise Refusal(_("Write why the grant must change."), field="why")
        if not request.lines.exists():
            raise Refusal(_("Write how much more or less in at least one year."), field="lines")
        _checked(request.case, [Difference(row.pool, row.year, row.difference) for row in _lines(request)])
        return _moved(request, WITH_FINANCE, "send-change-request", by, operation, asked_at=clock.now())


def give_opinion(request: ChangeRequest, *, opinion: str, by, operation: UUID) -> ChangeRequest:
    """Finance's opinion; the request is ready for the board."""
    require(by, Action.CHECK_FIGURES)
    with transaction.atomic():
        request = _fresh(request)
        reason = why_no_opinion(by, request.case)
        if reason:
            raise NotAllowed(reason)
        _refuse_unless(request, WITH_FINANCE)
        if not opinion.strip():
            raise Refusal(_("Write finance's opinion."), field="opinion")
        return _moved(
            request, READY, "give-opinion", by, operation,
            opinion=opinion.strip(), opinion_by=by, opinion_at=clock.now(),
        )  # fmt: skip


def withdraw_request(request: ChangeRequest, *, by, operation: UUID, reason: str = "") -> ChangeRequest:
    """The owner takes the request back; what was granted stands."""
    with transaction.atomic():
        request = _fresh(request)
        if request.case.owner_id != by.pk or not may(by, Action.WRITE_CASE):
            raise NotAllowed(_("Only the project owner withdraws a change request."))
        _refuse_unless(request, *OPEN)
        return _moved(
            request, ChangeRequest.State.WITHDRAWN, "withdraw-change-request", by, operation, reason=reason
        )


def as_plain(request: ChangeRequest) -> dict:
    """The request as the audit trail keeps it; amounts are whole kroner."""
    return {
        "state": str(request.state),
        "why": request.why,
        "opinion": request.opinion,
        "lines": [
            {"pool": pool, "year": year, "difference": difference}
            for pool, year, difference in request.lines.order_by("pool", "year").values_list(
                "pool__number", "year", "difference"
            )
        ],
    }


def _lines(request: ChangeRequest):
    return request.lines.select_related("pool").order_by("pool", "year")


def _locked(case: BusinessCase) -> BusinessCase:
    return ledger.lock([], [case]).case(case)


def _fresh(request: ChangeRequest) -> ChangeRequest:
    """The request as it is under the lock on its case."""
    case = _locked(request.case)
    found = ChangeRequest.objects.get(pk=request.pk)
    found.case = case
    return found


def _refuse_other_than_owner(case: BusinessCase, by) -> None:
    if case.owner_id != by.pk or not may(by, Action.WRITE_CASE):
        raise NotAllowed(_("Only the project owner asks for a change of the grant."))
    if case.state not in TAKES_MONEY:
        raise TooLate(
            _("%(case)s is “%(state)s”. A change is asked for while a case is approved or in progress.")
            % {"case": case.reference, "state": case.get_state_display()}
        )


def _refuse_unless(request: ChangeRequest, *states: str) -> None:
    if request.state not in states:
        raise TooLate(
            _("The change request is “%(state)s” by now. Look at it as it is.")
            % {"state": request.get_state_display()}
        )


def _checked(case: BusinessCase, differences: Iterable[Difference]) -> list[Difference]:
    """The differences that are one. Refuses what cannot change, and more back than is granted."""
    rows = [row for row in differences if row.amount]
    allowed = {pool.pk for pool in possible_pools(case)} | set(pools_with_money(case))
    closed = set(
        PoolYear.objects.filter(
            pool__in={row.pool.pk for row in rows}, status=PoolYear.Status.CLOSED
        ).values_list("pool", "year")
    )
    granted = {(row.pool.pk, row.year): row.granted for row in funding_of(case).rows}
    for row in rows:
        if row.pool.pk not in allowed:
            raise Refusal(
                _("%(pool)s is not open to the round of %(case)s.")
                % {"pool": row.pool, "case": case.reference},
                field="lines",
            )
        if row.pool.closed_at is not None:
            raise refusals.pool_closed(row.pool)
        if row.year < row.pool.first_year or (row.pool.pk, row.year) in closed:
            raise refusals.year_closed(row.pool, row.year)
        if abs(row.amount) > LARGEST:
            raise Refusal(
                _("The amount is too large; the most is %(most)s.") % {"most": kr(LARGEST)}, field="lines"
            )
        have = granted.get((row.pool.pk, row.year), 0)
        if have + row.amount < 0:
            raise Refusal(
                _("%(amount)s is granted in %(year)s; no more than that can be given back.")
                % {"amount": kr(have), "year": row.year},
                field="lines",
            )
    return rows


def _moved(request, state, act: str, by, operation, *, reason: str = "", **fields) -> ChangeRequest:
    before = as_plain(request)
    request.state = state
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=["state", *fields])
    _traced(act, request, by, operation, before=before, reason=reason)
    return request


def _traced(act: str, request: ChangeRequest, by, operation, *, before, reason: str = "") -> None:
    record(
        act,
        request,
        by=by,
        operation=operation,
        reason=reason,
        case_reference=request.case.reference,
        before=before,
        after=as_plain(request),
    )
