"""What the acts on a case are called in the audit trail."""

from django.utils.translation import pgettext_lazy

from businesscases.action_names import EVENT_NAMES
from innovation_pool.audit import names

names.register(
    {
        **EVENT_NAMES,
        "create-case": pgettext_lazy("case event", "Case created"),
        "edit case": pgettext_lazy("case event", "Case edited"),
        "upload-document": pgettext_lazy("case event", "Document uploaded"),
        "redact-document": pgettext_lazy("case event", "Document redacted"),
        "comment": pgettext_lazy("case event", "Remark written"),
        "resolve-comment": pgettext_lazy("case event", "Remark dealt with or opened again"),
        "hand-over": pgettext_lazy("case event", "Handed over to a new owner"),
        "add-collaborator": pgettext_lazy("case event", "Collaborator added"),
        "remove-collaborator": pgettext_lazy("case event", "Collaborator taken off"),
        "endorse": pgettext_lazy("case event", "Answered a request to endorse"),
        "keep-accounting": pgettext_lazy("case event", "Accounting fields changed"),
        "answer-hearing": pgettext_lazy("case event", "Hearing answer"),
        "new-hearing-link": pgettext_lazy("case event", "New link for a hearing"),
        "report-status": pgettext_lazy("case event", "Status report"),
        "report-disqualification": pgettext_lazy("case event", "Disqualification reported"),
        "decide-disqualification": pgettext_lazy("case event", "Disqualification decided"),
        "add": pgettext_lazy("master data", "Master data added"),
        "change": pgettext_lazy("master data", "Master data changed"),
    }
)
