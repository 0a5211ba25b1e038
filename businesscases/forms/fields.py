"""Form fields of a case that the ground does not know: a year, one of some rows, goals, other cases."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import LineField

FIRST_YEAR, LAST_YEAR = 2000, 2100
_REFERENCE = re.compile(r"BC-[0-9]{4}-[0-9]{3,6}")


class YearField(forms.CharField):
    """A calendar year of four figures, as an `int`."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value):
        text = super().to_python(value).strip()
        if not text:
            return None
        if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise ValidationError(_("Write a year between 2000 and 2100, e.g. 2027."), code="invalid")
        return int(text)

    # CharField's own checks are of texts: a year has been read already.
    def run_validators(self, value):
        return None


class OneOf(forms.TypedChoiceField):
    """One of some rows, as its id; compared as text, so that nothing but the very id is taken."""

    default_error_messages = {"invalid_choice": _("Choose one of the list.")}

    def __init__(self, *, blank, **kwargs):
        self.blank = blank
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, rows) -> None:
        self.choices = [("", self.blank), *((row.pk, str(row)) for row in rows)]


class GoalsField(forms.TypedMultipleChoiceField):
    """Some goals, as a sorted list of ids."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": _("Choose among the goals of the list.")}

    def __init__(self, **kwargs):
        super().__init__(coerce=int, empty_value=[], **kwargs)

    def clean(self, value):
        return sorted(set(super().clean(value)))


class CasesField(LineField):
    """References of other cases, comma or space between, as a sorted list. The form sets `visible`."""

    visible = None

    def to_python(self, value):
        text = super().to_python(value).upper()
        return sorted({part for part in re.split(r"[,;\s]+", text) if part})

    def validate(self, value):
        super().validate(", ".join(value))
        for reference in value:
            if not _REFERENCE.fullmatch(reference):
                raise ValidationError(
                    _("Write references like BC-2026-004, with a comma between."), code="invalid"
                )
        known = (
            set(self.visible.filter(reference__in=value).values_list("reference", flat=True))
            if value
            else set()
        )
        for reference in value:
            # Also when it exists and is not theirs to see: a draft of others is nobody's business.
            if reference not in known:
                raise ValidationError(
                    format_lazy(
                        _("You cannot see a case with the reference {reference}."), reference=reference
                    ),
                    code="unknown",
                )

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else super().prepare_value(value)
