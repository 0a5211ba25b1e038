"""What each kind of decision does to case and money, under one lock and in one transaction.

Every act gives the rows that freeze what the decision moved: whole kroner by pool and year, negative
where it took something back.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from businesscases.models import BusinessCase
from businesscases.workflow import perform
from innovation_pool.refusals import Refusal, TooLate
from pool import ledger
from pool.decisions.answering import answer_request, end_requests
from pool.decisions.funding import asked_by_year
from pool.decisions.provisional import as_plain
from pool.decisions.requirements import check_conditions, check_grants, check_relations, to_be_reversed
from pool.decisions.terms import ACTION_OF, Condition, Grant
from pool.decisions.wording import check_text
from pool.models import (
    Account,
    AccountKind,
    Decision,
    DecisionGrant,
    DecisionKind,
    ProvisionalDecision,
)


@dataclass(frozen=True)
class Carried:
    """A decision being carried out, with everything it concerns locked."""

    locked: ledger.Locked
    decision: Decision
    provisional: ProvisionalDecision
    case: BusinessCase | None
    by: object

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What was put down. Raises TooLate when a year's budget has come or gone since."""
        stored = tuple(
            Grant(self.locked.pool(row.pool_id), row.year, row.amount, row.unfunded)
            for row in sorted(self.provisional.grants.all(), key=lambda row: (row.pool_id, row.year))
        )
        settled = check_grants(self.provisional.kind, self.case, stored)
        for before, now in zip(stored, settled, strict=True):
            if before != now:
                raise TooLate(
                    _("The budget of %(year)s has changed since this was put down. Put it down again.")
                    % {"year": now.year}
                )
        check_text(self.provisional.kind, self.provisional.text, settled)
        return settled

    def move_case(self) -> None:
        """Moves the case's state by the table, with the decision's number."""
        perform(
            self.case,
            ACTION_OF[self.decision.kind],
            by=self.by,
            reason=self.decision.reason or self.decision.text,
            version=self.decision.version,
            decision_label=self.decision.label,
            until=self.decision.until,
            operation=self.decision.operation,
            with_money=True,
            after=about(self.decision, self.provisional),
        )

    def frozen(self, grants: tuple[Grant, ...]) -> list[DecisionGrant]:
        """The rows of what was granted or taken, each with what the case asks in the year."""
        asked = asked_by_year(self.case)
        return [
            DecisionGrant(
                decision=self.decision,
                case=self.case,
                pool=grant.pool,
                year=grant.year,
                amount=grant.amount,
                unfunded=grant.unfunded,
                asked=asked.get(grant.year, 0),
            )
            for grant in grants
        ]


def about(decision: Decision, provisional: ProvisionalDecision) -> dict:
    """The decision as the audit trail keeps it."""
    return as_plain(provisional) | {"decision": decision.label, "item": provisional.item.title}


def approve(act: Carried) -> list[DecisionGrant]:
    """Reserves what was granted, writes down what has no cover, and approves the case."""
    check_relations(act.case)
    grants = act.grants
    check_conditions(
        act.case,
        grants,
        [Condition(row.kind, row.text) for row in act.provisional.political_conditions.all()],
    )
    with ledger.deciding(act.locked, act.decision) as posting:
        for grant in grants:
            _give(posting, act.case, grant)
    act.move_case()
    return act.frozen(grants)


def change_of_grant(act: Carried) -> list[DecisionGrant]:
    """Takes and gives in one operation: more, less, another year; answers a change request that waits."""
    grants = act.grants
    with ledger.deciding(act.locked, act.decision) as posting:
        # What is taken back first: money freed in a year can be given again in the same act.
        for grant in grants:
            if grant.amount < 0:
                ledger.release(posting, grant.pool, act.case, grant.year, -grant.amount)
            if grant.unfunded < 0:
                ledger.fall_away(posting, grant.pool, act.case, grant.year, -grant.unfunded)
        for grant in grants:
            _give(posting, act.case, grant)
    answer_request(act.decision, granted=bool(grants))
    return act.frozen(grants)


def cover(act: Carried) -> list[DecisionGrant]:
    """Reserves money for what stands without cover, whole or part; the decision that granted it stands."""
    grants = act.grants
    with ledger.deciding(act.locked, act.decision) as posting:
        for grant in grants:
            ledger.cover(posting, grant.pool, act.case, grant.year, grant.amount)
    return act.frozen(tuple(Grant(grant.pool, grant.year, grant.amount, -grant.amount) for grant in grants))


def stop(act: Carried) -> list[DecisionGrant]:
    """Ends every grant in force: reserved released, unspent returned, without cover fallen away."""
    ended = _end_grants(act)
    act.move_case()
    return ended


def reverse(act: Carried) -> list[DecisionGrant]:
    """Takes the decision back: the case is ready again, and its reservations are released."""
    ended: list[DecisionGrant] = []
    if to_be_reversed(act.case, act.decision.reverses).kind == DecisionKind.APPROVE:
        _refuse_allocated(act.case)
        ended = _end_grants(act)
    act.move_case()
    return ended


def only_move(act: Carried) -> list[DecisionGrant]:
    """Moves the case and no money: reject, postpone, return."""
    act.move_case()
    return []


def resolve(act: Carried) -> list[DecisionGrant]:
    """Moves nothing: the text is the decision."""
    return []


ACTS: dict[str, Callable[[Carried], list[DecisionGrant]]] = {
    DecisionKind.APPROVE: approve,
    DecisionKind.REJECT: only_move,
    DecisionKind.POSTPONE: only_move,
    DecisionKind.RETURN: only_move,
    DecisionKind.STOP: stop,
    DecisionKind.REVERSE: reverse,
    DecisionKind.CHANGE_OF_GRANT: change_of_grant,
    DecisionKind.COVER: cover,
    DecisionKind.RESOLUTION: resolve,
}


def _give(posting, case: BusinessCase, grant: Grant) -> None:
    if grant.amount > 0:
        ledger.reserve(posting, grant.pool, case, grant.year, grant.amount)
    if grant.unfunded > 0:
        ledger.write_down_unfunded(posting, grant.pool, case, grant.year, grant.unfunded)


def _end_grants(act: Carried) -> list[DecisionGrant]:
    with ledger.deciding(act.locked, act.decision) as posting:
        ledger.end_grants(posting, act.case)
        taken = _ended_by(posting)
    end_requests(act.case.pk, act.decision)
    return act.frozen(
        tuple(
            Grant(act.locked.pool(pool), year, -amount, -unfunded)
            for (pool, year), (amount, unfunded) in sorted(taken.items())
        )
    )


def _ended_by(posting) -> dict[tuple[int, int], list[int]]:
    """By pool and year: kroner released or returned, and kroner without cover that fell away."""
    taken: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for transfer in posting.transfers:
        if transfer.debit.kind in (AccountKind.RESERVED, AccountKind.ALLOCATED):
            taken[transfer.debit.pool, transfer.debit.year][0] += transfer.amount
    for entry in posting.unfunded_rows:
        taken[entry.pool_id, entry.year][1] -= entry.amount
    return dict(taken)


def _refuse_allocated(case: BusinessCase) -> None:
    accounts = Account.objects.filter(case=case, kind=AccountKind.ALLOCATED)
    allocated = sum(accounts.values_list("balance", flat=True))
    if allocated:
        raise Refusal(
            _("Money is allocated to %(case)s, so its approval cannot be reversed. Stop the case instead.")
            % {"case": case.reference}
        )
