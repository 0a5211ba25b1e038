"""What is measured on: a case with so many lines, and a form as a browser would send it."""

from html.parser import HTMLParser
from uuid import uuid4

from businesscases.models import BusinessCase, EconomyLine, Kind, Payer, State
from businesscases.submission import create_case
from innovation_pool.accounts.models import User

KINDS = (Kind.INVESTMENT, Kind.DERIVED_OPERATION, Kind.CASHABLE_GAIN, Kind.IMPLEMENTATION)


def newest_approved() -> BusinessCase:
    return BusinessCase.objects.filter(state=State.APPROVED).order_by("-pk").first()


def case_with_lines(number: int) -> BusinessCase:
    """A draft of `medarbejder` with so many lines; made the first time it is asked for."""
    title = f"Måling med {number} linjer"
    found = BusinessCase.objects.filter(title=title).exclude(lines=None).first()
    if found is not None:
        return found
    owner = User.objects.get(username="medarbejder")
    newest = BusinessCase.objects.filter(owner=owner).exclude(round=None).order_by("-pk").first()
    case = create_case(
        owner, operation=uuid4(), title=title, department=newest.department,
        committee=newest.committee, round=newest.round, start_year=newest.start_year,
    )  # fmt: skip
    EconomyLine.objects.bulk_create(
        EconomyLine(
            case=case, key=uuid4(), order=order, kind=kind, text=f"Linje {order}",
            payer=Payer.POOL if kind != Kind.CASHABLE_GAIN else "", permanent=False,
            basis="Regnet ud fra sidste års forbrug.", profit_centre=f"{kind} {order}",
            **{f"year_{year}": 1000 * order + year for year in range(1, 7)},
        )
        for order in range(1, number + 1)
        for kind in [KINDS[order % len(KINDS)]]
    )  # fmt: skip
    return case


class Fields(HTMLParser):
    """The fields of a form on a page, as a browser sends them."""

    def __init__(self, form: str):
        super().__init__()
        self.form, self.inside = form, False
        self.values: dict[str, list[str]] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form
        name = given.get("name")
        if not self.inside:
            return
        if tag == "input" and name and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._add(name, given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select, self.first = name, True
        elif tag == "option" and self.select and ("selected" in given or self.first):
            self.values[self.select] = [given.get("value", "")]
            self.first = False
        elif tag == "textarea":
            self.textarea = name
            self.values.setdefault(name, [""])

    def handle_data(self, text):
        if self.textarea:
            self.values[self.textarea][-1] += text.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "form":
            self.inside = False

    def _add(self, name, value):
        self.values.setdefault(name, []).append(value)


def form_of(visitor, case) -> tuple[str, dict]:
    """The address and values of a save, as the editor shows them now, with one amount changed."""
    address = f"/businesscases/{case.reference}/edit/"
    fields = Fields("editor")
    fields.feed(visitor.get(address).decode())
    cell = next(name for name in fields.values if name.endswith("-year_1"))
    other = "5.000" if fields.values[cell] == ["5.001"] else "5.001"
    return address, fields.values | {cell: [other]}
