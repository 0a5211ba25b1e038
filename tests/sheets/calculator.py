"""A small spreadsheet calculator, written apart from the sheets: it knows the functions they use and no more.

It reads the formulas of a saved workbook and works each cell out from the typed ones, in exact
fractions. An unknown function or sign raises, so that nothing is passed over.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|
    (?P<place>(?:'[^']+'|[A-Za-zÆØÅæøå_]+)?!?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])|
    (?P<name>[A-Za-zÆØÅæøå_][\wÆØÅæøå.]*)|
    (?P<sign><=|>=|<>|[-+*/^&=<>(),%])
    )""",
    re.VERBOSE,
)


class Calculator:
    """The cells of a workbook, worked out on demand."""

    def __init__(self, file):
        self.book = load_workbook(file)
        self.names = {name: defined.attr_text for name, defined in self.book.defined_names.items()}
        self.known = {}

    def formulas(self):
        """(sheet, cell) of every formula."""
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.coordinate

    def value(self, sheet, at):
        key = (sheet, at)
        if key not in self.known:
            cell = self.book[sheet][at]
            formula = cell.data_type == "f"
            self.known[key] = Reading(self, sheet, cell.value[1:]).result() if formula else typed(cell.value)
        return self.known[key]

    def area(self, reference, sheet):
        """The values of a reference as rows."""
        if "!" in reference:
            sheet, reference = reference.rsplit("!", 1)
            sheet = sheet.strip("'")
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        cells = self.book[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [[self.value(sheet, cell.coordinate) for cell in row] for row in cells]


def typed(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value
    return Fraction(Decimal(str(value)))


class Area(list):
    """The values of several cells, row by row."""

    @property
    def flat(self):
        return [value for row in self for value in row]


class Reading:
    """One formula, read by descent."""

    def __init__(self, calculator, sheet, formula):
        self.calculator, self.sheet, self.at = calculator, sheet, 0
        self.tokens = []
        place = 0
        while place < len(formula):
            match = TOKEN.match(formula, place)
            if not match or match.end() == place:
                raise ValueError(f"cannot read {formula[place:]!r}")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            place = match.end()

    def result(self):
        value = single(self.comparison())
        if self.at != len(self.tokens):
            raise ValueError(f"left over: {self.tokens[self.at :]}")
        return value

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def comparison(self):
        left = self.joined()
        while self.peek() in ("=", "<>", "<", ">", "<=", ">="):
            sign = self.take()[1]
            left = compare(sign, single(left), single(self.joined()))
        return left

    def joined(self):
        left = self.sum()
        while self.peek() == "&":
            self.take()
            left = as_text(single(left)) + as_text(single(self.sum()))
        return left

    def sum(self):
        left = self.product()
        while self.peek() in ("+", "-"):
            sign = self.take()[1]
            right = self.product()
            left = number(left) + (number(right) if sign == "+" else -number(right))
        return left

    def product(self):
        left = self.power()
        while self.peek() in ("*", "/"):
            sign = self.take()[1]
            right = self.power()
            left = number(left) * number(right) if sign == "*" else number(left) / number(right)
        return left

    def power(self):
        left = self.signed()
        while self.peek() == "^":
            self.take()
            left = number(left) ** int(number(self.signed()))
        return left

    def signed(self):
        if self.peek() == "-":
            self.take()
            return -number(self.signed())
        if self.peek() == "+":
            self.take()
            return self.signed()
        return self.atom()

    def atom(self):
        kind, text = self.take()
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "number":
            return Fraction(text)
        if kind == "place":
            return Area(self.calculator.area(text, self.sheet))
        if kind == "name" and self.peek() == "(":
            return self.call(text)
        if kind == "name":
            return Area(self.calculator.area(self.calculator.names[text], self.sheet))
        if text == "(":
            value = self.comparison()
            self.close()
            return value
        raise ValueError(f"unexpected {text!r}")

    def call(self, name):
        self.take()
        if name == "IF":
            return self.chosen()
        arguments = []
        while self.peek() != ")":
            arguments.append(self.comparison())
            if self.peek() == ",":
                self.take()
        self.close()
        return FUNCTIONS[name](*arguments)

    def chosen(self):
        """IF: only the branch that is taken is worked out, for the other may divide by nothing."""
        test, answer, branch = bool(single(self.comparison())), False, 0
        while self.peek() == ",":
            self.take()
            branch += 1
            if (branch == 1) == test:
                answer = single(self.comparison())
            else:
                self.skip()
        self.close()
        return answer

    def skip(self):
        depth = 0
        while depth or self.peek() not in (",", ")"):
            depth += {"(": 1, ")": -1}.get(self.take()[1], 0)

    def close(self):
        if self.take()[1] != ")":
            raise ValueError("a bracket is not closed")


def single(value):
    if isinstance(value, Area):
        (only,) = value.flat
        return only
    return value


def number(value):
    value = single(value)
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, str):
        raise ValueError(f"text in a sum: {value!r}")
    return Fraction(value)


def as_text(value):
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    return str(value)


def compare(sign, left, right):
    if left is None:
        left = "" if isinstance(right, str) else Fraction(0)
    if right is None:
        right = "" if isinstance(left, str) else Fraction(0)
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.lower(), right.lower()
    elif isinstance(left, str) != isinstance(right, str):
        return sign == "<>"
    return {
        "=": left == right, "<>": left != right, "<": left < right, ">": left > right,
        "<=": left <= right, ">=": left >= right,
    }[sign]  # fmt: skip


def numbers(*arguments):
    found = []
    for argument in arguments:
        values = argument.flat if isinstance(argument, Area) else [argument]
        found += [
            value for value in values if isinstance(value, Fraction | int) and not isinstance(value, bool)
        ]
    return found


def criterion(wanted):
    """A test of a cell, as SUMIFS and COUNTIF read their criteria."""
    wanted = single(wanted)
    if not isinstance(wanted, str):
        return lambda value: isinstance(value, Fraction) and value == (wanted or 0)
    sign, operand = re.fullmatch(r"(<=|>=|<>|=|<|>)?(.*)", wanted, re.DOTALL).groups()
    if re.fullmatch(r"-?\d+(\.\d+)?", operand):
        limit = Fraction(operand)

        def equals(value):
            if isinstance(value, str):
                # A text of figures is found by the same figures.
                return sign in (None, "=") and value == operand
            return isinstance(value, Fraction) and compare(sign or "=", value, limit)

        return equals
    pattern = re.compile(wildcard(operand), re.IGNORECASE | re.DOTALL)

    def matches(value):
        found = isinstance(value, str) and pattern.fullmatch(value) is not None
        return not found if sign == "<>" else found

    if sign not in (None, "=", "<>"):
        raise ValueError(f"a comparison of text: {wanted!r}")
    return matches


def wildcard(text):
    parts, escaped = [], False
    for mark in text:
        if escaped:
            parts.append(re.escape(mark))
            escaped = False
        elif mark == "~":
            escaped = True
        else:
            parts.append({"*": ".*", "?": "."}.get(mark, re.escape(mark)))
    return "".join(parts)


def sumifs(amounts, *pairs):
    tests = [(pairs[n].flat, criterion(pairs[n + 1])) for n in range(0, len(pairs), 2)]
    chosen = (
        amount
        for place, amount in enumerate(amounts.flat)
        if all(test(values[place]) for values, test in tests) and isinstance(amount, Fraction)
    )
    return sum(chosen, Fraction(0))


def rounded(value, places):
    factor = Fraction(10) ** int(number(places))
    value = number(value) * factor
    whole = (abs(value) + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole) / factor


def sumproduct(*areas):
    columns = [area.flat if isinstance(area, Area) else [area] for area in areas]
    total = Fraction(0)
    for row in zip(*columns, strict=True):
        product = Fraction(1)
        for value in row:
            product *= value if isinstance(value, Fraction) else Fraction(0)
        total += product
    return total


def present_value(rate, *flows):
    """NPV as spreadsheets have it: the first flow is discounted one year."""
    rate = number(rate)
    return sum((flow / (1 + rate) ** (year + 1) for year, flow in enumerate(numbers(*flows))), Fraction(0))


def internal_rate(flows):
    """IRR by halving; exact to twelve places."""
    flows = numbers(flows)
    low, high = Fraction(-999, 1000), Fraction(10_000)

    def worth(rate):
        return sum(float(flow) / (1 + rate) ** year for year, flow in enumerate(flows))

    low, high = float(low), float(high)
    rising = worth(low) < worth(high)
    for _step in range(200):
        middle = (low + high) / 2
        if (worth(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return Fraction(middle)


FUNCTIONS = {
    "NPV": present_value,
    "IRR": internal_rate,
    "SIGN": lambda value: Fraction((number(value) > 0) - (number(value) < 0)),
    "ISNUMBER": lambda value: isinstance(single(value), Fraction),
    "ROUNDUP": lambda value, places: Fraction(-((-number(value)).__floor__())),
    "SUM": lambda *arguments: sum(numbers(*arguments), Fraction(0)),
    "SUMIFS": sumifs,
    "COUNT": lambda *arguments: Fraction(len(numbers(*arguments))),
    "COUNTA": lambda area: Fraction(sum(1 for value in area.flat if value is not None)),
    "COUNTIF": lambda area, wanted: Fraction(sum(1 for value in area.flat if criterion(wanted)(value))),
    "MAX": lambda *arguments: max(numbers(*arguments), default=Fraction(0)),
    "MIN": lambda *arguments: min(numbers(*arguments), default=Fraction(0)),
    "ABS": lambda value: abs(number(value)),
    "ROUND": rounded,
    "AND": lambda *tests: all(bool(single(test)) for test in tests),
    "OR": lambda *tests: any(bool(single(test)) for test in tests),
    "SUMPRODUCT": sumproduct,
    "LEFT": lambda text, count=Fraction(1): as_text(single(text))[: int(number(count))],
    "SUBSTITUTE": lambda text, old, new: as_text(single(text)).replace(single(old), single(new)),
}
