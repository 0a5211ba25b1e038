"""A provisional decision as it is read: what is put down on an item, in words and amounts. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from pool.decided_words import put_down, shape_of
from pool.decisions import Misfit, asked_by_year
from pool.models import DecisionKind, Pool, ProvisionalDecision


@dataclass(frozen=True)
class PutDownRow:
    """What a pool and a year give; whole kroner, negative where a change takes."""

    pool: Pool
    year: int
    asked: int
    amount: int
    unfunded: int


@dataclass(frozen=True)
class PutDown:
    """`reserved` and `unfunded` sum the rows; `political` are the conditions, `misfits` what does not fit."""

    words: str
    shape: str
    text: str
    reason: str
    terms: str
    passed_over: str
    political: tuple[str, ...]
    rows: tuple[PutDownRow, ...]
    reserved: int
    unfunded: int
    pools: str
    misfits: tuple[Misfit, ...]
    changes: bool
    by: str
    at: datetime


def put_down_on(provisional: ProvisionalDecision, misfits: tuple[Misfit, ...] = ()) -> PutDown:
    """The decision as it was put down, by whom and when."""
    grants = list(provisional.grants.select_related("pool").order_by("pool", "year"))
    asked = asked_by_year(provisional.item.case) if grants else {}
    rows = tuple(
        PutDownRow(grant.pool, grant.year, asked.get(grant.year, 0), grant.amount, grant.unfunded)
        for grant in grants
    )
    return PutDown(
        words=put_down(provisional.kind),
        shape=shape_of(provisional.kind),
        text=provisional.text,
        reason=provisional.reason,
        terms=provisional.conditions,
        passed_over=provisional.passed_over_reason,
        political=tuple(_condition(row) for row in provisional.political_conditions.order_by("pk")),
        rows=rows,
        reserved=sum(row.amount for row in rows),
        unfunded=sum(row.unfunded for row in rows),
        pools=", ".join(dict.fromkeys(row.pool.name for row in rows)),
        misfits=misfits,
        changes=provisional.kind == DecisionKind.CHANGE_OF_GRANT,
        by=str(provisional.put_down_by),
        at=provisional.put_down_at,
    )


def _condition(row) -> str:
    kind = str(row.get_kind_display())
    return f"{kind}: {row.text}" if row.text else kind
