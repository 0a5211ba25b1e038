"""Rows of a flat sheet are in the file as openpyxl would have written them, cell by cell."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from innovation_pool.workbooks.book import Book, fill_cell
from innovation_pool.workbooks.looks import DATE, KRONER, Look

LOOKS = [Look(), Look(format=KRONER, align="right"), Look(format=DATE, bottom="line")]
ROWS = [
    ("Æbler & <pærer> \"her\" 'der'", 1_234, datetime.date(2021, 3, 10)),
    ("  luft om  ", -5, None),
    ("=1+1", 0, datetime.date(1899, 12, 31)),
    ("to\nlinjer\r\nog \x0bet tegn", Decimal("61.4325"), "2021"),
    ("", None, ""),
    ("x" * 40_000, 10**12, "#REF!"),
]


@pytest.fixture
def ours() -> bytes:
    book = Book()
    sheet = book.sheet("Flad")
    for column in "ABC":
        book.put(sheet, f"{column}1", column, Look(bold=True))
    rows = book.flat_rows(sheet, 3)
    for row in ROWS:
        rows.add(row, [book.style_number(look) for look in LOOKS])
    return book.bytes()


@pytest.fixture
def theirs() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["A", "B", "C"])
    for number, row in enumerate(ROWS, start=2):
        for column, value in enumerate(row, start=1):
            LOOKS[column - 1].dress(cell := sheet.cell(number, column))
            fill_cell(cell, value)
            cell.number_format = LOOKS[column - 1].format
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def cells(file: bytes) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(file)).worksheets[0]
    return [
        (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.alignment.horizontal)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
    ]


def test_every_cell_is_read_as_that_of_openpyxl(ours, theirs):
    assert cells(ours) == cells(theirs)
    assert len(cells(ours)) == 3 * len(ROWS)


def test_the_size_of_the_sheet_is_said_for_a_reader_that_streams(ours):
    assert load_workbook(io.BytesIO(ours), read_only=True).worksheets[0].calculate_dimension() == "A1:C7"


def test_the_rows_follow_the_head_and_nothing_follows_them(ours):
    part = zipfile.ZipFile(io.BytesIO(ours)).read("xl/worksheets/sheet1.xml").decode()
    assert [int(row.split('"')[1]) for row in part.split("<row ")[1:]] == list(range(1, 2 + len(ROWS)))
    assert part.count("</sheetData>") == 1
