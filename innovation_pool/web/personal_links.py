"""A personal link opens a page without sign-in: who reads it in a log could use it. So its secret is
left out of every line written about a request, refused and failed ones included.
"""

import logging
import re

_SECRET = re.compile(r"(/hearing/|/password/reset/key/)[^/\s?]{20,}")


class PersonalLinkFilter(logging.Filter):
    """Puts "…" for the secret of a personal link in log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        without = _SECRET.sub(r"\1…", message)
        if without != message:
            record.msg, record.args = without, None
        return True
