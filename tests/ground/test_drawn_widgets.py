"""A widget drawn in Python is the one that Django's template draws."""

import pytest
from django import forms
from django.test.html import parse_html

from innovation_pool.drawn_widgets import DrawnHidden, DrawnSelect, DrawnTextarea

CHOICES = [("", "Alle"), ("a&b", "A < B"), (3, "Tre")]
ATTRIBUTES = {"id": "id_felt", "class": "form-control", "rows": 3, "required": True, "autofocus": False}


@pytest.mark.parametrize(
    "value", ["", None, 'Sagt "sådan" & <script>alert(1)</script>', "\nto\nlinjer", "a&b", 3]
)
@pytest.mark.parametrize(
    ("drawn", "by_template"),
    [
        (DrawnHidden(), forms.HiddenInput()),
        (DrawnTextarea(attrs={"cols": 20}), forms.Textarea(attrs={"cols": 20})),
        (DrawnSelect(choices=CHOICES), forms.Select(choices=CHOICES)),
    ],
    ids=["hidden", "textarea", "select"],
)
def test_it_is_what_the_template_draws(drawn, by_template, value):
    ours, theirs = (str(widget.render("felt", value, ATTRIBUTES)) for widget in (drawn, by_template))
    assert parse_html(ours) == parse_html(theirs)
    assert "<script" not in ours
