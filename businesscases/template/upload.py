"""An uploaded template before it is saved: what it would change, or which cells cannot be read.

All of it or none: a file with one wrong cell, or one that clashes with what somebody has saved since,
changes nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from businesscases.forms.editor import Editor
from businesscases.models import BusinessCase, Subject
from businesscases.sections import read_section
from businesscases.template.reading import Filled, Place, read_template
from innovation_pool.refusals import Refusal

LONGEST_SHOWN = 300
OFFERED = ("department", "committee", "round")


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read, and why."""

    sheet: str
    cell: str
    typed: str
    sentence: str


@dataclass(frozen=True)
class Change:
    """A field as it is and as it would be."""

    label: str
    before: str
    after: str


class Upload:
    """A file read for a case; nothing is saved by looking at it."""

    def __init__(self, case: BusinessCase, user, content: bytes):
        self.case, self.user = case, user
        plain = Editor(case, user)
        self.filled: Filled = read_template(content, case, _offered(plain))
        for section in Subject:
            revision, base = plain.sync(section)
            self.filled.data[f"rev-{section.value}"] = str(revision)
            self.filled.data[f"base-{section.value}"] = base
        self.editor = Editor(case, user, self.filled.data)

    @cached_property
    def problems(self) -> list[Problem]:
        """Every cell that cannot be read, in the order of the sheets."""
        found = [_problem(place, sentence) for place, sentence in self.filled.problems]
        for form in self.editor.fields.values():
            for name, sentences in form.errors.items():
                place = self.filled.places.get(name)
                if place is not None and name in form.posted:
                    found.append(_problem(place, " ".join(str(sentence) for sentence in sentences)))
        told = {(problem.sheet, problem.cell) for problem in found}
        for row in self.editor.rows[Subject.ECONOMY].rows:
            for column, sentence in row.errors.items():
                place = self.filled.places.get((row.key, column))
                if place is not None and not row.removed and (place.sheet, place.cell) not in told:
                    found.append(_problem(place, sentence))
        return found

    @cached_property
    def changes(self) -> list[Change]:
        """What would change, field by field; empty when the file says what the case says."""
        found = []
        for section, form in self.editor.fields.items():
            current = read_section(self.case, section)
            for name, value in form.typed().items():
                if value != current.get(name):
                    words = (_shown(form.words(name, current.get(name))), _shown(form.words(name, value)))
                    found.append(Change(str(form.base_fields[name].label), *words))
        return found + self._line_changes()

    def _line_changes(self) -> list[Change]:
        form = self.editor.rows[Subject.ECONOMY]
        stored = form.current()
        found = []
        for row in form.rows:
            title = _("The line %(line)s") % {"line": row.shown.get("text", "").strip() or "–"}
            if row.removed:
                found.append(Change(title, _("in the case"), _("is taken out")))
                continue
            if not row.stored:
                found.append(Change(title, _("nothing"), _("new line")))
            for column, value in row.values.items():
                before = stored.get(f"{row.key}.{column}")
                if row.stored and value != before:
                    label = f"{title}, {form.column_name(column)}"
                    found.append(
                        Change(label, _shown(form.words(column, before)), _shown(form.words(column, value)))
                    )
        return found

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The post to send when the changes are wanted."""
        return [(name, value) for name, values in self.filled.data.lists() for value in values]


def save_upload(case: BusinessCase, user, data: QueryDict) -> None:
    """Saves what an upload showed, all of it. Raises Refusal when it cannot any longer."""
    editor = Editor(case, user, data)
    wrong = any(form.errors.keys() & form.posted for form in editor.fields.values() if _read(form))
    wrong = wrong or any(row.errors for form in editor.rows.values() for row in form.rows if not row.removed)
    if wrong:
        raise Refusal(_("The case can no longer be read as the file was. Upload it again."))
    with transaction.atomic():
        saved = editor.save()
        if saved.conflicts:
            raise Refusal(
                _(
                    "Somebody has changed the same field since you saw what would change. "
                    "Upload the file again."
                )
            )


def _read(form) -> bool:
    form.typed()
    return True


def _offered(editor: Editor) -> dict[str, list[tuple[int, str]]]:
    """By field, the choices of the editor as (id, name)."""
    about, goals = editor.fields[Subject.ABOUT], editor.fields[Subject.GOALS]
    found = {name: [pair for pair in about.choices[name] if pair[0] != ""] for name in OFFERED}
    return {**found, "goals": [pair for _group, pairs in goals.choices["goals"] for pair in pairs]}


def _problem(place: Place, sentence: str) -> Problem:
    return Problem(place.sheet, place.cell, place.typed[:LONGEST_SHOWN], sentence)


def _shown(text: str) -> str:
    text = text or _("nothing")
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} […]"
