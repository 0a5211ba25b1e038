"""What the pool's pages show, as files: the grid of cases and years, and the movements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from innovation_pool.audit.trail import record_file
from innovation_pool.exports import DATE_FORMAT, KRONER_FORMAT, Column, csv_export, excel_export
from innovation_pool.permissions import Action, may, require
from pool.behind import line_of, with_basis
from pool.grid_export import grid_columns, grid_lines
from pool.models import Movement, Pool
from pool.views.grid_filters import read_grid_filters
from pool.views.movements import read_filters

# What a file is called in the audit trail.
NAMES = {
    "cases and years": pgettext_lazy("export", "Cases and years"),
    "movements": gettext_lazy("Movements"),
}

ACCOUNTS = ("debit__kind", "debit__year", "credit__kind", "credit__year")


@require_GET
def grid_export(request, pool_id, ending):
    """Every case of the filter with its years: asked, reserved, allocated, without cover and spent."""
    require(request.user, Action.READ_POOL)
    pool = get_object_or_404(Pool, pk=pool_id)
    sees_asked = may(request.user, Action.SEE_ASKED)
    only = read_grid_filters(request).only
    years, rows = grid_lines(pool, sees_asked=sees_asked, only=only)
    _trail(request, pool, "cases and years", ending)
    notes = [_("Whole kroner; spending with øre. A blank cell: nothing in that year.")]
    title = pgettext("export", "Cases and years")
    return _file(
        ending, f"{pool.number}-sager", title, grid_columns(years, sees_asked=sees_asked), rows, notes
    )


@require_GET
def movement_export(request, pool_id, ending):
    """The movements of the filter, oldest first, with the code of each."""
    require(request.user, Action.READ_MOVEMENTS)
    pool = get_object_or_404(Pool, pk=pool_id)
    chosen = read_filters(request).of(Movement.objects.filter(pool=pool)).order_by("number")
    rows = (_movement(row) for row in with_basis(chosen, *ACCOUNTS))
    _trail(request, pool, "movements", ending)
    notes = [_("Whole kroner, always positive: the direction is from and to.")]
    return _file(ending, f"{pool.number}-bevaegelser", _("Movements"), _movement_columns(), rows, notes)


def _movement(row) -> list:
    line = line_of(row, row.amount)
    return [
        line.number, line.at, line.kind, row.year, line.case_reference, line.case_title, str(row.debit),
        str(row.credit), line.amount, _one_line(line.basis), _one_line(line.text),
    ]  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _movement_columns() -> list[Column]:
    return [
        Column(_("No."), 8, "0"),
        Column(_("Date"), 12, DATE_FORMAT),
        Column(_("Movement"), 22),
        Column(_("Year"), 8, "0"),
        Column(_("Case"), 14),
        Column(_("Title"), 32),
        Column(_("From"), 24),
        Column(_("To"), 24),
        Column(_("Amount"), 16, KRONER_FORMAT),
        Column(_("Basis"), 40),
        Column(_("Text"), 40),
    ]


def _file(ending: str, name: str, title: str, columns: list[Column], rows, notes: list[str]) -> HttpResponse:
    if ending == "csv":
        return csv_export(name, columns, rows)
    return excel_export(name, title, columns, rows, notes)


def _trail(request, pool: Pool, what: str, ending: str) -> None:
    after = {"what": what, "filter": request.GET.urlencode(), "as": ending}
    record_file(NAMES[what], ending, by=request.user, of=pool, after=after)
