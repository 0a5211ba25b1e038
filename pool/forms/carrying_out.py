"""Which of the provisional decisions are carried out, and who is present at a meeting made now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.models import User
from innovation_pool.fields import LONGEST_KEY, RowsField
from innovation_pool.web.operation_form import OperationForm, typed_values


class CarryOutForm(OperationForm, forms.Form):
    """The items ticked; all that stand until somebody unticks one."""

    items = forms.TypedMultipleChoiceField(
        coerce=int, label=_("Decisions"), error_messages={"required": _("Tick one decision at least.")}
    )

    def __init__(self, shown, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What has been carried out since stays a choice: a form sent twice is answered as the first time.
        sent = self.data.getlist("items") if self.is_bound else []
        standing = [(str(row.item.pk), row.item.title) for row in shown]
        known = {value for value, _title in standing}
        keys = (value for value in sent if value.isascii() and value.isdigit() and len(value) <= LONGEST_KEY)
        more = [(value, value) for value in keys if value not in known]
        self.fields["items"].choices = standing + more
        self.fields["items"].initial = [row.item.pk for row in shown]


class NowForm(forms.Form):
    """Who is present at the meeting that is made for one decision."""

    present = RowsField(
        User.objects.none(), required=False, label=_("Present"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, board, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = board

    def typed(self):
        return typed_values(self.cleaned_data)
