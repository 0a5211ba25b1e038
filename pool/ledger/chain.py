"""The chain of movements: each hash covers the one before, so that a changed row shows.

hash = sha256(previous hash + payload). The payload is canonical JSON of integers and strings, with
no names of people; texts stand in it as their sha256. It is stored as it was hashed.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from pool.models import Movement, Operation, Pool


@dataclass(frozen=True)
class Head:
    """The latest movement of a pool and its check code, as printed on sheets and records."""

    pool: str
    number: int
    hash: str

    def __str__(self):
        return f"{self.pool}:{self.number}:{self.hash}"


def head(pool: Pool) -> Head:
    """The head of a pool's chain as the row says; number 0 and no hash before the first movement."""
    return Head(pool.number, pool.last_number, pool.head)


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def payload(movement: Movement, operation: Operation) -> str:
    """The canonical text of a movement: what its hash is about."""
    content = {
        "pool": movement.pool_id,
        "number": movement.number,
        "operation": str(operation.pk),
        "act": operation.kind,
        "kind": movement.kind,
        "debit": place(movement.debit),
        "credit": place(movement.credit),
        "amount": movement.amount,
        "year": movement.year,
        "case": movement.case_id or 0,
        "at": movement.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "by": operation.by_id,
        "text": text_digest(movement.text),
        "reason": text_digest(operation.text),
        "body": operation.authority_body,
        "decided": operation.authority_date.isoformat() if operation.authority_date else "",
        "item": operation.authority_item,
        "case_number": operation.authority_case_number,
        "decision": operation.decision_id or 0,
        "corrects": str(operation.corrects_id or ""),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def place(account) -> str:
    """An account as it stands in a payload: "reserved:2021:17"."""
    return ":".join(str(part) for part in (account.kind, account.year, account.case_id) if part is not None)


def link(previous: str, text: str) -> str:
    """The hash of a movement, from the one before it and its payload."""
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()
