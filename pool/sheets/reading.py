"""What a budget sheet reads: nine statements, however many cases and movements there are.

The figures of the years are made as `pool.overview` makes them, from kept balances and grouped sums;
the movements are read beside them, so that the sheet's formulas on the movements prove the balances.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Substr
from django.http import Http404

from businesscases.economy import NATURE_OF
from businesscases.models import BusinessCase, CaseAccounting, LineAccounting, State
from pool.balances import EARLIER_STATES, WAITING_STATES, budget_nets
from pool.behind import with_basis
from pool.conditions import ENDS_GRANTS
from pool.ledger.grants import GIVES_MONEY
from pool.models import (
    Account,
    AccountKind,
    ConditionOutcome,
    Decision,
    Movement,
    Pool,
    PoolYear,
    Posting,
    RoundPool,
    SpendingFile,
    SpentBalance,
    UnfundedEntry,
)
from pool.models.decisions import ConditionKind
from pool.sheets.postings import FIELDS, Places, PostedLine

# From approval on a case's own lines are in the budget; of a stopped one only the pool's money.
GOES_ON = frozenset({State.APPROVED, State.IN_PROGRESS, State.COMPLETED})
MOVEMENT_COLUMNS = ("debit__kind", "debit__year", "credit__kind", "credit__year")
CODE_LENGTH = 8


@dataclass
class Kept:
    """Kept balances: of the years, and of the cases by year; kroner, spending in øre."""

    years: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    cases: dict[int, dict[tuple[str, int], int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def of_case(self, case_id: int, *names: str) -> dict[int, int]:
        """By year, what a case has under the names together, where it is not zero."""
        found: dict[int, int] = defaultdict(int)
        for (name, year), amount in self.cases.get(case_id, {}).items():
            if name in names:
                found[year] += amount
        return {year: amount for year, amount in sorted(found.items()) if amount}


def pool_with_years(pool_id: int) -> tuple[Pool, list[PoolYear]]:
    """The pool, when spending was last read, and its years. Raises Http404 where there is no such pool."""
    files = SpendingFile.objects.filter(postings__pool=OuterRef("pool")).order_by("-at").values("at")[:1]
    posted = Posting.objects.filter(pool=OuterRef("pool")).order_by("-posted_on").values("posted_on")[:1]
    related = ("pool", "pool__committee", "pool__department")
    rows = list(
        PoolYear.objects.filter(pool=pool_id)
        .select_related(*related)
        .annotate(spending_read=Subquery(files), posted_to=Subquery(posted))
        .order_by("year")
    )
    if not rows:
        raise Http404
    return rows[0].pool, rows


def kept_balances(pool: Pool) -> Kept:
    """Every kept balance of the pool in one statement, of the years and of the cases."""
    accounts = Account.objects.filter(pool=pool, year__isnull=False).order_by()
    unfunded = UnfundedEntry.objects.filter(pool=pool).order_by()
    spent = SpentBalance.objects.filter(pool=pool).order_by()
    rows = accounts.values_list("kind", "year", "case", "balance").union(
        unfunded.values_list(Value("unfunded"), "year", "case").annotate(total=Sum("amount")),
        spent.values_list(Value("spent_oere"), "year", "case", "oere"),
        all=True,
    )
    kept = Kept()
    for name, year, case_id, amount in rows:
        # A sum in a union comes back as a Decimal on PostgreSQL.
        kept.years[year][name] += int(amount)
        if case_id is not None:
            kept.cases[case_id][name, year] += int(amount)
    for name, year, amount in budget_nets(pool):
        kept.years[year][name] += amount
    return kept


def movements_of(pool: Pool) -> list[Movement]:
    """Every movement with its basis, in the order of the chain."""
    rows = with_basis(Movement.objects.filter(pool=pool), *MOVEMENT_COLUMNS)
    corrected, code = F("operation__corrects__kind"), Substr("hash", 1, CODE_LENGTH)
    return list(rows.annotate(corrected_kind=corrected, code=code).order_by("number"))


def cases_of(pool: Pool, kept: Kept, *, sees_asked: bool) -> list[BusinessCase]:
    """The cases that have money or a grant in the pool and, for those who may see it, those that ask."""
    having = [pk for pk in kept.cases if kept.of_case(pk, "reserved", "allocated", "unfunded", "spent_oere")]
    wanted = Q(pk__in=having)
    if sees_asked:
        open_to_pool = Exists(RoundPool.objects.filter(pool=pool, round=OuterRef("round_id")))
        wanted |= Q(state__in=[*WAITING_STATES, *EARLIER_STATES]) & open_to_pool
    several = Exists(RoundPool.objects.filter(round=OuterRef("round_id")).exclude(pool=pool))
    return list(
        BusinessCase.objects.filter(wanted)
        .annotate(several=several)
        .only(
            "reference", "state", "title", "listed_title", "listed_start_year", "start_year",
            *(f"asked_{offset}" for offset in range(1, 7)),
        )
        .order_by("reference")
    )  # fmt: skip


def decided_content(ids: Iterable[int]) -> dict[int, dict]:
    """By case id, the content of the version its newest grant rests on, else its newest version."""
    decided = (
        Decision.objects.filter(case=OuterRef("pk"), kind__in=GIVES_MONEY, version__isnull=False)
        .order_by("-number")
        .values("version__content")[:1]
    )
    rows = BusinessCase.objects.filter(pk__in=list(ids)).order_by().values_list("pk", Subquery(decided))
    return {pk: content for pk, content in rows if content}


class Accounting:
    """Finance's record of the cases and their lines as it stands; one statement."""

    def __init__(self, ids: Iterable[int]):
        ids = list(ids)
        of_cases = CaseAccounting.objects.filter(case__in=ids).order_by()
        of_lines = LineAccounting.objects.filter(case__in=ids).order_by()
        rows = of_cases.values_list("case", Value(""), Value(""), *FIELDS, "id").union(
            of_lines.values_list("case", Cast("line_key", CharField()), "nature", *FIELDS, "id"), all=True
        )
        # The newest row of each counts.
        self._kept = {(row[0], _bare(row[1])): row for row in sorted(rows, key=lambda row: row[-1])}

    def places(self, case_id: int, key: str = "") -> Places:
        row = self._kept.get((case_id, _bare(key)))
        return Places(*row[3 : 3 + len(FIELDS)]) if row else Places()

    def nature(self, case_id: int, key: str, kind: str) -> str:
        row = self._kept.get((case_id, _bare(key)))
        return row[2] if row else str(NATURE_OF[kind])


def _bare(key: str) -> str:
    # SQLite keeps a UUID without dashes, PostgreSQL gives it with them.
    return str(key).replace("-", "")


def lines_of(case_id: int, content: dict | None, accounting: Accounting) -> tuple[PostedLine, ...]:
    """The lines of a version with what finance says of each."""
    found = []
    for line in (content or {}).get("lines", ()):
        own = Places(profit_centre=line["profit_centre"])
        found.append(
            PostedLine(
                kind=line["kind"],
                payer=line["payer"],
                text=line["text"],
                permanent=line["permanent"],
                user_financed=line["user_financed"],
                amounts=tuple(line["amounts"]),
                nature=accounting.nature(case_id, line["key"], line["kind"]),
                places=accounting.places(case_id, line["key"]).over(own),
            )
        )
    return tuple(found)


def conversions(pool: Pool, ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """By case and year, the capital money the council has turned into operation; kroner.

    What several pools of capital pay together is taken from them in the order of their numbers.
    """
    ended = Decision.objects.filter(
        case=OuterRef("condition__decision__case"),
        kind__in=ENDS_GRANTS,
        number__gt=OuterRef("condition__decision__number"),
    )
    outcomes = ConditionOutcome.objects.filter(
        ~Exists(ended),
        met=True,
        condition__kind=ConditionKind.CONVERSION,
        condition__decision__case__in=list(ids),
    ).order_by("at", "pk")
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for case_id, converted in outcomes.values_list("condition__decision__case", "converted"):
        for year, amount in converted.items():
            found[case_id][int(year)] += int(amount)
    return _less_earlier_pools(pool, found) if found else {}


def _less_earlier_pools(pool: Pool, found):
    """What is left of the conversion for this pool when those before it have taken theirs."""
    granted = Account.objects.filter(
        pool__lt=pool.pk,
        pool__nature=Pool.Nature.CAPITAL,
        case__in=list(found),
        kind__in=[AccountKind.RESERVED, AccountKind.ALLOCATED],
    )
    for case_id, year, amount in (
        granted.order_by().values_list("case", "year").annotate(total=Sum("balance"))
    ):
        if found[case_id].get(year):
            found[case_id][year] = max(0, found[case_id][year] - int(amount))
    return found
