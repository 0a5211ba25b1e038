"""The rows of the list of cases as they are drawn: fifty at a time, and in one go.

In a template the same fifty rows take half the time of the page.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from innovation_pool.kroner import thousands, years

ROW = (
    '<tr><td class="nowrap muted">{reference}</td>'
    '<td><a class="name" href="{base}{reference}/">{title}</a><small>{area}</small></td>'
    '<td><span class="state state-{state}">{stands}</span></td>'
    '<td class="num" data-label="{l_asked}">{asked}</td><td class="num" data-label="{l_gain}">{gain}</td>'
    '<td class="num" data-label="{l_value}">{value}</td>'
    '<td class="num" data-label="{l_payback}">{payback}</td>'
    '<td class="num muted" data-label="{l_changed}">{changed}</td></tr>\n'
)


def rows_html(rows, base: str) -> SafeString:
    """The rows given as (row, where it stands, changed, never paid back); `base` is the list's address.

    The reference, the state and the figures are our own; title, department and words are escaped.
    """
    words = {
        "l_asked": _("From the pool"),
        "l_gain": _("Net gain"),
        "l_value": _("Present value"),
        "l_payback": _("Paid back after"),
        "l_changed": _("Changed"),
    }
    labels = {name: escape(word) for name, word in words.items()}
    never_paid = escape(_("not in 6 years"))
    return mark_safe(
        "".join(
            ROW.format(
                base=base,
                reference=row.reference,
                title=escape(row.listed_title),
                area=escape(row.listed_department__name or ""),
                state=row.state,
                stands=escape(stands),
                asked=thousands(row.asked_total),
                gain=thousands(row.net_gain),
                value=thousands(row.present_value),
                payback=never_paid if never else years(row.payback_years),
                changed=changed,
                **labels,
            )
            for row, stands, changed, never in rows
        )
    )
