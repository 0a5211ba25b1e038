"""Tables that come in from outside, as Excel or CSV, read without trusting them.

A five-kilobyte workbook can claim a cell in its last corner and cost a minute and gigabytes to walk
through; so size, members, unpacked size and claimed dimensions are asked for before anything is read.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from innovation_pool.refusals import Refusal

LARGEST = 10 * 1024 * 1024
MOST_MEMBERS = 200
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 100
SEPARATORS = ";\t,"
HEADS_WITHIN = 20
# As Danish finance systems write them; utf-8-sig takes plain UTF-8 too, and cp1252 takes nearly anything.
ENCODINGS = ("utf-8-sig", "cp1252")
# What openpyxl and zip raise on files that are broken, on purpose or not.
BROKEN = (
    BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError,
    EOFError, NotImplementedError, RuntimeError, zipfile.LargeZipFile, SyntaxError,
)  # fmt: skip


def open_workbook(content: bytes, *, values: bool = True) -> Workbook:
    """The workbook, read-only and with its dimensions checked.

    With `values` formulas are given as the values last computed. Raises Refusal for anything that is
    too large or cannot be read.
    """
    if not DEFUSEDXML:
        # Without it openpyxl accepts entity bombs. A wrong installation, not a wrong file.
        raise RuntimeError("defusedxml is not installed")
    _ask_how_large(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
        for sheet in book.worksheets:
            if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
                raise Refusal(
                    _(
                        "The sheet %(sheet)s claims more than %(rows)s rows or %(columns)s columns. "
                        "Delete the unused ones."
                    )
                    % {"sheet": sheet.title[:40], "rows": "20.000", "columns": MOST_COLUMNS}
                )
    except BROKEN as error:
        raise _unreadable() from error
    return book


def rows_of_sheet(sheet) -> Iterator[tuple]:
    """The rows of a checked sheet as values, at most as many as are allowed, whatever the sheet claims."""
    try:
        yield from sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    except BROKEN as error:
        raise _unreadable() from error


def table_of(content: bytes, name: str) -> list[tuple]:
    """The rows of the first sheet of a workbook, or of a CSV with semicolons, commas or tabs.

    Cells of a CSV are text. Blank rows stay, so that the third row is the one a reader finds as row 3.
    Raises Refusal.
    """
    if len(content) > LARGEST:
        raise _too_large()
    if content[:4] == b"PK\x03\x04":
        book = open_workbook(content)
        rows = list(rows_of_sheet(book.worksheets[0])) if book.worksheets else []
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls")) or b"\x00" in content:
        raise _unreadable()
    else:
        rows = _csv_rows(_decoded(content))
    return rows


def is_blank(row: tuple) -> bool:
    """Whether nothing stands in the row."""
    return all(cell in (None, "") for cell in row)


def _csv_rows(text: str) -> list[tuple]:
    # A title over the heads has no separators, or a comma in a sentence.
    opening = text.splitlines()[:HEADS_WITHIN]
    first = next((line for line in opening if any(line.count(sign) > 1 for sign in SEPARATORS)), "")
    separator = max(SEPARATORS, key=first.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Refusal(
                    _("The file has more than %(rows)s rows or %(columns)s columns.")
                    % {"rows": "20.000", "columns": MOST_COLUMNS}
                )
            rows.append(tuple(cell.strip() for cell in row))
    except csv.Error as error:
        raise _unreadable() from error
    return rows


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable()


def _ask_how_large(content: bytes) -> None:
    if len(content) > LARGEST:
        raise _too_large()
    try:
        with ZipFile(io.BytesIO(content)) as members:
            infos = members.infolist()
    except BROKEN as error:
        raise _unreadable() from error
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Refusal(
            _("The workbook holds far more than it should when it is unpacked, so it was not opened.")
        )


def _too_large() -> Refusal:
    return Refusal(_("The file is larger than 10 MB. Delete what does not belong to it, and try again."))


def _unreadable() -> Refusal:
    return Refusal(_("The file cannot be read. Save it as an Excel workbook (.xlsx) or CSV, and try again."))
