"""How a form carries the digests of the values it was shown with.

A row's digests stand one after another in the order of its columns: forty lines of six years are then
five kilobytes and not fifty.
"""

import json
from collections.abc import Mapping

from businesscases.merging import DIGEST_LENGTH
from businesscases.models import Subject
from businesscases.sections import ROWS

MOST_FIGURES = 10


def shown_with(data, section: Subject) -> tuple[int, dict[str, str]]:
    """The revision and the digests that a post brings back; -1 and none when they cannot be read."""
    revision = data.get(f"rev-{section.value}", "")
    try:
        base = json.loads(data.get(f"base-{section.value}", ""))
    except (ValueError, RecursionError):
        base = {}
    known = revision.isascii() and revision.isdigit() and len(revision) < MOST_FIGURES
    return int(revision) if known else -1, unpacked(section, base if isinstance(base, dict) else {})


def packed(section: Subject, base: Mapping[str, str]) -> str:
    """The digests as the form carries them; a row's stand one after another, in the order of its columns."""
    if section not in ROWS:
        return json.dumps(base)
    columns = (*ROWS[section].columns, "removed")
    keys = dict.fromkeys(name.partition(".")[0] for name in base if name != "order")
    packed = {
        key: "".join(base[f"{key}.{column}"].ljust(DIGEST_LENGTH) for column in columns) for key in keys
    }
    return json.dumps(packed | ({"order": base["order"]} if "order" in base else {}), separators=(",", ":"))


def unpacked(section: Subject, packed: Mapping) -> dict[str, str]:
    texts = {name: text for name, text in packed.items() if isinstance(text, str)}
    if section not in ROWS:
        return texts
    base = {"order": texts["order"]} if "order" in texts else {}
    columns = (*ROWS[section].columns, "removed")
    for key, text in texts.items():
        for place, column in enumerate(columns):
            base[f"{key}.{column}"] = text[place * DIGEST_LENGTH : (place + 1) * DIGEST_LENGTH].strip()
    return base
