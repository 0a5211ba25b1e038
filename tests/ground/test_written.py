"""Rows that are written by a kept statement are as the ORM would have written them."""

import datetime
from uuid import uuid4

import pytest
from django.db.models import F

from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Act, Entry
from innovation_pool.mail.models import OutboxMail
from innovation_pool.written import Change, changing, insert, update
from tests import factories
from tests.counting import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [factories.person("staff") for _ in range(4)]


def test_inserted_rows_are_as_the_orm_would_have_written_them(people):
    fields = {"act": "try", "by": people[0], "subject_type": "a.b", "subject_id": "1", "subject": "æøå",
              "at": datetime.datetime(2021, 3, 10, 12, tzinfo=datetime.UTC), "operation": uuid4(),
              "after": {"kr": 5, "on": datetime.date(2021, 3, 10)}}  # fmt: skip
    [ours], theirs = [Entry(**fields)], Entry(**fields)
    insert([ours])
    Entry.objects.bulk_create([theirs, Entry(**fields)])
    assert not ours._state.adding
    rows = Entry.objects.filter(act="try").order_by("pk").values()
    assert rows[0]["id"] == ours.pk
    first, *others = [row | {"id": None} for row in rows]
    assert others == [first, first]


def test_several_rows_get_their_keys_in_one_statement():
    rows = [Entry(act=f"{number}", subject_type="a.b", subject_id="1") for number in range(3)]
    with counted() as asked:
        insert(rows)
    assert asked.statements == 1
    assert [Entry.objects.get(pk=row.pk).act for row in rows] == ["0", "1", "2"]


def test_what_is_there_already_is_passed_over():
    mails = [OutboxMail(event="e", kind="k", address="a@b.dk", subject=f"{n}", body="") for n in range(2)]
    insert(mails[:1], ignore_conflicts=True)
    insert(mails, ignore_conflicts=True)
    assert [mail.subject for mail in OutboxMail.objects.all()] == ["0"]


def test_a_row_that_points_at_one_not_saved_is_refused():
    with pytest.raises(ValueError, match="unsaved related object"):
        insert([Entry(act="try", by=User(), subject_type="a.b", subject_id="1")])


def test_update_writes_the_named_fields_and_no_other(people):
    person = people[0]
    person.email, person.name = "ny@kommune.dk", "Ny"
    update(person, "email")
    written = User.objects.get(pk=person.pk)
    assert (written.email, written.name == "Ny") == ("ny@kommune.dk", False)


def test_a_change_counts_from_what_the_database_has():
    mails = [OutboxMail(event=f"{n}", kind="k", address="a@b.dk", subject="", body="") for n in range(2)]
    insert(mails)
    rows = OutboxMail.objects
    more = Change(lambda key, number: changing(rows.filter(pk=key), attempts=F("attempts") + number))
    for number in (3, 4):
        more.write(mails[1].pk, number)
    assert [mail.attempts for mail in OutboxMail.objects.order_by("pk")] == [0, 7]


def test_a_row_whose_key_is_no_number_is_found_too(people):
    act = Act(operation=uuid4(), name="x", by=people[0], digest="")
    insert([act])
    act.answer = {"url": "/"}
    update(act, "answer")
    assert Act.objects.get(pk=act.pk).answer == {"url": "/"}
