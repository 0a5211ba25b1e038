"""What leaves the application as Excel or CSV opens safely and says the same as the page."""

import datetime
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from innovation_pool.exports import (
    DATE_FORMAT,
    KRONER_FORMAT,
    Column,
    attachment,
    csv_export,
    excel_export,
    safe_csv,
    safe_text,
)

TEXTS_A_SPREADSHEET_WOULD_RUN = [
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "＝1+1",
    "＋1",
    "＠x",
    "－1",
]


@pytest.mark.parametrize("text", TEXTS_A_SPREADSHEET_WOULD_RUN)
def test_text_that_looks_like_a_formula_gets_an_apostrophe_in_csv(text):
    assert safe_csv(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-950, "-950"),
        (0, "0"),
        (Decimal("-3.50"), "-3,50"),
        (Decimal("1E+3"), "1000"),
        (datetime.date(2026, 11, 24), "24-11-2026"),
        (datetime.datetime(2026, 11, 24, 10, 15, 3, tzinfo=datetime.UTC), "24-11-2026 11:15"),
        ("Fælles kørsel", "Fælles kørsel"),
        ("a\x00b", "ab"),
    ],
)
def test_numbers_dates_and_plain_text_are_left_alone_in_csv(value, shown):
    assert safe_csv(value) == shown


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("", "-600874,4567"),
        (KRONER_FORMAT, "-600874"),
        ("0.0", "-600874,5"),
        ('#,##0.00;"−"#,##0.00', "-600874,46"),
    ],
)
def test_a_figure_has_as_many_decimals_in_csv_as_the_workbook_shows(number_format, shown):
    assert safe_csv(Decimal("-600874.4567"), number_format) == shown


def test_a_moment_in_a_column_of_days_is_a_day():
    moment = datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC)
    assert safe_csv(moment, DATE_FORMAT) == "25-11-2026"


def test_csv_is_what_danish_excel_opens():
    response = csv_export("Sager", [Column("Titel"), Column("Kr.")], [("Æble; pære", 1200), ("=x", -5)])
    stored = b"".join(response.streaming_content).decode("utf-8")
    assert stored == '\ufeffTitel;Kr.\r\n"Æble; pære";1200\r\n\'=x;-5\r\n'
    assert response["Content-Disposition"] == 'attachment; filename="sager.csv"'


def test_a_formula_typed_as_a_title_is_text_in_excel():
    rows = [("=1+1", 1200, datetime.date(2026, 11, 24)), ("\x01synlig", None, None)]
    response = excel_export(
        "sager", "Sager [x]", [Column("Titel"), Column("Kr."), Column("Dato")], rows, ["En note"]
    )
    book = load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Titel", "Kr.", "Dato"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (1200, "n")
    assert sheet["C2"].value == datetime.datetime(2026, 11, 24)
    assert (sheet["A3"].value, sheet["B3"].value) == ("synlig", None)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert book["Om"]["A1"].value == "En note"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    cut = safe_text("x" * 40_000)
    assert len(cut) == 32_767
    assert cut.endswith("x […]")


@pytest.mark.parametrize("name", ['a"; b', "a\r\nSet-Cookie: x", "../../etc", "😀"])
def test_no_title_can_forge_a_header(name):
    header = attachment(name, "csv")
    assert header.startswith('attachment; filename="')
    assert set(header) & set('\r\n/;"') == {'"', ";"}
    assert header.count('"') == 2
