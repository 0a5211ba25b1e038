"""How an amount is read and how it is shown: the one parser and the one formatter.

Numbers are Danish whatever language the page is in: a dot between groups of three digits, a comma before
decimals. What could be meant in two ways is refused with a sentence and never guessed, because a guess
here is wrong by a factor of a thousand. Amounts are whole kroner (`int`), calculated figures `Decimal`,
never a float.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innovation_pool.typed import TypedError

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

MOST_DIGITS = 12
LARGEST = 10**MOST_DIGITS - 1
# No number that is accepted comes near this length; what is longer is not worth looking into.
LONGEST_TYPED = 60

Number = int | Decimal

# --- Reading --------------------------------------------------------------------------------------


class KronerError(TypedError):
    """A number that was not understood."""


# [0-9] and not \d, which takes the digits of every script; [Kk] and not IGNORECASE, which takes the
# Kelvin sign. A group never begins with a zero: "0.500" is half of something to the person who typed it,
# not five hundred.
_SIGN = rf"(?P<sign>[-+{MINUS}] ?)?"
_WHOLE = r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
_FRACTION = r"(?:,(?P<fraction>[0-9]+))?"
_NUMBER = re.compile(_SIGN + _WHOLE + _FRACTION)
_AMOUNT = re.compile(
    rf"(?P<before>[Kk][Rr]\.? ?)?{_SIGN}{_WHOLE}(?:,-|{_FRACTION})(?(before)|(?: ?[Kk][Rr]\.?)?)"
)

# Nobody writes kroner with three decimals, but "1,000" is how an English thousand looks.
_THREE_DECIMALS = re.compile(r",[0-9]{3}")
# The diagnosis is about the number; the word beside it was right.
_KR = re.compile(r"^[Kk][Rr]\.? ?| ?[Kk][Rr]\.?$")


_DASH = "[\N{HYPHEN}-\N{HORIZONTAL BAR}]"


class _Mistake(NamedTuple):
    """A way of writing that is refused: its shape, what is said, how what was typed becomes the example."""

    pattern: re.Pattern[str]
    sentence: str | Promise
    repair: Callable[[str], str] | None = None


def _letter(wrong: str, right: str) -> Callable[[str], str]:
    return lambda text: re.sub(f"[{wrong}]", right, text)


# In order: the first that fits is said.
_MISTAKES = (
    _Mistake(
        re.compile(r"(?=.*[0-9])[0-9oO.,\- ]*[oO][0-9oO.,\- ]*"),
        _("The letter o stands in place of a 0. Write e.g. {example}."),
        _letter("oO", "0"),
    ),
    _Mistake(
        re.compile(r"(?=.*[0-9])[0-9lI.,\- ]*[lI][0-9lI.,\- ]*"),
        _("A letter stands in place of the figure 1. Write e.g. {example}."),
        _letter("lI", "1"),
    ),
    _Mistake(
        re.compile(r"\(.*\)"),
        _("Write a minus before the number in place of brackets, e.g. {example}."),
        lambda text: "-" + text.strip("() "),
    ),
    _Mistake(
        re.compile(rf"[0-9][0-9., ]*[-{MINUS}]"),
        _("Write the minus before the number, e.g. {example}."),
        lambda text: "-" + text[:-1].strip(),
    ),
    _Mistake(
        re.compile(f".*{_DASH}.*"),
        _("Write the minus as a hyphen before the number, e.g. {example}."),
        lambda text: re.sub(_DASH, "-", text),
    ),
    _Mistake(
        re.compile(rf"[-+{MINUS}]?[0-9.,]+[eE][-+]?[0-9]+"),
        _("Write every figure of the number, e.g. {example}."),
    ),
    _Mistake(
        re.compile(rf"[-+{MINUS}]?[0-9][0-9., ]*(?:mio|mia|mill|tkr|tus|t|k|m)\b.*", re.IGNORECASE),
        _("Write the number with figures alone, without mio. or other words, e.g. {example}."),
    ),
    _Mistake(
        re.compile(r"[0-9][0-9.,]*['’_´`][0-9'’_´`.,]*"),
        _("Write a dot between the thousands, e.g. {example}."),
        lambda text: re.sub("['’_´`]", "", text),
    ),
    _Mistake(re.compile(r".*,.*,.*"), _("There is more than one comma. Write e.g. {example}.")),
    _Mistake(
        re.compile(r"(?:.*[^0-9])?,.*|.*,(?:[^0-9].*)?"),
        _("A comma needs a figure on both sides. Write e.g. {example}."),
    ),
    _Mistake(
        re.compile(rf"[-+{MINUS}]?[0-9., ]*\.[0-9., ]*"),
        _("A dot needs three figures after it, and decimals come after a comma. Write e.g. {example}."),
    ),
    _Mistake(
        re.compile(rf"[-+{MINUS}]?[0-9, ]*[0-9] +[0-9, ]*"),
        _("A space needs three figures after it. Write e.g. {example}."),
    ),
)


def parse_kroner(text: str | None, unit: int = 1) -> int | None:
    """Whole kroner, or None when nothing is typed.

    `unit` is what the number counts: 1 (kr.) or 1000 (1.000 kr.), also when "kr." is typed beside it. A
    fraction is taken only when it makes whole kroner in that unit: "1,5" in 1.000 kr. is 1500, in kr. it
    is refused. Raises `KronerError`.
    """
    typed = _tidy(text)
    if not typed:
        return None
    if unit == 1 and _THREE_DECIMALS.search(typed) and _AMOUNT.fullmatch(typed):
        raise _refused(
            _("A comma stands before decimals, a dot between thousands. Write e.g. {example}."), "1.234"
        )
    number = _read(typed, _AMOUNT) * unit
    if number != number.to_integral_value():
        if unit == 1:
            whole = kroner(int(number))
            raise _refused(_("Write whole kroner without decimals, e.g. {example}."), whole)
        raise KronerError(
            _("This does not make whole kroner. Write at most three decimals, e.g. 1,5 for 1.500 kr.")
        )
    if abs(number) > LARGEST:
        raise _refused(_("The number is too large. Write at most {example}."), kroner(LARGEST // unit))
    return int(number)


def parse_oere(text: str | None) -> int | None:
    """Integer øre from kroner with at most two decimals, as the finance system has them; None when blank."""
    typed = _tidy(text)
    if not typed:
        return None
    number = _read(typed, _AMOUNT) * 100
    if _THREE_DECIMALS.search(typed):
        raise _refused(_("Write kroner with at most two decimals, e.g. {example}."), "1.234,50")
    return int(number)


def parse_percent(text: str | None) -> Decimal | None:
    """The fraction a percentage stands for ("3,5" and "3,5 %" are 0.035), or None when blank."""
    typed = _tidy(text, example="3,5")
    if not typed:
        return None
    return _read(typed.removesuffix("%").rstrip(" "), _NUMBER, example="3,5").scaleb(-2)


def _tidy(text: str | None, example: str = "120.000") -> str:
    """The text with every kind of space as a plain one and none at the ends; refuses what no one can see."""
    if text is None:
        return ""
    if len(text) > LONGEST_TYPED and text.strip():
        raise _refused(_("This is longer than any number here can be. Write e.g. {example}."), example)
    tidy = "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in text).strip(" \t\r\n")
    kinds = {unicodedata.category(mark) for mark in tidy if mark not in "0123456789"}
    if kinds & {"Cc", "Cf", "Cs", "Co", "Cn"}:
        raise _refused(
            _("An invisible character stands in the number. Write it again, e.g. {example}."), example
        )
    if kinds & {"Nd", "Nl", "No"}:
        raise _refused(_("Write the number with the figures 0 to 9, e.g. {example}."), example)
    return tidy


def _read(typed: str, shape: re.Pattern[str], example: str = "120.000") -> Decimal:
    match = shape.fullmatch(typed)
    if match is None:
        raise _explained(typed, shape, example)
    whole = re.sub("[ .]", "", match["whole"])
    fraction = match["fraction"] or ""
    if len(whole) + len(fraction) > MOST_DIGITS:
        raise _refused(_("The number has more than 12 figures. Write e.g. {example}."), example)
    sign = "-" if (match["sign"] or "").strip() in ("-", MINUS) else ""
    return Decimal(f"{sign}{whole}.{fraction}")


def _explained(typed: str, shape: re.Pattern[str], example: str) -> KronerError:
    typed = _KR.sub("", typed)
    for mistake in _MISTAKES:
        if mistake.pattern.fullmatch(typed):
            repaired = mistake.repair(typed) if mistake.repair else ""
            if shape.fullmatch(repaired):
                return _refused(mistake.sentence, _decimal(_read(repaired, shape)))
            if not mistake.repair:
                return _refused(mistake.sentence, example)
    return _refused(_("This is not a number. Write e.g. {example}."), example)


def _refused(sentence: str | Promise, example: str) -> KronerError:
    return KronerError(format_lazy(sentence, example=example))


# --- Showing --------------------------------------------------------------------------------------

# Wide enough for every amount there can be: rounding never meets the precision of the default context.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def kroner(amount: Number | None) -> str:
    """Whole kroner, half up, as "1.234.567"; "" for None."""
    if amount is None:
        return ""
    if not isinstance(amount, int):
        amount = int(_rounded(amount, 0))
    # Not the locale module and not Django's formats: those cost five times as much, and follow the language.
    shown = f"{amount:,}".replace(",", ".")
    return shown if amount >= 0 else MINUS + shown[1:]


def kr(amount: Number | None) -> str:
    """Whole kroner as "1.234.567 kr.", with a space that does not break; "" for None."""
    return "" if amount is None else f"{kroner(amount)}{NBSP}kr."


def thousands(amount: Number | None) -> str:
    """The amount in 1.000 kr. without decimals, half up, without the unit; "" for None."""
    if amount is None:
        return ""
    if isinstance(amount, int):
        # The same half up in integers, in a third of the time: a grid shows hundreds of these.
        rounded = (abs(amount) + 500) // 1000
        return kroner(rounded if amount >= 0 else -rounded)
    return kroner(_rounded(_number(amount).scaleb(-3), 0))


def millions(amount: Number | None) -> str:
    """The amount in mio. kr. with one decimal, two where the second is not 0, no unit; "" for None."""
    if amount is None:
        return ""
    two = _rounded(_number(amount).scaleb(-6), 2)
    shown = _decimal(two, places=2)
    return shown[:-1] if shown.endswith("0") else shown


def mio_kr(amount: Number | None) -> str:
    """What `millions` shows, with its unit: "3,0 mio. kr."; "" for None."""
    return "" if amount is None else f"{millions(amount)}{NBSP}mio.{NBSP}kr."


def oere(amount: int | None) -> str:
    """Integer øre as kroner with two decimals, "1.234,50"; "" for None."""
    return "" if amount is None else _decimal(_number(amount).scaleb(-2), places=2)


def nearest_krone(oere: int) -> int:
    """Integer øre in whole kroner, for showing only; a half goes away from zero."""
    whole = (abs(oere) + 50) // 100
    return whole if oere >= 0 else -whole


def percent(fraction: Number | None) -> str:
    """A fraction in percent with one decimal: 0.035 is "3,5 %"; "" for None."""
    return "" if fraction is None else f"{_decimal(_number(fraction).scaleb(2), places=1)}{NBSP}%"


def years(number: Number | None) -> str:
    """Years with one decimal, "3,4 år", the word in the reader's language; "" for None."""
    if number is None:
        return ""
    return gettext("{number} years").format(number=_decimal(_number(number), places=1)).replace(" ", NBSP)


def one_decimal(number: Number | None) -> str:
    """A ratio or a factor as "1,8"; "" for None."""
    return "" if number is None else _decimal(_number(number), places=1)


def signed(shown: str) -> str:
    """The shown number with a plus when it is above zero: "+950", "−950", "0", "+3,0 mio. kr."."""
    return shown if shown[:1] in ("", MINUS) or not re.search("[1-9]", shown) else f"+{shown}"


def as_typed(amount: int | None, unit: int = 1) -> str:
    """The amount as a person would type it in the unit, to the last krone: 1500 in 1.000 kr. is "1,5"."""
    return "" if amount is None else _decimal(Decimal(amount) / unit)


def percent_as_typed(fraction: Number | None) -> str:
    """The percentage as a person would type it, to the last decimal and without the sign: "3,5"."""
    return "" if fraction is None else _decimal(_number(fraction).scaleb(2))


def _number(number: Number) -> Decimal:
    if isinstance(number, float):
        raise TypeError("An amount is an int or a Decimal, never a float.")
    return Decimal(number)


def _rounded(number: Number, places: int) -> Decimal:
    return _number(number).quantize(Decimal(1).scaleb(-places), context=_EXACT)


def _decimal(number: Decimal, places: int | None = None) -> str:
    """Danish digits with so many decimals, half up; without `places` exactly the decimals there are."""
    exact = f"{_rounded(number, places) if places is not None else number:f}"
    whole, _dot, fraction = exact.lstrip("-").partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    shown = kroner(int(whole)) + (f",{fraction}" if fraction else "")
    return MINUS + shown if exact.startswith("-") and re.search("[1-9]", exact) else shown
