"""A new pool, with the fields of the municipality's form "Budgetalternativ – Anlægsønske"."""

from django import forms

from innovation_pool.fields import TextField
from innovation_pool.web.operation_form import OperationForm
from pool.forms.labels import mark_optional
from pool.models import Pool

TEXTS = (
    "description",
    "focus_areas",
    "development_goals",
    "other_areas",
    "service",
    "staff_consequences",
    "hearing_parties",
    "rate_change",
)


class PoolForm(OperationForm, forms.ModelForm):
    """The head and the texts of the form. Its amounts are booked as movements, with their authority."""

    class Meta:
        model = Pool
        fields = [
            "number",
            "name",
            "committee",
            "department",
            "contact",
            "nature",
            "first_year",
            "profit_centre",
            "f3_level",
            "function",
            "grouping",
            *TEXTS,
        ]

    def __init__(self, *args, done: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        # A form that has acted already has its number in use: by the pool it made.
        self.done = done
        for name in TEXTS:
            label = self.fields[name].label
            widget = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = TextField(required=False, label=label, widget=widget)
        self.fields["department"].queryset = self.fields["department"].queryset.filter(active=True)
        self.fields["committee"].queryset = self.fields["committee"].queryset.filter(active=True)
        mark_optional(self)

    def validate_unique(self):
        if not self.done:
            super().validate_unique()
