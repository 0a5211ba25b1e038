"""The form "Budgetalternativ – Anlægsønske" of a pool and of a case: what stands in its cells.

+ is expenses, − is income. A case's table holds only new budget: what stands without cover, and derived
operation. The pool's money and the department's own are omplacering, and stand in the note.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import override

from businesscases import economy
from businesscases.checking import accounting_of
from businesscases.content import FORM_TEXTS, CaseContent
from businesscases.economy import Kind, Nature, Payer
from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.kroner import thousands
from pool.case_financing import Financing, financing_of
from pool.models import AccountKind, Pool
from pool.sheets.about import moment
from pool.sheets.drawing.form import YEAR_COLUMNS, Form
from pool.sheets.words import SHEET_LANGUAGE, form_words

YEARS = len(YEAR_COLUMNS)
HAS_MONEY = (AccountKind.RESERVED, AccountKind.ALLOCATED)
Amounts = dict[int, int]


def form_of_pool(pool: Pool) -> Form:
    """The form as the council got it, with the amounts that were typed on it."""
    rows = {row.year: row for row in pool.years.all()}
    years = tuple(range(pool.first_year, pool.first_year + YEARS))

    def typed(name: str) -> tuple[int | None, ...]:
        return tuple(getattr(rows.get(year), f"form_{name}", None) for year in years)

    with override(SHEET_LANGUAGE):
        words = _words()
        said = words["foot"] % {"number": pool.number, "when": _now()}
        return Form(
            number=pool.number,
            committee=str(pool.committee),
            department=str(pool.department),
            contact=pool.contact,
            years=years,
            overflow=typed("overflow"),
            tax_financed=typed("tax_financed"),
            user_financed=typed("user_financed"),
            operation=typed("operation"),
            note="",
            subject=pool.name,
            profit_centre=_joined(pool.profit_centre, pool.f3_level),
            texts={name: getattr(pool, name) for name in FORM_TEXTS},
            foot=said,
            words=words,
        )


def form_of_case(case: BusinessCase, content: CaseContent) -> Form:
    """The form of a case as it is read; its amounts by what it was granted, or while it waits, asks."""
    with override(SHEET_LANGUAGE):
        words, accounting = _words(), accounting_of(case)
        booked = _CaseAmounts(case, content, accounting["lines"])
        years = tuple(content.years)[:YEARS]
        foot = {"number": case.reference, "version": content.version, "when": _now()}
        own = accounting["case"]
        return Form(
            number=case.reference,
            committee=str(content.committee or ""),
            department=str(content.department),
            contact=str(content.owner),
            years=years,
            overflow=(None,) * YEARS,
            tax_financed=_row(booked.tax_financed, years),
            user_financed=_row(booked.user_financed, years),
            operation=_row(booked.operation, years),
            note=_note(booked, content, words),
            subject=content.title,
            profit_centre=_joined(own["profit_centre"], own["f3_level"]),
            texts={name: content.texts[name] for name in FORM_TEXTS},
            foot=words["foot_version" if content.version else "foot_draft"] % foot,
            words=words,
        )


class _CaseAmounts:
    """A case's amounts by year in the signs of the budget; a year without any is not in them."""

    def __init__(self, case: BusinessCase, content: CaseContent, lines: Mapping[str, Mapping]):
        self._content = content
        self._nature = {key: row["nature"] for key, row in lines.items()}
        self.financing: Financing = financing_of(case, content)
        self.granted = bool(self.financing.granted)
        self.pools = _pools_of(case, granted=self.granted)
        self.covered = {year.year: year.reserved + year.allocated for year in self.financing.granted}
        uncovered = {year.year: year.unfunded for year in self.financing.granted if year.unfunded}
        for year in self.financing.wanted:
            if year.available is None:
                uncovered[year.year] = year.asked
            else:
                self.covered[year.year] = year.asked
        self.own = self._of(lambda line: line.payer == Payer.OWN and self._is_capital(line))
        self.external = self._of(lambda line: line.kind == Kind.EXTERNAL_FUNDING and self._is_capital(line))
        nobody = [line for line in content.lines if line.payer == Payer.NOBODY and self._is_capital(line)]
        taxed = self._sum(line for line in nobody if not line.user_financed)
        self.tax_financed = added(taxed, uncovered)
        self.user_financed = self._sum(line for line in nobody if line.user_financed)
        self.operation = self._of(self._is_operation)
        self.has_takst_gain = any(line.economy.is_takst_gain for line in content.lines)

    def _is_capital(self, line) -> bool:
        return self._nature.get(line.key) == Nature.CAPITAL

    def _is_operation(self, line) -> bool:
        """Operation that the pool does not pay; a gain on a user-financed area is the takst's."""
        if self._nature.get(line.key) != Nature.OPERATION or line.payer == Payer.POOL:
            return False
        return line.kind != Kind.FREED_TIME and not line.economy.is_takst_gain

    def _of(self, belongs) -> Amounts:
        return self._sum(line for line in self._content.lines if belongs(line))

    def _sum(self, lines: Iterable) -> Amounts:
        found: Amounts = {}
        for line in lines:
            for year, amount in zip(self._content.years, line.amounts, strict=True):
                if amount is not None:
                    found[year] = found.get(year, 0) + economy.budget_sign(line.kind, amount)
        return found


def added(first: Amounts, second: Amounts) -> Amounts:
    return {year: first.get(year, 0) + second.get(year, 0) for year in sorted({*first, *second})}


def _pools_of(case: BusinessCase, *, granted: bool) -> list[Pool]:
    """The pools that pay, or that the case asks."""
    if granted:
        accounts = {"accounts__case": case, "accounts__kind__in": HAS_MONEY, "accounts__balance__gt": 0}
        return list(Pool.objects.filter(**accounts).distinct().order_by("id"))
    return list(Pool.objects.filter(round_links__round=case.round_id).order_by("id")) if case.round_id else []


def _note(booked: _CaseAmounts, content: CaseContent, words: Mapping[str, str]) -> str:
    """What is moved within budgets that are there already, and what the four columns have no room for."""
    names = ", ".join(f"{pool.name} ({pool.number})" for pool in booked.pools)
    said = []
    if any(booked.covered.values()):
        name = "note_pool" if booked.granted else "note_asked"
        said.append(words[name] % {"pool": names, "amounts": _amounts(booked.covered, words)})
    if booked.granted and booked.financing.to_find:
        said.append(words["note_to_find"] % {"amount": thousands(booked.financing.to_find)})
    for name, amounts in (("note_own", booked.own), ("note_external", booked.external)):
        if any(amounts.values()):
            said.append(words[name] % {"amounts": _amounts(amounts, words)})
    capital = added(booked.tax_financed, booked.user_financed)
    for name, amounts in (("note_capital_later", capital), ("note_later", booked.operation)):
        if name == "note_later" and any(booked.operation.values()):
            said.append(words["note_operation"])
        shown = {year: amounts[year] for year in tuple(content.years)[YEARS:] if amounts.get(year)}
        if shown:
            said.append(words[name] % {"amounts": _amounts(shown, words)})
    if booked.has_takst_gain:
        said.append(words["note_takst"])
    said.append(words["note_price_level"] % {"year": content.price_level})
    return " ".join(said)


def _amounts(amounts: Amounts, words: Mapping[str, str]) -> str:
    """ "900 i 2021, 700 i 2022 og 300 i 2023" in 1.000 kr."""
    parts = [
        words["note_in_year"] % {"amount": thousands(amount), "year": year}
        for year, amount in sorted(amounts.items())
        if amount
    ]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}{words['note_and']}{parts[-1]}"


def _row(amounts: Amounts, years: tuple[int, ...]) -> tuple[int | None, ...]:
    return tuple(amounts.get(year) for year in years)


def _words() -> dict[str, str]:
    words = form_words()
    return words | {"focus_areas": words["focus_areas"] % {"municipality": settings.MUNICIPALITY}}


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _now() -> str:
    return moment(localtime(clock.now()))
