"""Rows added and changed by statements whose SQL is made once, for where everybody waits for a lock.

What needs no answer is written together with others where that is being done (`innovation_pool.together`).
"""

from collections.abc import Callable, Sequence

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

from innovation_pool.together import write

# SQLite takes a thousand values in a statement, and no table that is written once has forty columns.
MOST_ROWS = 16
# What stands for the key and the number while the SQL of a change is made; never real ones.
KEY, NUMBER = 31_001, 31_002

_inserts: dict[tuple, tuple[list[models.Field], str]] = {}


def insert(rows: Sequence[models.Model], *, keys: bool = True, ignore_conflicts: bool = False) -> None:
    """Adds rows of one model in one statement, and gives them their keys.

    Without `keys` they get none, and are written together with others where that is being done. With
    `ignore_conflicts` a row that is there already is passed over.
    """
    database, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="save")
    given = rows[0].pk is not None
    keys = keys and not (given or ignore_conflicts)
    fields, sql = _insert_statement(database, model, given, keys, ignore_conflicts)
    if len(rows) > 1:
        one_row = f"({', '.join(['%s'] * len(fields))})"
        sql = sql.replace(one_row, ", ".join([one_row] * len(rows)))
    parameters = [
        field.get_db_prep_save(field.pre_save(row, add=True), database) for row in rows for field in fields
    ]
    if keys:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            for row, (made,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = made
    else:
        write(sql, parameters)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _insert_statement(
    database, model: type[models.Model], given: bool, keys: bool, ignore_conflicts: bool
) -> tuple[list[models.Field], str]:
    """The fields, and the statement that adds one row of them."""
    shape = (database.vendor, model, given, keys, ignore_conflicts)
    if shape not in _inserts:
        fields = [field for field in model._meta.local_concrete_fields if given or not field.primary_key]
        query = InsertQuery(model, on_conflict=OnConflict.IGNORE if ignore_conflicts else None)
        query.insert_values(fields, [model()], raw=True)
        compiler = query.get_compiler(connection=database)
        compiler.returning_fields = [model._meta.pk] if keys else None
        # The values are those of an empty row; what is wanted is the text around them.
        [(sql, _values)] = compiler.as_sql()
        _inserts[shape] = fields, sql
    return _inserts[shape]


def update(row: models.Model, *names: str) -> None:
    """Writes these fields of a row that is locked."""
    database = connections[DEFAULT_DB_ALIAS]
    quote, fields = database.ops.quote_name, [row._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(row._meta.db_table), row._meta.pk
    values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in [*fields, key]]
    write(f"UPDATE {table} SET {columns} WHERE {quote(key.column)} = %s", values)


class Change:
    """A change of the row with a key by a number; `build` says by `changing` which."""

    def __init__(self, build: Callable[[int, int], UpdateQuery]):
        self._build = build
        self._made: dict[str, tuple[str, tuple]] = {}

    def write(self, key: int, number: int) -> None:
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._made:
            query = self._build(KEY, NUMBER)
            self._made[database.vendor] = query.get_compiler(connection=database).as_sql()
        sql, places = self._made[database.vendor]
        write(sql, [{KEY: key, NUMBER: number}[place] for place in places])


def changing(rows: models.QuerySet, **values) -> UpdateQuery:
    """What `update` would run on the rows, for `Change`."""
    query = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    return query
