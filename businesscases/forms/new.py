"""The few things that must be known before a case can be written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from businesscases.forms.fields import OneOf, YearField
from businesscases.forms.sections import TITLE_LENGTH
from businesscases.models import Round
from businesscases.submission import round_closing_next
from innovation_pool import clock
from innovation_pool.accounts.models import Department
from innovation_pool.fields import LineField
from innovation_pool.web.operation_form import OperationForm


class NewCaseForm(OperationForm, forms.Form):
    """Title, department, round and years of a new case."""

    title = LineField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("Say what changes. E.g.: Shared rota for temporary staff."),
    )
    department = OneOf(
        label=_("Department"),
        blank=_("Choose a department"),
        help_text=_("The area that will run the project."),
    )
    round = OneOf(
        label=_("Application round"),
        blank=_("Not chosen yet"),
        required=False,
        help_text=_("The round decides the deadline and which pools the case can be paid from."),
    )
    start_year = YearField(
        label=_("Start year"), help_text=_("The first of the six years. It can be changed later.")
    )
    price_level = YearField(
        label=_("Price level"),
        help_text=_("The year whose prices all amounts are in. E.g. 2026 for 2026 prices."),
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
        """The columns of the new case."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "department": Department.objects.get(pk=cleaned["department"]),
            "round_id": cleaned["round"],
            "start_year": cleaned["start_year"],
            "price_level": cleaned["price_level"],
        }
