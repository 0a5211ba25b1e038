"""What is read off a printed sheet: the pool, the number of its latest movement, and the check code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import LineField
from pool.models import Pool

CODE_CHARACTERS = frozenset("0123456789abcdef")
SHORTEST_CODE, LONGEST_CODE = 8, 64


class VerifyForm(forms.Form):
    """Either the three parts, or all of them pasted in one: "POOL:NUMBER:CODE"."""

    sheet = LineField(
        required=False, max_length=200, label=_("From the sheet"),
        help_text=_("Paste it as it is printed: pool, number and check code with colons between."),
    )  # fmt: skip
    pool = forms.ModelChoiceField(
        Pool.objects.order_by("number"), required=False, label=_("Pool"), empty_label=_("Choose")
    )
    number = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, label=_("Movement number"))
    code = LineField(
        required=False, max_length=70, label=_("Check code"),
        help_text=_("The first 8 characters are enough. Without a code the movement is looked up."),
    )  # fmt: skip

    def clean(self):
        typed = super().clean()
        if typed.get("sheet"):
            self._take_apart(typed["sheet"])
        elif not typed.get("pool") and "pool" not in self.errors:
            self.add_error("pool", _("Choose the pool."))
        elif not typed.get("number") and "number" not in self.errors:
            self.add_error("number", _("Write the number of the movement."))
        elif typed.get("code"):
            self._set_code("code", typed["code"])
        return self.cleaned_data

    def _take_apart(self, sheet: str) -> None:
        pool, number, code = ([""] * 3 + sheet.strip().rsplit(":", 2))[-3:]
        found = Pool.objects.filter(number=pool.strip()).first()
        number = number.strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
            self.add_error("sheet", _("Write it as it is printed, for example OEKAN-011:412:7f3a09c1."))
        elif found is None:
            self.add_error("sheet", _("There is no pool with the number %(pool)s.") % {"pool": pool.strip()})
        else:
            self.cleaned_data |= {"pool": found, "number": int(number)}
            self._set_code("sheet", code)

    def _set_code(self, field: str, code: str) -> None:
        code = "".join(code.split()).rstrip("….").lower()
        if not (SHORTEST_CODE <= len(code) <= LONGEST_CODE and set(code) <= CODE_CHARACTERS):
            self.add_error(field, _("A check code has 8 to 64 characters, of 0–9 and a–f."))
        self.cleaned_data["code"] = code
