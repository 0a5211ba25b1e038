"""The rows that belong to a case, each kind read once, when it is first asked for.

Whoever looks at a case in several ways in one answer (its fields, what it lacks, its key figures) hands
the same parts to all of them. Kept longer, or over a write, they would be out of date.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from uuid import UUID

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
# What is read of a person who is only named.
NAME = ("name", "username")
# What each section other than those of rows is read from.
READ_FROM = {Subject.ABOUT: ("relations",), Subject.GOALS: ("served",), Subject.DOCUMENTS: ("documents",)}
OFFERED = (("department", Department.objects), ("committee", Committee.objects), ("round", Round.objects))


class CaseParts:
    """What hangs on one case, in lists.

    `shown` are the parts of the same case that a page was made from: what any case chooses among is
    taken from there.
    """

    def __init__(self, case: BusinessCase, shown: "CaseParts | None" = None):
        self.case, self.shown = case, shown
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
        """Every goal there is, also those that are no longer chosen."""
        return self.shown.all_goals if self.shown else list(Goal.objects.all())

    @cached_property
    def served(self) -> frozenset[int]:
        """The goals the case serves."""
        rows = BusinessCase.goals.through.objects.filter(businesscase=self.case)
        return frozenset(rows.values_list("goal", flat=True))

    @property
    def goals(self) -> list[Goal]:
        return [goal for goal in self.all_goals if goal.pk in self.served]

    @cached_property
    def offered(self) -> dict[str, list]:
        """What a writer chooses among, by the field of the case."""
        return self.shown.offered if self.shown else {name: list(rows.all()) for name, rows in OFFERED}

    def hand_out(self) -> None:
        """Gives the case what it has chosen, which is read already, so that nobody asks for it again."""
        for name, rows in self.offered.items():
            own = getattr(self.case, f"{name}_id")
            for row in rows:
                if row.pk == own:
                    setattr(self.case, name, row)

    @cached_property
    def relations(self) -> list[CaseRelation]:
        rows = self.case.relations.select_related("other")
        shown = rows.only("case", "kind", "other__reference", "other__listed_title")
        return list(shown.order_by("kind", "other__reference"))

    @cached_property
    def all_writers(self) -> list[CaseWriter]:
        """Who is and who ever was owner or collaborator, longest first; the case is given its owner."""
        rows = self.case.writers.select_related("person").order_by("pk")
        found = list(rows.only("case", "part", "until", *(f"person__{column}" for column in NAME)))
        for row in found:
            if row.person_id == self.case.owner_id:
                self.case.owner = row.person
        return found

    @property
    def writers(self) -> list[CaseWriter]:
        """The owner and the collaborators of today, longest first."""
        return [writer for writer in self.all_writers if writer.until is None]

    @cached_property
    def discount_rate(self) -> Decimal:
        """Today's, which a draft is discounted at."""
        return self.shown.discount_rate if self.shown else discount_rate_today()

    def forget(self, section: Subject) -> None:
        """What was read of a section that has been written since."""
        self._rows.pop(section, None)
        for name in READ_FROM.get(section, ()):
            self.__dict__.pop(name, None)
