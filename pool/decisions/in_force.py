"""Which decisions a case's grants rest on, and where the politicians' no still waits for the board."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from businesscases.models import BusinessCase
from innovation_pool.prepared import prepared
from pool import conditions
from pool.ledger.grants import GIVES_MONEY
from pool.models import Decision, DecisionCondition


def giving_or_ending(cases: Sequence[int]) -> QuerySet[Decision]:
    """The decisions on the cases that give money or end what was given."""
    return Decision.objects.filter(case__in=cases, kind__in=[*GIVES_MONEY, *conditions.ENDS_GRANTS])


@prepared
def _named(*, cases: list[int]) -> QuerySet[Decision]:
    # What names a decision and tells its kind; the texts of all of them are long.
    return giving_or_ending(cases).only("number", "kind", "case", "decided_on").order_by("number")


def decisions_in_force(cases: Iterable[BusinessCase]) -> dict[int, list[Decision]]:
    """By case id: the decisions its grants rest on, oldest first. Stop and reverse end all before them."""
    found: dict[int, list[Decision]] = {case.pk: [] for case in cases}
    for decision in _named(cases=list(found)):
        if decision.kind in conditions.ENDS_GRANTS:
            found[decision.case_id].clear()
        else:
            found[decision.case_id].append(decision)
    return found


def open_conditions(case: BusinessCase) -> list[DecisionCondition]:
    """The conditions finance has an outcome to record for."""
    return [row for row in conditions.standing([case.pk]).get(case.pk, []) if not hasattr(row, "outcome")]
