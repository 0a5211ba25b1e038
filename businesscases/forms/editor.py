"""The editor of a case: every section as stored or as typed, and what the page needs to say about them."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesscases.case_parts import CaseParts
from businesscases.completeness import SectionState, parts_in_place, sections
from businesscases.forms.digests import packed, shown_with
from businesscases.forms.grid import Grid
from businesscases.forms.lines import UNITS, LinesForm
from businesscases.forms.parts import MilestonesForm, RisksForm
from businesscases.forms.remarks import Remarks
from businesscases.forms.rows import RowsForm
from businesscases.forms.section_view import SUBJECTS, SectionView, ShownConflict
from businesscases.forms.sections import ON_FORM, SECTION_FORMS, SectionFields
from businesscases.merging import Conflict, Plain, digest
from businesscases.models import BusinessCase, Document, Subject
from businesscases.saving import ACT, Saved, TypedSection, save_sections
from businesscases.sections import ROWS, read_section
from innovation_pool.audit.models import Entry

ROW_FORMS: dict[Subject, type[RowsForm]] = {
    Subject.ECONOMY: LinesForm,
    Subject.RISKS: RisksForm,
    Subject.MILESTONES: MilestonesForm,
}


class Editor:
    """One case being written by one person, from a page (`data` is None) or from a post."""

    def __init__(self, case: BusinessCase, user, data=None, *, parts: CaseParts | None = None):
        self.case, self.user, self.data = case, user, data
        self.parts = parts or CaseParts(case)
        self.remarks = Remarks(case, user, data)
        unit = data.get("unit", "") if data is not None else ""
        self.unit = next((unit_ for unit_ in UNITS if str(unit_) == unit), UNITS[0])
        self.saved: Saved | None = None
        # Why a file was not taken, which is told at its field.
        self.file_refusal = ""
        # Whether it was to be submitted, and lacks something.
        self.asked_to_submit = False
        # The section to show open; otherwise the first that is not done.
        self.wanted = ""

    # -- The forms ---------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> dict[Subject, SectionFields]:
        return {
            section: SectionFields(form, self._stored(section), self.data, parts=self.parts, user=self.user)
            for section, form in SECTION_FORMS.items()
        }

    @cached_property
    def rows(self) -> dict[Subject, RowsForm]:
        return {section: form(self.parts, self.data, unit=self.unit) for section, form in ROW_FORMS.items()}

    @property
    def risks(self) -> RowsForm:
        return self.rows[Subject.RISKS]

    @property
    def milestones(self) -> RowsForm:
        return self.rows[Subject.MILESTONES]

    @cached_property
    def other(self) -> Entry | None:
        """Who saved the case last, and when: the other one, where two have changed the same field."""
        return Entry.objects.filter(case_reference=self.case.reference, act=ACT).select_related("by").last()

    @cached_property
    def grid(self) -> Grid:
        return Grid(self.rows[Subject.ECONOMY])

    @property
    def documents(self) -> list[Document]:
        return self.parts.documents

    def _stored(self, section: Subject) -> dict[str, Plain]:
        return read_section(self.case, section, parts=self.parts)

    # -- What was typed ----------------------------------------------------------------------------

    @cached_property
    def typed(self) -> dict[Subject, TypedSection]:
        """What can be saved, by section; sections that were not on the form are not in it."""
        typed = {}
        theirs = set(self.data.getlist("theirs"))
        for section in SUBJECTS:
            found = self._typed(section)
            if found is not None:
                kept = {
                    name: value for name, value in found.items() if f"{section.value}.{name}" not in theirs
                }
                order = tuple(self.rows[section].order) if section in self.rows else None
                revision, base = shown_with(self.data, section)
                typed[section] = TypedSection(section, kept, revision, base, order)
        return typed

    def _typed(self, section: Subject) -> dict[str, Plain] | None:
        if section in self.rows:
            return self.rows[section].typed() if self.rows[section].posted else None
        if section in self.fields:
            return self.fields[section].typed() or None
        if section.value not in self.data.getlist(ON_FORM):
            return None
        known = {str(document.pk) for document in self.documents}
        ticked = set(self.data.getlist("confidential"))
        return {f"{pk}.confidential": pk in ticked for pk in self.data.getlist("document") if pk in known}

    def save(self) -> Saved:
        """Saves what could be read, and looks at the case anew."""
        self.saved = save_sections(self.case, self.typed.values(), by=self.user, shown=self.parts)
        self.case, self.parts = self.saved.case, self.saved.parts
        for form in self.rows.values():
            form.reread(self.parts)
        for section, form in self.fields.items():
            form.initial = self._stored(section)
        for name in ("grid", "states", "sections", "refusals"):
            self.__dict__.pop(name, None)
        return self.saved

    def change_unit(self, unit: str) -> None:
        """Shows the amounts in the other unit."""
        if unit in {str(known) for known in UNITS}:
            self.rows[Subject.ECONOMY].in_unit(int(unit))
            self.unit = int(unit)
            self.__dict__.pop("grid", None)

    @property
    def refused(self) -> bool:
        """Whether anything was not saved: it could not be read, or somebody else has changed it too."""
        clashed = self.saved is not None and bool(self.saved.conflicts)
        return clashed or any(self._refusals(section) for section in SUBJECTS)

    # -- What the page says ------------------------------------------------------------------------

    @cached_property
    def states(self) -> list[SectionState]:
        self.parts.hand_out()
        return sections(self.case, self.parts)

    @cached_property
    def sections(self) -> list[SectionView]:
        views = [self._view(number, state) for number, state in enumerate(self.states, start=1)]
        chosen = [view for view in views if view.subject.value == self.wanted]
        wrong = [view for view in views if view.is_wrong or view.remarks.error]
        undone = [view for view in views if view.state.missing]
        for view in wrong or chosen or undone[:1] or views[:1]:
            view.opened = True
        return views

    @property
    def in_place(self) -> tuple[int, int]:
        """How many of the sections that must be there are, without errors, and how many those are."""
        done, _needed = parts_in_place([view.state for view in self.sections if not view.is_wrong])
        return done, parts_in_place(self.states)[1]

    @property
    def lacking(self) -> list[tuple[str, str]]:
        """Target and sentence of everything that must be filled in before the case can be submitted."""
        return [(part.anchor, part.sentence) for state in self.states for part in state.missing]

    @property
    def complete(self) -> bool:
        return not any(state.missing for state in self.states)

    @cached_property
    def refusals(self) -> list[tuple[str, str]]:
        """Target and sentence of everything that could not be saved, for the summary."""
        return [
            (target, _("%(label)s: %(sentence)s") % {"label": label, "sentence": sentence})
            for view in self.sections
            for target, label, sentence in view.refusals
        ]

    @property
    def summary(self) -> str:
        """The head of the summary: how much there is to put right."""
        cells = self.grid.bad_cell_count
        if cells and cells == len(self.refusals):
            return ngettext(
                "Put %(number)d cell right before the case can be submitted",
                "Put %(number)d cells right before the case can be submitted",
                cells,
            ) % {"number": cells}
        return ngettext(
            "Put %(number)d field right before the case can be submitted",
            "Put %(number)d fields right before the case can be submitted",
            len(self.refusals),
        ) % {"number": len(self.refusals)}

    def _view(self, number: int, state: SectionState) -> SectionView:
        section = state.section
        conflicts = self.saved.conflicts.get(section, []) if self.saved else []
        revision, base = self.sync(section)
        return SectionView(
            subject=section,
            number=number,
            form=self.fields.get(section) or self.rows.get(section),
            state=state,
            refusals=self._refusals(section),
            revision=revision,
            base=base,
            remarks=self.remarks.at(section),
            opened=False,
            conflicts=[self._shown_conflict(section, conflict) for conflict in conflicts],
        )

    def _refusals(self, section: Subject) -> list[tuple[str, str, str]]:
        if section == Subject.DOCUMENTS:
            return [("id_file", _("Documents"), self.file_refusal)] if self.file_refusal else []
        if section in self.rows:
            return self._row_refusals(section)
        return self.fields[section].refusals if section in self.fields else []

    def _row_refusals(self, section: Subject) -> list[tuple[str, str, str]]:
        wrong = [row for row in self.rows[section].rows if row.errors and not row.removed]
        if wrong and section == Subject.ECONOMY:
            return [part for line in self.grid.bad_lines for part in line.refusals]
        return [
            (f"id_{row.name}-{column}", row.shown.get("text", "").strip() or str(section.label), sentence)
            for row in wrong
            for column, sentence in row.errors.items()
        ]

    def _shown_conflict(self, section: Subject, conflict: Conflict) -> ShownConflict:
        return ShownConflict(
            f"{section.value}.{conflict.name}",
            self._label(section, conflict.name),
            self._words(section, conflict.name, conflict.mine),
            self._words(section, conflict.name, conflict.theirs),
        )

    def _label(self, section: Subject, name: str) -> str:
        if section in self.fields:
            return str(self.fields[section].base_fields[name].label)
        key, _dot, column = name.partition(".")
        if section not in self.rows:
            return str(section.label)
        row = next((row for row in self.rows[section].rows if row.key == key), None)
        title = row.shown.get("text", "") if row else ""
        return f"{title}, {self.rows[section].column_name(column)}"

    def _words(self, section: Subject, name: str, value: Plain) -> str:
        if section in self.fields:
            return self.fields[section].words(name, value)
        if section in self.rows:
            return self.rows[section].words(name.partition(".")[2], value)
        return _("yes") if value else _("no")

    # -- What the form is shown with ---------------------------------------------------------------

    def current(self, section: Subject) -> dict[str, Plain]:
        if section in self.rows:
            form = self.rows[section]
            # As it is shown, not as it is stored: a page posted as it stands must move no row.
            return form.current() | ({"order": form.shown_order} if ROWS[section].ordered else {})
        if section in self.fields:
            return self.fields[section].initial
        return {f"{document.pk}.confidential": document.confidential for document in self.documents}

    def sync(self, section: Subject) -> tuple[int, str]:
        """The revision and digests to draw the section with.

        A field whose typed value is stored has that value's digest; one that was refused, or that shows
        what somebody has changed since, keeps the digest it was shown with, so that it still can clash.
        In a row that this very save made nobody else has been: there is nothing to clash with.
        """
        revision = self.case.section_revisions.get(section, 0)
        current = self.current(section)
        typed = self.typed.get(section) if self.data is not None else None
        if typed is None:
            return revision, packed(section, {name: digest(value) for name, value in current.items()})
        clashed = (
            {conflict.name for conflict in self.saved.conflicts.get(section, [])} if self.saved else set()
        )
        refused = self._refused_names(section)
        base, in_sync = {}, not clashed
        for name, value in current.items():
            same = name not in typed.values or typed.values[name] == value
            own = self.saved is not None and name.partition(".")[0] in self.saved.made
            kept = not own and (name in refused or not (same or name in clashed))
            in_sync = in_sync and not kept
            base[name] = typed.base.get(name, "") if kept else digest(value)
        return revision if in_sync else typed.revision, packed(section, base)

    def _refused_names(self, section: Subject) -> set[str]:
        if section in self.fields:
            form = self.fields[section]
            return set(form.errors) & form.posted
        if section in self.rows:
            return {f"{row.key}.{column}" for row in self.rows[section].rows for column in row.errors}
        return set()
