"""What a case's actions are called: on a button, and afterwards in its history and the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# The first event of every case: not an action of the table, since nobody moves a case there.
CREATED = "create"

ACTION_NAMES: dict[str, Promise] = {
    "submit": pgettext_lazy("case action", "Submit"),
    "withdraw": pgettext_lazy("case action", "Withdraw"),
    "return": pgettext_lazy("case action", "Return"),
    "confirm-figures": pgettext_lazy("case action", "Confirm the figures"),
    "open-hearing": pgettext_lazy("case action", "Open a hearing"),
    "no-hearing": pgettext_lazy("case action", "No hearing"),
    "close-hearing": pgettext_lazy("case action", "Close the hearing"),
    "approve": pgettext_lazy("case action", "Approve"),
    "reject": pgettext_lazy("case action", "Reject"),
    "postpone": pgettext_lazy("case action", "Postpone"),
    "start": pgettext_lazy("case action", "Start"),
    "report-finished": pgettext_lazy("case action", "Report finished"),
    "confirm-completion": pgettext_lazy("case action", "Confirm completion"),
    "stop": pgettext_lazy("case action", "Stop"),
    "reverse": pgettext_lazy("case action", "Reverse"),
}

EVENT_NAMES: dict[str, Promise] = {
    CREATED: pgettext_lazy("case event", "Created"),
    "submit": pgettext_lazy("case event", "Submitted"),
    "withdraw": pgettext_lazy("case event", "Withdrawn"),
    "return": pgettext_lazy("case event", "Returned"),
    "confirm-figures": pgettext_lazy("case event", "Figures confirmed"),
    "open-hearing": pgettext_lazy("case event", "Hearing opened"),
    "no-hearing": pgettext_lazy("case event", "No hearing"),
    "close-hearing": pgettext_lazy("case event", "Hearing closed"),
    "approve": pgettext_lazy("case event", "Approved"),
    "reject": pgettext_lazy("case event", "Rejected"),
    "postpone": pgettext_lazy("case event", "Postponed"),
    "start": pgettext_lazy("case event", "Started"),
    "report-finished": pgettext_lazy("case event", "Reported finished"),
    "confirm-completion": pgettext_lazy("case event", "Completion confirmed"),
    "stop": pgettext_lazy("case event", "Stopped"),
    "reverse": pgettext_lazy("case event", "Reversed"),
}

# What comes next, as one names it when somebody else does it: no command.
NEXT_NAMES = {
    "submit": pgettext_lazy("next step", "Submission"),
    "confirm-figures": pgettext_lazy("next step", "Control of the figures"),
    "open-hearing": pgettext_lazy("next step", "Hearing"),
    "close-hearing": pgettext_lazy("next step", "End of the hearing"),
    "approve": pgettext_lazy("next step", "Decision"),
    "start": pgettext_lazy("next step", "Start of the project"),
    "report-finished": pgettext_lazy("next step", "Final report"),
    "confirm-completion": pgettext_lazy("next step", "Completion"),
}
