"""The six-year economy: the case of the design worked through by hand, and every rule on its own."""

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from businesscases.economy import NATURE_OF, Kind, Line, Nature, Payer, key_figures, payback_year, per_year
from businesscases.finance import rounded

D = Decimal
RATE = D("0.035")
NOTHING = (0,) * 6


def line(kind, row, payer="", permanent=True, user_financed=False):
    """A line from a text such as "900 700 300 . . .", where a point is a blank cell."""
    cells = tuple(None if cell == "." else int(cell) for cell in row.split())
    return Line(row, kind, "", cells, payer, permanent, user_financed)


def thousands(*amounts):
    return tuple(amount * 1000 for amount in amounts)


CASE = [
    line(Kind.INVESTMENT, "900000 700000 300000 . . .", Payer.POOL),
    line(Kind.INVESTMENT, "150000 100000 . . . .", Payer.OWN),
    line(Kind.IMPLEMENTATION, "160000 80000 . . . .", Payer.OWN),
    line(Kind.DERIVED_OPERATION, "120000 180000 240000 240000 240000 240000", Payer.OWN),
    line(Kind.CASHABLE_GAIN, ". 260000 520000 640000 640000 640000"),
    line(Kind.CASHABLE_GAIN, ". 360000 720000 960000 960000 960000"),
    line(Kind.CASHABLE_GAIN, ". . 210000 300000 300000 300000"),
    line(Kind.FREED_TIME, ". 150000 300000 300000 300000 300000"),
]


# --- the case of the design --------------------------------------------------------------------------


def test_the_case_year_by_year():
    figures = key_figures(CASE, RATE, 2021)
    assert figures.years == (2021, 2022, 2023, 2024, 2025, 2026)
    # 900+150+160+120 · 700+100+80+180 · 300+240 · 240 · 240 · 240
    assert figures.costs == thousands(1330, 1060, 540, 240, 240, 240)
    # 0 · 260+360 · 520+720+210 · 640+960+300 · the same · the same
    assert figures.gains == thousands(0, 620, 1450, 1900, 1900, 1900)
    assert figures.net == thousands(-1330, -440, 910, 1660, 1660, 1660)
    assert figures.cumulative == thousands(-1330, -1770, -860, 800, 2460, 4120)
    assert figures.freed_time == thousands(0, 150, 300, 300, 300, 300)
    assert figures.asked == thousands(900, 700, 300, 0, 0, 0)
    assert figures.takst_gains == NOTHING


def test_the_case_in_single_figures():
    figures = key_figures(CASE, RATE, 2021)
    assert figures.asked_in_all == 1_900_000
    # 1,900 + 250 + 240: investment and implementation, whoever pays
    assert figures.invested == 2_390_000
    assert figures.net_gain == 4_120_000
    # 640 + 960 + 300 − 240
    assert figures.permanent_effect == 1_660_000
    # −1330 − 425.12077 + 849.49474 + 1497.22489 + 1446.59410 + 1397.67546, in 1.000 kr.
    assert rounded(figures.npv) == 3_435_868
    assert rounded(figures.irr, 3) == D("0.444")
    # 6,921.8046 / 3,485.9361
    assert rounded(figures.benefit_cost_ratio, 4) == D("1.9856")
    # 3 + 860/1660, in the fourth year
    assert rounded(figures.payback, 1) == D("3.5")
    assert figures.payback_year == 2024
    assert figures.nothing_invested is False
    assert figures.rate == RATE


def test_the_case_seen_carefully():
    careful = key_figures(CASE, RATE, 2021).careful
    # 0.8 · gains − 1.2 · costs:
    #    0 − 1596 · 496 − 1272 · 1160 − 648 · 1520 − 288 · 1520 − 288 · 1520 − 288
    assert careful.net == thousands(-1596, -776, 512, 1232, 1232, 1232)
    assert careful.cumulative == thousands(-1596, -2372, -1860, -628, 604, 1836)
    assert careful.net_gain == 1_836_000
    # −1596 − 749.75845 + 477.95748 + 1111.19341 + 1073.61682 + 1037.31093
    assert rounded(careful.npv / 1000, 3) == D("1354.320")
    # 4 + 628/1232, in the fifth year
    assert rounded(careful.payback, 4) == D("4.5097")
    assert careful.payback_year == 2025


# --- what each kind and payer counts in --------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "net", "invested", "freed_time", "permanent_effect", "nature"),
    [
        (Kind.INVESTMENT, -6, 36, 0, 0, Nature.CAPITAL),
        (Kind.IMPLEMENTATION, -6, 36, 0, 0, Nature.OPERATION),
        (Kind.DERIVED_OPERATION, -6, 0, 0, -6, Nature.OPERATION),
        (Kind.EXTERNAL_FUNDING, 6, 0, 0, 0, Nature.CAPITAL),
        (Kind.CASHABLE_GAIN, 6, 0, 0, 6, Nature.OPERATION),
        (Kind.FREED_TIME, 0, 0, 6, 0, Nature.NONE),
    ],
)
def test_what_a_line_of_each_kind_counts_in(kind, net, invested, freed_time, permanent_effect, nature):
    figures = key_figures([line(kind, "6 6 6 6 6 6", Payer.OWN)], RATE, 2020)
    assert figures.net == (net,) * 6
    assert figures.invested == invested
    assert figures.freed_time == (freed_time,) * 6
    assert figures.permanent_effect == permanent_effect
    assert NATURE_OF[kind] == nature


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("payer", ["", *Payer])
def test_only_cost_lines_paid_by_the_pool_are_asked_for(kind, payer):
    figures = key_figures([line(kind, "1 2 3 4 5 6", payer)], RATE, 2020)
    asked = kind in {"investment", "implementation", "derived_operation"} and payer == "pool"
    assert figures.asked == ((1, 2, 3, 4, 5, 6) if asked else NOTHING)
    assert figures.asked_in_all == (21 if asked else 0)


def test_lines_as_stored_give_the_same_figures():
    stored = [replace(each, kind=str(each.kind.value), payer=str(each.payer)) for each in CASE]
    assert {type(each.kind) for each in stored} == {str}
    assert key_figures(stored, RATE, 2021) == key_figures(CASE, RATE, 2021)


def test_external_funding_is_a_gain_in_the_ratio_and_is_never_scaled():
    lines = [
        line(Kind.INVESTMENT, "1000 . . . . .", Payer.POOL),
        line(Kind.EXTERNAL_FUNDING, "400 . . . . ."),
        line(Kind.CASHABLE_GAIN, ". 1000 . . . ."),
    ]
    figures = key_figures(lines, D(0), 2020)
    assert figures.invested == 1000
    assert figures.gains == (400, 1000, 0, 0, 0, 0)
    assert figures.net == (-600, 1000, 0, 0, 0, 0)
    # (400 + 1000) / 1000
    assert figures.benefit_cost_ratio == D("1.4")
    # 400 − 1.2 · 1000 · 0.8 · 1000
    assert figures.careful.net == (-800, 800, 0, 0, 0, 0)
    assert figures.careful.payback == 2


def test_a_gain_on_a_user_financed_area_is_the_takst_s_and_stands_beside():
    cost = line(Kind.DERIVED_OPERATION, "10 10 10 10 10 10", Payer.OWN, user_financed=True)
    gain = line(Kind.CASHABLE_GAIN, ". 50 50 50 50 50", user_financed=True)
    funding = line(Kind.EXTERNAL_FUNDING, "5 . . . . .", user_financed=True)
    figures = key_figures([cost, gain, funding], RATE, 2020)
    assert figures.net == (-5, -10, -10, -10, -10, -10)
    assert figures.gains == (5, 0, 0, 0, 0, 0)
    assert figures.takst_gains == (0, 50, 50, 50, 50, 50)
    assert figures.permanent_effect == -10
    assert figures.careful.net == (-7, -12, -12, -12, -12, -12)
    assert figures.payback is None

    same_elsewhere = key_figures([cost, replace(gain, user_financed=False), funding], RATE, 2020)
    assert same_elsewhere.net == (-5, 40, 40, 40, 40, 40)
    assert same_elsewhere.permanent_effect == 40


def test_only_varige_lines_count_in_the_permanent_effect():
    lines = [
        line(Kind.CASHABLE_GAIN, ". . . . . 100"),
        line(Kind.CASHABLE_GAIN, ". . . . . 1000", permanent=False),
        line(Kind.DERIVED_OPERATION, ". . . . . 30", Payer.OWN),
        line(Kind.DERIVED_OPERATION, ". . . . . 300", Payer.OWN, permanent=False),
        line(Kind.EXTERNAL_FUNDING, ". . . . . 7"),
        line(Kind.CASHABLE_GAIN, "50 50 50 50 50 ."),
    ]
    figures = key_figures(lines, RATE, 2020)
    assert figures.permanent_effect == 70
    # 100 + 1000 − 30 − 300 + 7
    assert figures.net[5] == 777


# --- blanks, corrections, edges ----------------------------------------------------------------------


def test_a_blank_cell_counts_as_nothing_and_a_blank_line_has_no_total():
    assert line(Kind.INVESTMENT, ". . . . . .").total is None
    assert line(Kind.INVESTMENT, "0 . . . . .").total == 0
    assert line(Kind.INVESTMENT, "5 . . . . 7").total == 12
    assert line(Kind.INVESTMENT, "5 -5 . . . .").total == 0
    blank = key_figures([line(Kind.INVESTMENT, ". . . . . .", Payer.POOL)], RATE, 2020)
    assert (blank.asked, blank.invested, blank.nothing_invested) == (NOTHING, 0, True)


def test_a_negative_entry_corrects():
    lines = [
        line(Kind.INVESTMENT, "100 -20 . . . .", Payer.POOL),
        line(Kind.CASHABLE_GAIN, ". 60 -10 50 . ."),
    ]
    figures = key_figures(lines, D(0), 2020)
    assert figures.asked == (100, -20, 0, 0, 0, 0)
    assert figures.invested == 80
    assert figures.net == (-100, 80, -10, 50, 0, 0)
    # −100, −20, −30, 20 → 3 + 30/50
    assert (figures.payback, figures.payback_year) == (D("3.6"), 2023)
    assert figures.irr is None
    # 0.8 · gains − 1.2 · costs
    assert figures.careful.net == (-120, 72, -8, 40, 0, 0)


def test_a_case_without_lines_has_invested_nothing():
    figures = key_figures([], RATE, 2020)
    assert figures.nothing_invested is True
    assert (figures.payback, figures.payback_year, figures.irr, figures.benefit_cost_ratio) == (None,) * 4
    assert (figures.net, figures.net_gain, figures.npv) == (NOTHING, 0, 0)
    assert (figures.careful.payback, figures.careful.payback_year) == (None, None)


def test_gains_alone_are_nothing_invested():
    figures = key_figures([line(Kind.CASHABLE_GAIN, "1 1 1 1 1 1")], RATE, 2020)
    assert (figures.nothing_invested, figures.payback, figures.net_gain) == (True, None, 6)


def test_derived_operation_alone_is_a_cost_that_is_never_paid_back():
    figures = key_figures([line(Kind.DERIVED_OPERATION, "1 1 1 1 1 1", Payer.OWN)], RATE, 2020)
    assert (figures.nothing_invested, figures.invested, figures.payback) == (False, 0, None)


def test_a_case_that_never_is_below_zero_is_paid_back_at_once():
    lines = [line(Kind.INVESTMENT, "10 . . . . .", Payer.POOL), line(Kind.CASHABLE_GAIN, "10 5 . . . .")]
    figures = key_figures(lines, RATE, 2020)
    assert (figures.payback, figures.payback_year) == (0, 2020)
    # 8 − 12, 4: 1 + 4/4
    assert (figures.careful.payback, figures.careful.payback_year) == (2, 2021)


@pytest.mark.parametrize(
    ("payback", "year"),
    [(None, None), ("0", 2021), ("0.2", 2021), ("1", 2021), ("1.01", 2022), ("3.5", 2024), ("6", 2026)],
)
def test_the_payback_year_is_the_year_in_which_it_happens(payback, year):
    assert payback_year(payback and D(payback), 2021) == year


def test_a_line_has_six_amounts_and_cannot_be_changed():
    with pytest.raises(ValueError, match="6 amounts, not 2"):
        Line("a", Kind.INVESTMENT, "", (1, 2), Payer.POOL)
    with pytest.raises(FrozenInstanceError):
        CASE[0].amounts = NOTHING


def test_per_year_adds_what_was_typed():
    assert per_year(CASE[:2]) == thousands(1050, 800, 300, 0, 0, 0)
    assert per_year([]) == NOTHING
