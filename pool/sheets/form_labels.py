"""The words of the municipality's form "Budgetalternativ – Anlægsønske", in its order, and of its note."""

from django.utils.translation import pgettext_lazy

FORM_LABELS = {
    "title": pgettext_lazy("sheet", "Budget alternative – capital wish"),
    "number": pgettext_lazy("sheet", "No."),
    "committee": pgettext_lazy("sheet", "Committee"),
    "department": pgettext_lazy("sheet", "Department/institution"),
    "unit": pgettext_lazy("sheet", "In 1.000 kr. Budget change + = expenses, − = income"),
    "overflow": pgettext_lazy("sheet", "Overflow from capital projects now approved in %(year)s"),
    "tax_financed": pgettext_lazy("sheet", "New tax-financed capital projects"),
    "user_financed": pgettext_lazy("sheet", "New user-financed capital projects"),
    "in_all": pgettext_lazy("sheet", "Capital proposal (appropriation) in all in each year"),
    "operation_before": pgettext_lazy("sheet", "Directly derived "),
    "operation_under": pgettext_lazy("sheet", "operating expenses"),
    "operation_after": pgettext_lazy("sheet", " per year"),
    "subject": pgettext_lazy("sheet", "Subject"),
    "profit_centre": pgettext_lazy("sheet", "Profit centre & F3 level"),
    "description": pgettext_lazy("sheet", "Description:"),
    "focus_areas": pgettext_lazy(
        "sheet",
        "Importance for the focus areas of %(municipality)s (Our life, Our growth, and Our children and "
        "young people):",
    ),
    "development_goals": pgettext_lazy("sheet", "Importance for the area's development goals / policies:"),
    "other_areas": pgettext_lazy("sheet", "Possible effect on other areas of the municipality's work:"),
    "service": pgettext_lazy("sheet", "Consequences for service to citizens:"),
    "staff_consequences": pgettext_lazy("sheet", "Consequences for staff:"),
    "hearing_parties": pgettext_lazy("sheet", "Who must be heard (MED, others – see the hearing guide):"),
    "rate_change": pgettext_lazy("sheet", "Derived change of the takst of the area:"),
    "foot": pgettext_lazy("sheet", "%(number)s · Budget alternative – capital wish · extracted %(when)s"),
    "foot_version": pgettext_lazy(
        "sheet",
        "%(number)s, version %(version)s · Budget alternative – capital wish · extracted %(when)s",
    ),
    "foot_draft": pgettext_lazy(
        "sheet",
        "%(number)s, draft · Budget alternative – capital wish · extracted %(when)s",
    ),
    "page_of": pgettext_lazy("sheet", "page &P of &N"),
    "note_pool": pgettext_lazy("sheet", "Moved from the pool %(pool)s: %(amounts)s."),
    "note_asked": pgettext_lazy("sheet", "Asked from the pool %(pool)s as omplacering: %(amounts)s."),
    "note_own": pgettext_lazy("sheet", "Own budget, as omplacering: %(amounts)s."),
    "note_to_find": pgettext_lazy("sheet", "Asked and not granted, to be found in own budget: %(amount)s."),
    "note_external": pgettext_lazy("sheet", "External funding: %(amounts)s."),
    "note_operation": pgettext_lazy(
        "sheet",
        "Derived operation is one-off expenses and operation less gains.",
    ),
    "note_later": pgettext_lazy("sheet", "Derived operation after that: %(amounts)s."),
    "note_capital_later": pgettext_lazy("sheet", "New capital after that: %(amounts)s."),
    "note_takst": pgettext_lazy(
        "sheet",
        "Gains on user-financed areas belong to the takst and are not in the table.",
    ),
    "note_price_level": pgettext_lazy("sheet", "%(year)s prices."),
    "note_in_year": pgettext_lazy("sheet", "%(amount)s in %(year)s"),
    "note_and": pgettext_lazy("sheet", " and "),
    "goes_on": pgettext_lazy("sheet", "(goes on)"),
}
