"""Every request has a number. It stands in each log line of the request, in the response's header and
on the page that says something went wrong, so that a person can read it out and it can be found.
"""

import logging
import secrets
from contextvars import ContextVar

HEADER = "X-Reference"
# No letters or digits that look or sound alike.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"

_current: ContextVar[str] = ContextVar("reference", default="-")


def current_reference() -> str:
    """The number of the request being answered, or "-" outside one."""
    return _current.get()


def reference_middleware(get_response):
    """Gives the request its number, as `request.reference`. Stands first, so all that follows has it."""

    def middleware(request):
        letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
        request.reference = f"{letters[:4]}-{letters[4:]}"
        # Not taken back afterwards: the server writes its own line about the request when it is over.
        _current.set(request.reference)
        response = get_response(request)
        response.headers[HEADER] = request.reference
        return response

    return middleware


class ReferenceFilter(logging.Filter):
    """Adds `reference` to log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = current_reference()
        return True
