"""Every meeting as a list: searched, filtered and sorted by its address, on the page and as a file."""

from dataclasses import dataclass
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from businesscases.models import BusinessCase
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import DATE_FORMAT, Column, csv_export, excel_export
from innovation_pool.permissions import Action, may, require
from pool.models import AgendaItem, Meeting
from pool.views.meetings import TAKEN_UP
from pool.views.reading import page_number

PER_PAGE = 25
LONGEST_SEARCH = 100
SORTS = {"day": "held_on", "chair": "chair__name", "place": "place", "items": "on_it", "decided": "decided"}
NEWEST = "-day"


@dataclass(frozen=True)
class MeetingFilter:
    """Words of an item, a case's reference or the place; the state; the order. Empty means all."""

    words: str = ""
    state: str = ""
    sort: str = NEWEST

    @property
    def any(self) -> bool:
        return bool(self.words or self.state)

    def query(self, **other) -> str:
        """The end of the address with the filter, and with what `other` changes; "?" for none."""
        said = {"q": self.words, "state": self.state, "sort": self.sort} | other
        return "?" + urlencode({name: value for name, value in said.items() if value and value != NEWEST})

    def of(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """The meetings that pass, in the order asked for, each with how much is on it and decided."""
        if self.state:
            meetings = meetings.filter(state=self.state)
        if self.words:
            named = Q(title__icontains=self.words) | Q(case__reference__icontains=self.words)
            items = AgendaItem.objects.filter(named, meeting=OuterRef("pk"), removed_at=None)
            place = Q(place__icontains=self.words) | Q(chair__name__icontains=self.words)
            meetings = meetings.filter(place | Exists(items))
        sign, column = ("-", self.sort[1:]) if self.sort.startswith("-") else ("", self.sort)
        return meetings.annotate(
            on_it=Count("items", filter=Q(items__removed_at=None)),
            decided=Count("items__decision", filter=Q(items__removed_at=None)),
        ).order_by(f"{sign}{SORTS[column]}", "-held_on", "-pk")


def read_meeting_filter(request) -> MeetingFilter:
    """What the address asks for; what cannot be read counts as not said."""
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    return MeetingFilter(
        words=request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        state=state if state in Meeting.State.values else "",
        sort=sort if sort.removeprefix("-") in SORTS else NEWEST,
    )


def meeting_list(request):
    """The meetings of the filter, the newest first; a case that waits can be put on an agenda from here."""
    require(request.user, Action.READ_MEETINGS)
    chosen = read_meeting_filter(request)
    paginator = Paginator(chosen.of(Meeting.objects.select_related("chair").defer("record")), PER_PAGE)
    page = paginator.get_page(page_number(request))
    prepares = may(request.user, Action.PREPARE_MEETING)
    case = None
    if prepares and request.GET.get("case"):
        case = BusinessCase.objects.filter(reference=request.GET["case"][:20], state__in=TAKEN_UP).first()
    context = {
        "page": page,
        "numbers": paginator.get_elided_page_range(page.number),
        "prepares": prepares,
        "case": case,
        "chosen": chosen,
        "query": chosen.query(),
        "heads": _heads(chosen, case),
        "states": Meeting.State.choices,
        "operation": uuid4,
    }
    return render(request, "pool/meeting_list.html", context)


def _heads(chosen: MeetingFilter, case) -> list[tuple]:
    """(name, address, class, direction) of each column that sorts."""
    columns = [
        ("day", _("Day"), "", True),
        ("chair", _("Chair"), "", False),
        ("place", _("Place"), "", False),
        ("items", _("Items"), "num", True),
        ("decided", _("Decided"), "num", True),
    ]
    heads = []
    for key, name, look, largest_first in columns:
        current = chosen.sort.removeprefix("-") == key
        falling = chosen.sort.startswith("-")
        down = not falling if current else largest_first
        direction = ("descending" if falling else "ascending") if current else ""
        sort = f"-{key}" if down else key
        address = chosen.query(sort=sort, case=case.reference if case else "")
        heads.append((name, address, look, direction))
    return heads


@require_GET
def meeting_export(request, ending) -> HttpResponse:
    """Exactly the meetings of the filter, in its order."""
    require(request.user, Action.READ_MEETINGS)
    chosen = read_meeting_filter(request)
    meetings = chosen.of(Meeting.objects.select_related("chair").defer("record"))
    rows = [
        [row.held_on, str(row.chair), row.place, row.get_state_display(), row.on_it, row.decided]
        for row in meetings
    ]
    after = {"what": "meetings", "filter": chosen.query(), "as": ending}
    record_file(gettext_lazy("Board meetings"), ending, by=request.user, after=after)
    columns = [
        Column(_("Day"), 12, DATE_FORMAT), Column(_("Chair"), 28), Column(_("Place"), 28),
        Column(_("Status"), 18), Column(_("Items"), 10, "0"), Column(_("Decided"), 10, "0"),
    ]  # fmt: skip
    if ending == "csv":
        return csv_export("direktionsmoeder", columns, rows)
    notes = [_("The filter: %(filter)s") % {"filter": chosen.query()}]
    return excel_export("direktionsmoeder", _("Board meetings"), columns, rows, notes)
