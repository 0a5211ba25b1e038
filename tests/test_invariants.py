"""The question after every test: what a test breaks is found, however little of it is asked."""

import pytest
from django.db import connection, transaction
from django.db.models import F

from pool.models import Account, AccountKind
from tests import factories, invariants
from tests.pool import books


@pytest.fixture
def pool(db):
    made = books.make_pool()
    books.budget(made, 2020, 100)
    assert invariants.broken() == []
    return made


@pytest.mark.parametrize("in_words", [False, True])
def test_a_krone_out_of_nothing_is_found(pool, in_words):
    rows = Account.objects.filter(kind=AccountKind.AVAILABLE)
    with transaction.atomic():
        if in_words:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE pool_account SET balance = balance + 1 WHERE kind = 'available'")
        else:
            rows.update(balance=F("balance") + 1)
        assert [finding.partition(":")[0] for finding in invariants.broken()] == [
            "sums to zero",
            "balances follow from movements",
            "corrected budget is spoken for",
        ]
        transaction.set_rollback(True)
    assert invariants.broken() == []


def test_nothing_is_asked_where_nothing_was_written_that_it_reads(pool, django_assert_max_num_queries):
    factories.goal()
    # Which tables are empty, and no more.
    with django_assert_max_num_queries(1):
        assert invariants.broken() == []
