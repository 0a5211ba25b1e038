"""The final account of a pool: every krone the council gave, and where it went.

Amounts are whole kroner; what the finance system says was spent is integer øre. Everything is added up
from movements and postings, so that the account can be held against the ledger and against the sheets.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Sum

from businesscases.models import BusinessCase, State
from pool.ledger.closing import CLOSE_POOL
from pool.models import Movement, MovementKind, Operation, Pool, SpentBalance
from pool.operation_page import latest_act
from pool.overview import PoolOverview, pool_years

_CASE_KINDS = (MovementKind.ALLOCATION, MovementKind.RETURN)


@dataclass(frozen=True)
class CaseAccount:
    """What one case got and used, over all years."""

    reference: str
    title: str
    state: str
    allocated: int
    returned: int
    spent_oere: int

    @property
    def state_name(self) -> str:
        return State(self.state).label

    @property
    def kept(self) -> int:
        """Allocated and not returned."""
        return self.allocated - self.returned

    @property
    def beyond_oere(self) -> int:
        """Spent above what the case kept, which its department bears; negative where less was spent."""
        return self.spent_oere - self.kept * 100


@dataclass(frozen=True)
class FinalAccount:
    """A pool's account; `closing` is the act that closed it, None while it is open."""

    pool: Pool
    overview: PoolOverview
    cases: tuple[CaseAccount, ...]
    closing: Operation | None

    @property
    def given(self) -> int:
        """From the council: budgets, supplements and price regulation, less cuts."""
        total = self.overview.total
        return total.budget + total.supplements + total.cuts

    @property
    def lapsed(self) -> int:
        """Gone back to the council when years closed; positive."""
        return -self.overview.total.lapsed

    @property
    def allocated(self) -> int:
        return self.overview.total.allocated

    @property
    def standing(self) -> int:
        """Neither allocated nor gone back: available and reserved, less what lacks. 0 in a closed pool."""
        total = self.overview.total
        return total.available + total.reserved + total.shortfall

    @property
    def difference(self) -> int:
        """What the council gave less everything it went to; anything but 0 is a fault in the books."""
        return self.given - self.lapsed - self.allocated - self.standing

    @property
    def cases_agree(self) -> bool:
        """The cases' own movements come to what the years have allocated, and to what was spent."""
        kept = sum(case.kept for case in self.cases)
        spent = sum(case.spent_oere for case in self.cases)
        return kept == self.allocated and spent == self.overview.total.spent_oere

    @property
    def total(self) -> CaseAccount:
        """The cases added up."""
        sums = (sum(getattr(case, name) for case in self.cases) for name in _SUMMED)
        return CaseAccount("", "", "", *sums)


_SUMMED = ("allocated", "returned", "spent_oere")


def final_account(pool: Pool) -> FinalAccount:
    """The account as the ledger stands; as many statements whatever there is in the pool."""
    return FinalAccount(
        pool=pool,
        overview=pool_years(pool, sees_asked=False),
        cases=_cases(pool),
        closing=latest_act(CLOSE_POOL, pool) if pool.closed_at else None,
    )


def _cases(pool: Pool) -> tuple[CaseAccount, ...]:
    """Every case that ever had money allocated or spent, by reference."""
    corrected = Q(kind=MovementKind.CORRECTION, operation__corrects__kind__in=_CASE_KINDS)
    moved = (
        Movement.objects.filter(Q(kind__in=_CASE_KINDS) | corrected, pool=pool)
        .exclude(case=None)
        .order_by()
        .values_list("case", "kind", "operation__corrects__kind")
        .annotate(total=Sum("amount"))
    )
    figures: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for case, kind, corrects, amount in moved:
        # A correction takes back what it corrects.
        figures[case][corrects or kind] += -amount if corrects else amount
    for case, oere in (
        SpentBalance.objects.filter(pool=pool).order_by().values_list("case").annotate(total=Sum("oere"))
    ):
        figures[case]["spent"] += oere
    cases = BusinessCase.objects.filter(pk__in=figures).only("reference", "listed_title", "title", "state")
    return tuple(
        CaseAccount(
            reference=case.reference,
            title=case.listed_title or case.title,
            state=case.state,
            allocated=figures[case.pk][MovementKind.ALLOCATION],
            returned=figures[case.pk][MovementKind.RETURN],
            spent_oere=figures[case.pk]["spent"],
        )
        for case in cases.order_by("reference")
    )
