"""Every coordinate here is worked out by hand from the size of the picture."""

from decimal import Decimal

import pytest

from innovation_pool.charts import (
    MILLION,
    NARROW,
    WIDE,
    Bar,
    Part,
    Point,
    Tick,
    YearMoney,
    cumulative_chart,
    pool_chart,
    year_bar,
    year_bars,
)

# -1, 0, 1, 2 mio. kr. at the ends of four years. The plot is 260 high for 3 mio.: 86,67 for each. Its
# 656 in width are 164 for each year.
FLOWS = [-MILLION, MILLION, MILLION, MILLION]


@pytest.fixture
def chart():
    return cumulative_chart(FLOWS, None, 2021, Decimal(2))


def test_points_stand_at_the_ends_of_the_years(chart):
    assert chart.line == "56.0,187.3 220.0,274.0 384.0,187.3 548.0,100.7 712.0,14.0"
    assert chart.points == (
        Point(220.0, 274.0),
        Point(384.0, 187.3),
        Point(548.0, 100.7),
        Point(712.0, 14.0),
    )
    assert chart.ends == ((2021, -MILLION), (2022, 0), (2023, MILLION), (2024, 2 * MILLION))


def test_a_year_is_named_in_the_middle_of_its_stretch(chart):
    assert chart.years == (Tick(138.0, 2021), Tick(302.0, 2022), Tick(466.0, 2023), Tick(630.0, 2024))
    assert chart.year_ends == (56.0, 220.0, 384.0, 548.0, 712.0)


def test_the_axis_goes_by_half_millions_from_the_lowest_to_the_highest(chart):
    assert [tick.value for tick in chart.grid] == [
        2_000_000,
        1_500_000,
        1_000_000,
        500_000,
        0,
        -500_000,
        -1_000_000,
    ]
    assert [tick.at for tick in chart.grid] == [14.0, 57.3, 100.7, 144.0, 187.3, 230.7, 274.0]
    assert chart.unit == MILLION


def test_what_is_below_zero_and_above_it_are_areas_of_their_own(chart):
    assert chart.below == "M56.0,187.3L220.0,274.0L384.0,187.3Z"
    assert chart.above == "M384.0,187.3L548.0,100.7L712.0,14.0L712.0,187.3Z"


def test_the_ring_stands_where_the_line_crosses_zero(chart):
    mark = chart.payback
    assert (mark.x, chart.zero) == (384.0, 187.3)
    assert (mark.years, mark.year) == (Decimal(2), 2022)
    assert (mark.anchor, mark.label_x) == ("end", 376.0)


def test_a_crossing_within_a_year_is_where_payback_says():
    # -1 mio. after the first year, +3 in the second: back at zero a third into it.
    chart = cumulative_chart([-MILLION, 3 * MILLION], None, 2021, Decimal(4) / 3)
    assert chart.payback.x == pytest.approx(56 + 656 * 2 / 3, abs=0.1)
    assert chart.below.endswith(f"L{chart.payback.x},{chart.zero}Z")
    assert chart.payback.year == 2022


def test_the_words_go_to_the_right_when_payback_is_early():
    chart = cumulative_chart([-MILLION, 9 * MILLION, MILLION, MILLION, 0, 0], None, 2021, Decimal("1.11"))
    assert chart.payback.anchor == "start"
    assert chart.payback.label_x == pytest.approx(chart.payback.x + 8, abs=0.1)


def test_a_case_that_is_never_below_zero_is_paid_back_from_the_start():
    chart = cumulative_chart([MILLION, 0], None, 2021, Decimal(0))
    assert (chart.payback.x, chart.payback.year, chart.payback.anchor) == (56.0, 2021, "start")
    assert chart.below == ""


def test_a_case_that_never_pays_back_has_no_ring_and_nothing_above():
    chart = cumulative_chart([-MILLION, 0], None, 2021, None)
    assert chart.payback is None
    assert chart.above == ""
    # The last figure, "−1,00 mio. kr.", takes two pixels more than the usual room.
    assert chart.below == "M56.0,14.0L383.0,274.0L710.0,274.0L710.0,14.0Z"


def test_a_line_that_crosses_zero_three_times_has_two_areas_on_each_side():
    chart = cumulative_chart([1000, -2000, 2000, -2000], None, 2021, None)
    assert (chart.above.count("M"), chart.below.count("M")) == (2, 2)


def test_nothing_at_all_is_a_flat_line_on_zero():
    chart = cumulative_chart([0, 0], [0, 0], 2021, None)
    assert [tick.value for tick in chart.grid] == [MILLION, 0]
    assert chart.line == "56.0,274.0 384.0,274.0 712.0,274.0"
    assert (chart.above, chart.below) == ("", "")


def test_small_amounts_are_counted_in_smaller_units():
    assert cumulative_chart([80_000], None, 2021, None).unit == 1_000
    assert cumulative_chart([800], None, 2021, None).unit == 1


def test_wide_figures_get_room_at_both_sides():
    # "−10.000,0" are 9 signs of 8 and 12 beside them; "27.000,00 mio. kr." 18 and 10.
    huge = 1_000 * MILLION
    chart = cumulative_chart([-9 * huge, *[4 * huge] * 9], None, 2021, Decimal("3.25"))
    assert (chart.left, chart.right) == (12 + 8 * 10, 832 - 10 - 8 * 18)
    assert len(chart.points) == 10


def test_labels_at_the_end_keep_a_labels_height_apart():
    chart = cumulative_chart(FLOWS, [-MILLION, MILLION, MILLION, MILLION - 1000], 2021, Decimal(2))
    assert chart.careful_label - chart.end_label == pytest.approx(40, abs=0.2)
    assert chart.end_label >= WIDE.top + 8


def test_labels_at_the_bottom_stay_inside_the_plot():
    chart = cumulative_chart([-MILLION], [-MILLION], 2021, None)
    assert (chart.end_label, chart.careful_label) == (234.0, 274.0)


def test_ten_years_on_a_phone_name_every_second_one():
    chart = cumulative_chart([-MILLION, *[MILLION] * 9], None, 2021, Decimal(2), NARROW)
    assert [tick.value for tick in chart.years] == [2021, 2023, 2025, 2027, 2029]


# --- The pool -------------------------------------------------------------------------------------

# The highest column is 4.240 over 212 pixels: 20 kroner for each.
YEAR = YearMoney(2021, allocated=200, spent=60, reserved=2_200, available=1_600, asked=1_840)


def test_a_pool_year_is_stacked_and_what_is_asked_stands_beside():
    (column,) = pool_chart([YEAR]).columns
    assert column.bars == (
        Bar("allocated", 28, 239.5, 72, 8.5),
        Bar("reserved", 28, 129.5, 72, 108.5),
        Bar("available", 28, 49.5, 72, 78.5),
        Bar("spent", 58.0, 246.0, 12, 2),
        Bar("asked", 0, 49.5, 20, 78.5),
        Bar("uncovered", 0, 37.5, 20, 10.5),
    )
    assert (column.money.over, column.over_y) == (240, 28.0)


def test_in_a_year_without_a_budget_all_that_is_asked_is_without_cover():
    year = YearMoney(2024, asked=250, budgeted=False)
    column = pool_chart([YEAR, year]).columns[1]
    assert column.bars == (Bar("uncovered", 28, 237.0, 72, 11.0),)
    assert year.over == 250


def test_a_cut_into_what_is_bound_is_shown_as_missing():
    # 1.000 are bound, the budget is cut to 700.
    year = YearMoney(2021, reserved=1_000, shortfall=300)
    (column,) = pool_chart([year]).columns
    assert year.over == 300
    assert [(bar.kind, bar.x) for bar in column.bars] == [("reserved", 28), ("uncovered", 0)]


def test_what_is_granted_without_cover_counts_as_over():
    assert YearMoney(2024, unfunded=250, budgeted=False).over == 250


def test_an_empty_pool_draws_nothing_and_does_not_fail():
    (column,) = pool_chart([YearMoney(2021)]).columns
    assert column.bars == ()
    assert year_bar(YearMoney(2021)).parts == ()
    assert year_bars([]) == ()


def test_the_bars_of_the_years_share_one_scale():
    first, second = year_bars([YEAR, YearMoney(2022, available=1_000)])
    assert first.parts == (
        Part("allocated", 0.0, 4.75),
        Part("reserved", 5.0, 54.75),
        Part("available", 60.0, 39.75),
        Part("spent", 0.0, 1.25),
    )
    assert second.parts == (Part("available", 0.0, 24.75),)


def test_a_bar_alone_fills_the_width():
    parts = year_bar(YearMoney(2021, available=5)).parts
    assert parts == (Part("available", 0.0, 99.75),)
