"""What a file of postings would do: where each belongs, what was imported before, what cannot be read."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max

from businesscases.models import BusinessCase, CaseAccounting
from pool.models import Account, Pool, PoolYear, Posting, SpendingDraft, SpendingFile, SpendingRule
from pool.spending.reading import ReadPosting, read_postings

NOBODYS = "none"


@dataclass(frozen=True)
class Place:
    """A pool and a case that have money together; what a posting belongs to."""

    pool: Pool
    case: BusinessCase

    @property
    def key(self) -> str:
        return f"{self.pool.pk}-{self.case.pk}"

    def __str__(self):
        return f"{self.case.reference} {self.case.title} · {self.pool.name} ({self.pool.number})"


@dataclass(frozen=True)
class Row:
    """A posting and what becomes of it."""

    posting: ReadPosting
    place: Place | None
    ignored: bool
    known: bool
    late: bool

    @property
    def counts(self) -> bool:
        """Whether it is imported: new, readable, and somebody's."""
        return not (self.posting.problem or self.known or self.ignored) and self.place is not None


@dataclass(frozen=True)
class Preview:
    """A file as it would be imported. Amounts are integer øre."""

    rows: tuple[Row, ...]
    imported_before: bool
    places: tuple[Place, ...]

    @cached_property
    def total_oere(self) -> int:
        """The sum of every readable row: what the control total is compared with."""
        return sum(row.posting.oere or 0 for row in self.rows)

    @cached_property
    def new_oere(self) -> int:
        return sum(row.posting.oere for row in self.rows if row.counts)

    @cached_property
    def problems(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.posting.problem)

    @cached_property
    def known(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.known)

    @cached_property
    def late(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.late and row.counts)

    @cached_property
    def unknown_accounts(self) -> dict[str, tuple[int, int]]:
        """Accounts nobody has said anything about: how many rows, and their øre."""
        found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for row in self.rows:
            if row.place is None and not (row.ignored or row.posting.problem):
                count, oere = found[row.posting.account]
                found[row.posting.account] = (count + 1, oere + row.posting.oere)
        return dict(found)

    @cached_property
    def sums(self) -> list[tuple[Place, int, int, int]]:
        """(pool and case, year, rows, øre) of what would be added."""
        found: dict[tuple[str, int], list] = {}
        for row in self.rows:
            if row.counts:
                entry = found.setdefault((row.place.key, row.posting.posted_on.year), [row.place, 0, 0])
                entry[1] += 1
                entry[2] += row.posting.oere
        return [(place, year, count, oere) for (_key, year), (place, count, oere) in sorted(found.items())]


def preview_of(draft: SpendingDraft, answers: dict[str, str] | None = None) -> Preview:
    """The file's postings, each with its place. `answers` says where an unknown account belongs: a
    place's key, or NOBODYS. Raises Refusal for a file that cannot be read."""
    postings = read_postings(bytes(draft.content), draft.name)
    places = places_with_money()
    find = _finder(places, answers or {})
    known = set(
        Posting.objects.filter(digest__in=[p.digest for p in postings]).values_list("digest", flat=True)
    )
    closed = set(PoolYear.objects.filter(status=PoolYear.Status.CLOSED).values_list("pool", "year"))
    rows = []
    for posting in postings:
        place, ignored = find(posting)
        late = bool(place and posting.posted_on and (place.pool.pk, posting.posted_on.year) in closed)
        rows.append(Row(posting, place, ignored, posting.digest in known, late))
    before = SpendingFile.objects.filter(sha256=draft.sha256).exists()
    return Preview(tuple(rows), before, tuple(places))


def places_with_money() -> list[Place]:
    """Every case with the pools that have, or had, money for it."""
    pairs = Account.objects.filter(case__isnull=False).values_list("pool", "case").distinct()
    pools = Pool.objects.in_bulk({pool for pool, _case in pairs})
    cases = BusinessCase.objects.only("reference", "title").in_bulk({case for _pool, case in pairs})
    places = [Place(pools[pool], cases[case]) for pool, case in pairs]
    return sorted(places, key=lambda place: (place.case.reference, place.pool.pk))


def _finder(places: list[Place], answers: dict[str, str]):
    by_key = {place.key: place for place in places}
    rules = {
        rule.account: by_key.get(f"{rule.pool_id}-{rule.case_id}") for rule in SpendingRule.objects.all()
    }
    for account, key in answers.items():
        rules[account] = by_key.get(key)
    from_cases = _from_accounting(places)

    def find(posting: ReadPosting) -> tuple[Place | None, bool]:
        if posting.account in rules:
            place = rules[posting.account]
            return place, place is None
        found = from_cases.get(posting.account) or from_cases.get(posting.profit_centre)
        return found, False

    return find


def _from_accounting(places: list[Place]) -> dict[str, Place]:
    """PSP elements and profit centres that point to one pool and case, and to no other."""
    by_case = defaultdict(list)
    for place in places:
        by_case[place.case.pk].append(place)
    newest = CaseAccounting.objects.filter(case__in=by_case).order_by().values("case").annotate(pk=Max("pk"))
    found: dict[str, set[Place]] = defaultdict(set)
    for record in CaseAccounting.objects.filter(pk__in=[row["pk"] for row in newest]):
        for account in {record.psp_element, record.profit_centre} - {""}:
            found[account] |= set(by_case[record.case_id])
    return {account: places.pop() for account, places in found.items() if len(places) == 1}
