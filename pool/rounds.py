"""The application rounds as everybody in the house reads them: when, by which criteria, from which pools."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from businesscases.access import visible_to
from businesscases.models import Criterion, Round
from pool.models import Pool, RoundPool


@dataclass(frozen=True)
class ShownRound:
    """A round; `phase` is open, coming, over or out of use. The counts are of what the reader may see."""

    round: Round
    phase: str
    criteria: tuple[str, ...]
    pools: tuple[Pool, ...]
    submitted: int
    late: int


def every_round() -> QuerySet[Round]:
    """The newest deadline first, those out of use last."""
    return Round.objects.order_by("-active", "-deadline", "-pk")


def shown_rounds(rounds: QuerySet[Round], user, today: date) -> list[ShownRound]:
    """The rounds with how many cases were submitted to each and how many of them came late.

    Four statements however many rounds. A case counts once it has been submitted, whatever followed.
    """
    rows = rounds.prefetch_related(
        Prefetch("criteria", Criterion.objects.filter(active=True).order_by("order", "pk")),
        Prefetch("pool_links", RoundPool.objects.select_related("pool").order_by("pool__name", "pk")),
    )
    submitted = visible_to(user).filter(round__in=[row.pk for row in rows], versions_frozen__gt=0)
    counted = submitted.order_by().values("round").annotate(
        submitted=Count("pk", distinct=True),
        late=Count("pk", distinct=True, filter=Q(versions__late_reason__gt="")),
    )  # fmt: skip
    counts = {row["round"]: (row["submitted"], row["late"]) for row in counted}
    return [
        ShownRound(
            row,
            _phase(row, today),
            tuple(str(criterion) for criterion in row.criteria.all()),
            tuple(link.pool for link in row.pool_links.all()),
            *counts.get(row.pk, (0, 0)),
        )
        for row in rows
    ]


def _phase(row: Round, today: date) -> str:
    if not row.active:
        return "out of use"
    if row.open_on(today):
        return "open"
    return "coming" if today < row.opens_on else "over"
