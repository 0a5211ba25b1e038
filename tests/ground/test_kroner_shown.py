"""How amounts, rates and years are shown, by the functions and by the filters."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from innovation_pool import kroner

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def test_amounts_are_shown_in_danish():
    assert [kroner.kroner(n) for n in (0, 999, 1000, 1234567, -55000, Decimal("0.5"), Decimal("-0.4"))] == [
        "0", "999", "1.000", "1.234.567", f"{MINUS}55.000", "1", "0",
    ]  # fmt: skip
    assert kroner.kr(1234567) == f"1.234.567{NBSP}kr."
    assert kroner.kr(-5) == f"{MINUS}5{NBSP}kr."
    assert [kroner.thousands(n) for n in (0, 499, 500, 1500, 2499, -499, -500, -1500, 3_950_000)] == [
        "0", "0", "1", "2", "2", "0", f"{MINUS}1", f"{MINUS}2", "3.950",
    ]  # fmt: skip


@given(st.integers(-kroner.LARGEST, kroner.LARGEST))
def test_thousands_are_rounded_alike_as_integers_and_as_decimals(amount):
    assert kroner.thousands(amount) == kroner.thousands(Decimal(amount))


def test_millions_have_two_decimals_where_the_second_is_not_zero():
    shown = {
        3_000_000: "3,0", 1_250_000: "1,25", 1_500_000: "1,5", 1_996_000: "2,0", 5_000: "0,01", 4_999: "0,0",
        -4_999: "0,0", -1_255_000: f"{MINUS}1,26", 1_234_567_890: "1.234,57", 0: "0,0",
    }  # fmt: skip
    assert {n: kroner.millions(n) for n in shown} == shown
    assert kroner.mio_kr(3_000_000) == f"3,0{NBSP}mio.{NBSP}kr."


def test_rates_years_ratios_and_oere_are_shown_in_danish():
    assert kroner.percent(Decimal("0.035")) == f"3,5{NBSP}%"
    assert kroner.percent(Decimal("-0.0005")) == f"{MINUS}0,1{NBSP}%"
    assert kroner.percent(Decimal("0.4655")) == f"46,6{NBSP}%"
    assert kroner.percent(Decimal(12)) == f"1.200,0{NBSP}%"
    assert kroner.one_decimal(Decimal("1.25")) == "1,3"
    assert kroner.oere(123450) == "1.234,50"
    assert kroner.oere(-1) == f"{MINUS}0,01"
    with translation.override("da"):
        assert kroner.years(Decimal("3.449")) == f"3,4{NBSP}år"
    with translation.override("en"):
        assert kroner.years(Decimal("3.45")) == f"3,5{NBSP}years"


def test_the_numbers_are_the_same_in_every_language():
    with translation.override("en"):
        assert (kroner.kr(-1234), kroner.millions(1_250_000)) == (f"{MINUS}1.234{NBSP}kr.", "1,25")


def test_signs_are_shown_where_they_are_asked_for():
    assert [kroner.signed(kroner.kroner(n)) for n in (950, -950, 0, None)] == ["+950", f"{MINUS}950", "0", ""]
    assert kroner.signed(kroner.thousands(400)) == "0"


def test_nothing_is_shown_as_nothing():
    shown = (
        kroner.kroner, kroner.kr, kroner.thousands, kroner.millions, kroner.mio_kr, kroner.oere,
        kroner.percent, kroner.years, kroner.one_decimal, kroner.as_typed, kroner.percent_as_typed,
    )  # fmt: skip
    assert [show(None) for show in shown] == [""] * len(shown)


def test_a_float_is_never_money():
    for show in (kroner.kroner, kroner.thousands, kroner.millions, kroner.percent):
        with pytest.raises(TypeError, match="never a float"):
            show(1.5)


def test_the_filters_are_the_formatter():
    source = (
        "{% load kroner %}{{ n|kroner }};{{ n|kr }};{{ n|thousands }};{{ n|millions }};{{ n|mio_kr }};"
        "{{ n|oere }};"
        "{{ r|percent }};{{ r|one_decimal }};{{ n|as_typed:1000 }};{{ n|signed_kroner }};{{ n|signed_kr }};"
        "{{ n|signed_thousands }};{{ n|signed_millions }};{{ n|signed_mio_kr }};{{ r|signed_percent }};"
        '{{ none|kr|default:"–" }};{{ y|years }};{{ r|percent_as_typed }}'
    )
    with translation.override("da"):
        shown = Template(source).render(Context({"n": 1_250_000, "r": Decimal("0.35"), "y": 3, "none": None}))
    assert shown.replace(NBSP, " ").split(";") == [
        "1.250.000", "1.250.000 kr.", "1.250", "1,25", "1,25 mio. kr.", "12.500,00", "35,0 %", "0,4", "1.250",
        "+1.250.000", "+1.250.000 kr.", "+1.250", "+1,25", "+1,25 mio. kr.", "+35,0 %", "–", "3,0 år", "35",
    ]  # fmt: skip
