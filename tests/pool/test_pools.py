"""A new pool with its years."""

import pytest
from django.core.exceptions import PermissionDenied

from innovation_pool.accounts.models import Committee, Department
from innovation_pool.audit.models import Entry
from innovation_pool.refusals import Refusal
from pool.models import Movement, Pool, PoolYear
from pool.pools import create_pool
from tests.pool import books

pytestmark = pytest.mark.django_db


def made(by=None, **more) -> Pool:
    fields = {
        "number": "ØKan-011",
        "name": "Innovationspulje",
        "committee": Committee.objects.get_or_create(name="Økonomiudvalget")[0],
        "department": Department.objects.get_or_create(name="Direktionen")[0],
        "first_year": 2020,
    }
    return create_pool(by=by or books.finance(), operation=books.new_id(), **{**fields, **more})


def test_a_pool_has_four_estimate_years_and_no_money():
    pool = made()
    years = list(PoolYear.objects.values_list("year", "status", "has_budget"))
    assert years == [(year, "estimate", False) for year in (2020, 2021, 2022, 2023)]
    assert (Movement.objects.count(), pool.last_number) == (0, 0)
    assert Entry.objects.get().subject == str(pool)


def test_the_councils_form_is_kept_beside_the_money():
    made(form={2020: {"form_tax_financed": 3_000_000}, 2025: {"form_operation": 5}})
    rows = PoolYear.objects.values_list("year", "form_tax_financed", "form_operation")
    assert list(rows) == [
        (2020, 3_000_000, None), (2021, None, None), (2022, None, None), (2023, None, None), (2025, None, 5),
    ]  # fmt: skip


def test_a_number_is_used_once():
    made()
    with pytest.raises(Refusal, match="allerede en pulje"):
        made()
    assert Pool.objects.count() == 1


def test_only_finance_makes_a_pool():
    with pytest.raises(PermissionDenied):
        made(by=books.board())
