"""Uploading a filled-in template, and saying yes to what it changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.incoming import LARGEST
from innovation_pool.web.operation_form import OperationForm


class UploadForm(forms.Form):
    """A workbook; what is in it is asked for when it is opened."""

    # What was refused when it was to be saved.
    refused: list[str] = []
    file = forms.FileField(
        label=_("The filled-in template (.xlsx)"),
        help_text=_("At most 10 MB."),
        error_messages={"required": _("Choose the file you have filled in.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Delete what does not belong to it.")
            )
        return file


class SaveUploadForm(OperationForm, forms.Form):
    """The yes; what is saved comes in the hidden fields beside it."""
