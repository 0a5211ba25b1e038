"""What the acts on a case, and what they change, are called in the audit trail."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases.action_names import CREATED, EVENT_NAMES
from businesscases.models import (
    BusinessCase,
    CaseAccounting,
    EconomyLine,
    Endorsement,
    Goal,
    Kind,
    LineAccounting,
    Milestone,
    Nature,
    Payer,
    ProjectReport,
    Risk,
    Round,
    State,
    Subject,
)
from innovation_pool.accounts.models import Committee, Department, User
from innovation_pool.audit import names, words

names.register(
    _("Businesscases"),
    {
        **{code: name for code, name in EVENT_NAMES.items() if code != CREATED},
        "no-hearing": pgettext_lazy("audit", "Hearing found needless"),
        "create-case": pgettext_lazy("case event", "Case created"),
        "edit case": pgettext_lazy("case event", "Case edited"),
        "upload-document": pgettext_lazy("case event", "Document uploaded"),
        "redact-document": pgettext_lazy("case event", "Document redacted"),
        "comment": pgettext_lazy("case event", "Remark written"),
        "resolve-comment": pgettext_lazy("case event", "Remark dealt with or opened again"),
        "hand-over": pgettext_lazy("case event", "Handed over to a new owner"),
        "add-collaborator": pgettext_lazy("case event", "Collaborator added"),
        "remove-collaborator": pgettext_lazy("case event", "Collaborator taken off"),
        "endorse": pgettext_lazy("audit", "Request to endorse answered"),
        "keep-accounting": pgettext_lazy("case event", "Accounting fields changed"),
        "answer-hearing": pgettext_lazy("audit", "Hearing answered"),
        "new-hearing-link": pgettext_lazy("audit", "New hearing link made"),
        "report-status": pgettext_lazy("audit", "Status report handed in"),
        "report-disqualification": pgettext_lazy("case event", "Disqualification reported"),
        "decide-disqualification": pgettext_lazy("case event", "Disqualification decided"),
    },
)


def _through_the_link(after) -> str:
    return _("%(name)s, through the personal link") % {"name": after.get("answered_by", "")}


names.without_account("answer-hearing", _through_the_link)


def _columns(model, *left_out: str) -> dict:
    fields = (field for field in model._meta.fields if field.name not in left_out)
    return {field.name: field.verbose_name for field in fields}


words.register(
    fields={
        # The general first: a later name of the same field wins.
        **_columns(Round, "id"),
        **_columns(LineAccounting, "id", "case", "by", "at"),
        **_columns(Milestone, "id", "case", "key", "order"),
        **_columns(Risk, "id", "case", "key", "order"),
        **_columns(EconomyLine, "id", "case", "key", "order"),
        **_columns(CaseAccounting, "id", "case", "by", "at"),
        **_columns(BusinessCase, "id", "state"),
        "goals": _("Goals the case serves"),
        "text": pgettext_lazy("audit field", "text"),
        "case": pgettext_lazy("audit field", "the case"),
        "lines": pgettext_lazy("audit field", "lines"),
        "state": _("status"),
        "version": pgettext_lazy("audit field", "version"),
        "decision": pgettext_lazy("audit field", "decision no."),
        "until": pgettext_lazy("audit field", "until"),
        "order": pgettext_lazy("audit field", "place"),
        "criteria": pgettext_lazy("audit field", "criteria"),
        "criteria met": pgettext_lazy("audit field", "criteria met"),
        "bodies": pgettext_lazy("audit field", "heard"),
        "passed over": pgettext_lazy("audit field", "passed over"),
        "not answered": pgettext_lazy("audit field", "not answered"),
        "answered_by": pgettext_lazy("audit field", "answered by"),
        "endorsed": pgettext_lazy("audit field", "endorsed"),
        "collaborator": _("collaborator"),
        "copied from": pgettext_lazy("audit field", "copied from"),
        "confidential": _("confidential"),
        "document": pgettext_lazy("audit field", "document"),
        "document_id": pgettext_lazy("audit field", "document no."),
        "comment": pgettext_lazy("audit field", "remark no."),
        "section": pgettext_lazy("audit field", "section"),
        "mentions": pgettext_lazy("audit field", "mentions"),
        "resolved": pgettext_lazy("audit field", "dealt with"),
        "out": pgettext_lazy("audit field", "stays out"),
        "decided by": pgettext_lazy("audit field", "decided by"),
        "person": pgettext_lazy("audit field", "person"),
        "reason": _("reason"),
        "excludes": pgettext_lazy("audit field", "excludes"),
        "needs": pgettext_lazy("audit field", "needs"),
        "removed": pgettext_lazy("audit field", "removed"),
        "report": pgettext_lazy("audit field", "report no."),
        "standing": _("status"),
        "ahead": pgettext_lazy("audit field", "next"),
    },
    sections=dict(Subject.choices),
    rows={
        "department": Department,
        "committee": Committee,
        "round": Round,
        "goals": Goal,
        "benefit_owner": User,
    },
    kroner={
        "year_1": pgettext_lazy("audit field", "first year"),
        "year_2": pgettext_lazy("audit field", "second year"),
        "year_3": pgettext_lazy("audit field", "third year"),
        "year_4": pgettext_lazy("audit field", "fourth year"),
        "year_5": pgettext_lazy("audit field", "fifth year"),
        "year_6": pgettext_lazy("audit field", "sixth year"),
    },
    codes={
        "state": dict(State.choices),
        "section": dict(Subject.choices),
        "kind": {**dict(Kind.choices), **dict(Endorsement.Kind.choices)},
        "payer": dict(Payer.choices),
        "nature": dict(Nature.choices),
        "standing": dict(ProjectReport.Standing.choices),
        "what": {
            "businesscases": _("Businesscases"),
            "template": _("Template of the case"),
            "audit trail": _("Audit trail"),
        },
    },
)
