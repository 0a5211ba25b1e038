"""Whether a printed sheet's ledger still is the ledger, and what has come since. Reads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from pool.behind import basis_of
from pool.checks import compare_head
from pool.models import Movement, Pool
from pool.operation_page import decision_address

FORMAT = "innovation-pool ledger 1"
SHOWN_SINCE = 20
PER_PAGE = 50


@dataclass(frozen=True)
class Verified:
    """A movement looked up by its number, with or without the code that was printed for it.

    `wrong` is a sentence when the ledger is not the one printed, "" when it is; None when no code was
    given, so that nothing was compared.
    """

    pool: Pool
    number: int
    movement: Movement | None
    wrong: str | None
    since: tuple[Movement, ...] = ()
    count_since: int = 0

    @property
    def holds(self) -> bool:
        return self.wrong == ""

    @property
    def basis(self) -> str:
        return basis_of(self.movement.operation)

    @property
    def movement_url(self) -> str:
        """The list of movements, open where this one stands."""
        return movement_address(self.pool, self.number)

    @property
    def operation_url(self) -> str:
        """The whole act: everything it moved, and what it rests on."""
        return reverse("pool:operation", args=[self.pool.pk, self.number])

    @property
    def basis_url(self) -> str:
        """The decision on its meeting's page; what rests on no meeting is told by the page of the act."""
        return decision_address(self.movement.operation.decision) or self.operation_url


def movement_address(pool: Pool, number: int) -> str:
    """Where a movement stands in the list of them, the newest first."""
    page = max(0, pool.last_number - number) // PER_PAGE + 1
    return f"{reverse('pool:movement-list', args=[pool.pk])}?page={page}#m-{number}"


def verified(pool: Pool, number: int, code: str) -> Verified:
    """Compares a printed code with the ledger and the whole chain behind it; without one, looks it up."""
    wrong = None
    if code:
        wrong = compare_head(f"{pool.number}:{number}:{code}") or ""
    movement = (
        Movement.objects.filter(pool=pool, number=number)
        .select_related("case", "debit", "credit", "operation__decision__meeting")
        .first()
    )
    later = Movement.objects.filter(pool=pool, number__gt=number)
    since = tuple(later.select_related("case", "debit", "credit").order_by("number")[:SHOWN_SINCE])
    return Verified(pool, number, movement, wrong, since, later.count())


def ledger_lines(pool: Pool) -> Iterator[str]:
    """The pool's ledger as JSON lines: its head, then every movement as it was hashed, with its texts."""
    head = {"format": FORMAT, "pool": pool.number, "last_number": pool.last_number, "head": pool.head}
    yield _line(head)
    # Up to the head that was read: what is added meanwhile is another file's.
    movements = Movement.objects.filter(pool=pool, number__lte=pool.last_number)
    for row in movements.select_related("operation").order_by("number").iterator(chunk_size=1000):
        yield _line(
            {
                "number": row.number,
                "hash": row.hash,
                "payload": row.payload,
                "text": row.text,
                "reason": row.operation.text,
            }
        )


def _line(values: dict) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
