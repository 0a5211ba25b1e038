"""Pools, their money, and what the board decided about it."""

from pool.models.decisions import (
    ConditionOutcome,
    Decision,
    DecisionCondition,
    DecisionCounter,
    DecisionGrant,
    DecisionKind,
    DecisionMember,
    ProvisionalCondition,
    ProvisionalDecision,
    ProvisionalGrant,
)
from pool.models.ledger import Account, AccountKind, Effect, Movement, MovementKind, Operation, UnfundedEntry
from pool.models.meetings import AgendaItem, ItemAbsence, Meeting, MeetingPerson
from pool.models.pools import Pool, PoolYear, RoundPool
from pool.models.requests import ChangeRequest, ChangeRequestLine
from pool.models.spending import Posting, SpendingDraft, SpendingFile, SpendingRule, SpentBalance

__all__ = [
    "Account",
    "AccountKind",
    "AgendaItem",
    "ChangeRequest",
    "ChangeRequestLine",
    "ConditionOutcome",
    "Decision",
    "DecisionCondition",
    "DecisionCounter",
    "DecisionGrant",
    "DecisionKind",
    "DecisionMember",
    "Effect",
    "ItemAbsence",
    "Meeting",
    "MeetingPerson",
    "Movement",
    "MovementKind",
    "Operation",
    "Pool",
    "PoolYear",
    "Posting",
    "ProvisionalCondition",
    "ProvisionalDecision",
    "ProvisionalGrant",
    "RoundPool",
    "SpendingDraft",
    "SpendingFile",
    "SpendingRule",
    "SpentBalance",
    "UnfundedEntry",
]
