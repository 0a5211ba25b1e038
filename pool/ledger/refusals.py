"""The ledger's no, in sentences with figures."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from innovation_pool.kroner import LARGEST, kr
from innovation_pool.refusals import Refusal, TooLate


class NotLocked(RuntimeError):
    """A fault in the program: money was to move before its pool, or its case, was locked."""


class NotEnough(Refusal):
    """The money is not there. `missing` is how many kroner short it is."""

    def __init__(self, sentence, missing: int, *, field=None):
        super().__init__(sentence, field=field)
        self.missing = missing


class Moved(TooLate):
    """The figures a confirmation was made from are no longer those of the ledger; show the new ones."""


MOVED = _("The money has moved since these figures were shown. Look at the new ones, and confirm again.")


def whole(amount: int, field: str = "amount") -> int:
    """The amount, when it is whole kroner, above zero and at most twelve figures."""
    if type(amount) is not int:
        raise TypeError(f"An amount is whole kroner, not {amount!r}.")
    if amount < 1:
        raise Refusal(_("Write an amount of at least 1 kr."), field=field)
    if amount > LARGEST:
        raise Refusal(
            format_lazy(_("The amount is too large; {most} is the most."), most=kr(LARGEST)), field=field
        )
    return amount


def available_short(year: int, have: int, wanted: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _("{have} is available in {year}, and {wanted} is needed: {missing} is missing."),
            have=kr(have),
            year=year,
            wanted=kr(wanted),
            missing=kr(wanted - have),
        ),
        wanted - have,
        field="amount",
    )


def reserved_short(case: str, year: int, have: int, wanted: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _("{case} has {have} reserved in {year}, and {wanted} is needed: {missing} is missing."),
            case=case,
            have=kr(have),
            year=year,
            wanted=kr(wanted),
            missing=kr(wanted - have),
        ),
        wanted - have,
        field="amount",
    )


def allocated_short(case: str, year: int, have: int, wanted: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _("{case} has {have} allocated in {year}, and {wanted} is needed: {missing} is missing."),
            case=case,
            have=kr(have),
            year=year,
            wanted=kr(wanted),
            missing=kr(wanted - have),
        ),
        wanted - have,
        field="amount",
    )


def unspent_short(case: str, year: int, have: int, wanted: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _("{case} has {have} allocated and unspent in {year}; {wanted} cannot be taken from it."),
            case=case,
            have=kr(have),
            year=year,
            wanted=kr(wanted),
        ),
        wanted - have,
        field="amount",
    )


def spent_stays(case: str, year: int, spent: int, left: int) -> Refusal:
    return Refusal(
        format_lazy(
            _(
                "{case} has spent {spent} in {year}, and the correction would leave {left} allocated there. "
                "Money that is spent cannot go back; return what is unspent instead."
            ),
            case=case,
            spent=kr(spent),
            year=year,
            left=kr(left),
        )
    )


def unfunded_short(case: str, year: int, have: int, wanted: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _("{case} has {have} without cover in {year}; {wanted} is more than that."),
            case=case,
            have=kr(have),
            year=year,
            wanted=kr(wanted),
        ),
        wanted - have,
        field="amount",
    )


def shortfall_stands(year: int, shortfall: int) -> NotEnough:
    return NotEnough(
        format_lazy(
            _(
                "{year} has a shortfall of {shortfall} after a cut. Until it is covered, nothing is reserved "
                "or allocated in {year}; the board frees money by a change of grant."
            ),
            year=year,
            shortfall=kr(shortfall),
        ),
        shortfall,
    )


def year_closed(pool, year: int) -> Refusal:
    return TooLate(
        format_lazy(
            _("{year} of {pool} is closed and takes no more movements. Put it right in an open year."),
            pool=pool.name,
            year=year,
        ),
        field="year",
    )


def before_first(pool, year: int) -> Refusal:
    return Refusal(
        format_lazy(
            _("{pool} begins in {first}; {year} is before that."),
            pool=pool.name,
            first=pool.first_year,
            year=year,
        ),
        field="year",
    )


def pool_closed(pool) -> Refusal:
    return TooLate(format_lazy(_("{pool} is closed and takes no more movements."), pool=pool.name))


def no_budget(pool, year: int) -> Refusal:
    return Refusal(
        format_lazy(
            _("{pool} has no budget in {year}. Grant the amount without cover until the council gives one."),
            pool=pool.name,
            year=year,
        ),
        field="year",
    )


def has_budget(pool, year: int) -> Refusal:
    return Refusal(
        format_lazy(
            _(
                "{pool} has a budget in {year}, so no more than what is free can be granted there. "
                "Only a change of grant may grant more without cover."
            ),
            pool=pool.name,
            year=year,
        ),
        field="year",
    )


def passed_over(year: int, free: int, first: str, wanted: int) -> Refusal:
    return NotEnough(
        format_lazy(
            _(
                "The free money of {year} goes first to grants without cover; {first} is next. {free} is "
                "left after them, and {wanted} is needed. Say why they are passed over."
            ),
            year=year,
            first=first,
            free=kr(free),
            wanted=kr(wanted),
        ),
        wanted - free,
        field="passed_over_reason",
    )
