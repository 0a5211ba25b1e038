"""The charts as SVG: words, colours and formatted figures round the geometry of `innovation_pool.charts`.

Put together in Python: by templates the two charts of a case took a tenth of its page. What is in them is
our own words and figures; nothing that a person has typed comes in here. The year of a chart is part of its
ids, so that several can stand on one page.
"""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_pool import kroner
from innovation_pool.charts import (
    MILLION,
    CumulativeChart,
    Payback,
    PoolChart,
    PoolColumn,
    YearBar,
    YearMoney,
)
from innovation_pool.kroner import kr

INK, QUIET, ACCENT, WRONG = "#14212b", "#44535d", "#1746a2", "#a51f2b"
HALO = 'paint-order="stroke" stroke="#fff" stroke-width="4"'
STRIPES = (
    '<defs><pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path fill="#fbf0dc" d="M0 0h6v6H0z"/>'
    '<path fill="#cf9a45" d="M0 0h2v6H0z"/></pattern></defs>'
)

# --- The years of a pool ---------------------------------------------------------------------------

LOOKS = {
    "allocated": 'fill="#2d867e"',
    "spent": 'fill="#072a29"',
    "reserved": 'fill="url(#{stripes})" stroke="#b3700b" stroke-width="3"',
    "available": 'fill="#dfeeea" stroke="#2d867e" stroke-width="3"',
    "asked": 'fill="#fff" stroke="#5c6a73" stroke-width="3" stroke-dasharray="4 3"',
    "uncovered": f'fill="#fceeef" stroke="{WRONG}" stroke-width="4"',
}


def year_title(money: YearMoney) -> str:
    """The figures of a year in words, for who does not see the picture."""
    sentence = _(
        "%(year)s: %(allocated)s allocated, of which %(spent)s spent; %(reserved)s reserved; "
        "%(available)s available."
    )
    told = sentence % {
        "year": money.year, "allocated": kr(money.allocated), "spent": kr(money.spent),
        "reserved": kr(money.reserved), "available": kr(money.available),
    }  # fmt: skip
    if money.asked:
        told += " " + _("%(asked)s asked for.") % {"asked": kr(money.asked)}
    if money.over:
        told += " " + _("%(over)s more than is available.") % {"over": kr(money.over)}
    return told


def year_bar_svg(bar: YearBar, name: str) -> SafeString:
    """A pool year as one lying bar; `name` begins its ids. The same figures stand in words under it."""
    stripes, title = f"{name}-{bar.money.year}", f"{name}-title-{bar.money.year}"
    parts = "".join(
        f'<svg x="{part.x}%" width="{part.width}%" height="28"><rect {BAND.get(part.kind, WHOLE)} '
        f"{LOOKS[part.kind].format(stripes=stripes)}/></svg>"
        for part in bar.parts
    )
    return mark_safe(
        f'<div class="bar"><svg height="28" role="img" aria-labelledby="{title}">'
        f'<title id="{title}">{year_title(bar.money)}</title>{STRIPES.format(id=stripes)}{parts}</svg></div>'
    )


WHOLE = 'width="100%" height="28"'
BAND = {"spent": 'y="10" width="100%" height="8"'}


def pool_column_svg(chart: PoolChart, column: PoolColumn) -> SafeString:
    """One year of the pool's chart, over its column of the table, which has the same figures."""
    year = column.money.year
    stripes, title = f"pool-{year}", f"pool-title-{year}"
    bars = "".join(
        f'<svg x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}">'
        f'<rect width="100%" height="100%" {LOOKS[bar.kind].format(stripes=stripes)}/></svg>'
        for bar in column.bars
    )
    return mark_safe(
        f'<svg width="{chart.width}" height="{chart.height}" viewBox="0 0 {chart.width} {chart.height}" '
        f'role="img" aria-labelledby="{title}"><title id="{title}">{year_title(column.money)}</title>'
        f"{STRIPES.format(id=stripes)}{bars}{_what_lacks(chart, column)}</svg>"
    )


def _what_lacks(chart: PoolChart, column: PoolColumn) -> str:
    money = column.money
    if not money.over:
        return ""
    amount = kroner.thousands(money.over)
    if money.budgeted:
        lines = [(column.over_y, _("%(amount)s missing") % {"amount": amount})]
    else:
        lines = [(int(column.over_y) - 16, _("without cover")), (column.over_y, amount)]
    texts = "".join(f'<text x="{chart.width}" y="{y}">{words}</text>' for y, words in lines)
    return f'<g fill="{WRONG}" font-size="12" font-weight="600" text-anchor="end">{texts}</g>'


# --- A case ----------------------------------------------------------------------------------------


def cumulative_svg(wide: CumulativeChart, narrow: CumulativeChart) -> SafeString:
    """The running net gain, for a wide column and a narrow one; the stylesheet shows the one that fits."""
    drawn = _cumulative(wide, "chart-wide", narrow=False) + _cumulative(narrow, "chart-narrow", narrow=True)
    return mark_safe(f'<div class="chart">{drawn}</div>')


def _cumulative(chart: CumulativeChart, name: str, *, narrow: bool) -> str:
    return (
        f'<svg class="{name}" viewBox="0 0 {chart.frame.width} {chart.frame.height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="{12 if narrow else 13}">'
        f'<title id="{name}-title">{_("Cumulative net gain")}</title>'
        f'<desc id="{name}-desc">{_in_words(chart)}</desc>'
        f'<defs><pattern id="{name}-loss" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path fill="#9aa5ad" d="M0 0h1v5H0z"/></pattern></defs>'
        f'<path fill="#dfeeea" d="{chart.above}"/><path fill="url(#{name}-loss)" d="{chart.below}"/>'
        f"{_axes(chart)}{_lines(chart)}"
        f"{_payback(chart, chart.payback, narrow=narrow) if chart.payback else ''}"
        f"{_narrow_end(chart) if narrow else _wide_end(chart)}</svg>"
    )


def _in_words(chart: CumulativeChart) -> str:
    told = [", ".join(f"{year}: {kr(amount)}" for year, amount in chart.ends)]
    if chart.payback:
        told.append(_("Paid back after %(years)s.") % {"years": kroner.years(chart.payback.years)})
    else:
        told.append(_("Not paid back within the period."))
    if chart.careful_end is not None:
        told.append(_("By the careful scenario %(amount)s at the end.") % {"amount": kr(chart.careful_end)})
    return " ".join(told)


def _axes(chart: CumulativeChart) -> str:
    left, right, bottom = chart.left, chart.right, chart.bottom
    lines = "".join(f'<path d="M{left} {line.at}H{right}"/>' for line in chart.grid)
    amounts = "".join(
        f'<text x="{int(left) - 8}" y="{line.at}" dy=".35em">{_on_axis(chart, line.value)}</text>'
        for line in chart.grid
    )
    ends = "".join(f'<path d="M{x} {bottom}v5"/>' for x in chart.year_ends)
    years = "".join(f'<text x="{year.at}" y="{bottom}" dy="22">{year.value}</text>' for year in chart.years)
    return (
        f'<g stroke="#d8dee2">{lines}</g><g fill="{QUIET}" text-anchor="end">{amounts}</g>'
        f'<path stroke="{QUIET}" d="M{left} {chart.zero}H{right}"/><g stroke="#78868f">{ends}</g>'
        f'<g fill="{INK}" text-anchor="middle">{years}</g>'
    )


def _on_axis(chart: CumulativeChart, amount: int) -> str:
    """The amount in what the axis counts."""
    if chart.unit == MILLION:
        return kroner.millions(amount)
    return kroner.thousands(amount) if chart.unit == 1_000 else kroner.kroner(amount)


def _lines(chart: CumulativeChart) -> str:
    careful = ""
    if chart.careful_line:
        careful = (
            f'<polyline fill="none" stroke="{QUIET}" stroke-width="1.5" stroke-dasharray="5 4" '
            f'points="{chart.careful_line}"/>'
        )
    points = "".join(f'<circle cx="{point.x}" cy="{point.y}" r="3.5"/>' for point in chart.points)
    return (
        f'{careful}<polyline fill="none" stroke="{INK}" stroke-width="2.5" stroke-linejoin="round" '
        f'points="{chart.line}"/><g fill="{INK}">{points}</g>'
    )


def _payback(chart: CumulativeChart, mark: Payback, *, narrow: bool) -> str:
    """The ring on the zero line, its line upwards, and when it is."""
    top, name = chart.frame.top, f'fill="{ACCENT}" font-weight="600"'
    when = {"years": kroner.years(mark.years), "year": mark.year}
    if not mark.years:
        lines = [_("Paid back from the start")]
    elif narrow:
        lines = [_("Paid back"), _("after %(years)s, in %(year)s") % when]
    else:
        lines = [_("Paid back after %(years)s") % when, _("in the course of %(year)s") % when]
    looks = ((10, name), (26, name)) if narrow else ((21, f'{name} font-size="15"'), (42, f'fill="{QUIET}"'))
    texts = "".join(
        f'<text x="{mark.label_x}" y="{top}" dy="{down}" {look}>{words}</text>'
        for (down, look), words in zip(looks, lines, strict=False)
    )
    return (
        f'<path stroke="{ACCENT}" stroke-width="1.5" d="M{mark.x} {top + 24}V{chart.zero}"/>'
        f'<circle cx="{mark.x}" cy="{chart.zero}" r="7" fill="#fff" stroke="{ACCENT}" stroke-width="3"/>'
        f'<g text-anchor="{mark.anchor}" {HALO} stroke-linejoin="round">{texts}</g>'
    )


def _narrow_end(chart: CumulativeChart) -> str:
    return (
        f'<text x="{chart.right}" y="{chart.end_label}" dy="-10" text-anchor="end" font-size="14" '
        f'font-weight="600" fill="{INK}" {HALO}>{_on_axis(chart, chart.end)}</text>'
    )


def _wide_end(chart: CumulativeChart) -> str:
    """What it comes to, beside the end of the line, and of the careful one."""
    x, many = int(chart.right) + 10, len(chart.ends)
    shown = kroner.mio_kr if chart.unit == MILLION else kr
    after = ngettext("after %(years)s year", "after %(years)s years", many) % {"years": many}
    careful = ""
    if chart.careful_end is not None:
        careful = (
            f'<text x="{x}" y="{chart.careful_label}" font-weight="600">{shown(chart.careful_end)}</text>'
            f'<text x="{x}" y="{chart.careful_label}" dy="17">{_("careful*")}</text>'
        )
    return (
        f'<g fill="{QUIET}"><text x="{x}" y="{chart.end_label}" font-size="15" font-weight="600" '
        f'fill="{INK}">{shown(chart.end)}</text><text x="{x}" y="{chart.end_label}" dy="18">{after}</text>'
        f"{careful}</g>"
    )
