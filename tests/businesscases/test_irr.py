"""The internal rate of return, held against rates that can be read off, published examples and pyxirr."""

from decimal import Context, Decimal, localcontext

import pytest
import pyxirr
from hypothesis import assume, example, given
from hypothesis import strategies as st

from businesscases.finance import irr, rounded

D = Decimal

# The case of the design, in 1.000 kr.
CASE = [-1330, -440, 910, 1660, 1660, 1660]


@st.composite
def investments(draw, smallest=0, largest=10**9):
    """Flows that change sign exactly once, in either direction."""
    amounts = st.integers(min_value=smallest, max_value=largest)
    before = draw(st.lists(amounts, min_size=1, max_size=5).filter(any))
    after = draw(st.lists(amounts, min_size=1, max_size=8).filter(any))
    sign = draw(st.sampled_from([1, -1]))
    return [-sign * amount for amount in before] + [sign * amount for amount in after]


@pytest.mark.parametrize(
    ("flows", "answer"),
    [
        ([-100, 110], "0.1"),
        ([-100, 300], "2"),
        ([-1000, 0, 0, 1331], "0.1"),
        ([-100, 60, 72], "0.2"),  # 60/1.2 + 72/1.44 = 50 + 50
        ([-100, 50], "-0.5"),
        ([-100, 100], "0"),
        ([-90, -10, 50, 50], "0"),
        ([100, -110], "0.1"),  # a loan: the same rate seen from the other side
        ([-1, 10**15], "999999999999999"),
        ([-(10**15), 1], "-0.999999999999999"),
        ([-(10**15), 10**15 + 1], "1E-15"),
        ([D("-0.5"), D("0.55")], "0.1"),
    ],
)
def test_irr_that_can_be_read_off_is_exact(flows, answer):
    assert irr(flows) == D(answer)


@pytest.mark.parametrize(
    ("flows", "places", "answer"),
    [
        # Microsoft's help on IRR: after four years, five years, and two years
        ([-70000, 12000, 15000, 18000, 21000], 3, "-0.021"),
        ([-70000, 12000, 15000, 18000, 21000, 26000], 3, "0.087"),
        ([-70000, 12000, 15000], 3, "-0.444"),
        # numpy-financial's irr
        ([-100, 39, 59, 55, 20], 5, "0.28095"),
        ([-100, 0, 0, 74], 4, "-0.0955"),
        ([-100, 100, 0, 7], 5, "0.06206"),
        ([-250000, 100000, 150000, 200000, 250000, 300000], 14, "0.56723033443585"),
        # Brealey, Myers & Allen: 28.08 %; Brigham: 14.49 %
        ([-4000, 2000, 4000], 4, "0.2808"),
        ([-1000, 500, 400, 300, 100], 4, "0.1449"),
        (CASE, 3, "0.444"),
    ],
)
def test_irr_of_published_examples(flows, places, answer):
    assert rounded(irr(flows), places) == D(answer)


def test_irr_is_known_to_more_digits_than_a_float_has():
    # (1+r)² = 2
    assert irr([-1, 0, 2]) == D("0.4142135623730950488016887242")
    # the golden ratio: g² = g + 1
    assert irr([-1, 1, 1]) == D("0.6180339887498948482045868344")


@pytest.mark.parametrize(
    "flows",
    [
        [],
        [0],
        [5],
        [-5],
        [0, 0, 0, 0, 0, 0],
        [1, 2, 3],
        [-1, -2, 0],
        [-100, 230, -132],  # 10 % and 20 %
        [-100, 100, 0, -7],  # numpy gives one of them
        [-5, 10, 0, -8, 1],
        [1, 0, -1, 0, 1],
    ],
)
def test_there_is_no_irr_unless_the_flows_change_sign_once(flows):
    assert irr(flows) is None


def test_zeros_have_no_sign_and_years_before_the_first_flow_move_no_rate():
    assert irr([0, 0, -100, 0, 0, 133, 0]) == irr([-100, 0, 0, 133])
    assert irr([-100, 0, -50, 0, 90, 0, 90]) is not None


@given(flows=investments())
@example(flows=[-1, 10**15])
@example(flows=[-(10**15), 0, 0, 0, 0, 1])
@example(flows=[-(10**9), -1, 10**9, 2])
def test_irr_has_fifteen_right_digits(flows):
    """A hair below and a hair above the rate, the net present value stands on either side of zero."""
    rate = irr(flows)
    with localcontext(Context(prec=60)):
        if rate == 0:
            assert sum(flows) == 0
            return
        below, above = rate * (1 - D("1e-16")), rate * (1 + D("1e-16"))
        values = [sum(D(flow) / (1 + r) ** year for year, flow in enumerate(flows)) for r in (below, above)]
    assert rate > -1
    assert values[0] * values[1] < 0


@given(flows=investments(smallest=1000, largest=10**6))
def test_irr_agrees_with_pyxirr(flows):
    """Amounts of one order of magnitude and rates that occur; beyond them pyxirr gives no answer."""
    rate = irr(flows)
    assume(D("-0.5") < rate < 5)
    theirs = pyxirr.irr([float(flow) for flow in flows])
    assert theirs is not None
    assert float(rate) == pytest.approx(theirs, rel=1e-6, abs=1e-8)


@given(flows=st.lists(st.integers(-(10**9), 10**9), max_size=12))
def test_irr_exists_exactly_when_there_is_one_change_of_sign(flows):
    signs = "".join("+" if flow > 0 else "-" for flow in flows if flow)
    changes = signs.count("+-") + signs.count("-+")
    assert (irr(flows) is not None) == (changes == 1)
