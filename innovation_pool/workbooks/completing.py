"""The last step of a workbook: what openpyxl did not write goes into the saved file.

That is the value each formula should give, and the rows of the flat sheets. Nothing may load and save
the file after this: the values would be gone.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl import Workbook

from innovation_pool.workbooks.flat_rows import FlatRows
from innovation_pool.workbooks.texts import plain_text

Value = int | Decimal | str | None

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>', re.DOTALL)
_LAST_CELL = re.compile(r'(?<=<dimension ref="A1:)[A-Z]+\d+')
_ROWS_END = "</sheetData>"


@dataclass
class Lacking:
    """What a sheet's part lacks: values by the cell of their formula, and rows below those it has."""

    values: dict[str, Value] = field(default_factory=dict)
    rows: FlatRows | None = None


def completed(workbook: Workbook, lacking: Mapping[str, Lacking], *, with_values: bool) -> bytes:
    """The file; `lacking` is by the title of the sheet. Without values every reader must calculate."""
    by_part = {
        f"xl/worksheets/sheet{number}.xml": lacking[sheet.title]
        for number, sheet in enumerate(workbook.worksheets, start=1)
    }
    saved, written = BytesIO(), BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename in by_part:
                content = _complete(content.decode(), by_part[part.filename], with_values).encode()
            target.writestr(part, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _complete(sheet: str, lacking: Lacking, with_values: bool) -> str:
    if with_values and lacking.values:
        sheet = _FORMULA.sub(lambda match: _with_value(match, lacking.values), sheet)
    if lacking.rows:
        before, end, after = sheet.partition(_ROWS_END)
        before = _LAST_CELL.sub(lacking.rows.last_cell, before)
        sheet = "".join([before, *lacking.rows, end, after])
    return sheet


def _with_value(match: re.Match[str], values: Mapping[str, Value]) -> str:
    at, attributes, formula = match.groups()
    value = values[at]
    if isinstance(value, str):
        text = escape(plain_text(value))
        return f'<c r="{at}"{attributes} t="str"><f>{formula}</f><v>{text}</v></c>'
    return f'<c r="{at}"{attributes}><f>{formula}</f><v>{value or 0}</v></c>'
