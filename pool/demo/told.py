"""How a case of the demo is told, and how it is written: as its owner would, section by section."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from businesscases import submission
from businesscases.documents import add_document
from businesscases.models import BusinessCase, Kind, Payer, Round, Subject
from businesscases.saving import TypedSection, save_sections
from businesscases.sections import AMOUNTS, CASE_FIELDS
from pool.demo.foundations import Foundations

Thousands = int | float | None


@dataclass(frozen=True)
class ToldLine:
    """A line of the economy; amounts in 1.000 kr., blank where they stop."""

    kind: Kind
    text: str
    thousands: tuple[Thousands, ...]
    payer: str = ""
    owner: str = ""
    centre: str = ""
    basis: str = ""
    permanent: bool = True


@dataclass(frozen=True)
class ToldCase:
    """A case before it is written. `starts` counts years from the first year of its pool.

    `texts` are columns of the case. Milestones are (text, years from the start year, month, day);
    risks are (text, likelihood, consequence, answer). Battles and goals count from 1.
    """

    title: str
    area: str
    owner: str
    lines: tuple[ToldLine, ...]
    texts: dict[str, str]
    risks: tuple[tuple[str, int, int, str], ...] = ()
    milestones: tuple[tuple[str, int, int, int], ...] = ()
    starts: int = 0
    battles: tuple[int, ...] = (2,)
    goals: tuple[int, ...] = (1,)
    collaborators: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = field(default=())


def from_pool(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.INVESTMENT, text, thousands, Payer.POOL, basis=basis, permanent=False)


def operation_from_pool(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.IMPLEMENTATION, text, thousands, Payer.POOL, basis=basis, permanent=False)


def own_investment(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.INVESTMENT, text, thousands, Payer.OWN, basis=basis, permanent=False)


def one_off(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.IMPLEMENTATION, text, thousands, Payer.OWN, basis=basis, permanent=False)


def running(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.DERIVED_OPERATION, text, thousands, Payer.OWN, basis=basis)


def external(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.EXTERNAL_FUNDING, text, thousands, basis=basis, permanent=False)


def gain(text: str, owner: str, centre: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.CASHABLE_GAIN, text, thousands, owner=owner, centre=centre, basis=basis)


def freed(text: str, *thousands: Thousands, basis: str = "") -> ToldLine:
    return ToldLine(Kind.FREED_TIME, text, thousands, basis=basis)


def write(told: ToldCase, ground: Foundations, *, first_year: int, round: Round) -> BusinessCase:
    """The draft, with everything that is told about it."""
    owner = ground.people[told.owner]
    case = submission.create_case(
        owner,
        operation=uuid4(),
        title=told.title,
        department=ground.departments[told.area],
        round=round,
        start_year=first_year + told.starts,
    )
    for username in told.collaborators:
        submission.add_collaborator(case, ground.people[username], by=owner, operation=uuid4())
    save(case, _sections(case, told, ground))
    for name, content in told.documents:
        add_document(case, SimpleUploadedFile(name, content.encode("utf-8")), by=owner, confidential=False)
    return case


def save(case: BusinessCase, values: dict[Subject, dict]) -> None:
    """What the owner typed, saved as the editor saves it; raises RuntimeError when it clashed."""
    case.refresh_from_db()
    typed = [
        TypedSection(section, fields, revision=case.section_revisions.get(section, 0))
        for section, fields in values.items()
    ]
    saved = save_sections(case, typed, by=case.owner, operation=uuid4())
    if saved.conflicts:
        raise RuntimeError(f"{case}: {saved.conflicts}")
    case.refresh_from_db()


def _sections(case: BusinessCase, told: ToldCase, ground: Foundations) -> dict[Subject, dict]:
    goals = [ground.battles[number - 1].pk for number in told.battles]
    goals += [ground.goals[number - 1].pk for number in told.goals]
    found: dict[Subject, dict] = {
        section: {name: told.texts[name] for name in names if name in told.texts}
        for section, names in CASE_FIELDS.items()
        if section != Subject.ABOUT
    }
    found[Subject.GOALS]["goals"] = sorted(goals)
    found[Subject.ECONOMY] = _rows(_line(line, ground) for line in told.lines)
    found[Subject.RISKS] = _rows(
        {"text": text, "likelihood": likelihood, "consequence": consequence, "answer": answer}
        for text, likelihood, consequence, answer in told.risks
    )
    found[Subject.MILESTONES] = _rows(
        {"text": text, "due_on": datetime.date(case.start_year + years, month, day).isoformat()}
        for text, years, month, day in told.milestones
    )
    return {section: values for section, values in found.items() if values}


def _line(line: ToldLine, ground: Foundations) -> dict:
    kroner = [None if amount is None else round(amount * 1000) for amount in line.thousands]
    kroner += [None] * (len(AMOUNTS) - len(kroner))
    return {
        "kind": str(line.kind),
        "text": line.text,
        "payer": str(line.payer),
        "permanent": line.permanent,
        "user_financed": False,
        "benefit_owner": ground.people[line.owner].pk if line.owner else None,
        "profit_centre": line.centre,
        "basis": line.basis,
        **dict(zip(AMOUNTS, kroner, strict=True)),
    }


def _rows(rows: Iterable[dict]) -> dict:
    """The rows as the editor's form names their cells: each row under a key of its own."""
    cells: dict = {}
    for row in rows:
        key = uuid4().hex
        cells |= {f"{key}.{column}": value for column, value in row.items()}
    return cells
