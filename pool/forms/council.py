"""What finance types to book what the council decided: the authority, the year and the amount."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import DanishDateField, DecimalRateField, KronerField, LineField, TextField
from innovation_pool.web.operation_form import OperationForm
from pool.forms.labels import mark_optional
from pool.ledger import Authority
from pool.ledger.refusals import unspent_short


def plan_of(cleaned: dict) -> str:
    """A token of what is typed, but for what only says that it is meant."""
    apart = ("operation", "beyond")
    said = sorted((name, f"{value}") for name, value in cleaned.items() if name not in apart)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


class AuthorityForm(OperationForm, forms.Form):
    """The council's decision: body, date, item and case number."""

    authority_body = LineField(max_length=120, label=_("Decided by"), initial="Byrådet")
    authority_date = DanishDateField(label=_("Date of the decision"), help_text=_("E.g. 24.11.2026."))
    authority_item = LineField(max_length=60, required=False, label=_("Item on the agenda"))
    authority_case_number = LineField(max_length=60, required=False, label=_("Case number"))

    def authority(self) -> Authority:
        typed = self.cleaned_data
        return Authority(
            typed["authority_body"],
            typed["authority_date"],
            typed["authority_item"],
            typed["authority_case_number"],
        )


class CouncilForm(AuthorityForm):
    """The fields of one council act; those it does not need are taken away.

    `plan` is what a confirmation was shown for: acting on anything else asks again.
    """

    year = forms.TypedChoiceField(coerce=int, label=_("Year"))
    amount = KronerField(
        min_value=0,
        label=_("Amount, kr."),
        error_messages={"required": _("Write the amount in whole kroner, e.g. 250.000.")},
    )
    percent = DecimalRateField(label=_("Regulation in percent"), min_value=None)
    # Never left blank: both what goes on and what lapses are the council's to decide.
    carried = KronerField(
        min_value=0,
        label=_("Carried to the next year, kr."),
        help_text=_("Of what is available. The rest lapses."),
    )
    appropriated_on = DanishDateField(required=False, label=_("Anlægsbevilling given"))
    text = TextField(required=False, max_length=250, label=_("Text"), widget=forms.TextInput)
    beyond = forms.BooleanField(required=False, label=_("Yes, it is more than the year's corrected budget"))

    OPTIONAL = ("year", "amount", "percent", "carried", "appropriated_on", "text", "beyond")
    # Shown in places of their own: what cases have carried in a table, a doubt beside what happens.
    APART = ("r_", "a_", "beyond")

    def __init__(self, needs, years, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.OPTIONAL:
            if name not in needs:
                del self.fields[name]
        if "year" in self.fields:
            self.fields["year"].choices = [(year, year) for year in years]
        self.rows = rows
        for row in rows:
            reserved = _("%(case)s, of what is reserved, kr.") % {"case": row.case.reference}
            unspent = _("%(case)s, of what is unspent, kr.") % {"case": row.case.reference}
            for kind, most, label in (("r", row.reserved, reserved), ("a", row.unspent, unspent)):
                if most:
                    self.fields[f"{kind}_{row.case.pk}"] = KronerField(
                        required=False, min_value=1, max_value=most, label=label
                    )
        mark_optional(
            self, *(name for name, field in self.fields.items() if not self._stands_apart(name, field))
        )
        self.order_fields(["year", "amount", "percent", "carried", "appropriated_on", "text"])

    def _stands_apart(self, name: str, field) -> bool:
        return field.required or name.startswith(self.APART)

    @property
    def plain_fields(self) -> list:
        return [field for field in self.visible_fields() if not field.name.startswith(self.APART)]

    @property
    def carried_fields(self) -> list[tuple]:
        """(row, field of its reserved money, field of its unspent money); None where it has none."""
        return [
            (
                row,
                *(self[name] if (name := f"{kind}_{row.case.pk}") in self.fields else None for kind in "ra"),
            )
            for row in self.rows
        ]

    def plan(self) -> str:
        """What a confirmation of what is typed is known by; that an amount is meant changes nothing in it."""
        return plan_of(self.cleaned_data)

    def carried_of(self, kind: str) -> dict:
        """By case, what is carried of its reserved ("r") or unspent ("a") money."""
        amounts = {row.case: self.cleaned_data.get(f"{kind}_{row.case.pk}") for row in self.rows}
        return {case: amount for case, amount in amounts.items() if amount}


class ReturnForm(OperationForm, forms.Form):
    """What a case gives back of its allocated and unspent money."""

    case_year = forms.ChoiceField(label=_("Case and year"))
    amount = KronerField(min_value=1, label=_("Amount, kr."))
    reason = TextField(label=_("Why it is returned"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {row.key: row for row in rows}
        self.fields["case_year"].choices = [(row.key, row.label) for row in rows]

    @property
    def row(self):
        """The case and year chosen, with what is unspent; None where it has nothing more."""
        return self.rows.get(self.cleaned_data.get("case_year"))

    def clean(self):
        """Says at the field what the ledger would refuse, before anything is shown in figures."""
        typed = super().clean()
        row, amount = self.row, typed.get("amount")
        if row and amount and amount > row.unspent:
            why = unspent_short(row.case.reference, row.year, row.unspent, amount)
            self.add_error("amount", str(why))
        return typed

    def plan(self) -> str:
        """What a confirmation of what is typed is known by."""
        return plan_of(self.cleaned_data)


class EffectForm(OperationForm, forms.Form):
    """The budget transfer of the finance system behind the movements ticked."""

    movements = forms.TypedMultipleChoiceField(
        coerce=int, label=_("Movements"), error_messages={"required": _("Tick one movement at least.")}
    )
    transferred_from = LineField(max_length=120, label=_("From account"))
    transferred_to = LineField(max_length=120, label=_("To account"))
    voucher = LineField(max_length=60, label=_("Voucher"))
    on = DanishDateField(label=_("Date"))

    def __init__(self, ids, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("movements") if self.is_bound else []
        # One registered since stays a choice, so that a form sent twice is answered as the first time.
        known = [str(pk) for pk in ids]
        more = [value for value in sent if value not in known and value.isascii() and value.isdigit()]
        self.fields["movements"].choices = [(value, value) for value in known + more]


class ReasonForm(OperationForm, forms.Form):
    """An act that needs only its reason."""

    reason = TextField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(OperationForm, forms.Form):
    """An act with a note that may be left out."""

    note = TextField(required=False, label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mark_optional(self)


class OutcomeForm(OperationForm, forms.Form):
    """What the politicians answered. A conversion answered yes states its kroner by year."""

    met = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        label=_("Outcome"),
        widget=forms.RadioSelect,
    )
    committee = LineField(max_length=120, label=_("Decided by"))
    on = DanishDateField(label=_("Date of the decision"))
    item = LineField(max_length=60, label=_("Item on the agenda"))

    def __init__(self, years, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = list(years)
        for year, amount in years.items():
            self.fields[f"converted_{year}"] = KronerField(
                required=False,
                min_value=0,
                initial=amount,
                label=_("Becomes operation in %(year)d, kr.") % {"year": year},
            )

    def converted(self) -> dict[int, int]:
        return {year: self.cleaned_data.get(f"converted_{year}") or 0 for year in self.years}
