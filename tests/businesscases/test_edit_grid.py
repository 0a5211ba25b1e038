"""The money grid while it is typed in: blocks, acts on lines, figures, and how many statements it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from businesscases.models import EconomyLine
from tests import factories
from tests.businesscases.editing import CELLS, FormFields, address, fields_of, name_of, open_editor, writer_at

pytestmark = pytest.mark.django_db
COST = ("investment", "System", "pool", False, [500, None, None, None, None, None])
GAIN = ("cashable_gain", "Gevinst", "", True, [None, 100, 200, 300, 300, 300])


@pytest.fixture
def case():
    return factories.case(start_year=2022, lines=[COST, GAIN])


@pytest.fixture
def client(case):
    return writer_at(case.owner)


def act(client, case, do: str, form: FormFields | None = None, **more) -> tuple[FormFields, str]:
    """The grid's fields and the page after an act; nothing may have been stored by it."""
    before = list(EconomyLine.all_rows.values())
    sent = {**(form or open_editor(client, case)), "do": do, **more}
    html = client.post(address(case, "rows"), sent).content.decode()
    assert list(EconomyLine.all_rows.values()) == before
    return fields_of(f'<form id="editor">{html}</form>'), html


def cells(form: FormFields, key: str) -> list[str]:
    return [form.first(f"line-{key}-{cell}") for cell in CELLS]


def test_a_block_goes_right_and_down(client, case):
    cost, gain = case.lines.all()
    form, html = act(client, case, f"line-paste:{cost.key.hex}:1", block="1.000\t2.000\r\n")
    assert cells(form, cost.key.hex) == ["500.000", "1.000", "2.000", "", "", ""]
    assert "1 række er sat ind." in html
    assert "Blokken havde 2 kolonner: 2023–2024 er udfyldt, de andre år er uændrede." in html
    assert cells(form, gain.key.hex) == ["", "100.000", "200.000", "300.000", "300.000", "300.000"]


def test_too_many_columns_are_left_out_and_said(client, case):
    cost = case.lines.first()
    form, html = act(client, case, f"line-paste:{cost.key.hex}:4", block="1\t2\t3\t4\n")
    assert cells(form, cost.key.hex) == ["500.000", "", "", "", "1", "2"]
    assert (
        "Blokken havde 4 kolonner, og fra 2026 er der plads til 2: de sidste 2 kolonner er ikke sat ind."
        in html
    )


def test_names_years_and_sums_of_a_whole_table_are_understood(client, case):
    cost = case.lines.first()
    head = "Linje\t2022\t2023\t2024\t2025\t2026\t2027\tI alt\n"
    block = f"{head}Nyt system\t1\t2\t3\t4\t5\t6\t21\nKurser\t10\t\t\t\t\t\t10\n"
    form, html = act(client, case, f"line-paste:{cost.key.hex}:0", block=block)
    added = next(key for key in form["line"] if key not in {line.key.hex for line in case.lines.all()})
    assert cells(form, cost.key.hex) == ["1", "2", "3", "4", "5", "6"]
    assert cells(form, added) == ["10", "", "", "", "", ""]
    assert (form.first(f"line-{added}-text"), form.first(f"line-{added}-kind")) == ("Kurser", "investment")
    assert form.first(name_of(cost, "text")) == "System"
    for sentence in (
        "2 rækker er sat ind.",
        "Rækken med årstal er udeladt.",
        "Kolonnen med summer er udeladt.",
        "1 ny linje er tilføjet.",
    ):
        assert sentence in html


def test_a_cell_that_is_no_number_is_pasted_with_its_message(client, case):
    cost = case.lines.first()
    form, html = act(client, case, f"line-paste:{cost.key.hex}:0", block="12o\t-5\t1.234,5\n")
    assert cells(form, cost.key.hex)[:3] == ["12o", "-5", "1.234,5"]
    assert "2022: Bogstavet o står i stedet for et 0." in html


@pytest.mark.parametrize(
    "block", ["", "\n\n", "\t\t", "a" * 300_000, "1\t" * 5000, "x\n" * 5000, "\x00\t\x00\n"]
)
def test_blocks_that_make_no_sense_are_answered(client, case, block):
    cost = case.lines.first()
    sent = {**open_editor(client, case), "do": f"line-paste:{cost.key.hex}:0", "block": block}
    assert client.post(address(case, "rows"), sent).status_code == 200
    assert case.lines.count() == 2


def test_lines_are_filled_copied_and_phased_in(client, case):
    cost, gain = (line.key.hex for line in case.lines.all())
    form, _html = act(client, case, f"line-same:{cost}")
    assert cells(form, cost) == ["500.000"] * 6
    form, _html = act(client, case, f"line-right:{gain}:2")
    assert cells(form, gain) == ["", "100.000", "200.000", "200.000", "200.000", "200.000"]
    form, _html = act(client, case, f"line-copy:{gain}")
    assert len(form["line"]) == 3
    assert cells(form, form["line"][2]) == cells(form, gain)
    form, _html = act(
        client, case, f"line-phase:{gain}", **{f"line-{gain}-full": "100", f"line-{gain}-full_from": "2"}
    )
    assert cells(form, gain) == ["33", "67", "100", "100", "100", "100"]
    form, _html = act(client, case, f"line-remove:{cost}")
    assert form.first(f"line-{cost}-removed") == "1"
    form, _html = act(client, case, f"line-restore:{cost}", form)
    assert f"line-{cost}-removed" not in form


def test_lines_move_within_their_group(client, case):
    factories.line(case, *COST)
    first, gain, second = (line.key.hex for line in case.lines.all())
    form, _html = act(client, case, f"line-down:{first}")
    assert form["line"] == [second, first, gain]
    form, _html = act(client, case, f"line-up:{gain}")
    assert form["line"] == [first, second, gain]


def test_figures_follow_what_is_typed_and_leave_bad_cells_out(client, case):
    cost, gain = case.lines.all()
    form = open_editor(client, case)
    form[name_of(cost, "year_2")], form[name_of(gain, "year_2")] = "400.000", "1.2.3"
    said = client.post(address(case, "figures"), form).json()
    assert said["out"][f"t-line-{cost.key.hex}"] == "900.000"
    assert said["out"][f"n-line-{cost.key.hex}"] == cost.text
    assert [said["out"][f"sum-net-{year}"] for year in range(7)] == [
        "−500.000",
        "−400.000",
        "200.000",
        "300.000",
        "300.000",
        "300.000",
        "200.000",
    ]
    assert set(said["errors"]) == {name_of(gain, "year_2")}
    assert "Uden cellen i fejl." in said["side"]
    gain.refresh_from_db()
    assert gain.year_2 == 100_000


def statements(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert act().status_code in (200, 302)
    return len(queries)


def test_forty_lines_take_as_many_statements_as_one(client, case):
    def counts() -> list[int]:
        form = open_editor(client, case)
        return [
            statements(lambda: client.get(address(case))),
            statements(lambda: client.post(address(case), form)),
            statements(lambda: client.post(address(case, "figures"), form)),
            statements(lambda: client.post(address(case, "autosave"), form)),
        ]

    few = counts()
    owners = [factories.person() for _number in range(5)]
    for number in range(38):
        kind = COST if number % 2 else GAIN
        factories.line(case, *kind, benefit_owner=None if number % 2 else owners[number % 5])
    assert counts() == few
    assert few[0] <= 40


def test_several_bad_cells_of_a_line_are_told_one_by_one_with_their_years(client, case):
    cost = case.lines.first()
    _form, html = act(client, case, f"line-paste:{cost.key.hex}:0", block="12o\tto\n")
    row = html[html.index('<tr class="cell-error">') :].partition("</tr>")[0]
    for place, year in ((1, 2022), (2, 2023)):
        told = f"e-{name_of(cost, f'year_{place}')}"
        assert f'<li id="{told}">{year}: ' in row
        assert f'aria-describedby="{told}"' in html
