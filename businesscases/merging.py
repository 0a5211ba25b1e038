"""Two people in one section: whose text stands, field by field. Pure; knows no model and no request.

A section is a flat dictionary of plain values. The form that was typed in carries, for each field, a
digest of the value it was shown with: that tells an untouched field from a changed one without keeping
the old page anywhere.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Plain = Any  # str, int, bool, None, or a list of them: what JSON can say.

DIGEST_LENGTH = 8
# The digests of so many amounts, ticks and short texts are remembered: some megabytes at most.
SHORT, KNOWN = 100, 10_000
# Made once: a save of forty lines asks for a thousand digests.
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=True).encode


@dataclass(frozen=True)
class Conflict:
    """A field that both have changed since the form was shown."""

    name: str
    mine: Plain
    theirs: Plain


@dataclass
class Merge:
    """What is to be written, and what somebody must choose about first."""

    writes: dict[str, Plain] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    # Whether the form still shows, in fields it left alone, what somebody else has changed since.
    behind: bool = False


def digest(value: Plain) -> str:
    """Eight characters that stand for a value; 48 bits, so that a chance meeting is out of the question."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, str) and len(value) < SHORT):
        return _known(value)
    return _made(value)


def _made(value: Plain) -> str:
    content = _encode(value)
    return urlsafe_b64encode(hashlib.sha256(content.encode("ascii")).digest()[:6]).decode("ascii")


# By type too: 1 and True are equal, and stand for different values.
_known = lru_cache(maxsize=KNOWN, typed=True)(_made)


def merge(
    current: Mapping[str, Plain], typed: Mapping[str, Plain], base: Mapping[str, str], *, in_sync: bool
) -> Merge:
    """Whose value stands in each typed field.

    `base` holds the digests of what the form was shown with, `in_sync` says that nobody has saved the
    section since. A field not in `typed` is left alone; so is one that still has its digest.
    """
    merged = Merge()
    for name, mine in typed.items():
        shown = base.get(name)
        if name not in current:
            merged.writes[name] = mine
            continue
        theirs = current[name]
        if mine == theirs:
            continue
        if shown == digest(mine):
            merged.behind = True
        elif in_sync or shown == digest(theirs):
            merged.writes[name] = mine
        else:
            merged.conflicts.append(Conflict(name, mine, theirs))
    return merged
