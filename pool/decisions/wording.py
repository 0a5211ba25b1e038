"""The text of a decision where the meeting writes none: a sentence in the municipality's language."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from innovation_pool.dates import long_date
from innovation_pool.kroner import kr
from pool.decisions.terms import Grant
from pool.models import DecisionKind


def standard_text(kind: str, case, grants: Iterable[Grant] = (), *, until=None, reverses=None) -> str:
    """One sentence that says what is decided; "" for a resolution, which has no standard."""
    # A record is one document: its language is the municipality's, not that of who writes it.
    with translation.override(settings.LANGUAGE_CODE):
        texts = {
            DecisionKind.APPROVE: _("The board approves %(case)s with %(grants)s."),
            DecisionKind.REJECT: _("The board rejects %(case)s."),
            DecisionKind.POSTPONE: _("The board postpones %(case)s until %(until)s."),
            DecisionKind.RETURN: _("The board returns %(case)s to the project owner."),
            DecisionKind.STOP: _(
                "The board stops %(case)s; what is reserved and unspent goes back to the pool."
            ),
            DecisionKind.REVERSE: _("The board reverses decision no. %(reverses)s on %(case)s."),
            DecisionKind.CHANGE_OF_GRANT: _("The board changes the grant of %(case)s: %(grants)s."),
            DecisionKind.COVER: _("The board covers %(grants)s for %(case)s."),
        }
        if kind == DecisionKind.CHANGE_OF_GRANT and not grants:
            return _("The board refuses the change request of %(case)s.") % {"case": case.reference}
        return texts.get(kind, "") % {
            "case": case.reference if case else "",
            "grants": grants_in_words(kind, tuple(grants)),
            "until": long_date(until),
            "reverses": reverses.label if reverses else "",
        }


def grants_in_words(kind: str, grants: tuple[Grant, ...]) -> str:
    """ "1.200.000 kr. in 2021, 300.000 kr. in 2024 without cover"; pools are named when there are several."""
    several = len({grant.pool.pk for grant in grants}) > 1
    words = []
    for grant in grants:
        place = {"year": grant.year, "pool": grant.pool.name}
        for amount, uncovered in ((grant.amount, False), (grant.unfunded, True)):
            if not amount:
                continue
            sign = "+" if amount > 0 and kind == DecisionKind.CHANGE_OF_GRANT else ""
            text = _("%(amount)s in %(year)s without cover") if uncovered else _("%(amount)s in %(year)s")
            said = text % {"amount": f"{sign}{kr(amount)}", "year": place["year"]}
            words.append(
                _("%(grant)s (%(pool)s)") % {"grant": said, "pool": place["pool"]} if several else said
            )
    return ", ".join(words)
