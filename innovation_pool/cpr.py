"""Whether a text holds a CPR number: no citizen belongs in a businesscase.

Ten digits whose first six are a day that exists, DDMMYY. The check digit is not asked: numbers given
out since 2007 need not satisfy it (CPR-kontoret: personnumre uden kontrolciffer, modulus 11).
"""

import calendar
import re

# \d and not [0-9]: a number in full-width digits is a number all the same. Any hyphen or dash, any
# space but tab and newline: those stand between two numbers in two cells.
_SPACE = r"[^\S\t\r\n]?"
_TEN_DIGITS = re.compile(
    rf"(?<!\d)(\d{{2}})(\d{{2}})(\d{{2}}){_SPACE}[-\u2010-\u2015\u2212]?{_SPACE}(\d)\d{{3}}(?!\d)"
)


def find_cpr(text: str) -> str | None:
    """The first CPR number as it stands in the text, or None."""
    # By hand and not finditer, which would step over a number that begins inside a match that was no date.
    position = 0
    while match := _TEN_DIGITS.search(text, position):
        day, month, year, seventh = (int(group) for group in match.groups())
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_full_year(year, seventh), month)[1]:
            return match.group()
        position = match.start() + 1
    return None


def _full_year(year: int, seventh: int) -> int:
    """The year of birth by the seventh digit (CPR-kontoret: Personnummeret i CPR, the table of centuries)."""
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year
