"""What stands behind a figure that no movement makes: postings behind spending, grants without cover."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.utils.translation import gettext as _

from innovation_pool.dates import long_date
from pool.behind import SHOWN_BEHIND, Behind, MovementLine
from pool.models import Pool, Posting, UnfundedEntry

BESIDES = ("spent", "unfunded")


def besides_behind(
    pool: Pool,
    figure: str,
    year: int | None,
    *,
    case_id: int | None = None,
    up_to: Q | None = None,
    posted_by: date | None = None,
) -> Behind | None:
    """The rows behind spending (øre) or what stands without cover (kroner); None for any other figure.

    `up_to` is where the past ends that is looked at, and `posted_by` its day: a posting counts from its own.
    """
    if figure not in BESIDES:
        return None
    chosen = Q(pool=pool)
    if year is not None:
        chosen &= Q(year=year)
    if case_id is not None:
        chosen &= Q(case_id=case_id)
    if figure == "spent":
        if posted_by is not None:
            chosen &= Q(posted_on__lte=posted_by)
        return _behind(figure, year, _postings(chosen), "amount_oere", _posted, "postings")
    if up_to is not None:
        chosen &= up_to
    return _behind(figure, year, _entries(chosen), "amount", _written_down, "entries")


def _behind(figure: str, year, rows: QuerySet, amount: str, line, made_of: str) -> Behind:
    found = list(
        rows.annotate(all_together=Window(Sum(F(amount))), how_many=Window(Count("id")))[:SHOWN_BEHIND]
    )
    count, total = (found[0].how_many, int(found[0].all_together)) if found else (0, 0)
    return Behind(figure, year, tuple(line(row) for row in reversed(found)), count, total, made_of)


def _postings(chosen: Q) -> QuerySet[Posting]:
    return (
        Posting.objects.filter(chosen)
        .select_related("case", "file")
        .only(
            "posted_on", "amount_oere", "voucher", "text", "late",
            "case__reference", "case__listed_title", "case__title", "file__name",
        )
        .order_by("-posted_on", "-pk")
    )  # fmt: skip


def _entries(chosen: Q) -> QuerySet[UnfundedEntry]:
    return (
        UnfundedEntry.objects.filter(chosen)
        .select_related("case", "granted_by", "decision")
        .only(
            "at", "amount", "kind", "case__reference", "case__listed_title", "case__title",
            "granted_by__number", "granted_by__decided_on", "decision__number", "decision__decided_on",
        )
        .order_by("-pk")
    )  # fmt: skip


def _posted(row: Posting) -> MovementLine:
    voucher = _("Voucher %(voucher)s") % {"voucher": row.voucher} if row.voucher else ""
    basis = ", ".join(part for part in (voucher, row.text, row.file.name) if part)
    kind = _("Posting to a closed year") if row.late else _("Posting")
    return MovementLine(0, row.posted_on, kind, row.case.reference, _title(row), basis, "", row.amount_oere)


def _written_down(row: UnfundedEntry) -> MovementLine:
    decision = row.decision or row.granted_by
    basis = _("The board %(date)s, no. %(label)s") % {
        "date": long_date(decision.decided_on),
        "label": decision.label,
    }
    kind = row.get_kind_display()
    return MovementLine(0, row.at, kind, row.case.reference, _title(row), basis, "", row.amount)


def _title(row: Posting | UnfundedEntry) -> str:
    return row.case.listed_title or row.case.title
