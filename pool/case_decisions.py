"""What the board has decided about a case, and what the politicians answered to its conditions. Reads."""

from dataclasses import dataclass
from datetime import date

from businesscases.models import BusinessCase, State
from innovation_pool.permissions import Action, may
from pool.decided_words import decided, shape_of
from pool.models import Decision, DecisionCondition

# A case that stands before its first decision has none; its page does not ask.
DECIDED_ON = (
    State.POSTPONED,
    State.APPROVED,
    State.IN_PROGRESS,
    State.COMPLETED,
    State.REJECTED,
    State.STOPPED,
)


@dataclass(frozen=True)
class ShownDecision:
    """A decision in the words of a case page. `conditions` are (condition, outcome or None)."""

    label: str
    word: str
    shape: str
    on: date
    text: str
    reason: str
    terms: str
    conditions: tuple


def decisions_of(case: BusinessCase, user) -> list[ShownDecision]:
    """The newest first. The words of the board are for those who read meetings and for the owner."""
    if case.state not in DECIDED_ON:
        return []
    reads = may(user, Action.READ_MEETINGS) or case.owner_id == user.pk
    rows = list(Decision.objects.filter(case=case).order_by("-number"))
    conditions: dict[int, list] = {}
    if any(row.on_condition for row in rows):
        asked = DecisionCondition.objects.filter(decision__case=case).select_related("outcome")
        for row in asked.order_by("pk"):
            conditions.setdefault(row.decision_id, []).append((row, getattr(row, "outcome", None)))
    return [
        ShownDecision(
            label=row.label,
            word=decided(row.kind),
            shape=shape_of(row.kind),
            on=row.decided_on,
            text=row.text if reads else "",
            reason=row.reason if reads else "",
            terms=row.conditions if reads else "",
            conditions=tuple(conditions.get(row.pk, ())),
        )
        for row in rows
    ]
