"""Finance's control of a version: every finding answered, every criterion ticked, the accounting fields.

Bare inputs in tables, as finance works: one post keeps the accounting record and confirms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from businesscases.checking import CASE_FIELDS, NOT_ENDORSED, Finding, Suggestion
from businesscases.content import CaseContent, ContentLine
from businesscases.forms.acts import LONGEST_REASON, ActForm, dress
from businesscases.models import CaseAccounting, Nature
from innovation_pool.fields import LineField, TextField

LINE_FIELDS = ("profit_centre", "f3_level", "function", "grouping")
LONGEST_ACCOUNT = 60
MET, NOT_MET = "met", "not met"


@dataclass(frozen=True)
class CriterionFields:
    suggestion: Suggestion
    met: Any
    note: Any


@dataclass(frozen=True)
class FindingFields:
    finding: Finding
    answer: Any


@dataclass(frozen=True)
class LineFields:
    line: ContentLine
    nature: Any
    others: list


class ControlForm(ActForm):
    """The whole control as one form; fields are made for the version that is controlled."""

    note = TextField(label=_("Note"), required=False, max_length=LONGEST_REASON)
    missing_endorsements = TextField(
        label=_("Why confirm without every endorsement?"),
        max_length=LONGEST_REASON,
    )

    def __init__(
        self,
        *args,
        content: CaseContent,
        suggestions: Sequence[Suggestion],
        findings: Sequence[Finding],
        accounting: dict,
        not_endorsed: Sequence[str] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.content, self.suggestions = content, suggestions
        # What concerns endorsements has one answer of its own.
        self.findings = [finding for finding in findings if not finding.about_endorsement]
        # Two buttons: one keeps the accounting fields alone, one goes on to the next case after.
        self.keeps_only = "keep" in self.data
        self.goes_on = "next" in self.data
        why = self.fields["missing_endorsements"]
        why.required = bool(not_endorsed)
        why.error_messages["required"] = NOT_ENDORSED % {"people": ", ".join(not_endorsed)}
        self._add_criteria()
        self._add_findings()
        self._add_accounting(accounting)
        if self.keeps_only:
            for field in self.fields.values():
                field.required = False
            self.fields["operation"].required = True

    def typed(self):
        return super().typed() | {"keep": self.keeps_only}

    def _add_criteria(self) -> None:
        for suggestion in self.suggestions:
            key = suggestion.criterion.pk
            initial = None if suggestion.met is None else (MET if suggestion.met else NOT_MET)
            self.fields[f"criterion_{key}"] = forms.ChoiceField(
                label=suggestion.criterion.text,
                choices=[(MET, _("Met")), (NOT_MET, _("Not met"))],
                widget=forms.RadioSelect(attrs={"class": "tick"}),
                initial=initial,
                error_messages={"required": _("Say whether the criterion is met.")},
            )
            note = LineField(label=_("Note"), required=False, max_length=250, initial=suggestion.note)
            self.fields[f"note_{key}"] = dress(note)

    def _add_findings(self) -> None:
        for finding in self.findings:
            field = LineField(
                label=finding.sentence,
                max_length=LONGEST_REASON,
                error_messages={"required": _("Answer what the control found.")},
            )
            self.fields[f"answer_{finding.code}"] = dress(field)

    def _add_accounting(self, accounting: dict) -> None:
        for name in CASE_FIELDS:
            column = CaseAccounting._meta.get_field(name)
            field = LineField(
                label=column.verbose_name,
                required=False,
                max_length=column.max_length,
                allow_cpr=True,
                initial=accounting["case"][name],
            )
            self.fields[f"case_{name}"] = dress(field)
        for line in self.content.lines:
            kept = accounting["lines"][line.key]
            nature = forms.ChoiceField(
                label=_("Nature"), choices=Nature.choices, initial=kept["nature"], required=False
            )
            self.fields[f"line_{line.key}_nature"] = dress(nature)
            for name in LINE_FIELDS:
                field = LineField(
                    label=CaseAccounting._meta.get_field(name).verbose_name,
                    required=False,
                    max_length=LONGEST_ACCOUNT,
                    allow_cpr=True,
                    initial=kept[name],
                )
                self.fields[f"line_{line.key}_{name}"] = dress(field)

    @property
    def criterion_rows(self) -> list[CriterionFields]:
        return [
            CriterionFields(row, self[f"criterion_{row.criterion.pk}"], self[f"note_{row.criterion.pk}"])
            for row in self.suggestions
        ]

    @property
    def finding_rows(self) -> list[FindingFields]:
        return [FindingFields(finding, self[f"answer_{finding.code}"]) for finding in self.findings]

    @property
    def case_fields(self) -> list:
        return [self[f"case_{name}"] for name in CASE_FIELDS]

    @property
    def line_rows(self) -> list[LineFields]:
        return [
            LineFields(
                line,
                self[f"line_{line.key}_nature"],
                [self[f"line_{line.key}_{name}"] for name in LINE_FIELDS],
            )
            for line in self.content.lines
        ]

    def ticks(self) -> dict[int, tuple[bool, str]]:
        """Each criterion by id: whether it is met, and the note."""
        keys = [row.criterion.pk for row in self.suggestions]
        typed = self.cleaned_data
        return {key: (typed[f"criterion_{key}"] == MET, typed[f"note_{key}"]) for key in keys}

    def answers(self) -> dict[str, str]:
        """The answer to each finding, by its code."""
        return {finding.code: self.cleaned_data[f"answer_{finding.code}"] for finding in self.findings}

    def case_accounting(self) -> dict[str, str]:
        """The case's own fields that stood in the post: what was not on the page is not cleared."""
        return self._posted({name: f"case_{name}" for name in CASE_FIELDS})

    def line_accounting(self) -> dict[str, dict[str, str]]:
        """The accounting fields of each line, by its key."""
        names = ("nature", *LINE_FIELDS)
        return {
            line.key: self._posted({name: f"line_{line.key}_{name}" for name in names})
            for line in self.content.lines
        }

    def _posted(self, fields: dict[str, str]) -> dict[str, str]:
        return {name: self.cleaned_data[field] for name, field in fields.items() if field in self.data}
