"""Mending and releasing drafts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import LineField, RowsField, TextField
from innovation_pool.mail.models import OutboxMail
from innovation_pool.mail.outbox import LONGEST_SUBJECT
from innovation_pool.web.operation_form import OperationForm


class MendForm(OperationForm, forms.Form):
    """The words of one draft."""

    subject = LineField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = TextField(label=_("Text"))


class ReleaseForm(OperationForm, forms.Form):
    """The drafts that are to leave."""

    mails = RowsField(
        label=_("Mails"),
        queryset=OutboxMail.objects.filter(state=OutboxMail.State.DRAFT),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the mails that are to leave.")},
    )
