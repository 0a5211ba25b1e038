"""Gain-positive inside a case, expense-positive in budgets; and what holds for every case there can be."""

import ast
import inspect
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesscases import economy, finance
from businesscases.economy import (
    COSTS,
    NATURE_OF,
    Kind,
    Line,
    Nature,
    Payer,
    budget_sign,
    key_figures,
    net_sign,
)

D = Decimal
RATE = D("0.035")


@pytest.mark.parametrize(
    ("kind", "in_the_case", "in_budgets"),
    [
        (Kind.INVESTMENT, -7, 7),
        (Kind.IMPLEMENTATION, -7, 7),
        (Kind.DERIVED_OPERATION, -7, 7),
        (Kind.EXTERNAL_FUNDING, 7, -7),
        (Kind.CASHABLE_GAIN, 7, -7),
    ],
)
def test_gain_positive_in_the_case_and_expense_positive_in_budgets(kind, in_the_case, in_budgets):
    assert (net_sign(kind, 7), budget_sign(kind, 7)) == (in_the_case, in_budgets)
    assert (net_sign(kind, -7), budget_sign(kind, -7)) == (-in_the_case, -in_budgets)
    assert (net_sign(kind, None), budget_sign(kind, None)) == (None, None)
    assert (str(net_sign(kind, 0)), str(budget_sign(kind, 0))) == ("0", "0")


def test_freed_time_is_shown_as_typed_and_is_in_no_budget():
    assert net_sign(Kind.FREED_TIME, 7) == 7
    with pytest.raises(ValueError, match="no budget"):
        budget_sign(Kind.FREED_TIME, 7)


def test_the_words_are_those_that_are_stored():
    assert [str(kind) for kind in Kind] == [
        "investment",
        "implementation",
        "derived_operation",
        "external_funding",
        "cashable_gain",
        "freed_time",
    ]
    assert [str(payer) for payer in Payer] == ["pool", "own", "nobody"]
    assert [str(nature) for nature in Nature] == ["capital", "operation", "none"]
    assert set(NATURE_OF) == set(Kind)
    assert Kind("investment") in COSTS


# --- what holds for every case -----------------------------------------------------------------------

cells = st.tuples(*[st.none() | st.integers(-(10**7), 10**7)] * 6)
cases = st.lists(
    st.builds(
        Line,
        key=st.just("k"),
        kind=st.sampled_from(Kind),
        text=st.just(""),
        amounts=cells,
        payer=st.sampled_from(["", *Payer]),
        permanent=st.booleans(),
        user_financed=st.booleans(),
    ),
    max_size=8,
)


@given(lines=cases)
def test_every_figure_follows_from_the_signed_lines(lines):
    figures = key_figures(lines, RATE, 2020)
    counted = [
        each
        for each in lines
        if each.kind != "freed_time" and not (each.kind == "cashable_gain" and each.user_financed)
    ]
    assert counted == [each for each in lines if each.in_net]
    net = tuple(sum(net_sign(each.kind, each.amounts[year]) or 0 for each in counted) for year in range(6))
    assert figures.net == net
    assert (
        tuple(-sum(budget_sign(each.kind, each.amounts[y]) or 0 for each in counted) for y in range(6)) == net
    )
    assert figures.net_gain == figures.cumulative[-1] == sum(net)
    assert figures.npv == finance.npv(RATE, net)
    assert figures.irr == finance.irr(net)
    scale = {"cashable_gain": D("0.8"), "external_funding": D(1)}
    careful = tuple(
        sum(
            scale.get(each.kind, D("1.2")) * (net_sign(each.kind, each.amounts[year]) or 0)
            for each in counted
        )
        for year in range(6)
    )
    assert figures.careful.net == careful
    assert figures.careful.net_gain == sum(careful)
    whole = (*figures.net, *figures.cumulative, *figures.asked, figures.net_gain, figures.invested)
    assert {type(amount) for amount in whole} == {int}


def test_the_economy_imports_only_the_mathematics_and_the_standard_library():
    tree = ast.parse(inspect.getsource(economy))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert modules == {"math", "collections.abc", "dataclasses", "decimal", "enum", "typing", "businesscases"}
