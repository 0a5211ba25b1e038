"""The list of cases: who sees what, filters in the address, sums, exports, and what it costs."""

import csv
import io
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from businesscases.models import State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.pages import counted, many_like, signed_in

pytestmark = pytest.mark.django_db
LIST = "/businesscases/"
HOSTILE = [
    "",
    " ",
    "'",
    '"><script>alert(1)</script>',
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "\0",
    "a\0b",
    "æøå",
    "{{ 7*7 }}",
    "{% now %}",
    "../../etc/passwd",
    "x" * 5_000,
    "null",
    "True",
    "1,5",
    "0",
    "00001",
    "9" * 40,
    "-1",
    "1e9",
    "٣",
    "\u202e",
    "💥",
]


def shown(response) -> list[str]:
    """The references on the page, in order."""
    return [row.reference for row, *_rest in response.context["rows"]]


@pytest.fixture
def finance():
    return factories.person(Role.FINANCE)


def test_a_draft_is_in_nobodys_list_but_its_writers(finance):
    owner = factories.person()
    draft = factories.draft(owner=owner)
    assert shown(signed_in(owner).get(LIST)) == [draft.reference]
    for role in Role:
        if role == Role.STAFF:
            continue
        response = signed_in(factories.person(role)).get(LIST)
        assert draft.reference not in response.content.decode()
        assert response.context["page"].paginator.count == 0
    assert shown(signed_in(factories.person()).get(LIST)) == []


def test_a_submitted_case_is_read_by_handlers_and_not_by_other_staff(finance):
    case = factories.case(State.SUBMITTED)
    assert shown(signed_in(finance).get(LIST)) == [case.reference]
    assert shown(signed_in(factories.person()).get(LIST)) == []


def test_the_page_says_the_figures_of_each_case_and_their_sums(finance):
    factories.case(State.SUBMITTED)
    factories.case(State.SUBMITTED)
    response = signed_in(finance).get(LIST)
    text = response.content.decode()
    assert "Viser 2 sager. Beløb i 1.000 kr. over seks år." in text
    for label, one, both in (
        ("Fra puljen", "1.900", "3.800"),
        ("Nettogevinst", "4.120", "8.240"),
        ("Nutidsværdi", "3.436", "6.872"),
    ):
        assert text.count(f'<td class="num" data-label="{label}">{one}</td>') == 2
        assert f'<td class="num strong" data-label="{label}">{both}</td>' in text
    assert text.count('data-label="Tilbagebetalt efter">3,5\N{NO-BREAK SPACE}år</td>') == 2
    year = timezone.localdate().year + 1
    sums = response.context["listed"].sums
    assert [(row.year, row.asked, row.undecided) for row in sums.asked_per_year] == [
        (year, 1_800_000, 1_800_000),
        (year + 1, 1_400_000, 1_400_000),
        (year + 2, 600_000, 600_000),
    ]


def test_the_sums_are_of_the_whole_filter_and_not_of_the_page(finance):
    case = factories.case(State.SUBMITTED)
    many_like(case, 60)
    response = signed_in(finance).get(LIST)
    assert len(shown(response)) == 50
    assert response.context["listed"].sums.asked == 61 * 1_900_000
    assert "Viser 1–50 af 61 sager." in response.content.decode()
    assert len(shown(signed_in(finance).get(LIST, {"page": "2"}))) == 11


def test_what_would_be_left_is_shown_to_those_who_may_know_what_is_asked(finance):
    factories.case(State.SUBMITTED)
    assert "Tilbage, hvis alt gives" in signed_in(finance).get(LIST).content.decode()
    owner = factories.person()
    factories.case(State.SUBMITTED, owner=owner)
    page = signed_in(owner).get(LIST).content.decode()
    assert "Søgt fra puljen" in page
    assert "Tilbage, hvis alt gives" not in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"q": "kørsel"}, ["a"]),
        ({"q": "KØRSEL fælles"}, ["a"]),
        ({"q": "findes ikke"}, []),
        ({"state": "submitted"}, ["a"]),
        ({"state": "hearing"}, ["b"]),
        ({"state": "checked"}, ["b"]),
        ({"state": "in_hearing"}, []),
        ({"state": "noget helt andet"}, ["b", "a"]),
        ({"start_year": "2031"}, ["b"]),
        ({"sort": "title"}, ["a", "b"]),
        ({"sort": "-title"}, ["b", "a"]),
        ({"sort": "reference"}, ["a", "b"]),
        ({"sort": "-value"}, ["b", "a"]),
        ({"sort": "value; drop table"}, ["b", "a"]),
        ({"mine": "1"}, []),
        ({"view": "waiting"}, ["a"]),
        ({"view": "decided"}, []),
    ],
)
def test_the_address_decides_what_is_shown_and_in_which_order(finance, address, found):
    a = factories.case(State.SUBMITTED, title="Fælles kørselskoordinering")
    b = factories.case(State.CHECKED, title="Sensorer i haller", start_year=2031)
    names = {a.reference: "a", b.reference: "b"}
    assert [names[reference] for reference in shown(signed_in(finance).get(LIST, address))] == found


def test_titles_are_in_the_order_of_the_danish_alphabet(finance):
    ordered = ["abe", "Bil", "Zoo", "Æble", "øl", "Åben"]
    cases = {factories.case(State.SUBMITTED, title=title).reference: title for title in reversed(ordered)}
    for sort, titles in (("title", ordered), ("-title", ordered[::-1])):
        found = shown(signed_in(finance).get(LIST, {"sort": sort}))
        assert [cases[reference] for reference in found] == titles


def test_department_and_round_filter_by_what_was_submitted(finance):
    a, b = factories.case(State.SUBMITTED), factories.case(State.SUBMITTED)
    client = signed_in(finance)
    assert shown(client.get(LIST, {"department": a.department_id})) == [a.reference]
    assert shown(client.get(LIST, {"round": b.round_id})) == [b.reference]
    both = client.get(LIST, {"department": a.department_id, "round": b.round_id})
    assert shown(both) == []
    assert "Ingen sager passer til de 2 filtre" in both.content.decode()


def test_tabs_count_every_state_whatever_tab_is_chosen(finance):
    factories.case(State.SUBMITTED)
    factories.case(State.CHECKED)
    factories.case(State.IN_HEARING)
    for address in ({}, {"state": "hearing"}):
        listed = signed_in(finance).get(LIST, address).context["listed"]
        assert [(key, n) for key, _name, n, _now in listed.tabs] == [("submitted", 1), ("hearing", 2)]
        assert listed.all_count == 3


def test_a_sorted_column_says_so_and_the_next_click_turns_it(finance):
    factories.case(State.SUBMITTED)
    text = unescape(signed_in(finance).get(LIST, {"sort": "-value", "q": "kørsel"}).content.decode())
    assert 'aria-sort="descending"><a class="sort" href="?q=k%C3%B8rsel&sort=value">Nutidsværdi</a>' in text
    assert text.count("aria-sort=") == 1


@pytest.mark.parametrize(
    "name", ["q", "state", "department", "round", "start_year", "mine", "sort", "page", "view"]
)
def test_no_address_breaks_the_page_or_the_exports(finance, name):
    factories.case(State.SUBMITTED)
    client = signed_in(finance)
    for value in HOSTILE:
        for page in (LIST, f"{LIST}sums/", f"{LIST}export.csv"):
            assert client.get(page, {name: value}).status_code == 200, (page, value)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_holds_exactly_what_is_shown_in_whole_kroner(finance, ending):
    factories.case(State.CHECKED, title="Sensorer i haller")
    case = factories.case(State.SUBMITTED, title="=Fælles kørsel")
    client = signed_in(finance)
    response = client.get(f"{LIST}export.{ending}", {"q": "kørsel"})
    year = case.start_year
    figures = [year, 1_900_000, 4_120_000, 3_435_868, 900_000, 700_000, 300_000, None, None, None]
    if ending == "csv":
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        [head, row] = csv.reader(io.StringIO(text), delimiter=";")
        assert head[:4] == ["Reference", "Titel", "Område", "Status"]
        assert row[:4] == [case.reference, "'=Fælles kørsel", str(case.department), "Økonomikontrol"]
        kroner = [*row[4:8], *row[10:]]
        assert [int(part) if part else None for part in kroner] == figures
    else:
        sheet = openpyxl.load_workbook(BytesIO(response.content)).worksheets[0]
        [_head, row] = list(sheet.iter_rows(values_only=True))
        assert row[:4] == (case.reference, "=Fælles kørsel", str(case.department), "Økonomikontrol")
        assert sheet["B2"].data_type == "s"
        assert [row[4], row[5], row[6], round(float(row[7])), *row[10:]] == figures
    entry = Entry.objects.filter(act="export").get()
    assert entry.by == finance
    assert entry.after == {"what": "businesscases", "filter": "?q=k%C3%B8rsel", "as": ending}


def test_an_empty_list_says_what_to_do_next():
    text = signed_in(factories.person()).get(LIST).content.decode()
    assert "Der er ingen sager endnu" in text
    assert reverse("businesscases:case-new") in text


def test_nothing_waits_is_said_kindly(finance):
    factories.case(State.CHECKED)
    assert "Intet venter på dig" in signed_in(finance).get(LIST, {"view": "waiting"}).content.decode()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.BOARD, Role.SECRETARIAT, Role.AUDITOR, Role.STAFF])
def test_the_list_costs_the_same_with_3_and_with_300_cases(role, monkeypatch):
    person = factories.person(role)
    owner = person if role == Role.STAFF else None
    case = factories.case(State.SUBMITTED, owner=owner)
    many_like(case, 2)
    client = signed_in(person)
    client.get(LIST)
    with counted(monkeypatch) as few:
        client.get(LIST)
    many_like(case, 297, year=2098)
    with counted(monkeypatch) as many:
        response = client.get(LIST)
    if role != Role.STAFF:
        assert len(shown(response)) == 50
        assert len(response.content) < 40_000
    assert many.statements == few.statements <= 9
    assert many.rows <= 200


def test_a_long_list_asks_for_its_sums_after_the_page(finance, monkeypatch):
    monkeypatch.setattr("businesscases.case_list.SUMMED_AT_ONCE", 1)
    case = factories.case(State.SUBMITTED)
    many_like(case, 1)
    client = signed_in(finance)
    page = unescape(client.get(LIST, {"q": "kørsel"}).content.decode())
    assert 'hx-get="/businesscases/sums/?q=k%C3%B8rsel"' in page
    assert '<a href="/businesscases/sums/?q=k%C3%B8rsel">' in page
    assert "Alle 2 sager" not in page
    sums = client.get(f"{LIST}sums/", {"q": "kørsel"})
    assert sums.context["listed"].sums.asked == 2 * 1_900_000
