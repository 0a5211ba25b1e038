"""The details under a line of the money grid: its name, kind, who pays, whose gain, basis, and its acts.

Put together here in one go: drawn by the template, forty lines of them take four fifths of the page.
"""

from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesscases.economy import COSTS
from businesscases.forms.rows import Row, options
from businesscases.models import Kind, Payer
from businesscases.sections import MAY_LAST

FIELD = '<div><label class="form-label" for="id_{name}">{label}</label>{control}{sentence}</div>\n'
INPUT = '<input class="form-control{wrong}" id="id_{name}" name="{name}" value="{value}"{more}{described}>'
SELECT = (
    '<select class="form-select{wrong}" id="id_{name}" name="{name}" data-regroup{described}>{value}</select>'
)
# The first line break of a textarea is not part of what is in it.
TEXTAREA = (
    '<textarea class="form-control{wrong}" id="id_{name}" name="{name}" rows="2"{described}>'
    "\n{value}</textarea>"
)
SENTENCE = '<p class="invalid-feedback" id="e-{name}">{sentence}</p>'
DESCRIBED = ' aria-invalid="true" aria-describedby="e-{name}"'
TICK = '<label><input class="tick" type="checkbox" name="{name}"{checked}> {label}</label>'
STAYS = '<input type="hidden" name="{name}" value="on">'
ACT = '<button class="btn btn-small{look}" name="do" value="line-{act}:{key}">{label}</button>'
PHASE = (
    '<div class="actions"><label class="small" for="id_{name}-full">{amount}</label>'
    '<input class="form-control" id="id_{name}-full" name="{name}-full" inputmode="decimal"'
    ' autocomplete="off">'
    '<label class="small" for="id_{name}-full_from">{since}</label>'
    '<select class="form-select" id="id_{name}-full_from" name="{name}-full_from">{years}</select>'
    "{act}</div>\n"
)
WHOLE = (
    '<tr class="more{wide}" id="m-{name}"><td colspan="8"><div class="stack">'
    '<div class="fields">\n{fields}</div>\n'
    '<div class="ticks">{ticks}</div>\n{basis}<div class="actions">{acts}</div>\n{phase}</div></td></tr>'
)


class LineDetails:
    """Draws the details of every line of one grid; words and lists are looked up once for all."""

    def __init__(self, years: tuple[int, ...]):
        self.years = years
        self._kinds: dict[str, str] = {}
        self._payers: dict[str, str] = {}

    def html(self, row: Row) -> SafeString:
        """The row under the line. Names are made of a checked key; whatever was typed is escaped."""
        return mark_safe(
            WHOLE.format(
                name=row.name,
                wide=" wide" if row.opened else "",
                fields=self._fields(row),
                ticks=self._ticks(row),
                basis=self._field(row, "basis", TEXTAREA, escape(row.shown.get("basis", ""))),
                acts="".join(self._act(row, *act) for act in self._acts),
                phase=self._phase(row),
            )
        )

    def _fields(self, row: Row) -> str:
        kind, payer = row.shown.get("kind", ""), row.shown.get("payer", "")
        drawn = [
            self._text(row, "text"),
            self._field(row, "kind", SELECT, self._chosen(self._kinds, Kind.choices, kind)),
        ]
        if kind in COSTS:
            choices = [("", "–"), *Payer.choices]
            drawn.append(self._field(row, "payer", SELECT, self._chosen(self._payers, choices, payer)))
        if kind == Kind.CASHABLE_GAIN:
            drawn.append(self._text(row, "benefit_owner", ' list="people" autocomplete="off"'))
            drawn.append(self._text(row, "profit_centre"))
        return "".join(drawn)

    def _text(self, row: Row, column: str, more: str = "") -> str:
        return self._field(row, column, INPUT, escape(row.shown.get(column, "")), more)

    def _field(self, row: Row, column: str, control: str, value: str, more: str = "") -> str:
        name, wrong = f"{row.name}-{column}", row.errors[column]
        return FIELD.format(
            name=name,
            label=self._labels[column],
            control=control.format(
                name=name,
                value=value,
                more=more,
                wrong=" is-invalid" if wrong else "",
                described=DESCRIBED.format(name=name) if wrong else "",
            ),
            sentence=SENTENCE.format(name=name, sentence=escape(wrong)) if wrong else "",
        )

    def _ticks(self, row: Row) -> str:
        drawn = []
        if row.shown.get("kind") in MAY_LAST:
            drawn.append(self._tick(row, "permanent"))
        elif row.shown.get("permanent"):
            drawn.append(STAYS.format(name=f"{row.name}-permanent"))
        drawn.append(self._tick(row, "user_financed"))
        return " ".join(drawn)

    def _tick(self, row: Row, column: str) -> str:
        return TICK.format(
            name=f"{row.name}-{column}",
            checked=" checked" if row.shown.get(column) else "",
            label=self._labels[column],
        )

    def _act(self, row: Row, act: str, label: str, look: str = "") -> str:
        return ACT.format(act=act, key=row.key, label=label, look=look)

    def _phase(self, row: Row) -> str:
        amount, since, fill = self._phase_words
        act = self._act(row, "phase", fill)
        return PHASE.format(name=row.name, amount=amount, since=since, years=self._phase_years, act=act)

    @staticmethod
    def _chosen(known: dict[str, str], choices, chosen: str) -> str:
        if chosen not in known:
            known[chosen] = options(choices, chosen)
        return known[chosen]

    @cached_property
    def _labels(self) -> dict[str, str]:
        words = {
            "text": _("Name of the line"),
            "kind": _("Kind"),
            "payer": _("Who pays"),
            "benefit_owner": _("Benefit owner"),
            "profit_centre": _("Profit centre whose budget falls"),
            "basis": _("Where the figures come from"),
            "permanent": _("Permanent: goes on after the sixth year"),
            "user_financed": _("User-financed area (takst)"),
        }
        return {column: escape(word) for column, word in words.items()}

    @cached_property
    def _acts(self) -> tuple[tuple[str, ...], ...]:
        return (
            ("right", escape(_("Fill right"))),
            ("same", escape(_("Same every year"))),
            ("copy", escape(_("Copy the line"))),
            ("up", escape(_("Move up"))),
            ("down", escape(_("Move down"))),
            ("remove", escape(_("Remove the line")), " btn-danger"),
        )

    @cached_property
    def _phase_words(self) -> tuple[str, str, str]:
        amount, since = _("Phase in: full amount"), pgettext("phase in", "from")
        return escape(amount), escape(since), escape(_("Fill in even steps"))

    @cached_property
    def _phase_years(self) -> str:
        """The years the full amount can count from."""
        return options(list(enumerate(self.years))[1:], "")
