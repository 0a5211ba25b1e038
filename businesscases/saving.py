"""Saving what a writer typed in the sections of a case: one lock, one comparison, one audit row.

Nothing another writer saved is overwritten unseen, and a field that was not on the form is left as it is.
A section with a conflict is not written at all; the others are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from businesscases.access import may_edit
from businesscases.case_parts import CaseParts
from businesscases.economy import COSTS as COST_KINDS
from businesscases.listing import bring_up_to_date
from businesscases.merging import Conflict, Plain, digest, merge
from businesscases.models import BusinessCase, CaseRelation, Document, EconomyLine, Payer, Subject
from businesscases.sections import CASE_FIELDS, KEYS_OF_OTHER_ROWS, MAY_LAST, RELATIONS, ROWS, read_section
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.refusals import Refusal, TooLate

ACT = "edit case"


@dataclass(frozen=True)
class TypedSection:
    """What was typed in one section: the values that could be read, and what the form was shown with."""

    section: Subject
    values: Mapping[str, Plain]
    revision: int = -1
    base: Mapping[str, str] = field(default_factory=dict)
    # The keys of the rows on the form (hex), in the order they stand there; None when it has no rows.
    order: tuple[str, ...] | None = None

    @property
    def row_keys(self) -> set[str]:
        return {name.partition(".")[0] for name in self.values} if self.section in ROWS else set()


@dataclass
class Saved:
    """What came of it. `changed` are the sections written, `behind` those where the form shows old values."""

    case: BusinessCase
    # As it is stored now: read once for the comparison, and again only where something was written.
    parts: CaseParts
    changed: list[Subject] = field(default_factory=list)
    behind: list[Subject] = field(default_factory=list)
    conflicts: dict[Subject, list[Conflict]] = field(default_factory=dict)
    # Rows that somebody had removed, and that came back because they were changed here.
    revived: list[str] = field(default_factory=list)
    # Rows that this save stored for the first time.
    made: set[str] = field(default_factory=set)
    start_year_before: int | None = None


def save_sections(
    case: BusinessCase,
    typed: Iterable[TypedSection],
    *,
    by,
    operation: UUID | None = None,
    shown: CaseParts | None = None,
) -> Saved:
    """Writes the sections, all in one transaction, and says which clash with what somebody else saved.

    What there is to choose among is not read again where it was `shown`; all of the case is.
    Raises TooLate when the case can no longer be edited by this person.
    """
    with transaction.atomic():
        # The case before its parts: two savers of one case take turns, and each sees what the other wrote.
        case = BusinessCase.objects.select_for_update().get(pk=case.pk)
        parts = CaseParts(case, shown)
        if not may_edit(by, case, parts):
            raise TooLate(_("The case can no longer be edited: somebody has submitted or withdrawn it."))
        saved = Saved(case, parts)
        before: dict[str, Plain] = {}
        after: dict[str, Plain] = {}
        for section in typed:
            old, new = _save_section(case, section, saved)
            before |= old
            after |= new
        if saved.changed:
            case.changed_at = clock.now()
            if shown is not None:
                parts.hand_out()
            bring_up_to_date(case, parts=parts)
            case.save()
            record(
                ACT,
                case,
                by=by,
                before=before,
                after=after,
                operation=operation,
                case_reference=case.reference,
            )
    return saved


def _save_section(case, typed: TypedSection, saved: Saved) -> tuple[dict, dict]:
    current = read_section(case, typed.section, typed.row_keys, saved.parts)
    revision = case.section_revisions.get(typed.section, 0)
    merged = merge(current, typed.values, typed.base, in_sync=typed.revision == revision)
    if merged.conflicts:
        saved.conflicts[typed.section] = merged.conflicts
        return {}, {}
    if merged.behind:
        saved.behind.append(typed.section)
    writes = merged.writes
    if typed.section in ROWS:
        _revive(current, writes, saved)
        saved.made |= {name.partition(".")[0] for name in writes if name not in current}
        order = _order(current, writes, typed)
        if order is not None:
            writes["order"] = order
    if not writes:
        return {}, {}
    if "start_year" in writes:
        saved.start_year_before = case.start_year
    _write(saved.parts, typed.section, writes)
    saved.parts.forget(typed.section)
    case.section_revisions = {**case.section_revisions, typed.section.value: revision + 1}
    saved.changed.append(typed.section)
    names = [f"{typed.section.value}.{name}" for name in writes]
    return (
        dict(zip(names, (current.get(name) for name in writes), strict=True)),
        dict(zip(names, writes.values(), strict=True)),
    )


def _revive(current, writes, saved: Saved) -> None:
    """A row that somebody removed while it was changed here stays: what was typed would be lost with it."""
    for key in {name.partition(".")[0] for name in writes}:
        removed = f"{key}.removed"
        if current.get(removed) and writes.get(removed) is not True:
            writes[removed] = False
            saved.revived.append(key)


def _order(current, writes, typed: TypedSection) -> list[str] | None:
    """The new order of the rows in use, or None when it stays as it is.

    Rows that were not on the form keep their place after the row they follow now.
    """
    if typed.order is None or "order" not in current:
        return None
    gone = {name.partition(".")[0] for name, value in writes.items() if name.endswith(".removed") and value}
    known = set(current["order"]) | {name.partition(".")[0] for name in writes}
    mine = [key for key in typed.order if key in known and key not in gone]
    theirs = [key for key in current["order"] if key not in gone]
    on_form = set(mine)
    untouched = typed.base.get("order") == digest(list(typed.order))
    if untouched or [key for key in theirs if key in on_form] == mine:
        return None if theirs == current["order"] else theirs
    order = list(mine)
    for place, key in enumerate(theirs):
        if key not in on_form:
            follows = theirs[place - 1] if place else None
            order.insert(order.index(follows) + 1 if follows in order else 0, key)
    return order if order != current["order"] else None


def _write(parts: CaseParts, section: Subject, writes: dict[str, Plain]) -> None:
    case = parts.case
    if section in ROWS:
        _write_rows(parts, section, writes)
    elif section == Subject.DOCUMENTS:
        for name, value in writes.items():
            Document.objects.filter(case=case, pk=name.partition(".")[0]).update(confidential=value)
    else:
        for name, value in writes.items():
            _write_field(case, section, name, value)


def _write_field(case, section, name, value) -> None:
    if name == "goals":
        case.goals.set(value)
    elif name in RELATIONS:
        _write_relations(case, RELATIONS[name], value)
    elif name in CASE_FIELDS[section]:
        setattr(case, f"{name}_id" if name in KEYS_OF_OTHER_ROWS else name, value)
    else:
        raise KeyError(name)


def _write_relations(case, kind, references: list[str]) -> None:
    others = dict(BusinessCase.objects.filter(reference__in=references).values_list("pk", "reference"))
    rows = {row.other_id: row for row in CaseRelation.all_rows.filter(case=case, kind=kind)}
    for other in others.keys() - rows.keys():
        CaseRelation.objects.create(case=case, other_id=other, kind=kind)
    for other, row in rows.items():
        if (row.removed_at is None) != (other in others):
            row.removed_at = None if other in others else clock.now()
            row.save(update_fields=["removed_at"])


def _write_rows(parts: CaseParts, section, writes: dict[str, Plain]) -> None:
    case, table = parts.case, ROWS[section]
    changes: dict[str, dict[str, Plain]] = {}
    for name, value in writes.items():
        if name != "order":
            key, _dot, column = name.partition(".")
            changes.setdefault(key, {})[column] = value
    rows = {row.key.hex: row for row in parts.rows(section, changes)}
    others = [UUID(key) for key in changes if key not in rows]
    if others and table.model.all_rows.filter(key__in=others).exists():
        raise Refusal(_("A row on the form belongs to another case. Add it as a new one."))
    last = None
    for key, columns in changes.items():
        row = rows.get(key)
        if row is None:
            if columns.get("removed"):
                continue
            if last is None:
                last = table.model.all_rows.filter(case=case).aggregate(last=Max("order"))["last"] or 0
            last += 1
            row = table.model(case=case, key=UUID(key), order=last)
            rows[key] = row
        _fill(row, columns)
        row.save()
    if "order" in writes:
        _write_order(case, table.model, writes["order"])


def _write_order(case, model, keys: list[str]) -> None:
    places = {key: place for place, key in enumerate(keys, start=1)}
    moved = [
        row
        for row in model.all_rows.filter(case=case, key__in=[UUID(key) for key in keys])
        if row.order != places[row.key.hex]
    ]
    for row in moved:
        row.order = places[row.key.hex]
    model.all_rows.bulk_update(moved, ["order"])


def _fill(row, columns: Mapping[str, Plain]) -> None:
    for column, value in columns.items():
        if column == "removed":
            row.removed_at = clock.now() if value else None
        else:
            setattr(row, f"{column}_id" if column in KEYS_OF_OTHER_ROWS else column, value)
    if isinstance(row, EconomyLine):
        # Kind and payer may come from two people; the database wants a payer on costs and on nothing else.
        if "kind" in columns and row.kind not in MAY_LAST:
            row.permanent = False
        if row.kind not in COST_KINDS:
            row.payer = ""
        elif not row.payer:
            row.payer = Payer.NOBODY
