"""A case may exclude another, of which only one can be funded, or need another first.

Asked under lock: `to_lock` names the cases that must be locked with the one that is approved, in
ascending order, or two that exclude each other could be approved at the same moment.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from businesscases.models import BusinessCase, CaseRelation, State

FUNDED = frozenset({State.APPROVED, State.IN_PROGRESS, State.COMPLETED})


def to_lock(case: BusinessCase) -> list[int]:
    """The ids of the case and of those it excludes, is excluded by or needs, in ascending order."""
    pairs = CaseRelation.objects.filter(Q(case=case) | Q(other=case)).values_list("case_id", "other_id")
    return sorted({case.pk, *(pk for pair in pairs for pk in pair)})


def excluded_with(case: BusinessCase) -> list[BusinessCase]:
    """The cases of which only one can be funded, whichever of the two says so."""
    pairs = CaseRelation.objects.filter(kind=CaseRelation.Kind.EXCLUDES)
    excluded = pairs.filter(case=case).values("other")
    excluding = pairs.filter(other=case).values("case")
    return list(BusinessCase.objects.filter(Q(pk__in=excluded) | Q(pk__in=excluding)).order_by("pk"))


def needed_first(case: BusinessCase) -> list[BusinessCase]:
    """The cases that must be funded before this one."""
    needed = CaseRelation.objects.filter(kind=CaseRelation.Kind.NEEDS, case=case).values("other")
    return list(BusinessCase.objects.filter(pk__in=needed).order_by("pk"))


def obstacles(case: BusinessCase) -> list[tuple[BusinessCase, str]]:
    """The cases that keep this one from being approved, each with a sentence that says why."""
    found = [
        (other, _("%(other)s is “%(state)s”, and only one of the two can be funded."))
        for other in excluded_with(case)
        if other.state in FUNDED
    ]
    found += [
        (other, _("%(other)s must be approved first; it is “%(state)s”."))
        for other in needed_first(case)
        if other.state not in FUNDED
    ]
    return [
        (other, sentence % {"other": other.reference, "state": other.get_state_display()})
        for other, sentence in found
    ]


def in_the_way(case: BusinessCase) -> list[str]:
    """Why the case cannot be approved because of other cases, one sentence each; none when nothing is."""
    return [sentence for _other, sentence in obstacles(case)]


def stopped_needs(case: BusinessCase) -> list[BusinessCase]:
    """The cases this one needs that are no longer funded: flagged on a funded case, no more."""
    if case.state not in FUNDED:
        return []
    return [other for other in needed_first(case) if other.state not in FUNDED]
