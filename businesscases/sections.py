"""Which fields each section of a case holds, and what stands in them now, as plain values.

Names are flat: a field of the case is its own name, a cell of a row is "key.column". Plain values are
what JSON can say; people, departments and rounds are their ids, cases their references.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from businesscases.case_parts import MODELS, CaseParts
from businesscases.merging import Plain
from businesscases.models import BusinessCase, CaseRelation, Kind, Subject

CASE_FIELDS: dict[Subject, tuple[str, ...]] = {
    Subject.ABOUT: ("title", "department", "committee", "round", "start_year", "price_level"),
    Subject.DESCRIPTION: ("description", "alternatives"),
    Subject.GOALS: ("goals", "focus_areas", "development_goals"),
    Subject.CONSEQUENCES: ("other_areas", "service", "staff_consequences", "hearing_parties", "rate_change"),
    Subject.TRIAL: ("trial", "measurement"),
}
KEYS_OF_OTHER_ROWS = frozenset({"department", "committee", "round", "benefit_owner"})
RELATIONS = {"excludes": CaseRelation.Kind.EXCLUDES, "needs": CaseRelation.Kind.NEEDS}
# Kinds of lines that may go on after the sixth year (varig).
MAY_LAST = frozenset({Kind.DERIVED_OPERATION, Kind.CASHABLE_GAIN, Kind.FREED_TIME})
AMOUNTS = tuple(f"year_{number}" for number in range(1, 7))


@dataclass(frozen=True)
class RowTable:
    """A section that is a list of rows: the model, and the columns a writer fills."""

    model: type
    columns: tuple[str, ...]
    # Whether a person orders the rows; milestones are in the order of their dates.
    ordered: bool = True


ROWS: dict[Subject, RowTable] = {
    Subject.ECONOMY: RowTable(
        MODELS[Subject.ECONOMY],
        (
            "kind",
            "text",
            "payer",
            "permanent",
            "user_financed",
            "benefit_owner",
            "profit_centre",
            "basis",
            *AMOUNTS,
        ),
    ),
    Subject.RISKS: RowTable(MODELS[Subject.RISKS], ("text", "likelihood", "consequence", "answer")),
    Subject.MILESTONES: RowTable(MODELS[Subject.MILESTONES], ("text", "due_on"), ordered=False),
}


def read_section(
    case: BusinessCase, section: Subject, keys: Iterable[str] = (), parts: CaseParts | None = None
) -> dict[str, Plain]:
    """What stands in the section now. Removed rows are in it only when named in `keys` (hex)."""
    parts = parts or CaseParts(case)
    if section in ROWS:
        return _read_rows(parts.rows(section, keys), ROWS[section])
    if section == Subject.DOCUMENTS:
        return {f"{document.pk}.confidential": document.confidential for document in parts.documents}
    values: dict[str, Plain] = {name: _plain(case, name) for name in CASE_FIELDS[section] if name != "goals"}
    if section == Subject.GOALS:
        values["goals"] = sorted(goal.pk for goal in parts.goals)
    if section == Subject.ABOUT:
        values |= _read_relations(parts.relations)
    return values


def row_values(row, columns: Iterable[str]) -> dict[str, Plain]:
    """One row's columns as plain values, with whether it is removed."""
    return {column: _plain(row, column) for column in columns} | {"removed": row.removed_at is not None}


def _read_rows(rows: list, table: RowTable) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for row in rows:
        for column, value in row_values(row, table.columns).items():
            values[f"{row.key.hex}.{column}"] = value
    if table.ordered:
        values["order"] = [row.key.hex for row in rows if row.removed_at is None]
    return values


def _read_relations(relations: list[CaseRelation]) -> dict[str, Plain]:
    return {
        name: sorted(row.other.reference for row in relations if row.kind == kind)
        for name, kind in RELATIONS.items()
    }


def _plain(row, name: str) -> Plain:
    if name in KEYS_OF_OTHER_ROWS:
        return getattr(row, f"{name}_id")
    value = getattr(row, name)
    return value.isoformat() if name == "due_on" and value else value
