"""What a text must be before a workbook can hold it."""

from functools import lru_cache

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_CELL = 32_767
CUT_MARK = " […]"


def clean(text: str) -> str:
    """The text without control characters, its lines ended alike."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(text)).replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """The text without what a workbook cannot hold; what is too long for a cell is cut with a mark."""
    kept = clean(text)
    return kept if len(kept) <= LONGEST_CELL else kept[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK
