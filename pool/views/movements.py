"""The movements of a pool: what every krone rests on, with filters that live in the address."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from innovation_pool.permissions import Action, may, require
from pool.behind import line_of, with_basis
from pool.models import Movement, MovementKind, Pool, PoolYear
from pool.views.reading import page_number, whole_number

PER_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """The filters of the list; empty means all."""

    year: int | None
    kind: str
    case: str

    @property
    def any(self) -> bool:
        return bool(self.year or self.kind or self.case)

    def of(self, movements):
        """The movements that pass."""
        if self.year:
            movements = movements.filter(year=self.year)
        if self.kind:
            movements = movements.filter(kind=self.kind)
        if self.case:
            movements = movements.filter(case__reference__iexact=self.case)
        return movements


def read_filters(request) -> Filters:
    """What the address asks for; a kind nobody knows counts as not said."""
    kind = request.GET.get("kind", "")
    return Filters(
        year=whole_number(request.GET.get("year")),
        kind=kind if kind in MovementKind.values else "",
        case=request.GET.get("case", "").replace("\0", "").strip()[:20],
    )


def movement_list(request, pool_id):
    """Every movement of the pool, newest first."""
    require(request.user, Action.READ_MOVEMENTS)
    pool = get_object_or_404(Pool, pk=pool_id)
    filters = read_filters(request)
    chosen = filters.of(Movement.objects.filter(pool=pool)).order_by("-number")
    paginator = Paginator(chosen, PER_PAGE)
    page = paginator.get_page(page_number(request))
    rows = with_basis(page.object_list, "debit__kind", "debit__year", "credit__kind", "credit__year")
    context = {
        "pool": pool,
        "page": page,
        "numbers": paginator.get_elided_page_range(page.number),
        "lines": [(line_of(row, row.amount), row.debit, row.credit) for row in rows],
        "filters": filters,
        "takes_ledger": may(request.user, Action.READ_AUDIT) or may(request.user, Action.BOOK_COUNCIL_MONEY),
        "kinds": MovementKind.choices,
        "years": PoolYear.objects.filter(pool=pool).values_list("year", flat=True),
    }
    return render(request, "pool/movement_list.html", context)
