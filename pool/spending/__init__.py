"""Spending as the finance system has it: read from a file, shown, and imported whole or not at all."""

from pool.spending.importing import discard_file, import_spending, keep_file
from pool.spending.preview import Preview, Row, preview_of

__all__ = ["Preview", "Row", "discard_file", "import_spending", "keep_file", "preview_of"]
