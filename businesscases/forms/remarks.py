"""Remarks on the sections of a case, written in the editor's own form, so that one post stores both.

Whatever was typed is sent by every save; a text that is refused stays in its field.
"""

from functools import cached_property
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from businesscases import discussion
from businesscases.forms.discussion import CommentForm
from businesscases.models import BusinessCase, Subject
from innovation_pool.audit.acts import Answer, OtherContent, perform_once
from innovation_pool.refusals import Refusal

OPERATION = "remark-operation"


def remark_name(section: str) -> str:
    """The name of the field in which a remark on the section is written."""
    return f"remark-{Subject(section).value}"


class SectionRemarks:
    """What the page shows at one section: open remarks, and the field to write one in."""

    def __init__(self, remarks: "Remarks", section: Subject):
        self._remarks, self.section = remarks, section

    @property
    def threads(self) -> list[discussion.Thread]:
        return self._remarks.open_threads.get(self.section.value, [])

    @property
    def text(self) -> str:
        return self._remarks.typed.get(self.section.value, "")

    @property
    def error(self) -> str:
        return self._remarks.errors.get(self.section.value, "")


class Remarks:
    """The remarks of one page: those that are open, and those that came with a post."""

    field = CommentForm.base_fields["text"]

    def __init__(self, case: BusinessCase, user, data=None):
        self.case, self.user = case, user
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.operation = uuid4()
        if data is None:
            return
        texts = {section: data.get(remark_name(section), "") for section in Subject.values}
        self.typed = {section: text for section, text in texts.items() if text.strip()}
        try:
            self.operation = UUID(data.get(OPERATION, ""))
        except ValueError:
            # The page had lost its number; it is given a new one.
            self.operation = uuid4()

    def at(self, section: Subject) -> SectionRemarks:
        return SectionRemarks(self, section)

    @cached_property
    def open_threads(self) -> dict[str, list[discussion.Thread]]:
        """By section; read once, when the first section is drawn."""
        found: dict[str, list[discussion.Thread]] = {}
        for thread in discussion.discussion_of(self.case, open_only=True).threads:
            found.setdefault(thread.comment.section, []).append(thread)
        return found

    def send(self, resolved: str = "") -> str:
        """Stores what was typed and resolves the remark of that number; once, however often it is posted.

        Returns what to tell. What could not be stored is in `errors`, and its text in `typed` still.
        """
        ready = {section: text for section, text in self.typed.items() if self._is_good(section, text)}
        told = ""
        for section, text in ready.items():
            if self._sent(section, text):
                told = _("Your remark is on the case.")
        if resolved.isdecimal() and len(resolved) < 19 and self._resolve(int(resolved)):
            told = told or _("The remark is resolved.")
        self.operation = uuid4()
        self.__dict__.pop("open_threads", None)
        return told

    def _is_good(self, section: str, text: str) -> bool:
        try:
            self.field.clean(text)
        except ValidationError as error:
            self.errors[section] = " ".join(error.messages)
        return section not in self.errors

    def _sent(self, section: str, text: str) -> bool:
        operation = uuid5(self.operation, section)

        def run() -> Answer:
            discussion.add_comment(
                self.case, by=self.user, text=self.field.clean(text), section=section, operation=operation
            )
            return Answer("")

        typed = {"case": self.case.reference, "section": section, "text": text}
        try:
            perform_once(operation, by=self.user, act="comment", typed=typed, run=run)
        except OtherContent:
            self.errors[section] = _(
                "Another remark was sent from this page before. Send this one once more."
            )
        except Refusal as refusal:
            self.errors[section] = f"{refusal.sentence}"
        else:
            del self.typed[section]
        return section not in self.errors

    def _resolve(self, number: int) -> bool:
        comment = self.case.comments.select_related("case").filter(pk=number).first()
        if comment is not None:
            # A remark that is resolved already stays as it is, so a second post does nothing.
            discussion.resolve(
                comment, by=self.user, resolved=True, operation=uuid5(self.operation, f"{number}")
            )
        return comment is not None

    def section_of(self, number: str) -> str:
        """Which section the remark of that number is about."""
        known = number.isdecimal() and len(number) < 19
        return (
            known and self.case.comments.filter(pk=number).values_list("section", flat=True).first()
        ) or ""
