"""The way of a case: states and transitions as one table, and the only code that moves a state.

Buttons, acts, history, the inbox and the mails read the table. Rows that touch money are carried
out by the pool's side, which moves the money in the same transaction; called alone, `perform`
refuses them. Completeness, hearings and findings are asked by the modules named after them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from businesscases.access import Standing
from businesscases.action_names import ACTION_NAMES, CREATED
from businesscases.models import BusinessCase, CaseEvent, CaseVersion, ProjectReport, State
from businesscases.relations import in_the_way
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.permissions import ROLE_NAMES, Action, may, roles_that_may
from innovation_pool.refusals import NotAllowed, Refusal, TooLate

__all__ = [
    "ACTION_NAMES",
    "CREATED",
    "OWNER",
    "TRANSITIONS",
    "WRITER",
    "CaseAction",
    "Own",
    "Transition",
    "lock_case",
    "open_to",
    "perform",
    "who_can",
    "why_not",
]


class CaseAction(StrEnum):
    """What can be done to a case. The value is the last part of its address."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    CONFIRM_FIGURES = "confirm-figures"
    OPEN_HEARING = "open-hearing"
    NO_HEARING = "no-hearing"
    CLOSE_HEARING = "close-hearing"
    APPROVE = "approve"
    REJECT = "reject"
    POSTPONE = "postpone"
    START = "start"
    REPORT_FINISHED = "report-finished"
    CONFIRM_COMPLETION = "confirm-completion"
    STOP = "stop"
    REVERSE = "reverse"


OWNER = "owner"
WRITER = "writer"


class Own(StrEnum):
    """What having a part in the case does to the right to act."""

    MUST = "must have one"
    ANY = "does not matter"
    NOT_WRITTEN = "must never have written it"
    NOT_HANDLED = "must never have written it, nor confirmed a version"


@dataclass(frozen=True)
class Transition:
    """A row of the table. `who` is a permission, or OWNER, or WRITER (owner and collaborators)."""

    action: CaseAction
    sources: frozenset[State]
    to: State
    who: Action | str
    own: Own
    reason: bool
    money: bool
    in_meeting: bool
    page: str

    @property
    def label(self):
        """The action as a button says it."""
        return ACTION_NAMES[self.action]

    def url(self, case: BusinessCase) -> str:
        """The page where it is done."""
        return reverse(self.page, args=[case.reference, self.action.value])


S, A = State, CaseAction
WRITING = [S.DRAFT, S.RETURNED]
DECIDABLE = [S.READY, S.POSTPONED]
UNDECIDED = [S.SUBMITTED, S.CHECKED, S.IN_HEARING, *DECIDABLE]
FUNDED = [S.APPROVED, S.IN_PROGRESS]
REVERSIBLE = [S.APPROVED, S.REJECTED, S.STOPPED]
FINANCE, RETURNER, HEARER = Action.CHECK_FIGURES, Action.RETURN_CASE, Action.RUN_HEARING
COMPLETER, BOARD = Action.CONFIRM_COMPLETION, Action.CARRY_OUT_DECISION
MUST, ANY, NOT_WRITTEN, NOT_HANDLED = Own.MUST, Own.ANY, Own.NOT_WRITTEN, Own.NOT_HANDLED
CASE, DECIDE, MONEY = "businesscases:case-act", "pool:case-decide", "pool:case-act"
y, n = True, False

# fmt: off
TRANSITIONS: tuple[Transition, ...] = tuple(
    Transition(action, frozenset(sources), *rest)
    for action, sources, *rest in [
        # action               from                  to             who        own  reason money meeting page
        (A.SUBMIT,             WRITING,              S.SUBMITTED,   WRITER,    MUST,        n, n, n, CASE),
        (A.WITHDRAW,           WRITING + UNDECIDED,  S.WITHDRAWN,   OWNER,     MUST,        y, n, n, CASE),
        (A.RETURN,             [S.SUBMITTED],        S.RETURNED,    FINANCE,   NOT_WRITTEN, y, n, n, CASE),
        (A.RETURN,             UNDECIDED,            S.RETURNED,    RETURNER,  NOT_WRITTEN, y, n, n, CASE),
        (A.CONFIRM_FIGURES,    [S.SUBMITTED],        S.CHECKED,     FINANCE,   NOT_WRITTEN, n, n, n, CASE),
        (A.OPEN_HEARING,       [S.CHECKED],          S.IN_HEARING,  HEARER,    ANY,         n, n, n, CASE),
        (A.NO_HEARING,         [S.CHECKED],          S.READY,       HEARER,    ANY,         y, n, n, CASE),
        (A.CLOSE_HEARING,      [S.IN_HEARING],       S.READY,       HEARER,    ANY,         n, n, n, CASE),
        (A.APPROVE,            DECIDABLE,            S.APPROVED,    BOARD,     NOT_HANDLED, n, y, y, DECIDE),
        (A.REJECT,             DECIDABLE,            S.REJECTED,    BOARD,     NOT_HANDLED, y, n, y, DECIDE),
        (A.POSTPONE,           DECIDABLE,            S.POSTPONED,   BOARD,     NOT_HANDLED, y, n, y, DECIDE),
        (A.START,              [S.APPROVED],         S.IN_PROGRESS, OWNER,     MUST,        n, y, n, MONEY),
        (A.REPORT_FINISHED,    [S.IN_PROGRESS],      S.IN_PROGRESS, OWNER,     MUST,        n, n, n, CASE),
        (A.CONFIRM_COMPLETION, [S.IN_PROGRESS],      S.COMPLETED,   COMPLETER, NOT_WRITTEN, n, y, n, MONEY),
        (A.STOP,               FUNDED,               S.STOPPED,     BOARD,     NOT_HANDLED, y, y, y, DECIDE),
        (A.REVERSE,            REVERSIBLE,           S.READY,       BOARD,     NOT_HANDLED, y, y, y, DECIDE),
    ]
)
# fmt: on


def open_to(user, case: BusinessCase, standing: Standing | None = None) -> tuple[Transition, ...]:
    """What the person can do to the case now, in the order of the table; an action once.

    A page that has asked for the person's standing already passes it on.
    """
    standing = standing or Standing(user, case)
    rows = [row for row in TRANSITIONS if case.state in row.sources and _may(standing, row)]
    found: dict[CaseAction, Transition] = {}
    for row in rows:
        if row.action not in found and _kept_out(standing, row) is None:
            found[row.action] = row
    return tuple(found.values())


def why_not(user, case: BusinessCase, action: CaseAction, standing: Standing | None = None) -> Refusal | None:
    """Why the person cannot do it now, and who can; None when they can."""
    standing = standing or Standing(user, case)
    rows = [row for row in TRANSITIONS if row.action == action]
    here = [row for row in rows if case.state in row.sources]
    if not here:
        return _too_late(case, action, rows)
    theirs = [row for row in here if _may(standing, row)]
    if not theirs:
        return NotAllowed(
            _("“%(action)s” is done by: %(who)s.")
            % {"action": ACTION_NAMES[action], "who": who_can(case, action)}
        )
    reasons = [_kept_out(standing, row) for row in theirs]
    if None in reasons:
        return None
    return NotAllowed(
        _("%(reason)s Somebody else does it: %(who)s.") % {"reason": reasons[0], "who": who_can(case, action)}
    )


def who_can(case: BusinessCase, action: CaseAction) -> str:
    """Who can do it to the case as it stands, in words: the owner by name, others by role."""
    words: list[str] = []
    rows = [row for row in TRANSITIONS if row.action == action]
    for row in [row for row in rows if case.state in row.sources] or rows:
        if row.who == OWNER:
            words.append(_("the project owner (%(owner)s)") % {"owner": case.owner})
        elif row.who == WRITER:
            words.append(_("the project owner (%(owner)s) and the collaborators") % {"owner": case.owner})
        else:
            words += [str(ROLE_NAMES[role]) for role in roles_that_may(row.who)]
    return ", ".join(dict.fromkeys(words))


def lock_case(case: BusinessCase) -> BusinessCase:
    """The case as it is now, locked until the transaction ends; the given instance is brought up to date.

    Raises RuntimeError outside a transaction, where a lock would hold nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a case is locked inside a transaction only")
    # Only the row itself: the outer join to a round cannot be locked. Its key stays free to point at
    # (no_key), so that whoever adds a row about the case while holding another lock need not wait for us.
    locked = BusinessCase.objects.select_for_update(no_key=True).filter(pk=case.pk).first()
    case.state, case.owner_id = locked.state, locked.owner_id
    case.versions_frozen, case.postponed_until = locked.versions_frozen, locked.postponed_until
    return locked


def perform(
    case: BusinessCase,
    action: CaseAction | str,
    *,
    by,
    reason: str = "",
    version: CaseVersion | None = None,
    decision_label: str = "",
    until: date | None = None,
    operation: UUID | None = None,
    at: datetime | None = None,
    with_money: bool = False,
    after: dict | None = None,
) -> CaseEvent:
    """Moves the case, with one event and one row in the audit trail; returns the event.

    Raises Refusal: not now, not this person, or not without what the row of the table asks for.

    The case is locked and everything is asked again under the lock. `version` is the newest unless
    given; `until` belongs to a postponement; `after` adds to what the audit trail says. Only the
    pool's decisions pass `with_money`, in the transaction in which they move the money.
    """
    action = CaseAction(action)
    now = at or clock.now()
    locked = lock_case(case)
    refusal = why_not(by, locked, action)
    if refusal is not None:
        raise refusal
    row = _row_of(by, locked, action)
    _ask_how(row, reason, decision_label, until, with_money)
    _ask_for_what_it_needs(locked, row)
    before = locked.state
    if locked.state == State.IN_HEARING:
        # A hearing is open exactly while the case is in hearing, however it leaves; the links die with it.
        locked.hearings.filter(closed_at=None).update(closed_at=now, closed_by=by)
    moved = {"state": row.to, "changed_at": now}
    moved["postponed_until"] = until if row.action == CaseAction.POSTPONE else None
    if row.to != before:
        moved["state_since"] = now
    for instance in (locked, case):
        for name, value in moved.items():
            setattr(instance, name, value)
    locked.save(update_fields=[*moved])
    if version is None:
        version = CaseVersion.objects.filter(case=locked).order_by("-number").first()
    event = CaseEvent.objects.create(
        case=locked,
        at=now,
        by=by,
        action=action.value,
        from_state=before,
        to_state=row.to,
        reason=reason,
        version=version,
        decision_label=decision_label,
        operation=operation,
    )
    facts = {
        "state": row.to,
        "version": version and version.number,
        "decision": decision_label,
        "until": moved["postponed_until"],
    }
    record(
        action.value,
        locked,
        by=by,
        reason=reason,
        before={"state": before},
        after={name: value for name, value in facts.items() if value} | (after or {}),
        operation=operation,
        case_reference=locked.reference,
    )
    return event


def _ask_how(row: Transition, reason, decision_label, until, with_money) -> None:
    if row.money and not with_money:
        raise Refusal(
            _("“%(action)s” moves money, so it is done on the pool's page.") % {"action": row.label}
        )
    if row.in_meeting and not decision_label:
        raise Refusal(_("“%(action)s” is decided by the board in a meeting.") % {"action": row.label})
    if row.reason and not reason.strip():
        raise Refusal(_("Write the reason; it is shown to those who wrote the case."), field="reason")
    if row.action == CaseAction.POSTPONE and until is None:
        raise Refusal(_("Write until when the case is postponed."), field="until")


def _ask_for_what_it_needs(case: BusinessCase, row: Transition) -> None:
    """What an act of the pool's side needs of the case itself, so that no caller can forget it."""
    if row.action == CaseAction.APPROVE and (sentences := in_the_way(case)):
        raise Refusal(" ".join(sentences))
    finished = case.reports.filter(kind=ProjectReport.Kind.FINAL)
    if row.action == CaseAction.CONFIRM_COMPLETION and not finished.exists():
        raise Refusal(
            _("The project is not reported finished. The project owner (%(owner)s) does that.")
            % {"owner": case.owner}
        )


def _row_of(user, case: BusinessCase, action: CaseAction) -> Transition:
    return next(row for row in open_to(user, case) if row.action == action)


def _may(standing: Standing, row: Transition) -> bool:
    if row.who == OWNER:
        return standing.is_owner
    if row.who == WRITER:
        return standing.is_writer
    return may(standing.user, Action(row.who))


def _kept_out(standing: Standing, row: Transition) -> str | None:
    if row.own == Own.MUST:
        return None
    if row.own == Own.ANY:
        return standing.disqualified
    return standing.kept_out(decides=row.own == Own.NOT_HANDLED)


def _too_late(case: BusinessCase, action: CaseAction, rows: list[Transition]) -> TooLate:
    if action == CaseAction.SUBMIT and case.state != State.WITHDRAWN:
        return TooLate(_("The case has been submitted already. It cannot be submitted again."))
    sources = {state for row in rows for state in row.sources}
    names = ", ".join(str(state.label) for state in State if state in sources)
    return TooLate(
        _("The case is “%(state)s”. “%(action)s” is possible only when it is: %(states)s.")
        % {"state": case.get_state_display(), "action": ACTION_NAMES[action], "states": names}
    )
