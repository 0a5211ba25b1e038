"""The definitions of the key figures, held against sums done by hand, published examples and pyxirr.

The internal rate has a file of its own: test_irr.py.
"""

import ast
import inspect
from decimal import Context, Decimal, localcontext
from itertools import accumulate

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from businesscases import finance
from businesscases.finance import benefit_cost_ratio, cumulative, irr, net_gain, npv, payback, rounded

D = Decimal

# The case of the design, in 1.000 kr.
CASE = [-1330, -440, 910, 1660, 1660, 1660]

kroner = st.integers(min_value=-(10**9), max_value=10**9)
nets = st.lists(kroner, min_size=1, max_size=12)
rates = st.decimals(min_value="-0.5", max_value="3", places=4)


# --- npv ---------------------------------------------------------------------------------------------


def test_the_first_year_is_undiscounted_unless_asked():
    # 100 + 110/1.1 + 121/1.21 = 300;  100/1.1 + 110/1.21 + 121/1.331 = 300/1.1
    assert npv(D("0.1"), [100, 110, 121]) == 300
    assert rounded(npv(D("0.1"), [100, 110, 121], first_year_discounted=True), 6) == D("272.727273")
    assert npv(D("0.25"), [0, 125], first_year_discounted=True) == 80


def test_npv_of_the_case_year_by_year():
    # 1.035^t, t = 0…5:  1 · 1.035 · 1.071225 · 1.108717875 · 1.147523000625 · 1.187686305646875
    # −1330 − 425.1208 + 849.4947 + 1497.2249 + 1446.5941 + 1397.6755 = 3435.8684
    assert rounded(npv(D("0.035"), CASE), 4) == D("3435.8684")
    # and one year later 3435.8684 / 1.035
    assert rounded(npv(D("0.035"), CASE, first_year_discounted=True), 4) == D("3319.6796")


@pytest.mark.parametrize(
    ("rate", "flows", "excel"),
    [
        # Microsoft's help on NPV: example 1, and the five flows that example 2 adds to −40,000
        ("0.1", [-10000, 3000, 4200, 6800], "1188.44"),
        ("0.08", [8000, 9200, 10000, 12000, 14500], "41922.06"),
        ("0.08", [8000, 9200, 10000, 12000, 14500, -9000], "36250.53"),
        # LibreOffice's help on NPV
        ("0.0875", [10, 20, 30], "49.43"),
        # a level 25,000 for six years at 10 % (annuity factor 4.355261)
        ("0.1", [25000] * 6, "108881.52"),
    ],
)
def test_excel_npv_discounts_the_first_flow(rate, flows, excel):
    assert rounded(npv(D(rate), flows, first_year_discounted=True), 2) == D(excel)


@pytest.mark.parametrize(
    ("rate", "flows", "answer"),
    [
        # numpy-financial's npv: its value at time 0 is undiscounted
        ("0.281", [-100, 39, 59, 55, 20], "-0.00848"),
        ("0.08", [-40000, 5000, 8000, 12000, 30000], "3065.22267"),
        # Brealey, Myers & Allen: 400 in a year for 350 now, at 7 % (373.83 − 350)
        ("0.07", [-350, 400], "23.83178"),
        # an outlay of 100,000 and six yearly 25,000 at 10 %: 25,000 · 4.3552606994 − 100,000
        ("0.1", [-100000] + [25000] * 6, "8881.51749"),
    ],
)
def test_textbook_npv_starts_at_time_zero(rate, flows, answer):
    assert rounded(npv(D(rate), flows), 5) == D(answer)


def test_npv_at_rate_zero_is_the_net_gain_to_the_krone():
    flows = [10**15, -1, 7, -(10**15), 0, 1]
    assert npv(0, flows) == net_gain(flows) == 7
    assert npv(D(0), flows, first_year_discounted=True) == 7


def test_npv_of_no_years_and_of_zeros_is_zero():
    assert npv(D("0.035"), []) == 0
    assert npv(D("0.035"), [0] * 6) == 0


def test_npv_takes_a_negative_rate_above_minus_one():
    # 50/0.5 = 100
    assert npv(D("-0.5"), [-100, 50]) == 0


@pytest.mark.parametrize("rate", [D(-1), D("-1.5"), -2])
def test_a_rate_of_minus_one_or_less_is_refused(rate):
    with pytest.raises(ValueError, match="above -1"):
        npv(rate, [1, 2])
    with pytest.raises(ValueError, match="above -1"):
        benefit_cost_ratio(rate, [1], [1])


@given(rate=rates, flows=nets)
def test_npv_agrees_with_pyxirr(rate, flows):
    by_hand = pyxirr.npv(float(rate), [float(flow) for flow in flows])
    scale = sum(abs(flow) / float(1 + rate) ** year for year, flow in enumerate(flows))
    assert abs(float(npv(rate, flows)) - by_hand) <= 1e-11 * scale
    excel = pyxirr.npv(float(rate), [float(flow) for flow in flows], start_from_zero=False)
    assert abs(float(npv(rate, flows, first_year_discounted=True)) - excel) <= 1e-11 * scale / float(1 + rate)


# --- payback -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        # cumulative: −100, −60, −20, 20 → 3 + 20/40
        ([-100, 40, 40, 40], "3.5"),
        # −100, −50, 0 → exactly zero at the end of year 3
        ([-100, 50, 50], "3"),
        # −100, 0, 0, 10: it came back to zero in year 2 and stayed
        ([-100, 100, 0, 10], "2"),
        # −100, 50, −30, 10: back in year 2, under again in year 3, for good in year 4 → 3 + 30/40
        ([-100, 150, -80, 40], "3.75"),
        # −100, 0, −50, 0 → touched zero in year 2, for good in year 4
        ([-100, 100, -50, 50], "4"),
        # 50, −50, 50: a gain first, below zero in year 2 → 2 + 50/100
        ([50, -100, 100], "2.5"),
        # ends at exactly zero from above: −10, 10, 0 → 1 + 10/20
        ([-10, 20, -10], "1.5"),
        # −1, 99: most of the year is not needed
        ([-1, 100], "1.01"),
        # 10, 0: it falls to zero and not below
        ([10, -10], "0"),
        # −133, −93, −43, 12 → 3 + 43/55
        ([-133, 40, 50, 55], "3.781818181818181818181818182"),
        # never below zero
        ([0, 0, 0], "0"),
        ([5, 5], "0"),
        ([0], "0"),
        ([], "0"),
        # zeros before, within and after
        ([0, -100, 0, 200, 0], "3.5"),
    ],
)
def test_payback_by_hand(flows, years):
    assert payback(flows) == D(years)


def test_payback_of_the_case():
    # −1330, −1770, −860, 800: 3 + 860/1660
    assert rounded(payback(CASE), 4) == D("3.5181")


@pytest.mark.parametrize("flows", [[-1], [-100, 99], [100, -101], [-100, 150, -51], [-5, 0, 0]])
def test_there_is_no_payback_when_it_ends_below_zero(flows):
    assert payback(flows) is None


@given(flows=nets)
def test_payback_is_the_moment_the_curve_is_last_at_zero_from_below(flows):
    """The same rule told from the end: the last below-zero year end, and the line from there."""
    ends = list(accumulate(flows))
    under = [year for year, end in enumerate(ends, start=1) if end < 0]
    if ends[-1] < 0:
        assert payback(flows) is None
    elif not under:
        assert payback(flows) == 0
    else:
        last = under[-1]
        years = payback(flows)
        assert last < years <= last + 1
        assert abs(ends[last - 1] + (years - last) * flows[last]) < D("1e-9")


# --- cumulative, net gain ----------------------------------------------------------------------------


def test_cumulative_and_net_gain_of_the_case():
    assert cumulative(CASE) == (-1330, -1770, -860, 800, 2460, 4120)
    assert net_gain(CASE) == 4120


def test_sums_are_exact_decimals():
    assert cumulative([D("0.1"), D("0.2"), -1]) == (D("0.1"), D("0.3"), D("-0.7"))
    assert net_gain([D("0.1")] * 10) == 1
    assert net_gain([10**30, 1, -(10**30)]) == 1
    assert cumulative([]) == ()
    assert net_gain([]) == 0
    assert {type(amount) for amount in (*cumulative([1, 2]), net_gain([1, 2]))} == {Decimal}


# --- benefit-cost ratio ------------------------------------------------------------------------------


def test_ratio_of_present_values():
    # costs 100 + 110/1.1 = 200; gains 330/1.1 + 363/1.21 = 600
    assert benefit_cost_ratio(D("0.1"), [0, 330, 363], [100, 110, 0]) == 3


def test_the_convention_does_not_move_the_ratio():
    gains, costs = [0, 620, 1450, 1900, 1900, 1900], [1330, 1060, 540, 240, 240, 240]
    first, excel = (
        benefit_cost_ratio(D("0.035"), gains, costs, first_year_discounted=late) for late in (False, True)
    )
    assert rounded(first, 20) == rounded(excel, 20)
    # (599.0338 + 1353.5905 + 1713.6911 + 1655.7402 + 1599.7490)
    #   / (1330 + 1024.1546 + 504.0957 + 216.4662 + 209.1461 + 202.0735) = 6921.8046 / 3485.9361
    assert rounded(first, 4) == D("1.9856")


@pytest.mark.parametrize("costs", [[], [0], [0, 0, 0]])
def test_there_is_no_ratio_without_costs(costs):
    assert benefit_cost_ratio(D("0.035"), [1, 2, 3], costs) is None


def test_costs_without_gains_give_zero():
    assert benefit_cost_ratio(D("0.035"), [], [100]) == 0
    assert benefit_cost_ratio(D("0.035"), [0, 0], [100, 0]) == 0


@given(rate=rates, gains=nets, costs=st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_ratio_above_one_is_a_net_present_value_above_zero(rate, gains, costs):
    years = max(len(gains), len(costs))
    padded = [row + [0] * (years - len(row)) for row in (gains, costs)]
    value = npv(rate, [gain - cost for gain, cost in zip(*padded, strict=True)])
    assert (benefit_cost_ratio(rate, gains, costs) > 1) == (value > 0)


# --- rounding and what is let in ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.4999", 0, "2"),
        ("-0.4", 0, "0"),
        ("0.4435", 3, "0.444"),
        ("3.45", 1, "3.5"),
        ("1234500", -3, "1235000"),
        ("7", 2, "7.00"),
    ],
)
def test_rounding_is_half_up(value, places, shown):
    assert str(rounded(D(value), places)) == shown


@pytest.mark.parametrize("amount", [0.1, "1", True, None])
def test_only_int_and_decimal_are_let_in(amount):
    for function in (irr, payback, cumulative, net_gain):
        with pytest.raises(TypeError):
            function([amount, 1])
    with pytest.raises(TypeError):
        npv(amount, [1])
    with pytest.raises(TypeError):
        benefit_cost_ratio(0, [1], [amount])


@pytest.mark.parametrize("amount", [D("NaN"), D("Infinity"), D("-Infinity")])
def test_an_amount_is_a_finite_number(amount):
    with pytest.raises(ValueError, match="finite"):
        npv(0, [amount])


def test_the_answer_does_not_hang_on_the_precision_of_the_caller():
    flows = [-1330001, -440002, 910003, 1660004]
    expected = npv(D("0.035"), flows), irr(flows), payback(flows)
    with localcontext(Context(prec=4)):
        assert (npv(D("0.035"), flows), irr(flows), payback(flows)) == expected


def test_flows_may_come_from_a_generator():
    assert irr(flow for flow in [-100, 110]) == D("0.1")
    assert payback(flow for flow in [-100, 200]) == D("1.5")


def test_the_mathematics_knows_nothing_but_the_standard_library():
    tree = ast.parse(inspect.getsource(finance))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert modules == {"collections.abc", "decimal", "itertools"}
    assert not [node for node in ast.walk(tree) if isinstance(getattr(node, "value", None), float)]
