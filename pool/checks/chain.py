"""The chain of movements: numbers without a gap, hashes that follow, rows that are what was hashed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pool.ledger import chain
from pool.models import Movement, Pool

SHORTEST_CODE = 8


def numbers_and_hashes_follow(pools=None) -> Iterator[str]:
    """Every movement is numbered one more than the last, hashed with it, and is what its payload says."""
    for pool in Pool.objects.order_by("pk") if pools is None else pools:
        number, previous = 0, ""
        movements = Movement.objects.filter(pool=pool).select_related("pool", "operation", "debit", "credit")
        for movement in movements.order_by("number").iterator(chunk_size=2000):
            number += 1
            if movement.number != number:
                yield _("%(pool)s: movement %(number)s is missing.") % {"pool": pool.number, "number": number}
                number = movement.number
            if movement.payload != chain.payload(movement, movement.operation):
                yield _("%(movement)s is no longer what it was when it was written.") % {"movement": movement}
            if movement.previous_hash != previous or movement.hash != chain.link(previous, movement.payload):
                yield _("%(movement)s does not follow from the movement before it.") % {"movement": movement}
            previous = movement.hash
        if (pool.last_number, pool.head) != (number, previous):
            yield _("%(pool)s says that its latest movement is %(head)s; it is %(number)s.") % {
                "pool": pool.number,
                "head": pool.last_number,
                "number": number,
            }


def compare_head(text: str) -> str | None:
    """Whether the ledger still is the one a printed head was taken from: None, or what is wrong.

    `text` is POOL:NUMBER:HASH as printed; the hash may be cut to eight characters or more.
    """
    pool_number, number, code = _parts(text)
    pool = Pool.objects.filter(number=pool_number).first()
    if pool is None:
        return _("There is no pool with the number %(pool)s.") % {"pool": pool_number}
    movement = Movement.objects.filter(pool=pool, number=number).first()
    if movement is None:
        return _("%(pool)s has no movement %(number)s; its latest is %(last)s.") % {
            "pool": pool_number,
            "number": number,
            "last": pool.last_number,
        }
    if not movement.hash.startswith(code):
        return _("Movement %(number)s of %(pool)s has the check code %(hash)s, and not %(code)s.") % {
            "number": number,
            "pool": pool_number,
            "hash": movement.hash,
            "code": code,
        }
    return next(numbers_and_hashes_follow([pool]), None)


class NotAHead(ValueError):
    """The text is not POOL:NUMBER:HASH."""


def _parts(text: str) -> tuple[str, int, str]:
    pool, number, code = [part.strip() for part in [*text.strip().rsplit(":", 2), "", ""][:3]]
    code = code.rstrip("…").lower()
    if not (
        pool
        and number.isascii()
        and number.isdigit()
        and len(code) >= SHORTEST_CODE
        and set(code) <= set("0123456789abcdef")
    ):
        raise NotAHead(text)
    return pool, int(number), code
