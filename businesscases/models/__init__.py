"""The businesscase and its parts. No row here knows a pool or a krone of it."""

from businesscases.models.case import (
    BusinessCase,
    CaseCounter,
    CaseRelation,
    CaseWriter,
    State,
    Subject,
)
from businesscases.models.checking import (
    Confirmation,
    CriterionTick,
    Disqualification,
    Endorsement,
    FindingAnswer,
)
from businesscases.models.economy import CaseAccounting, EconomyLine, Kind, LineAccounting, Nature, Payer
from businesscases.models.events import CaseEvent
from businesscases.models.hearing import Hearing, HearingAnswer, HearingBody, HearingPart
from businesscases.models.parts import Comment, Document, Mention, Milestone, ProjectReport, Risk
from businesscases.models.rounds import Criterion, Goal, Rate, Round
from businesscases.models.versions import CaseVersion

__all__ = [
    "BusinessCase",
    "CaseAccounting",
    "CaseCounter",
    "CaseEvent",
    "CaseRelation",
    "CaseVersion",
    "CaseWriter",
    "Comment",
    "Confirmation",
    "Criterion",
    "CriterionTick",
    "Disqualification",
    "Document",
    "EconomyLine",
    "Endorsement",
    "FindingAnswer",
    "Goal",
    "Hearing",
    "HearingAnswer",
    "HearingBody",
    "HearingPart",
    "Kind",
    "LineAccounting",
    "Mention",
    "Milestone",
    "Nature",
    "Payer",
    "ProjectReport",
    "Rate",
    "Risk",
    "Round",
    "State",
    "Subject",
]
