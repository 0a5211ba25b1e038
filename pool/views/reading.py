"""What the pool's pages read from their address. Whatever cannot be read counts as not said."""

import re
from uuid import UUID

from innovation_pool import clock
from innovation_pool.audit.models import Act
from pool.overview import PoolOverview

_FIGURE = re.compile(r"([a-z]+)-(\d{4}|all)", re.ASCII)
_LARGEST_PAGE = 100_000


def page_number(request, name: str = "page") -> int:
    """The page asked for, 1 when none is."""
    return min(whole_number(request.GET.get(name)) or 1, _LARGEST_PAGE)


def whole_number(text: str | None) -> int | None:
    """A number of at most nine ASCII digits, else None."""
    found = re.fullmatch(r"\d{1,9}", text or "", re.ASCII)
    return int(found.group()) if found else None


def shown_figure(request) -> tuple[str, int | None]:
    """The sum whose movements are asked for: `?show=reserved-2021`, or `-all` for every year (None)."""
    found = _FIGURE.fullmatch(request.GET.get("show", ""))
    if not found:
        return "", None
    figure, year = found.groups()
    return figure, None if year == "all" else int(year)


def shown_year(request, overview: PoolOverview) -> int:
    """The year a telephone shows: the one asked for, else this year, else the nearest one with a budget."""
    asked = whole_number(request.GET.get("year"))
    if asked in [column.year for column in overview.years]:
        return asked
    today = clock.today().year
    nearest = sorted(overview.years, key=lambda column: (abs(column.year - today), column.year))
    budgeted = [column for column in nearest if column.has_budget]
    return next((column.year for column in budgeted or nearest), today)


def shows_all_years(request) -> bool:
    """Whether a telephone is asked for every year at once, in a box that scrolls."""
    return request.GET.get("year") == "all"


def address_without(request, *names: str) -> str:
    """The address as it is but for the parameters named, ready for another one."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}&" if kept else "?"


def acted_already(request) -> bool:
    """Whether the form posted has acted before: then it is answered as it was, not checked anew."""
    try:
        operation = UUID(request.POST.get("operation", ""))
    except ValueError:
        return False
    return Act.objects.filter(operation=operation, by=request.user).exists()
