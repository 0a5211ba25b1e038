"""The balances an act has read under the lock, and how they stand with what it has moved so far."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from innovation_pool.prepared import prepared
from pool.models import Account, AccountKind, Pool


@prepared
def _accounts(of_all_cases: bool, *, pool: int, years: list[int], cases: list[int]) -> QuerySet:
    """The accounts of a pool in these years, and the one of no year; those of the cases, and of no case."""
    rows = Account.objects.filter(Q(year__in=years) | Q(year=None), pool=pool)
    return rows if of_all_cases else rows.filter(Q(case=None) | Q(case__in=cases))


class Place(NamedTuple):
    """Which account: of a pool, of a kind, of a year, of a case."""

    pool: int
    kind: str
    year: int | None = None
    case: int | None = None


class Balances:
    """Kroner by account: `before` as the database has them, `now` with the transfers made up since."""

    def __init__(self):
        self.accounts: dict[Place, Account] = {}
        self.before: dict[Place, int] = {}
        self.now: dict[Place, int] = {}

    def read(self, pool: Pool | int, years: Iterable[int], cases: Iterable[int] | None = ()) -> None:
        """Reads the balances of a pool's years in one statement; of the given cases, or of all with None."""
        pool_id = pool if isinstance(pool, int) else pool.pk
        years = list(years)
        of_cases = [] if cases is None else list(cases)
        rows = _accounts(cases is None, pool=pool_id, years=years, cases=of_cases)
        self.remember(pool_id, years, of_cases, rows)

    def remember(
        self, pool_id: int, years: Iterable[int], cases: Iterable[int], rows: Iterable[Account]
    ) -> None:
        """Keeps accounts that were read under the lock; those of the years and cases without a row hold 0."""
        for year in years:
            for kind in (AccountKind.AVAILABLE, AccountKind.SHORTFALL):
                self._remember(Place(pool_id, kind, year), 0)
            for case in cases:
                for kind in (AccountKind.RESERVED, AccountKind.ALLOCATED):
                    self._remember(Place(pool_id, kind, year, case), 0)
        for row in rows:
            place = Place(pool_id, row.kind, row.year, row.case_id)
            self.accounts[place] = row
            if not self.before.get(place):
                self.before[place] = row.balance
                self.now[place] = self.now.get(place, 0) + row.balance

    def _remember(self, place: Place, balance: int) -> None:
        self.before.setdefault(place, balance)
        self.now.setdefault(place, balance)

    def balance(self, place: Place) -> int:
        """Kroner on an account as the act stands so far."""
        if place not in self.before:
            self.read(place.pool, [place.year], [] if place.case is None else [place.case])
        return self.now[place]

    def available(self, pool: Pool, year: int) -> int:
        return self.balance(Place(pool.pk, AccountKind.AVAILABLE, year))

    def shortfall(self, pool: Pool, year: int) -> int:
        """The uncovered part of cuts, as kroner above zero."""
        return -self.balance(Place(pool.pk, AccountKind.SHORTFALL, year))

    def reserved(self, pool: Pool, year: int, case) -> int:
        return self.balance(Place(pool.pk, AccountKind.RESERVED, year, case.pk))

    def allocated(self, pool: Pool, year: int, case) -> int:
        return self.balance(Place(pool.pk, AccountKind.ALLOCATED, year, case.pk))

    def places(
        self, pool: Pool, *, kinds: Iterable[str], years: Iterable[int] | None = None
    ) -> dict[Place, int]:
        """What stands on the accounts read so far that are of these kinds, where it is not zero."""
        return {
            place: amount
            for place, amount in sorted(self.now.items(), key=lambda pair: order(pair[0]))
            if place.pool == pool.pk
            and place.kind in kinds
            and amount
            and (years is None or place.year in years)
        }

    def change(self, place: Place, amount: int) -> None:
        """Adds to an account, below zero too; whether it may stand so is asked of the whole."""
        self.now[place] = self.now.get(place, 0) + amount


def order(place: Place) -> tuple:
    """One order of accounts for everybody: pool, year, kind, case."""
    return (place.pool, place.year or 0, place.kind, place.case or 0)
