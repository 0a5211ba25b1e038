"""What is typed when a case is moved: a reason, a hearing, a report.

A form reads types; whether the act may be done is asked by its rule. Finance's control has a module of
its own, `businesscases.forms.control`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from businesscases.content import CaseContent
from businesscases.models import HearingBody, ProjectReport, Subject
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.database import danish_key
from innovation_pool.fields import DanishDateField, LineField, RowsField, TextField
from innovation_pool.web.operation_form import OperationForm

LONGEST_REASON = 4_000
LONGEST_ANSWER = 20_000
DAYS_TO_ANSWER = 21
REMARKS = 5


class ActForm(OperationForm, forms.Form):
    """An act that needs nothing but to be meant."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


class ReasonForm(ActForm):
    """An act that says why."""

    reason = TextField(
        label=_("Reason"), max_length=LONGEST_REASON, error_messages={"required": _("Write the reason.")}
    )


class LateForm(ActForm):
    """A submission after the round has closed says why it comes late."""

    reason = TextField(
        label=_("Why does the case come late?"),
        max_length=LONGEST_REASON,
        help_text=_("The reason follows the version and is shown to those who decide."),
    )


class ReturnForm(ReasonForm):
    """What is missing, in one text, and remarks pinned to sections or lines."""

    def __init__(self, *args, content: CaseContent, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What is missing?")
        self.fields["reason"].help_text = _("Those who write the case read this first.")
        places = [("", _("Choose what it concerns")), *Subject.choices]
        places += [(f"line:{line.key}", f"{Subject.ECONOMY.label}: {line.text}") for line in content.lines]
        for number in range(1, REMARKS + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=_("Concerns"), required=False, choices=places
            )
            self.fields[f"remark_{number}"] = TextField(
                label=_("Remark"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea
            )
            dress(self.fields[f"place_{number}"])
            dress(self.fields[f"remark_{number}"], rows=2)

    @property
    def remark_rows(self):
        """The fields of each remark, side by side; those after the first filled are folded."""
        return [(self[f"place_{n}"], self[f"remark_{n}"]) for n in range(1, REMARKS + 1)]

    def clean(self):
        cleaned = super().clean()
        for number in range(1, REMARKS + 1):
            place, remark = f"place_{number}", f"remark_{number}"
            # A field that is wrong by itself has its own error already.
            if place not in cleaned or remark not in cleaned:
                continue
            if cleaned[place] and not cleaned[remark]:
                self.add_error(remark, _("Write the remark, or choose nothing beside it."))
            elif cleaned[remark] and not cleaned[place]:
                self.add_error(place, _("Choose what the remark concerns."))
        return cleaned

    def remarks(self) -> list[tuple[str, str | None, str]]:
        """(section, line key, text) of each remark."""
        found = []
        for number in range(1, REMARKS + 1):
            place, text = (self.cleaned_data[f"{name}_{number}"] for name in ("place", "remark"))
            if text:
                line = place.removeprefix("line:") if place.startswith("line:") else None
                found.append((Subject.ECONOMY.value if line else place, line, text))
        return found


@dataclass(frozen=True)
class BodyChoice:
    """A body on the form: its tick, and the field of its reason when it is heard by law."""

    body: HearingBody
    tick: BoundWidget
    reason: BoundField | None


def _by_law_first(body: HearingBody) -> tuple[int, str]:
    return HearingBody.Kind.values.index(body.kind), danish_key(body.name)


class OpenHearingForm(ActForm):
    """Who is heard, on what, and until when; a body by law that is not asked takes a reason of its own."""

    bodies = RowsField(
        label=_("Who is heard?"),
        queryset=HearingBody.objects.filter(active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    deadline = DanishDateField(label=_("Deadline"), help_text=_("The last day they can answer."))
    material = TextField(
        label=_("What are they asked about?"),
        help_text=_("The bodies read this text and the case itself, without confidential documents."),
        error_messages={"required": _("Write what the bodies are asked about.")},
    )

    def __init__(self, *args, parties: str = "", **kwargs):
        self.known = sorted(HearingBody.objects.filter(active=True), key=_by_law_first)
        # Those the writers named; the secretariat decides.
        named = [body.pk for body in self.known if body.name.casefold() in parties.casefold()]
        initial = {"deadline": clock.today() + timedelta(days=DAYS_TO_ANSWER), "bodies": named}
        super().__init__(*args, **{**kwargs, "initial": initial | (kwargs.get("initial") or {})})
        self.by_law = [body for body in self.known if body.kind == HearingBody.Kind.BY_LAW]
        for body in self.by_law:
            field = LineField(
                label=_("If %(body)s is not heard: why?") % {"body": body}, required=False, max_length=1_000
            )
            self.fields[f"passed_over_{body.pk}"] = dress(field)
        self.fields["bodies"].widget.attrs["class"] = "tick"

    @property
    def choices(self) -> list[BodyChoice]:
        """Each body to tick, with its kind and, by law, the reason for leaving it out."""
        ticks = {str(choice.data["value"]): choice for choice in self["bodies"]}
        reasons = {body.pk: self[f"passed_over_{body.pk}"] for body in self.by_law}
        return [BodyChoice(body, ticks[str(body.pk)], reasons.get(body.pk)) for body in self.known]

    def clean(self):
        cleaned = super().clean()
        asked = cleaned.get("bodies") or ()
        for body in self.by_law:
            name = f"passed_over_{body.pk}"
            if body not in asked and name in cleaned and not cleaned[name].strip():
                self.add_error(name, _("Tick %(body)s above, or write why.") % {"body": body})
        return cleaned

    def passed_over(self) -> dict[HearingBody, str]:
        """The bodies by law that are not asked, with the reason typed."""
        return {
            body: text
            for body in self.by_law
            if (text := self.cleaned_data[f"passed_over_{body.pk}"].strip())
        }


class ReportForm(ActForm):
    """The final report of a project."""

    text = TextField(
        label=_("Final report"),
        help_text=_("What was made, what it cost, what is gained, and what others can learn."),
    )


class StatusForm(ActForm):
    """How a project goes against its plan, what is done and what comes next."""

    standing = forms.ChoiceField(
        label=_("How does it go?"),
        choices=ProjectReport.Standing.choices,
        widget=forms.RadioSelect(attrs={"class": "tick"}),
        error_messages={"required": _("Say whether the project is on, under or over plan.")},
    )
    text = TextField(
        label=_("What is done?"),
        help_text=_("And whether time, money and gains hold. Not on plan: say why."),
        error_messages={"required": _("Write what is done.")},
    )
    ahead = TextField(label=_("What comes next?"), required=False)


class HearingAnswerForm(ActForm):
    """What a body answers, and who answers for it."""

    text = TextField(
        label=_("The answer"), max_length=LONGEST_ANSWER, error_messages={"required": _("Write the answer.")}
    )
    answered_by = LineField(
        label=_("Who answers?"), max_length=120, error_messages={"required": _("Write who answers.")}
    )


class EndorsementForm(ActForm):
    """Yes, or no with a reason."""

    endorsed = forms.TypedChoiceField(
        label=_("Do you stand by the amounts and years?"),
        choices=[("yes", _("Yes, I endorse them")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose yes or no.")},
    )
    reason = TextField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Needed when you say no; it is shown to those who write and handle the case."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["endorsed"].widget.attrs["class"] = "tick"


def dress(field: forms.Field, rows: int = 4) -> forms.Field:
    """The field with the class our stylesheet knows it by."""
    widget = field.widget
    if isinstance(widget, forms.Textarea):
        widget.attrs |= {"class": "form-control", "rows": rows}
    elif isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        widget.attrs["class"] = "form-select"
    elif isinstance(widget, forms.TextInput) and not widget.is_hidden:
        widget.attrs["class"] = "form-control"
    return field


class PersonField(LineField):
    """Somebody by name or user name; the field answers with the person."""

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        people = list(
            User.objects.filter(Q(name__iexact=name) | Q(username__iexact=name), is_active=True).order_by(
                "pk"
            )[:2]
        )
        if not people:
            raise ValidationError(
                _("Nobody is called “%(name)s”. Write the whole name, or the user name."),
                params={"name": name},
            )
        if len(people) > 1:
            raise ValidationError(
                _("Several people are called “%(name)s”. Write the user name."), params={"name": name}
            )
        return people[0]


class HandOverForm(ActForm):
    """Who takes over, and why."""

    to = PersonField(label=_("New project owner"), max_length=120, help_text=_("Name or user name."))
    reason = TextField(label=_("Reason"), max_length=LONGEST_REASON)


class CollaboratorForm(ActForm):
    """Who writes with, or no longer does."""

    person = PersonField(label=_("New collaborator"), max_length=120, help_text=_("Name or user name."))
