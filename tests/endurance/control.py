"""Whether the check can fail: the books are broken on purpose, and it must say so. All of it is undone."""

from uuid import uuid4

from django.db import models, transaction

from innovation_pool import guards
from innovation_pool.audit.models import Act, Entry
from pool.models import DecisionGrant, DecisionMember, Movement
from tests.endurance.person import Outcome, Sent
from tests.endurance.whole import broken_promise, unasked


class _Undone(Exception):
    pass


def overlooked(sent: list[Sent], before: set) -> list[str]:
    """What can be broken without the check seeing it; nothing when it sees everything."""
    done = [form for form in sent if form.act == "allocate" and form.outcome == Outcome.DONE]
    if not done:
        return ["no allocation was acknowledged, so there was nothing to break"]
    [chosen] = done[:1]
    if broken_promise(chosen):
        return [f"the allocation to break is broken already: {broken_promise(chosen)}"]
    invented = Sent("allocate", uuid4(), chosen.about, [Outcome.DONE])
    denied = Sent("allocate", chosen.operation, chosen.about, [Outcome.REFUSED])
    smaller = Sent("allocate", chosen.operation, chosen.about | {"amount": 0}, [Outcome.DONE])
    seen = {
        "an act that was acknowledged and never done": broken_promise(invented),
        "an act that was done and refused": broken_promise(denied),
        "other kroner than were typed": broken_promise(smaller),
        "an act that nobody sent": unasked([form for form in sent if form is not chosen], before),
    }
    key = chosen.operation
    rows = {
        "the answer": models.QuerySet(Act).filter(pk=key),
        "the audit row": models.QuerySet(Entry).filter(operation=key),
        "the movement": models.QuerySet(Movement).filter(operation=key),
        "the grant": models.QuerySet(DecisionGrant).filter(decision__operation=key),
        "who took part": models.QuerySet(DecisionMember).filter(decision__operation=key),
    }
    seen |= {f"{name} that is gone": _without(found, chosen) for name, found in rows.items()}
    return [f"the check overlooks {name}" for name, said in seen.items() if not said]


def _without(rows: models.QuerySet, sent: Sent) -> str:
    """What is said of the act in books without the rows."""
    said = ""
    try:
        # Plain querysets, and the guards off: the models and the database both refuse this.
        with transaction.atomic(), guards.lifted():
            rows.delete()
            said = broken_promise(sent)
            raise _Undone
    except _Undone:
        return said
