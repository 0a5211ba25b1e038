"""The database itself refuses to change what is written once, on both vendors, after migrations too."""

import ast
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction

from innovation_pool import guards
from innovation_pool.append_only import AppendOnlyError
from pool.models import Account, Movement
from tests.pool import books

pytestmark = pytest.mark.django_db

TABLE = Movement._meta.db_table
ATTACKS = [
    f"UPDATE {TABLE} SET amount = amount + 1",
    f"UPDATE {TABLE} SET text = text",
    f"DELETE FROM {TABLE}",
]


@pytest.fixture
def movement():
    books.budget(books.make_pool(), 2020, 1_000, adopted=False)
    return Movement.objects.get()


def attacks() -> list[str]:
    if connection.vendor == "postgresql":
        return [*ATTACKS, f"TRUNCATE {TABLE} CASCADE"]
    columns = ", ".join(f'"{field.column}"' for field in Movement._meta.concrete_fields)
    tampered = columns.replace('"amount"', "7")
    return [*ATTACKS, f"INSERT OR REPLACE INTO {TABLE} ({columns}) SELECT {tampered} FROM {TABLE}"]


def withstands_everything(movement) -> None:
    for sql in attacks():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Movement.objects.get().amount == movement.amount


def test_no_sql_changes_or_removes_a_movement(movement):
    withstands_everything(movement)


@pytest.mark.parametrize("model", guards.guarded_models(), ids=lambda model: model.__name__)
def test_every_table_that_is_written_once_is_guarded(model):
    assert guards.missing() == []
    with connection.cursor() as cursor:
        installed = {table for table, _name in guards._installed_names(connection, cursor)}
    assert model._meta.db_table in installed


def test_the_politer_refusals_are_there_too(movement):
    movement.amount = 7
    for attack in (movement.save, movement.delete, Movement.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attack()
    with pytest.raises(AppendOnlyError):
        Movement.objects.update(amount=7)


@pytest.mark.django_db(transaction=True)
def test_altering_the_table_outside_a_migration_is_noticed_and_mended_by_migrate(movement):
    """SQLite's schema editor rebuilds the table without its triggers; PostgreSQL's keeps them."""
    now = Movement._meta.get_field("text")
    wider = models.CharField(max_length=300, blank=True)
    wider.set_attributes_from_name("text")
    for before, after in ((now, wider), (wider, now)):
        with connection.schema_editor() as editor:
            editor.alter_field(Movement, before, after)
        if connection.vendor == "sqlite":
            assert guards.missing() == [TABLE]
            guards._found.clear()
            with pytest.raises(guards.GuardsMissing, match="flyttes ingen penge"):
                books.budget(books.make_pool(), 2020, 10)
            call_command("migrate", verbosity=0)
        assert guards.missing() == []
        withstands_everything(movement)


def test_missing_guards_stop_the_money_and_the_check_says_where(movement):
    with transaction.atomic():
        guards.remove()
        with pytest.raises(guards.GuardsMissing, match=r"manage\.py migrate"):
            books.budget(books.make_pool(), 2020, 10)
        with pytest.raises(CommandError, match=f"{TABLE}: the rows are not guarded"):
            call_command("check", databases=["default"], stderr=StringIO())
        transaction.set_rollback(True)
    guards._found.clear()
    call_command("check", databases=["default"])
    books.budget(books.make_pool(), 2020, 10)


def test_a_trigger_that_was_changed_counts_as_missing():
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER guard_rows")
            else:
                cursor.execute(f'DROP TRIGGER "guard_update_{TABLE}"')
                cursor.execute(
                    f'CREATE TRIGGER "guard_update_{TABLE}" BEFORE UPDATE ON "{TABLE}" BEGIN SELECT 1; END'
                )
        assert guards.missing() == [TABLE]
        transaction.set_rollback(True)


def test_a_function_that_was_emptied_counts_as_missing_everywhere():
    if connection.vendor != "postgresql":
        assert [table for table, _name in sqlite_functions()] == []
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
                " $$BEGIN RETURN NEW; END$$"
            )
        assert len(guards.missing()) == len(guards.guarded_models())
        transaction.set_rollback(True)


def sqlite_functions() -> list:
    """SQLite's triggers call no function of ours that could be emptied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%refuse_change%'"
        )
        return cursor.fetchall()


WIDER = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("pool", "{newest}")]
    operations = [migrations.AlterField("movement", "text", models.CharField(max_length=300, blank=True))]
"""


@pytest.mark.django_db(transaction=True)
def test_they_survive_a_migration_that_alters_the_movements(movement, tmp_path, monkeypatch, settings):
    """A temporary migration through `migrate` itself, and back; every attack after each."""
    folder = tmp_path / "wider_migrations"
    shutil.copytree(Path(settings.BASE_DIR) / "pool" / "migrations", folder)
    newest = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9999_wider_text.py").write_text(WIDER.format(newest=newest))
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"pool": "wider_migrations"}
    for target in ("9999_wider_text", newest):
        call_command("migrate", "pool", target, verbosity=0)
        assert guards.missing() == []
        withstands_everything(movement)


def test_migrate_signals_take_the_guards_off_and_put_them_back():
    """`migrate` runs where guards are missing, which `check` would refuse; it is what puts them back."""
    with transaction.atomic():
        guards.remove()
        call_command("migrate", verbosity=0)
        assert guards.missing() == []


def test_balances_move_only_in_the_ledger():
    """No code outside `pool/ledger` writes a balance, an account or a movement."""
    root = Path(settings.BASE_DIR)
    written = {"Account", "Movement", "Operation", "UnfundedEntry", "Effect"}
    found = []
    for path in [
        *root.glob("pool/**/*.py"),
        *root.glob("businesscases/**/*.py"),
        *root.glob("innovation_pool/**/*.py"),
    ]:
        if "migrations" in path.parts or path.is_relative_to(root / "pool" / "ledger"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                keywords = {keyword.arg for keyword in node.keywords}
                if name in written or any(
                    name.startswith(f"{model}.objects.") and name.split(".")[-1] in WRITES
                    for model in written
                ):
                    found.append(f"{path.relative_to(root)}:{node.lineno} {name}")
                if name.endswith(".update") and "balance" in keywords:
                    found.append(f"{path.relative_to(root)}:{node.lineno} balance")
    assert found == []


WRITES = {"create", "bulk_create", "update", "get_or_create", "update_or_create", "bulk_update", "delete"}


def test_in_the_ledger_a_balance_moves_by_f_alone():
    source = (Path(settings.BASE_DIR) / "pool" / "ledger" / "posting.py").read_text(encoding="utf-8")
    updates = [
        ast.unparse(keyword.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "balance"
    ]
    assert updates == ["F('balance') + change"]
    assert Account._meta.get_field("balance").default == 0


def test_the_ledger_asks_once_per_process(movement, django_assert_num_queries):
    guards._found.clear()
    guards.require_installed()
    with django_assert_num_queries(0):
        guards.require_installed()
