"""The few things that must be known before a case can be written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from businesscases.forms.fields import YearField
from businesscases.forms.sections import AboutForm
from businesscases.models import Round
from businesscases.starters import STARTERS
from businesscases.submission import round_closing_next
from innovation_pool import clock
from innovation_pool.accounts.models import Department
from innovation_pool.web.operation_form import OperationForm


class NewCaseForm(OperationForm, forms.Form):
    """Title, department, round and years of a new case."""

    # As in the section of the editor where they are changed.
    title = AboutForm.base_fields["title"]
    department = AboutForm.base_fields["department"]
    round = AboutForm.base_fields["round"]
    start_year = YearField(
        label=_("Start year"), help_text=_("The first of the six years. It can be changed later.")
    )
    price_level = AboutForm.base_fields["price_level"]
    starter = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        choices=[
            ("", _("An empty form")),
            (_("Templates"), [(code, starter.name) for code, starter in STARTERS.items()]),
        ],
        help_text=_(
            "A template has the lines such cases usually have, without amounts. You can also copy a case, "
            "from its own page."
        ),
    )

    def __init__(self, data=None, *, user):
        today = clock.today()
        opening = round_closing_next(today)
        initial = {
            "department": user.department_id,
            "round": opening.pk if opening else None,
            "start_year": today.year + 1,
            "price_level": today.year + 1,
        }
        super().__init__(data, initial=initial)
        self.departments = Department.objects.filter(active=True).select_related("committee")
        self.fields["department"].offer(self.departments)
        self.fields["round"].offer(Round.objects.filter(active=True, deadline__gte=today))

    def columns(self) -> dict:
        """The columns of the new case, and what it begins with."""
        cleaned = self.cleaned_data
        starter = STARTERS.get(cleaned["starter"])
        return {
            "fill": starter.fill if starter else None,
            "title": cleaned["title"],
            "department": Department.objects.get(pk=cleaned["department"]),
            "round_id": cleaned["round"],
            "start_year": cleaned["start_year"],
            "price_level": cleaned["price_level"],
        }
