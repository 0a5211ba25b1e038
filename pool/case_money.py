"""What finance handles case by case: unspent money, transfers to register, operations to correct. Reads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from innovation_pool.kroner import kr
from pool import ledger
from pool.behind import basis_of, with_basis
from pool.models import Account, AccountKind, Pool, PoolYear, SpentBalance


@dataclass(frozen=True)
class UnspentRow:
    """What a case has allocated and not spent in an open year; whole kroner."""

    case: object
    year: int
    unspent: int

    @property
    def key(self) -> str:
        return f"{self.case.pk}-{self.year}"

    @property
    def label(self) -> str:
        values = {"case": self.case.reference, "title": self.case.listed_title, "year": self.year}
        return _("%(case)s %(title)s, %(year)d: %(amount)s unspent") % (values | {"amount": kr(self.unspent)})


def unspent_rows(pool: Pool) -> list[UnspentRow]:
    """Every case with unspent money in a year that is still open."""
    closed = PoolYear.objects.filter(pool=pool, status=PoolYear.Status.CLOSED).values("year")
    accounts = (
        Account.objects.filter(pool=pool, kind=AccountKind.ALLOCATED, balance__gt=0)
        .exclude(year__in=closed)
        .select_related("case")
        .order_by("case__reference", "year")
    )
    spent = {
        (case, year): oere
        for case, year, oere in SpentBalance.objects.filter(pool=pool).values_list("case", "year", "oere")
    }
    rows = [
        UnspentRow(
            account.case,
            account.year,
            ledger.unspent_of(account.balance, spent.get((account.case_id, account.year), 0)),
        )
        for account in accounts
    ]
    return [row for row in rows if row.unspent]


@dataclass(frozen=True)
class EffectRow:
    """A movement that waits for its budget transfer."""

    pk: int
    number: int
    at: date
    kind: str
    reference: str
    title: str
    year: int
    amount: int
    basis: str


def effects_to_register(pool: Pool) -> list[EffectRow]:
    """The movements of the pool that finance has not registered a transfer for, oldest first."""
    waiting = with_basis(ledger.waiting_for_effect().filter(pool=pool).order_by("number"))
    return [
        EffectRow(
            row.pk,
            row.number,
            row.at,
            row.get_kind_display(),
            row.case.reference if row.case else "",
            row.case.listed_title if row.case else "",
            row.year,
            row.amount,
            basis_of(row.operation),
        )
        for row in waiting
    ]
