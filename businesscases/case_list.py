"""The list of cases: what its address asks for, the page of it, its counts and its sums.

Whatever in an address cannot be read counts as not said, so that an old bookmark still opens. Rows come
from the kept columns of the case; no text is fetched and nothing is computed for a row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, QuerySet, Sum, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases.access import visible_to
from businesscases.models import BusinessCase, CaseEvent, CaseWriter, State
from businesscases.waiting import waiting_for
from businesscases.workflow import CaseAction
from innovation_pool import clock
from innovation_pool.database import in_danish_order

PER_PAGE = 50
LONGEST_SEARCH = 100
LARGEST_PAGE = 100_000
# From here on the sums are asked for after the page, so that the page itself stays quick.
SUMMED_AT_ONCE = 500

# The tabs: the name in the address, what it is called, the states it holds. In the order of a case's way.
TABS: tuple[tuple[str, Promise, frozenset[State]], ...] = (
    ("draft", pgettext_lazy("state", "Draft"), frozenset({State.DRAFT})),
    ("submitted", _("Finance control"), frozenset({State.SUBMITTED})),
    ("hearing", _("Hearing"), frozenset({State.CHECKED, State.IN_HEARING})),
    ("ready", pgettext_lazy("state", "Ready for decision"), frozenset({State.READY})),
    ("approved", pgettext_lazy("state", "Approved"), frozenset({State.APPROVED})),
    ("in_progress", pgettext_lazy("state", "In progress"), frozenset({State.IN_PROGRESS})),
    ("completed", pgettext_lazy("state", "Completed"), frozenset({State.COMPLETED})),
    ("returned", pgettext_lazy("state", "Returned"), frozenset({State.RETURNED})),
    ("postponed", pgettext_lazy("state", "Postponed"), frozenset({State.POSTPONED})),
    ("rejected", pgettext_lazy("state", "Rejected"), frozenset({State.REJECTED})),
    ("stopped", pgettext_lazy("state", "Stopped"), frozenset({State.STOPPED})),
    ("withdrawn", pgettext_lazy("state", "Withdrawn"), frozenset({State.WITHDRAWN})),
)
STATES: dict[str, frozenset[State]] = {state.value: frozenset({state}) for state in State} | {
    key: states for key, _name, states in TABS
}

VIEWS: dict[str, Promise] = {"waiting": _("Waiting for me"), "decided": _("Decided this year")}
UNDECIDED = (State.SUBMITTED, State.CHECKED, State.IN_HEARING, State.READY, State.POSTPONED)
DECIDED = (CaseAction.APPROVE, CaseAction.REJECT, CaseAction.STOP, CaseAction.REVERSE)

SORTS: dict[str, str] = {
    "reference": "reference",
    "title": "listed_title",
    "asked": "asked_total",
    "gain": "net_gain",
    "value": "present_value",
    "payback": "payback_years",
    "changed": "changed_at",
}
NEWEST_FIRST = "-changed"
ROW_FIELDS = (
    "reference", "listed_title", "listed_department__name", "state", "asked_total",
    "net_gain", "present_value", "payback_years", "invested", "changed_at",
)  # fmt: skip


@dataclass(frozen=True)
class CaseFilter:
    """What the address asks for. Empty means all."""

    q: str = ""
    state: str = ""
    department: int | None = None
    round: int | None = None
    start_year: int | None = None
    mine: bool = False
    view: str = ""
    sort: str = NEWEST_FIRST

    @property
    def any(self) -> bool:
        """Whether anything is filtered away."""
        return bool(
            self.q or self.state or self.department or self.round or self.start_year or self.mine or self.view
        )

    def query(self, **changed: Any) -> str:
        """The address of the same list with something changed; None takes a part away. From page 1."""
        values = {
            "q": self.q,
            "state": self.state,
            "department": self.department,
            "round": self.round,
            "start_year": self.start_year,
            "mine": "1" if self.mine else None,
            "view": self.view,
            "sort": None if self.sort == NEWEST_FIRST else self.sort,
        } | changed
        said = urlencode({name: value for name, value in values.items() if value not in (None, "")})
        return f"?{said}" if said else "?"

    @property
    def column(self) -> str:
        return self.sort.lstrip("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


def read_filter(address: Mapping[str, str]) -> CaseFilter:
    """The filter an address asks for."""
    state, view, sort = (address.get(name, "") for name in ("state", "view", "sort"))
    year = _number(address.get("start_year"))
    return CaseFilter(
        q=" ".join(address.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH],
        state=state if state in STATES else "",
        department=_number(address.get("department")),
        round=_number(address.get("round")),
        start_year=year if year and 2000 <= year <= 2100 else None,
        mine=address.get("mine") == "1",
        view=view if view in VIEWS else "",
        sort=sort if sort.removeprefix("-") in SORTS else NEWEST_FIRST,
    )


def page_number(address: Mapping[str, str]) -> int:
    """The page asked for, 1 when none is."""
    return min(_number(address.get("page")) or 1, LARGEST_PAGE)


def _number(text: str | None) -> int | None:
    found = re.fullmatch(r"[0-9]{1,9}", text or "")
    return int(text) if found else None


@dataclass(frozen=True)
class YearSum:
    """A calendar year; `undecided` is the part asked by cases the board has not decided."""

    year: int
    asked: int
    undecided: int


@dataclass(frozen=True)
class Sums:
    """What the cases of a filter come to, in kroner; `asked_per_year` by calendar year."""

    asked: int
    net_gain: int
    present_value: Any
    asked_per_year: tuple[YearSum, ...]


class CaseList:
    """The cases a person sees through a filter; each part is asked for once, and only when it is shown."""

    def __init__(self, user, chosen: CaseFilter):
        self.user, self.chosen = user, chosen

    @cached_property
    def _without_state(self) -> QuerySet[BusinessCase]:
        chosen = self.chosen
        cases = visible_to(self.user)
        for word in chosen.q.upper().split():
            cases = cases.filter(search_text__contains=word)
        if chosen.department:
            cases = cases.filter(listed_department=chosen.department)
        if chosen.round:
            cases = cases.filter(round=chosen.round)
        if chosen.start_year:
            cases = cases.filter(listed_start_year=chosen.start_year)
        if chosen.mine:
            written = CaseWriter.objects.filter(person=self.user, until=None)
            cases = cases.filter(pk__in=written.values("case"))
        if chosen.view == "waiting":
            cases = cases.filter(waiting_for(self.user))
        elif chosen.view == "decided":
            this_year = clock.today().year
            decided = CaseEvent.objects.filter(case=OuterRef("pk"), action__in=DECIDED, at__year=this_year)
            cases = cases.filter(Exists(decided))
        return cases

    @cached_property
    def cases(self) -> QuerySet[BusinessCase]:
        """Exactly the cases of the filter."""
        states = STATES.get(self.chosen.state)
        return self._without_state.filter(state__in=states) if states else self._without_state

    @cached_property
    def ordered(self) -> QuerySet[BusinessCase]:
        """The cases in the order asked for; what has no figure comes last."""
        name = SORTS[self.chosen.column]
        column = in_danish_order(name) if name == "listed_title" else F(name)
        by = column.desc(nulls_last=True) if self.chosen.descending else column.asc(nulls_last=True)
        if self.chosen.column == "changed":
            # Without "nulls last" the index serves.
            by = "-changed_at" if self.chosen.descending else "changed_at"
        return self.cases.order_by(by, "-id" if self.chosen.descending else "id")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many cases stand in each state, whatever tab is chosen."""
        counted = self._without_state.order_by().values_list("state").annotate(n=Count("*"))
        return dict(counted)

    @cached_property
    def count(self) -> int:
        states = STATES.get(self.chosen.state)
        return sum(n for state, n in self.counts.items() if not states or state in states)

    @cached_property
    def tabs(self) -> list[tuple[str, Promise, int, bool]]:
        """(name in the address, name, count, chosen): those that hold a case, and the chosen one."""
        found = []
        for key, name, states in TABS:
            n = sum(self.counts.get(state, 0) for state in states)
            current = bool(self.chosen.state) and STATES[self.chosen.state] <= states
            if n or current:
                found.append((key, name, n, current))
        return found

    @property
    def all_count(self) -> int:
        return sum(self.counts.values())

    def page(self, number: int) -> Page:
        """One page of rows, as named tuples of `ROW_FIELDS`."""
        paginator = Paginator(self.ordered.values_list(*ROW_FIELDS, named=True), PER_PAGE)
        # Already counted for the tabs.
        paginator.count = self.count
        return paginator.get_page(number)

    @property
    def summed_at_once(self) -> bool:
        return self.count <= SUMMED_AT_ONCE

    @cached_property
    def sums(self) -> Sums:
        """Asked, net gain and present value of every case of the filter, and asked per calendar year."""
        asked = {f"sum_{year}": Sum(f"asked_{year}") for year in range(1, 7)}
        waits = Case(When(state__in=UNDECIDED, then=True), default=False, output_field=BooleanField())
        groups = list(
            self.cases.order_by()
            .annotate(waits=waits)
            .values("listed_start_year", "waits")
            .annotate(gain=Sum("net_gain"), value=Sum("present_value"), **asked)
        )
        per_year: dict[int, list[int]] = {}
        for group in groups:
            for offset in range(6):
                amounts = per_year.setdefault((group["listed_start_year"] or 0) + offset, [0, 0])
                amounts[0] += group[f"sum_{offset + 1}"]
                amounts[1] += group[f"sum_{offset + 1}"] if group["waits"] else 0
        years = tuple(YearSum(year, *amounts) for year, amounts in sorted(per_year.items()) if amounts[0])
        return Sums(
            asked=sum(year.asked for year in years),
            net_gain=sum(group["gain"] for group in groups),
            present_value=sum(group["value"] for group in groups),
            asked_per_year=years,
        )
