"""Spending as the finance system has it: read from a file, shown, and imported whole or not at all."""

from pool.spending.importing import import_spending, keep_file
from pool.spending.preview import Preview, Row, preview_of

__all__ = ["Preview", "Row", "import_spending", "keep_file", "preview_of"]
