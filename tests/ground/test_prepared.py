"""A prepared statement answers what its queryset would, for every value it is asked with."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef

from businesscases.models import Round
from innovation_pool import clock
from innovation_pool.accounts.models import Committee, Department, User
from innovation_pool.prepared import Unprepared, prepared
from tests import factories
from tests.counting import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds():
    days = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))
    return [
        Round.objects.create(name=f"Runde {day.month}", opens_on=day, deadline=day.replace(day=20))
        for day in days
    ]


@prepared
def named_or_open(active: bool, *, name: str, since: date, keys: tuple):
    found = Round.objects.filter(active=active, opens_on__gte=since, pk__in=keys).exclude(name=name)
    return found.order_by("opens_on").values_list("name", flat=True)


@prepared
def with_twins(*, key: int):
    others = Round.objects.filter(active=OuterRef("active")).exclude(pk=OuterRef("pk"))
    return Round.objects.filter(pk=key).annotate(shown=F("name"), twins=Exists(others)).only("deadline")


def test_every_value_is_asked_with_as_it_is_given(rounds):
    keys = tuple(row.pk for row in rounds)
    asked = {"name": "Runde 5", "since": date(2026, 1, 1), "keys": keys}
    assert named_or_open(True, **asked) == ["Runde 3", "Runde 4"]
    assert named_or_open(True, **asked | {"name": "Runde 3"}) == ["Runde 4", "Runde 5"]
    assert named_or_open(True, **asked | {"since": date(2026, 3, 2)}) == ["Runde 4"]
    assert named_or_open(True, **asked | {"keys": keys[:1]}) == ["Runde 3"]
    assert named_or_open(True, **asked | {"keys": keys[1:2]}) == ["Runde 4"]
    assert named_or_open(False, **asked) == []
    # "O'Brien" and "%s" are names like any other.
    assert named_or_open(True, **asked | {"name": "'; --%s"}) == ["Runde 3", "Runde 4", "Runde 5"]


def test_it_gives_the_rows_of_its_model(rounds):
    first, last = (with_twins(key=row.pk)[0] for row in (rounds[0], rounds[2]))
    assert (first, first.shown, first.twins, first.deadline) == (
        rounds[0],
        "Runde 3",
        True,
        date(2026, 3, 20),
    )
    assert (last.shown, last.get_deferred_fields() >= {"name"}) == ("Runde 5", True)


@prepared
def in_both(*, keys: tuple, others: tuple):
    return (
        Round.objects.filter(pk__in=keys).exclude(pk__in=others).order_by("pk").values_list("pk", flat=True)
    )


def test_two_sequences_are_not_taken_for_each_other(rounds):
    keys = [row.pk for row in rounds]
    assert in_both(keys=keys, others=(0, 0, 0)) == keys
    assert in_both(keys=(0, 0, keys[2]), others=keys[:2]) == keys[2:]
    assert in_both(keys=keys, others=keys[1:]) == keys[:1]


def test_what_is_true_now_is_asked_each_time_in_one_statement(rounds):
    key = rounds[0].pk
    with_twins(key=key)
    Round.objects.filter(pk=key).update(name="Ny")
    with counted() as asked:
        assert with_twins(key=key)[0].shown == "Ny"
    assert asked.statements == 1


def test_of_no_values_at_all_nothing_is_asked(rounds):
    named_or_open(True, name="", since=date(2026, 1, 1), keys=())
    with counted() as asked:
        assert named_or_open(True, name="", since=date(2026, 1, 1), keys=()) == []
    assert asked.statements == 0


def test_rows_of_one_answer_are_not_those_of_the_next(rounds):
    first = with_twins(key=rounds[0].pk)
    first[0].deadline = None
    assert with_twins(key=rounds[0].pk)[0].deadline == date(2026, 3, 20)


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda number: Round.objects.all()[:number], id="the text follows from it"),
        pytest.param(lambda number: Round.objects.filter(pk=number + 1), id="it is reckoned with"),
        pytest.param(
            lambda number: Round.objects.filter(name__contains=number), id="it is part of a pattern"
        ),
        pytest.param(
            lambda number: Committee.objects.filter(pk=number).prefetch_related("departments"),
            id="prefetched",
        ),
    ],
)
def test_what_would_be_wrong_for_another_value_is_refused(build):
    with pytest.raises(Unprepared):
        prepared(lambda *, number: build(number))(number=1)


@pytest.mark.parametrize("value", [True, None, 1.5, clock.now()])
def test_only_numbers_texts_and_dates_are_values(value):
    with pytest.raises((Unprepared, TypeError)):
        prepared(lambda *, value: Department.objects.filter(name=value))(value=value)


def test_a_long_list_is_asked_for_and_its_text_is_not_kept():
    people = [factories.person("staff") for _ in range(2)]
    rows = prepared(lambda *, ids: User.objects.filter(pk__in=ids).order_by("pk"))
    known = vars(connection).setdefault("prepared_statements", {})
    assert rows(ids=[people[1].pk]) == [people[1]]
    before = len(known)
    # As many as the cases of a large pool that are taken out as a file.
    assert rows(ids=[*range(10**6, 10**6 + 2_000), people[0].pk, people[1].pk]) == people
    assert len(known) == before
