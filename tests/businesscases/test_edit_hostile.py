"""A hostile corpus against every field: stored exactly, or refused in Danish at the field. Never a 500."""

import re

import pytest

from businesscases.models import BusinessCase
from innovation_pool.cpr import find_cpr
from tests import factories
from tests.businesscases.editing import CELLS, Page, address, fields_of, name_of, open_editor, save, writer_at

pytestmark = pytest.mark.django_db

# What is stored for what is typed in a money cell, in kr.
READ = {
    "1.234": 1234,
    "1 234": 1234,
    "1\N{NO-BREAK SPACE}234": 1234,
    "1\N{NARROW NO-BREAK SPACE}234": 1234,
    "−5": -5,
    "-5": -5,
    "500,-": 500,
    "kr. 500": 500,
    "500 kr.": 500,
    "0": 0,
    "": None,
    "   ": None,
    "1.500,0": 1500,
    "999.999.999.999": 999_999_999_999,
    "+7": 7,
}
NOT_READ = [
    "12.34", "1234.5", "1.2.3", "1e3", "1_000", "NaN", "Infinity", "-inf", "(500)", "1.234,5",
    "0,5", "0.500", "12o.000", "l00", "1,2,3", "1,", ",5", "--5", "5-", "1.000.00", "1000.000",
    "9999999999999", "٣", "१२", "𝟙𝟚", "½", "Ⅻ", "=1+1", "@SUM(A1)", "0x10", "1\x00", "\x00",
    "1\u200b0", "\u202e123", "1\t2", "1\n2", "abc", "😀", "1'000", "12 34", "1,000", "2 mio.", "5 t",
    "<script>", "' OR 1=1 --", "1;2", "1/2", "10%", "–5", "5" * 61, "9" * 5000, "１２３", "1 2 3",
    "1.23.456", ".5", "5.", "- 5 kr -", "kr", "--", "5%", "1.000,-,", "1,5e2", "0b1", "五", "1°",
    "€5", "$5", "5 EUR",
]  # fmt: skip
TEXTS = [
    "Æblegrød med fløde og ål", "É, ü, ß, ł, 中文, हिन्दी", "😀👩‍👩‍👧‍👦🏴", "שלום עולם", "\u202eomvendt",
    "e\u0301 er ikke é", "<script>alert(1)</script>", "</textarea><b>ude</b>",
    '"><img src=x onerror=x>', "&amp; &lt; &#39;", "{{ case }}", "{% load i18n %}",
    "%(name)s %s %d", "=HYPERLINK(1)", "@cmd", "+45 12 34 56 78", "-5", "' OR 1=1 --",
    "'; DROP TABLE accounts_user; --", "\\x00 \\n \\", "../../etc/passwd", "C:\\fil.txt", "null",
    "None", "true", "0", "NaN", "\ufeffBOM", "\u200bnulbredde", "a\u00a0b", "\u2028linje",
    "tab\ttab", "${jndi:ldap://x}", "\ufffd", "a" * 119, "010190", "12345678", "1234567890",
    "EAN 5790000000000", "🇩🇰" * 20, "ﷺ" * 20, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G", "\x01\x02",
    "\x7f", "\x1b[31m", "on", "undefined", "[object Object]", "{}", "[]",
]  # fmt: skip
NEVER_STORED = [
    "a\x00b",
    "\x00",
    "CPR 010190-1234",
    "ring 0101901234 nu",
    "290200-4111",
    "ved 31.12.1999: 311299 1234",
]
LINES_OF_TEXT = ["linje\nlinje", "\n\nluft\n\n", "slut \n", "  indrykket"]
CHOICES = [
    "",
    "0",
    "-1",
    "999999999",
    "9" * 30,
    "1 OR 1=1",
    "٣",
    "1\x00",
    "abc",
    "1.0",
    " 1",
    "None",
    "😀",
    "1,2",
]
DATES = {
    "24-11-2026": "2026-11-24",
    "24.11.2026": "2026-11-24",
    "24/11/2026": "2026-11-24",
    "24. november 2026": "2026-11-24",
    "2026-11-24": "2026-11-24",
    "29.02.2028": "2028-02-29",
}
NO_DATES = [
    "31. februar 2027",
    "29.02.2027",
    "00.00.0000",
    "32.01.2027",
    "11/24/2026",
    "24-11-26",
    "24.11",
    "i morgen",
    "٢٤.١١.٢٠٢٦",
    "2026-13-01",
    "31.04.2027",
    "30.02.2028",
    "24..11.2026",
    "24.11.2026.1",
    "kl. 14",
    "2026",
    "uge 12",
    "1.1.1899",
    "2026-11-24T10:00",
    "\x00",
    "1" * 100,
    "24. nowember 2026",
    "9999999-01-01",
    "-1.1.2027",
    "😀",
    "<b>",
]
YEARS = [
    "",
    "0",
    "1999",
    "2101",
    "20270",
    "-2027",
    "2027.0",
    "２０２７",
    "MMXXVII",
    "\x00",
    "2027x",
    "20 27",
    "😀",
    "9" * 40,
]
CASE_TEXTS = [
    "description",
    "alternatives",
    "focus_areas",
    "development_goals",
    "other_areas",
    "service",
    "staff_consequences",
    "hearing_parties",
    "rate_change",
    "trial",
    "measurement",
]
DANISH = re.compile(r"[æøåÆØÅ]|Skriv|Vælg|[Ff]elt|Teksten|ikke")

# Of the right shape, and of no row; not a random one, or two test processes would collect other tests.
UNKNOWN_KEY = "7e4d3f0a-1111-4222-8333-944455566677"


@pytest.fixture
def case():
    return factories.case()


@pytest.fixture
def client(case):
    return writer_at(case.owner)


@pytest.fixture
def page(client, case):
    return Page(client, case)


def assert_refused(page, **typed):
    """Each of the fields, at the field, in Danish."""
    refused = page.type(**typed)
    assert set(refused) == set(typed), typed
    for name, sentence in refused.items():
        assert DANISH.search(sentence), (name, typed[name], sentence)


def stored(case, *names):
    return BusinessCase.objects.values_list(*names).get(pk=case.pk)


def in_turns(values, places):
    """The values in groups, so that one save types in every place."""
    values = list(values)
    for start in range(0, len(values), len(places)):
        yield dict(zip(places, values[start : start + len(places)], strict=False))


def test_the_corpus_is_large_enough():
    corpus = [*READ, *NOT_READ, *TEXTS, *NEVER_STORED, *LINES_OF_TEXT, *CHOICES, *DATES, *NO_DATES, *YEARS]
    assert len(corpus) >= 200


def test_amounts_that_are_read(page, case):
    line = case.lines.first()
    for group in in_turns(READ, CELLS):
        assert page.type(**{name_of(line, cell): typed for cell, typed in group.items()}) == {}
        line.refresh_from_db()
        assert {cell: getattr(line, cell) for cell in group} == {
            cell: READ[typed] for cell, typed in group.items()
        }


def test_amounts_that_are_not(page, case):
    line = case.lines.first()
    before = line.amounts
    for group in in_turns(NOT_READ, CELLS):
        assert_refused(page, **{name_of(line, cell): typed for cell, typed in group.items()})
        line.refresh_from_db()
        assert line.amounts == before


def test_what_is_refused_stands_in_the_field_as_it_was_typed(client, case):
    line = case.lines.first()
    form = open_editor(client, case)
    typed = dict(zip(CELLS, ["12o.000", '"><b>', "\u202e12", " 1.2.3 ", "&amp;", "5" * 70], strict=True))
    form.update({name_of(line, cell): [text] for cell, text in typed.items()})
    form["description"] = "010190-1234 </textarea> \r\n ende"
    answer = save(client, case, form)
    assert answer.status_code == 422
    again = fields_of(answer.content.decode())
    assert {cell: again.first(name_of(line, cell)) for cell in CELLS} == typed
    assert again.first("description").replace("\r\n", "\n") == "010190-1234 </textarea> \n ende"


def test_texts_are_stored_exactly(page, case):
    corpus = TEXTS + LINES_OF_TEXT
    for number in range(len(corpus)):
        # Every text meets a field of every section on its way round.
        typed = {name: corpus[(number + 7 * place) % len(corpus)] for place, name in enumerate(CASE_TEXTS)}
        assert page.type(**{name: text.replace("\n", "\r\n") for name, text in typed.items()}) == {}
        assert dict(zip(CASE_TEXTS, stored(case, *CASE_TEXTS), strict=True)) == typed


def test_a_text_is_shown_as_it_is_stored(client, case):
    for start in range(0, len(TEXTS), len(CASE_TEXTS)):
        texts = dict(zip(CASE_TEXTS, (TEXTS + LINES_OF_TEXT)[start:], strict=False))
        BusinessCase.objects.filter(pk=case.pk).update(**texts)
        form = open_editor(client, case)
        assert {name: form.first(name) for name in texts} == texts


def test_lines_of_text_are_stored_exactly_but_for_spaces_around(page, case):
    line, risk = case.lines.filter(kind="cashable_gain").first(), case.risks.get()
    for typed in TEXTS:
        names = {"title": typed, name_of(line, "text"): typed, name_of(line, "basis"): typed}
        names |= {f"risk-{risk.key.hex}-text": typed, f"risk-{risk.key.hex}-answer": typed}
        names |= {name_of(line, "profit_centre"): typed[:60]}
        assert page.type(**names) == {}, typed
        line.refresh_from_db()
        risk.refresh_from_db()
        assert (stored(case, "title")[0], line.text, line.basis) == (typed.strip(), typed.strip(), typed)
        assert (risk.text, risk.answer, line.profit_centre) == (typed.strip(), typed, typed[:60].strip())


def test_what_is_never_stored(page, case):
    names = ["title", "description", "service", "measurement"]
    before = stored(case, *names)
    for typed in NEVER_STORED:
        assert_refused(page, **dict.fromkeys(names, typed))
        assert stored(case, *names) == before


def test_ids_that_are_not_on_the_list(page, case):
    goals = set(case.goals.all())
    before = stored(case, "department", "committee", "round")
    assert_refused(page, department="")
    for typed in [choice for choice in CHOICES if choice]:
        assert_refused(page, department=typed, committee=typed, round=typed, goals=typed)
        assert stored(case, "department", "committee", "round") == before
        assert set(case.goals.all()) == goals


def test_choices_that_are_not_on_the_list(page, case):
    line, risk = case.lines.first(), case.risks.get()
    for typed in CHOICES:
        names = [f"risk-{risk.key.hex}-likelihood", f"risk-{risk.key.hex}-consequence", name_of(line, "kind")]
        assert_refused(page, **dict.fromkeys(names, typed))
        assert_refused(page, **{name_of(line, "payer"): typed})
    fresh = case.lines.first(), case.risks.get()
    assert [fresh[0].kind, fresh[0].payer] == [line.kind, line.payer]
    assert [fresh[1].likelihood, fresh[1].consequence] == [risk.likelihood, risk.consequence]


def test_dates(page, case):
    milestone = case.milestones.get()
    name = f"milestone-{milestone.key.hex}-due_on"
    for typed, day in DATES.items():
        assert page.type(**{name: typed}) == {}, typed
        milestone.refresh_from_db()
        assert milestone.due_on.isoformat() == day
    for typed in ["", *NO_DATES]:
        assert_refused(page, **{name: typed})
        milestone.refresh_from_db()
        assert milestone.due_on.isoformat() == "2028-02-29"


def test_years(page, case):
    before = stored(case, "start_year", "price_level")
    for typed in YEARS:
        assert_refused(page, start_year=typed, price_level=typed)
        assert stored(case, "start_year", "price_level") == before


def test_benefit_owners_that_nobody_is(page, case):
    line = case.lines.filter(kind="cashable_gain").first()
    for typed in [text for text in [*TEXTS, *NEVER_STORED] if text.strip()]:
        assert_refused(page, **{name_of(line, "benefit_owner"): typed})
        assert case.lines.get(pk=line.pk).benefit_owner == line.benefit_owner


@pytest.mark.parametrize("prefix", ["line", "risk", "milestone"])
def test_rows_of_somebody_elses_case_are_not_touched(client, case, prefix):
    other = factories.case()
    rows = {"line": other.lines.all(), "risk": other.risks.all(), "milestone": other.milestones.all()}[prefix]
    before = list(rows.values())
    key = rows.first().key.hex
    form = open_editor(client, case)
    form[prefix] = [*form[prefix], key]
    columns = {"text": "Taget over", "kind": "investment", "payer": "pool", "likelihood": "1"}
    columns |= {"consequence": "1", "due_on": "1.1.2030"}
    stolen = {f"{prefix}-{key}-{column}": value for column, value in columns.items()}
    answer = save(client, case, form, **stolen)
    assert answer.status_code == 422
    assert "hører til en anden sag" in answer.content.decode()
    assert "Taget over" in answer.content.decode()
    assert list(rows.values()) == before


@pytest.mark.parametrize("prefix", ["line", "risk", "milestone"])
@pytest.mark.parametrize("key", ["x", "../../1", "\x00", "é" * 32, "0" * 31, UNKNOWN_KEY, "G" * 32])
def test_keys_that_are_none(client, case, prefix, key):
    form = open_editor(client, case)
    form[prefix] = [key]
    assert save(client, case, form).status_code == 422


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "9" * 400, "٣", '{"a":', "[]", "null", '{"title": 1}', "[" * 5000]
)
def test_tampered_revisions_and_digests_overwrite_nothing_unseen(client, case, value):
    form = open_editor(client, case)
    for section in ("description", "economy"):
        form[f"rev-{section}"], form[f"base-{section}"] = value, value
    assert save(client, case, form).status_code in (302, 409)


@pytest.mark.parametrize(
    "do",
    [
        "",
        "x",
        "line-",
        "line-x:y:z",
        "line-right:::",
        "unit:7",
        "unit:",
        "risk-copy:",
        "line-paste:1:9",
        "\x00:",
        "submit:x",
    ],
)
def test_acts_that_are_none(client, case, do):
    form = open_editor(client, case)
    for part in ("edit", "rows"):
        assert client.post(address(case, part), {**form, "do": do}).status_code in (200, 302)


def test_the_corpus_holds_a_cpr_number_only_where_it_says_so():
    assert [text for text in TEXTS if find_cpr(text)] == []
