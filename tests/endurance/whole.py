"""Whether each promise was kept: what was acknowledged is there once and whole, and nothing is there half.

Reads rows by the operation id of the form, and compares the kroner with what the writer typed.
"""

from collections.abc import Callable, Iterable

from django.db.models import F, OuterRef, Subquery, Sum

from businesscases.models import BusinessCase, CaseEvent, State
from innovation_pool.audit.models import Act, Entry
from pool import checks
from pool.decisions.carrying_out import operation_of
from pool.models import (
    AgendaItem,
    Decision,
    DecisionGrant,
    DecisionMember,
    Meeting,
    Movement,
    Operation,
    PoolYear,
)
from tests.endurance.person import Outcome, Sent

# By its name: how much there is of a part of the act, and how much belongs there.
Parts = dict[str, tuple[int, int]]


def _count(model, **found) -> int:
    return model.objects.filter(**found).count()


def _kroner(model, **found) -> int:
    return abs(model.objects.filter(**found).aggregate(kroner=Sum("amount"))["kroner"] or 0)


def _claim(sent: Sent) -> Parts:
    return {"the answer kept for a double click": (_count(Act, pk=sent.operation, answer__isnull=False), 1)}


def _allocation(sent: Sent) -> Parts:
    key, about = sent.operation, sent.about
    where = {"pool": about["pool"], "year": about["year"], "case": about["case"]}
    return _claim(sent) | {
        "the decision": (_count(Decision, operation=key, kind="allocation"), 1),
        "who took part": (_count(DecisionMember, decision__operation=key), 1),
        "the grant": (_kroner(DecisionGrant, decision__operation=key, **where), about["amount"]),
        "the movement": (_kroner(Movement, operation=key, kind="allocation", **where), about["amount"]),
        "the audit row": (_count(Entry, operation=key), 1),
    }


def _decision(state: State) -> Callable[[Sent], Parts]:
    def parts(sent: Sent) -> Parts:
        items = AgendaItem.objects.filter(case__reference=sent.about["reference"])
        keys = [operation_of(sent.operation, item) for item in items]
        meeting = {"state": Meeting.State.CLOSED, "items__decision__operation__in": keys}
        return _claim(sent) | {
            "the decision": (_count(Decision, operation__in=keys), 1),
            "who took part": (_count(DecisionMember, decision__operation__in=keys), 1),
            "the grant": (_kroner(DecisionGrant, decision__operation__in=keys), sent.about["amount"]),
            "the movement": (_kroner(Movement, operation__in=keys), sent.about["amount"]),
            "the step of the case": (_count(CaseEvent, operation__in=keys, to_state=state), 1),
            "the meeting, closed": (_count(Meeting, **meeting), 1),
            "the meeting's audit row": (_count(Entry, operation=sent.operation, act="carry-out"), 1),
            "the audit row": (_count(Entry, operation__in=keys), 1),
        }

    return parts


def _withdrawal(sent: Sent) -> Parts:
    step = {"operation": sent.operation, "to_state": State.WITHDRAWN}
    return _claim(sent) | {
        "the step of the case": (_count(CaseEvent, **step), 1),
        "the audit row": (_count(Entry, operation=sent.operation), 1),
    }


def _booking(kind: str) -> Callable[[Sent], Parts]:
    def parts(sent: Sent) -> Parts:
        moved = {"operation": sent.operation, "kind": kind, "pool": sent.about["pool"]}
        return _claim(sent) | {
            "the operation": (_count(Operation, pk=sent.operation), 1),
            "the movement": (_kroner(Movement, **moved), sent.about["amount"]),
            "the audit row": (_count(Entry, operation=sent.operation), 1),
        }

    return parts


def _closing(sent: Sent) -> Parts:
    year = {"pool": sent.about["pool"], "year": sent.about["year"], "status": PoolYear.Status.CLOSED}
    booked = _count(Operation, pk=sent.operation)
    return _booking("carry_over")(sent) | {"the closed year": (_count(PoolYear, **year) * booked, 1)}


PARTS: dict[str, Callable[[Sent], Parts]] = {
    "allocate": _allocation,
    "approve": _decision(State.APPROVED),
    "stop": _decision(State.STOPPED),
    "withdraw": _withdrawal,
    "cut": _booking("cut"),
    "supplement": _booking("supplement"),
    "carry-over": _booking("carry_over"),
    "close-year": _closing,
}


def broken_promise(sent: Sent) -> str:
    """What the books have otherwise than the answers said; empty when all is as promised."""
    parts = PARTS[sent.act](sent)
    there = {name for name, (found, _belongs) in parts.items() if found}
    whole = all(found == belongs for found, belongs in parts.values())
    shown = ", ".join(f"{name} {found} of {belongs}" for name, (found, belongs) in parts.items())
    named = f"{sent.act} {sent.operation} ({sent.outcome})"
    if there and not whole:
        return f"{named} is there half: {shown}"
    if sent.outcome == Outcome.DONE and not there:
        return f"{named} was acknowledged and is not there"
    if there and sent.outcome not in (Outcome.DONE, Outcome.LOST, Outcome.UNSURE):
        return f"{named} is there, though nobody was told so"
    return ""


def is_there(sent: Sent) -> bool:
    """Whether the act was carried out, whatever its writer was told."""
    return _count(Act, pk=sent.operation) == 1


def lost_texts(sent: Iterable[Sent]) -> list[str]:
    """Texts that were acknowledged, and are neither in the case nor followed by another that may be."""
    may_stand: dict[str, list[str]] = {}
    for text in sent:
        texts = may_stand.setdefault(text.about["reference"], [])
        if text.outcome == Outcome.DONE:
            texts.clear()
        if text.outcome in (Outcome.DONE, Outcome.LOST, Outcome.UNSURE):
            texts.append(text.about["text"])
    stands = dict(
        BusinessCase.objects.filter(reference__in=may_stand).values_list("reference", "description")
    )
    return [
        f"{reference} says “{stands[reference]}”, but what was saved last is “{texts[0]}”"
        for reference, texts in may_stand.items()
        if texts and stands[reference] not in texts
    ]


def unasked(sent: Iterable[Sent], before: set) -> list[str]:
    """Acts in the books that no form of these was sent for; `before` are those that were there already."""
    known = before | {form.operation for form in sent}
    return [f"{act} was not sent by anybody" for act in Act.objects.exclude(pk__in=known)]


def cases_astray() -> list[str]:
    """Cases whose state is not the one their newest step led to."""
    newest = CaseEvent.objects.filter(case=OuterRef("pk")).order_by("-id").values("to_state")[:1]
    astray = BusinessCase.objects.annotate(led_to=Subquery(newest)).exclude(state=F("led_to"))
    return [f"{case.reference} is {case.state}, but its newest step led to {case.led_to}" for case in astray]


def wrong_with(sent: list[Sent], before: set) -> list[str]:
    """Everything that is not as it should be after these forms were sent; nothing when all is well."""
    texts = [form for form in sent if form.act == "write"]
    acts = [form for form in sent if form.act != "write"]
    return [
        *(f"{form.act} {form.operation} {complaint}" for form in sent for complaint in form.complaints),
        *filter(None, map(broken_promise, acts)),
        *lost_texts(texts),
        *unasked(acts, before),
        *cases_astray(),
        *(f"{breach}" for breach in checks.find_breaches()),
    ]
