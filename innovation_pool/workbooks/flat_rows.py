"""The rows of a flat sheet as the file holds them.

openpyxl makes an object of every cell and writes it piece by piece; the ten thousands of cells of a
flat sheet, which hold nothing but a value in the look of their column, are written here as it would
have written them.
"""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from innovation_pool.workbooks.texts import plain_text

FlatValue = int | Decimal | str | datetime.date | None


class FlatRows:
    """Rows in the making. A style is the number of a look in its workbook, one for each column."""

    def __init__(self, columns: int, first_row: int):
        self._letters = [get_column_letter(number) for number in range(1, columns + 1)]
        self._next = first_row
        self._written: list[str] = []

    def __len__(self) -> int:
        return len(self._written)

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    @property
    def last_cell(self) -> str:
        return f"{self._letters[-1]}{self._next - 1}"

    def add(self, values: Sequence[FlatValue], styles: Sequence[int]) -> None:
        """The next row: a value for each column; None and "" are blank cells."""
        row = self._next
        cells = "".join([
            f'<c r="{letter}{row}" s="{style}" t={_rest(value)}'
            for letter, value, style in zip(self._letters, values, styles, strict=True)
        ])  # fmt: skip
        self._written.append(f'<row r="{row}">{cells}</row>')
        self._next += 1


def _rest(value: FlatValue) -> str:
    """What follows the address and the style: the kind of the value, and the value."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return '"n"/>'
    if isinstance(value, datetime.date):
        value = to_excel(value)
    return f'"n"><v>{value}</v></c>'


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    text = plain_text(value)
    if not text:
        return '"n"/>'
    keeps = ' xml:space="preserve"' if text != text.strip() else ""
    return f'"inlineStr"><is><t{keeps}>{escape(text)}</t></is></c>'
