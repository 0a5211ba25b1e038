"""What is taken as a date, what is refused and in which words; and how dates are shown in both languages."""

import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from innovation_pool import dates
from innovation_pool.dates import DateError, parse_date

NBSP = "\N{NO-BREAK SPACE}"
DAY = datetime.date(2026, 11, 24)
NOT_A_DATE = "Det er ikke en dato. Skriv dag, måned og år, fx 10.03.2021."

pytestmark = pytest.mark.usefixtures("meeting_week")


@pytest.fixture
def meeting_week():
    """10 March 2021, the day of the pictures, in Danish."""
    with (
        time_machine.travel(datetime.datetime(2021, 3, 10, 11, tzinfo=datetime.UTC)),
        translation.override("da"),
    ):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "24-11-2026",
        "24.11.2026",
        "24/11/2026",
        "24. november 2026",
        "24 november 2026",
        "24. November 2026",
        "den 24. november 2026",
        "24. nov. 2026",
        "24. nov 2026",
        "24.november 2026",
        f"24.{NBSP}november 2026",
        "24. 11. 2026",
        "2026-11-24",
        "  24.11.2026\r\n",
    ],
)
def test_a_date_as_danes_type_it_is_read(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4/3/2021", (2021, 3, 4)),
        ("29.02.2024", (2024, 2, 29)),
        ("1. maj 2021", (2021, 5, 1)),
        ("1 May 2021", (2021, 5, 1)),
        ("17. marts 2021", (2021, 3, 17)),
        ("17. mar. 2021", (2021, 3, 17)),
        ("10. sept. 2020", (2020, 9, 10)),
        ("3. okt. 2021", (2021, 10, 3)),
        ("3 October 2021", (2021, 10, 3)),
        ("31.12.2199", (2199, 12, 31)),
    ],
)
def test_months_are_known_short_and_whole_in_both_languages(text, day):
    assert parse_date(text) == datetime.date(*day)


@pytest.mark.parametrize("blank", [None, "", "  ", NBSP, "\r\n"])
def test_nothing_typed_is_no_date(blank):
    assert parse_date(blank) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31. februar", "Datoen findes ikke. Skriv fx 28.02.2021."),
        ("31. februar 2021", "Datoen findes ikke. Skriv fx 28.02.2021."),
        ("29.2.2023", "Datoen findes ikke. Skriv fx 28.02.2023."),
        ("31-04-2021", "Datoen findes ikke. Skriv fx 30.04.2021."),
        ("0.1.2021", "Datoen findes ikke. Skriv fx 01.01.2021."),
        ("11/24/2021", "Datoen findes ikke. Skriv fx 31.12.2021."),
        ("2021-13-01", "Datoen findes ikke. Skriv fx 31.12.2021."),
        ("29. februar", "Året mangler. Skriv fx 28.02.2021."),
        ("17. marts", "Året mangler. Skriv fx 17.03.2021."),
        ("17.3.", "Året mangler. Skriv fx 17.03.2021."),
        ("24-11-26", "Skriv året med fire cifre, fx 24.11.2021."),
        ("24.11.20266", "Skriv året med fire cifre, fx 24.11.2021."),
        ("24.11.0026", "Skriv året med fire cifre, fx 24.11.2021."),
        ("1. brumaire 2021", "Der er ingen måned med det navn. Skriv fx 10.03.2021."),
        ("24-11.2026", NOT_A_DATE),
        ("24112026", NOT_A_DATE),
        ("2026-11-24T00:00", NOT_A_DATE),
        ("2026/11/24", NOT_A_DATE),
        ("2026-1-4", NOT_A_DATE),
        ("november 2026", NOT_A_DATE),
        ("i morgen", NOT_A_DATE),
        ("44524", NOT_A_DATE),
        ("24.11.2026 kl. 12", NOT_A_DATE),
        ("24.11.2026\0", NOT_A_DATE),
        ("\ud80024.11.2026", NOT_A_DATE),
        ("２４.11.2026", NOT_A_DATE),
        ("-24.11.2026", NOT_A_DATE),
        ("24.11.2026; DROP TABLE", NOT_A_DATE),
        ("2" * 1_000_000, NOT_A_DATE),
        ("24.11." + "2" * 1_000_000, NOT_A_DATE),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(text, sentence):
    with pytest.raises(DateError) as refused:
        parse_date(text)
    assert str(refused.value) == sentence


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from(["da", "en"]))
def test_what_is_shown_is_read_back(day, language):
    with translation.override(language):
        shown = (dates.long_date(day), dates.short_date(day), dates.numeric_date(day), day.isoformat())
        assert [parse_date(text) for text in shown] == [day] * 4


@given(st.text(max_size=45))
def test_any_text_is_a_date_nothing_or_a_sentence(text):
    try:
        parse_date(text)
    except DateError as refusal:
        sentence = str(refusal)
    else:
        sentence = "."
    assert sentence.endswith(".")


def test_dates_are_shown_in_danish():
    assert dates.long_date(DAY) == f"24.{NBSP}november 2026"
    assert dates.weekday_date(datetime.date(2021, 3, 10)) == f"Onsdag den 10.{NBSP}marts 2021"
    assert dates.weekday(datetime.date(2021, 3, 26)) == "fredag"
    assert dates.day_month(datetime.date(2021, 3, 17)) == f"17.{NBSP}marts"
    assert dates.numeric_date(datetime.date(2021, 2, 8)) == "08.02.2021"


def test_short_months_are_those_of_a_list():
    shown = [dates.short_date(datetime.date(2020, month, 1)).split(NBSP)[1] for month in range(1, 13)]
    assert shown == [
        f"{month} 2020"
        for month in (
            "jan.",
            "feb.",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "aug.",
            "sep.",
            "okt.",
            "nov.",
            "dec.",
        )
    ]


def test_the_order_is_the_same_in_english():
    with translation.override("en"):
        assert dates.long_date(DAY) == f"24{NBSP}November 2026"
        assert dates.short_date(DAY) == f"24{NBSP}Nov. 2026"
        assert dates.weekday_date(DAY) == f"Tuesday 24{NBSP}November 2026"
        with pytest.raises(DateError, match=r"There is no such date. Write e\.g\. 28\.02\.2021\."):
            parse_date("31.02.2021")


def test_without_a_language_the_dates_are_danish():
    with translation.override(None, deactivate=True):
        translation.deactivate_all()
        assert dates.long_date(DAY) == f"24.{NBSP}november 2026"


def test_a_moment_is_shown_in_danish_time():
    summer_night = datetime.datetime(2021, 6, 30, 22, 5, tzinfo=datetime.UTC)
    assert dates.clock(summer_night) == "0.05"
    assert dates.long_date(summer_night) == f"1.{NBSP}juli 2021"
    assert dates.moment(summer_night) == f"1.{NBSP}juli 2021 kl. 0.05"
    assert dates.machine_moment(summer_night) == "2021-07-01T00:05:00+02:00"
    assert dates.clock(datetime.time(14, 32)) == "14.32"
    with translation.override("en"):
        assert dates.moment(summer_night) == f"1{NBSP}July 2021 0.05"


def test_nothing_is_shown_as_nothing():
    shown = (
        dates.long_date,
        dates.short_date,
        dates.day_month,
        dates.weekday,
        dates.weekday_date,
        dates.numeric_date,
        dates.clock,
        dates.moment,
    )
    assert [show(None) for show in shown] == [""] * len(shown)


def test_the_filters_are_the_formatter():
    source = (
        "{% load dates %}{{ d|long_date }};{{ d|short_date }};{{ d|day_month }};{{ d|weekday }};"
        "{{ d|weekday_date }};{{ d|numeric_date }};{{ m|clock }};{{ m|moment }};"
        '{{ none|long_date|default:"–" }}'
    )
    moment = datetime.datetime(2026, 11, 24, 13, 32, tzinfo=datetime.UTC)
    shown = Template(source).render(Context({"d": DAY, "m": moment, "none": None}))
    assert shown.replace(NBSP, " ").split(";") == [
        "24. november 2026",
        "24. nov. 2026",
        "24. november",
        "tirsdag",
        "Tirsdag den 24. november 2026",
        "24.11.2026",
        "14.32",
        "24. nov. 2026 kl. 14.32",
        "–",
    ]
