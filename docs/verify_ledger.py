#!/usr/bin/env python3
"""Checks a pool's ledger from its export alone: `python verify_ledger.py ledger.jsonl [POOL:NUMBER:CODE …]`.

Needs nothing but Python 3.11 or newer. The file is what "Hent hovedbogen" gives: a first line that
names the pool, its latest movement and its check code, then one line for each movement. Each
movement's hash is sha256(hash of the one before + payload), so a row that was changed, taken out or
put in shows. With a code from a printed sheet it also says whether the sheet's ledger still is this one.

Ends with 0 when everything holds, 1 when something does not, 2 when the file cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Iterator

SHORTEST_CODE = 8


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def findings(lines: Iterator[str], codes: list[str]) -> Iterator[str]:
    """Everything that is wrong, one sentence each; raises ValueError for a file of another kind."""
    head = json.loads(next(lines, "null"))
    if not isinstance(head, dict) or head.get("format") != "innovation-pool ledger 1":
        raise ValueError("the first line is not that of an exported ledger")
    hashes: dict[int, str] = {}
    number, previous = 0, ""
    for line in lines:
        row = json.loads(line)
        number += 1
        if row["number"] != number:
            yield f"movement {number} is missing: {row['number']} stands in its place"
            number = row["number"]
        payload = json.loads(row["payload"])
        if payload["number"] != row["number"]:
            yield f"movement {number}: the payload is that of movement {payload['number']}"
        if row["hash"] != sha256(previous + row["payload"]):
            yield f"movement {number} does not follow from the one before it, or its payload was changed"
        for shown, hashed in (("text", "text"), ("reason", "reason")):
            if sha256(row[shown]) != payload[hashed]:
                yield f"movement {number}: its {shown} is not the one that was hashed"
        hashes[number] = previous = row["hash"]
    if (head["last_number"], head["head"]) != (number, previous):
        yield f"the file says that its latest movement is {head['last_number']}; it is {number}"
    for code in codes:
        yield from _compared(code, head["pool"], hashes)


def _compared(printed: str, pool: str, hashes: dict[int, str]) -> Iterator[str]:
    parts = printed.strip().rsplit(":", 2)
    if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) < SHORTEST_CODE:
        raise ValueError(f"{printed!r} is not POOL:NUMBER:CODE")
    if parts[0] != pool:
        yield f"{printed}: this is the ledger of {pool}"
    elif not hashes.get(int(parts[1]), "").startswith(parts[2].lower().rstrip("…")):
        yield f"{printed}: movement {parts[1]} of this ledger has another check code, or is not there"


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            lines = (line for line in file if line.strip())
            found = list(findings(lines, arguments[1:]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{arguments[0]}: cannot be checked: {error}\n")
        return 2
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    last = f"{len(found)} findings. The chain does not hold." if found else "The chain holds."
    sys.stdout.write(f"{last}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
