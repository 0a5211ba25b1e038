"""The lines of the economy as they are typed: six cells and the details of each line, in a unit.

A cell that cannot be read keeps what was typed and is left out of every total, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases import economy
from businesscases.economy import COSTS as COST_KINDS
from businesscases.forms.rows import Row, RowsForm
from businesscases.models import Kind, Payer, Subject
from businesscases.sections import AMOUNTS, MAY_LAST
from innovation_pool.accounts.models import User
from innovation_pool.fields import LineField, TextField
from innovation_pool.kroner import as_typed, parse_kroner
from innovation_pool.typed import TypedError

UNITS = (1, 1000)
# Looked up some times for every line, which `Kind.values` is too slow for.
KINDS, PAYERS = frozenset(Kind.values), frozenset(Payer.values)
COSTS, GAINS, BESIDE = "costs", "gains", "beside"
GROUP_OF = {
    Kind.INVESTMENT: COSTS,
    Kind.IMPLEMENTATION: COSTS,
    Kind.DERIVED_OPERATION: COSTS,
    Kind.EXTERNAL_FUNDING: GAINS,
    Kind.CASHABLE_GAIN: GAINS,
    Kind.FREED_TIME: BESIDE,
}
# What a new line of a group is until its writer says otherwise.
KIND_OF_NEW = {COSTS: Kind.INVESTMENT, GAINS: Kind.CASHABLE_GAIN, BESIDE: Kind.FREED_TIME}
PAID_BY = {
    Payer.POOL: pgettext_lazy("line", "paid by the pool"),
    Payer.OWN: pgettext_lazy("line", "own budget"),
    Payer.NOBODY: pgettext_lazy("line", "not financed yet"),
}


@dataclass(frozen=True)
class People:
    """Who was named as benefit owner: ids by what was typed."""

    found: Mapping[str, int]

    def read(self, typed: str) -> int | None:
        """The id of the person; raises ValidationError when nobody, or more than one, is meant."""
        text = typed.strip()
        if not text:
            return None
        if text not in self.found:
            raise ValidationError(
                _("Nobody has that name, or several do. Write the user name, or choose from the list.")
            )
        return self.found[text]


def find_people(typed: set[str]) -> People:
    """The active people meant by "Name", "user name" or "Name (user name)"; one statement for all of them.

    A name that several share means nobody: the user name tells them apart.
    """
    wanted = {text.strip() for text in typed if text.strip() and "\0" not in text}
    if not wanted:
        return People({})
    user_names = {
        text: text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text for text in wanted
    }
    rows = User.objects.filter(
        Q(username__in=set(user_names.values())) | Q(name__in=wanted), is_active=True
    ).only("pk", "name", "username")
    people = list(rows)
    found = {}
    for text in user_names:
        exact = [person for person in people if text in (person.username, label_of(person))]
        named = exact or [person for person in people if person.name == text]
        if len(named) == 1:
            found[text] = named[0].pk
    return People(found)


def label_of(person) -> str:
    """How a person is written in a field: "Mette Krogh (mekr)"."""
    return f"{person.name} ({person.username})"


class LinesForm(RowsForm):
    """Økonomi over seks år."""

    section = Subject.ECONOMY
    prefix = "line"
    given = {"kind": Kind.INVESTMENT.value, "payer": Payer.POOL.value, "permanent": "on"}
    needed = frozenset({"kind", "payer"})
    column_names = {
        "kind": _("kind"),
        "text": _("name of the line"),
        "payer": _("who pays"),
        "permanent": _("permanent"),
        "user_financed": _("user-financed area"),
        "benefit_owner": _("benefit owner"),
        "profit_centre": _("profit centre whose budget falls"),
        "basis": _("where the figures come from"),
    }
    _fields: Mapping[str, forms.Field] = {
        "text": LineField(max_length=120, required=False),
        "profit_centre": LineField(max_length=60, required=False, allow_cpr=True),
        "basis": TextField(required=False),
    }

    @cached_property
    def people(self) -> People:
        """Everybody named as benefit owner anywhere on the form, found at once."""
        typed = self.data.items() if self.posted else ()
        return find_people({value for name, value in typed if name.endswith("-benefit_owner")})

    def read(self, column, text):
        if column in AMOUNTS:
            try:
                return parse_kroner(text, self.unit)
            except TypedError as error:
                raise ValidationError(error.sentence) from error
        if column == "kind":
            return _one_of(text, KINDS)
        if column == "payer":
            return _one_of(text, {"", *PAYERS})
        if column == "benefit_owner":
            return self.people.read(text)
        return self._fields[column].clean(text)

    def show(self, row, column):
        value = getattr(row, column)
        if column in AMOUNTS:
            return as_typed(value, self.unit)
        if column == "benefit_owner":
            return "" if value is None else label_of(value)
        if column in ("permanent", "user_financed"):
            return "on" if value else ""
        return value

    def check(self, row):
        """A cost says who pays, and nothing else does; only operation and gains go on for good."""
        kind = row.values.get("kind")
        if kind not in MAY_LAST:
            # The box is not shown for these: what is stored stays, and a new line ends by itself.
            row.values.pop("permanent", None)
        if kind in COST_KINDS and row.values.get("payer") == "":
            # Both stay as they are stored: a cost that nobody was asked about would be a guess.
            del row.values["payer"], row.values["kind"]
            row.errors["payer"] = str(_("Choose who pays."))
        elif kind is None:
            row.values.pop("payer", None)
        elif kind not in COST_KINDS and "payer" in row.values:
            row.values["payer"] = ""

    def place_of(self, row):
        return (COSTS, GAINS, BESIDE).index(group_of(row))

    def column_name(self, column):
        if column in AMOUNTS:
            return str(self.case.start_year + AMOUNTS.index(column))
        return super().column_name(column)

    def words(self, column, value):
        if column in AMOUNTS:
            return as_typed(value, self.unit) or str(_("blank"))
        if column == "kind":
            return str(Kind(value).label)
        if column == "payer":
            return str(Payer(value).label) if value else "–"
        if column == "benefit_owner" and value is not None:
            return str(User.objects.get(pk=value))
        if isinstance(value, bool) and column != "removed":
            return str(_("yes") if value else _("no"))
        return super().words(column, value)

    def in_unit(self, unit: int) -> None:
        """Shows every amount that could be read in another unit; what could not stays as typed."""
        for row in self.rows:
            for column in AMOUNTS:
                if column in row.values and column not in row.errors:
                    row.shown[column] = as_typed(row.values[column], unit)
        self.unit = unit


def group_of(row: Row) -> str:
    """The group of the grid that the line stands in."""
    kind = row.shown.get("kind")
    return GROUP_OF[Kind(kind)] if kind in KINDS else COSTS


def economy_lines(rows: list[Row]) -> list[economy.Line]:
    """The lines as the key figures need them: cells that could not be read are blank."""
    lines = []
    for row in rows:
        kind = row.shown.get("kind")
        if row.removed or kind not in KINDS:
            continue
        cost = kind in COST_KINDS
        payer = row.shown.get("payer")
        lines.append(
            economy.Line(
                key=row.key,
                kind=economy.Kind(kind),
                text=row.shown.get("text", ""),
                amounts=tuple(row.values.get(column) for column in AMOUNTS),
                payer=economy.Payer(payer if payer in PAYERS else Payer.NOBODY) if cost else None,
                permanent=bool(row.shown.get("permanent")) and kind in MAY_LAST,
                user_financed=bool(row.shown.get("user_financed")),
            )
        )
    return lines


def _one_of(text: str, values) -> str:
    if text not in values:
        raise ValidationError(_("Choose one of the list."))
    return text
