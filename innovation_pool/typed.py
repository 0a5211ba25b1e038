"""What people type: the error every reading raises, and the texts that can be stored at all."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class TypedError(ValueError):
    """Something typed that was not understood; `sentence` says what is wrong and what to write."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def clean_text(text: str) -> str:
    """The text with every line ending as one newline and nothing else touched.

    Raises `TypedError` for what no database takes: NUL, and half of a character pair (a lone surrogate).
    """
    if "\0" in text:
        raise TypedError(
            _("The text holds an invisible character (NUL) that cannot be stored. Write it again without.")
        )
    if _LONE_SURROGATE.search(text):
        raise TypedError(
            _("The text holds half a character, perhaps of a cut emoji. Delete it and write it again.")
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def showable(text: str) -> str:
    """The text as a page can send it: a lone surrogate, which no encoding takes, becomes U+FFFD."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
