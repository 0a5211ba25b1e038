"""The text of a decision where the meeting writes none: a sentence in the municipality's language.

A text the meeting writes itself must not name other amounts than it gives.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr
from innovation_pool.refusals import Refusal
from pool.decisions.terms import Grant
from pool.models import DecisionKind, ProvisionalDecision

KRONER = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,\d+)?\s*(?:kr\.?|kroner)(?!\w)")


def standard_text(kind: str, case, grants: Iterable[Grant] = (), *, until=None, reverses=None) -> str:
    """One sentence that says what is decided; "" for a resolution, which has no standard."""
    grants = tuple(grants)
    # A record is one document: its language is the municipality's, not that of who writes it.
    with translation.override(settings.LANGUAGE_CODE):
        if kind == DecisionKind.CHANGE_OF_GRANT and not grants:
            text = _("The change request of %(case)s is not granted.")
        elif kind == DecisionKind.APPROVE and len(grants) > 1:
            text = _("%(case)s is approved with %(total)s from the pool: %(grants)s.")
        else:
            text = _sentences().get(kind, "")
        return text % {
            "case": (case.listed_title or case.title) if case else "",
            "grants": grants_in_words(kind, grants),
            "total": kr(sum(grant.total for grant in grants)),
            "until": long_date(until),
            "reverses": reverses.label if reverses else "",
        }


def _sentences() -> dict[str, str]:
    return {
        DecisionKind.APPROVE: _("%(case)s is approved with %(grants)s."),
        DecisionKind.REJECT: _("%(case)s is rejected."),
        DecisionKind.POSTPONE: _("%(case)s is postponed until %(until)s."),
        DecisionKind.RETURN: _("%(case)s is returned to the project owner."),
        DecisionKind.STOP: _("%(case)s is stopped. What is reserved and unspent goes back to the pool."),
        DecisionKind.REVERSE: _("Decision no. %(reverses)s on %(case)s is reversed."),
        DecisionKind.CHANGE_OF_GRANT: _("The grant of %(case)s is changed: %(grants)s."),
        DecisionKind.COVER: _("%(case)s gets cover for %(grants)s."),
    }


def grants_in_words(kind: str, grants: Iterable[Grant]) -> str:
    """Such as "400.000 kr. in 2021 and 100.000 kr. in 2024 without cover"; several pools are named."""
    grants = tuple(grants)
    several = len({grant.pool.pk for grant in grants}) > 1
    words = []
    for grant in grants:
        for amount, uncovered in ((grant.amount, False), (grant.unfunded, True)):
            if not amount:
                continue
            sign = "+" if amount > 0 and kind == DecisionKind.CHANGE_OF_GRANT else ""
            said = _("%(amount)s in %(year)s without cover") if uncovered else _("%(amount)s in %(year)s")
            said %= {"amount": f"{sign}{kr(amount)}", "year": grant.year}
            words.append(f"{said} ({grant.pool.name})" if several else said)
    if len(words) < 2:
        return "".join(words)
    return pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def own_text_of(provisional: ProvisionalDecision) -> str:
    """The text somebody wrote; "" where the sentence is the standard one, which follows the amounts."""
    grants = provisional.grants.select_related("pool").order_by("pool", "year")
    standard = standard_text(
        provisional.kind,
        provisional.item.case,
        [Grant(row.pool, row.year, row.amount, row.unfunded) for row in grants],
        until=provisional.until,
        reverses=provisional.reverses,
    )
    return "" if provisional.text == standard else provisional.text


def check_text(kind: str, text: str, grants: Iterable[Grant]) -> None:
    """Refuses a text that names kroner and neither the sum given nor every amount of it."""
    if kind not in (DecisionKind.APPROVE, DecisionKind.COVER):
        return
    named = {int(re.sub(r"\D", "", amount)) for amount in KRONER.findall(text)}
    parts = {part for grant in grants for part in (grant.amount, grant.unfunded) if part}
    total = sum(grant.total for grant in grants)
    if named and total not in named and not parts <= named:
        raise Refusal(
            _("The wording names other amounts than %(total)s, which is given. Mend it, or empty the field.")
            % {"total": kr(total)},
            field="text",
        )
