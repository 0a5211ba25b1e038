"""Django's own widgets, drawn without a template: each of those costs as much as a statement."""

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def _said(attrs: dict) -> str:
    """The attributes in the order they are given in."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not None and value is not False
    )


class DrawnHidden(forms.HiddenInput):
    """What is carried along unseen."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        said = {"type": "hidden", "name": name, "value": self.format_value(value)}
        return mark_safe(f"<input{_said(said | self.build_attrs(self.attrs, attrs))}>")


class DrawnTextarea(forms.Textarea):
    """Several lines of text."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        said = _said({"name": name} | self.build_attrs(self.attrs, attrs))
        # The first line break of a textarea is not part of what is in it.
        return mark_safe(f"<textarea{said}>\n{escape(self.format_value(value) or '')}</textarea>")


class DrawnSelect(forms.Select):
    """A list to choose one from; its choices have no groups."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        said = _said({"name": name} | self.build_attrs(self.attrs, attrs))
        chosen = self.format_value(value)
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(label)}'
            "</option>"
            for key, label in self.choices
        )
        return mark_safe(f"<select{said}>{options}</select>")
