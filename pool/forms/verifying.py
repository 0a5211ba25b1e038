"""What is read off a printed sheet: the pool, the number of its latest movement, and the check code."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import LineField
from pool.models import Pool

CODE_CHARACTERS = frozenset("0123456789abcdef")
SHORTEST_CODE, LONGEST_CODE = 8, 64
CODE = re.compile(f"[0-9a-fA-F]{{{SHORTEST_CODE},{LONGEST_CODE}}}")


class VerifyForm(forms.Form):
    """Either the three parts, or the line they are printed in, or "POOL:NUMBER:CODE"."""

    sheet = LineField(
        required=False, max_length=200, label=_("From the sheet"),
        help_text=_("Paste the line as it is printed: with the pool, the number and the check code."),
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
        """Reads the pool, the number and the code out of any line that is printed with them."""
        found, rest = _pool_in(sheet)
        words = [word for word in re.split(r"[^0-9A-Za-z]+", rest) if word]
        codes = [place for place, word in enumerate(words) if CODE.fullmatch(word)]
        before = words[: codes[-1]] if codes else words
        numbers = [int(word) for word in before if word.isdigit() and len(word) < 10]
        if not numbers or not numbers[-1]:
            self.add_error("sheet", _("Write it as it is printed, for example OEKAN-011:412:7f3a09c1."))
        elif found is None:
            said = sheet.partition(":")[0].strip()
            self.add_error("sheet", _("There is no pool with the number %(pool)s.") % {"pool": said})
        else:
            self.cleaned_data |= {"pool": found, "number": numbers[-1]}
            self._set_code("sheet", words[codes[-1]] if codes else "")

    def _set_code(self, field: str, code: str) -> None:
        code = "".join(code.split()).rstrip("….").lower()
        if not (SHORTEST_CODE <= len(code) <= LONGEST_CODE and set(code) <= CODE_CHARACTERS):
            self.add_error(field, _("A check code has 8 to 64 characters, of 0–9 and a–f."))
        self.cleaned_data["code"] = code


def _pool_in(text: str) -> tuple[Pool | None, str]:
    """The pool whose number stands in the text, and the text after it; None and all of it where none does."""
    for pool in sorted(Pool.objects.all(), key=lambda pool: -len(pool.number)):
        place = re.search(rf"(?<!\w){re.escape(pool.number)}(?!\w)", text, re.IGNORECASE)
        if place:
            return pool, text[place.end() :]
    return None, text
