"""What was decided, said of the case: "Approved", where the kind itself is an order: "Approve"."""

from django.utils.translation import pgettext_lazy

from pool.models import DecisionKind

DECIDED = {
    DecisionKind.APPROVE: pgettext_lazy("decided", "Approved"),
    DecisionKind.REJECT: pgettext_lazy("decided", "Rejected"),
    DecisionKind.POSTPONE: pgettext_lazy("decided", "Postponed"),
    DecisionKind.RETURN: pgettext_lazy("decided", "Returned"),
    DecisionKind.STOP: pgettext_lazy("decided", "Stopped"),
    DecisionKind.REVERSE: pgettext_lazy("decided", "Reversed"),
    DecisionKind.CHANGE_OF_GRANT: pgettext_lazy("decided", "Grant changed"),
    DecisionKind.COVER: pgettext_lazy("decided", "Covered"),
    DecisionKind.ALLOCATION: pgettext_lazy("decided", "Allocated"),
    DecisionKind.RESOLUTION: pgettext_lazy("decided", "Decided"),
}
PUT_DOWN = {
    DecisionKind.APPROVE: pgettext_lazy("decided", "Provisionally approved"),
    DecisionKind.REJECT: pgettext_lazy("decided", "Provisionally rejected"),
    DecisionKind.POSTPONE: pgettext_lazy("decided", "Provisionally postponed"),
    DecisionKind.RETURN: pgettext_lazy("decided", "Provisionally returned"),
    DecisionKind.STOP: pgettext_lazy("decided", "Provisionally stopped"),
    DecisionKind.REVERSE: pgettext_lazy("decided", "Provisionally reversed"),
    DecisionKind.CHANGE_OF_GRANT: pgettext_lazy("decided", "Grant provisionally changed"),
    DecisionKind.COVER: pgettext_lazy("decided", "Provisionally covered"),
    DecisionKind.RESOLUTION: pgettext_lazy("decided", "Provisionally decided"),
}
SHAPES = {
    DecisionKind.APPROVE: "disc",
    DecisionKind.REJECT: "cross",
    DecisionKind.POSTPONE: "bars",
    DecisionKind.RETURN: "bent",
    DecisionKind.STOP: "square",
    DecisionKind.REVERSE: "bent",
    DecisionKind.COVER: "disc",
    DecisionKind.ALLOCATION: "check",
    DecisionKind.RESOLUTION: "check",
}


def decided(kind: str) -> str:
    return str(DECIDED.get(kind, kind))


def put_down(kind: str) -> str:
    return str(PUT_DOWN.get(kind, kind))


def shape_of(kind: str) -> str:
    """The shape that says the same without the word."""
    return SHAPES.get(kind, "diamond")
