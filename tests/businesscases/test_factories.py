"""The factories make what they say, by the rules."""

from decimal import Decimal

import pytest

from businesscases.models import State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(factories.STEPS))
def test_a_case_gets_to_its_state_by_the_rules(state):
    made = factories.case(state)
    assert made.state == state


def test_a_state_that_takes_money_is_left_to_the_pool():
    with pytest.raises(ValueError, match="pool"):
        factories.case(State.APPROVED)


def test_the_case_is_the_one_of_the_picture():
    made = factories.case(State.SUBMITTED)
    assert made.asked == [900_000, 700_000, 300_000, 0, 0, 0]
    assert made.net_gain == 4_120_000
    assert round(made.payback_years, 1) == 3.5
    # -1.330.000 - 440.000/1,035 + 910.000/1,035² + 1.660.000 (1/1,035³ + 1/1,035⁴ + 1/1,035⁵), by hand
    assert round(made.present_value, 2) == Decimal("3435868.41")
