"""The filters of the grid cases × years. They live in the address; what cannot be read counts as not said."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pool.balances import DECIDED_STATES, WAITING_STATES
from pool.views.reading import whole_number

GROUPS = {
    "decided": Q(state__in=DECIDED_STATES),
    "waiting": Q(state__in=WAITING_STATES),
    "other": ~Q(state__in=[*DECIDED_STATES, *WAITING_STATES]),
}


@dataclass(frozen=True)
class GridFilters:
    """Words of the title or the reference, the group of the table, the department; empty means all."""

    words: str = ""
    group: str = ""
    department: int | None = None

    @property
    def only(self) -> Q | None:
        """The condition on a case, None where every case passes."""
        conditions = []
        if self.words:
            conditions.append(Q(search_text__contains=self.words.upper()))
        if self.group:
            conditions.append(GROUPS[self.group])
        if self.department:
            conditions.append(Q(listed_department=self.department))
        return Q(*conditions) if conditions else None

    @property
    def address(self) -> str:
        """The filters as the end of an address, "" where there are none."""
        said = {"q": self.words, "group": self.group, "department": self.department}
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def read_grid_filters(request) -> GridFilters:
    """What the address asks for."""
    group = request.GET.get("group", "")
    return GridFilters(
        words=request.GET.get("q", "").replace("\0", "").strip()[:200],
        group=group if group in GROUPS else "",
        department=whole_number(request.GET.get("department")),
    )


def group_choices(*, sees_asked: bool) -> list[tuple[str, str]]:
    """The groups of the table that this person can find cases in."""
    choices = [("decided", _("Approved and in progress")), ("other", _("Completed, stopped and others"))]
    if sees_asked:
        choices.insert(1, ("waiting", pgettext("group", "Ready for decision")))
    return choices
