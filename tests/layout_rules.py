"""The rules of the house as functions: each takes the sources and returns what breaks it, as sentences.

`test_architecture.py` holds the project against them, and each of them against a bad example.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# From the ground up; a module may import from its own package and from those before it.
LEVELS = ("innovation_pool", "businesscases", "pool")
# They name the applications, and so may know everyone.
MAY_KNOW_EVERYONE = {"innovation_pool.urls", "innovation_pool.settings"}
PURE = (
    "businesscases.finance",
    "businesscases.economy",
    "innovation_pool.charts",
    "innovation_pool.charts.*",
    "innovation_pool.environment",
    "innovation_pool.workbooks",
    "innovation_pool.workbooks.*",
    "businesscases.template.layout",
    "businesscases.template.drawing",
    "businesscases.template.economy_sheet",
    "pool.sheets.drawing",
    "pool.sheets.drawing.*",
)
# Numbers are read and shown in the reader's language, which is Django's gettext and nothing else of it.
ALMOST_PURE = ("innovation_pool.kroner", "innovation_pool.typed")
WORDS_ONLY = (
    "django.utils.translation",
    "django.utils.functional",
    "django.utils.text",
    "django.utils.formats",
)
NO_NAME_AT_ALL = {"utils", "helpers", "common", "services", "managers", "misc"}
QUERYSET_METHODS = {
    "objects",
    "all",
    "filter",
    "exclude",
    "order_by",
    "select_for_update",
    "visible_to",
    "using",
}
MOST_LINES, MOST_LINES_OF_A_VIEW = 400, 30
TOP_LEVEL_PACKAGES = {*LEVELS, "tests"}


@dataclass(frozen=True)
class Source:
    """One file of the project, by its path from the root."""

    path: str
    text: str

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


Rule = Callable[[list[Source]], list[str]]


def project_sources() -> list[Source]:
    """Every Python file, template and script of our own, migrations apart: those are written by Django."""
    folders = (*LEVELS, "templates", "static", "tests")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    files += [ROOT / "run.py", ROOT / "manage.py"]
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix in {".py", ".html", ".js", ".txt"} and "migrations" not in path.parts
    ]


def application(sources: Iterable[Source]) -> list[Source]:
    """The Python of the three packages."""
    return [s for s in sources if s.path.endswith(".py") and s.path.split("/")[0] in LEVELS]


def imported(source: Source, modules: set[str]) -> set[str]:
    """What the file imports, as full names; `from a import b` is a.b where that is a module of ours."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = absolute_base(source, node)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                found.add(full if full in modules else base)
    return found


def absolute_base(source: Source, node: ast.ImportFrom) -> str:
    """The module named by a `from` line, relative ones too."""
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    kept = parts[: len(parts) - node.level + source.path.endswith("__init__.py")]
    return ".".join([*kept, *([node.module] if node.module else [])])


def chain(node: ast.expr) -> list[str]:
    """The names along `a.b(...).c`, as ["a", "b", "c"]."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            names.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Call | ast.Subscript):
            node = node.func if isinstance(node, ast.Call) else node.value
        else:
            return [node.id, *names] if isinstance(node, ast.Name) else names


# -- The rules -------------------------------------------------------------------------------------
def imports_point_down(sources: list[Source]) -> list[str]:
    found = []
    modules = {source.module for source in sources}
    for source in application(sources):
        if source.module in MAY_KNOW_EVERYONE:
            continue
        level = LEVELS.index(source.module.split(".")[0])
        above = {*LEVELS[level + 1 :], "tests"}
        for name in sorted(imported(source, modules)):
            if name.split(".")[0] in above:
                found.append(f"{source.module} imports {name}, which stands above it")
    return found


def no_circle(sources: list[Source]) -> list[str]:
    ours = application(sources)
    modules = {source.module for source in ours}
    graph = {source.module: imported(source, modules) & modules - {source.module} for source in ours}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return [" imports ".join(reversed(circle.args[1]))]
    return []


def no_import_inside_a_function(sources: list[Source]) -> list[str]:
    found = []
    for source in application(sources):
        for function in functions_of(source):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found.append(f"{source.path}:{node.lineno} imports inside {function.name}")
    return found


def pure_modules_know_no_django(sources: list[Source]) -> list[str]:
    found = []
    modules = {source.module for source in sources}
    for source in application(sources):
        pure = any(fnmatch(source.module, pattern) for pattern in PURE)
        almost = source.module in ALMOST_PURE
        if not (pure or almost):
            continue
        for name in sorted(imported(source, modules)):
            allowed = [*PURE, *(ALMOST_PURE if almost else ())]
            ours = name.split(".")[0] in LEVELS and not any(fnmatch(name, pattern) for pattern in allowed)
            django = name.split(".")[0] == "django" and not (almost and name in WORDS_ONLY)
            if ours or django:
                found.append(f"{source.module} is pure but imports {name}")
    return found


def only_the_ledger_makes_movements(sources: list[Source]) -> list[str]:
    making = {"create", "bulk_create", "get_or_create", "update_or_create", "abulk_create", "acreate"}
    found = []
    for source in application(sources):
        if source.module.startswith("pool.ledger"):
            continue
        for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
            names = chain(call.func)
            by_class = names[-1:] == ["Movement"]
            by_manager = names[-1:] and names[-1] in making and {"Movement", "movements"} & set(names)
            if by_class or by_manager:
                found.append(f"{source.path}:{call.lineno} makes a movement")
    return found


def only_the_workflow_moves_a_case(sources: list[Source]) -> list[str]:
    found = []
    for source in application(sources):
        if source.module == "businesscases.workflow":
            continue
        for node in ast.walk(source.tree):
            if assigns_state(node) or updates_state(node):
                found.append(f"{source.path}:{node.lineno} assigns a case's state")
    return found


def assigns_state(node: ast.AST) -> bool:
    """`case.state = …`, also among several targets, and `setattr(case, "state", …)`."""
    if isinstance(node, ast.Call) and chain(node.func) == ["setattr"] and len(node.args) > 1:
        name = node.args[1]
        return isinstance(name, ast.Constant) and name.value == "state" and is_case(chain(node.args[0]))
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = [part for target in node.targets for part in getattr(target, "elts", [target])]
    elif isinstance(node, ast.AugAssign | ast.AnnAssign) and not isinstance(node.target, ast.Name):
        targets = [node.target]
    return any(
        isinstance(target, ast.Attribute) and target.attr == "state" and is_case(chain(target.value))
        for target in targets
    )


def updates_state(node: ast.AST) -> bool:
    """`BusinessCase.objects….update(state=…)` and `bulk_update(cases, ["state"])`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    # Whose rows they are is said by the last name before the methods of a queryset.
    whose = [name for name in chain(node.func)[:-1] if name not in QUERYSET_METHODS][-1:]
    if not (whose == ["BusinessCase"] or (is_case(whose) and whose[0].endswith("s"))):
        return False
    if node.func.attr == "update":
        return any(keyword.arg == "state" for keyword in node.keywords)
    values = [value for argument in node.args for value in ast.walk(argument)]
    states = any(isinstance(value, ast.Constant) and value.value == "state" for value in values)
    return node.func.attr == "bulk_update" and states


def is_case(names: list[str]) -> bool:
    """Whether the last of the names says it is a case, or cases."""
    return bool(names) and re.search(r"(^|_)(business)?cases?$", names[-1].lower()) is not None


def only_the_clock_tells_the_time(sources: list[Source]) -> list[str]:
    """Whatever else asks what time it is would not follow a story that is told with its own dates."""
    found = []
    for source in application(sources):
        if source.module == "innovation_pool.clock":
            continue
        for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
            names = chain(call.func)
            whose, name = (["", *names])[-2:] if names else ("", "")
            asks = (whose, name) in {("timezone", "now"), ("datetime", "now"), ("date", "today")}
            # With a moment given they only convert it.
            if asks or (name in {"localdate", "localtime"} and not call.args):
                found.append(f"{source.path}:{call.lineno} asks the time past the clock")
    return found


def no_long_file(sources: list[Source]) -> list[str]:
    counted = [(source, source.text.count("\n")) for source in sources]
    return [f"{source.path} has {lines} lines" for source, lines in counted if lines > MOST_LINES]


def no_long_view(sources: list[Source]) -> list[str]:
    found = []
    for source in application(sources):
        for function in functions_of(source):
            first = function.args.args[0].arg if function.args.args else ""
            lines = function.end_lineno - function.lineno + 1
            if first == "request" and lines > MOST_LINES_OF_A_VIEW:
                found.append(f"{source.path}: the view {function.name} has {lines} lines")
    return found


def nothing_inline_in_templates(sources: list[Source]) -> list[str]:
    patterns = {
        r"<[a-z][^>]*\sstyle\s*=": "style=",
        r"<style[\s>]": "<style>",
        r"<script(?![^>]*\bsrc=)[^>]*>": "an inline script",
        r"<[a-z][^>]*\son[a-z]+\s*=": "an inline handler",
        r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data):": "a javascript: or data: address",
    }
    return [
        f"{source.path} has {what}"
        for source in sources
        if source.path.endswith(".html")
        for pattern, what in patterns.items()
        if re.search(pattern, without_tags(source.text), re.IGNORECASE)
    ]


def our_own_words_for_errors(sources: list[Source]) -> list[str]:
    """A form that is posted is checked by us: the browser's bubbles speak its language, one at a time."""
    return [
        f"{source.path} has a form without novalidate"
        for source in sources
        if source.path.endswith(".html")
        for form in re.findall(r"<form\b[^>]*>", without_tags(source.text))
        if re.search(r"method=\"(?!get)", form) and "novalidate" not in form
    ]


def without_tags(text: str) -> str:
    """The template without its {% … %} and {{ … }}, whose comparisons hold signs of HTML."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.DOTALL)


def named_after_what_they_hold(sources: list[Source]) -> list[str]:
    return [
        f"{source.path} is named after nothing in particular"
        for source in sources
        if NO_NAME_AT_ALL & set(re.split(r"[/._]", source.path.removesuffix(".py")))
        and source.path.endswith(".py")
    ]


def no_third_application_at_the_top(sources: list[Source]) -> list[str]:
    packages = {source.path.split("/")[0] for source in sources if source.path.endswith("/__init__.py")}
    return [f"{name} stands at the top" for name in sorted(packages - TOP_LEVEL_PACKAGES)]


def functions_of(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
