"""The floor: what a plain Django page costs on this machine, in this run.

Signed in, three indexed statements, fifty rows of eight columns with Danish numbers and dates, the way
one would write it in an afternoon. It goes through sessions and sign-in and no other middleware.
"""

from django import forms
from django.db.models import F
from django.http import HttpResponse
from django.template import engines
from django.utils.functional import cached_property

from businesscases.models import BusinessCase, Round
from innovation_pool.accounts.models import Department

MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
FRAME = """{% load i18n %}<!doctype html><html lang="da"><head><title>Gulv</title></head><body>
<p>{{ request.user.name }}</p>BODY</body></html>"""
ROWS = """<select>{% for area in areas %}
<option value="{{ area.pk }}">{{ area.name }}</option>{% endfor %}</select>
<select>{% for round in rounds %}<option value="{{ round.pk }}">{{ round.name }}</option>{% endfor %}</select>
<table>{% for case in cases %}<tr><td>{{ case.reference }}</td>
<td><a href="{% url "businesscases:case-detail" case.reference %}">{{ case.listed_title }}</a></td>
<td>{{ case.area }}</td><td>{{ case.get_state_display }}</td>
<td>{{ case.asked_total|floatformat:"0g" }}</td><td>{{ case.net_gain|floatformat:"0g" }}</td>
<td>{{ case.payback_years|floatformat:"1g" }}</td><td>{{ case.changed_at|date:"j. F Y" }}</td></tr>
{% endfor %}</table>"""
CELLS = """<form method="post">{% for field in form %}{{ field }}{% endfor %}</form>"""
COLUMNS = (
    "reference", "listed_title", "state", "asked_total", "net_gain", "payback_years", "changed_at",
)  # fmt: skip


class Pages:
    """The bare pages' templates, parsed once."""

    def _page(self, body: str):
        return engines["django"].from_string(FRAME.replace("BODY", body))

    @cached_property
    def rows(self):
        return self._page(ROWS)

    @cached_property
    def cells(self):
        return self._page(CELLS)

    @cached_property
    def empty(self):
        return self._page("")


pages = Pages()


class SixtyCells(forms.Form):
    """Ten lines of six amounts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(60):
            self.fields[f"cell_{number}"] = forms.CharField(required=False, initial="1.250")


def _asked() -> dict:
    cases = BusinessCase.objects.annotate(area=F("listed_department__name")).only(*COLUMNS)
    return {
        "areas": list(Department.objects.only("name").order_by("pk")[:20]),
        "rounds": list(Round.objects.only("name").order_by("-pk")[:20]),
        "cases": list(cases.order_by("-changed_at", "-id")[:50]),
    }


def fifty_rows(request):
    """The unit of every ratio."""
    return HttpResponse(pages.rows.render(_asked(), request))


def sixty_cells(request):
    """The same statements, and a form of sixty amounts in place of the rows."""
    return HttpResponse(pages.cells.render(_asked() | {"form": SixtyCells()}, request))


def empty(request):
    """A page with nothing on it but who is signed in."""
    return HttpResponse(pages.empty.render({}, request))
