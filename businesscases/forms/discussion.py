"""What is typed in the discussion of a case."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from businesscases.models import Subject
from innovation_pool.drawn_widgets import DrawnHidden, DrawnSelect, DrawnTextarea
from innovation_pool.fields import TextField
from innovation_pool.web.operation_form import OperationForm

LONGEST_COMMENT = 5_000
NUMBER = re.compile("[0-9]{1,18}")


class CommentForm(OperationForm, forms.Form):
    """A remark on the case or one of its sections, or an answer to a remark."""

    section = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=[("", _("The whole case")), *Subject.choices],
        widget=DrawnSelect,
    )
    answers = forms.IntegerField(required=False, min_value=1, max_value=10**18, widget=DrawnHidden)
    # Whether it is answered from the editor, and leads back there.
    editing = forms.BooleanField(required=False, widget=DrawnHidden)
    text = TextField(
        label=_("Write a remark"),
        widget=DrawnTextarea,
        max_length=LONGEST_COMMENT,
        help_text=_("Write no personal data about citizens. Mention somebody by @ and the name."),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].widget.attrs["class"] = "form-select"
        # Whoever comes to answer begins to write at once.
        self.fields["text"].widget.attrs |= {
            "class": "form-control",
            "rows": 3,
            "autofocus": self.answered is not None,
        }

    @property
    def answered(self) -> int | None:
        """The number of the remark that is answered; None for a remark of its own."""
        number = str(self["answers"].value() or "")
        return int(number) if NUMBER.fullmatch(number) else None


class ResolveForm(OperationForm, forms.Form):
    """Whether a remark has been dealt with."""

    resolved = forms.BooleanField(required=False)
