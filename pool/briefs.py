"""The brief of a case for the board: what, why, what it costs and gains, what was heard, which criteria.

Everything is of the newest frozen version, the one a decision is made about. Reads only.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from businesscases import relations
from businesscases.access import visible_to
from businesscases.economy import payback_year
from businesscases.models import BusinessCase, CaseEvent, CaseVersion, Hearing, State
from businesscases.workflow import CaseAction

LONGEST = 280
UNDECIDED = (State.READY, State.POSTPONED)


@dataclass(frozen=True)
class Brief:
    """One page about a case. Amounts are whole kroner; `unmet` are the criteria it misses, with notes."""

    asked: int
    invested: int
    net_gain: int
    permanent_effect: int
    present_value: Decimal
    discount_rate: Decimal
    payback_years: Decimal | None
    payback_year: int | None
    version: int
    what: str
    why: str
    met: int
    criteria: int
    unmet: tuple[str, ...]
    confirmed_on: date | None
    answers: int
    bodies: int
    heard: str
    no_hearing: str
    late_reason: str


def brief_of(case: BusinessCase) -> Brief | None:
    """The brief, or None while nothing has been submitted."""
    version = CaseVersion.objects.filter(case=case).select_related("confirmation").order_by("-number").first()
    if version is None:
        return None
    ticks = list(version.ticks.select_related("criterion").order_by("criterion__order", "pk"))
    texts = version.content.get("texts", {})
    confirmation = getattr(version, "confirmation", None)
    answers, bodies, heard = _heard(case)
    return Brief(
        asked=version.asked_total,
        invested=version.invested,
        net_gain=version.net_gain,
        permanent_effect=version.permanent_effect,
        present_value=version.present_value,
        discount_rate=version.discount_rate,
        payback_years=version.payback_years,
        payback_year=payback_year(version.payback_years, version.start_year),
        version=version.number,
        what=_opening(texts.get("description", "")),
        why=_opening(texts.get("focus_areas", "") or texts.get("development_goals", "")),
        met=sum(tick.met for tick in ticks),
        criteria=len(ticks),
        unmet=tuple(_unmet(tick) for tick in ticks if not tick.met),
        confirmed_on=confirmation.at if confirmation else None,
        answers=answers,
        bodies=bodies,
        heard=heard,
        no_hearing="" if bodies else _no_hearing(case),
        late_reason=version.late_reason,
    )


def related_warnings(user, case: BusinessCase) -> list[str]:
    """What the board must know of other cases, in sentences: those in the way, and a need that is stopped.

    Only of cases the person may see.
    """
    found = relations.obstacles(case) if case.state in UNDECIDED else []
    for other in relations.stopped_needs(case):
        words = {"other": other.reference, "state": other.get_state_display()}
        found.append((other, _("The case needs %(other)s, which is “%(state)s”.") % words))
    if not found:
        return []
    seen = set(visible_to(user).filter(pk__in=[other.pk for other, _sentence in found]))
    return [sentence for other, sentence in found if other in seen]


def _unmet(tick) -> str:
    return f"{tick.criterion.text} ({tick.note})" if tick.note else tick.criterion.text


def _opening(text: str) -> str:
    """The first paragraph, cut at a sentence where it is long."""
    first = text.strip().split("\n")[0]
    if len(first) <= LONGEST:
        return first
    cut = first[:LONGEST]
    return cut[: cut.rfind(". ") + 1] or cut[: cut.rfind(" ")] + " …"


def _heard(case: BusinessCase) -> tuple[int, int, str]:
    """(answers, bodies asked, the opening of the first answer) of the newest hearing."""
    hearing = Hearing.objects.filter(case=case).order_by("-pk").first()
    if hearing is None:
        return 0, 0, ""
    parts = list(hearing.parts.filter(passed_over_reason="").select_related("body", "answer").order_by("pk"))
    given = [part for part in parts if hasattr(part, "answer")]
    if not given:
        return 0, len(parts), ""
    body, opening = str(given[0].body), _opening(given[0].answer.text)
    # Most answers name who speaks in their first words.
    return len(given), len(parts), opening if opening.startswith(body) else f"{body}: {opening}"


def _no_hearing(case: BusinessCase) -> str:
    event = CaseEvent.objects.filter(case=case, action=CaseAction.NO_HEARING).order_by("-pk").first()
    return event.reason if event else ""
