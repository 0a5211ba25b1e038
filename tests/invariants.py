"""The ledger's invariants after every test: each one whose tables were written to since it last held.

An invariant says the same as before when nothing it read has changed. So what it reads is noted as it
is asked, and what is written as it is written, by the tests and by the fixtures they share.
"""

import re
from collections import defaultdict

from django.db import connection

from pool import checks

FROM = re.compile(r'\bFROM\s+"(\w+)"')
JOIN = re.compile(r'\bJOIN\s+"(\w+)"')
WRITTEN = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)
CHANGES_NOTHING = re.compile(
    r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET|SHOW|PRAGMA|EXPLAIN)\b", re.IGNORECASE
)
ANYTHING = "anything"

_written: set[str] = {ANYTHING}
# By invariant, the statements it asked: the tables each reads from, and those it joins to them.
_reads: dict[str, set[tuple[frozenset, frozenset]]] = defaultdict(set)


def watch() -> None:
    """Notes from now on what this process writes by its own connection; once is enough."""
    if _note not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _note)


def broken(*, by_others: bool = False) -> list[str]:
    """What does not hold; `by_others` when other connections may have written too, so that all are asked."""
    changed = {ANYTHING} if by_others else set(_written)
    empty = _empty() if changed - {ANYTHING} else set()
    found = []
    for check in checks.INVARIANTS:
        if ANYTHING in changed or _reads_any(check.name, changed, empty):
            with connection.execute_wrapper(_noting(_reads[check.name])):
                found += [f"{check.name}: {finding}" for finding in check.find()]
    _written.clear()
    if found or by_others:
        # The rows that broke it, and those of the others, go away unseen.
        _written.add(ANYTHING)
    return found


def _reads_any(name: str, changed: set[str], empty: set[str]) -> bool:
    """Whether the invariant reads one of the tables. What is joined to an empty table it does not read."""
    return any(
        tables & changed or (joined & changed and not tables <= empty) for tables, joined in _reads[name]
    )


def _empty() -> set[str]:
    """The tables the invariants read from that have no row."""
    names = sorted({name for asked in _reads.values() for tables, _joined in asked for name in tables})
    if not names:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in names))
        return {name for name, filled in zip(names, cursor.fetchone(), strict=True) if not filled}


def _note(execute, sql, params, many, context):
    if table := WRITTEN.match(sql):
        _written.add(table[1])
    elif not CHANGES_NOTHING.match(sql):
        _written.add(ANYTHING)
    return execute(sql, params, many, context)


def _noting(reads: set):
    def note(execute, sql, params, many, context):
        reads.add((frozenset(FROM.findall(sql)), frozenset(JOIN.findall(sql))))
        return execute(sql, params, many, context)

    return note
