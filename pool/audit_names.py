"""What the acts of meetings and decisions are called in the audit trail."""

from django.utils.translation import pgettext_lazy

from innovation_pool.audit import names

names.register(
    {
        "plan-meeting": pgettext_lazy("act", "Planned a meeting"),
        "open-meeting": pgettext_lazy("act", "Opened a meeting"),
        "close-meeting": pgettext_lazy("act", "Closed a meeting"),
        "approve-record": pgettext_lazy("act", "Approved a record"),
        "add-item": pgettext_lazy("act", "Put on the agenda"),
        "move-item": pgettext_lazy("act", "Moved on the agenda"),
        "remove-item": pgettext_lazy("act", "Taken off the agenda"),
        "write-item": pgettext_lazy("act", "Wrote on the agenda"),
        "set-people": pgettext_lazy("act", "Listed who is present"),
        "change-chair": pgettext_lazy("act", "Changed the chair"),
        "set-out": pgettext_lazy("act", "Stays out of an item"),
        "take-in": pgettext_lazy("act", "Takes part in an item after all"),
        "report-disqualification": pgettext_lazy("act", "Reported disqualification"),
        "decide-disqualification": pgettext_lazy("act", "Decided on disqualification"),
        "put-down": pgettext_lazy("act", "Put down a provisional decision"),
        "change-provisional": pgettext_lazy("act", "Changed a provisional decision"),
        "take-back": pgettext_lazy("act", "Took back a provisional decision"),
        "carry-out": pgettext_lazy("act", "Carried out decisions"),
        "decide": pgettext_lazy("act", "Decided"),
        "allocate": pgettext_lazy("act", "Allocated"),
        "record-outcome": pgettext_lazy("act", "Recorded a political outcome"),
        "import spending": pgettext_lazy("act", "Imported spending"),
        "spending rule": pgettext_lazy("act", "Placed an account of the finance system"),
    }
)
