"""The way of a case as eight steps, with the side exit it took, read from its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from businesscases.models import BusinessCase, CaseEvent, State
from businesscases.workflow import CREATED, CaseAction
from innovation_pool.dates import long_date, short_date

NAMES: tuple[Promise, ...] = (
    pgettext_lazy("state", "Draft"),
    pgettext_lazy("state", "Submitted"),
    gettext_lazy("Finance control"),
    gettext_lazy("Hearing"),
    pgettext_lazy("state", "Ready for decision"),
    pgettext_lazy("state", "Approved"),
    pgettext_lazy("state", "In progress"),
    pgettext_lazy("state", "Completed"),
)
DRAFT, SUBMITTED, CONTROL, HEARING, READY, APPROVED, IN_PROGRESS, COMPLETED = range(8)
# The step that is now, by state.
NOW = {
    State.DRAFT: DRAFT,
    State.SUBMITTED: CONTROL,
    State.CHECKED: HEARING,
    State.IN_HEARING: HEARING,
    State.READY: READY,
    State.APPROVED: APPROVED,
    State.IN_PROGRESS: IN_PROGRESS,
    State.COMPLETED: COMPLETED,
}
# How many steps were done when a case left its way from a state.
DONE_FROM = {
    State.DRAFT: 1,
    State.RETURNED: 1,
    State.SUBMITTED: 2,
    State.CHECKED: 3,
    State.IN_HEARING: 3,
    State.READY: 4,
    State.POSTPONED: 4,
    State.APPROVED: 6,
    State.IN_PROGRESS: 7,
}
ENTERS = {
    CREATED: DRAFT,
    CaseAction.SUBMIT: CONTROL,
    CaseAction.CONFIRM_FIGURES: HEARING,
    CaseAction.NO_HEARING: READY,
    CaseAction.CLOSE_HEARING: READY,
    CaseAction.APPROVE: APPROVED,
    CaseAction.START: IN_PROGRESS,
    CaseAction.CONFIRM_COMPLETION: COMPLETED,
    CaseAction.REVERSE: READY,
}
ENDS = frozenset({State.REJECTED, State.STOPPED, State.WITHDRAWN})
LONGEST_REASON = 48


@dataclass(frozen=True)
class Step:
    """One step. `look` is done, now, next or exit; an exit has the state that gives its shape."""

    name: str
    note: str
    look: str
    state: str = ""
    last: bool = False


@dataclass(frozen=True)
class Way:
    """The steps to draw, and the same in words for a telephone."""

    steps: tuple[Step, ...]
    now: str
    number: int
    next: str


def way_of(case: BusinessCase, events: Iterable[CaseEvent], *, with_reasons: bool = True) -> Way:
    """The steps of a case from its events, oldest first. Reasons stay out for who may not know them."""
    entered: dict[int, date] = {}
    heard = True
    last: CaseEvent | None = None
    for event in events:
        last = event if event.from_state != event.to_state else last
        step = ENTERS.get(event.action)
        heard = heard or step == HEARING
        if step is not None:
            for later in [place for place in entered if place > step]:
                del entered[later]
            entered[step] = timezone.localtime(event.at).date()
            if step == CONTROL:
                entered.setdefault(SUBMITTED, entered[CONTROL])
        if event.action == CaseAction.NO_HEARING:
            heard = False
    notes = {place: short_date(day) for place, day in entered.items()}
    if not heard:
        notes[HEARING] = _("no hearing")
    state = State(case.state)
    if state in NOW:
        return _straight(NOW[state], notes)
    return _with_exit(state, case, last, notes, with_reasons)


def _straight(now: int, notes: dict[int, str]) -> Way:
    steps = []
    for place, name in enumerate(NAMES):
        look = "next" if place > now else "done" if place < now or now == COMPLETED else "now"
        steps.append(Step(str(name), notes.get(place, "") if place <= now else "", look))
    return Way(tuple(steps), str(NAMES[now]), now + 1, _after(now))


def _with_exit(state: State, case, last: CaseEvent | None, notes, with_reasons: bool) -> Way:
    done = DONE_FROM.get(last.from_state, 1) if last else 1
    if state == State.REJECTED:
        done = READY + 1
    steps = [Step(str(NAMES[place]), notes.get(place, ""), "done") for place in range(done)]
    ended = state in ENDS
    steps.append(Step(str(state.label), _exit_note(case, last, with_reasons), "exit", state.value, ended))
    if not ended:
        steps += [Step(str(name), "", "next") for name in NAMES[done:]]
    return Way(tuple(steps[:8]), str(state.label), done + 1, "" if ended else str(NAMES[done]))


def _exit_note(case, last: CaseEvent | None, with_reasons: bool) -> str:
    if last is None:
        return ""
    words = [short_date(last.at)]
    if case.state == State.POSTPONED and case.postponed_until:
        words.append(_("until %(date)s") % {"date": long_date(case.postponed_until)})
    elif last.decision_label:
        words.append(_("no. %(number)s") % {"number": last.decision_label})
    elif with_reasons and last.reason:
        short = last.reason if len(last.reason) <= LONGEST_REASON else f"{last.reason[: LONGEST_REASON - 1]}…"
        words.append(short)
    return ", ".join(words)


def _after(now: int) -> str:
    if now == READY:
        return _("Approved or Rejected")
    return "" if now == COMPLETED else str(NAMES[now + 1])
