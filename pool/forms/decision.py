"""What the meeting puts down on an item: the kind, the amounts, the words."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_pool.fields import DanishDateField, KronerField, TextField
from innovation_pool.web.operation_form import OperationForm
from pool.decision_table import FundingRow
from pool.decisions import Condition, Grant
from pool.models import DecisionKind
from pool.models.decisions import ConditionKind

FIVE_LINES = forms.Textarea(attrs={"rows": 3})


@dataclass(frozen=True)
class AmountRow:
    """A row of the funding table with its fields; `after` is None in a year without a budget."""

    row: FundingRow
    field: object
    unfunded_field: object
    after: int | None
    amount: int


class DecisionForm(OperationForm, forms.Form):
    """A provisional decision. The amounts are fields `g_<pool>_<year>` and, without cover, `u_…`."""

    kind = forms.ChoiceField(label=_("Decision"))
    reason = TextField(required=False, label=_("Reason"), widget=FIVE_LINES)
    refuses = forms.BooleanField(required=False, label=_("Refuse the change request; the grant stands"))
    until = DanishDateField(required=False, label=_("Postponed until"))
    conditions = TextField(required=False, label=_("Terms"), widget=FIVE_LINES)
    political = forms.MultipleChoiceField(
        required=False, choices=ConditionKind.choices, label=_("Needs political treatment")
    )
    political_text = TextField(required=False, label=_("What the politicians are to decide"), max_length=2000)
    text = TextField(required=False, label=_("Wording of the decision"), widget=FIVE_LINES)
    passed_over_reason = TextField(
        required=False, label=_("Why others without cover do not come first"), widget=FIVE_LINES
    )

    def __init__(self, kinds, rows: list[FundingRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        for row in rows:
            label = f"{row.pool.name} {row.year}"
            self.fields[f"g_{row.key}"] = KronerField(required=False, label=label, initial=_proposal(row))
            if row.unfunded and row.has_budget:
                self.fields[f"u_{row.key}"] = KronerField(
                    required=False, label=_("%(year)d, without cover") % {"year": row.year},
                    initial=row.proposed_unfunded,
                )  # fmt: skip

    def value_of(self, name: str):
        """What the form says now: as typed where it was understood, else as proposed."""
        if self.is_bound:
            return self.cleaned_data.get(name)
        return self.get_initial_for_field(self.fields[name], name)

    @property
    def refuses_change(self) -> bool:
        """Whether the change request is turned down: then the amounts shown do not count."""
        return bool(self.value_of("kind") == DecisionKind.CHANGE_OF_GRANT and self.value_of("refuses"))

    def grants(self) -> list[Grant]:
        """The amounts as grants; a year without a budget gives without cover."""
        found = []
        if self.refuses_change:
            return []
        covers = self.value_of("kind") == DecisionKind.COVER
        for row in self.rows:
            amount = self.value_of(f"g_{row.key}") or 0
            more = self.value_of(f"u_{row.key}") or 0 if f"u_{row.key}" in self.fields and not covers else 0
            if row.has_budget or covers:
                found.append(Grant(row.pool, row.year, amount, more))
            else:
                found.append(Grant(row.pool, row.year, 0, amount))
        return [grant for grant in found if grant.amount or grant.unfunded]

    def amount_rows(self) -> list[AmountRow]:
        """The table as it is shown: each row with its fields and what is left after it."""
        shown = []
        for row in self.rows:
            amount = 0 if self.refuses_change else self.value_of(f"g_{row.key}") or 0
            more = f"u_{row.key}"
            shown.append(
                AmountRow(
                    row,
                    self[f"g_{row.key}"],
                    self[more] if more in self.fields else None,
                    row.available - amount if row.has_budget else None,
                    amount,
                )
            )
        return shown

    def political_conditions(self) -> list[Condition]:
        text = self.value_of("political_text") or ""
        return [Condition(ConditionKind(kind), text) for kind in self.value_of("political") or []]

    def as_decision(self) -> dict:
        """The decision as `put_down` takes it."""
        typed = self.cleaned_data
        return {
            "kind": typed["kind"],
            "reason": typed["reason"],
            "until": typed["until"],
            "conditions": typed["conditions"],
            "text": typed["text"],
            "passed_over_reason": typed["passed_over_reason"],
            "grants": self.grants(),
            "political": self.political_conditions(),
        }


def _proposal(row: FundingRow) -> int | None:
    return row.proposed if row.has_budget or row.proposed else row.proposed_unfunded
