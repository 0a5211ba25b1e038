"""Copying a case: a new draft that says the same, for somebody who may write cases.

Only what the person reads is copied: of another's case the newest frozen version, and of each line neither
where its figures come from nor who owns the gain, unless that is theirs to read. Documents, remarks,
versions and what finance keeps stay with the case they belong to.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from businesscases import discussion
from businesscases.access import Standing, content_for
from businesscases.content import CaseContent, ContentLine
from businesscases.models import BusinessCase, EconomyLine, Goal, Milestone, Risk
from businesscases.rates import discount_rate_today
from businesscases.sections import AMOUNTS
from businesscases.submission import create_case
from innovation_pool.accounts.models import Department, User

TITLE_LENGTH = BusinessCase._meta.get_field("title").max_length


@transaction.atomic
def copy_case(case: BusinessCase, *, by: User, operation: UUID | None = None) -> BusinessCase:
    """A new draft owned by `by`, with its own reference and its own rows; the audit trail names the source.

    It has the years of the case it is made from, and the round that closes next.
    """
    standing = Standing(by, case)
    content = content_for(by, case, standing)
    whole = discussion.may_read(standing)

    def fill(copy: BusinessCase) -> CaseContent:
        copy.goals.set(Goal.objects.filter(pk__in=[goal.id for goal in content.goals], active=True))
        _copy_lines(content, copy, whole=whole)
        _copy_risks_and_milestones(content, copy)
        # A draft counts at today's rate, whatever the version it is made from was frozen at.
        return replace(content, title=copy.title, discount_rate=discount_rate_today())

    return create_case(
        by,
        operation=operation,
        copied_from=case.reference,
        fill=fill,
        title=_title(content.title),
        department=Department.objects.get(pk=content.department.id),
        committee_id=content.committee and content.committee.id,
        start_year=content.start_year,
        price_level=content.price_level,
        **content.texts,
    )


def _title(title: str) -> str:
    """The title as that of a copy, where there is room for the words."""
    longer = _("Copy of %(title)s") % {"title": title} if title else ""
    return longer if 0 < len(longer) <= TITLE_LENGTH else title


def _copy_lines(content: CaseContent, copy: BusinessCase, *, whole: bool) -> None:
    asked = {line.benefit_owner.id for line in content.lines if line.benefit_owner}
    # Somebody who has left cannot be asked to stand by a gain.
    here = set(User.objects.filter(pk__in=asked, is_active=True).values_list("pk", flat=True))
    EconomyLine.objects.bulk_create(
        EconomyLine(
            case=copy,
            order=order,
            kind=line.kind,
            text=line.text,
            payer=line.payer,
            permanent=line.permanent,
            user_financed=line.user_financed,
            **dict(zip(AMOUNTS, line.amounts, strict=True)),
            **(_behind(line, here) if whole else {}),
        )
        for order, line in enumerate(content.lines, start=1)
    )


def _behind(line: ContentLine, here: set[int]) -> dict:
    """What stands behind the figures of a line."""
    owner = line.benefit_owner.id if line.benefit_owner and line.benefit_owner.id in here else None
    return {"benefit_owner_id": owner, "profit_centre": line.profit_centre, "basis": line.basis}


def _copy_risks_and_milestones(content: CaseContent, copy: BusinessCase) -> None:
    Risk.objects.bulk_create(
        Risk(
            case=copy,
            order=order,
            text=risk.text,
            likelihood=risk.likelihood,
            consequence=risk.consequence,
            answer=risk.answer,
        )
        for order, risk in enumerate(content.risks, start=1)
    )
    Milestone.objects.bulk_create(
        Milestone(case=copy, order=order, text=milestone.text, due_on=milestone.due_on)
        for order, milestone in enumerate(content.milestones, start=1)
    )
