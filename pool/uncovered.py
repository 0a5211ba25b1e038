"""What stands without cover in a year, oldest decision first: whose turn it is when money comes. Reads."""

from dataclasses import dataclass

from businesscases.models import BusinessCase
from pool import ledger
from pool.models import Decision, Pool


@dataclass(frozen=True)
class UncoveredGrant:
    """What a decision granted a case and no money covers yet; whole kroner."""

    case: BusinessCase
    decision: Decision
    amount: int


def uncovered_grants(pool: Pool, year: int) -> list[UncoveredGrant]:
    """The grants of the year without cover, in the order they are covered; three statements at most."""
    rows = ledger.standing_unfunded([pool.pk], [year])
    cases = BusinessCase.objects.in_bulk({row.case for row in rows}) if rows else {}
    decisions = Decision.objects.in_bulk({row.granted_by for row in rows}) if rows else {}
    return [UncoveredGrant(cases[row.case], decisions[row.granted_by], row.amount) for row in rows]
