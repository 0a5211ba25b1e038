"""The amounts of an allocation: one field and one tick for each case that can get its money."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import KronerField, TextField
from innovation_pool.kroner import kr
from innovation_pool.web.operation_form import OperationForm
from pool.allocation import AllocationRow


class AllocationForm(OperationForm, forms.Form):
    """Ticked cases with their amounts. An unticked case gets nothing, whatever stands in its field.

    `plan` is the amounts a confirmation was shown for: acting on others asks again.
    """

    text = TextField(required=False, max_length=2000, label=_("Remark"), widget=forms.TextInput)
    plan = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, rows: list[AllocationRow], data=None, *, done: bool = False):
        self.rows = [row for row in rows if row.is_open]
        # A form that has acted already comes back as it was: its money is no longer reserved.
        self.done = done
        super().__init__(data)
        for row in rows if done else self.rows:
            self._add_fields(row)

    def offer(self, rows: list[AllocationRow]) -> None:
        """Adds the cases that can get money only since the form was read; nothing is chosen for them."""
        for row in rows:
            if row.is_open and f"tick_{row.case.pk}" not in self.fields:
                self.rows.append(row)
                self._add_fields(row)

    def _add_fields(self, row: AllocationRow) -> None:
        self.fields[f"tick_{row.case.pk}"] = forms.BooleanField(required=False, initial=True)
        self.fields[f"amount_{row.case.pk}"] = KronerField(
            required=False, min_value=1, initial=row.reserved, label=row.case.reference
        )

    def clean(self):
        for row in () if self.done else self.rows:
            name = f"amount_{row.case.pk}"
            if not self.cleaned_data.get(f"tick_{row.case.pk}"):
                # What is not chosen is not wrong.
                self.errors.pop(name, None)
                continue
            if name in self.errors:
                continue
            amount = self.cleaned_data.get(name)
            if amount is None:
                self.add_error(name, _("Write an amount, or remove the tick."))
            elif amount > row.reserved:
                sentence = _("At most %(most)s is reserved for the case.") % {"most": kr(row.reserved)}
                self.add_error(name, sentence)
        if not self.amounts() and not self.errors and not self.done:
            self.add_error(None, _("Tick a case and write what it gets."))
        return self.cleaned_data

    def amounts(self) -> dict[int, int]:
        """Kroner by case id, of the ticked rows that were understood; as proposed while nothing is typed."""
        if not self.is_bound:
            return {row.case.pk: row.reserved for row in self.rows}
        ticked = {
            int(name[5:]) for name in self.fields if name[:5] == "tick_" and self.cleaned_data.get(name)
        }
        found = {pk: self.cleaned_data.get(f"amount_{pk}") for pk in ticked}
        most = {row.case.pk: row.reserved for row in self.rows}
        return {pk: amount for pk, amount in found.items() if amount and (self.done or amount <= most[pk])}

    def plan_of_amounts(self) -> str:
        """What a confirmation of these amounts is known by."""
        text = ",".join(f"{case}:{amount}" for case, amount in sorted(self.amounts().items()))
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]

    def typed(self):
        return {"amounts": sorted(self.amounts().items()), "text": self.cleaned_data["text"]}
