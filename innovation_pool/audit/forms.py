"""The filter above the audit trail."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.models import User
from innovation_pool.audit import names
from innovation_pool.fields import DanishDateField


class EntryFilter(forms.Form):
    """What to look for; an empty field filters nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    act = forms.ChoiceField(label=_("Act"), required=False)
    by = forms.ModelChoiceField(label=_("Who"), required=False, queryset=User.objects.order_by("name"))
    since = DanishDateField(label=_("From"), required=False)
    until = DanishDateField(label=_("Until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("All acts")), *names.choices()]
        self.fields["by"].empty_label = _("Everyone")
        for name in ("act", "by"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("since", "until"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def narrow(self, entries):
        """The entries that fit; none when a field cannot be read."""
        if not self.is_valid():
            return entries.none()
        typed = self.cleaned_data
        if typed["q"]:
            entries = entries.filter(
                Q(case_reference__iexact=typed["q"])
                | Q(subject__icontains=typed["q"])
                | Q(reason__icontains=typed["q"])
            )
        if typed["act"]:
            entries = entries.filter(act=typed["act"])
        if typed["by"]:
            entries = entries.filter(by=typed["by"])
        if typed["since"]:
            entries = entries.filter(at__date__gte=typed["since"])
        if typed["until"]:
            entries = entries.filter(at__date__lte=typed["until"])
        return entries
