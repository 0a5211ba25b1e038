"""What the control finds that only the pool can see: years without a budget, capital money for operation."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from businesscases.content import CaseContent
from businesscases.findings import Finding, adds_findings
from businesscases.models import CaseVersion
from innovation_pool.kroner import kr
from pool.decisions.funding import possible_pools
from pool.decisions.requirements import operation_years
from pool.models import Pool, PoolYear


@adds_findings
def years_without_budget(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    """Years the case asks for that none of its pools has a budget for."""
    pools = possible_pools(version.case)
    budgeted = set(PoolYear.objects.filter(pool__in=pools, has_budget=True).values_list("year", flat=True))
    for year, asked in zip(content.years, content.key_figures.asked, strict=True):
        if asked > 0 and pools and year not in budgeted:
            yield Finding(
                f"year-without-budget:{year}",
                _("The case asks %(amount)s of the pool in %(year)s, a year without a budget.")
                % {"amount": kr(asked), "year": year},
            )


@adds_findings
def capital_money_for_operation(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    """Capital money asked for operation: it takes the council's conversion."""
    natures = {pool.nature for pool in possible_pools(version.case)}
    years = operation_years(version.case)
    if Pool.Nature.CAPITAL in natures and years:
        yield Finding(
            "capital-for-operation",
            _("The case asks %(amount)s of capital money for operation. It takes the council's conversion.")
            % {"amount": kr(sum(years.values()))},
        )
