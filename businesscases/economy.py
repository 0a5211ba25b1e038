"""The six-year economy of a businesscase: its lines, what they mean, and the key figures they give.

Amounts are whole kroner, typed positive whatever the kind; the kind says whether a line is a cost or a
gain. Inside a case everything is gain-positive. In the municipality's budget sheets + is expenses and - is
income, and `budget_sign` is the only place where the one becomes the other.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from businesscases import finance

YEARS = 6


class Kind(StrEnum):
    """What a line is."""

    INVESTMENT = "investment"
    IMPLEMENTATION = "implementation"
    DERIVED_OPERATION = "derived_operation"
    EXTERNAL_FUNDING = "external_funding"
    CASHABLE_GAIN = "cashable_gain"
    FREED_TIME = "freed_time"


class Payer(StrEnum):
    """Who pays a cost line."""

    POOL = "pool"
    OWN = "own"
    NOBODY = "nobody"


class Nature(StrEnum):
    """Whether a line is anlæg (capital) or drift (operation) in the accounts."""

    CAPITAL = "capital"
    OPERATION = "operation"
    NONE = "none"


COSTS: frozenset[str] = frozenset({Kind.INVESTMENT, Kind.IMPLEMENTATION, Kind.DERIVED_OPERATION})
INVESTED: frozenset[str] = frozenset({Kind.INVESTMENT, Kind.IMPLEMENTATION})

# What a line is in the accounts until finance says otherwise.
NATURE_OF: dict[str, Nature] = {
    Kind.INVESTMENT: Nature.CAPITAL,
    Kind.IMPLEMENTATION: Nature.OPERATION,
    Kind.DERIVED_OPERATION: Nature.OPERATION,
    Kind.EXTERNAL_FUNDING: Nature.CAPITAL,
    Kind.CASHABLE_GAIN: Nature.OPERATION,
    Kind.FREED_TIME: Nature.NONE,
}

# The careful scenario: cashable gains and every cost line are scaled, external funding is not.
CAREFUL_GAINS = Decimal("0.8")
CAREFUL_COSTS = Decimal("1.2")


Amount = TypeVar("Amount", int, Decimal, int | None, Decimal | None)


def net_sign(kind: str, amount: Amount) -> Amount:
    """The amount of a line as it reads inside the case: gains positive, costs negative, blank blank."""
    return _negative(amount) if kind in COSTS else amount


def budget_sign(kind: str, amount: Amount) -> Amount:
    """The amount of a line as it reads in a budget sheet or form: + is expenses, - is income, blank blank.

    Raises ValueError for freed time, which is in no budget.
    """
    if kind == Kind.FREED_TIME:
        raise ValueError("Freed time is valued beside the case and is in no budget.")
    return amount if kind in COSTS else _negative(amount)


@dataclass(frozen=True)
class Line:
    """One line of the economy. A cell that is None is blank, which is not zero.

    `kind` and `payer` are those of `Kind` and `Payer`, as members or as stored; a line that is no cost has
    no payer. `user_financed` marks an area that its users pay for through
    the takst.
    """

    key: str
    kind: str
    text: str
    amounts: tuple[int | None, ...]
    payer: str = ""
    permanent: bool = True
    user_financed: bool = False

    def __post_init__(self) -> None:
        if len(self.amounts) != YEARS:
            raise ValueError(f"A line has {YEARS} amounts, not {len(self.amounts)}.")

    @property
    def total(self) -> int | None:
        """The sum of the filled cells in kroner, or None when every cell is blank."""
        filled = [amount for amount in self.amounts if amount is not None]
        return sum(filled) if filled else None

    @property
    def is_cost(self) -> bool:
        return self.kind in COSTS

    @property
    def is_asked(self) -> bool:
        """Whether the case asks the pool for this line."""
        return self.is_cost and self.payer == Payer.POOL

    @property
    def is_invested(self) -> bool:
        return self.kind in INVESTED

    @property
    def is_cashable(self) -> bool:
        """Whether it is a gain that a budget can be lowered by: on a user-financed area it is the takst's."""
        return self.kind == Kind.CASHABLE_GAIN and not self.user_financed

    @property
    def is_takst_gain(self) -> bool:
        """Whether it is a gain that the users get through the takst, shown beside and never in the net."""
        return self.kind == Kind.CASHABLE_GAIN and self.user_financed

    @property
    def is_external(self) -> bool:
        return self.kind == Kind.EXTERNAL_FUNDING

    @property
    def is_freed_time(self) -> bool:
        return self.kind == Kind.FREED_TIME

    @property
    def in_net(self) -> bool:
        """Whether the line counts in the net per year."""
        return self.is_cost or self.is_cashable or self.is_external


@dataclass(frozen=True)
class Careful:
    """The careful scenario: cashable gains 20 % lower, costs 20 % higher. Kroner, gain-positive."""

    net: tuple[Decimal, ...]
    cumulative: tuple[Decimal, ...]
    net_gain: Decimal
    npv: Decimal
    payback: Decimal | None
    payback_year: int | None


@dataclass(frozen=True)
class KeyFigures:
    """The key figures of a case, exact and unrounded; amounts in kroner, one for each of the six years.

    `costs`, `gains` and `asked` are positive, `net` is gains less costs. `gains` holds cashable gains and
    external funding; `freed_time` and `takst_gains` stand beside and are in no other figure.
    `payback` is None when the case is not paid back within the six years, and also when
    `nothing_invested`: there is then nothing to pay back, which is not the same as never.
    """

    years: tuple[int, ...]
    rate: Decimal
    asked: tuple[int, ...]
    asked_in_all: int
    invested: int
    costs: tuple[int, ...]
    gains: tuple[int, ...]
    net: tuple[int, ...]
    cumulative: tuple[int, ...]
    net_gain: int
    permanent_effect: int
    npv: Decimal
    irr: Decimal | None
    benefit_cost_ratio: Decimal | None
    nothing_invested: bool
    payback: Decimal | None
    payback_year: int | None
    freed_time: tuple[int, ...]
    takst_gains: tuple[int, ...]
    careful: Careful


def key_figures(lines: Iterable[Line], rate: Decimal, start_year: int) -> KeyFigures:
    """All key figures of a case with these lines, discounted at `rate` (a fraction) to its first year."""
    lines = list(lines)
    costs = per_year(line for line in lines if line.is_cost)
    cashable = per_year(line for line in lines if line.is_cashable)
    external = per_year(line for line in lines if line.is_external)
    asked = per_year(line for line in lines if line.is_asked)
    invested = sum(line.total or 0 for line in lines if line.is_invested)
    gains = tuple(map(sum, zip(cashable, external, strict=True)))
    net = tuple(gain - cost for gain, cost in zip(gains, costs, strict=True))
    nothing_invested = invested == 0 and not any(costs)
    payback = None if nothing_invested else finance.payback(net)
    return KeyFigures(
        years=tuple(range(start_year, start_year + YEARS)),
        rate=rate,
        asked=asked,
        asked_in_all=sum(asked),
        invested=invested,
        costs=costs,
        gains=gains,
        net=net,
        cumulative=tuple(int(amount) for amount in finance.cumulative(net)),
        net_gain=int(finance.net_gain(net)),
        permanent_effect=_permanent_effect(lines),
        npv=finance.npv(rate, net),
        irr=finance.irr(net),
        benefit_cost_ratio=finance.benefit_cost_ratio(rate, gains, costs),
        nothing_invested=nothing_invested,
        payback=payback,
        payback_year=payback_year(payback, start_year),
        freed_time=per_year(line for line in lines if line.is_freed_time),
        takst_gains=per_year(line for line in lines if line.is_takst_gain),
        careful=_careful(
            net=tuple(
                CAREFUL_GAINS * gain + income - CAREFUL_COSTS * cost
                for gain, income, cost in zip(cashable, external, costs, strict=True)
            ),
            rate=rate,
            start_year=start_year,
            nothing_invested=nothing_invested,
        ),
    )


def per_year(lines: Iterable[Line]) -> tuple[int, ...]:
    """What the lines come to in each of the six years, as typed; blank counts as nothing."""
    rows = [line.amounts for line in lines]
    return tuple(sum(row[year] or 0 for row in rows) for year in range(YEARS))


def payback_year(payback: Decimal | None, start_year: int) -> int | None:
    """The calendar year in which the case is paid back, or None when it is not."""
    return None if payback is None else start_year + max(math.ceil(payback), 1) - 1


def _permanent_effect(lines: Sequence[Line]) -> int:
    """Cashable gains less derived operation in the sixth year, of the lines that go on after it."""
    lasting = [line for line in lines if line.permanent]
    gains = per_year(line for line in lasting if line.is_cashable)
    operation = per_year(line for line in lasting if line.kind == Kind.DERIVED_OPERATION)
    return gains[-1] - operation[-1]


def _careful(net: Sequence[Decimal], rate: Decimal, start_year: int, nothing_invested: bool) -> Careful:
    payback = None if nothing_invested else finance.payback(net)
    return Careful(
        net=tuple(net),
        cumulative=finance.cumulative(net),
        net_gain=finance.net_gain(net),
        npv=finance.npv(rate, net),
        payback=payback,
        payback_year=payback_year(payback, start_year),
    )


def _negative(amount: Amount) -> Amount:
    return None if amount is None else -amount
