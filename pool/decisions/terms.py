"""What a decision is made of before it is one, and what its kind asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from businesscases.models import BusinessCase, State
from businesscases.workflow import TRANSITIONS, CaseAction
from pool.ledger.grants import TAKES_MONEY
from pool.models import DecisionKind, Pool
from pool.models.decisions import ConditionKind


@dataclass(frozen=True)
class Grant:
    """Kroner in a pool and a year: reserved (`amount`) or without cover (`unfunded`); negative takes away."""

    pool: Pool
    year: int
    amount: int = 0
    unfunded: int = 0

    @property
    def total(self) -> int:
        return self.amount + self.unfunded


@dataclass(frozen=True)
class Condition:
    """A political outcome an approval depends on."""

    kind: ConditionKind
    text: str = ""


# What the case does when the decision is carried out. A change of grant and a cover leave its state as it is,
# a resolution concerns no case, and an allocation needs no meeting.
ACTION_OF: dict[str, CaseAction] = {
    DecisionKind.APPROVE: CaseAction.APPROVE,
    DecisionKind.REJECT: CaseAction.REJECT,
    DecisionKind.POSTPONE: CaseAction.POSTPONE,
    DecisionKind.RETURN: CaseAction.RETURN,
    DecisionKind.STOP: CaseAction.STOP,
    DecisionKind.REVERSE: CaseAction.REVERSE,
}
KINDS_FOR_A_CASE = (*ACTION_OF, DecisionKind.CHANGE_OF_GRANT, DecisionKind.COVER)
KINDS_WITH_GRANTS = frozenset({DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT, DecisionKind.COVER})
KINDS_WITH_CONDITIONS = frozenset({DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT})

# What a reversal can point to, by the state the case is in.
REVERSED_KIND = {
    State.APPROVED: DecisionKind.APPROVE,
    State.REJECTED: DecisionKind.REJECT,
    State.STOPPED: DecisionKind.STOP,
}


def states_for(kind: str) -> frozenset[str]:
    """The states a case can be in when such a decision is made about it."""
    action = ACTION_OF.get(kind)
    if action is None:
        return frozenset(TAKES_MONEY) if kind in KINDS_FOR_A_CASE else frozenset()
    return frozenset(state for row in TRANSITIONS if row.action == action for state in row.sources)


def needs_reason(kind: str) -> bool:
    """Whether such a decision is made with a reason; a change of grant always is."""
    action = ACTION_OF.get(kind)
    return kind == DecisionKind.CHANGE_OF_GRANT or any(
        row.reason for row in TRANSITIONS if row.action == action
    )


def kinds_open_to(case: BusinessCase | None) -> tuple[DecisionKind, ...]:
    """The kinds of decision that can be put down for the case as it stands; without a case, a resolution."""
    if case is None:
        return (DecisionKind.RESOLUTION,)
    return tuple(DecisionKind(kind) for kind in KINDS_FOR_A_CASE if case.state in states_for(kind))


def added_up(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """One grant for each pool and year, by pool and year; those that come to nothing are left out."""
    sums: dict[tuple[int, int], Grant] = {}
    for grant in grants:
        key = (grant.pool.pk, grant.year)
        earlier = sums.get(key, Grant(grant.pool, grant.year))
        sums[key] = Grant(
            grant.pool, grant.year, earlier.amount + grant.amount, earlier.unfunded + grant.unfunded
        )
    return tuple(sums[key] for key in sorted(sums) if sums[key].amount or sums[key].unfunded)
