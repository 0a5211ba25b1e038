"""What is typed about a meeting: its day, its agenda, who is there."""

from itertools import groupby
from operator import itemgetter

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.models import User
from innovation_pool.fields import DanishDateField, LineField, RowsField, TextField
from innovation_pool.permissions import Role
from innovation_pool.web.operation_form import OperationForm
from pool.forms.labels import mark_optional


class ButtonForm(OperationForm, forms.Form):
    """An act that needs nothing typed."""


class MeetingForm(OperationForm, forms.Form):
    """A new meeting."""

    held_on = DanishDateField(label=_("Date"))
    starts_at = forms.TimeField(
        required=False, label=_("Time"), input_formats=["%H.%M", "%H:%M", "%H"],
        error_messages={"invalid": _("Write the time as 9.00.")},
    )  # fmt: skip
    place = LineField(required=False, max_length=120, label=_("Place"))
    chair = forms.ModelChoiceField(User.objects.none(), label=_("Chair"), empty_label=_("Choose"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = User.objects.with_role(Role.BOARD)
        mark_optional(self)


class ItemForm(OperationForm, forms.Form):
    """A new item: a case that can be taken up, or a subject of its own."""

    case = forms.ModelChoiceField(None, required=False, label=_("Case"), empty_label=_("No case"))
    title = LineField(required=False, max_length=160, label=_("Title"))
    recommendation = TextField(
        required=False, label=_("Recommendation"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, cases, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
        self.fields["case"].choices = [("", _("No case")), *self._by_status(cases)]
        mark_optional(self, "recommendation")

    def _by_status(self, cases) -> list[tuple[str, list]]:
        """The cases under the status they have, in the order of the statuses."""
        named = [(case.get_state_display(), (case.pk, f"{case}")) for case in cases]
        return [
            (status, [choice for _status, choice in rows]) for status, rows in groupby(named, itemgetter(0))
        ]


class ItemTextsForm(OperationForm, forms.Form):
    """The texts of an item."""

    title = LineField(max_length=160, label=_("Title"))
    recommendation = TextField(
        required=False, label=_("Recommendation"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One sentence a line; they are numbered."),
    )  # fmt: skip
    discussion = TextField(
        required=False, label=_("Note for the record"), widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mark_optional(self)


class PeopleForm(OperationForm, forms.Form):
    """Who is present; the others on the board are absent."""

    present = RowsField(
        User.objects.none(), required=False, label=_("Present"), widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ModelChoiceField(User.objects.none(), label=_("Chair"))

    def __init__(self, board, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = board
        self.fields["chair"].queryset = board


class OutForm(OperationForm, forms.Form):
    """Somebody who stays out of an item, and why."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who"), empty_label=_("Choose"))
    reason = LineField(max_length=250, label=_("Why"))

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
