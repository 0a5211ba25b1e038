"""Which decisions a case's grants rest on, and where the politicians' no still waits for the board."""

from collections.abc import Iterable

from django.db.models import Max

from businesscases.models import BusinessCase
from pool import conditions
from pool.ledger.grants import GIVES_MONEY
from pool.models import Decision, DecisionCondition


def decisions_in_force(cases: Iterable[BusinessCase]) -> dict[int, list[Decision]]:
    """By case id: the decisions its grants rest on, oldest first. Stop and reverse end all before them."""
    ids = [case.pk for case in cases]
    ended = dict(
        Decision.objects.filter(case__in=ids, kind__in=conditions.ENDS_GRANTS)
        .order_by()
        .values_list("case")
        .annotate(last=Max("number"))
    )
    found: dict[int, list[Decision]] = {pk: [] for pk in ids}
    for decision in Decision.objects.filter(case__in=ids, kind__in=GIVES_MONEY).order_by("number"):
        if decision.number > ended.get(decision.case_id, 0):
            found[decision.case_id].append(decision)
    return found


def open_conditions(case: BusinessCase) -> list[DecisionCondition]:
    """The conditions finance has an outcome to record for."""
    return [row for row in conditions.standing([case.pk]).get(case.pk, []) if not hasattr(row, "outcome")]
