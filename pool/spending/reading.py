"""The postings of a file: which column is what, and what each row says. Knows no pool and no case."""

import datetime
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from innovation_pool.dates import parse_date
from innovation_pool.incoming import HEADS_WITHIN, is_blank, table_of
from innovation_pool.kroner import parse_oere
from innovation_pool.refusals import Refusal
from innovation_pool.typed import TypedError

# The heads finance systems use, lower-cased and without signs, by the column they stand for.
HEADS = {
    "date": ("dato", "bogføringsdato", "bogfdato", "posteringsdato", "bilagsdato", "posting date", "date"),
    "amount": ("beløb", "beløb i kr", "beløb kr", "beløb dkk", "kr", "amount"),
    "psp": ("psp", "psp element", "pspelement", "wbs", "wbs element"),
    "profit_centre": ("profitcenter", "profit center", "profit centre", "pc"),
    "voucher": ("bilag", "bilagsnr", "bilagsnummer", "bilag nr", "voucher"),
    "text": ("tekst", "posteringstekst", "text"),
}
LONGEST_ACCOUNT, LONGEST_VOUCHER, LONGEST_TEXT = 60, 60, 250


@dataclass(frozen=True)
class ReadPosting:
    """One row. `oere` is integer øre; `account` the PSP element, or the profit centre where it has none."""

    line: int
    posted_on: datetime.date | None
    oere: int | None
    account: str
    profit_centre: str
    voucher: str
    text: str
    digest: str
    problem: str = ""


def read_postings(content: bytes, name: str) -> list[ReadPosting]:
    """Every posting of the file. A row that cannot be read has its `problem`. Raises Refusal for a file
    without the columns that are needed."""
    rows = table_of(content, name)
    place, columns = _head(rows)
    heads = {name: _text(rows[place], columns, name) for name in columns}
    seen: Counter = Counter()
    return [
        _posting(number, row, columns, heads, seen)
        for number, row in enumerate(rows[place + 1 :], start=place + 2)
        if not is_blank(row) and not _is_total(row, columns)
    ]


def _head(rows: list[tuple]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows[:HEADS_WITHIN]):
        words = [_head_word(cell) for cell in row]
        columns = {}
        for column, heads in HEADS.items():
            found = [number for number, word in enumerate(words) if word in heads]
            if found:
                columns[column] = found[0]
        if {"date", "amount"} <= columns.keys() and {"psp", "profit_centre"} & columns.keys():
            return place, columns
    raise Refusal(
        _(
            "The file needs a row of heads with Dato, Beløb and either PSP-element or Profitcenter. "
            "Bilag and Tekst are read when they are there."
        )
    )


def _head_word(cell) -> str:
    return " ".join(re.sub(r"[^a-zæøå ]", " ", str(cell or "").casefold()).split())


def _is_total(row, columns) -> bool:
    """A sum under the postings: an amount, and neither a date nor an account."""
    return not any(_text(row, columns, name) for name in ("date", "psp", "profit_centre"))


def _posting(
    number: int, row: tuple, columns: dict[str, int], heads: dict[str, str], seen: Counter
) -> ReadPosting:
    problems: list[str] = []
    posted_on = _read(_date, row, columns, heads, "date", problems)
    oere = _read(_oere, row, columns, heads, "amount", problems)
    psp, centre = _text(row, columns, "psp"), _text(row, columns, "profit_centre")
    if not (psp or centre):
        problems.append(_("Both PSP element and profit centre are missing."))
    voucher, text = _text(row, columns, "voucher"), _text(row, columns, "text")
    account = (psp or centre)[:LONGEST_ACCOUNT]
    content = "\x1f".join(str(part) for part in (posted_on, voucher, account, oere, text))
    # Two equal rows of one file are two postings; the same file again has the same two.
    seen[content] += 1
    digest = hashlib.sha256(f"{content}\x1f{seen[content]}".encode()).hexdigest()
    return ReadPosting(
        line=number,
        posted_on=posted_on,
        oere=oere,
        account=account,
        profit_centre=centre[:LONGEST_ACCOUNT],
        voucher=voucher[:LONGEST_VOUCHER],
        text=text[:LONGEST_TEXT],
        digest=digest,
        problem=" ".join(problems),
    )


def _read(parse, row: tuple, columns: dict[str, int], heads: dict[str, str], name: str, problems: list[str]):
    """The value of a cell, or None with what is wrong among the problems, under the head of its column."""
    try:
        value = parse(_cell(row, columns, name))
    except TypedError as error:
        problems.append(_in_column(heads[name], error.sentence))
        return None
    if value is None:
        problems.append(_in_column(heads[name], _("Nothing is written.")))
    return value


def _in_column(head: str, sentence) -> str:
    return _("Column %(head)s: %(problem)s") % {"head": head, "problem": sentence}


def _cell(row: tuple, columns: dict[str, int], name: str):
    place = columns.get(name)
    return row[place] if place is not None and place < len(row) else None


def _text(row: tuple, columns: dict[str, int], name: str) -> str:
    cell = _cell(row, columns, name)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "".join(sign for sign in str(cell if cell is not None else "").strip() if sign.isprintable())


def _date(cell) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    return parse_date(str(cell)) if cell not in (None, "") else None


def _oere(cell) -> int | None:
    if isinstance(cell, bool):
        raise TypedError(_("The amount is not a number."))
    if isinstance(cell, int):
        return cell * 100
    if isinstance(cell, float):
        # A workbook stores 61.25 as the nearest double; its shortest decimal form is what was typed.
        exact = Decimal(repr(cell)) * 100
        if exact != exact.to_integral_value() and abs(exact - round(exact)) > Decimal("0.0001"):
            raise TypedError(_("The amount has more than two decimals."))
        return round(exact)
    text = str(cell).strip() if cell is not None else ""
    # A minus after the number is how SAP writes one.
    if text.endswith(("-", "−")) and not text.endswith(",-"):
        text = f"-{text[:-1]}"
    return parse_oere(text)
