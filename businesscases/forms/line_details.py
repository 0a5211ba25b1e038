"""The details under a line of the money grid: its name, kind, who pays, whose gain, basis, and its acts.

Put together here in one go: drawn by the template, forty lines of them take four fifths of the page. Lines
of one kind differ only in what was typed, so the rest of their details is put together once for all.
"""

from dataclasses import replace
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesscases.economy import COSTS
from businesscases.forms.lines import KINDS, PAYERS
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


# What is typed freely in the details; the rest is chosen or ticked.
TYPED = ("text", "benefit_owner", "profit_centre", "basis")
CHOSEN = ("kind", "payer", "permanent", "user_financed")
PAYER_CHOICES = PAYERS | {""}


class LineDetails:
    """Draws the details of every line of a grid with these years, in the language of the first it drew."""

    def __init__(self, years: tuple[int, ...]):
        self.years = years
        self._patterns: dict[tuple, str] = {}

    def html(self, row: Row) -> SafeString:
        """The row under the line. Names are made of a checked key; whatever was typed is escaped."""
        shown = row.shown
        known = shown.get("kind") in KINDS and shown.get("payer", "") in PAYER_CHOICES
        if row.errors or not known:
            return mark_safe(self._whole(row))
        look = (row.opened, *(shown.get(column, "") for column in CHOSEN))
        if look not in self._patterns:
            self._patterns[look] = self._pattern(row)
        typed = {column: escape(shown.get(column, "")) for column in TYPED}
        return mark_safe(self._patterns[look].format(key=row.key, **typed))

    def _pattern(self, row: Row) -> str:
        """The details of every line that is chosen and ticked as this one, with gaps for what is typed."""
        gaps = {column: f"{{{column}}}" for column in TYPED}
        return self._whole(replace(row, key="{key}", shown={**row.shown, **gaps}))

    def _whole(self, row: Row) -> str:
        return WHOLE.format(
            name=row.name,
            wide=" wide" if row.opened else "",
            fields=self._fields(row),
            ticks=self._ticks(row),
            basis=self._field(row, "basis", TEXTAREA, escape(row.shown.get("basis", ""))),
            acts="".join(self._act(row, *act) for act in self._acts),
            phase=self._phase(row),
        )

    def _fields(self, row: Row) -> str:
        kind, payer = row.shown.get("kind", ""), row.shown.get("payer", "")
        drawn = [
            self._text(row, "text"),
            self._field(row, "kind", SELECT, options(Kind.choices, kind)),
        ]
        if kind in COSTS:
            choices = [("", "–"), *Payer.choices]
            drawn.append(self._field(row, "payer", SELECT, options(choices, payer)))
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
        return {column: _word(word) for column, word in words.items()}

    @cached_property
    def _acts(self) -> tuple[tuple[str, ...], ...]:
        return (
            ("right", _word(_("Fill right"))),
            ("same", _word(_("Same every year"))),
            ("copy", _word(_("Copy the line"))),
            ("up", _word(_("Move up"))),
            ("down", _word(_("Move down"))),
            ("remove", _word(_("Remove the line")), " btn-danger"),
        )

    @cached_property
    def _phase_words(self) -> tuple[str, str, str]:
        amount, since = _("Phase in: full amount"), pgettext("phase in", "from")
        return _word(amount), _word(since), _word(_("Fill in even steps"))

    @cached_property
    def _phase_years(self) -> str:
        """The years the full amount can count from."""
        return options(list(enumerate(self.years))[1:], "")


def _word(text: str) -> str:
    """A word of ours, with no brace in it that a pattern could take for a gap."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")
