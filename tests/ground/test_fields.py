"""The form fields: what they store, what they give back and what they say."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from innovation_pool.fields import DanishDateField, DecimalRateField, KronerField, LineField, TextField

NOT_WHOLE = "Det giver ikke hele kroner. Skriv højst tre decimaler, fx 1,5 for 1.500 kr."
DOT = "Der skal stå tre cifre efter et punktum, og decimaler skrives efter et komma. Skriv fx 3,5."
NUL = "Teksten har et usynligt tegn (NUL), som ikke kan gemmes. Skriv den igen uden tegnet."
CPR = (
    "Teksten har noget, der ligner et CPR-nummer (det begynder med 010170). "
    "Oplysninger om borgere må ikke stå i en businesscase. Slet nummeret."
)
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(autouse=True)
def in_danish():
    with translation.override("da"):
        yield


class Budget(forms.Form):
    amount = KronerField(required=False)
    in_thousands = KronerField(unit=1000, required=False, min_value=0, max_value=3_000_000)
    rate = DecimalRateField(required=False)
    day = DanishDateField(
        required=False, earliest=datetime.date(2021, 1, 1), latest=datetime.date(2021, 12, 31)
    )
    text = TextField(required=False, max_length=2000)
    line = LineField(required=False, max_length=10)
    account = LineField(required=False, allow_cpr=True)


def said(field, typed):
    """The one sentence the field says, having given back what was typed."""
    form = Budget({field: typed})
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert form[field].value() == typed
    (sentence,) = form.errors[field]
    return sentence


def stored(field, typed):
    form = Budget({field: typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data[field]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("amount", "", None),
        ("amount", "0", 0),
        ("amount", "1.234", 1234),
        ("amount", f"{MINUS}5 kr.", -5),
        ("in_thousands", "1,5", 1500),
        ("in_thousands", "3.000", 3_000_000),
        ("rate", "", None),
        ("rate", "3,5", Decimal("0.035")),
        ("rate", "3,25 %", Decimal("0.0325")),
        ("rate", "0", Decimal(0)),
        ("rate", "100", Decimal(1)),
        ("day", "", None),
        ("day", "17. marts 2021", datetime.date(2021, 3, 17)),
        ("text", "  a\r\nb\rc\n\n  d  ", "  a\nb\nc\n\n  d  "),
        ("text", " \r\n ", ""),
        ("text", "æøå \U0001f600 <b>=1+1</b>", "æøå \U0001f600 <b>=1+1</b>"),
        ("text", "x" * 1999 + "\r\n", "x" * 1999 + "\n"),
        ("line", "  a  b ", "a  b"),
        ("line", "a\r\nb", "a b"),
        ("account", "0101701234", "0101701234"),
    ],
)
def test_what_is_typed_is_stored(field, typed, value):
    assert stored(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "12o.000", "Bogstavet o står i stedet for et 0. Skriv fx 120.000."),
        ("amount", "1,5", "Skriv hele kroner uden decimaler, fx 1."),
        ("in_thousands", "-1", "Skriv 0 eller mere."),
        ("in_thousands", "3.000,001", "Skriv 3.000 eller mindre."),
        ("in_thousands", "1,2345", NOT_WHOLE),
        ("rate", "3.5", DOT),
        ("rate", "-1", f"Skriv 0{NBSP}% eller mere."),
        ("rate", "100,01", f"Skriv 100{NBSP}% eller mindre."),
        ("rate", "3,125", "Skriv procenten med højst 2 decimaler."),
        ("day", "31. februar 2021", "Datoen findes ikke. Skriv fx 28.02.2021."),
        ("day", "31.12.2020", "Skriv 01.01.2021 eller en senere dato."),
        ("day", "1.1.2022", "Skriv 31.12.2021 eller en tidligere dato."),
        ("text", "x" * 2001, "Teksten må højst have 2.000 tegn. Slet mindst 1 tegn."),
        ("text", "x" * 3_000_000, "Teksten må højst have 2.000 tegn. Slet mindst 2.998.000 tegn."),
        ("text", "a\0b", NUL),
        ("text", "Borger 010170-1234", CPR),
        ("line", "abcdefghijk", "Teksten må højst have 10 tegn. Slet mindst 1 tegn."),
        ("account", "\0", NUL),
    ],
    ids=lambda value: ascii(value)[:30],
)  # fmt: skip
def test_a_refused_field_keeps_what_was_typed_and_says_why(field, typed, sentence):
    assert said(field, typed) == sentence


@pytest.mark.parametrize("field", list(Budget.base_fields))
@pytest.mark.parametrize("posted", [7, 1.5, True, [], ["1"], {}, {"a": 1}])
def test_what_is_no_text_is_refused_and_no_fault(field, posted):
    form = Budget({field: posted})
    assert form.errors == {field: ["Skriv værdien som tekst."]}
    assert form[field].as_widget()


@pytest.mark.parametrize("field", list(Budget.base_fields))
def test_a_page_with_half_a_character_in_it_can_be_sent(field):
    form = Budget({field: "5\ud800"})
    assert field in form.errors
    assert "5\N{REPLACEMENT CHARACTER}" in form.as_div().encode().decode()


def test_a_stored_value_is_shown_as_one_would_type_it():
    form = Budget(
        initial={
            "amount": -1234567,
            "in_thousands": 1500,
            "rate": Decimal("0.0350"),
            "day": datetime.date(2021, 3, 7),
            "text": "a\nb",
            "line": None,
        }
    )
    shown = {name: form[name].value() for name in form.fields}
    assert shown == {
        "amount": f"{MINUS}1.234.567",
        "in_thousands": "1,5",
        "rate": "3,5",
        "day": "07.03.2021",
        "text": "a\nb",
        "line": None,
        "account": None,
    }


def test_sending_back_what_was_shown_changes_nothing():
    initial = {
        "amount": 1234,
        "in_thousands": 1500,
        "rate": Decimal("0.0350"),
        "day": datetime.date(2021, 3, 7),
        "text": "a\nb",
        "line": "",
    }
    shown = {name: Budget(initial=initial)[name].value() or "" for name in Budget.base_fields}
    assert Budget(shown | {"text": "a\r\nb"}, initial=initial).changed_data == []
    changed = Budget(shown | {"amount": "1.235", "day": "x", "text": "a\n b"}, initial=initial).changed_data
    assert changed == ["amount", "day", "text"]


def test_blank_is_refused_where_something_is_needed_and_zero_is_not_blank():
    assert KronerField().clean("0") == 0
    for field in (KronerField(), DecimalRateField(), DanishDateField(), TextField(), LineField()):
        with pytest.raises(ValidationError) as refused:
            field.clean("  ")
        assert refused.value.code == "required"


def test_the_widgets_suit_a_telephone_and_never_cut_what_is_pasted():
    html = {name: str(Budget()[name]) for name in Budget.base_fields}
    assert 'inputmode="numeric"' in html["amount"]
    assert 'inputmode="decimal"' in html["in_thousands"]
    assert 'inputmode="decimal"' in html["rate"]
    assert all('autocomplete="off"' in html[name] for name in ("amount", "in_thousands", "rate", "day"))
    assert 'type="text"' in html["amount"]
    assert "maxlength" not in "".join(html.values())
    assert html["text"].startswith("<textarea")


def test_a_missing_date_is_asked_for_with_an_example():
    with pytest.raises(ValidationError, match=r"Skriv datoen, fx 24\.11\.2026\."):
        DanishDateField().clean("")
