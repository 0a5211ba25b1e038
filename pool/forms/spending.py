"""What finance types to import spending: the file, the control total, and where unknown accounts belong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.kroner import parse_oere
from innovation_pool.typed import TypedError
from innovation_pool.web.operation_form import OperationForm
from pool.spending import Preview
from pool.spending.preview import NOBODYS


class SpendingUploadForm(OperationForm, forms.Form):
    """The file of postings."""

    file = forms.FileField(
        label=_("File from the finance system"),
        help_text=_("Excel or CSV with Dato, Beløb and PSP-element or Profitcenter; at most 10 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class OereField(forms.CharField):
    """Kroner with at most two decimals, as integer øre."""

    def to_python(self, value):
        try:
            return parse_oere(super().to_python(value))
        except TypedError as error:
            raise forms.ValidationError(error.sentence) from error

    def validate(self, value):
        if value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class SpendingImportForm(OperationForm, forms.Form):
    """The control total, and a choice for each account nobody has placed yet."""

    control_total = OereField(
        label=_("Control total, kr."),
        help_text=_("What the finance system says the whole file adds up to, e.g. 61.250,50."),
        error_messages={"required": _("Write the control total from the finance system.")},
    )

    def __init__(self, preview: Preview, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(place.key, str(place)) for place in preview.places]
        self.accounts = {}
        for number, account in enumerate(sorted(preview.unknown_accounts)):
            name = f"account_{number}"
            self.accounts[name] = account
            self.fields[name] = forms.ChoiceField(
                label=account,
                choices=[("", _("Choose …")), *places, (NOBODYS, _("Does not belong to a pool"))],
                error_messages={"required": _("Say where it belongs.")},
            )

    def answers(self) -> dict[str, str]:
        """Account → where it belongs."""
        return {account: self.cleaned_data[name] for name, account in self.accounts.items()}
