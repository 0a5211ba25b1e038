"""The political outcomes that approvals depend on: which of them still stand in the way.

A condition stands until it is answered yes. One answered no stands until the board has changed the
grant after the answer; what was approved before a case was stopped or reversed no longer counts.
"""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from pool.models import Decision, DecisionCondition, DecisionKind

ENDS_GRANTS = (DecisionKind.STOP, DecisionKind.REVERSE)


def not_met() -> QuerySet[DecisionCondition]:
    """Those not answered yes: a case that has none of them waits for nobody."""
    return DecisionCondition.objects.exclude(outcome__met=True)


def standing(cases: Iterable[int]) -> dict[int, list[DecisionCondition]]:
    """By case id, the conditions in force that are not settled; cases without any are not in it."""
    rows = list(
        not_met()
        .filter(decision__case__in=list(cases))
        .select_related("decision", "outcome")
        .order_by("decision__number", "id")
    )
    if not rows:
        return {}
    ended = _newest(rows, kind__in=ENDS_GRANTS)
    changed = {
        (decision.case_id, decision.number, decision.at)
        for decision in Decision.objects.filter(
            case__in={row.decision.case_id for row in rows}, kind=DecisionKind.CHANGE_OF_GRANT
        )
    }
    found: dict[int, list[DecisionCondition]] = {}
    for row in rows:
        case = row.decision.case_id
        if row.decision.number < ended.get(case, 0):
            continue
        outcome = getattr(row, "outcome", None)
        if outcome and any(c == case and n > row.decision.number and at > outcome.at for c, n, at in changed):
            continue
        found.setdefault(case, []).append(row)
    return found


def _newest(rows: list[DecisionCondition], **kind) -> dict[int, int]:
    """By case id, the number of its newest decision of the kind."""
    cases = {row.decision.case_id for row in rows}
    newest = Decision.objects.filter(case__in=cases, **kind).order_by().values_list("case")
    return dict(newest.annotate(newest=Max("number")))
