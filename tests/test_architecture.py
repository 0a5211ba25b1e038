"""The layout is a test: the project against each rule of the house, and each rule against a bad example."""

import pytest

from tests import layout_rules as rules
from tests.layout_rules import Rule, Source, project_sources

RULES = [
    rules.imports_point_down,
    rules.no_circle,
    rules.no_import_inside_a_function,
    rules.pure_modules_know_no_django,
    rules.only_the_ledger_makes_movements,
    rules.only_the_workflow_moves_a_case,
    rules.only_the_clock_tells_the_time,
    rules.no_long_file,
    rules.no_long_view,
    rules.nothing_inline_in_templates,
    rules.our_own_words_for_errors,
    rules.named_after_what_they_hold,
    rules.no_third_application_at_the_top,
]


def files(*pairs: str) -> list[Source]:
    """Sources from path, text, path, text …"""
    return [Source(path, text) for path, text in zip(pairs[::2], pairs[1::2], strict=True)]


LONG_VIEW = "def show(request):\n" + "    x = 1\n" * 30
BREAKS: list[tuple[Rule, list[Source]]] = [
    (rules.imports_point_down, files("businesscases/a.py", "from pool import ledger\n")),
    (rules.imports_point_down, files("innovation_pool/a.py", "import businesscases.models\n")),
    (
        rules.imports_point_down,
        files("innovation_pool/accounts/a.py", "from businesscases.models import X\n"),
    ),
    (rules.imports_point_down, files("pool/a.py", "from tests.factories import case\n")),
    (rules.no_circle, files("pool/a.py", "from pool import b\n", "pool/b.py", "from pool.a import x\n")),
    (rules.no_circle, files("pool/a.py", "from .b import x\n", "pool/b.py", "from . import a\n")),
    (
        rules.no_circle,
        files("pool/a.py", "import pool.b\n", "pool/b.py", "import pool.c\n", "pool/c.py", "import pool.a\n"),
    ),
    (rules.no_import_inside_a_function, files("pool/a.py", "def f():\n    import re\n")),
    (
        rules.no_import_inside_a_function,
        files("pool/a.py", "class A:\n  def f(self):\n    from re import sub\n"),
    ),
    (rules.pure_modules_know_no_django, files("businesscases/finance.py", "from django.db import models\n")),
    (
        rules.pure_modules_know_no_django,
        files("innovation_pool/charts.py", "import django.utils.translation\n"),
    ),
    (
        rules.pure_modules_know_no_django,
        files("innovation_pool/kroner.py", "from django.forms import Field\n"),
    ),
    (rules.pure_modules_know_no_django, files("pool/sheets/drawing/om.py", "from pool.models import Pool\n")),
    (rules.only_the_ledger_makes_movements, files("pool/decisions/a.py", "Movement(amount=1).save()\n")),
    (rules.only_the_ledger_makes_movements, files("pool/a.py", "Movement.objects.create(amount=1)\n")),
    (rules.only_the_ledger_makes_movements, files("pool/a.py", "pool.movements.bulk_create(rows)\n")),
    (rules.only_the_ledger_makes_movements, files("pool/a.py", "models.Movement(amount=1)\n")),
    (rules.only_the_workflow_moves_a_case, files("pool/a.py", "case.state = State.READY\n")),
    (rules.only_the_workflow_moves_a_case, files("pool/a.py", "self.case.state = 'ready'\n")),
    (rules.only_the_workflow_moves_a_case, files("pool/a.py", "a, item.case.state = 1, 'ready'\n")),
    (rules.only_the_workflow_moves_a_case, files("pool/a.py", "setattr(case, 'state', 'ready')\n")),
    (
        rules.only_the_workflow_moves_a_case,
        files("pool/a.py", "BusinessCase.objects.filter(pk=1).update(state='ready')\n"),
    ),
    (
        rules.only_the_workflow_moves_a_case,
        files("pool/a.py", "BusinessCase.objects.bulk_update(x, ['state'])\n"),
    ),
    (rules.only_the_clock_tells_the_time, files("pool/a.py", "at = timezone.now()\n")),
    (rules.only_the_clock_tells_the_time, files("pool/a.py", "year = localdate().year\n")),
    (rules.only_the_clock_tells_the_time, files("pool/a.py", "on = datetime.date.today()\n")),
    (rules.no_long_file, files("pool/a.py", "x = 1\n" * 401)),
    (rules.no_long_file, files("templates/a.html", "<p>\n" * 401)),
    (rules.no_long_view, files("pool/views/a.py", LONG_VIEW)),
    (rules.nothing_inline_in_templates, files("templates/a.html", '<p class="x" style="color: red">')),
    (rules.nothing_inline_in_templates, files("templates/a.html", "<script>alert(1)</script>")),
    (rules.nothing_inline_in_templates, files("templates/a.html", '<button onclick="go()">')),
    (rules.nothing_inline_in_templates, files("templates/a.html", '<img src="data:image/png;base64,AA">')),
    (rules.nothing_inline_in_templates, files("templates/a.html", "<style>p { }</style>")),
    (rules.our_own_words_for_errors, files("templates/a.html", '<form method="post" action="{% url x %}">')),
    (rules.our_own_words_for_errors, files("templates/a.html", '<form class="a" method="{{ method }}">')),
    (rules.named_after_what_they_hold, files("pool/utils.py", "")),
    (rules.named_after_what_they_hold, files("pool/date_helpers.py", "")),
    (rules.no_third_application_at_the_top, files("planning/__init__.py", "")),
]
ALLOWED: list[tuple[Rule, list[Source]]] = [
    (
        rules.imports_point_down,
        files("pool/a.py", "from businesscases.models import X\nimport innovation_pool.a\n"),
    ),
    (rules.imports_point_down, files("innovation_pool/urls.py", "import pool.urls\n")),
    (
        rules.no_circle,
        files("pool/a.py", "from pool import b\n", "pool/b.py", "from pool import c\n", "pool/c.py", ""),
    ),
    (
        rules.pure_modules_know_no_django,
        files("innovation_pool/kroner.py", "from django.utils.translation import _\n"),
    ),
    (
        rules.pure_modules_know_no_django,
        files("businesscases/economy.py", "from businesscases.finance import npv\n"),
    ),
    (rules.pure_modules_know_no_django, files("pool/sheets/rows.py", "from pool.models import Pool\n")),
    (rules.only_the_ledger_makes_movements, files("pool/ledger/posting.py", "Movement(amount=1)\n")),
    (rules.only_the_ledger_makes_movements, files("pool/a.py", "Movement.objects.filter(amount=1)\n")),
    (rules.only_the_workflow_moves_a_case, files("businesscases/workflow.py", "case.state = 'ready'\n")),
    (
        rules.only_the_workflow_moves_a_case,
        files("pool/a.py", "meeting.state = 'open'\nif case.state == 'x': pass\n"),
    ),
    (
        rules.only_the_workflow_moves_a_case,
        files("pool/a.py", "case.change_requests.filter(pk=1).update(state='closed')\n"),
    ),
    (rules.only_the_clock_tells_the_time, files("innovation_pool/clock.py", "at = timezone.now()\n")),
    (rules.only_the_clock_tells_the_time, files("pool/a.py", "day = localdate(movement.at)\n")),
    (rules.no_long_file, files("pool/a.py", "x = 1\n" * 400)),
    (rules.no_long_view, files("pool/views/a.py", LONG_VIEW[: -len("    x = 1\n")])),
    (rules.nothing_inline_in_templates, files("templates/a.html", '<script src="a.js" defer></script>')),
    (rules.our_own_words_for_errors, files("templates/a.html", '<form method="get">')),
    (rules.our_own_words_for_errors, files("templates/a.html", '<form method="post" novalidate>')),
    (
        rules.nothing_inline_in_templates,
        files("templates/a.html", '<p {% if a > b %}class="on"{% endif %} data-on="1">'),
    ),
]


@pytest.fixture(scope="module")
def project() -> list[Source]:
    return project_sources()


def named(value):
    return getattr(value, "__name__", None)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_project_keeps(rule, project):
    assert rule(project) == []


@pytest.mark.parametrize(("rule", "bad"), BREAKS, ids=named)
def test_a_breach_is_found_by(rule, bad):
    assert rule(bad) != []


@pytest.mark.parametrize(("rule", "good"), ALLOWED, ids=named)
def test_what_is_allowed_passes(rule, good):
    assert rule(good) == []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _bad in BREAKS} == set(RULES)


def test_the_whole_project_is_read(project):
    paths = {source.path for source in project}

    assert {"pool/ledger/__init__.py", "businesscases/workflow.py", "templates/base.html", "run.py"} <= paths
