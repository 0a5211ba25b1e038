"""The chain of movements, and the printed head that anchors it outside the database."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from innovation_pool import guards
from pool import checks, ledger
from pool.models import Movement, Pool
from tests.pool import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    pool = books.make_pool()
    books.budget(pool, 2020, 1_000)
    books.approve(pool, books.make_case(), {2020: 300})
    return pool


def head(pool) -> str:
    return f"{ledger.head(Pool.objects.get(pk=pool.pk))}"


def check(*heads) -> str:
    out = StringIO()
    call_command("check_ledger", head=list(heads), stdout=out)
    return out.getvalue()


def tamper(sql, *values) -> None:
    """Changes rows behind the application's back, in the caller's transaction."""
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_anyone_can_hash_it_again_from_what_is_stored(pool):
    previous = ""
    for movement in Movement.objects.filter(pool=pool).order_by("number"):
        assert movement.previous_hash == previous
        previous = hashlib.sha256((previous + movement.payload).encode()).hexdigest()
        assert movement.hash == previous
    assert head(pool) == f"{pool.number}:2:{previous}"


def test_the_payload_is_canonical_and_holds_integers_and_strings_alone_and_no_names(pool):
    movement = Movement.objects.get(kind="reservation")
    content = json.loads(movement.payload)
    assert json.dumps(content, sort_keys=True, separators=(",", ":")) == movement.payload
    assert {type(value) for value in content.values()} == {int, str}
    assert content["debit"] == "available:2020"
    assert content["credit"] == f"reserved:2020:{movement.case_id}"
    assert (content["amount"], content["by"]) == (300, movement.operation.by_id)
    for person in (movement.operation.by, movement.case.owner):
        assert person.name not in movement.payload
        assert person.username not in movement.payload


def test_each_pool_has_numbers_and_a_chain_of_its_own(pool):
    other = books.make_pool()
    books.budget(other, 2020, 5, adopted=False)
    assert list(Movement.objects.filter(pool=other).values_list("number", "previous_hash")) == [(1, "")]


def test_the_command_says_that_all_holds(pool):
    assert "invariants hold" in check()


def test_a_printed_head_is_recognised_later_whole_or_cut(pool):
    printed = head(pool)
    books.budget(pool, 2021, 5)
    assert "still is the one" in check(printed, printed[:-40], printed[:-40] + "…")


@pytest.mark.parametrize(
    "text", ["", "P", "P:1", "P:1:xyz", "P:1:7f3a", "P:²:7f3a7f3a7f3a7f3a", "P::7f3a7f3a7f3a7f3a"]
)
def test_what_is_no_head_is_told_how_to_write_it(text):
    with pytest.raises(CommandError, match="is not POOL:NUMBER:HASH"):
        check(text)


def test_a_head_of_another_ledger_is_not_recognised(pool):
    for text, finding in (
        (f"{pool.number}:2:{'0' * 64}", "kontrolkoden"),
        (f"{pool.number}:9:{'0' * 64}", "ingen bevægelse 9"),
        (f"ANDEN:2:{'0' * 64}", "ingen pulje"),
    ):
        with pytest.raises(CommandError, match=finding):
            check(text)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE pool_movement SET amount = 1 WHERE number = 1", "ikke længere"),
        ("UPDATE pool_movement SET text = 'andet' WHERE number = 1", "ikke længere"),
        ("UPDATE pool_operation SET authority_item = '8'", "ikke længere"),
        ("UPDATE pool_movement SET payload = '{}' WHERE number = 2", "passer ikke"),
        ("UPDATE pool_movement SET hash = previous_hash WHERE number = 2", "passer ikke"),
        ("UPDATE pool_pool SET last_number = 3", "seneste bevægelse"),
        ("DELETE FROM pool_movement WHERE number = 1", "bevægelse 1 mangler"),
    ],
)
def test_whatever_is_changed_shows(pool, change, finding):
    with transaction.atomic():
        tamper(change)
        assert any(finding in text for text in checks.chain.numbers_and_hashes_follow())
        with pytest.raises(CommandError):
            check()
        transaction.set_rollback(True)


def test_a_ledger_rewritten_from_the_first_movement_adds_up_but_not_with_what_was_printed(pool):
    """Somebody with the whole database may hash anew; the paper says so."""
    printed = head(pool)
    with transaction.atomic():
        tamper("UPDATE pool_operation SET text = 'en anden begrundelse'")
        previous = ""
        for movement in Movement.objects.filter(pool=pool).select_related("operation", "debit", "credit"):
            text = ledger.chain.payload(movement, movement.operation)
            new = ledger.chain.link(previous, text)
            tamper(
                "UPDATE pool_movement SET payload = %s, previous_hash = %s, hash = %s WHERE id = %s",
                text,
                previous,
                new,
                movement.pk,
            )
            previous = new
        Pool.objects.filter(pk=pool.pk).update(head=previous)
        assert list(checks.chain.numbers_and_hashes_follow()) == []
        with pytest.raises(CommandError, match="kontrolkoden"):
            check(printed)
        transaction.set_rollback(True)
