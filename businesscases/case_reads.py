"""How the rows that belong to a case are read: by the case's key, each with its SQL written once."""

from businesscases.models import (
    BusinessCase,
    CaseRelation,
    CaseWriter,
    Document,
    EconomyLine,
    Goal,
    Milestone,
    Risk,
    Round,
    Subject,
)
from innovation_pool.accounts.models import Committee, Department
from innovation_pool.prepared import prepared

# What is read of a person who is only named.
NAME = ("person__name", "person__username")

by_reference = prepared(lambda *, reference: BusinessCase.objects.filter(reference=reference))
rows_in_use = {
    Subject.ECONOMY: prepared(
        lambda *, case: EconomyLine.objects.filter(case=case).select_related("benefit_owner")
    ),
    Subject.RISKS: prepared(lambda *, case: Risk.objects.filter(case=case)),
    Subject.MILESTONES: prepared(lambda *, case: Milestone.objects.filter(case=case)),
}
documents = prepared(lambda *, case: Document.objects.filter(case=case).select_related("uploaded_by"))
writers = prepared(
    lambda *, case: (
        CaseWriter.objects.filter(case=case)
        .select_related("person")
        .only("case", "part", "until", *NAME)
        .order_by("pk")
    )
)
relations = prepared(
    lambda *, case: (
        CaseRelation.objects.filter(case=case)
        .select_related("other")
        .only("case", "kind", "other__reference", "other__listed_title")
        .order_by("kind", "other__reference")
    )
)
goals_served = prepared(lambda *, case: Goal.objects.filter(cases=case))

# The same for every case.
goals = prepared(lambda: Goal.objects.all())
offered = {
    "department": prepared(lambda: Department.objects.all()),
    "committee": prepared(lambda: Committee.objects.all()),
    "round": prepared(lambda: Round.objects.all()),
}
