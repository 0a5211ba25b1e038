"""The form of a businesscase with nothing in it, to be read and printed before one starts."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from businesscases.forms.sections import OPTIONAL, SECTION_FORMS
from businesscases.models import EconomyLine, Kind, Milestone, Risk, Subject
from innovation_pool.permissions import Action, require

# What is written in rows: the model whose columns have the names, and how many empty rows are printed.
ROWS = {
    Subject.ECONOMY: (EconomyLine, ("kind", "text", "payer", "profit_centre"), 8),
    Subject.RISKS: (Risk, ("text", "likelihood", "consequence", "answer"), 4),
    Subject.MILESTONES: (Milestone, ("text", "due_on"), 5),
}


@require_GET
def case_blank(request):
    """Every section with its fields, what each is about, and room to write in."""
    require(request.user, Action.WRITE_CASE)
    sections = [_section(subject) for subject in Subject]
    return render(request, "businesscases/case_blank.html", {"sections": sections, "kinds": Kind.labels})


def _section(subject: Subject) -> dict:
    fields = SECTION_FORMS[subject].base_fields if subject in SECTION_FORMS else {}
    shown = [(field.label, field.help_text, name in OPTIONAL) for name, field in fields.items()]
    section = {"name": subject.label, "fields": shown, "money": subject == Subject.ECONOMY}
    if subject in ROWS:
        model, columns, empty = ROWS[subject]
        heads = [str(model._meta.get_field(name).verbose_name).capitalize() for name in columns]
        if subject == Subject.ECONOMY:
            heads += [_("Year %(n)d") % {"n": number} for number in range(1, 7)]
        section |= {"heads": heads, "empty": range(empty)}
    return section
