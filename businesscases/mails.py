"""Whom a step of a case is told to. The mails stand or fall with the step, in its transaction.

What the board decides is told by the pool's side, in drafts that the secretariat releases.
"""

from collections.abc import Iterable

from businesscases.access import kept_out
from businesscases.models import BusinessCase, CaseEvent, Endorsement
from innovation_pool.accounts.models import User
from innovation_pool.mail.outbox import post
from innovation_pool.permissions import Role

# Bookmarks and mails rely on this address, so it is written out: an old mail must still lead there.
CASE_PAGE = "/businesscases/{reference}/"


def tell_submitted(event: CaseEvent, newly_asked: Iterable[Endorsement]) -> None:
    """Finance has a case to check, and those asked have figures to endorse."""
    case = event.case
    finance = [person for person in User.objects.with_role(Role.FINANCE) if not _out(person, case)]
    _post(f"event:{event.pk}", "submitted", finance, case)
    for row in newly_asked:
        _post(f"endorsement:{row.pk}", "endorse", [row.person], case)


def tell_returned(event: CaseEvent) -> None:
    """The writers have something to mend."""
    _post(f"event:{event.pk}", "returned", writers_of(event.case), event.case, reason=event.reason)


def tell_confirmed(event: CaseEvent) -> None:
    """The secretariat has a case to hear, or not; the owner hears how far it is."""
    case = event.case
    people = [*User.objects.with_role(Role.SECRETARIAT), case.owner]
    _post(f"event:{event.pk}", "checked", dict.fromkeys(people), case)


def tell_new_owner(case: BusinessCase, writer) -> None:
    _post(f"writer:{writer.pk}", "handed_over", [writer.person], case)


def tell_new_collaborator(case: BusinessCase, writer) -> None:
    _post(f"writer:{writer.pk}", "collaborator", [writer.person], case, writer=str(writer.added_by))


def writers_of(case: BusinessCase) -> list[User]:
    """The owner and the collaborators, as they are now."""
    rows = case.writers.filter(until=None).select_related("person").order_by("pk")
    return [row.person for row in rows]


def _post(event: str, kind: str, people: Iterable[User], case: BusinessCase, **words) -> None:
    link = CASE_PAGE.format(reference=case.reference)
    words = {"reference": case.reference, "title": case.title, **words}
    post(event, kind, people, link=link, case_reference=case.reference, **words)


def _out(person: User, case: BusinessCase) -> bool:
    return kept_out(person, case, decides=False) is not None
