"""The key figures of a businesscase as pure mathematics on `Decimal`.

Flows are yearly nets in kroner, gain-positive, the first one being year 1; they may have any length.
Rates are fractions: `Decimal("0.035")` is 3.5 %. Nothing here knows a model, a clock or a setting.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import accumulate, pairwise

# Everything is computed with far more digits than are handed back, so that the figure does not depend on
# the order of the additions, and so that a rate very close to 0 keeps its digits when 1 is subtracted.
WORKING = Context(prec=80, rounding=ROUND_HALF_EVEN)
ANSWER = Context(prec=28, rounding=ROUND_HALF_EVEN)

Amount = int | Decimal


def npv(rate: Amount, flows: Iterable[Amount], first_year_discounted: bool = False) -> Decimal:
    """Net present value in kroner: the sum of Nt/(1+r)^(t-1), the first year undiscounted.

    With `first_year_discounted` it is the sum of Nt/(1+r)^t, which is what Excel's NPV() gives.
    Raises ValueError unless the rate is above -1.
    """
    with localcontext(WORKING):
        value = _present_value(_rate(rate), _exact(flows), first_year_discounted)
    return ANSWER.plus(value)


def irr(flows: Iterable[Amount]) -> Decimal | None:
    """Internal rate of return as a fraction, or None when the flows do not change sign exactly once.

    Zeros have no sign. With one change of sign there is exactly one rate above -1 (Descartes' rule of
    signs), and halving an interval that holds it cannot miss it.
    """
    with localcontext(WORKING):
        flows = _without_outer_zeros(_exact(flows))
        if _sign_changes(flows) != 1:
            return None
        growth = _growth_that_balances(flows)
        return _plain(ANSWER.plus(growth - 1))


def payback(flows: Iterable[Amount]) -> Decimal | None:
    """Years from the start of year 1 until the cumulative net is back at zero for good.

    It is read in the last year in which the cumulative net comes from below zero to zero or above, the
    year's net being spread evenly over the year. None when the cumulative net ends below zero, 0 when it
    never is below zero.
    """
    with localcontext(WORKING):
        nets = _exact(flows)
        ends = list(accumulate(nets))
        if ends and ends[-1] < 0:
            return None
        years = Decimal(0)
        for year in range(1, len(ends)):
            if ends[year - 1] < 0 <= ends[year]:
                years = year - ends[year - 1] / nets[year]
    return ANSWER.plus(years)


def cumulative(flows: Iterable[Amount]) -> tuple[Decimal, ...]:
    """The cumulative net at the end of each year, in kroner."""
    with localcontext(WORKING):
        return tuple(accumulate(_exact(flows)))


def net_gain(flows: Iterable[Amount]) -> Decimal:
    """The cumulative net at the end of the last year, in kroner; undiscounted."""
    with localcontext(WORKING):
        return sum(_exact(flows), Decimal(0))


def benefit_cost_ratio(
    rate: Amount, gains: Iterable[Amount], costs: Iterable[Amount], first_year_discounted: bool = False
) -> Decimal | None:
    """Present value of the gains per krone of present value of the costs, or None without costs.

    Gains and costs are both typed positive. Costs whose present value is 0 are no costs.
    """
    with localcontext(WORKING):
        exact_rate = _rate(rate)
        cost = _present_value(exact_rate, _exact(costs), first_year_discounted)
        gain = _present_value(exact_rate, _exact(gains), first_year_discounted)
        if cost == 0:
            return None
        ratio = gain / cost
    return ANSWER.plus(ratio)


def rounded(value: Amount, places: int = 0) -> Decimal:
    """The value rounded half up (away from zero) to so many decimals; -3 gives whole thousands."""
    with localcontext(WORKING):
        step = Decimal(1).scaleb(-places)
        answer = _exact([value])[0].quantize(step, rounding=ROUND_HALF_UP)
        # Adding 0 turns "-0" into "0"; a quantum above 1 would print as 1E+3.
        return (answer if places >= 0 else answer.quantize(Decimal(1))) + 0


def _exact(amounts: Iterable[Amount]) -> list[Decimal]:
    exact = []
    for amount in amounts:
        if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
            raise TypeError(f"Amounts and rates are int or Decimal, not {type(amount).__name__}.")
        exact.append(Decimal(amount))
        if not exact[-1].is_finite():
            raise ValueError("Amounts and rates are finite numbers.")
    return exact


def _rate(rate: Amount) -> Decimal:
    exact = _exact([rate])[0]
    if exact <= -1:
        raise ValueError("A rate is above -1.")
    return exact


def _present_value(rate: Decimal, flows: Sequence[Decimal], first_year_discounted: bool) -> Decimal:
    growth = 1 + rate
    value = Decimal(0)
    for flow in reversed(flows):
        value = value / growth + flow
    return value / growth if first_year_discounted else value


def _without_outer_zeros(flows: list[Decimal]) -> list[Decimal]:
    """The flows from the first to the last that is not zero; the rest moves no rate."""
    at = [place for place, flow in enumerate(flows) if flow]
    return flows[at[0] : at[-1] + 1] if at else []


def _sign_changes(flows: Iterable[Decimal]) -> int:
    gains = [flow > 0 for flow in flows if flow]
    return sum(before != after for before, after in pairwise(gains))


def _growth_that_balances(flows: Sequence[Decimal]) -> Decimal:
    """The yearly growth 1+r, above 0, at which the flows' value in the last year is zero.

    The flows begin and end with different signs and change sign once. The first year's flow wins for a
    large growth and the last year's for a small one.
    """
    first_is_negative = flows[0] < 0

    def is_too_small(growth: Decimal) -> bool:
        value = Decimal(0)
        for flow in flows:
            value = value * growth + flow
        return value != 0 and (value > 0) == first_is_negative

    if not sum(flows):
        return Decimal(1)
    low = high = Decimal(1)
    while is_too_small(high):
        low, high = high, high * 2
    while not is_too_small(low):
        low, high = low / 2, low
    # Down to the last digits of the working precision: an interval that no longer shrinks is the answer.
    while low < (middle := (low + high) / 2) < high:
        if is_too_small(middle):
            low = middle
        else:
            high = middle
    return high


def _plain(number: Decimal) -> Decimal:
    """The same number without the zeros at its end: 0.1, not 0.1000."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()
