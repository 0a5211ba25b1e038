"""The grid cases × years in words: what each cell has allocated, reserved, without cover, spent, or asks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from innovation_pool.kroner import nearest_krone, thousands
from pool.overview import CaseRow, Cell, PoolOverview, YearColumn


@dataclass(frozen=True)
class Part:
    """An amount in kroner, the fill it is told by, and its word; `opens` names what stands behind it."""

    kind: str
    amount: int
    word: str
    opens: str = ""


@dataclass(frozen=True)
class GridRow:
    """A case with the parts of each of its years; `parts` are those of one year, on a telephone."""

    reference: str
    title: str
    group: str
    several_pools: bool
    total: int
    shown: tuple[tuple[Part, ...], ...] = ()
    parts: tuple[Part, ...] = ()


def grid_rows(overview: PoolOverview, *, sees_asked: bool) -> list[GridRow]:
    """One row for each case on the page, with every year of the pool."""
    return [
        GridRow(
            row.reference,
            row.title,
            row.group,
            row.several_pools,
            row.total,
            shown=tuple(
                parts_of(row, cell, column, sees_asked=sees_asked)
                for cell, column in zip(row.cells, overview.years, strict=True)
            ),
        )
        for row in overview.rows
    ]


def grid_rows_of_year(overview: PoolOverview, year: int, *, sees_asked: bool) -> list[GridRow]:
    """The cases on the page that have something in the year."""
    found = []
    for row in overview.rows:
        for cell, column in zip(row.cells, overview.years, strict=True):
            parts = parts_of(row, cell, column, sees_asked=sees_asked) if column.year == year else ()
            if parts:
                found.append(
                    GridRow(row.reference, row.title, row.group, row.several_pools, row.total, parts=parts)
                )
    return found


def parts_of(row: CaseRow, cell: Cell, column: YearColumn, *, sees_asked: bool) -> tuple[Part, ...]:
    """What the case has in the year; when nothing is decided, what it asks for."""
    if row.group == "waiting":
        if not (sees_asked and cell.asked):
            return ()
        if column.has_budget:
            return (Part("asked", cell.asked, pgettext("cell", "asked")),)
        return (Part("uncovered", cell.asked, _("without cover")),)
    return granted_parts(cell, column.year, reserved=_reserved_word(row, cell, sees_asked=sees_asked))


def granted_parts(cell: Cell | YearColumn, year: int, *, reserved: str = "") -> tuple[Part, ...]:
    """What was granted in the year: allocated, reserved, without cover; and what was spent."""
    parts = []
    if cell.allocated:
        word = pgettext("cell", "allocated")
        parts.append(Part("allocated", cell.allocated, word, f"allocated-{year}"))
    if cell.reserved:
        word = reserved or pgettext("cell", "reserved")
        parts.append(Part("reserved", cell.reserved, word, f"reserved-{year}"))
    if cell.unfunded:
        parts.append(Part("uncovered", cell.unfunded, _("without cover"), f"unfunded-{year}"))
    if cell.spent_oere:
        word = pgettext("cell", "spent")
        parts.append(Part("spent", nearest_krone(cell.spent_oere), word, f"spent-{year}"))
    return tuple(parts)


def _reserved_word(row: CaseRow, cell: Cell, *, sees_asked: bool) -> str:
    word = pgettext("cell", "reserved")
    if row.group == "decided" and sees_asked and cell.asked > cell.granted:
        return _("%(reserved)s, asked %(amount)s") % {"reserved": word, "amount": thousands(cell.asked)}
    return word


def earlier_sentence(overview: PoolOverview) -> str:
    """What cases that are not ready ask for besides, in one sentence; "" when there are none."""
    asked = [(column.year, column.asked_earlier) for column in overview.years if column.asked_earlier]
    if not overview.earlier_count or not asked:
        return ""
    amounts = [_("%(amount)s in %(year)d") % {"amount": thousands(kr), "year": year} for year, kr in asked]
    listed = amounts[0]
    if len(amounts) > 1:
        first = ", ".join(amounts[:-1])
        listed = _("%(first)s and %(last)s") % {"first": first, "last": amounts[-1]}
    sentence = ngettext(
        "%(n)d case in hearing or with finance asks for %(listed)s besides. It is not in the table.",
        "%(n)d cases in hearing or with finance ask for %(listed)s besides. They are not in the table.",
        overview.earlier_count,
    )
    return sentence % {"n": overview.earlier_count, "listed": listed}
