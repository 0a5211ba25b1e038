"""The money against the decisions: each krone was decided, when it could be, by people who could."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from businesscases.models import CaseWriter, Confirmation, Disqualification
from innovation_pool.audit.models import Entry
from pool.conditions import ENDS_GRANTS
from pool.ledger.grants import GIVES_MONEY
from pool.models import (
    Decision,
    DecisionCondition,
    DecisionCounter,
    DecisionGrant,
    DecisionKind,
    DecisionMember,
    Movement,
    MovementKind,
    Operation,
    PoolYear,
    UnfundedEntry,
)

SIGNS = {MovementKind.RESERVATION: 1, MovementKind.RELEASE: -1, MovementKind.ALLOCATION: 1}
Kind = UnfundedEntry.Kind


def decisions_are_numbered() -> Iterator[str]:
    """1…n without a gap, and the counter knows the last."""
    numbers = list(Decision.objects.order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"the decisions are not numbered 1 to {len(numbers)}"
    last = DecisionCounter.objects.values_list("last", flat=True).first() or 0
    if last != len(numbers):
        yield f"the counter of decisions says {last}, there are {len(numbers)}"


def money_was_decided() -> Iterator[str]:
    """Every reservation and allocation has a decision of the board on that case, and an approval in force."""
    movements = Movement.objects.filter(kind__in=[MovementKind.RESERVATION, MovementKind.ALLOCATION])
    movements = list(movements.select_related("operation__decision", "case", "pool"))
    approved = _approvals({movement.case_id for movement in movements})
    named = set(DecisionGrant.objects.values_list("decision", "case", "pool", "year"))
    for movement in movements:
        decision = movement.operation.decision
        if decision is None:
            yield f"{movement} has no decision"
            continue
        if movement.kind == MovementKind.RESERVATION:
            decided = decision.kind in GIVES_MONEY and decision.case_id == movement.case_id
        else:
            decided = decision.kind == DecisionKind.ALLOCATION
        if not decided or (decision.pk, movement.case_id, movement.pool_id, movement.year) not in named:
            yield f"{movement}: decision {decision.number} gives {_of(movement)} no such money"
        if not any(first <= decision.number < ended for first, ended in approved[movement.case_id]):
            yield f"{movement}: {_of(movement)} was not approved at decision {decision.number}"


def decisions_moved_what_they_say() -> Iterator[str]:
    """What a decision grants is what moved by it, and what was written down without cover."""
    says, moved = defaultdict(int), defaultdict(int)
    for grant in DecisionGrant.objects.filter(
        decision__kind__in=[*GIVES_MONEY, DecisionKind.ALLOCATION]
    ).select_related("decision"):
        key = (grant.decision_id, grant.case_id, grant.pool_id, grant.year)
        says[("moved", *key)] += grant.amount
        if grant.decision.kind in (DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT):
            says[("without cover", *key)] += grant.unfunded
    movements = Movement.objects.filter(
        kind__in=SIGNS, operation__decision__kind__in=[*GIVES_MONEY, DecisionKind.ALLOCATION]
    ).select_related("operation")
    for movement in movements:
        key = (movement.operation.decision_id, movement.case_id, movement.pool_id, movement.year)
        moved[("moved", *key)] += SIGNS[movement.kind] * movement.amount
    for entry in UnfundedEntry.objects.filter(
        kind__in=[Kind.WRITTEN_DOWN, Kind.FALLEN_AWAY],
        decision__kind__in=[DecisionKind.APPROVE, DecisionKind.CHANGE_OF_GRANT],
    ):
        moved[("without cover", entry.decision_id, entry.case_id, entry.pool_id, entry.year)] += entry.amount
    numbers = dict(Decision.objects.values_list("pk", "number"))
    for key in sorted({*says, *moved}, key=str):
        if says[key] != moved[key]:
            yield (f"decision {numbers[key[1]]} says {says[key]} for {key[4]}, and {moved[key]} was {key[0]}")


def allocations_were_lawful_then() -> Iterator[str]:
    """The year was adopted and every condition of the case answered yes when money was allocated."""
    movements = list(
        Movement.objects.filter(kind=MovementKind.ALLOCATION)
        .exclude(operation__decision=None)
        .select_related("operation__decision", "case", "pool")
    )
    adopted = _adoptions()
    blocked = _conditions({movement.case_id for movement in movements})
    for movement in movements:
        at, number = movement.at, movement.operation.decision.number
        if not any(first <= at < ended for first, ended in adopted[movement.pool_id, movement.year]):
            yield f"{movement} was allocated in {movement.year} before the year was adopted"
        for first, ended, answered in blocked[movement.case_id]:
            if first < number < ended and not (answered and answered <= at):
                yield f"{movement}: {_of(movement)} still waited for a political outcome"


def decided_by_those_who_could() -> Iterator[str]:
    """Nobody took part in deciding a case they were kept out of; frozen with the decision."""
    cases: dict[int, set[int]] = defaultdict(set)
    for decision, case in Decision.objects.exclude(case=None).values_list("pk", "case"):
        cases[decision].add(case)
    for decision, case in DecisionGrant.objects.values_list("decision", "case"):
        cases[decision].add(case)
    out = _kept_out()
    took_part = DecisionMember.objects.filter(took_part=True).values_list("decision", "person")
    decisions = {decision.pk: decision for decision in Decision.objects.filter(pk__in=cases)}
    people = {*took_part, *((decision.pk, decision.by_id) for decision in decisions.values())}
    for decision, person in sorted(people):
        for case in cases.get(decision, ()):
            at = decisions[decision].at
            if any(since <= at < until for since, until in out.get((case, person), ())):
                yield f"decision {decisions[decision].number}: person {person} was kept out of case {case}"


def one_effect_per_operation() -> Iterator[str]:
    """An operation id stands behind one decision, and behind the money of that decision alone."""
    seen: dict = {}
    for decision in Decision.objects.order_by("number"):
        if decision.operation in seen:
            yield f"decisions {seen[decision.operation]} and {decision.number} share an operation"
        seen[decision.operation] = decision.number
    for operation in Operation.objects.exclude(decision=None).select_related("decision"):
        if operation.pk != operation.decision.operation:
            yield f"operation {operation.pk} is not that of decision {operation.decision.number}"


def one_audit_row_per_act() -> Iterator[str]:
    """Each operation, and each decision, left exactly one row in the audit trail."""
    acts = dict(Operation.objects.values_list("pk", "kind"))
    acts |= {
        operation: f"decision {number}"
        for operation, number in Decision.objects.values_list("operation", "number")
    }
    rows: dict = defaultdict(int)
    for operation in Entry.objects.filter(operation__in=acts).values_list("operation", flat=True):
        rows[operation] += 1
    for operation, what in acts.items():
        if rows[operation] != 1:
            yield f"{what} ({operation}) has {rows[operation]} rows in the audit trail"


def _of(movement: Movement) -> str:
    return movement.case.reference if movement.case else "no case"


# --- What was true when ---------------------------------------------------------------------------------

NEVER = 2**31


def _approvals(cases: set[int]) -> dict[int, list[tuple[int, int]]]:
    """By case, from which decision's number to before which an approval was in force."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Decision.objects.filter(case__in=cases, kind__in=[DecisionKind.APPROVE, *ENDS_GRANTS])
    for case, kind, number in rows.order_by("number").values_list("case", "kind", "number"):
        if kind == DecisionKind.APPROVE:
            found[case].append((number, NEVER))
        else:
            found[case] = [(first, min(ended, number)) for first, ended in found[case]]
    return found


def _adoptions() -> dict[tuple[int, int], list[tuple]]:
    """By pool and year, from when to when an adoption stood. Its audit row says which year it was of."""
    years = {str(row.pk): (row.pool_id, row.year) for row in PoolYear.objects.all()}
    subjects = dict(Entry.objects.filter(act=MovementKind.ADOPTION).values_list("operation", "subject_id"))
    found: dict[tuple[int, int], list[tuple]] = defaultdict(list)
    for operation in Operation.objects.filter(kind=MovementKind.ADOPTION).select_related("corrected_by"):
        correction = getattr(operation, "corrected_by", None)
        key = years.get(subjects.get(operation.pk, ""))
        if key:
            found[key].append((operation.at, correction.at if correction else _End()))
    return found


class _End:
    """Later than every moment."""

    def __gt__(self, other):
        return True


def _conditions(cases: set[int]) -> dict[int, list[tuple]]:
    """By case, each condition: from which number, to which it counted, and when it was settled, if it was."""
    rows = DecisionCondition.objects.filter(decision__case__in=cases).select_related("decision", "outcome")
    approved = _approvals(cases)
    changes = list(
        Decision.objects.filter(case__in=cases, kind=DecisionKind.CHANGE_OF_GRANT)
        .order_by("number")
        .values_list("case", "number", "at")
    )
    found: dict[int, list[tuple]] = defaultdict(list)
    for row in rows:
        case, number = row.decision.case_id, row.decision.number
        ended = max((end for first, end in approved[case] if first <= number), default=NEVER)
        outcome = getattr(row, "outcome", None)
        settled = outcome.at if outcome and outcome.met else None
        if outcome and not outcome.met:
            settled = next((at for c, n, at in changes if c == case and n > number and at > outcome.at), None)
        found[case].append((number, ended, settled))
    return found


def _kept_out() -> dict[tuple[int, int], list[tuple]]:
    """By case and person, from when to when they were kept out of deciding it.

    Whoever wrote or confirmed the case stays out for good. A question of disqualification keeps its person
    out from its report until the answer that they take part, and again from an answer that they do not.
    """
    found: dict[tuple[int, int], list[tuple]] = defaultdict(list)
    for case, person, since in [
        *CaseWriter.objects.values_list("case", "person", "since"),
        *Confirmation.objects.values_list("version__case", "by", "at"),
    ]:
        found[case, person].append((since, _End()))
    answers: dict[str, list[tuple]] = defaultdict(list)
    rows = Entry.objects.filter(act="decide-disqualification").order_by("at", "id")
    for question, at, after in rows.values_list("subject_id", "at", "after"):
        answers[question].append((at, after["out"]))
    for question in Disqualification.objects.all():
        told = [(question.reported_at, True), *answers[str(question.pk)], (_End(), False)]
        found[question.case_id, question.person_id] += [
            (since, until) for (since, out), (until, _next) in pairwise(told) if out
        ]
    return found
