"""What the acts of meetings, decisions and money are called in the audit trail."""

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
        "write-change-request": pgettext_lazy("act", "Wrote a change request"),
        "send-change-request": pgettext_lazy("act", "Sent a change request"),
        "give-opinion": pgettext_lazy("act", "Gave finance's opinion"),
        "withdraw-change-request": pgettext_lazy("act", "Withdrew a change request"),
        "allocate": pgettext_lazy("act", "Allocated"),
        "record-outcome": pgettext_lazy("act", "Recorded a political outcome"),
        "create_pool": pgettext_lazy("act", "Made a pool"),
        "budget": pgettext_lazy("act", "Booked an appropriation"),
        "adoption": pgettext_lazy("act", "Adopted a year's budget"),
        "appropriation": pgettext_lazy("act", "Recorded an anlægsbevilling"),
        "supplement": pgettext_lazy("act", "Booked a supplement"),
        "price_regulation": pgettext_lazy("act", "Booked a price regulation"),
        "cut": pgettext_lazy("act", "Booked a cut"),
        "carry_over": pgettext_lazy("act", "Carried money over"),
        "close_year": pgettext_lazy("act", "Closed a year"),
        "close_pool": pgettext_lazy("act", "Closed a pool"),
        "return_money": pgettext_lazy("act", "Returned unspent money"),
        "correction": pgettext_lazy("act", "Corrected an operation"),
        "register_effect": pgettext_lazy("act", "Registered a budget transfer"),
        "import spending": pgettext_lazy("act", "Imported spending"),
        "spending rule": pgettext_lazy("act", "Placed an account of the finance system"),
    }
)
