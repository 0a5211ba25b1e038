"""A section of the editor as the page draws it: how far it is, and what is wrong in it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesscases.completeness import SectionState
from businesscases.forms.remarks import SectionRemarks
from businesscases.forms.rows import RowsForm
from businesscases.forms.section_html import foot_html, head_html, remark_html
from businesscases.forms.sections import ON_FORM, SectionFields
from businesscases.models import Subject

SUBJECTS = tuple(Subject)
# Boxes that are not ticked are not posted: this says that they were there.
GOALS_ON_FORM = f'<input type="hidden" name="{ON_FORM}" value="{Subject.GOALS.value}">'


@dataclass
class SectionView:
    """A section as the page draws it."""

    subject: Subject
    number: int
    form: SectionFields | RowsForm | None
    state: SectionState
    refusals: list[tuple[str, str, str]]
    revision: int
    base: str
    remarks: SectionRemarks
    opened: bool
    conflicts: list["ShownConflict"] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """Whether something typed was not stored: it could not be read, or two have changed it."""
        return bool(self.refusals or self.conflicts)

    @property
    def part_class(self) -> str:
        """The class that goes with the words."""
        if self.is_wrong:
            return "bad"
        return "shape shape-check" if self.state.complete and not self.state.optional else ""

    @property
    def part_words(self) -> str:
        """How far the section is: one error, missing two, filled in."""
        if self.conflicts:
            return _("two have changed it")
        if bad := len(self.refusals):
            return ngettext("%(number)d error", "%(number)d errors", bad) % {"number": bad}
        if missing := len(self.state.missing):
            return _("Missing %(number)d") % {"number": missing}
        return _("Optional") if self.state.optional else _("Filled in")

    @property
    def fix_words(self) -> str:
        """What the completeness list says of a section with errors."""
        number = len(self.refusals)
        if self.subject == Subject.ECONOMY:
            return ngettext("put %(number)d cell right", "put %(number)d cells right", number) % {
                "number": number
            }
        return ngettext("put %(number)d field right", "put %(number)d fields right", number) % {
            "number": number
        }

    @property
    def before(self) -> Subject | None:
        return SUBJECTS[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Subject | None:
        return SUBJECTS[self.number] if self.number < len(SUBJECTS) else None

    @property
    def head(self) -> SafeString:
        return head_html(self)

    @property
    def remark(self) -> SafeString:
        return remark_html(self)

    @property
    def foot(self) -> SafeString:
        return foot_html(self)

    @cached_property
    def fields(self) -> SafeString | str:
        """What is drawn inside a section of fields; "" for the others, which have a template."""
        if not isinstance(self.form, SectionFields):
            return ""
        marker = GOALS_ON_FORM if self.subject == Subject.GOALS else ""
        return mark_safe(f'<div class="form">{marker}{self.form.html}</div>')

    @property
    def template(self) -> str:
        """What draws the inside of the others."""
        return f"businesscases/edit/_{self.subject.value}.html"


@dataclass(frozen=True)
class ShownConflict:
    """A field that two have changed, in words."""

    name: str
    label: str
    mine: str
    theirs: str
