"""Endorsements: the area head and every benefit owner stand by the amounts and years of a version.

Whoever submits stands by the figures in doing so. A new version asks again only those whose figures
changed; the others' answers, and questions still open, carry over.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases.content import CaseContent, ContentLine, content_of
from businesscases.models import CaseVersion, Endorsement, Kind, State
from businesscases.workflow import lock_case
from innovation_pool import clock
from innovation_pool.accounts.models import Department, User
from innovation_pool.audit.trail import record
from innovation_pool.refusals import NotAllowed, Refusal, TooLate

ANSWERABLE = frozenset({State.SUBMITTED, State.CHECKED, State.IN_HEARING, State.READY, State.POSTPONED})


def ask(version: CaseVersion) -> list[Endorsement]:
    """Asks for the endorsements of a version just frozen; returns those newly asked, who get a mail."""
    newly_asked = []
    for kind, person_id, figures in _wanted(content_of(version)):
        row = Endorsement(
            version=version, kind=kind, person_id=person_id, figures=figures, asked_at=version.frozen_at
        )
        earlier = _earlier(version, kind, person_id)
        if earlier is not None and earlier.figures == figures:
            row.asked_at = earlier.asked_at
            row.endorsed, row.reason = earlier.endorsed, earlier.reason
            row.answered_at = earlier.answered_at
        elif person_id == version.by_id:
            row.endorsed, row.answered_at = True, version.frozen_at
        else:
            newly_asked.append(row)
        row.save(force_insert=True)
    return newly_asked


@transaction.atomic
def endorse(
    endorsement: Endorsement,
    *,
    by: User,
    yes: bool,
    reason: str = "",
    operation: UUID | None = None,
    at: datetime | None = None,
) -> Endorsement:
    """The answer of the person asked, once; a no takes a reason."""
    case = lock_case(endorsement.version.case)
    row = Endorsement.objects.select_for_update().get(pk=endorsement.pk)
    if row.person_id != by.pk or not by.is_active:
        raise NotAllowed(_("Only %(person)s can answer.") % {"person": row.person})
    if row.endorsed is not None:
        raise TooLate(_("You have already answered."))
    if case.state not in ANSWERABLE or row.version.number != case.versions_frozen:
        raise TooLate(
            _("The case has been returned, decided or submitted anew, so this version cannot be endorsed.")
        )
    if not yes and not reason.strip():
        raise Refusal(_("Write why you cannot endorse the figures."), field="reason")
    row.endorsed, row.reason, row.answered_at = yes, reason, at or clock.now()
    row.save(update_fields=["endorsed", "reason", "answered_at"])
    record(
        "endorse",
        row,
        by=by,
        reason=reason,
        after={"endorsed": yes, "kind": row.kind},
        operation=operation,
        case_reference=case.reference,
    )
    return row


def not_given(version: CaseVersion) -> list[Endorsement]:
    """The endorsements of the version that are refused or not answered yet."""
    rows = version.endorsements.exclude(endorsed=True).select_related("person")
    return list(rows.order_by("kind", "person__name"))


def waiting_for(user) -> list[Endorsement]:
    """What the person is asked to endorse now, the longest waiting first."""
    rows = Endorsement.objects.filter(
        person=user, endorsed=None, version__case__state__in=ANSWERABLE
    ).select_related("version__case")
    newest = [row for row in rows if row.version.number == row.version.case.versions_frozen]
    return sorted(newest, key=lambda row: row.asked_at)


def _wanted(content: CaseContent):
    """Who is asked, and the figures they stand by: (kind, person, figures)."""
    heads = Department.objects.filter(pk=content.department.id, head__is_active=True)
    for head in heads.values_list("head", flat=True):
        yield Endorsement.Kind.AREA_HEAD, head, _figures(content, content.lines)
    gains = [line for line in content.lines if line.kind == Kind.CASHABLE_GAIN and line.benefit_owner]
    owners = dict.fromkeys(line.benefit_owner.id for line in gains)
    active = set(User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True))
    for person_id in owners:
        if person_id not in active:
            continue
        theirs = [line for line in gains if line.benefit_owner.id == person_id]
        yield Endorsement.Kind.BENEFIT_OWNER, person_id, _figures(content, theirs)


def _figures(content: CaseContent, lines: list[ContentLine] | tuple[ContentLine, ...]) -> dict:
    """Amounts by line, in which years, at which prices and on whose budget: what an answer is about."""
    return {
        "start_year": content.start_year,
        "price_level": content.price_level,
        "lines": {
            line.key: {
                "kind": line.kind,
                "payer": line.payer,
                "permanent": line.permanent,
                "profit_centre": line.profit_centre,
                "amounts": list(line.amounts),
            }
            for line in lines
        },
    }


def _earlier(version: CaseVersion, kind: str, person_id: int) -> Endorsement | None:
    rows = Endorsement.objects.filter(
        version__case=version.case_id, version__number__lt=version.number, kind=kind, person_id=person_id
    )
    return rows.order_by("-version__number").first()
