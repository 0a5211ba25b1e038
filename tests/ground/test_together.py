"""Statements that are written together: in their order, seen by every question, and none left behind."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Act, Entry
from innovation_pool.together import is_open, together, whole, write
from innovation_pool.written import insert
from tests import factories
from tests.counting import counted

pytestmark = pytest.mark.django_db


def note(act: str) -> Entry:
    return Entry(act=act, subject_type="a.b", subject_id="1", subject="x")


def notes() -> list[str]:
    return list(Entry.objects.filter(subject_type="a.b").order_by("pk").values_list("act", flat=True))


def test_what_waits_is_seen_by_every_question_in_the_order_it_was_written():
    with together():
        insert([note("first")], keys=False)
        Entry.objects.create(act="second", subject_type="a.b", subject_id="1")
        assert notes() == ["first", "second"]
        insert([third := note("third")])
        assert third.pk == Entry.objects.get(act="third").pk
        insert([note("fourth")], keys=False)
    assert notes() == ["first", "second", "third", "fourth"]
    assert not is_open()


def test_what_waits_travels_with_the_next_question():
    with counted() as asked, together():
        for number in range(3):
            insert([note(f"{number}")], keys=False)
        assert asked.statements == 0
        assert notes() == ["0", "1", "2"]
    assert asked.statements == 1


def test_values_reach_their_own_statement():
    people = [factories.person("staff") for _ in range(3)]
    table = connection.ops.quote_name(User._meta.db_table)
    with together():
        for number, person in enumerate(people):
            write(f"UPDATE {table} SET title = %s WHERE id = %s", [f"50 % af {number}; %s", person.pk])
    titles = User.objects.filter(pk__in=[p.pk for p in people]).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["50 % af 0; %s", "50 % af 1; %s", "50 % af 2; %s"]


def raising_in(block, *, after_a_question: bool = False) -> None:
    with block():
        insert([note("inside")], keys=False)
        if after_a_question:
            assert notes()[-1:] == ["inside"]
        raise ValueError("no")


def test_a_block_that_raises_forgets_what_waits():
    with pytest.raises(ValueError, match="no"):
        raising_in(together)
    assert (notes(), is_open()) == ([], False)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"), together():
        pass


def twice(person) -> None:
    """The second of them breaks the primary key."""
    for _time in range(2):
        insert([Act(operation="00000000-0000-0000-0000-000000000001", name="x", by=person, digest="")])


def whole_act(act) -> None:
    with whole():
        insert([note("inside")], keys=False)
        act()


def test_a_whole_that_fails_undoes_itself_and_nothing_before_it():
    person = factories.person("staff")
    with together():
        insert([note("before")], keys=False)
        with pytest.raises(IntegrityError):
            whole_act(partial(twice, person))
        assert notes() == ["before"]
        with whole():
            insert([note("after")], keys=False)
    assert notes() == ["before", "after"]
    assert not Act.objects.exists()


def test_a_whole_that_raises_before_it_is_sent_leaves_what_was_written_before_it():
    with together():
        insert([note("before")], keys=False)
        with pytest.raises(ValueError, match="no"):
            raising_in(whole)
    assert notes() == ["before"]


def test_a_whole_that_raises_after_a_question_undoes_what_was_sent():
    with pytest.raises(ValueError, match="no"):
        raising_in(whole, after_a_question=True)
    assert notes() == []


def failing_before_a_whole(person) -> None:
    with transaction.atomic(), together():
        twice(person)
        whole_act(lambda: None)


def test_what_fails_before_a_whole_fails_the_transaction():
    with pytest.raises(DatabaseError):
        failing_before_a_whole(factories.person("staff"))
    assert (notes(), Act.objects.count()) == ([], 0)
