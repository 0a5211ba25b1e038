"""The tables of a pool as they are drawn, put together in Python: a page has a hundred sums with links.

Titles and words are escaped; references, kinds, amounts and what a sum opens are our own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from innovation_pool.kroner import signed, thousands
from pool.case_grid import GridRow, Part
from pool.year_table import MoneyCell, MoneyRow

CURRENT = ' aria-current="true"'
GROUP = '<tbody><tr class="group"><th scope="colgroup" colspan="{columns}">{name}</th></tr>\n{rows}</tbody>\n'
CASE = (
    '<tr id="{id}"><th scope="row"><a class="name" href="{url}{reference}/">{title}</a>'
    "<small>{reference}{note}</small></th>{cells}</tr>\n"
)
DETAIL = '<tr class="detail"><td colspan="{columns}">{detail}</td></tr>\n'


@dataclass(frozen=True)
class Opening:
    """How the sums are opened: the address before what a sum opens, and which one stands open.

    `detail` is what stands behind it, drawn already; `openable` is whether the person may open any.
    """

    base: str
    openable: bool
    key: str = ""
    detail: str = ""


def grid_rows_html(
    rows: Iterable[GridRow], columns: int, cases_url: str, opening: Opening, *, opened: str, sees_asked: bool
) -> SafeString:
    """The cases with every year, group by group; `opened` is the reference of the case that stands open."""
    base, several = escape(opening.base), escape(_("asked from several"))

    def drawn(row: GridRow) -> str:
        reference = row.reference
        before, after = f"{base}case={reference}&amp;show=", f"#c-{reference}"
        key = opening.key if reference == opened else ""
        cells = "".join(
            f"<td>{''.join(_part(part, before, after, opening.openable, key) for part in parts)}</td>"
            for parts in row.shown
        )
        return CASE.format(
            id=f"c-{reference}",
            url=cases_url,
            reference=reference,
            title=escape(row.title),
            note=f" · {several}" if row.several_pools and sees_asked else "",
            cells=f'{cells}<td class="all">{thousands(row.total)}</td>',
        )

    return _grouped(rows, columns, drawn, opened, opening.detail)


def picked_rows_html(
    rows: Iterable[GridRow], year: int, cases_url: str, opening: Opening, *, opened: str
) -> SafeString:
    """The cases with one year alone, as a telephone shows them."""
    base = escape(opening.base)

    def drawn(row: GridRow) -> str:
        reference = row.reference
        before, after = f"{base}year={year}&amp;case={reference}&amp;show=", f"#p-{reference}"
        parts = "".join(_part(part, before, after, opening.openable, "") for part in row.parts)
        return CASE.format(
            id=f"p-{reference}",
            url=cases_url,
            reference=reference,
            title=escape(row.title),
            note="",
            cells=f"<td>{parts}</td>",
        )

    return _grouped(rows, 2, drawn, opened, opening.detail)


def _grouped(rows, columns: int, drawn, opened: str, detail: str) -> SafeString:
    names = {
        "decided": _("Approved and in progress"),
        "waiting": pgettext("group", "Ready for decision"),
        "other": _("Completed, stopped and others"),
    }
    behind = DETAIL.format(columns=columns, detail=detail)
    return mark_safe(
        "".join(
            GROUP.format(
                columns=columns,
                name=names[group],
                rows="".join(drawn(row) + (behind if row.reference == opened else "") for row in cases),
            )
            for group, cases in groupby(rows, key=lambda row: row.group)
        )
    )


def _part(part: Part, before: str, after: str, openable: bool, key: str) -> str:
    """An amount with its word; a link to what stands behind it where it can be opened."""
    amount = thousands(part.amount)
    if openable and part.opens:
        current = CURRENT if part.opens == key else ""
        amount = f'<a class="open" href="{before}{part.opens}{after}"{current}>{amount}</a>'
    bad = " bad" if part.kind == "uncovered" else ""
    return (
        f'<span class="m m-{part.kind}">{amount}</span><small class="word{bad}">{escape(part.word)}</small>'
    )


def year_rows_html(rows: Iterable[MoneyRow], columns: int, opening: Opening, *, opened: str) -> SafeString:
    """The lines of the years' table; `opened` is the figure of the line that stands open."""
    base, detail = escape(opening.base), DETAIL.format(columns=columns, detail=opening.detail)

    def sum_of(row: MoneyRow, cell: MoneyCell) -> str:
        if cell.amount is None:
            return ""
        shown = signed(thousands(cell.amount)) if row.signed else thousands(cell.amount)
        if not (opening.openable and cell.opens):
            return shown
        current = CURRENT if cell.opens == opening.key else ""
        return f'<a class="open" href="{base}show={cell.opens}#years"{current}>{shown}</a>'

    def drawn(row: MoneyRow) -> str:
        short = ' class="short"' if row.look == "short" else ""
        cells = "".join(f"<td{short}>{sum_of(row, cell)}</td>" for cell in row.cells)
        behind = detail if opened and row.figure == opened else ""
        return (
            f'<tr class="{row.look}"><th scope="row">{escape(row.label)}</th>{cells}'
            f'<td class="all">{sum_of(row, row.total)}</td></tr>\n{behind}'
        )

    return mark_safe("".join(drawn(row) for row in rows))
