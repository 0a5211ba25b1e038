"""Frozen versions: what was submitted, with its key figures and the rate in force, and how two differ.

A version's digest is the sha256 of its content's canonical bytes. JSON columns may reorder keys, so
the bytes are made with sorted keys, always the same way.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from businesscases.content import CaseContent, ContentLine, content_of, live_content, to_plain
from businesscases.models import BusinessCase, CaseVersion, Rate
from businesscases.rates import rate_on
from innovation_pool import clock


def freeze(case: BusinessCase, *, by, late_reason: str = "", at: datetime | None = None) -> CaseVersion:
    """Freezes the rows of a locked case as its next version."""
    now = at or clock.now()
    number = case.versions_frozen + 1
    rate = rate_on(Rate.Kind.DISCOUNT, timezone.localtime(now).date())
    content = replace(live_content(case), version=number, discount_rate=rate)
    plain = to_plain(content)
    figures = content.key_figures
    version = CaseVersion.objects.create(
        case=case,
        number=number,
        frozen_at=now,
        by=by,
        content=plain,
        digest=digest_of(plain),
        start_year=content.start_year,
        price_level=content.price_level,
        discount_rate=rate,
        asked_total=figures.asked_in_all,
        invested=figures.invested,
        net_gain=figures.net_gain,
        permanent_effect=figures.permanent_effect,
        present_value=figures.npv,
        payback_years=figures.payback,
        internal_rate=figures.irr,
        benefit_cost_ratio=figures.benefit_cost_ratio,
        careful_net_gain=figures.careful.net_gain,
        careful_present_value=figures.careful.npv,
        careful_payback_years=figures.careful.payback,
        late_reason=late_reason,
    )
    case.versions_frozen = number
    case.save(update_fields=["versions_frozen"])
    return version


def newest(case: BusinessCase) -> CaseVersion | None:
    """The newest frozen version, or None before the first submission."""
    return CaseVersion.objects.filter(case=case).order_by("-number").first()


def digest_of(plain: dict) -> str:
    """The sha256 of the content's canonical bytes."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def is_unchanged(version: CaseVersion) -> bool:
    """Whether the content still has the digest it was frozen with, and the stored figures follow from it."""
    figures = content_of(version).key_figures
    return (
        version.digest == digest_of(version.content)
        and version.asked_total == figures.asked_in_all
        and version.invested == figures.invested
        and version.net_gain == figures.net_gain
    )


@dataclass(frozen=True)
class Change:
    """A field that differs, named as on the case: a text field, "title", "goals", "risks" …"""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class LineChange:
    """A line that was added (`before` is None), removed (`after` is None) or changed.

    `cells` are the offsets from the start year of the amounts that differ, `fields` the rest.
    """

    before: ContentLine | None
    after: ContentLine | None
    cells: tuple[int, ...]
    fields: tuple[str, ...]

    @property
    def line(self) -> ContentLine:
        return self.after or self.before


@dataclass(frozen=True)
class Changes:
    """How two versions differ, field by field and cell by cell."""

    fields: tuple[Change, ...]
    lines: tuple[LineChange, ...]

    def __bool__(self):
        return bool(self.fields or self.lines)


FIELDS = (
    "title",
    "department",
    "committee",
    "owner",
    "collaborators",
    "round",
    "start_year",
    "price_level",
    "discount_rate",
    "goals",
    "risks",
    "milestones",
    "documents",
    "relations",
)
LINE_FIELDS = (
    "kind",
    "text",
    "payer",
    "permanent",
    "user_financed",
    "benefit_owner",
    "profit_centre",
    "basis",
)


def changes(before: CaseContent | CaseVersion, after: CaseContent | CaseVersion) -> Changes:
    """What changed from one to the other; either may be a frozen version or the case as it is written."""
    a = content_of(before) if isinstance(before, CaseVersion) else before
    b = content_of(after) if isinstance(after, CaseVersion) else after
    pairs = [(name, getattr(a, name), getattr(b, name)) for name in FIELDS]
    pairs += [(name, a.texts[name], b.texts[name]) for name in b.texts]
    found = tuple(Change(name, old, new) for name, old, new in pairs if old != new)
    return Changes(fields=found, lines=_line_changes(a, b))


def _line_changes(a: CaseContent, b: CaseContent) -> tuple[LineChange, ...]:
    old = {line.key: line for line in a.lines}
    new = {line.key: line for line in b.lines}
    # In the order of the newer one; what is gone comes last.
    keys = [*new, *(key for key in old if key not in new)]
    compared = (_line_change(old.get(key), new.get(key)) for key in keys)
    return tuple(change for change in compared if change is not None)


def _line_change(old: ContentLine | None, new: ContentLine | None) -> LineChange | None:
    if old is None or new is None:
        line = old or new
        filled = tuple(year for year, amount in enumerate(line.amounts) if amount is not None)
        return LineChange(old, new, filled, ())
    pairs = zip(old.amounts, new.amounts, strict=True)
    cells = tuple(year for year, (was, now) in enumerate(pairs) if was != now)
    fields = tuple(name for name in LINE_FIELDS if getattr(old, name) != getattr(new, name))
    return LineChange(old, new, cells, fields) if cells or fields else None
