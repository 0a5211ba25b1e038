"""What a case says: one frozen value that pages, sheets and prints are made from.

Built from the rows while the case is being written, or from a frozen version; nobody downstream
needs to know which. Amounts are whole kroner, typed positive; a blank cell is None.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from businesscases import economy
from businesscases.case_parts import CaseParts
from businesscases.models import BusinessCase, CaseVersion, CaseWriter, Subject

# The texts of a case, in the order of the municipality's own form, then what a pool needs besides.
FORM_TEXTS = (
    "description",
    "focus_areas",
    "development_goals",
    "other_areas",
    "service",
    "staff_consequences",
    "hearing_parties",
    "rate_change",
)
TEXTS = (*FORM_TEXTS, "alternatives", "trial", "measurement")


@dataclass(frozen=True)
class Named:
    """Something with a name, as it was called then: a person, a department, a round."""

    id: int
    name: str

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class ServedGoal:
    id: int
    kind: str
    name: str


@dataclass(frozen=True)
class ContentLine:
    """A line of the economy with what the writers say about it."""

    key: str
    kind: str
    text: str
    payer: str
    permanent: bool
    user_financed: bool
    benefit_owner: Named | None
    profit_centre: str
    basis: str
    amounts: tuple[int | None, ...]

    @cached_property
    def economy(self) -> economy.Line:
        return economy.Line(
            key=self.key,
            kind=economy.Kind(self.kind),
            text=self.text,
            amounts=self.amounts,
            payer=economy.Payer(self.payer) if self.payer else None,
            permanent=self.permanent,
            user_financed=self.user_financed,
        )


@dataclass(frozen=True)
class ContentRisk:
    id: int
    text: str
    likelihood: int
    consequence: int
    answer: str


@dataclass(frozen=True)
class ContentMilestone:
    id: int
    text: str
    due_on: date


@dataclass(frozen=True)
class ContentDocument:
    id: int
    name: str
    size: int
    sha256: str
    confidential: bool


@dataclass(frozen=True)
class ContentRelation:
    kind: str
    reference: str
    title: str


@dataclass(frozen=True)
class CaseContent:
    """A case from its title to its documents. `version` is None while it is being written."""

    reference: str
    version: int | None
    title: str
    department: Named
    committee: Named | None
    owner: Named
    collaborators: tuple[Named, ...]
    round: Named | None
    start_year: int
    price_level: int
    discount_rate: Decimal
    texts: dict[str, str]
    goals: tuple[ServedGoal, ...]
    lines: tuple[ContentLine, ...]
    risks: tuple[ContentRisk, ...]
    milestones: tuple[ContentMilestone, ...]
    documents: tuple[ContentDocument, ...]
    relations: tuple[ContentRelation, ...]

    @property
    def years(self) -> range:
        """The six calendar years."""
        return range(self.start_year, self.start_year + economy.YEARS)

    @cached_property
    def economy_lines(self) -> tuple[economy.Line, ...]:
        return tuple(line.economy for line in self.lines)

    @cached_property
    def key_figures(self) -> economy.KeyFigures:
        """At the rate that was in force when it was frozen; of a draft, today's."""
        return economy.key_figures(self.economy_lines, self.discount_rate, self.start_year)

    def without_confidential(self) -> "CaseContent":
        """The same for somebody who may not know of confidential documents."""
        return replace(
            self, documents=tuple(document for document in self.documents if not document.confidential)
        )

    def with_relations_to(self, references: Collection[str]) -> "CaseContent":
        """The same with those related cases only."""
        kept = tuple(relation for relation in self.relations if relation.reference in references)
        return replace(self, relations=kept)


def live_content(case: BusinessCase, parts: CaseParts | None = None) -> CaseContent:
    """The case as its rows stand now; `parts` where they have been read already."""
    parts = parts or CaseParts(case)
    collaborators = [writer for writer in parts.writers if writer.part == CaseWriter.Part.COLLABORATOR]
    return CaseContent(
        reference=case.reference,
        version=None,
        title=case.title,
        department=_named(case.department),
        committee=_named(case.committee),
        owner=_named(case.owner),
        collaborators=tuple(_named(writer.person) for writer in collaborators),
        round=_named(case.round),
        start_year=case.start_year,
        price_level=case.price_level,
        discount_rate=parts.discount_rate,
        texts={name: getattr(case, name) for name in TEXTS},
        goals=tuple(ServedGoal(goal.pk, goal.kind, goal.name) for goal in parts.goals),
        lines=tuple(_line(line) for line in parts.rows(Subject.ECONOMY)),
        risks=tuple(
            ContentRisk(risk.pk, risk.text, risk.likelihood, risk.consequence, risk.answer)
            for risk in parts.rows(Subject.RISKS)
        ),
        milestones=tuple(
            ContentMilestone(milestone.pk, milestone.text, milestone.due_on)
            for milestone in parts.rows(Subject.MILESTONES)
        ),
        documents=tuple(
            ContentDocument(part.pk, part.name, part.size, part.sha256, part.confidential)
            for part in parts.documents
        ),
        relations=tuple(
            ContentRelation(relation.kind, relation.other.reference, relation.other.listed_title)
            for relation in parts.relations
        ),
    )


def content_of(version: CaseVersion) -> CaseContent:
    """The case as it was frozen."""
    return from_plain(version.content)


def to_plain(content: CaseContent) -> dict:
    """The content as what JSON holds: dates as ISO text, the rate as text, tuples as lists."""
    plain = asdict(content)
    plain["discount_rate"] = str(content.discount_rate)
    for milestone in plain["milestones"]:
        milestone["due_on"] = milestone["due_on"].isoformat()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def from_plain(plain: dict) -> CaseContent:
    """What `to_plain` was made from."""
    known = {field.name for field in fields(CaseContent)}
    values = {name: value for name, value in plain.items() if name in known}
    for name in ("department", "committee", "owner", "round"):
        values[name] = _named_from(plain[name])
    return CaseContent(
        **values
        | {
            "discount_rate": Decimal(plain["discount_rate"]),
            "collaborators": tuple(_named_from(person) for person in plain["collaborators"]),
            "goals": tuple(ServedGoal(**goal) for goal in plain["goals"]),
            "lines": tuple(_line_from(line) for line in plain["lines"]),
            "risks": tuple(ContentRisk(**risk) for risk in plain["risks"]),
            "milestones": tuple(
                ContentMilestone(**{**part, "due_on": date.fromisoformat(part["due_on"])})
                for part in plain["milestones"]
            ),
            "documents": tuple(ContentDocument(**document) for document in plain["documents"]),
            "relations": tuple(ContentRelation(**relation) for relation in plain["relations"]),
        }
    )


def _named(row) -> Named | None:
    return None if row is None else Named(row.pk, str(row))


def _named_from(plain: dict | None) -> Named | None:
    return None if plain is None else Named(**plain)


def _line(line) -> ContentLine:
    return ContentLine(
        key=str(line.key),
        kind=line.kind,
        text=line.text,
        payer=line.payer,
        permanent=line.permanent,
        user_financed=line.user_financed,
        benefit_owner=_named(line.benefit_owner),
        profit_centre=line.profit_centre,
        basis=line.basis,
        amounts=line.amounts,
    )


def _line_from(plain: dict) -> ContentLine:
    owner, amounts = _named_from(plain["benefit_owner"]), tuple(plain["amounts"])
    return ContentLine(**{**plain, "benefit_owner": owner, "amounts": amounts})
