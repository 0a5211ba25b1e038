"""Mails that tell of a board decision: drafts, until the secretariat mends and releases them."""

from collections.abc import Iterable, Mapping

from businesscases.mails import CASE_PAGE, writers_by_case
from businesscases.models import BusinessCase
from innovation_pool.mail.outbox import post
from pool.decided_words import DECIDED
from pool.models import Decision


def draft_decided(
    decision: Decision, cases: Iterable[BusinessCase], writers: Mapping[int, list] | None = None
) -> None:
    """One draft to each who writes a case the decision is about; no figures.

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
        )
