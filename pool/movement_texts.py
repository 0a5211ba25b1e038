"""What a movement says of itself: its own part of the act, never the act's whole text cut off.

A decision on several years or cases is one act and many movements; its text stands on the page of the act.
"""

import re

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from innovation_pool.kroner import kr, signed
from pool.decided_words import decided
from pool.models import DecisionKind, MovementKind

# As many characters as a movement keeps.
LONGEST = 250
CUT = " …"


def written_text(decision, text: str, moved: str, amount: int, year: int) -> str:
    """The text a new movement of the kind `moved` is written with: its part of a decision, or what was typed
    for the act."""
    if decision is None:
        return shortened(text)
    # The text is kept for good: its language is the municipality's.
    with translation.override(settings.LANGUAGE_CODE):
        return part_of(decision.kind, moved, amount, year)


def part_of(kind: str, moved: str, amount: int, year: int) -> str:
    """What a decision of the kind did with the amount in the year: "Godkendt: 900.000 kr. i 2020"."""
    words = kr(amount)
    if kind == DecisionKind.CHANGE_OF_GRANT:
        words = signed(kr(-amount if moved == MovementKind.RELEASE else amount))
    return f"{decided(kind)}: " + _("%(amount)s in %(year)s") % {"amount": words, "year": year}


def shortened(text: str, most: int = LONGEST) -> str:
    """The text in one line, with a mark after the last whole word where it is too long."""
    # A space that must not break stays as it is.
    line = " ".join(re.split(r"[ \t\r\n]+", text.strip()))
    if len(line) <= most:
        return line
    kept = line[: most - len(CUT) + 1]
    # One word that is too long by itself is cut all the same.
    whole_words = kept.rpartition(" ")[0] or kept[:-1]
    return whole_words + CUT


def shown_text(row) -> str:
    """The text of a movement as it is read; `row` has its operation, and that its decision.

    Movements are never rewritten: of one that was written with the beginning of its act's text, the part
    that is its own is picked out. "" where the basis beside it says the same.
    """
    operation = row.operation
    if not row.text or not operation.text.startswith(row.text):
        return row.text
    if operation.decision is None:
        return shortened(operation.text) if operation.authority_body else ""
    opening = f"{row.case.reference}: " if row.case else None
    lines = operation.text.splitlines()[1:] if opening else []
    own = next((line for line in lines if line.startswith(opening)), "")
    return own or part_of(operation.decision.kind, row.kind, row.amount, row.year)
