"""A list as shown, as Excel or CSV, safe to open.

What people typed is text and stays text: a title that begins with "=" is no formula. Numbers are
numbers. CSV is what Danish Excel opens by a double click: semicolon, decimal comma, UTF-8 with BOM.
"""

import csv
import datetime
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The paper size as a workbook names it.
A4 = 9
LONGEST_CELL = 32_767
CUT_MARK = " […]"
# What a spreadsheet may take for a formula when a CSV cell begins with it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

KRONER_FORMAT = '#,##0;"−"#,##0'
DATE_FORMAT = r"dd\-mm\-yyyy"
MOMENT_FORMAT = r"dd\-mm\-yyyy hh:mm"


@dataclass(frozen=True)
class Column:
    """A column of an export: its heading, its width in characters and, for figures, their format."""

    heading: str
    width: int = 14
    number_format: str = ""


def safe_text(text: str) -> str:
    """The text without what a workbook cannot hold, cut with a mark where a cell is too small for it."""
    kept = ILLEGAL_CHARACTERS_RE.sub("", str(text))
    if len(kept) > LONGEST_CELL:
        kept = kept[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK
    return kept


def safe_csv(value, number_format: str = "") -> str:
    """The value as a CSV cell: numbers with a decimal comma, dates as Danes write them, text never a formula.

    `number_format` is that of the column: a figure has as many decimals there as a workbook would show.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(_as_shown(value, number_format), "f").replace(".", ",")
    if isinstance(value, datetime.datetime):
        day_alone = number_format == DATE_FORMAT
        return localtime(value).strftime("%d-%m-%Y" if day_alone else "%d-%m-%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d-%m-%Y")
    text = str(value).replace("\x00", "")
    # Full-width forms fold to the plain signs when a spreadsheet reads them.
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0"))[:1] or text[:1]
    return f"'{text}" if first in FORMULA_STARTS or text[:1] in FORMULA_STARTS else text


def csv_export(name: str, columns: Sequence[Column], rows: Iterable[Sequence]) -> StreamingHttpResponse:
    """The rows as an attachment; streamed, so that a long list costs no memory."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        yield "\ufeff"
        writer.writerow([safe_csv(str(column.heading)) for column in columns])
        formats = [column.number_format for column in columns]
        for row in rows:
            writer.writerow([safe_csv(value, shown) for value, shown in zip(row, formats, strict=True)])
            if buffer.tell() > 16_384:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(name, "csv")
    return response


def excel_export(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence], notes: Sequence[str] = ()
) -> HttpResponse:
    """The rows as a workbook: one sheet, the head frozen and filtered, notes on a sheet of their own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(safe_text(title)[:31].translate(str.maketrans("", "", r"[]:*?/\\")) or "1")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_cell(sheet, str(column.heading), head=True) for column in columns])
    count = 1
    for row in rows:
        pairs = zip(row, columns, strict=True)
        sheet.append([_cell(sheet, value, column.number_format) for value, column in pairs])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    if notes:
        about = book.create_sheet("Om")
        about.column_dimensions["A"].width = 100
        for note in notes:
            about.append([_cell(about, note)])
    stored = io.BytesIO()
    book.save(stored)
    response = HttpResponse(stored.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = attachment(name, "xlsx")
    return response


def _as_shown(value: Decimal, number_format: str) -> Decimal:
    """The figure rounded, half up, to the decimals of the format; as it is where there is no format."""
    if not number_format:
        return value
    decimals = number_format.partition(";")[0].partition(".")[2].count("0")
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def attachment(name: str, ending: str) -> str:
    """A Content-Disposition whose file name is plain ASCII, so that no header can be forged by a title."""
    return f'attachment; filename="{slugify(name.translate(_IN_ASCII)) or "liste"}.{ending}"'


def _cell(sheet, value, number_format: str = "", *, head: bool = False):
    if isinstance(value, datetime.datetime):
        value, number_format = localtime(value).replace(tzinfo=None), number_format or MOMENT_FORMAT
    elif isinstance(value, datetime.date):
        number_format = number_format or DATE_FORMAT
    elif value is not None and not isinstance(value, int | Decimal):
        value = safe_text(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # openpyxl takes text that begins with "=" for a formula unless it is told.
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
    if number_format:
        cell.number_format = number_format
    if head:
        cell.font = Font(bold=True)
    return cell
