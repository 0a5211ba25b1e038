"""The list of cases: on the page, its sums after it, and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from businesscases.case_list import (
    ROW_FIELDS,
    TABS,
    VIEWS,
    CaseFilter,
    CaseList,
    page_number,
    read_filter,
)
from businesscases.case_rows import rows_html
from businesscases.models import Round
from businesscases.models.case import STANDS
from innovation_pool import clock
from innovation_pool.accounts.models import Department
from innovation_pool.audit.trail import record_file
from innovation_pool.dates import day_month, short_date
from innovation_pool.exports import KRONER_FORMAT, Column, csv_export, excel_export
from innovation_pool.permissions import Action, may

AT_A_TIME = 500


def case_list(request):
    """The cases a person sees, through the filter in the address."""
    chosen = read_filter(request.GET)
    listed = CaseList(request.user, chosen)
    page = listed.page(page_number(request.GET))
    departments = list(Department.objects.order_by("name").values_list("pk", "name"))
    rounds = list(Round.objects.values_list("pk", "name", "opens_on__year", "deadline__year"))
    rows = _rows(page)
    context = {
        "chosen": chosen,
        "listed": listed,
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number),
        "rows": rows,
        "drawn": rows_html(rows, reverse("businesscases:case-list")),
        "heads": _heads(chosen),
        "departments": departments,
        "rounds": rounds,
        "start_years": _start_years(rounds),
        "filters": _chips(chosen, dict(departments), {number: name for number, name, *_rest in rounds}),
        "all_query": chosen.query(state=None, view=None),
        "tabs": [(chosen.query(state=key), name, n, now) for key, name, n, now in listed.tabs],
        "views": [(chosen.query(view=key), name, key == chosen.view) for key, name in VIEWS.items()],
        "query": chosen.query(),
        "may_write": may(request.user, Action.WRITE_CASE),
        "sees_asked": may(request.user, Action.SEE_ASKED),
    }
    return render(request, "businesscases/case_list.html", context)


def case_sums(request):
    """The sums of the filter alone: for a list so long that the page does not wait for them."""
    listed = CaseList(request.user, read_filter(request.GET))
    context = {"listed": listed, "sees_asked": may(request.user, Action.SEE_ASKED)}
    return render(request, "businesscases/case_sums.html", context)


def case_export(request, ending) -> HttpResponse:
    """Exactly the cases of the filter, in its order, in whole kroner."""
    chosen = read_filter(request.GET)
    listed = CaseList(request.user, chosen)
    fields = (*ROW_FIELDS, "listed_start_year", *(f"asked_{year}" for year in range(1, 7)))
    cases = listed.ordered.values_list(*fields, named=True).iterator(chunk_size=AT_A_TIME)
    rows = (_exported(row) for row in cases)
    after = {"what": "businesscases", "filter": chosen.query(), "as": ending}
    record_file(gettext_lazy("Businesscases"), ending, by=request.user, after=after)
    if ending == "csv":
        return csv_export("businesscases", _columns(), rows)
    notes = [
        _("Whole kroner. Net gain and present value: a gain is positive, an expense negative."),
        _("The filter: %(filter)s") % {"filter": chosen.query()},
    ]
    return excel_export("businesscases", _("Businesscases"), _columns(), rows, notes)


def _rows(page) -> list[tuple]:
    """(row, where it stands, changed, paid back): what a row shows besides its columns."""
    this_year = clock.today().year
    rows = []
    for row in page.object_list:
        changed = localtime(row.changed_at)
        day = day_month(changed) if changed.year == this_year else short_date(changed)
        rows.append((row, STANDS[row.state], day, row.payback_years is None and row.invested > 0))
    return rows


def _heads(chosen: CaseFilter) -> list[tuple]:
    """(name, address, class, direction) of each column; the address is empty where nothing sorts."""
    columns = [
        ("reference", _("Reference"), "", False),
        ("title", _("Title and department"), "", False),
        ("", _("Status"), "", False),
        ("asked", _("From the pool"), "num", True),
        ("gain", _("Net gain"), "num", True),
        ("value", _("Present value"), "num", True),
        ("payback", _("Paid back after"), "num", False),
        ("changed", _("Changed"), "num", True),
    ]
    heads = []
    for key, name, look, largest_first in columns:
        current = bool(key) and chosen.column == key
        down = not chosen.descending if current else largest_first
        direction = ("descending" if chosen.descending else "ascending") if current else ""
        address = chosen.query(sort=f"-{key}" if down else key) if key else ""
        heads.append((name, address, look, direction))
    return heads


def _start_years(rounds: list[tuple]) -> range:
    """The years a case of the known rounds can begin in."""
    this_year = clock.today().year
    first = min([this_year, *(opens for _number, _name, opens, _closes in rounds)])
    last = max([this_year, *(closes for _number, _name, _opens, closes in rounds)])
    return range(first, last + 3)


def _chips(chosen: CaseFilter, departments: dict, rounds: dict) -> list[tuple[str, str]]:
    """(what filters, the address without it)."""
    found = []
    if chosen.department in departments:
        found.append((departments[chosen.department], chosen.query(department=None)))
    if chosen.round in rounds:
        found.append((rounds[chosen.round], chosen.query(round=None)))
    if chosen.start_year:
        words = _("Starts in %(year)d") % {"year": chosen.start_year}
        found.append((words, chosen.query(start_year=None)))
    if chosen.state:
        names = {key: name for key, name, _states in TABS}
        found.append((names.get(chosen.state) or STANDS[chosen.state], chosen.query(state=None)))
    if chosen.view:
        found.append((VIEWS[chosen.view], chosen.query(view=None)))
    if chosen.mine:
        found.append((_("Mine only"), chosen.query(mine=None)))
    if chosen.q:
        found.append((_("“%(words)s”") % {"words": chosen.q}, chosen.query(q=None)))
    return found


def _columns() -> list[Column]:
    asked = [
        Column(_("Asked, year %(number)d") % {"number": number}, 14, KRONER_FORMAT) for number in range(1, 7)
    ]
    return [
        Column(_("Reference"), 14),
        Column(_("Title"), 44),
        Column(_("Department"), 26),
        Column(_("Status"), 18),
        Column(_("Start year"), 10, "0"),
        Column(_("From the pool"), 14, KRONER_FORMAT),
        Column(_("Net gain"), 14, KRONER_FORMAT),
        Column(_("Present value"), 14, KRONER_FORMAT),
        Column(_("Paid back after, years"), 14, "0.0"),
        Column(_("Changed"), 18),
        *asked,
    ]


def _exported(row) -> tuple:
    return (
        row.reference,
        row.listed_title,
        row.listed_department__name,
        str(STANDS[row.state]),
        row.listed_start_year,
        row.asked_total,
        row.net_gain,
        row.present_value,
        row.payback_years,
        row.changed_at,
        # Blank is not zero: where nothing is asked nothing stands.
        row.asked_1 or None,
        row.asked_2 or None,
        row.asked_3 or None,
        row.asked_4 or None,
        row.asked_5 or None,
        row.asked_6 or None,
    )
