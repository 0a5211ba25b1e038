"""Ten digits with a valid date are a CPR number; other ten digits are not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_pool.cpr import find_cpr


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0101701234", "0101701234"),
        ("010170-1234", "010170-1234"),
        ("010170 1234", "010170 1234"),
        ("010170 - 1234", "010170 - 1234"),
        ("010170\N{EN DASH}1234", "010170\N{EN DASH}1234"),
        ("010170\N{NO-BREAK SPACE}1234", "010170\N{NO-BREAK SPACE}1234"),
        ("Borgeren (311299-4321) fik besøg.", "311299-4321"),
        ("Se 4512345678 og 0101701234.", "0101701234"),
        ("010170-1234og020280-1234", "010170-1234"),
        ("cpr0101701234x", "0101701234"),
        ("010170-1234," * 1000, "010170-1234"),
        ("０１０１７０１２３４", "０１０１７０１２３４"),
    ],
    ids=lambda text: text[:24],
)
def test_a_cpr_number_is_found(text, number):
    assert find_cpr(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.234.567.890 kr.",
        "12345678",
        "Ring 45 12 34 56 78",
        "4512345678",
        "320170-1234",
        "001270-1234",
        "011370-1234",
        "310270-1234",
        "01017012345",
        "20101701234",
        "5790001330552",
        "010170\n1234",
        "010170\t1234",
        "01.01.1970",
        "XG-0000012345",
        "010170--1234",
        "1" * 100_000,
    ],
    ids=lambda text: text[:24],
)
def test_other_digits_are_no_cpr_number(text):
    assert find_cpr(text) is None


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("290200-1234", False),  # 1900 was no leap year
        ("290200-4234", True),  # 2000 was
        ("290236-4234", True),  # 2036
        ("290237-4234", False),  # 1937
        ("290256-5234", True),  # 2056
        ("290258-5234", False),  # 1858
        ("290260-5234", True),  # 1860
        ("290200-9234", True),  # 2000
        ("290296-1234", True),  # 1996
    ],
)
def test_a_leap_day_counts_by_the_century_of_the_seventh_digit(number, found):
    assert (find_cpr(number) == number) is found


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(1999, 12, 31)),
    st.integers(0, 3999),
    st.sampled_from(["", "-", " ", " - "]),
    st.text(alphabet="abc æøå.,\n", max_size=20),
)
def test_every_day_of_a_century_is_found_in_any_text(day, serial, mark, around):
    number = f"{day:%d%m%y}{mark}{serial:04}"
    assert find_cpr(f"{around}{number}{around}") == number
