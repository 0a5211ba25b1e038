"""An act that moved money, as one page: its whole text, what it rests on, and every movement of it. Reads."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from innovation_pool.audit.models import Entry
from innovation_pool.permissions import may
from pool import ledger
from pool.behind import basis_of
from pool.decided_words import decided
from pool.ledger.closing import CLOSE_POOL, CLOSE_YEAR
from pool.ledger.corrections import WHO, adopted_year
from pool.ledger.returns import COMPLETION
from pool.models import Decision, DecisionKind, Movement, MovementKind, Operation, Pool, PoolYear

BESIDES = {
    CLOSE_YEAR: pgettext_lazy("operation", "Year closed"),
    CLOSE_POOL: pgettext_lazy("operation", "Pool closed"),
    COMPLETION: pgettext_lazy("operation", "Case completed"),
}


# A decision as a text names it: its year and running number.
LABEL = re.compile(r"(?<![\w-])\d{4}-\d{2,}(?![\w-])")


@dataclass(frozen=True)
class OperationShown:
    """An operation with its movements in one pool; `total` is whole kroner, every movement added up."""

    operation: Operation
    movements: tuple[Movement, ...]

    @property
    def what(self) -> str:
        kind = self.operation.kind
        if self.operation.decision:
            return decided(kind)
        return str(BESIDES.get(kind) or MovementKind(kind).label)

    @cached_property
    def basis(self) -> str:
        return basis_of(self.operation)

    @property
    def text(self) -> str:
        """The whole text, where the basis beside it is not the same."""
        return "" if self.basis == self.operation.text else self.operation.text

    @cached_property
    def draws_on(self) -> list[tuple[Decision, str]]:
        """The decisions an allocation names in its text, each with its address: what gave the money first."""
        decision = self.operation.decision
        if decision is None or decision.kind != DecisionKind.ALLOCATION:
            return []
        cases = {row.case_id for row in self.movements}
        found = Decision.objects.filter(case__in=cases, number__lt=decision.number)
        named = found.select_related("case", "meeting").order_by("number")
        return [(each, decision_address(each)) for each in named if each.label in self._labels]

    @cached_property
    def _labels(self) -> set[str]:
        return set(LABEL.findall(self.operation.text))

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.movements)

    @cached_property
    def adopted_year(self) -> int | None:
        """The year the act adopted; taken back, it is an estimate again."""
        row = adopted_year(self.operation)
        return row.year if row else None

    @property
    def decision_url(self) -> str:
        return decision_address(self.operation.decision)

    @cached_property
    def corrects_url(self) -> str:
        return _first_movement(self.operation.corrects)

    @cached_property
    def corrected_by_url(self) -> str:
        return _first_movement(getattr(self.operation, "corrected_by", None))


def operation_shown(pool: Pool, operation: Operation) -> OperationShown:
    """The operation and what it moved in the pool, oldest first."""
    rows = operation.movements.filter(pool=pool).select_related("debit", "credit", "case", "effect")
    return OperationShown(operation, tuple(rows.order_by("number")))


def may_correct(user, operation: Operation) -> bool:
    """Whether the person is offered the correction: of such a kind, not corrected yet, and theirs to do."""
    return ledger.correctable(operation) and may(user, WHO[operation.kind])


def adoption_of(row: PoolYear) -> Operation | None:
    """The act that adopted the year, or None for a year that is not adopted.

    Its difference to the estimate may have been zero, and then no movement leads to it.
    """
    if row.status != PoolYear.Status.ADOPTED:
        return None
    return latest_act(MovementKind.ADOPTION, row)


def latest_act(act: str, subject: Pool | PoolYear) -> Operation | None:
    """The newest operation of that name on a pool or a year, which may have moved no krone.

    No movement leads to such a one; the audit trail knows which it was.
    """
    of = subject._meta.label_lower
    entries = Entry.objects.filter(act=act, subject_type=of, subject_id=f"{subject.pk}")
    newest = entries.order_by("-pk").values("operation")[:1]
    return Operation.objects.select_related("by").filter(pk__in=newest).first()


def decision_address(decision: Decision | None) -> str:
    """The decision on its meeting's page; "" where the board decided nothing, or outside a meeting."""
    if decision is None or not decision.item_id:
        return ""
    return f"{reverse('pool:meeting-detail', args=[decision.meeting_id])}?item={decision.item_id}"


def _first_movement(operation: Operation | None) -> str:
    """The page of another operation, by its first movement; "" where there is none."""
    first = operation.movements.order_by("pool", "number").first() if operation else None
    return reverse("pool:operation", args=[first.pool_id, first.number]) if first else ""
