"""What must be there before a case can be submitted, section by section, in the editor's order.

Whether it is a good case is another question: that is what the round's criteria and finance's
findings are for. A blank document list is no lack.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from businesscases.case_parts import CaseParts
from businesscases.content import CaseContent, live_content
from businesscases.models import BusinessCase, Goal, Kind, Subject
from innovation_pool import clock
from innovation_pool.dates import long_date

OPTIONAL = frozenset({Subject.DOCUMENTS})


@dataclass(frozen=True)
class Missing:
    """Something to fill in. `anchor` is the id of the element on the editor's page."""

    section: str
    field: str
    sentence: str

    @property
    def anchor(self) -> str:
        return f"id_{self.field}"


@dataclass(frozen=True)
class SectionState:
    """A section of the editor and what it lacks."""

    section: Subject
    missing: tuple[Missing, ...]
    # What finance will ask about, though the case can be submitted without it.
    remarks: tuple[Missing, ...] = ()

    @property
    def name(self):
        return self.section.label

    @property
    def optional(self) -> bool:
        return self.section in OPTIONAL

    @property
    def complete(self) -> bool:
        return not self.missing


def missing(case: BusinessCase, parts: CaseParts | None = None) -> list[Missing]:
    """Everything the case lacks before it can be submitted, in the order of the page."""
    parts = parts or CaseParts(case)
    return _missing(parts, live_content(case, parts))


def _missing(parts: CaseParts, content: CaseContent) -> list[Missing]:
    return [
        *_about(parts.case),
        *_description(content),
        *_goals(parts.all_goals, content),
        *_economy(content),
        *_consequences(content),
        *_risks(content),
        *_trial(content),
        *_milestones(content),
    ]


def sections(case: BusinessCase, parts: CaseParts | None = None) -> list[SectionState]:
    """Every section of the editor with what it lacks; `parts` where they have been read already."""
    parts = parts or CaseParts(case)
    content = live_content(case, parts)
    found, remarked = _missing(parts, content), _remarks(content)
    return [
        SectionState(
            section,
            tuple(part for part in found if part.section == section),
            tuple(part for part in remarked if part.section == section),
        )
        for section in Subject
    ]


def parts_in_place(states: list[SectionState]) -> tuple[int, int]:
    """How many of the sections that must be there are, and how many those are: 4 of 8."""
    needed = [state for state in states if not state.optional]
    return sum(state.complete for state in needed), len(needed)


def _about(case: BusinessCase) -> list[Missing]:
    found = []
    if not case.title.strip():
        found.append(Missing(Subject.ABOUT, "title", _("About the case: write a title")))
    if case.committee_id is None:
        found.append(Missing(Subject.ABOUT, "committee", _("About the case: choose the committee")))
    if case.round_id is None:
        found.append(Missing(Subject.ABOUT, "round", _("About the case: choose a round")))
    elif not case.round.active:
        sentence = _("About the case: the round is no longer in use, choose another")
        found.append(Missing(Subject.ABOUT, "round", sentence))
    elif clock.today() < case.round.opens_on:
        sentence = _("About the case: the round opens on %(date)s") % {"date": long_date(case.round.opens_on)}
        found.append(Missing(Subject.ABOUT, "round", sentence))
    return found


def _description(content: CaseContent) -> list[Missing]:
    return _texts(content, Subject.DESCRIPTION, {"description": _("Description: what is it, and why?")})


def _goals(all_goals: list[Goal], content: CaseContent) -> list[Missing]:
    found = []
    battles = [goal for goal in all_goals if goal.kind == Goal.Kind.MUST_WIN_BATTLE]
    serves_one = any(goal.kind == Goal.Kind.MUST_WIN_BATTLE for goal in content.goals)
    if not serves_one and any(goal.active for goal in battles):
        found.append(Missing(Subject.GOALS, "goals", _("Goals: choose at least one Must-Win-Battle")))
    return found + _texts(
        content, Subject.GOALS, {"focus_areas": _("Goals: what does it mean for the focus areas?")}
    )


def _economy(content: CaseContent) -> list[Missing]:
    found = []
    if not any(line.economy.is_asked and line.economy.total for line in content.lines):
        found.append(
            Missing(Subject.ECONOMY, "economy", _("Economy: what should the pool pay, and in which years?"))
        )
    found += [
        Missing(
            Subject.ECONOMY,
            f"line-{line.key}",
            _("Economy: “%(line)s” has no amount; fill it in or remove it") % {"line": line.text},
        )
        for line in content.lines
        if line.economy.total is None
    ]
    return found


def _remarks(content: CaseContent) -> list[Missing]:
    """A cashable gain that does not say whose budget falls: nobody can be asked to stand by it."""
    found = []
    for line in content.lines:
        if line.kind != Kind.CASHABLE_GAIN:
            continue
        words = {"line": line.text}
        if line.benefit_owner is None and not line.profit_centre.strip():
            sentence = _("Economy: “%(line)s” has no benefit owner and no profit centre yet")
        elif line.benefit_owner is None:
            sentence = _("Economy: “%(line)s” has no benefit owner yet")
        elif not line.profit_centre.strip():
            sentence = _("Economy: “%(line)s” has no profit centre yet")
        else:
            continue
        found.append(Missing(Subject.ECONOMY, f"line-{line.key}", sentence % words))
    return found


def _consequences(content: CaseContent) -> list[Missing]:
    needed = {
        "service": _("Consequences: service to citizens"),
        "staff_consequences": _("Consequences: staff"),
        "hearing_parties": _("Consequences: who must be heard?"),
    }
    if any(line.user_financed for line in content.lines):
        needed["rate_change"] = _("Consequences: what happens to the rate (takst)?")
    return _texts(content, Subject.CONSEQUENCES, needed)


def _risks(content: CaseContent) -> list[Missing]:
    if content.risks:
        return []
    return [Missing(Subject.RISKS, "risks", _("Risks: what may go wrong? Write at least one"))]


def _trial(content: CaseContent) -> list[Missing]:
    return _texts(
        content, Subject.TRIAL, {"measurement": _("Measurement: how and when is the effect measured?")}
    )


def _milestones(content: CaseContent) -> list[Missing]:
    if content.milestones:
        return []
    return [
        Missing(
            Subject.MILESTONES,
            "milestones",
            _("Milestones: what will have happened when? Write at least one"),
        )
    ]


def _texts(content: CaseContent, section: Subject, needed: dict[str, str]) -> list[Missing]:
    return [
        Missing(section, field, sentence)
        for field, sentence in needed.items()
        if not content.texts[field].strip()
    ]
