"""Budget sheets: the page that offers them, and each file. Every file is an entry in the trail."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET

from innovation_pool import clock
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import XLSX, attachment, csv_export
from innovation_pool.permissions import Action, require
from pool.forms.sheets import ALL_YEARS, SheetForm, pools_and_years
from pool.models import Pool
from pool.sheets.csv_rows import chosen_columns, csv_head, csv_rows
from pool.sheets.drawing.workbook import budget_workbook
from pool.sheets.rows import UNITS, budget_sheet
from pool.sheets.words import SHEET_LANGUAGE

# What a file is called in the audit trail.
NAMES = {"budget sheet": gettext_lazy("Budget sheet"), "postings": gettext_lazy("Postings")}


@require_GET
def budget_sheets(request):
    """Choose a pool's year and a unit; the button of a file leads to it."""
    require(request.user, Action.EXPORT_BUDGET_SHEET)
    pools, years = pools_and_years()
    ending = request.GET.get("file", "")
    form = SheetForm(pools, years, request.GET if ending else None, initial=_initial(request, pools, years))
    if ending in ("xlsx", "csv") and form.is_valid():
        return redirect(form.address(ending))
    return render(
        request,
        "pool/budget_sheets.html",
        {"form": form, "pools": [(pool, years[pool.pk]) for pool in pools]},
    )


def _initial(request, pools: list[Pool], years: dict[int, list[int]]) -> dict:
    """The pool in the address, else the newest; its year nearest to now; every column."""
    asked = request.GET.get("pool", "")
    pool = next((pool for pool in pools if str(pool.pk) == asked), pools[0] if pools else None)
    this_year = clock.today().year
    of_pool = years.get(pool.pk, [this_year]) if pool else [this_year]
    year = min(of_pool, key=lambda year: abs(year - this_year))
    return {"sheet": f"{pool.pk}:{year}" if pool else "", "unit": "1000", "columns": chosen_columns(())}


@require_GET
def budget_sheet_file(request, pool_id, year):
    """The workbook of a year, or of every year; drawn after the reading is done, so nothing waits for it."""
    require(request.user, Action.EXPORT_BUDGET_SHEET)
    unit = _unit(request)
    content = budget_sheet(pool_id, _years(year), unit, by=request.user)
    _trail(request, pool_id, content, {"what": "budget sheet", "year": year, "unit": unit, "as": "xlsx"})
    response = HttpResponse(budget_workbook(content), content_type=XLSX)
    response["Content-Disposition"] = attachment(f"budgetark-{content.number}-{_said(content)}", "xlsx")
    return response


@require_GET
def postings_csv(request, pool_id, year):
    """The postings alone, in the columns asked for by ?column=, for the finance system to read."""
    require(request.user, Action.EXPORT_BUDGET_SHEET)
    content = budget_sheet(pool_id, _years(year), 1, by=request.user)
    names = chosen_columns(request.GET.getlist("column"))
    trail = {"what": "postings", "year": year, "columns": names, "as": "csv"}
    _trail(request, pool_id, content, trail)
    with override(SHEET_LANGUAGE):
        head = csv_head(names)
    return csv_export(f"posteringer-{content.number}-{_said(content)}", head, csv_rows(content, names))


def _years(year: str) -> list[int] | None:
    return None if year == ALL_YEARS else [int(year)]


def _unit(request) -> int:
    """Kroner a unit: 1000 unless 1 is asked for. Raises Http404 for anything else."""
    asked = request.GET.get("unit", "1000")
    if asked not in {str(unit) for unit in UNITS}:
        raise Http404
    return int(asked)


def _said(content) -> str:
    first, last = content.sheet_years[0], content.sheet_years[-1]
    return str(first) if first == last else f"{first}-{last}"


def _trail(request, pool_id: int, content, after: dict) -> None:
    """Who took out what, and the head of the ledger it was taken from."""
    head = {"movement": content.head_number, "hash": content.head}
    pool = Pool(pk=pool_id, name=content.pool, number=content.number)
    what = format_lazy("{file} {years}", file=NAMES[after["what"]], years=_said(content))
    record_file(what, after["as"], by=request.user, of=pool, after=after | head)
