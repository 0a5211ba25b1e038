"""The forms of the sections that are made of fields: what may be typed, and how it reads as plain values.

Each form holds the fields of one section of the editor. A field that is not in the post shows what is
stored and is not written; one that is refused shows what was typed, and the others are written.
"""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from businesscases.access import visible_to
from businesscases.case_parts import CaseParts
from businesscases.forms.field_html import field_html
from businesscases.forms.fields import CasesField, GoalsField, OneOf, YearField
from businesscases.merging import Plain
from businesscases.models import Subject
from businesscases.sections import RELATIONS
from innovation_pool.fields import LineField, TextField

TITLE_LENGTH = 120
ON_FORM = "on_form"
# By field, what it offers: values and names, or names of groups and those of each.
Choices = Mapping[str, Sequence[tuple]]


class SectionForm(forms.Form):
    """What was typed in a section's fields. Subclasses name their section and fields."""

    section: Subject
    # The fields in their order on the page, those of one line together; () when each has its own.
    side_by_side: tuple[tuple[str, ...], ...] = ()

    def __init__(self, current: dict[str, Plain], data, posted: frozenset[str], choices: Choices, user, case):
        super().__init__(data, initial=current, auto_id="id_%s")
        for name, offered in choices.items():
            self.fields[name].choices = offered
        self.prepare(case, user)
        self.data = self._filled(posted, data, current)

    @classmethod
    def offered(cls, parts: CaseParts) -> Choices:
        """The choices of the fields that offer rows."""
        return {}

    @classmethod
    def posted_names(cls, data) -> Iterator[str]:
        # Boxes that are not ticked are not posted: a marker beside them says that they were there.
        on_form = data.getlist(ON_FORM)
        for name, field in cls.base_fields.items():
            if name in data or (isinstance(field, GoalsField) and name in on_form):
                yield name

    def prepare(self, case, user) -> None:
        """Gives fields what they need to know of the case and the person."""

    def _filled(self, posted, data, current) -> MultiValueDict:
        """What was posted of these fields, with what is stored in those that were not."""
        filled = MultiValueDict()
        for name, field in self.fields.items():
            if name in posted:
                filled.setlist(name, data.getlist(name))
                continue
            shown = field.prepare_value(current.get(name))
            filled.setlist(name, shown if isinstance(field, GoalsField) else ["" if shown is None else shown])
        return filled


class SectionFields:
    """A section's fields, shown as stored or as typed.

    The form is made only when something was typed: a page that shows what is stored has no use for a copy
    of every field.
    """

    def __init__(self, kind: type[SectionForm], current: dict[str, Plain], data, *, parts: CaseParts, user):
        self.kind, self.initial = kind, current
        self.base_fields = kind.base_fields
        self.choices = kind.offered(parts)
        self.posted = frozenset() if data is None else frozenset(kind.posted_names(data))
        typed = bool(self.posted)
        self.form = kind(current, data, self.posted, self.choices, user, parts.case) if typed else None

    def typed(self) -> dict[str, Plain]:
        """The posted fields that could be read, as plain values."""
        if self.form is None:
            return {}
        self.form.full_clean()
        return {name: value for name, value in self.form.cleaned_data.items() if name in self.posted}

    @property
    def errors(self) -> Mapping[str, Sequence[str]]:
        return {} if self.form is None else self.form.errors

    @property
    def refusals(self) -> list[tuple[str, str, str]]:
        """Field id, label and sentence of every posted field that was refused."""
        return [
            (f"id_{name}", str(self.base_fields[name].label), " ".join(str(error) for error in errors))
            for name, errors in self.errors.items()
            if name in self.posted
        ]

    @property
    def html(self) -> SafeString:
        """The fields as the page shows them; those that belong together stand side by side."""
        drawn = []
        for names in self.kind.side_by_side or [(name,) for name in self.base_fields]:
            row = "".join(self._field(name) for name in names)
            drawn.append(f'<div class="fields">{row}</div>' if len(names) > 1 else row)
        return mark_safe("".join(drawn))

    def _field(self, name: str) -> str:
        field, choices = self.base_fields[name], self.choices.get(name, ())
        if self.form is None:
            shown, errors = field.prepare_value(self.initial.get(name)), ()
        else:
            shown, errors = self.form[name].value(), tuple(self.form.errors.get(name, ()))
        return field_html(name, field, shown, choices, errors, optional=name in OPTIONAL)

    def words(self, name: str, value: Plain) -> str:
        """A plain value in words, for somebody who must choose between two."""
        field = self.base_fields[name]
        if isinstance(field, OneOf):
            return dict(self.choices[name]).get("" if value is None else value, "")
        if isinstance(field, GoalsField):
            names = {pk: goal for _group, goals in self.choices[name] for pk, goal in goals}
            return ", ".join(names.get(pk, "") for pk in value)
        shown = field.prepare_value(value)
        return "" if shown is None else str(shown)


def _one_of(field: forms.Field, rows, kept: int | None) -> list[tuple]:
    """The active rows, and the one that is chosen already; first, that none is."""
    offered = [(row.pk, str(row)) for row in rows if row.active or row.pk == kept]
    return [("", field.blank), *offered]


class AboutForm(SectionForm):
    """Om sagen."""

    section = Subject.ABOUT
    side_by_side = (
        ("title",),
        ("department", "committee"),
        ("round",),
        ("start_year", "price_level"),
        ("excludes", "needs"),
    )
    title = LineField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Write a title.")},
        help_text=_("Say what changes. E.g.: Shared rota for temporary staff."),
    )
    department = OneOf(
        label=_("Department"),
        blank=_("Choose a department"),
        help_text=_("The area that will run the project."),
    )
    committee = OneOf(
        label=_("Political committee"),
        blank=_("Choose a committee"),
        required=False,
        help_text=_("The committee whose area the case belongs to."),
    )
    round = OneOf(
        label=_("Application round"),
        blank=_("Not chosen yet"),
        required=False,
        help_text=_("The round decides the deadline and which pools the case can be paid from."),
    )
    start_year = YearField(
        label=_("Start year"),
        help_text=_(
            "The six years count from here. When you change it, the amounts move along to the new years."
        ),
    )
    price_level = YearField(
        label=_("Price level"),
        help_text=_("The year whose prices all amounts are in. E.g. 2026 for 2026 prices."),
    )
    excludes = CasesField(
        label=_("Excludes"),
        required=False,
        max_length=200,
        help_text=_("Cases that cannot be funded together with this one. E.g. BC-2026-004."),
    )
    needs = CasesField(
        label=_("Needs first"),
        required=False,
        max_length=200,
        help_text=_("Cases that must be approved before this one. E.g. BC-2026-002."),
    )

    @classmethod
    def offered(cls, parts):
        return {
            name: _one_of(cls.base_fields[name], rows, getattr(parts.case, f"{name}_id"))
            for name, rows in parts.offered.items()
        }

    def prepare(self, case, user):
        visible = visible_to(user).exclude(pk=case.pk)
        for name in RELATIONS:
            self.fields[name].visible = visible


def _text(label, help_text, rows=4):
    return TextField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class DescriptionForm(SectionForm):
    """Beskrivelse."""

    section = Subject.DESCRIPTION
    description = _text(
        _("Description"),
        _(
            "What is the problem, what will you do, and what becomes better? E.g.: Three places book "
            "temporary staff by telephone; we gather it in one rota."
        ),
        rows=8,
    )
    alternatives = _text(
        _("What else was considered"),
        _(
            "Other ways, and why you do not choose them. E.g.: A full planning system was considered, "
            "but costs four times as much."
        ),
    )


class GoalsForm(SectionForm):
    """Mål, sagen understøtter."""

    section = Subject.GOALS
    goals = GoalsField(
        label=_("Which goals?"),
        required=False,
        help_text=_("Tick at least one Must-Win-Battle. Choose only those that the case truly moves."),
    )
    focus_areas = _text(
        _("Importance for the focus areas"),
        _(
            "What the case means for Vores liv, Vores vækst and Vores børn og unge. E.g.: Vores liv: "
            "the citizens meet fewer new faces."
        ),
    )
    development_goals = _text(
        _("Importance for the area's development goals and policies"),
        _(
            "Name the goal or policy, and say how the case supports it. E.g.: The policy for the "
            "elderly, goal 2 on continuity."
        ),
    )

    @classmethod
    def offered(cls, parts):
        groups: dict[str, list[tuple[int, str]]] = {}
        served = {goal.pk for goal in parts.goals}
        for goal in parts.all_goals:
            if goal.active or goal.pk in served:
                groups.setdefault(goal.get_kind_display(), []).append((goal.pk, goal.name))
        return {"goals": list(groups.items())}


class ConsequencesForm(SectionForm):
    """Konsekvenser."""

    section = Subject.CONSEQUENCES
    service = _text(
        _("Consequences for service to citizens"),
        _(
            "What will a citizen notice? E.g.: Visits come within the agreed half hour; no service is "
            "removed."
        ),
    )
    staff_consequences = _text(
        _("Consequences for staff"),
        _("Tasks, working hours and posts. E.g.: Planners get new tasks; no one is dismissed."),
    )
    hearing_parties = _text(
        _("Who must be heard"),
        _("Councils and MED committees that the case concerns. E.g.: Ældrerådet and FagMED Sundhed."),
        rows=3,
    )
    other_areas = _text(
        _("Effect on other areas"),
        _("Who else gets more or less to do? E.g.: Løn og Personale saves two hours a week."),
        rows=3,
    )
    rate_change = _text(
        _("Derived change of the rate (takst)"),
        _("Only when users pay through a takst. E.g.: The takst falls by 12 kr. a day from the third year."),
        rows=3,
    )


class TrialForm(SectionForm):
    """Afprøvning og måling."""

    section = Subject.TRIAL
    trial = _text(
        _("How it will be tried out"),
        _(
            "Where, how long, and what decides whether you go on. E.g.: In two groups for six months; "
            "we go on when hours fall by 5 %."
        ),
    )
    measurement = _text(
        _("How the effect will be measured"),
        _(
            "Which figure, where it comes from, and when it is measured. E.g.: Hours of temporary "
            "staff from the payroll system, every quarter."
        ),
    )


# What a case may be submitted without.
OPTIONAL = frozenset(
    {"excludes", "needs", "alternatives", "development_goals", "other_areas", "rate_change", "trial"}
)
SECTION_FORMS = {
    form.section: form for form in (AboutForm, DescriptionForm, GoalsForm, ConsequencesForm, TrialForm)
}
