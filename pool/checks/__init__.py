"""What is never false, as a list: asked after every test, every night, and by `manage.py check_ledger`.

Each check reads rows and trusts nothing that is kept: sums are made again from the movements, and
what was lawful then from what was decided then.
"""

from pool.checks import balances, chain, decided, grants, kept
from pool.checks.breach import Breach, Check
from pool.checks.chain import NotAHead, compare_head

INVARIANTS: list[Check] = [
    Check(find.__name__.replace("_", " "), find)
    for find in (
        balances.sums_to_zero,
        balances.never_overdrawn,
        balances.never_both,
        balances.balances_follow_from_movements,
        balances.movements_fit_their_kind,
        balances.corrected_budget_is_spoken_for,
        balances.corrections_undo_one_operation,
        chain.numbers_and_hashes_follow,
        grants.reservations_are_accounted_for,
        grants.unfunded_is_accounted_for,
        grants.covered_is_reserved,
        grants.nothing_reserved_for_others,
        grants.closed_years_stand_still,
        decided.decisions_are_numbered,
        decided.money_was_decided,
        decided.decisions_moved_what_they_say,
        decided.allocations_were_lawful_then,
        decided.decided_by_those_who_could,
        decided.one_effect_per_operation,
        decided.one_audit_row_per_act,
        kept.years_follow_from_the_council,
        kept.spent_follows_from_postings,
        kept.versions_are_unchanged,
        kept.rows_are_guarded,
    )
]


def find_breaches() -> list[Breach]:
    """Every place where an invariant does not hold; none when all is well."""
    return [Breach(check.name, finding) for check in INVARIANTS for finding in check.find()]


__all__ = ["INVARIANTS", "Breach", "Check", "NotAHead", "compare_head", "find_breaches"]
