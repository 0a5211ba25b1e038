"""What the board has decided about a case, and what the politicians answered to its conditions. Reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from businesscases.models import BusinessCase, CaseEvent
from innovation_pool.permissions import Action, may
from innovation_pool.prepared import prepared
from pool.decided_words import decided, shape_of
from pool.models import Decision, DecisionCondition


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


def decisions_of(case: BusinessCase, user, events: Iterable[CaseEvent]) -> list[ShownDecision]:
    """The newest first. The words of the board are for those who read meetings and for the owner.

    What was decided stays, also when the case is reversed or sent back and is undecided again. `events`
    are the case's own: one without a decision among them has none, and its page does not ask.
    """
    if not any(event.decision_label for event in events):
        return []
    reads = may(user, Action.READ_MEETINGS) or case.owner_id == user.pk
    rows = _newest_first(case=case.pk)
    conditions: dict[int, list] = {}
    if any(row.on_condition for row in rows):
        for row in _conditions(case=case.pk):
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


@prepared
def _newest_first(*, case: int):
    return Decision.objects.filter(case=case).order_by("-number")


@prepared
def _conditions(*, case: int):
    return DecisionCondition.objects.filter(decision__case=case).select_related("outcome").order_by("pk")
