"""The movements behind a figure: any sum on the pool page can be followed to the rows that make it up.

What no movement makes, spending and grants without cover, stands in `pool.behind_besides`.
"""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, F, IntegerField, Q, Sum, When, Window
from django.db.models import Case as DbCase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_pool.dates import long_date
from pool.balances import BUDGET_ROWS
from pool.models import AccountKind, Movement, MovementKind, Pool
from pool.movement_texts import shown_text


@dataclass(frozen=True)
class MovementLine:
    """A row as it bears on one figure: `amount` is signed, in kroner; what was spent in øre."""

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
    """The rows that make up a figure; `total` is over all of them, `lines` the newest.

    `made_of` is what the rows are: movements, postings (amounts in øre) or entries of unfunded grants.
    """

    figure: str
    year: int | None
    lines: tuple[MovementLine, ...]
    count: int
    total: int
    made_of: str = "movements"

    @property
    def counted(self) -> str:
        """How many rows there are, in words."""
        sentence = {
            "movements": ngettext("%(n)d movement", "%(n)d movements", self.count),
            "postings": ngettext("%(n)d posting", "%(n)d postings", self.count),
            "entries": ngettext("%(n)d entry", "%(n)d entries", self.count),
        }[self.made_of]
        return sentence % {"n": self.count}

    @property
    def key(self) -> str:
        """How an address names the figure."""
        return f"{self.figure}-{self.year or 'all'}"

    @property
    def hidden(self) -> int:
        """How many older movements are in the sum and not among the lines."""
        return self.count - len(self.lines)


ACCOUNT_FIGURES = {
    "available": AccountKind.AVAILABLE,
    "reserved": AccountKind.RESERVED,
    "allocated": AccountKind.ALLOCATED,
    "shortfall": AccountKind.SHORTFALL,
}
BUDGET_FIGURES = ("corrected", *dict.fromkeys(BUDGET_ROWS.values()))
FIGURES = (*BUDGET_FIGURES, *ACCOUNT_FIGURES)
SHOWN_BEHIND = 50


def signed_movements(
    pool: Pool, figure: str, year: int | None, *, case_id: int | None = None, up_to: Q | None = None
):
    """The movements behind a figure as a queryset with `signed`, kroner into the figure.

    `figure` is one of FIGURES; without a year, all years of the pool together. `up_to` is where the past
    ends that is looked at.
    """
    if figure in ACCOUNT_FIGURES:
        kind = ACCOUNT_FIGURES[figure]
        into, out_of = Q(credit__kind=kind), Q(debit__kind=kind)
        of_kind = Q()
    else:
        kinds = [kind for kind, row in BUDGET_ROWS.items() if figure in ("corrected", row)]
        # A correction stands in the row of what it corrects.
        of_kind = Q(kind__in=kinds) | Q(kind=MovementKind.CORRECTION, operation__corrects__kind__in=kinds)
        into, out_of = Q(credit__year__isnull=False), Q(debit__year__isnull=False)
    if year is not None:
        into, out_of = into & Q(credit__year=year), out_of & Q(debit__year=year)
    if figure == "shortfall":
        # Below zero on its account, and shown as what lacks.
        into, out_of = out_of, into
    # What both leaves and enters the figure changes nothing in it. Spelled out: NOT of a NULL is NULL.
    changes = DbCase(
        When(into & out_of, then=0), When(into, then=1), When(out_of, then=-1), default=0,
        output_field=IntegerField(),
    )  # fmt: skip
    chosen = Movement.objects.filter(of_kind, pool=pool).alias(way=changes).exclude(way=0)
    if case_id is not None:
        chosen = chosen.filter(case_id=case_id)
    if up_to is not None:
        chosen = chosen.filter(up_to)
    signed = DbCase(When(into, then=F("amount")), default=-F("amount"), output_field=BigIntegerField())
    return chosen.annotate(signed=signed)


def movements_behind(
    pool: Pool, figure: str, year: int | None, *, case_id: int | None = None, up_to: Q | None = None
) -> Behind | None:
    """The movements behind a figure of the pool page, or None for a figure that has none; one statement."""
    if figure not in FIGURES:
        return None
    rows = list(
        with_basis(signed_movements(pool, figure, year, case_id=case_id, up_to=up_to))
        .annotate(all_together=Window(Sum("signed")), how_many=Window(Count("id")))
        .order_by("-number")[:SHOWN_BEHIND]
    )
    lines = tuple(line_of(row, row.signed) for row in reversed(rows))
    count, total = (rows[0].how_many, int(rows[0].all_together)) if rows else (0, 0)
    return Behind(figure, year, lines, count, total)


def with_basis(movements, *also: str):
    """The movements with the case and the decision or authority they rest on, and no long text.

    `also` names further columns of related rows, as `debit__kind`.
    """
    related = {name.rpartition("__")[0] for name in also}
    return movements.select_related(
        "case", "operation", "operation__decision", "operation__decision__meeting", *related
    ).only(
        "number", "at", "kind", "text", "amount", "year",
        "case__reference", "case__listed_title", "case__title",
        "operation__text", "operation__authority_body", "operation__authority_date",
        "operation__authority_item", "operation__authority_case_number",
        "operation__decision__number", "operation__decision__decided_on", "operation__decision__kind",
        "operation__decision__meeting__held_on", *also,
    )  # fmt: skip


def line_of(row, amount: int) -> MovementLine:
    """The movement in words, with the amount given."""
    return MovementLine(
        number=row.number,
        at=row.at,
        kind=row.get_kind_display(),
        case_reference=row.case.reference if row.case else "",
        case_title=(row.case.listed_title or row.case.title) if row.case else "",
        basis=basis_of(row.operation),
        text=shown_text(row),
        amount=amount,
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
