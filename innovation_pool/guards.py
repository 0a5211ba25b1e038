"""The database's own guard over rows that are written once: triggers that refuse to change or delete.

Django's AlterField on SQLite rebuilds the table and drops its triggers without a word. So they are
removed before every migration and installed after it, from one file per vendor in `sql/`; a system
check compares what is installed with the file, and the ledger asks once per process.
"""

from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.utils.translation import gettext_lazy as _

from innovation_pool.refusals import Refusal

SQL = Path(__file__).resolve().parent / "sql"
FUNCTION = "refuse_change"

# pg_trigger.tgtype is a sum: row 1, before 2, delete 8, update 16, truncate 32.
POSTGRES_TRIGGERS = {"guard_rows": 1 + 2 + 8 + 16, "guard_table": 2 + 32}

# Databases whose guards this process has found in place.
_found: set[tuple] = set()


class GuardsMissing(Refusal):
    """The database does not guard its own rows, so no money moves."""


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Puts every guard in place, anew; tables that do not exist yet are passed over."""
    connection = connections[using]
    remove(using)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _settle(connection, cursor)
        for model in _present_models(connection):
            for statement in statements(connection, model):
                # No parameters: the texts hold percent signs of their own.
                cursor.execute(statement)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Takes every guard away, so that a migration may rebuild the tables."""
    connection = connections[using]
    _found.discard(_key(connection))
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _settle(connection, cursor)
        for table, name in _installed_names(connection, cursor):
            if connection.vendor == "postgresql":
                schema = connection.ops.quote_name(_schema(cursor))
                cursor.execute(f'DROP TRIGGER "{name}" ON {schema}."{table}"')
            else:
                cursor.execute(f'DROP TRIGGER "{name}"')


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS):
    """For tests alone: guards off while tables are emptied, or while a rule is broken on purpose."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of tables whose guards are not exactly those of the file; none when all is well."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _missing_on_postgresql(connection, cursor)
        return _missing_on_sqlite(connection, cursor)


def require_installed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raises GuardsMissing unless the guards are in place; looks once per process and database."""
    key = _key(connections[using])
    if key in _found:
        return
    if missing(using):
        raise GuardsMissing(
            _(
                "The database does not guard its rows against changes, so no money is moved. "
                "Ask the administrator to run: manage.py migrate"
            )
        )
    _found.add(key)


def statements(connection, model: type[models.Model]) -> list[str]:
    """The SQL that guards one table."""
    text = (SQL / f"guards.{connection.vendor}.sql").read_text(encoding="utf-8")
    fields = {"table": model._meta.db_table, "same_row": _same_row(model)}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            fields["schema"] = connection.ops.quote_name(_schema(cursor))
    parts = [part.strip() for part in text.split("\n\n")]
    return [part.format(**fields) for part in parts if part and not part.startswith("--")]


def _same_row(model: type[models.Model]) -> str:
    """SQL that is true of a row an insert would replace: the same key, or the same unique values."""
    unique = [[field.column] for field in model._meta.concrete_fields if field.unique]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and not constraint.condition:
            unique.append([model._meta.get_field(name).column for name in constraint.fields])
    return " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")" for columns in unique
    )


def guarded_models() -> list[type[models.Model]]:
    """Every append-only model of the project, in the order of their table names."""
    found = [model for model in apps.get_models() if getattr(model, "written_once", False)]
    return sorted(found, key=lambda model: model._meta.db_table)


def _present_models(connection) -> list[type[models.Model]]:
    tables = set(connection.introspection.table_names())
    return [model for model in guarded_models() if model._meta.db_table in tables]


def _installed_names(connection, cursor) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        return [(table, name) for table, name, *_rest in _postgresql_triggers(cursor)]
    cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'")
    return cursor.fetchall()


def _missing_on_sqlite(connection, cursor) -> list[str]:
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    installed = {" ".join(row[0].split()) for row in cursor.fetchall()}
    return [
        model._meta.db_table
        for model in _present_models(connection)
        if not {" ".join(text.split()) for text in statements(connection, model)} <= installed
    ]


def _missing_on_postgresql(connection, cursor) -> list[str]:
    cursor.execute(
        "SELECT prosrc FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
        [FUNCTION],
    )
    sources = [row[0] for row in cursor.fetchall()]
    body = _function_body()
    guarded: dict[str, dict] = {}
    for table, name, kind, enabled, plain, function in _postgresql_triggers(cursor):
        if enabled == "A" and plain and function == FUNCTION:
            guarded.setdefault(table, {})[name] = kind
    return [
        model._meta.db_table
        for model in _present_models(connection)
        if sources != [body] or guarded.get(model._meta.db_table) != POSTGRES_TRIGGERS
    ]


def _postgresql_triggers(cursor) -> list[tuple]:
    cursor.execute(
        "SELECT c.relname, t.tgname, t.tgtype::int, t.tgenabled::text,"
        " t.tgqual IS NULL AND t.tgattr::text = '' AND p.pronamespace = c.relnamespace, p.proname"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgname LIKE 'guard%%'"
        " AND c.relnamespace = current_schema()::regnamespace",
        [],
    )
    return cursor.fetchall()


def _function_body() -> str:
    return (SQL / "guards.postgresql.sql").read_text(encoding="utf-8").split("$$")[1]


def _settle(connection, cursor) -> None:
    """PostgreSQL alters no table while foreign keys of this transaction wait to be checked."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _schema(cursor) -> str:
    cursor.execute("SELECT current_schema()")
    return cursor.fetchone()[0]


def _key(connection) -> tuple:
    return connection.vendor, connection.settings_dict["HOST"], str(connection.settings_dict["NAME"])


# --- Called by Django -------------------------------------------------------------------------------


def before_migrations(sender, using, plan, **kwargs) -> None:
    """Off before something is migrated; a start with nothing to migrate leaves them alone."""
    if plan:
        remove(using)


def after_migrations(sender, using, **kwargs) -> None:
    """On after every migrate, and after a test database was emptied."""
    if missing(using):
        install(using)


def check_guards(app_configs, databases, **kwargs) -> list[checks.CheckMessage]:
    """`manage.py check --database default`: an error for each table that is not guarded."""
    return [
        checks.Error(
            f"{table}: the rows are not guarded against changes.",
            hint="manage.py migrate installs the guards anew.",
            id="innovation_pool.E001",
        )
        for using in databases or ()
        for table in missing(using)
    ]
