"""The demo on an empty database: only when asked for, and on whatever day."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from businesscases.models import Round
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Entry
from pool.demo.dates import moment
from pool.demo.seed import seed
from pool.models import Pool

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [datetime.date(2027, 1, 2), datetime.date(2028, 2, 29)])
def test_it_can_be_told_on_any_day(day):
    with clock.at(moment(day, 3)):
        seed(lambda line: None)
        assert not Entry.objects.filter(at__gt=clock.now()).exists()
        assert Round.objects.filter(opens_on__lte=day, deadline__gte=day).count() == 1


def test_a_migration_does_not_tell_it():
    assert User.objects.count() == 0
    assert Pool.objects.count() == 0


def test_it_keeps_out_of_a_database_with_people_of_its_own():
    User.objects.create_user("oekonomi", name="En rigtig økonom")
    with pytest.raises(CommandError, match="oekonomi"):
        call_command("seed_demo")
    assert User.objects.count() == 1
    assert Pool.objects.count() == 0
