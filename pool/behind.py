"""The movements behind a figure: any sum on the pool page can be followed to the rows that make it up."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, F, Q, Sum, When
from django.db.models import Case as DbCase
from django.utils.translation import gettext as _

from innovation_pool.dates import long_date
from pool.models import AccountKind, Movement, MovementKind, Pool
from pool.overview import BUDGET_ROWS


@dataclass(frozen=True)
class MovementLine:
    """A movement as it bears on one figure: `amount` is signed, in kroner."""

    number: int
    at: object
    kind: str
    case_reference: str
    case_title: str
    basis: str
    text: str
    amount: int


@dataclass(frozen=True)
class Behind:
    """The movements that make up a figure; `total` is over all of them, `lines` the newest."""

    figure: str
    year: int
    lines: tuple[MovementLine, ...]
    count: int
    total: int


ACCOUNT_FIGURES = {
    "available": (AccountKind.AVAILABLE,),
    "reserved": (AccountKind.RESERVED,),
    "allocated": (AccountKind.ALLOCATED,),
    "shortfall": (AccountKind.SHORTFALL,),
}
SHOWN_BEHIND = 50


def movements_behind(pool: Pool, figure: str, year: int, *, case_id: int | None = None) -> Behind | None:
    """The movements behind a figure of the pool page, or None for a figure that has none.

    `figure` is budget, supplements, cuts, carried, lapsed, corrected, available, reserved,
    allocated or shortfall. With `case_id`, only those of that case.
    """
    if figure in ACCOUNT_FIGURES:
        kinds = ACCOUNT_FIGURES[figure]
        into = Q(credit__kind__in=kinds, credit__year=year)
        out_of = Q(debit__kind__in=kinds, debit__year=year)
        chosen = Movement.objects.filter(pool=pool).filter(into | out_of)
    elif figure == "corrected" or figure in BUDGET_ROWS.values():
        kinds = [kind for kind, row in BUDGET_ROWS.items() if figure in ("corrected", row)]
        of_kind = Q(kind__in=kinds) | Q(kind=MovementKind.CORRECTION, operation__corrects__kind__in=kinds)
        into = Q(credit__year=year)
        out_of = Q(debit__year=year)
        crosses = (
            ~Q(debit__year=F("credit__year")) | Q(debit__year__isnull=True) | Q(credit__year__isnull=True)
        )
        chosen = Movement.objects.filter(of_kind, crosses, into | out_of, pool=pool)
    else:
        return None
    if case_id is not None:
        chosen = chosen.filter(case_id=case_id)
    signed = DbCase(When(into, then=F("amount")), default=-F("amount"), output_field=BigIntegerField())
    sums = chosen.aggregate(total=Sum(signed), count=Count("id"))
    rows = (
        chosen.annotate(signed=signed)
        .select_related("case", "operation", "operation__decision", "operation__decision__meeting")
        .only(
            "number", "at", "kind", "text", "amount",
            "case__reference", "case__listed_title",
            "operation__authority_body", "operation__authority_date", "operation__authority_item",
            "operation__authority_case_number",
            "operation__decision__number", "operation__decision__decided_on",
            "operation__decision__meeting__held_on",
        )
        .order_by("-number")[:SHOWN_BEHIND]
    )  # fmt: skip
    lines = tuple(reversed([_line(row) for row in rows]))
    return Behind(figure, year, lines, sums["count"], sums["total"] or 0)


def _line(row) -> MovementLine:
    return MovementLine(
        number=row.number,
        at=row.at,
        kind=row.get_kind_display(),
        case_reference=row.case.reference if row.case else "",
        case_title=row.case.listed_title if row.case else "",
        basis=basis_of(row.operation),
        text=row.text,
        amount=row.signed,
    )


def basis_of(operation) -> str:
    """The decision or the authority an operation rests on, in words."""
    if operation.decision:
        decision = operation.decision
        if decision.meeting:
            return _("Board meeting %(date)s, no. %(label)s") % {
                "date": long_date(decision.meeting.held_on),
                "label": decision.label,
            }
        return _("The board %(date)s, no. %(label)s") % {
            "date": long_date(decision.decided_on),
            "label": decision.label,
        }
    if operation.authority_body:
        on = long_date(operation.authority_date) if operation.authority_date else ""
        parts = (operation.authority_body, on, operation.authority_item, operation.authority_case_number)
        return ", ".join(part for part in parts if part)
    return operation.text
