"""Mails that tell of a board decision: drafts, until the secretariat mends and releases them.

They say what was decided, why, on which terms and what the owner does now, and no figures: amounts are
read on the case, by those who may.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from businesscases.mails import CASE_PAGE, writers_by_case
from businesscases.models import BusinessCase
from innovation_pool.mail.models import OutboxMail
from innovation_pool.mail.outbox import post
from pool.decided_words import DECIDED
from pool.models import Decision, DecisionKind

NOW = {
    DecisionKind.APPROVE: _("What you do now: start the project on the case's page when the work begins."),
    DecisionKind.REJECT: _("You need do nothing. The case can be read, and can be copied to a new one."),
    DecisionKind.POSTPONE: _("You need do nothing. The board takes the case up again."),
    DecisionKind.RETURN: _("What you do now: mend the case, and submit it again."),
    DecisionKind.STOP: _(
        "What you do now: end the work. What is reserved and unspent goes back to the pool."
    ),
    DecisionKind.REVERSE: _("You need do nothing. The case waits for the board to decide it anew."),
    DecisionKind.CHANGE_OF_GRANT: _("What you do now: read on the case's page what it has in each year."),
    DecisionKind.COVER: _("You need do nothing. What stood without cover is now reserved."),
    DecisionKind.ALLOCATION: _("What you do now: the year's money can be spent from now on."),
}
ON_CONDITION = _("The project cannot start before the politicians have decided. You need do nothing now.")


def draft_decided(
    decision: Decision, cases: Iterable[BusinessCase], writers: Mapping[int, list] | None = None
) -> None:
    """One draft to each who writes a case the decision is about.

    `writers` by case id, from whoever read them before the lock.
    """
    cases = list(cases)
    if writers is None:
        writers = writers_by_case(cases)
    for case in cases:
        post(
            f"decision:{decision.pk}:{case.pk}",
            "decided",
            writers[case.pk],
            link=CASE_PAGE.format(reference=case.reference),
            case_reference=case.reference,
            draft=True,
            reference=case.reference,
            title=case.listed_title or case.title,
            decision=decision.label,
            outcome=DECIDED[decision.kind],
            reason=decision.reason,
            terms=decision.conditions,
            until=decision.until,
            now=ON_CONDITION if decision.on_condition else NOW.get(decision.kind, ""),
        )


def drafts_about(references: Iterable[str]) -> int:
    """How many mails about decisions on these cases wait to be let go."""
    drafts = OutboxMail.objects.filter(state=OutboxMail.State.DRAFT, case_reference__in=list(references))
    return drafts.count()
