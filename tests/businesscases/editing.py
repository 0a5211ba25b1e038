"""A writer at the editor, through the test client: reads the page's form as a browser would, and posts it."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

CELLS = tuple(f"year_{number}" for number in range(1, 7))


class FormFields(dict):
    """Names and lists of values of a form. `form["title"] = "x"` replaces what stood there."""

    def __setitem__(self, name, value):
        super().__setitem__(name, value if isinstance(value, list) else [value])

    def first(self, name) -> str:
        return self[name][0]


def writer_at(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(case, part: str = "edit") -> str:
    return reverse(f"businesscases:case-{part}", args=[case.reference])


def open_editor(client, case) -> FormFields:
    """The form of the editor as a browser would post it."""
    answer = client.get(address(case))
    assert answer.status_code == 200, answer.content
    return fields_of(answer.content.decode())


def fields_of(html: str) -> FormFields:
    """Every field of the editor's form with what it shows."""
    form = re.search(r'<form id="editor".*?</form>', html, re.DOTALL).group()
    found = FormFields()
    pattern = r"<input\b[^>]*>|<textarea\b[^>]*>.*?</textarea>|<select\b[^>]*>.*?</select>"
    for tag in re.findall(pattern, form, re.DOTALL):
        name = re.search(r'\sname="([^"]*)"', tag)
        kind = re.search(r'\btype="([^"]*)"', tag)
        if not name or (kind and kind[1] == "file"):
            continue
        if kind and kind[1] == "checkbox" and " checked" not in tag:
            continue
        found.setdefault(unescape(name[1]), []).append(_shown(tag))
    found.pop("csrfmiddlewaretoken", None)
    return found


def _shown(tag: str) -> str:
    if tag.startswith("<textarea"):
        text = re.search(r"<textarea\b[^>]*>(.*?)</textarea>", tag, re.DOTALL)[1]
        # A browser drops one line break right after the tag.
        return unescape(text[1:] if text.startswith("\n") else text.removeprefix("\r\n"))
    if tag.startswith("<select"):
        chosen = re.search(r'<option value="([^"]*)" selected', tag) or re.search(
            r'<option value="([^"]*)"', tag
        )
        return unescape(chosen[1]) if chosen else ""
    value = re.search(r'\svalue="([^"]*)"', tag)
    if value is None:
        return "on" if 'type="checkbox"' in tag else ""
    return unescape(value[1])


def save(client, case, form, part: str = "edit", **more):
    return client.post(address(case, part), {**form, **more})


def name_of(line, column: str) -> str:
    """The name of a line's field in the form."""
    return f"line-{line.key.hex}-{column}"


class Page:
    """An open editor that saves as its script does: one post, and the answer's digests for the next."""

    def __init__(self, client, case):
        self.client, self.case = client, case
        self.form = open_editor(client, case)

    def type(self, **changes) -> dict[str, str]:
        """Types in fields, and answers what was refused: sentences by the names of the fields."""
        sent = {**self.form, **{name: [value] for name, value in changes.items()}}
        answer = self.client.post(address(self.case, "autosave"), sent)
        assert answer.status_code == 200, answer.content
        said = answer.json()
        assert said["conflicts"] == []
        for section, (revision, base) in said["sync"].items():
            self.form[f"rev-{section}"], self.form[f"base-{section}"] = str(revision), base
        refused = {target.removeprefix("id_"): sentence for target, sentence in said["left_out"]}
        self.form.update({name: [value] for name, value in changes.items() if name not in refused})
        return refused
