"""What can be allocated in a year of a pool, case by case, for the person who is to decide it.

Reads; a constant number of statements. Amounts are whole kroner.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from businesscases.access import kept_out_of
from businesscases.models import BusinessCase
from pool import conditions
from pool.ledger.grants import TAKES_MONEY
from pool.models import Account, AccountKind, Pool


@dataclass(frozen=True)
class AllocationRow:
    """A case with money in the year. `blocked` says why nothing can be allocated to it now."""

    case: BusinessCase
    reserved: int
    allocated: int
    blocked: str = ""

    @property
    def plan(self) -> int:
        return self.reserved + self.allocated

    @property
    def is_open(self) -> bool:
        """Whether an amount can be typed."""
        return bool(self.reserved) and not self.blocked


def allocation_rows(pool: Pool, year: int, user) -> list[AllocationRow]:
    """Every case with money in the year, by reference."""
    money: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    accounts = Account.objects.filter(
        pool=pool, year=year, kind__in=[AccountKind.RESERVED, AccountKind.ALLOCATED], balance__gt=0
    )
    for case_id, kind, balance in accounts.values_list("case", "kind", "balance"):
        money[case_id][kind] += balance
    cases = BusinessCase.objects.filter(pk__in=money).order_by("reference")
    cases = list(cases.only("id", "reference", "title", "listed_title", "state"))
    blocked = _blocked(cases, user)
    return [
        AllocationRow(
            case=case,
            reserved=money[case.pk][AccountKind.RESERVED],
            allocated=money[case.pk][AccountKind.ALLOCATED],
            blocked=blocked.get(case.pk, ""),
        )
        for case in cases
    ]


def _blocked(cases: list[BusinessCase], user) -> dict[int, str]:
    """By case id why it cannot be chosen; the rule asks again, one case at a time, under the lock."""
    ids = [case.pk for case in cases]
    found = {case.pk: str(case.get_state_display()) for case in cases if case.state not in TAKES_MONEY}
    for case_id in conditions.standing(ids):
        found[case_id] = _("Waits for the politicians")
    return found | kept_out_of(user, cases)
