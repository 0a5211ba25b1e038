"""The postings as a CSV for the finance system: whole kroner, + is expenses, the columns one asks for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from innovation_pool.exports import Column
from pool.sheets.drawing.content import BudgetSheet, Posting


@dataclass(frozen=True)
class CsvColumn:
    """A column: its heading, and what it takes from a posting and the words of the sheets."""

    heading: str
    take: Callable[[Posting, dict], object]


COLUMNS = {
    "case": CsvColumn(pgettext_lazy("sheet", "Case"), lambda row, words: row.case),
    "profit_centre": CsvColumn(pgettext_lazy("sheet", "Profit centre"), lambda row, words: row.profit_centre),
    "f3_level": CsvColumn(pgettext_lazy("sheet", "F3 level"), lambda row, words: row.f3_level),
    "function": CsvColumn(pgettext_lazy("sheet", "Function"), lambda row, words: row.function),
    "grouping": CsvColumn(pgettext_lazy("sheet", "Grouping"), lambda row, words: row.grouping),
    "nature": CsvColumn(pgettext_lazy("sheet", "Nature"), lambda row, words: words[f"nature_{row.nature}"]),
    "type": CsvColumn(pgettext_lazy("sheet", "Type"), lambda row, words: words[f"type_{row.type}"]),
    "year": CsvColumn(pgettext_lazy("sheet", "Year"), lambda row, words: row.year),
    "price_level": CsvColumn(
        pgettext_lazy("sheet", "Price level"),
        lambda row, words: (
            words["price_level_of"] % {"year": row.price_level} if row.price_level else words["nominal"]
        ),
    ),
    "amount": CsvColumn(pgettext_lazy("sheet", "Amount, kr."), lambda row, words: row.amount),
    "text": CsvColumn(pgettext_lazy("sheet", "Text"), lambda row, words: row.text),
}


def chosen_columns(names: Iterable[str]) -> list[str]:
    """The columns named, in the order they are named; all of them when none is known."""
    known = [name for name in dict.fromkeys(names) if name in COLUMNS]
    return known or list(COLUMNS)


def csv_head(names: Sequence[str]) -> list[Column]:
    return [Column(str(COLUMNS[name].heading)) for name in names]


def csv_rows(content: BudgetSheet, names: Sequence[str]) -> Iterator[list]:
    """The postings of the sheet, one a row."""
    takers = [COLUMNS[name].take for name in names]
    for row in content.postings:
        yield [take(row, content.words) for take in takers]
