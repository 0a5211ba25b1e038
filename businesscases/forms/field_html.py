"""A form's field with label, help and error, as crispy-bootstrap5 draws it, put together in Python.

The editor shows nineteen of them on one page: by templates they take half of its time. What stands around
a value is the same for everybody, and is put together once in each language.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from businesscases.forms.fields import GoalsField
from businesscases.forms.rows import options

FIELD = (
    '<div id="div_id_{name}" class="mb-3"><label for="id_{name}" class="form-label">{label}</label>'
    "{control}{error}{help}</div>\n"
)
CHOICES = (
    '<div id="div_id_{name}" class="mb-3"><fieldset{described}>'
    '<legend class="form-label fs-6">{label}</legend>'
    "<div>{control}</div>{error}{help}</fieldset></div>\n"
)
ERROR = '<div id="id_{name}_error" class="invalid-feedback">{sentence}</div>'
HELP = '<div id="id_{name}_helptext" class="form-text">{help}</div>'
BOX = (
    '<div class="form-check"><input type="checkbox" class="form-check-input{wrong}" name="{name}" '
    'value="{value}" id="id_{name}_{place}"{chosen}{invalid}> '
    '<label for="id_{name}_{place}" class="form-check-label">{label}</label></div>'
)
INVALID = ' aria-invalid="true"'
# Those of a widget's attributes that count; its classes are ours.
ATTRS = ("rows", "maxlength", "inputmode", "autocomplete")
# Stands where the value goes while a frame is put together: no text of ours has it.
GAP = "\0"
# Each field twice over in each of two languages, and room to spare.
FRAMES = 200


def field_html(
    name: str,
    field: forms.Field,
    shown,
    choices: Sequence[tuple] = (),
    errors: Sequence[str] = (),
    *,
    optional: bool = False,
) -> str:
    """The whole field with what it shows. Whatever was typed is escaped."""
    language = get_language() or ""
    before, after = (_frame_with if errors else _frame)(name, field, language, optional, tuple(errors))
    return f"{before}{_value(name, field, shown, choices, errors)}{after}"


def _value(name, field, shown, choices, errors) -> str:
    if isinstance(field, GoalsField):
        return _boxes(name, shown, choices, errors)
    text = "" if shown is None else str(shown)
    if isinstance(field, forms.ChoiceField):
        return options([(str(key), label) for key, label in choices], text)
    return escape(text)


def _frame_with(name, field, language, optional, errors) -> tuple[str, str]:
    """What stands before and after the value of a field."""
    told = ([f"id_{name}_helptext"] if field.help_text else []) + ([f"id_{name}_error"] if errors else [])
    described = f' aria-describedby="{" ".join(told)}"' if told else ""
    boxes = isinstance(field, GoalsField)
    label = f"{field.label} {_('(optional)')}" if optional else field.label
    whole = (CHOICES if boxes else FIELD).format(
        name=name,
        label=escape(str(label)),
        described=described,
        control=GAP if boxes else _control(name, field, described, errors),
        error=ERROR.format(name=name, sentence=escape(" ".join(map(str, errors)))) if errors else "",
        help=HELP.format(name=name, help=escape(str(field.help_text))) if field.help_text else "",
    )
    before, _gap, after = whole.partition(GAP)
    return before, after


_frame = lru_cache(maxsize=FRAMES)(_frame_with)


def _control(name: str, field: forms.Field, described: str, errors: Sequence[str]) -> str:
    """The input, the list or the text area, with a gap for its value."""
    wrong, invalid = (" is-invalid", INVALID) if errors else ("", "")
    needed = " required" if field.required else ""
    common = f'id="id_{name}" name="{name}"{needed}{described}{invalid}'
    if isinstance(field, forms.ChoiceField):
        return f'<select class="form-select{wrong}" {common}>{GAP}</select>'
    attrs = field.widget.attrs
    more = "".join(f' {key}="{escape(str(attrs[key]))}"' for key in ATTRS if key in attrs)
    if isinstance(field.widget, forms.Textarea):
        # The first line break of a textarea is not part of what is in it.
        return f'<textarea class="form-control{wrong}" {common}{more}>\n{GAP}</textarea>'
    return f'<input type="text" class="form-control{wrong}" {common}{more} value="{GAP}">'


def _boxes(name: str, shown, groups: Sequence[tuple], errors: Sequence[str]) -> str:
    """A box to tick for each goal, under the name of its kind."""
    chosen = {str(value) for value in shown or ()}
    drawn = []
    for group, (kind, goals) in enumerate(groups):
        drawn.append(f"<strong>{escape(str(kind))}</strong>")
        drawn += [
            BOX.format(
                name=name,
                value=key,
                place=f"{group}_{place}",
                label=escape(str(label)),
                chosen=" checked" if str(key) in chosen else "",
                invalid=INVALID if errors else "",
                wrong=" is-invalid" if errors else "",
            )
            for place, (key, label) in enumerate(goals)
        ]
    return "".join(drawn)
