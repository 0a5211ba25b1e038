"""Every address: the names as the resolver has them, and each one filled from the world."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver, reverse

from tests.rights.policy import ADDRESSES, OF_CASE, OWN_ACCOUNT
from tests.rights.world import STATES, World


@dataclass(frozen=True)
class Address:
    """One address; `state` is that of the case it is about, "" when it is about none."""

    row: str
    path: str
    state: str = ""


def names_of_resolver() -> set[str]:
    """The name of every pattern, with its namespace, the admin's left out; a pattern without one as "?"."""
    return {name for name in _names(get_resolver().url_patterns, "") if not name.startswith("admin:")}


def names_of_admin() -> set[str]:
    return {name for name in _names(get_resolver().url_patterns, "") if name.startswith("admin:")}


def _names(patterns, namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or '?'}"


def plain_addresses(world: World) -> list[Address]:
    """Those about no case in particular."""
    pool, meeting = world.pool, world.meeting.pk
    item = (meeting, world.item.pk)
    arguments = {
        "businesscases:case-export": ("xlsx",),
        "pool:pool-detail": (pool.pk,),
        "pool:movement-list": (pool.pk,),
        "pool:final-account": (pool.pk,),
        "pool:movement-export": (pool.pk, "csv"),
        "pool:meeting-export": ("csv",),
        "pool:grid-export": (pool.pk, "xlsx"),
        "pool:budget-sheet": (pool.pk, "2021"),
        "pool:postings-csv": (pool.pk, "all"),
        "pool:proposal": (pool.pk,),
        "pool:ledger-file": (pool.pk,),
        "pool:year-detail": (pool.pk, 2021),
        "pool:allocate": (pool.pk, 2021),
        "pool:council-act": (pool.pk, "budget"),
        "pool:return-unspent": (pool.pk,),
        "pool:effect-list": (pool.pk,),
        "pool:operation": (pool.pk, 1),
        "pool:correct-adoption": (pool.pk, 2021),
        "pool:correct": (pool.pk, 1),
        "pool:record-outcome": (world.condition.pk,),
        "pool:spending-preview": (world.spending.pk,),
        "pool:spending-discard": (world.spending.pk,),
        **{f"pool:{name}": (meeting,) for name in MEETING_NAMES},
        **{f"pool:{name}": item for name in ITEM_NAMES},
        "pool:item-in": (*item, world.people["board"].pk),
        "audit:entry-export": ("jsonl",),
        "mail:mail-mend": (world.mail.pk,),
    }
    return [Address(name, reverse(name, args=arguments.get(name, ()))) for name in ADDRESSES]


MEETING_NAMES = ("meeting-detail", "record", "agenda-edit", "people-edit", "carry-out", "meeting-open",
                 "meeting-close", "record-docx", "agenda-print")  # fmt: skip
ITEM_NAMES = ("item-edit", "item-decision", "item-take-back", "item-move", "item-remove", "item-out")


def case_addresses(world: World) -> list[Address]:
    """Those about a case, once for each state."""
    return [Address(row, _of_case(world, row, state), state) for row in OF_CASE for state in STATES]


def _of_case(world: World, row: str, state: str) -> str:
    name, _space, action = row.partition(" ")
    arguments = {
        "businesscases:case-document": [world.documents[state].pk],
        "businesscases:case-version": [1],
        "businesscases:case-compare": [1, 1],
        "businesscases:comment-resolve": [world.comments[state].pk],
        "businesscases:hearing-answer": [world.part.pk],
        "businesscases:hearing-link": [world.part.pk],
        "businesscases:case-endorse": [world.endorsement.pk],
        "pool:case-decide": ["reject"],
        "pool:disqualification-decide": [world.question.pk],
        "pool:change-request-shown": [1],
    }
    rest = [action] if action else arguments.get(name, [])
    return reverse(name, args=[world.cases[state].reference, *rest])


def listed_names() -> set[str]:
    """The names the policy table lists."""
    return {*ADDRESSES, *(row.partition(" ")[0] for row in OF_CASE), *OWN_ACCOUNT}
