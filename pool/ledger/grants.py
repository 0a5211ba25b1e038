"""What the board gives a case and takes from it. Only `pool/decisions` calls these, with its decision.

Each adds to an operation being made up (`posting.deciding`), which is checked as a whole when it is
written: a decision that releases in one year and reserves in another is one act.
"""

from django.db.models import Q, QuerySet, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase, State
from innovation_pool.prepared import prepared
from innovation_pool.refusals import Refusal, TooLate
from pool import conditions
from pool.ledger import reads, refusals
from pool.ledger.balances import Place
from pool.ledger.posting import Posting
from pool.models import (
    Account,
    AccountKind,
    DecisionCondition,
    DecisionKind,
    MovementKind,
    Pool,
    PoolYear,
    SpentBalance,
    UnfundedEntry,
)

TAKES_MONEY = (State.APPROVED, State.IN_PROGRESS)
CONDITION = "condition"
GIVES_MONEY = (DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT, DecisionKind.COVER)


def reserve(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    """Reserves free money of a year that has a budget for a case.

    Grants without cover come first; to pass one over takes the decision's `passed_over_reason`.
    """
    _require_grant(act, case)
    row = act.locked.open_year(pool, year)
    if row is None or not row.has_budget:
        raise refusals.no_budget(act.locked.pool(pool), year)
    _require_turn(act, pool, case, year, refusals.whole(amount))
    _reserve(act, pool, case, year, amount)


def release(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    """Gives reserved money back to the year's available."""
    have = act.reserved(pool, year, case)
    if refusals.whole(amount) > have:
        raise refusals.reserved_short(case.reference, year, have, amount)
    act.move(
        MovementKind.RELEASE,
        Place(pool.pk, AccountKind.RESERVED, year, case.pk),
        Place(pool.pk, AccountKind.AVAILABLE, year),
        amount,
    )


def write_down_unfunded(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    """Writes down what a case is granted without cover (uden dækning). In a year with a budget only a
    change of grant may."""
    _require_grant(act, case)
    row = act.locked.open_year(pool, year)
    if row is not None and row.has_budget and act.decision.kind != DecisionKind.CHANGE_OF_GRANT:
        raise refusals.has_budget(act.locked.pool(pool), year)
    _unfunded(
        act, UnfundedEntry.Kind.WRITTEN_DOWN, pool.pk, year, case.pk, act.decision.pk, refusals.whole(amount)
    )


def cover(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    """Reserves money for what a case has without cover, whole or part; its own oldest grant first."""
    _require_grant(act, case)
    act.locked.open_year(pool, year)
    _require_turn(act, pool, case, year, refusals.whole(amount))
    _take_unfunded(act, UnfundedEntry.Kind.COVERED, pool, case, year, amount)
    _reserve(act, pool, case, year, amount)


def fall_away(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    """Lets a grant without cover fall away, whole or part; the case's newest grant first."""
    act.locked.open_year(pool, year)
    _take_unfunded(act, UnfundedEntry.Kind.FALLEN_AWAY, pool, case, year, refusals.whole(amount))


def allocate(
    act: Posting,
    pool: Pool,
    year: int,
    amounts: dict[BusinessCase, int],
    texts: dict[BusinessCase, str] | None = None,
) -> None:
    """Allocates from the cases' own reservations of an adopted year. All of it or nothing.

    `texts` is what each case's movement says.
    """
    row = act.locked.open_year(pool, year)
    if row is None or row.status != PoolYear.Status.ADOPTED:
        raise Refusal(
            format_lazy(
                _("{year} is not adopted yet. Nothing can be allocated before the council's budget."),
                year=year,
            ),
            field="year",
        )
    if not amounts:
        raise Refusal(_("Write what to allocate, for one case at least."))
    waiting = _read_waiting(act, pool, year, [case.pk for case in amounts])
    act.needs_no_shortfall(pool, year)
    for case, amount in sorted(amounts.items(), key=lambda pair: pair[0].pk):
        _require_taking(act, case)
        if case.pk in waiting:
            raise Refusal(
                format_lazy(
                    _("{case} waits for a political outcome ({condition}); until then nothing is allocated."),
                    case=case.reference,
                    condition=waiting[case.pk][0].get_kind_display(),
                )
            )
        have = act.reserved(pool, year, case)
        if refusals.whole(amount) > have:
            raise refusals.reserved_short(case.reference, year, have, amount)
        act.move(
            MovementKind.ALLOCATION,
            Place(pool.pk, AccountKind.RESERVED, year, case.pk),
            Place(pool.pk, AccountKind.ALLOCATED, year, case.pk),
            amount,
            (texts or {}).get(case, ""),
        )


def _read_waiting(
    act: Posting, pool: Pool, year: int, cases: list[int]
) -> dict[int, list[DecisionCondition]]:
    """By case id, the conditions that stand. Whether there are any is read with the balances."""
    rows = _accounts_and_conditions(pool=pool.pk, year=year, cases=cases)
    act.remember(pool.pk, [year], cases, [Account(*row) for row in rows if row[2] != CONDITION])
    waiting = {row[4] for row in rows if row[2] == CONDITION}
    return conditions.standing(waiting) if waiting else {}


@prepared
def _accounts_and_conditions(*, pool: int, year: int, cases: list[int]) -> QuerySet:
    """The accounts of the year, and a row of the kind CONDITION for each condition not answered yes."""
    accounts = Account.objects.filter(Q(case=None) | Q(case__in=cases), pool=pool, year=year)
    not_met = conditions.not_met().filter(decision__case__in=cases)
    # In the order of an account's fields.
    return accounts.values_list("id", "pool", "kind", "year", "case", "balance").union(
        not_met.values_list("id", Value(0), Value(CONDITION), Value(0), "decision__case", Value(0)), all=True
    )


def end_grants(act: Posting, case: BusinessCase) -> None:
    """Ends every grant in force of a case: reserved released, unspent returned, without cover fallen away.

    Every pool of `reads.pools_of(case)` must be locked; raises TooLate when one came to it since.
    """
    for pool in reads.pools_of(case):
        if pool.pk not in act.locked.pools:
            raise TooLate(_("The case has got money from another pool in the meantime. Try again."))
        _end_in_pool(act, act.locked.pool(pool), case)


def _end_in_pool(act: Posting, pool: Pool, case: BusinessCase) -> None:
    if pool.closed_at is not None:
        return
    closed = act.locked.last_closed(pool)
    years = sorted({year for p, year in act.locked.years if p == pool.pk and year > closed})
    act.read(pool, years, [case.pk])
    spent = dict(SpentBalance.objects.filter(pool=pool, case=case).values_list("year", "oere"))
    for year in years:
        if reserved := act.reserved(pool, year, case):
            release(act, pool, case, year, reserved)
        if unspent := reads.unspent_of(act.allocated(pool, year, case), spent.get(year, 0)):
            act.move(
                MovementKind.RETURN,
                Place(pool.pk, AccountKind.ALLOCATED, year, case.pk),
                Place(pool.pk, AccountKind.AVAILABLE, year),
                unspent,
            )
    for row in reads.standing_unfunded([pool.pk], case=case):
        _unfunded(
            act, UnfundedEntry.Kind.FALLEN_AWAY, pool.pk, row.year, case.pk, row.granted_by, -row.amount
        )


# --- The rules they share -----------------------------------------------------------------------------


def _require_grant(act: Posting, case: BusinessCase) -> None:
    """A decision on this very case that gives money; but for the approval itself, an approved case."""
    decision = act.decision
    if decision is None or decision.case_id != case.pk or decision.kind not in GIVES_MONEY:
        raise refusals.NotLocked(
            "money is granted by a decision of the board on that case, and by nothing else"
        )
    if decision.kind != DecisionKind.APPROVE:
        _require_taking(act, case)


def _require_taking(act: Posting, case: BusinessCase) -> None:
    locked = act.locked.case(case)
    if locked.state not in TAKES_MONEY:
        raise TooLate(
            format_lazy(
                _("{case} is neither approved nor in progress (it is: {state}) and cannot be given money."),
                case=locked.reference,
                state=locked.get_state_display(),
            )
        )


def _require_turn(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    if act.decision.passed_over_reason.strip():
        return
    ahead = reads.ahead_of(case.pk, _standing(act, pool, year))
    free = max(0, act.available(pool, year) - sum(row.amount for row in ahead))
    if ahead and amount > free:
        raise refusals.passed_over(year, free, ahead[0].reference, amount)


def _standing(act: Posting, pool: Pool, year: int, case: BusinessCase | None = None) -> list[reads.Standing]:
    """What stands without cover in the year, with what this act has changed so far."""
    rows = reads.standing_unfunded([pool.pk], [year], case)
    changes: dict[tuple[int, int], int] = {}
    for entry in act.unfunded_rows:
        if (entry.pool_id, entry.year) == (pool.pk, year):
            key = entry.case_id, entry.granted_by_id
            changes[key] = changes.get(key, 0) + entry.amount
    moved = [row._replace(amount=row.amount + changes.get((row.case, row.granted_by), 0)) for row in rows]
    return [row for row in moved if row.amount > 0]


def _reserve(act: Posting, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    act.needs_no_shortfall(pool, year)
    act.move(
        MovementKind.RESERVATION,
        Place(pool.pk, AccountKind.AVAILABLE, year),
        Place(pool.pk, AccountKind.RESERVED, year, case.pk),
        amount,
    )


def _take_unfunded(act: Posting, kind: str, pool: Pool, case: BusinessCase, year: int, amount: int) -> None:
    rows = _standing(act, pool, year, case)
    have = sum(row.amount for row in rows)
    if amount > have:
        raise refusals.unfunded_short(case.reference, year, have, amount)
    if kind == UnfundedEntry.Kind.FALLEN_AWAY:
        rows.reverse()
    for row in rows:
        part = min(amount, row.amount)
        if part:
            _unfunded(act, kind, pool.pk, year, case.pk, row.granted_by, -part)
            amount -= part


def _unfunded(act: Posting, kind: str, pool: int, year: int, case: int, granted_by: int, amount: int) -> None:
    act.unfunded_rows.append(
        UnfundedEntry(
            pool_id=pool,
            case_id=case,
            year=year,
            kind=kind,
            amount=amount,
            granted_by_id=granted_by,
            decision=act.decision,
            operation=act.operation,
            by=act.by,
        )
    )
