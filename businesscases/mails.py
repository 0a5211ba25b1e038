"""Whom a step of a case is told to. The mails stand or fall with the step, in its transaction.

What the board decides is told by the pool's side, in drafts that the secretariat releases.
"""

from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet

from businesscases.models import BusinessCase, CaseEvent, Comment, Disqualification, Endorsement
from innovation_pool.accounts.models import User
from innovation_pool.dates import long_date
from innovation_pool.mail.outbox import post, post_to_address
from innovation_pool.permissions import Role
from innovation_pool.prepared import prepared

# Bookmarks and mails rely on this address, so it is written out: an old mail must still lead there.
CASE_PAGE = "/businesscases/{reference}/"
HEARING_PAGE = "/hearing/{secret}/"


def tell_submitted(event: CaseEvent, newly_asked: Iterable[Endorsement]) -> None:
    """Finance has a case to check, and those asked have figures to endorse."""
    case = event.case
    # Who is kept out of the check has nothing waiting (`businesscases.access.kept_out`, for all at once).
    kept_out = Disqualification.objects.filter(case=case).exclude(out=False).values("person")
    finance = User.objects.with_role(Role.FINANCE).exclude(pk__in=case.writers.values("person"))
    _post(f"event:{event.pk}", "submitted", finance.exclude(pk__in=kept_out), case)
    asked = Endorsement.objects.filter(pk__in=[row.pk for row in newly_asked]).select_related("person")
    for row in asked.order_by("pk"):
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
    return writers_by_case([case])[case.pk]


def writers_by_case(cases: Iterable[BusinessCase]) -> dict[int, list[User]]:
    """By case id, the owner and the collaborators as they are now; one statement for all the cases."""
    writers: dict[int, list[User]] = {case.pk: [] for case in cases}
    for person in _writing(cases=list(writers)):
        writers[person.writes].append(person)
    return writers


@prepared
def _writing(*, cases: list[int]) -> QuerySet[User]:
    """Those who write the cases now, in the order they came to it; `writes` is the case."""
    rows = User.objects.filter(written_cases__case__in=cases, written_cases__until=None)
    return rows.annotate(writes=F("written_cases__case")).order_by("written_cases__pk")


def _post(event: str, kind: str, people: Iterable[User], case: BusinessCase, **words) -> None:
    link = CASE_PAGE.format(reference=case.reference)
    # As listed: a title that is being mended is its writers' alone until it is submitted.
    words = {"reference": case.reference, "title": case.listed_title, **words}
    post(event, kind, people, link=link, case_reference=case.reference, **words)


def tell_bodies(hearing, secrets: Mapping[int, str]) -> list[str]:
    """Each body with an address gets its personal link. Answers with the names of those that have none."""
    case, without = hearing.case, []
    words = {"reference": case.reference, "title": case.listed_title, "deadline": long_date(hearing.deadline)}
    for part in hearing.parts.filter(pk__in=list(secrets)).select_related("body").order_by("body__name"):
        if not part.body.email:
            without.append(part.body.name)
            continue
        post_to_address(
            f"hearing-part:{part.pk}:{part.token_digest[:12]}",
            "hearing",
            part.body.email,
            link=HEARING_PAGE.format(secret=secrets[part.pk]),
            case_reference=case.reference,
            body=part.body.name,
            **words,
        )
    return without


def tell_mentioned(comment: Comment, people: Iterable[User]) -> None:
    """Those named in a remark are told where it stands."""
    others = [person for person in people if person.pk != comment.by_id]
    _post(f"comment:{comment.pk}", "mentioned", others, comment.case, writer=str(comment.by))
