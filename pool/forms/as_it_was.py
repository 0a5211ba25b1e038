"""Which moment of a pool to show: a day, or the number of a movement."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.fields import DanishDateField
from pool.models import Movement, Pool

EARLIEST = date(2000, 1, 1)


class AsItWasForm(forms.Form):
    """One of the two; whoever types both is asked to choose."""

    as_of = DanishDateField(required=False, label=_("On the date"), earliest=EARLIEST)
    as_of_movement = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        label=_("After movement no."),
        widget=forms.TextInput,
    )

    def __init__(self, pool: Pool, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pool = pool
        self.movement: Movement | None = None

    def clean_as_of(self) -> date | None:
        typed = self.cleaned_data["as_of"]
        if typed and typed > clock.today():
            raise forms.ValidationError(_("Write today or an earlier date: the future is not known."))
        return typed

    def clean(self):
        typed = super().clean()
        number = typed.get("as_of_movement")
        if self.errors:
            return typed
        if number and typed.get("as_of"):
            self.add_error("as_of_movement", _("Write either a date or a movement number."))
        elif number:
            self.movement = Movement.objects.filter(pool=self.pool, number=number).first()
            if self.movement is None:
                self.add_error("as_of_movement", _("The pool has no movement with that number."))
        elif not typed.get("as_of"):
            self.add_error("as_of", _("Write a date or a movement number."))
        return typed
