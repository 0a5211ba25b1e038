"""Cases the politicians said no to: the board must decide what follows, at its next meeting."""

from businesscases.models import BusinessCase, State
from pool import conditions


def cases_answered_no() -> list[BusinessCase]:
    """Cases with money whose condition was answered no, and nothing decided since; by reference."""
    asked = (
        BusinessCase.objects.filter(
            state__in=[State.APPROVED, State.IN_PROGRESS], decisions__political_conditions__outcome__met=False
        )
        .distinct()
        .order_by("reference")
    )
    cases = list(asked)
    standing = conditions.standing(case.pk for case in cases)
    return [case for case in cases if any(hasattr(row, "outcome") for row in standing.get(case.pk, []))]
