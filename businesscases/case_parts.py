"""The rows that belong to a case, each kind read once, when it is first asked for.

Whoever looks at a case in several ways in one answer (its fields, what it lacks, its key figures) hands
the same parts to all of them. Kept longer, or over a write, they would be out of date.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from businesscases import case_reads
from businesscases.models import (
    BusinessCase,
    CaseRelation,
    CaseWriter,
    Document,
    EconomyLine,
    Goal,
    Milestone,
    Risk,
    Subject,
)
from businesscases.rates import discount_rate_today

MODELS: dict[Subject, type] = {
    Subject.ECONOMY: EconomyLine,
    Subject.RISKS: Risk,
    Subject.MILESTONES: Milestone,
}
# What each section other than those of rows is read from.
READ_FROM = {Subject.ABOUT: ("relations",), Subject.GOALS: ("goals",), Subject.DOCUMENTS: ("documents",)}


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
            self._rows[section] = case_reads.rows_in_use[section](case=self.case.pk)
        rows = self._rows[section]
        others = set(keys) - {row.key.hex for row in rows}
        if not others:
            return rows
        removed = MODELS[section].all_rows.filter(case=self.case, removed_at__isnull=False)
        return rows + list(removed.filter(key__in=[UUID(key) for key in others]))

    @cached_property
    def documents(self) -> list[Document]:
        return case_reads.documents(case=self.case.pk)

    @cached_property
    def all_goals(self) -> list[Goal]:
        """Every goal there is, also those that are no longer chosen."""
        return self.shown.all_goals if self.shown else case_reads.goals()

    @cached_property
    def goals(self) -> list[Goal]:
        """Those the case serves."""
        return case_reads.goals_served(case=self.case.pk)

    @cached_property
    def offered(self) -> dict[str, list]:
        """What a writer chooses among, by the field of the case."""
        if self.shown:
            return self.shown.offered
        return {name: read() for name, read in case_reads.offered.items()}

    def hand_out(self) -> None:
        """Gives the case what it has chosen, which is read already, so that nobody asks for it again."""
        for name, rows in self.offered.items():
            own = getattr(self.case, f"{name}_id")
            for row in rows:
                if row.pk == own:
                    setattr(self.case, name, row)

    @cached_property
    def relations(self) -> list[CaseRelation]:
        return case_reads.relations(case=self.case.pk)

    @cached_property
    def all_writers(self) -> list[CaseWriter]:
        """Who is and who ever was owner or collaborator, longest first; the case is given its owner."""
        found = case_reads.writers(case=self.case.pk)
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
