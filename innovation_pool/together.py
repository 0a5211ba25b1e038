"""Writing in one message, where everybody waits for a lock.

Each statement is a message to the database and one back, and each time the writer waits its turn for
the processor. What is only written, and asks for no answer, can travel with the next question.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local

from django.db import DatabaseError, connection, transaction

Statement = tuple[str, Sequence]
SAVEPOINT = "together"


class _Waiting(local):
    statements: list[Statement] | None = None


_waiting = _Waiting()


@contextmanager
def together() -> Iterator[None]:
    """What `write` is given in the block waits for the next question, at the latest for the block's end.

    So every question sees what was written before it. An error comes where the message is sent. When
    the block raises, what still waits is forgotten: the transaction around it is undone.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("together() was called outside a transaction, where its statements are no whole")
    if _waiting.statements is not None:
        yield
        return
    _waiting.statements = []
    try:
        with connection.execute_wrapper(_with_what_waits):
            yield
            send()
    finally:
        _waiting.statements = None


@contextmanager
def whole() -> Iterator[None]:
    """What is written in the block is sent when it ends, all of it or nothing, whatever becomes of the rest.

    A savepoint, in the same message with what it guards.
    """
    with together():
        earlier = len(_waiting.statements)
        began = (f"SAVEPOINT {SAVEPOINT}", ())
        _waiting.statements.append(began)
        try:
            yield
            write(f"RELEASE SAVEPOINT {SAVEPOINT}", ())
            send()
        except Exception:
            if any(waiting is began for waiting in _waiting.statements):
                del _waiting.statements[earlier:]
            else:
                _waiting.statements = []
                _undo()
            raise


def _undo() -> None:
    try:
        connection.savepoint_rollback(SAVEPOINT)
    except DatabaseError:
        # The savepoint was not reached: what travelled before it failed, and the transaction with it.
        transaction.set_rollback(True)
    else:
        transaction.set_rollback(False)


def is_open() -> bool:
    """Whether a block is open, so that what is written now may wait."""
    return _waiting.statements is not None


def write(sql: str, parameters: Sequence) -> None:
    """Runs a statement whose rows nobody reads: now, or with the next question of the block."""
    if _waiting.statements is None:
        _run(sql, parameters)
    else:
        _waiting.statements.append((sql, parameters))


def send() -> None:
    """Sends what waits."""
    if _waiting.statements:
        *earlier, last = _waiting.statements
        _waiting.statements = earlier
        _run(*last)


def _run(sql: str, parameters: Sequence) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _with_what_waits(execute, sql, parameters, many, context):
    waiting, _waiting.statements = _waiting.statements, []
    if connection.vendor == "postgresql" and not many and parameters is not None:
        # The driver gives the rows of the last statement of a message.
        message = "; ".join([*(earlier for earlier, _values in waiting), sql])
        values = [value for _earlier, given in waiting for value in given]
        return execute(message, [*values, *parameters], many, context)
    for earlier, given in waiting:
        execute(earlier, given, False, context)
    return execute(sql, parameters, many, context)
