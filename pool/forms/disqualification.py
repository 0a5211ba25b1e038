"""What is typed about disqualification: why somebody may be, and what was decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from businesscases.forms.acts import LONGEST_REASON, ActForm
from innovation_pool.fields import LineField, TextField


class ReportForm(ActForm):
    """Why the person may be disqualified."""

    reason = TextField(
        label=_("Why may you be disqualified?"),
        max_length=LONGEST_REASON,
        help_text=_(
            "E.g.: close family works for the supplier. To lead the area a case is about is not in itself "
            "a reason."
        ),
    )


class AnswerForm(ActForm):
    """Out of the case or not, and why; the mayor's name where the question is the chair's own."""

    out = forms.TypedChoiceField(
        label=_("Does the person stay out of the case?"),
        choices=[("yes", _("Yes, disqualified")), ("no", _("No, takes part"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose yes or no.")},
    )
    reason = TextField(label=_("Reason"), max_length=LONGEST_REASON)
    mayor = LineField(
        label=_("The mayor who decided it"),
        max_length=120,
        help_text=_("Nobody decides their own question, so the mayor decides the chair's."),
    )

    def __init__(self, *args, for_the_mayor: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_the_mayor:
            del self.fields["mayor"]
