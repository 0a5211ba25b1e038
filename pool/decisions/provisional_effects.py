"""What the pool will have once every provisional decision of every open meeting is carried out.

Reads only; amounts are whole kroner. What is said here is for those who may see provisional decisions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from innovation_pool.prepared import prepared
from pool import ledger
from pool.models import (
    Account,
    AccountKind,
    DecisionKind,
    Meeting,
    Pool,
    PoolYear,
    ProvisionalDecision,
    ProvisionalGrant,
)


@dataclass(frozen=True)
class Misfit:
    """A provisional decision that takes more than is left when its turn comes, and by how much."""

    provisional: ProvisionalDecision
    year: int
    missing: int


@dataclass(frozen=True)
class AfterProvisional:
    """Available by year after every provisional decision; below zero where they do not all fit."""

    available: dict[int, int]
    misfits: tuple[Misfit, ...] = ()
    decisions: int = 0


def standing_provisional():
    """Provisional decisions of open meetings, neither taken back nor carried out, in their order."""
    return (
        ProvisionalDecision.objects.filter(
            item__meeting__state=Meeting.State.OPEN,
            item__removed_at=None,
            taken_back_at=None,
            carried_out=None,
        )
        .select_related("item__meeting", "item__case")
        .order_by("item__meeting__held_on", "item__meeting_id", "item__order", "item_id")
    )


_standing = prepared(standing_provisional)


def after_provisional(pool: Pool, free: dict[int, int] | None = None) -> AfterProvisional:
    """The pool's years as they will be, and the provisional decisions that will not fit.

    `free` is what is available by year, less what lacks after cuts, for a page that has read it already.
    """
    left: dict[int, int] = defaultdict(int)
    left |= _free(pool) if free is None else free
    provisional = _standing()
    takes = _takes(pool, provisional)
    misfits = []
    counted = 0
    for decision in provisional:
        touched = takes.get(decision.pk, {})
        counted += bool(touched)
        for year, amount in sorted(touched.items()):
            left[year] -= amount
            if amount > 0 and left[year] < 0:
                misfits.append(Misfit(decision, year, min(amount, -left[year])))
    return AfterProvisional(dict(sorted(left.items())), tuple(misfits), counted)


def _free(pool: Pool) -> dict[int, int]:
    years = dict.fromkeys(PoolYear.objects.filter(pool=pool).values_list("year", flat=True), 0)
    kinds = [AccountKind.AVAILABLE, AccountKind.SHORTFALL]
    for year, balance in Account.objects.filter(pool=pool, kind__in=kinds).values_list("year", "balance"):
        years[year] = years.get(year, 0) + balance
    return years


def _takes(pool: Pool, provisional: list[ProvisionalDecision]) -> dict[int, dict[int, int]]:
    """By provisional decision and year: what it takes from the available, negative where it gives back."""
    takes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    if not provisional:
        return takes
    grants = ProvisionalGrant.objects.filter(pool=pool, provisional__in=provisional).exclude(amount=0)
    for row in grants:
        takes[row.provisional_id][row.year] += row.amount
    ending = ending_by_case(provisional)
    for case_id, year, _kind, amount in given_back(pool, ending):
        takes[ending[case_id].pk][year] -= amount
    return takes


def ending_by_case(provisional: Iterable[ProvisionalDecision]) -> dict[int, ProvisionalDecision]:
    """By case id, the provisional decision that ends its grants."""
    return {
        decision.item.case_id: decision
        for decision in provisional
        if decision.kind in (DecisionKind.STOP, DecisionKind.REVERSE)
    }


def given_back(pool: Pool, ending: dict[int, ProvisionalDecision]) -> Iterator[tuple[int, int, str, int]]:
    """(case id, year, kind of account, kroner) of what the decisions give back to the pool's available."""
    if not ending:
        return
    closed = set(
        PoolYear.objects.filter(pool=pool, status=PoolYear.Status.CLOSED).values_list("year", flat=True)
    )
    accounts = Account.objects.filter(
        pool=pool, case__in=ending, kind__in=[AccountKind.RESERVED, AccountKind.ALLOCATED], balance__gt=0
    )
    for case_id, year, kind, balance in accounts.values_list("case", "year", "kind", "balance"):
        decision = ending[case_id]
        if kind == AccountKind.RESERVED:
            yield case_id, year, kind, balance
        elif decision.kind == DecisionKind.STOP and year not in closed:
            yield case_id, year, kind, ledger.unspent(pool, year, decision.item.case)
