"""What a case says, for its pages: `{% load case_texts %}`, then `{{ content|filled_texts }}`."""

from django import template

from businesscases.case_page import label_of
from businesscases.content import TEXTS, CaseContent
from businesscases.economy_html import basis_html, economy_html, economy_years_html

register = template.Library()

register.filter(basis_html)
register.filter(economy_html)
register.filter(economy_years_html)


@register.filter
def filled_texts(content: CaseContent) -> list[tuple[str, str]]:
    """(label, text) of every text that says something, in the order of the form."""
    return [(label_of(name), content.texts[name]) for name in TEXTS if content.texts[name].strip()]
