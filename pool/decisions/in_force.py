"""Which decisions a case's grants rest on, and where the politicians' no still waits for the board."""

from collections.abc import Iterable

from businesscases.models import BusinessCase
from pool import conditions
from pool.ledger.grants import GIVES_MONEY
from pool.models import Decision, DecisionCondition


def decisions_in_force(cases: Iterable[BusinessCase]) -> dict[int, list[Decision]]:
    """By case id: the decisions its grants rest on, oldest first. Stop and reverse end all before them."""
    found: dict[int, list[Decision]] = {case.pk: [] for case in cases}
    kinds = [*GIVES_MONEY, *conditions.ENDS_GRANTS]
    rows = Decision.objects.filter(case__in=found, kind__in=kinds).order_by("number")
    # What names a decision and tells its kind; the texts of all of them are long.
    for decision in rows.only("number", "kind", "case", "decided_on"):
        if decision.kind in conditions.ENDS_GRANTS:
            found[decision.case_id].clear()
        else:
            found[decision.case_id].append(decision)
    return found


def open_conditions(case: BusinessCase) -> list[DecisionCondition]:
    """The conditions finance has an outcome to record for."""
    return [row for row in conditions.standing([case.pk]).get(case.pk, []) if not hasattr(row, "outcome")]
