"""A change request as it is written: why, and how much more or less in each year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import KronerField, TextField
from innovation_pool.web.operation_form import OperationForm
from pool.change_plan import PlanRow
from pool.requests import Difference


class ChangeRequestForm(OperationForm, forms.Form):
    """The owner's draft. The differences are fields `d_<pool>_<year>`; empty means no change."""

    why = TextField(
        required=False,
        label=_("Why the grant must change"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What has happened since the decision, and what it means for gains and time."),
    )

    def __init__(self, rows: list[PlanRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        several = len({row.pool.pk for row in rows}) > 1
        for row in rows:
            label = f"{row.pool.name} {row.year}" if several else str(row.year)
            self.fields[f"d_{row.key}"] = KronerField(
                required=False, label=label, initial=row.difference or None
            )

    def amount_rows(self) -> list[tuple]:
        """Each row of the plan with its field."""
        return [(row, self[f"d_{row.key}"]) for row in self.rows]

    def differences(self) -> list[Difference]:
        typed = [(row, self.cleaned_data.get(f"d_{row.key}")) for row in self.rows]
        return [Difference(row.pool, row.year, amount) for row, amount in typed if amount]


class OpinionForm(OperationForm, forms.Form):
    """Finance's opinion."""

    opinion = TextField(label=_("Finance's opinion"), widget=forms.Textarea(attrs={"rows": 5}))
