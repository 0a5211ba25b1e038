"""Who may do what, as one table: role × action.

State and ownership are asked elsewhere (the transition table of a case), and so is whether a
person may see a thing at all (`businesscases.access`). Source: the client's table of roles.
"""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """A hat a person may wear. The value is the suffix of the column on the user."""

    STAFF = "staff"
    FINANCE = "finance"
    SECRETARIAT = "secretariat"
    BOARD = "board"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.STAFF: _("Staff"),
    Role.FINANCE: _("Finance"),
    Role.SECRETARIAT: _("Secretariat"),
    Role.BOARD: _("Board"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class Action(StrEnum):
    """Something the application lets some people do."""

    WRITE_CASE = "write case"
    READ_SUBMITTED = "read every submitted case"
    READ_APPROVED = "read every approved case"
    READ_POOL = "read the pool"
    READ_MOVEMENTS = "read the movements behind a figure"
    SEE_ASKED = "see what is asked for and what is provisional"
    RETURN_CASE = "return a case"
    CHECK_FIGURES = "check figures"
    KEEP_ACCOUNTING = "keep accounting fields"
    RUN_HEARING = "run a hearing"
    CONFIRM_COMPLETION = "confirm completion"
    HAND_OVER = "hand a case over"
    READ_MEETINGS = "read meetings"
    PREPARE_MEETING = "prepare a meeting"
    PUT_DOWN_DECISION = "put down a provisional decision"
    CARRY_OUT_DECISION = "carry out decisions"
    ALLOCATE = "allocate a year"
    BOOK_COUNCIL_MONEY = "book what the council decides"
    CLOSE_YEAR = "close a year"
    RETURN_MONEY = "return unspent money"
    REGISTER_EFFECT = "register that money was transferred"
    IMPORT_SPENDING = "import spending"
    RECORD_OUTCOME = "record a political outcome"
    EXPORT_BUDGET_SHEET = "export a budget sheet"
    READ_AUDIT = "read the audit trail"
    VERIFY_SHEET = "verify a printed sheet"
    RELEASE_MAIL = "release mails"
    ADMINISTER = "administer master data"


_READERS = frozenset(
    {
        Action.READ_SUBMITTED,
        Action.READ_POOL,
        Action.READ_MOVEMENTS,
        Action.SEE_ASKED,
        Action.READ_MEETINGS,
        Action.EXPORT_BUDGET_SHEET,
        Action.VERIFY_SHEET,
    }
)

MAY: dict[Role, frozenset[Action]] = {
    Role.STAFF: frozenset({Action.WRITE_CASE, Action.READ_APPROVED, Action.READ_POOL}),
    Role.FINANCE: _READERS
    | {
        Action.CHECK_FIGURES,
        Action.KEEP_ACCOUNTING,
        Action.CONFIRM_COMPLETION,
        Action.BOOK_COUNCIL_MONEY,
        Action.CLOSE_YEAR,
        Action.RETURN_MONEY,
        Action.REGISTER_EFFECT,
        Action.IMPORT_SPENDING,
        Action.RECORD_OUTCOME,
    },
    Role.SECRETARIAT: _READERS
    | {
        Action.RETURN_CASE,
        Action.RUN_HEARING,
        Action.PREPARE_MEETING,
        Action.PUT_DOWN_DECISION,
        Action.HAND_OVER,
        Action.RELEASE_MAIL,
    },
    Role.BOARD: _READERS
    | {
        Action.RETURN_CASE,
        Action.PUT_DOWN_DECISION,
        Action.CARRY_OUT_DECISION,
        Action.ALLOCATE,
    },
    Role.AUDITOR: _READERS | {Action.READ_AUDIT},
    Role.ADMINISTRATOR: frozenset({Action.ADMINISTER}),
}

# Nobody both keeps the money and hands out the keys to it.
EXCLUSIVE: frozenset[frozenset[Role]] = frozenset(
    {
        frozenset({Role.ADMINISTRATOR, Role.FINANCE}),
        frozenset({Role.ADMINISTRATOR, Role.BOARD}),
    }
)


def may(user, action: Action) -> bool:
    """Whether any role of an active, signed-in person allows the action."""
    if not (user and user.is_authenticated and user.is_active):
        return False
    return any(action in MAY[role] for role in user.roles)


def actions_of(user) -> frozenset[Action]:
    """Everything the roles of an active, signed-in person allow."""
    if not (user and user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset().union(*(MAY[role] for role in user.roles))


class RoleLacks(PermissionDenied):
    """No role of the person allows any of the actions: a 403 page that says who may."""

    def __init__(self, *actions: Action):
        super().__init__()
        roles = [role for role in Role if any(action in MAY[role] for action in actions)]
        self.who = ", ".join(str(ROLE_NAMES[role]) for role in roles)


def require(user, action: Action) -> None:
    """Raises RoleLacks (a 403 page) unless the person may."""
    if not may(user, action):
        raise RoleLacks(action)


def roles_that_may(action: Action) -> list[Role]:
    """The roles that allow the action, in their usual order."""
    return [role for role in Role if action in MAY[role]]


def who_may(action: Action) -> str:
    """The roles that may do the action, as words for a sentence: "Finance, Board"."""
    return ", ".join(str(ROLE_NAMES[role]) for role in roles_that_may(action))
