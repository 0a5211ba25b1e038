"""The risks and the milestones of a case as they are typed."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from businesscases.forms.rows import Row, RowsForm, options
from businesscases.models import Subject
from innovation_pool.dates import numeric_date
from innovation_pool.fields import DanishDateField, LineField, TextField

SCALE = [("", "–"), *((str(number), str(number)) for number in range(1, 6))]


def from_1_to_5(text: str) -> int:
    """The number; raises ValidationError."""
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValidationError(_("Choose from 1 (small) to 5 (large)."))
    return int(text)


class RiskRow(Row):
    """A risk, with its two scales as options of a list."""

    @property
    def likelihood_options(self) -> str:
        return options(SCALE, self.shown.get("likelihood", ""))

    @property
    def consequence_options(self) -> str:
        return options(SCALE, self.shown.get("consequence", ""))


class RisksForm(RowsForm):
    """Risici."""

    row_class = RiskRow

    section = Subject.RISKS
    prefix = "risk"
    needed = frozenset({"text", "likelihood", "consequence"})
    column_names = {
        "text": _("risk"),
        "likelihood": _("likelihood"),
        "consequence": _("consequence"),
        "answer": _("what we do about it"),
    }
    _fields: Mapping[str, forms.Field] = {
        "text": LineField(max_length=250, error_messages={"required": _("Write what may go wrong.")}),
        "answer": TextField(required=False),
    }

    def read(self, column, text):
        return (
            from_1_to_5(text) if column in ("likelihood", "consequence") else self._fields[column].clean(text)
        )

    def show(self, row, column):
        return str(getattr(row, column))


class MilestonesForm(RowsForm):
    """Milepæle."""

    section = Subject.MILESTONES
    prefix = "milestone"
    needed = frozenset({"text", "due_on"})
    column_names = {"text": _("milestone"), "due_on": _("date")}
    _fields: Mapping[str, forms.Field] = {
        "text": LineField(max_length=250, error_messages={"required": _("Write what will have happened.")}),
        "due_on": DanishDateField(error_messages={"required": _("Write the date, e.g. 1. september 2027.")}),
    }

    def read(self, column, text):
        value = self._fields[column].clean(text)
        return value.isoformat() if column == "due_on" else value

    def show(self, row, column):
        value = getattr(row, column)
        return numeric_date(value) if column == "due_on" else value
