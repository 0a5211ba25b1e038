"""A form's field with label, help and error, as crispy-bootstrap5 draws it, put together in Python.

The editor shows nineteen of them on one page: by templates they take half of its time.
"""

from django import forms
from django.forms import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from businesscases.forms.fields import GoalsField
from businesscases.forms.rows import options

FIELD = (
    '<div id="div_id_{name}" class="mb-3"><label for="id_{name}" class="form-label">{label}</label>'
    "{control}{error}{help}</div>\n"
)
CHOICES = (
    '<div id="div_id_{name}" class="mb-3"><fieldset{described}>'
    '<legend class="form-label fs-6">{label}</legend>'
    "{control}{error}{help}</fieldset></div>\n"
)
ERROR = '<div id="id_{name}_error" class="invalid-feedback">{sentence}</div>'
HELP = '<div id="id_{name}_helptext" class="form-text">{help}</div>'
BOX = (
    '<div class="form-check"><input type="checkbox" class="form-check-input{wrong}" name="{name}" '
    'value="{value}" id="id_{name}_{place}"{chosen}{invalid}> '
    '<label for="id_{name}_{place}" class="form-check-label">{label}</label></div>'
)


def field_html(bound: BoundField) -> SafeString:
    """The whole field. Whatever was typed is escaped."""
    name, field, errors = bound.name, bound.field, bound.errors
    told = ([f"id_{name}_helptext"] if field.help_text else []) + ([f"id_{name}_error"] if errors else [])
    described = f' aria-describedby="{" ".join(told)}"' if told else ""
    invalid = ' aria-invalid="true"' if errors else ""
    drawn = _boxes(bound, invalid) if isinstance(field, GoalsField) else _control(bound, described + invalid)
    return mark_safe(
        (CHOICES if isinstance(field, GoalsField) else FIELD).format(
            name=name,
            label=escape(bound.label),
            described=described,
            control=drawn,
            error=ERROR.format(name=name, sentence=escape(" ".join(errors))) if errors else "",
            help=HELP.format(name=name, help=escape(field.help_text)) if field.help_text else "",
        )
    )


def _control(bound: BoundField, said: str) -> str:
    """The input, the list or the text area."""
    name, field, value = bound.name, bound.field, bound.value()
    text = "" if value is None else str(value)
    wrong = " is-invalid" if bound.errors else ""
    needed = " required" if field.required else ""
    common = f'id="id_{name}" name="{name}"{needed}{said}'
    if isinstance(field, forms.ChoiceField):
        choices = options([(str(key), label) for key, label in field.choices], text)
        return f'<select class="form-select{wrong}" {common}>{choices}</select>'
    attrs = field.widget.attrs
    more = "".join(f' {key}="{escape(attrs[key])}"' for key in ATTRS if key in attrs)
    if isinstance(field.widget, forms.Textarea):
        # The first line break of a textarea is not part of what is in it.
        return f'<textarea class="form-control{wrong}" {common}{more}>\n{escape(text)}</textarea>'
    return f'<input type="text" class="form-control{wrong}" {common}{more} value="{escape(text)}">'


# Those of a widget's attributes that count; its classes are ours.
ATTRS = ("rows", "maxlength", "inputmode", "autocomplete")


def _boxes(bound: BoundField, invalid: str) -> str:
    """A box to tick for each goal, under the name of its kind."""
    chosen = {str(value) for value in bound.value() or ()}
    drawn = []
    for group, (kind, goals) in enumerate(bound.field.choices):
        drawn.append(f"<strong>{escape(kind)}</strong>")
        drawn += [
            BOX.format(
                name=bound.name,
                value=key,
                place=f"{group}_{place}",
                label=escape(label),
                chosen=" checked" if str(key) in chosen else "",
                invalid=invalid,
                wrong=" is-invalid" if invalid else "",
            )
            for place, (key, label) in enumerate(goals)
        ]
    return f"<div>{''.join(drawn)}</div>"
