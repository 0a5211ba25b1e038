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
from innovation_pool.prepared import TEXT, Prepared

# What is read of a person who is only named.
NAME = ("person__name", "person__username")

by_reference = Prepared(lambda reference: BusinessCase.objects.filter(reference=reference), gap=TEXT)
rows_in_use = {
    Subject.ECONOMY: Prepared(
        lambda case: EconomyLine.objects.filter(case=case).select_related("benefit_owner")
    ),
    Subject.RISKS: Prepared(lambda case: Risk.objects.filter(case=case)),
    Subject.MILESTONES: Prepared(lambda case: Milestone.objects.filter(case=case)),
}
documents = Prepared(lambda case: Document.objects.filter(case=case).select_related("uploaded_by"))
writers = Prepared(
    lambda case: (
        CaseWriter.objects.filter(case=case)
        .select_related("person")
        .only("case", "part", "until", *NAME)
        .order_by("pk")
    )
)
relations = Prepared(
    lambda case: (
        CaseRelation.objects.filter(case=case)
        .select_related("other")
        .only("case", "kind", "other__reference", "other__listed_title")
        .order_by("kind", "other__reference")
    )
)
goals_served = Prepared(lambda case: Goal.objects.filter(cases=case))

# The same for every case: there is no gap in them.
goals = Prepared(lambda _none: Goal.objects.all())
offered = {
    "department": Prepared(lambda _none: Department.objects.all()),
    "committee": Prepared(lambda _none: Committee.objects.all()),
    "round": Prepared(lambda _none: Round.objects.all()),
}
