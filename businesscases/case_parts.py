"""The rows that belong to a case, each kind read once, when it is first asked for.

Whoever looks at a case in several ways in one answer (its fields, what it lacks, its key figures) hands
the same parts to all of them. Kept longer, or over a write, they would be out of date.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef

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
from businesscases.rates import discount_rate_today
from innovation_pool.accounts.models import Committee, Department

MODELS: dict[Subject, type] = {
    Subject.ECONOMY: EconomyLine,
    Subject.RISKS: Risk,
    Subject.MILESTONES: Milestone,
}
# What each section other than those of rows is read from.
READ_FROM = {Subject.ABOUT: ("relations",), Subject.GOALS: ("all_goals",), Subject.DOCUMENTS: ("documents",)}


class CaseParts:
    """What hangs on one case, in lists."""

    def __init__(self, case: BusinessCase):
        self.case = case
        self._rows: dict[Subject, list] = {}

    def rows(self, section: Subject, keys: Iterable[str] = ()) -> list:
        """The rows in use, in their order; after them the removed ones among `keys` (hex)."""
        if section not in self._rows:
            self._rows[section] = self._read(section, removed_at=None)
        rows = self._rows[section]
        others = set(keys) - {row.key.hex for row in rows}
        if not others:
            return rows
        gone = self._read(section, key__in=[UUID(key) for key in others], removed_at__isnull=False)
        return rows + gone

    def _read(self, section: Subject, **wanted) -> list:
        rows = MODELS[section].all_rows.filter(case=self.case, **wanted)
        return list(rows.select_related("benefit_owner") if section == Subject.ECONOMY else rows)

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.case.documents.select_related("uploaded_by").all())

    @cached_property
    def all_goals(self) -> list[Goal]:
        """Every goal there is, each with whether the case serves it (`served`)."""
        served = BusinessCase.goals.through.objects.filter(businesscase=self.case, goal=OuterRef("pk"))
        return list(Goal.objects.annotate(served=Exists(served)))

    @property
    def goals(self) -> list[Goal]:
        return [goal for goal in self.all_goals if goal.served]

    @cached_property
    def offered(self) -> dict[str, list]:
        """What a writer chooses among, by the field of the case; the case is given its own of them."""
        found = {
            "department": list(Department.objects.all()),
            "committee": list(Committee.objects.all()),
            "round": list(Round.objects.all()),
        }
        for name, rows in found.items():
            own = getattr(self.case, f"{name}_id")
            chosen = [row for row in rows if row.pk == own]
            if chosen:
                # Read already, so nobody needs to ask for it by itself.
                setattr(self.case, name, chosen[0])
        return found

    @cached_property
    def relations(self) -> list[CaseRelation]:
        rows = self.case.relations.select_related("other")
        shown = rows.only("case", "kind", "other__reference", "other__listed_title")
        return list(shown.order_by("kind", "other__reference"))

    @cached_property
    def all_writers(self) -> list[CaseWriter]:
        """Who is and who ever was owner or collaborator, longest first."""
        return list(self.case.writers.select_related("person").order_by("pk"))

    @property
    def writers(self) -> list[CaseWriter]:
        """The owner and the collaborators of today, longest first."""
        return [writer for writer in self.all_writers if writer.until is None]

    @cached_property
    def discount_rate(self) -> Decimal:
        """Today's, which a draft is discounted at."""
        return discount_rate_today()

    def forget(self, section: Subject) -> None:
        """What was read of a section that has been written since."""
        self._rows.pop(section, None)
        for name in READ_FROM.get(section, ()):
            self.__dict__.pop(name, None)
