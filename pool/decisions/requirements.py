"""What a decision must satisfy whatever the state of the money: pools, years, conditions, related cases.

Asked when a provisional decision is put down, and again under the lock when it is carried out.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from businesscases.checking import nature_of_lines
from businesscases.content import content_of
from businesscases.economy import Nature
from businesscases.models import BusinessCase, CaseRelation, State
from businesscases.versions import newest
from innovation_pool.kroner import LARGEST, kr
from innovation_pool.refusals import Refusal, TooLate
from pool.decisions.funding import asked_by_year, pools_with_money, possible_pools
from pool.decisions.terms import REVERSED_KIND, Condition, Grant, added_up
from pool.ledger import refusals
from pool.models import ChangeRequest, Decision, DecisionKind, Pool, PoolYear
from pool.models.decisions import ConditionKind

FUNDED_EVER = (State.APPROVED, State.IN_PROGRESS, State.COMPLETED)


def check_grants(kind: str, case: BusinessCase, grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The grants as they would be carried out: one a pool and year, uncovered where there is no budget.

    Raises a Refusal with the year and what is wrong with it.
    """
    found = added_up(grants)
    years = {
        (row.pool_id, row.year): row
        for row in PoolYear.objects.filter(pool__in={grant.pool.pk for grant in found})
    }
    for grant in found:
        _check_place(case, grant, years.get((grant.pool.pk, grant.year)))
    _check_pools(kind, case, found)
    settled = added_up(_settled(kind, grant, years.get((grant.pool.pk, grant.year))) for grant in found)
    if kind == DecisionKind.APPROVE:
        _check_years(case, settled)
    if sum(abs(grant.amount) + abs(grant.unfunded) for grant in settled) == 0:
        _refuse_nothing(kind, case)
    return settled


def required_conditions(case: BusinessCase, grants: Iterable[Grant]) -> tuple[ConditionKind, ...]:
    """The political conditions an approval with these grants cannot do without."""
    grants = tuple(grants)
    required = []
    if any(grant.unfunded > 0 for grant in grants):
        required.append(ConditionKind.UNCOVERED)
    capital = {grant.year for grant in grants if grant.pool.nature == Pool.Nature.CAPITAL and grant.total > 0}
    if capital & operation_years(case).keys():
        required.append(ConditionKind.CONVERSION)
    return tuple(required)


def operation_years(case: BusinessCase) -> dict[int, int]:
    """Kroner asked from the pool for operation (drift), by year; finance's word on a line counts."""
    version = newest(case)
    if version is None:
        return {}
    natures = nature_of_lines(case)
    years: dict[int, int] = {}
    for line in content_of(version).economy_lines:
        if not line.is_asked or natures[line.key] != Nature.OPERATION:
            continue
        for year, amount in enumerate(line.amounts, start=version.start_year):
            if amount:
                years[year] = years.get(year, 0) + amount
    return {year: amount for year, amount in years.items() if amount}


def check_conditions(case: BusinessCase, grants, political: Iterable[Condition]) -> None:
    """Refuses an approval that leaves out a condition it cannot do without."""
    stated = {str(condition.kind) for condition in political}
    missing = [kind for kind in required_conditions(case, grants) if kind not in stated]
    if missing:
        raise Refusal(
            _("The approval must be on condition of: %(conditions)s.")
            % {"conditions": ", ".join(str(kind.label) for kind in missing)},
            field="political",
        )
    for condition in political:
        if condition.kind == ConditionKind.OTHER and not condition.text.strip():
            raise Refusal(_("Write what else the approval depends on."), field="political")


def related_cases(case: BusinessCase) -> list[int]:
    """The ids of the cases whose states decide whether it can be approved: excluding ones, needed ones."""
    rows = CaseRelation.objects.filter(Q(case=case) | Q(other=case, kind=CaseRelation.Kind.EXCLUDES))
    return sorted({pk for pair in rows.values_list("case", "other") for pk in pair} - {case.pk})


def check_relations(case: BusinessCase) -> None:
    """Refuses to approve beside a case that excludes it, or before one it needs."""
    excluding = CaseRelation.objects.filter(
        Q(case=case) | Q(other=case), kind=CaseRelation.Kind.EXCLUDES
    ).select_related("case", "other")
    for relation in excluding:
        other = relation.other if relation.case_id == case.pk else relation.case
        if other.state in FUNDED_EVER:
            raise Refusal(
                _("%(case)s and %(other)s exclude each other, and %(other)s is “%(state)s”.")
                % {"case": case.reference, "other": other.reference, "state": other.get_state_display()}
            )
    needed = CaseRelation.objects.filter(case=case, kind=CaseRelation.Kind.NEEDS)
    for relation in needed.select_related("other"):
        if relation.other.state not in FUNDED_EVER:
            raise Refusal(
                _("%(case)s needs %(other)s first, and %(other)s is “%(state)s”.")
                % {
                    "case": case.reference,
                    "other": relation.other.reference,
                    "state": relation.other.get_state_display(),
                }
            )


def to_be_reversed(case: BusinessCase, given: Decision | None = None) -> Decision:
    """The decision a reversal points to: the newest that put the case where it is. Refuses any other."""
    kind = REVERSED_KIND.get(case.state)
    decision = Decision.objects.filter(case=case, kind=kind).order_by("-number").first() if kind else None
    if decision is None:
        raise Refusal(_("%(case)s has no decision that can be reversed.") % {"case": case.reference})
    if given is not None and given.pk != decision.pk:
        raise TooLate(
            _("Only the newest decision, no. %(label)s, can be reversed.") % {"label": decision.label},
            field="reverses",
        )
    return decision


def _check_place(case: BusinessCase, grant: Grant, year: PoolYear | None) -> None:
    if grant.pool.closed_at is not None:
        raise refusals.pool_closed(grant.pool)
    if grant.year < grant.pool.first_year or (year is not None and year.status == PoolYear.Status.CLOSED):
        raise refusals.year_closed(grant.pool, grant.year)
    if not 2000 <= grant.year <= 2100:
        raise Refusal(_("Write a year between 2000 and 2100."), field="grants")
    if max(abs(grant.amount), abs(grant.unfunded)) > LARGEST:
        raise Refusal(
            _("The amount is too large; the most is %(most)s.") % {"most": kr(LARGEST)}, field="grants"
        )


def _check_pools(kind: str, case: BusinessCase, grants: tuple[Grant, ...]) -> None:
    possible = {pool.pk for pool in possible_pools(case)}
    if kind != DecisionKind.APPROVE:
        possible |= set(pools_with_money(case))
    for grant in grants:
        if grant.pool.pk not in possible:
            raise Refusal(
                _("%(pool)s is not open to the round of %(case)s.")
                % {"pool": grant.pool, "case": case.reference},
                field="grants",
            )


def _check_years(case: BusinessCase, grants: tuple[Grant, ...]) -> None:
    years = asked_by_year(case)
    for grant in grants:
        if grant.year not in years:
            raise Refusal(
                _("%(case)s runs from %(first)s to %(last)s; %(year)s is not one of its years.")
                % {"case": case.reference, "first": min(years), "last": max(years), "year": grant.year},
                field="grants",
            )


def _settled(kind: str, grant: Grant, year: PoolYear | None) -> Grant:
    """The grant as its kind and the year's budget make it."""
    has_budget = year is not None and year.has_budget
    if kind == DecisionKind.COVER:
        if grant.amount < 0 or grant.unfunded:
            raise Refusal(_("A cover reserves money for what stands without cover, and does nothing else."))
        if not has_budget:
            raise refusals.no_budget(grant.pool, grant.year)
        return grant
    if kind == DecisionKind.APPROVE:
        if grant.amount < 0 or grant.unfunded < 0:
            raise Refusal(
                _("An approval gives money; to take some back is a change of grant."), field="grants"
            )
        if has_budget and grant.unfunded:
            raise refusals.has_budget(grant.pool, grant.year)
    if not has_budget and grant.amount > 0:
        return Grant(grant.pool, grant.year, 0, grant.unfunded + grant.amount)
    return grant


def _refuse_nothing(kind: str, case: BusinessCase) -> None:
    if kind == DecisionKind.CHANGE_OF_GRANT:
        if not ChangeRequest.objects.filter(case=case, state=ChangeRequest.State.READY).exists():
            raise Refusal(_("Write what changes, in which pool and year."), field="grants")
        return
    raise Refusal(_("Write an amount of at least 1 kr. in one pool and year."), field="grants")
