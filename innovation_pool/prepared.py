"""Statements whose text is worked out once for each connection, and then only asked with other values.

For a page of a dozen statements Django spends more time on building and writing out its querysets than the
database spends on answering. Nothing that is true only now is kept: the text is, never an answer.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from itertools import count

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

# So many texts are kept; where there are more, something by position should have been a value.
MOST = 500
# A text for each length of a sequence: that of a longer one is worked out each time, and not kept.
LONGEST = 60
# Stand-ins fit in the smallest column there is; the two rounds of them have no value in common.
ROUNDS = (30_000, 31_000)


class Unprepared(TypeError):
    """The text of a statement, or a value in it, follows from a value otherwise than by being it."""


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """Makes a function that builds a queryset into one that answers its rows as a list.

    What is given by position decides how the statement reads, and is hashable; what is given by name is a
    value in it: a number, a text, a date, or a sequence of those for `__in`, however long. `build` must
    follow from its arguments alone: it asks the database nothing, and no clock.
    """

    @wraps(build)
    def rows(*shape: Hashable, **values) -> list:
        sizes = tuple((name, _size(value)) for name, value in values.items())
        if any(size is not None and size > LONGEST for _name, size in sizes):
            return list(build(*shape, **values))
        # On the connection, which belongs to one thread and ends with it.
        known = vars(connections["default"]).setdefault("prepared_statements", {})
        statement = known.get((build, shape, sizes))
        if statement is None:
            if len(known) >= MOST:
                known.clear()
            statement = known[build, shape, sizes] = _worked_out(build, shape, values)
        return statement.rows(values)

    return rows


@dataclass
class _Statement:
    """A queryset with its text. `places` says which parameter is which value, and how it is written."""

    queryset: QuerySet
    compiler: object
    text: str
    parameters: list
    places: list[tuple[int, str, int | None, Callable]]

    def rows(self, values: dict) -> list:
        if not self.text:
            return []
        parameters = self.parameters.copy()
        for place, name, number, written in self.places:
            value = values[name] if number is None else values[name][number]
            parameters[place] = written(value)
        # Every row is read before the next one asks.
        self.compiler.as_sql = lambda: (self.text, parameters)
        return list(self.queryset._iterable_class(self.queryset))


def _worked_out(build, shape: tuple, values: dict) -> _Statement:
    """Builds it twice, with other stand-ins: what differs is a value, and the rest is the same for ever."""
    first, second = (_stand_ins(values, start) for start in ROUNDS)
    queryset, compiler, text, parameters = _compiled(build(*shape, **first))
    _queryset, _compiler, other_text, others = _compiled(build(*shape, **second))
    if text != other_text:
        raise Unprepared(f"{build.__qualname__}: the text follows from a value; give that by position.")
    singles = _singles(first, second)
    places = [
        (place, *_found(build, pair, singles))
        for place, pair in enumerate(zip(parameters, others, strict=True))
        if pair[0] != pair[1]
    ]
    return _Statement(queryset, compiler, text, parameters, places)


def _compiled(queryset: QuerySet):
    if queryset._prefetch_related_lookups:
        raise Unprepared("What is prefetched has statements of its own.")
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        text, parameters = "", ()
    queryset.query.get_compiler = lambda *args, **named: compiler
    return queryset, compiler, text, list(parameters)


def _found(build, pair: tuple, singles: list[tuple]) -> tuple[str, int | None, Callable]:
    """The value that a parameter is: itself, or written as text, as SQLite has its dates."""
    for name, number, first, second in singles:
        if pair == (first, second):
            # The names of a choice are texts too, which a database driver would not know.
            return name, number, _itself if isinstance(first, date) else type(first)
        if pair == (str(first), str(second)):
            return name, number, str
    raise Unprepared(f"{build.__qualname__}: {pair[0]!r} is made of a value; give it as it is.")


def _itself(value):
    return value


def _size(value) -> int | None:
    """How many values it is; None for a single one."""
    return None if isinstance(value, int | str | date) else len(value)


def _stand_ins(values: dict, start: int) -> dict:
    """For each value another of its type, different from every other of both rounds."""
    numbers = count(start)
    return {
        name: _stand_in(value, next(numbers))
        if _size(value) is None
        else tuple(_stand_in(one, next(numbers)) for one in value)
        for name, value in values.items()
    }


def _stand_in(value, number: int):
    if isinstance(value, bool):
        raise Unprepared("A yes or no is given by position.")
    if isinstance(value, int):
        return number
    if isinstance(value, str):
        return f"value {number}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(2000, 1, 1) + timedelta(days=number)
    raise Unprepared(f"{value!r} is not a value of a statement.")


def _singles(first: dict, second: dict) -> list[tuple]:
    """(name, number in its sequence or None, first stand-in, second one) of every single value."""
    found = []
    for name, value in first.items():
        if _size(value) is None:
            found.append((name, None, value, second[name]))
        else:
            pairs = zip(value, second[name], strict=True)
            found += [(name, number, *pair) for number, pair in enumerate(pairs)]
    return found
