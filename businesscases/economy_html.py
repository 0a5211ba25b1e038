"""The six-year economy as it is read, put together in Python: forty lines have five hundred cells."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesscases.case_table import EconomyTable, TableGroup, TableLine
from businesscases.content import ContentLine
from innovation_pool.kroner import thousands

TABLE = (
    '<table class="table money economy"><caption class="small">{caption}</caption>'
    '<thead><tr><th scope="col">{line}</th>{years}<th scope="col">{in_all}</th></tr></thead>{groups}'
    '<tbody><tr class="sum"><th scope="row">{net}</th>{nets}<td class="all">{net_gain}</td></tr>'
    '<tr class="quiet"><th scope="row">{cumulative}</th>{sums}<td></td></tr>{beside}</tbody></table>'
)
GROUP = '<tbody><tr class="group"><th scope="colgroup" colspan="8">{name}</th></tr>{lines}</tbody>\n'
LINE = (
    '<tr class="under"><th scope="row">{text}<small>{what}</small></th>{cells}'
    '<td class="all">{total}</td></tr>\n'
)
BESIDE = '<tr class="quiet"><th scope="row">{text}<small>{what}</small></th>{cells}<td>{total}</td></tr>\n'
BASIS = "<div><dt>{text}</dt><dd>{basis}{centre}</dd></div>"
CENTRE = '<br><span class="muted">{words}</span>'
YEARS = (
    '<table class="table money narrow-only"><caption class="small">{caption}</caption><thead><tr>{heads}</tr>'
    '</thead><tbody>{rows}<tr class="total"><th scope="row">{in_all}</th><td>{costs}</td><td>{gains}</td>'
    '<td class="strong">{net_gain}</td><td></td></tr></tbody></table>'
)
YEAR = (
    '<tr><th scope="row">{year}</th><td>{cost}</td><td>{gain}</td><td class="strong">{net}</td>'
    "<td>{cumulative}</td></tr>\n"
)


def economy_html(table: EconomyTable, price_level: int) -> SafeString:
    """The table, lines as rows: gains positive, costs negative. What a line says of itself is escaped."""
    caption = _("1.000 kr. in %(level)s prices. A gain is positive, an expense negative.")
    return mark_safe(
        TABLE.format(
            caption=caption % {"level": price_level},
            line=_("Line"),
            in_all=_("In all"),
            years="".join(f'<th scope="col">{year}</th>' for year in table.years),
            groups="".join(_group(group) for group in table.groups),
            net=_("Net per year"),
            nets=_cells(table.net),
            net_gain=thousands(table.net_gain),
            cumulative=_("Cumulative"),
            sums=_cells(table.cumulative),
            beside="".join(_line(BESIDE, row, escape(row.what)) for row in table.beside),
        )
    )


def economy_years_html(table: EconomyTable, price_level: int) -> SafeString:
    """The same turned round for a telephone: years as rows."""
    heads = (_("Year"), _("Expense"), pgettext("money", "Gain"), _("Net"), _("Cumul."))
    rows = (
        YEAR.format(
            year=row.year,
            cost=thousands(row.cost or None),
            gain=thousands(row.gain or None),
            net=thousands(row.net),
            cumulative=thousands(row.cumulative),
        )
        for row in table.by_year
    )
    return mark_safe(
        YEARS.format(
            caption=_("1.000 kr. in %(level)s prices") % {"level": price_level},
            heads="".join(f'<th scope="col">{head}</th>' for head in heads),
            rows="".join(rows),
            in_all=_("In all"),
            costs=thousands(table.costs),
            gains=thousands(table.gains),
            net_gain=thousands(table.net_gain),
        )
    )


def basis_html(lines: Iterable[ContentLine]) -> SafeString:
    """What each line's figures are built on, and whose budget falls; lines that say neither are left out."""
    falls = _("Profit centre whose budget falls: %(centre)s")
    return mark_safe(
        "".join(
            BASIS.format(
                text=escape(line.text),
                basis=escape(line.basis or "–"),
                centre=CENTRE.format(words=escape(falls % {"centre": line.profit_centre}))
                if line.profit_centre
                else "",
            )
            for line in lines
            if line.basis or line.profit_centre
        )
    )


def _group(group: TableGroup) -> str:
    return GROUP.format(
        name=escape(group.name), lines="".join(_line(LINE, row, _what(row)) for row in group.lines)
    )


def _what(row: TableLine) -> str:
    owner = row.line.benefit_owner
    return escape(f"{row.what} · {owner}" if owner else row.what)


def _line(shape: str, row: TableLine, what: str) -> str:
    return shape.format(
        text=escape(row.line.text), what=what, cells=_cells(row.cells), total=thousands(row.total)
    )


def _cells(amounts: Iterable[int | None]) -> str:
    return "".join(f"<td>{thousands(amount)}</td>" for amount in amounts)
