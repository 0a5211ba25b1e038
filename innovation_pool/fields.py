"""Form fields for what Danes type: kroner, percentages, dates and texts.

A refused field shows again exactly what was typed, so nothing is lost; a stored value is shown as one
would type it. What is wrong is said at the field in one sentence, by the parser that refused it.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from innovation_pool import kroner
from innovation_pool.cpr import find_cpr
from innovation_pool.dates import numeric_date, parse_date
from innovation_pool.typed import TypedError, clean_text, showable

LINE_LENGTH = 200
TEXT_LENGTH = 20_000
# Digits of the largest key of a row that a database holds for certain.
LONGEST_KEY = 18


class _ParsedField(forms.Field, ABC):
    """A field whose text is read by one of the project's parsers."""

    widget = forms.TextInput
    inputmode = "text"
    kind: type | tuple[type, ...] = str

    @abstractmethod
    def parse(self, text: str) -> Any:
        """The value, or None when nothing is typed; raises `TypedError`."""

    @abstractmethod
    def show(self, value: Any) -> str:
        """The stored value as one would type it."""

    def within(self, value: Any) -> None:
        """Raises ValidationError when the value is outside its bounds."""

    def to_python(self, value: Any) -> Any:
        if value is None:
            return None
        # Autosave posts JSON: a list or a number in place of a text is somebody's mistake, not a fault here.
        if not isinstance(value, str):
            raise ValidationError(_("Write the value as text."), code="invalid")
        return _read(self.parse, value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            self.within(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return showable(value)
        return self.show(value) if isinstance(value, self.kind) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        if isinstance(initial, str):
            initial = self._parsed_or_typed(initial)
        return self._parsed_or_typed(data) != initial

    def _parsed_or_typed(self, text: Any) -> Any:
        try:
            return self.to_python(text)
        except ValidationError:
            return text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": self.inputmode, "autocomplete": "off"}


class KronerField(_ParsedField):
    """Whole kroner (`int`) or None, typed in `unit` (1 or 1000). The bounds are in kroner."""

    kind = int

    def __init__(
        self, *, unit: int = 1, min_value: int | None = None, max_value: int | None = None, **kwargs: Any
    ) -> None:
        self.unit, self.min_value, self.max_value = unit, min_value, max_value
        # A telephone's digit pad has no comma, and in 1.000 kr. a comma may be needed.
        self.inputmode = "numeric" if unit == 1 else "decimal"
        super().__init__(**kwargs)

    def parse(self, text: str) -> int | None:
        return kroner.parse_kroner(text, self.unit)

    def show(self, value: int) -> str:
        return kroner.as_typed(value, self.unit)

    def within(self, value: int) -> None:
        if self.min_value is not None and value < self.min_value:
            raise _bound(_("Write {bound} or more."), self.show(self.min_value), "min_value")
        if self.max_value is not None and value > self.max_value:
            raise _bound(_("Write {bound} or less."), self.show(self.max_value), "max_value")


class DecimalRateField(_ParsedField):
    """A rate as a fraction (`Decimal`), typed in percent: "3,5" is 0.035. The bounds are fractions.

    `decimal_places` are those of the fraction, as the column stores it: what it cannot hold is refused,
    not rounded.
    """

    inputmode = "decimal"
    kind = (Decimal, int)

    def __init__(
        self,
        *,
        min_value: Decimal | None = Decimal(0),
        max_value: Decimal | None = Decimal(1),
        decimal_places: int = 4,
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value, self.decimal_places = min_value, max_value, decimal_places
        super().__init__(**kwargs)

    def parse(self, text: str) -> Decimal | None:
        return kroner.parse_percent(text)

    def show(self, value: Decimal) -> str:
        return kroner.percent_as_typed(value)

    def within(self, value: Decimal) -> None:
        if self.min_value is not None and value < self.min_value:
            raise _bound(
                _("Write {bound} or more."), f"{self.show(self.min_value)}{kroner.NBSP}%", "min_value"
            )
        if self.max_value is not None and value > self.max_value:
            raise _bound(
                _("Write {bound} or less."), f"{self.show(self.max_value)}{kroner.NBSP}%", "max_value"
            )
        if value != round(value, self.decimal_places):
            places = self.decimal_places - 2
            sentence = ngettext_lazy(
                "Write the percentage with at most %(places)d decimal.",
                "Write the percentage with at most %(places)d decimals.",
                "places",
            )
            raise ValidationError(sentence, code="decimal_places", params={"places": places})


class DanishDateField(_ParsedField):
    """A date in any of the ways `parse_date` reads, shown as 24.11.2026."""

    kind = datetime.date
    default_error_messages = {"required": _("Write the date, e.g. 24.11.2026.")}

    def __init__(
        self,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def parse(self, text: str) -> datetime.date | None:
        return parse_date(text)

    def show(self, value: datetime.date) -> str:
        return numeric_date(value)

    def within(self, value: datetime.date) -> None:
        if self.earliest is not None and value < self.earliest:
            raise _bound(_("Write {bound} or a later date."), self.show(self.earliest), "min_value")
        if self.latest is not None and value > self.latest:
            raise _bound(_("Write {bound} or an earlier date."), self.show(self.latest), "max_value")


class TextField(forms.Field):
    """Running text, kept as it was typed; only line endings are made alike. Blank is "".

    Too long a text comes back whole with the number of characters too many. There is therefore no
    `maxlength` on the page: a browser cuts what is pasted without a word. `allow_cpr` is for accounting
    fields, where ten digits may be an account.
    """

    widget = forms.Textarea
    empty_value = ""

    def __init__(self, *, max_length: int = TEXT_LENGTH, allow_cpr: bool = False, **kwargs: Any) -> None:
        self.max_length, self.allow_cpr = max_length, allow_cpr
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise ValidationError(_("Write the value as text."), code="invalid")
        text = self.tidy(_read(clean_text, value))
        return text if text.strip() else ""

    def tidy(self, text: str) -> str:
        """The text as this kind of field keeps it."""
        return text

    def validate(self, value: str) -> None:
        super().validate(value)
        excess = len(value) - self.max_length
        if excess > 0:
            sentence = ngettext_lazy(
                "The text may have %(most)s characters. Delete at least %(excess)s character.",
                "The text may have %(most)s characters. Delete at least %(excess)s characters.",
                "number",
            )
            counts = {
                "number": excess,
                "excess": kroner.kroner(excess),
                "most": kroner.kroner(self.max_length),
            }
            raise ValidationError(sentence, code="max_length", params=counts)
        if not self.allow_cpr and (number := find_cpr(value)):
            raise ValidationError(
                _(
                    "The text holds what looks like a CPR number (it begins with %(first)s). "
                    "Citizens' data must not stand in a businesscase. Delete the number."
                ),
                code="cpr",
                params={"first": number[:6]},
            )

    def prepare_value(self, value: Any) -> Any:
        return showable(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        # A browser sends \r\n for the \n it was shown; that is no change.
        return not self.disabled and _alike(initial) != _alike(data)


class LineField(TextField):
    """One line of text: spaces at the ends are dropped and a line ending is a space. Blank is ""."""

    widget = forms.TextInput

    def __init__(self, *, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def tidy(self, text: str) -> str:
        return text.strip().replace("\n", " ")


def _read(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except TypedError as error:
        raise ValidationError(error.sentence, code="invalid") from error


def _bound(sentence: str | Promise, bound: str, code: str) -> ValidationError:
    return ValidationError(format_lazy(sentence, bound=bound), code=code)


def _alike(text: Any) -> Any:
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text or ""


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows. A key that no row can have is refused here: the database would fail on it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(f"{key}") > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    "invalid_pk_value",
                    {"pk": f"{key}"[:LONGEST_KEY]},
                )
        return super().clean(value)
