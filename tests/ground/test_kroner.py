"""What is taken as a number and what is refused, and in which words."""

import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from innovation_pool import kroner
from innovation_pool.kroner import KronerError, nearest_krone, parse_kroner, parse_oere, parse_percent
from innovation_pool.typed import TypedError
from tests.ground.hostile import HOSTILE_NUMBERS

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

NOT_A_NUMBER = "Det er ikke et tal. Skriv fx 120.000."
DOT = "Der skal stå tre cifre efter et punktum, og decimaler skrives efter et komma. Skriv fx 120.000."
SPACE = "Der skal stå tre cifre efter et mellemrum. Skriv fx 120.000."
COMMA = "Der skal stå et ciffer på begge sider af et komma. Skriv fx 120.000."
COMMAS = "Der er mere end ét komma. Skriv fx 120.000."
FIGURES = "Skriv tallet med cifrene 0 til 9, fx 120.000."
INVISIBLE = "Der står et usynligt tegn i tallet. Skriv det igen, fx 120.000."
WORDS = "Skriv tallet helt ud med cifre, uden mio. eller andre ord, fx 120.000."
TWELVE = "Tallet har mere end 12 cifre. Skriv fx 120.000."

ACCEPTED = [
    ("0", 0),
    ("5", 5),
    ("-0", 0),
    ("007", 7),
    ("1234", 1234),
    ("1.234", 1234),
    ("12.345", 12345),
    ("1.234.567", 1234567),
    ("1 234", 1234),
    ("1 234 567", 1234567),
    ("1\N{NO-BREAK SPACE}234", 1234),
    ("1\N{NARROW NO-BREAK SPACE}234", 1234),
    ("1\N{THIN SPACE}234", 1234),
    ("1\N{FIGURE SPACE}234", 1234),
    ("-5", -5),
    (f"{MINUS}5", -5),
    (f"{MINUS} 5", -5),
    (f"{MINUS}1.234", -1234),
    ("+950", 950),
    ("500,-", 500),
    ("1.500,-", 1500),
    ("kr. 500", 500),
    ("kr 500", 500),
    ("Kr. 1.500,-", 1500),
    ("kr.500", 500),
    ("kr. -500", -500),
    ("500 kr.", 500),
    ("500 kr", 500),
    ("500kr.", 500),
    ("1.500,- kr.", 1500),
    (f"1.234{NBSP}kr.", 1234),
    ("1.234,00", 1234),
    ("1234,0", 1234),
    ("  1.234\t\r\n", 1234),
    ("999.999.999.999", 999_999_999_999),
    (f"{MINUS}999999999999", -999_999_999_999),
]

REFUSED = [
    ("12o.000", "Bogstavet o står i stedet for et 0. Skriv fx 120.000."),
    ("5OO", "Bogstavet o står i stedet for et 0. Skriv fx 500."),
    ("l20", "Et bogstav står i stedet for tallet 1. Skriv fx 120."),
    ("I.000", "Et bogstav står i stedet for tallet 1. Skriv fx 1.000."),
    ("12.34", DOT),
    ("1234.5", DOT),
    ("1.2.3", DOT),
    ("1.23.456", DOT),
    ("12345.678", DOT),
    ("1.234.56", DOT),
    ("1..234", DOT),
    ("1.", DOT),
    (".5", DOT),
    ("0.500", DOT),
    ("kr. 12.34", DOT),
    ("1.234 567", DOT),
    ("1 23", SPACE),
    ("12 34", SPACE),
    ("1  234", SPACE),
    ("1234 567", SPACE),
    ("1,5", "Skriv hele kroner uden decimaler, fx 1."),
    ("1.234,5", "Skriv hele kroner uden decimaler, fx 1.234."),
    ("1234,5", "Skriv hele kroner uden decimaler, fx 1.234."),
    (f"{MINUS}1234,5", f"Skriv hele kroner uden decimaler, fx {MINUS}1.234."),
    ("1,000", "Komma står før decimaler og punktum mellem tusinder. Skriv fx 1.234."),
    ("1,234", "Komma står før decimaler og punktum mellem tusinder. Skriv fx 1.234."),
    ("1,234,567", COMMAS),
    ("1,234.56", DOT),
    ("1,5,-", COMMAS),
    (",5", COMMA),
    ("5,", COMMA),
    (",-", COMMA),
    ("1e3", "Skriv tallet helt ud, fx 120.000."),
    ("1E+3", "Skriv tallet helt ud, fx 120.000."),
    ("1_000", "Skriv punktum mellem tusinderne, fx 1.000."),
    ("1'234", "Skriv punktum mellem tusinderne, fx 1.234."),
    ("(500)", f"Skriv minus foran tallet i stedet for parenteser, fx {MINUS}500."),
    ("(1.500)", f"Skriv minus foran tallet i stedet for parenteser, fx {MINUS}1.500."),
    ("500-", f"Skriv minus foran tallet, fx {MINUS}500."),
    ("\N{EN DASH}5", f"Skriv minus som en bindestreg foran tallet, fx {MINUS}5."),
    ("--5", NOT_A_NUMBER),
    ("1-2", NOT_A_NUMBER),
    ("1,5 mio. kr.", WORDS),
    ("2 mio", WORDS),
    ("500 t.kr.", WORDS),
    ("500 tkr", WORDS),
    ("5k", WORDS),
    ("NaN", NOT_A_NUMBER),
    ("sNaN", NOT_A_NUMBER),
    ("Infinity", NOT_A_NUMBER),
    ("-inf", NOT_A_NUMBER),
    ("abc", NOT_A_NUMBER),
    ("0x10", NOT_A_NUMBER),
    ("1/2", NOT_A_NUMBER),
    ("=1+1", NOT_A_NUMBER),
    ("5 %", NOT_A_NUMBER),
    ("-", NOT_A_NUMBER),
    ("kr.", NOT_A_NUMBER),
    ("kr. 500 kr.", NOT_A_NUMBER),
    ("$500", NOT_A_NUMBER),
    ("\N{FULLWIDTH DIGIT FIVE}", FIGURES),
    ("\N{ARABIC-INDIC DIGIT FIVE}", FIGURES),
    ("\N{DEVANAGARI DIGIT FIVE}00", FIGURES),
    ("5\N{SUPERSCRIPT TWO}", FIGURES),
    ("\N{VULGAR FRACTION ONE HALF}", FIGURES),
    ("\N{ROMAN NUMERAL FIVE}", FIGURES),
    ("\N{MATHEMATICAL BOLD DIGIT FIVE}", FIGURES),
    ("\0", INVISIBLE),
    ("5\0", INVISIBLE),
    ("5\ud800", INVISIBLE),
    ("\udfff", INVISIBLE),
    ("1\N{ZERO WIDTH SPACE}234", INVISIBLE),
    ("\N{RIGHT-TO-LEFT OVERRIDE}123", INVISIBLE),
    ("1\t234", INVISIBLE),
    ("1\n234", INVISIBLE),
    ("1234567890123", TWELVE),
    ("1.000.000.000.000", TWELVE),
    ("0000000000005", TWELVE),
    ("9" * 61, "Det er længere, end et tal kan være her. Skriv fx 120.000."),
    ("1" + "0" * 1_000_000, "Det er længere, end et tal kan være her. Skriv fx 120.000."),
]

HOSTILE = [text for text, _sentence in REFUSED] + HOSTILE_NUMBERS


# Refused as kroner, but good numbers elsewhere.
FRACTIONS = {"1,5", "1.234,5", "1234,5", f"{MINUS}1234,5", "1,000", "1,234"}
PERCENTAGES = {"5 %"}


def said(text, **how):
    with translation.override("da"), pytest.raises(KronerError) as refused:
        parse_kroner(text, **how)
    return str(refused.value)


@pytest.mark.parametrize(("text", "amount"), ACCEPTED, ids=ascii)
def test_what_danes_type_is_read(text, amount):
    assert parse_kroner(text) == amount
    assert type(parse_kroner(text)) is int


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=lambda value: ascii(value)[:40])
def test_a_refusal_says_what_is_wrong_and_what_to_write(text, sentence):
    assert said(text) == sentence


@pytest.mark.parametrize("blank", [None, "", " ", f" {NBSP}\t\r\n", " " * 10_000])
def test_nothing_typed_is_no_amount(blank):
    assert parse_kroner(blank) is None
    assert parse_oere(blank) is None
    assert parse_percent(blank) is None


def test_the_hostile_corpus_is_refused_everywhere_with_an_example():
    assert len(set(HOSTILE)) >= 180
    for text in HOSTILE:
        assert re.search(r"Skriv.*\d\.$", said(text)), ascii(text)
        for reads in (lambda text: parse_kroner(text, 1000), parse_oere, parse_percent):
            if text not in FRACTIONS | PERCENTAGES:
                with pytest.raises(KronerError):
                    reads(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,5", 1500),
        ("1.234,5", 1_234_500),
        ("0,001", 1),
        ("1,250", 1250),
        (f"{MINUS}0,5", -500),
        ("1.234", 1_234_000),
        ("999.999.999,999", 999_999_999_999),
        ("500 kr.", 500_000),
        ("1,5000", 1500),
    ],
)
def test_in_thousands_a_fraction_that_makes_whole_kroner_is_taken(text, amount):
    assert parse_kroner(text, unit=1000) == amount


def test_in_thousands_a_fraction_of_a_krone_is_refused_and_not_rounded():
    sentence = "Det giver ikke hele kroner. Skriv højst tre decimaler, fx 1,5 for 1.500 kr."
    assert [said(text, unit=1000) for text in ("0,0001", "1,2345", "0,9999")] == [sentence] * 3


def test_the_largest_amount_is_the_same_in_both_units():
    assert said("1.000.000.000", unit=1000) == "Tallet er for stort. Skriv højst 999.999.999."
    assert said(f"{MINUS}1000000000", unit=1000) == "Tallet er for stort. Skriv højst 999.999.999."


def test_the_sentence_follows_the_language_of_the_one_who_reads_it():
    with pytest.raises(KronerError) as refused:
        parse_kroner("12o.000")
    with translation.override("en"):
        assert str(refused.value) == "The letter o stands in place of a 0. Write e.g. 120.000."
    with translation.override("da"):
        assert str(refused.value.sentence) == "Bogstavet o står i stedet for et 0. Skriv fx 120.000."
    assert isinstance(refused.value, TypedError)
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,5", "3.5"),
        ("0,8", "0.8"),
        ("1.234,5", "1234.5"),
        (f"{MINUS}2", "-2"),
        ("3,50", "3.50"),
        ("1 234", "1234"),
    ],
)
def test_a_percentage_is_read_exactly(text, number):
    assert parse_percent(text) == Decimal(number) / 100


@pytest.mark.parametrize("text", ["3.5", "3,5 kr.", "5,-", "3,5 %%", "1e3", "NaN", "Infinity", "٣", "3,5,5"])
def test_what_is_no_percentage_is_refused_with_an_example_that_is(text):
    with translation.override("da"), pytest.raises(KronerError, match=r"fx .*3,5\.$"):
        parse_percent(text)


def test_a_percentage_is_a_fraction():
    assert [parse_percent(text) for text in ("3,5", "3,5 %", f"3,5{NBSP}%", "3,5%", "0", "100", "-1")] == [
        Decimal("0.035")
    ] * 4 + [0, 1, Decimal("-0.01")]
    for text in ("%", "3,5 %%", "3.5 %", "% 3"):
        with pytest.raises(KronerError):
            parse_percent(text)


def test_oere_are_shown_as_the_nearest_krone():
    shown = {0: 0, 49: 0, 50: 1, 149: 1, 150: 2, -49: 0, -50: -1, -250: -3, 99_999_950: 1_000_000}
    assert {oere: nearest_krone(oere) for oere in shown} == shown


def test_oere_have_two_decimals_at_most():
    assert [parse_oere(text) for text in ("1.234,56", "1234,5", "-0,01", "5", "500,-")] == [
        123456,
        123450,
        -1,
        500,
        50000,
    ]
    with (
        translation.override("da"),
        pytest.raises(KronerError, match=r"Skriv kroner med højst to decimaler, fx 1\.234,50\."),
    ):
        parse_oere("1,234")


amounts = st.integers(-kroner.LARGEST, kroner.LARGEST)


@given(amounts)
@example(0)
@example(-1)
@example(kroner.LARGEST)
def test_what_is_shown_is_read_back(amount):
    for shown in (kroner.kroner(amount), kroner.kr(amount), kroner.signed(kroner.kroner(amount))):
        assert parse_kroner(shown) == amount
    for unit in (1, 1000):
        assert parse_kroner(kroner.as_typed(amount, unit), unit) == amount
    oere = amount // 100
    assert parse_oere(kroner.oere(oere)) == oere


@given(st.decimals(-1, 10, places=6))
def test_a_rate_that_is_shown_is_read_back(fraction):
    assert parse_percent(kroner.percent_as_typed(fraction)) == fraction


@given(st.text(max_size=70), st.sampled_from([1, 1000]))
def test_any_text_is_an_amount_nothing_or_a_sentence(text, unit):
    try:
        amount = parse_kroner(text, unit)
    except KronerError as refusal:
        amount, sentence = 0, str(refusal)
    else:
        sentence = "."
    assert sentence.endswith(".")
    assert amount is not None or not text.strip()
    assert amount is None or abs(amount) <= kroner.LARGEST


@given(st.text(alphabet="0123456789.,- kr−", max_size=16))
def test_a_number_read_has_the_digits_that_were_typed(text):
    """A second reading, by hand: only separators and the unit may go away."""
    try:
        amount = parse_kroner(text)
    except KronerError:
        return
    if amount is not None:
        digits = re.sub("[^0-9]", "", text.split(",")[0]).lstrip("0") or "0"
        assert str(abs(amount)) == digits
