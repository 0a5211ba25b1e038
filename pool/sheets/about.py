"""What a budget sheet says about itself: in its head, at its foot and on the sheet Om."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from innovation_pool.dates import clock, long_date
from pool.models import Pool
from pool.sheets.words import sheet_sentences

# As much of a check code as fits a head or a foot, and is read back by `VerifyForm`.
CODE_PRINTED = 16


@dataclass(frozen=True)
class Saying:
    """The facts the sentences are about. `spending` is when the newest file was read, and posted up to."""

    pool: Pool
    spending: tuple[datetime.datetime | None, datetime.date | None]
    place: str
    years: Sequence[int]
    unit: int
    at: datetime.datetime
    role: str
    price_levels: Sequence[int]
    cases: int


def short_code(code: str) -> str:
    """A check code as it stands in a head or foot: its first characters."""
    return code[:CODE_PRINTED] or "–"


def lines(saying: Saying) -> dict[str, str]:
    """The lines in the heads and feet of the sheets."""
    said = sheet_sentences()
    pool, code = saying.pool, short_code(saying.pool.head)
    latest = (
        said["latest"] % {"number": pool.last_number, "code": code} if pool.head else said["no_movements"]
    )
    unit, when = said[f"unit_{saying.unit}"], moment(saying.at)
    levels = (
        said["levels_of_cases"] % {"levels": _levels(saying)} if saying.price_levels else said["levels_none"]
    )
    facts = {"when": when, "role": saying.role, "latest": latest}
    foot = {
        "number": pool.number,
        "years": _years(saying),
        "latest": pool.last_number,
        "code": code,
    }
    read, _posted = saying.spending
    spent = {"spent_how": said["spent_read"] % {"read": long_date(read)}} if read else {}
    return spent | {
        "unit_line": said["unit_line"] % {"unit": unit, "levels": levels},
        "when_line_budget": said["when_line_budget"] % facts,
        "when_line_operation": said["when_line_operation"] % facts,
        "foot": said["foot"] % {**foot, "unit": unit},
        "foot_kroner": said["foot"] % {**foot, "unit": said["unit_1"]},
    }


def sentences(saying: Saying) -> dict[str, str]:
    """The sentences of Om by the label they stand beside."""
    said, pool, first = sheet_sentences(), saying.pool, saying.years[0]
    when = moment(saying.at)
    levels = _levels(saying) or "–"
    made = {
        "pool": {"pool": pool.name, "number": pool.number, "place": saying.place},
        "extracted": {"when": when, "role": saying.role},
        "basis": {"n": saying.cases},
        "units": {"unit": said[f"unit_{saying.unit}"]},
        "price_levels": {"levels": levels},
        "head_number": {"number": pool.last_number, "code": short_code(pool.head)},
        "same_as_page": {"when": when},
    }
    found = {
        name.removeprefix("said_"): said[name] % made.get(name.removeprefix("said_"), {})
        for name in said
        if name.startswith("said_") and name not in ("said_covers", "said_covers_years", "said_spending")
    }
    found["basis_of_sheet"] = found.pop("basis")
    found["covers"] = _covers(saying, said, first)
    read, posted = saying.spending
    if read:
        found["spending"] = said["said_spending"] % {"read": long_date(read), "posted": long_date(posted)}
    else:
        found["spending"] = said["said_no_spending"]
    return found


def moment(at: datetime.datetime) -> str:
    """A local moment in words."""
    return sheet_sentences()["when"] % {"date": long_date(at), "time": clock(at)}


def _covers(saying: Saying, said: dict[str, str], first: int) -> str:
    if len(saying.years) > 1:
        return said["said_covers_years"] % {"first": first, "last": saying.years[-1]}
    names = ("year", "second", "third", "fourth", "fifth", "sixth")
    return said["said_covers"] % {name: first + offset for offset, name in enumerate(names)}


def _levels(saying: Saying) -> str:
    return ", ".join(str(level) for level in saying.price_levels)


def _years(saying: Saying) -> str:
    first, last = saying.years[0], saying.years[-1]
    return str(first) if first == last else f"{first}–{last}"
