"""What the control finds in a version by itself, before finance looks.

Each finding has a code that is the same every time, so that its answer can be kept. What only the
pool can see (years without budget, capital money for operation) is found by functions it adds here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from businesscases import endorsements
from businesscases.content import CaseContent, content_of
from businesscases.models import CaseVersion, Criterion, EconomyLine, Kind, State
from innovation_pool.accounts.models import Department
from innovation_pool.kroner import kroner

COUNTED_ON = frozenset(
    {
        State.SUBMITTED,
        State.CHECKED,
        State.IN_HEARING,
        State.READY,
        State.POSTPONED,
        State.APPROVED,
        State.IN_PROGRESS,
        State.COMPLETED,
    }
)


@dataclass(frozen=True)
class Finding:
    """Something to answer before the figures can be confirmed. `line_key` is empty unless it is about one.

    What is `about_endorsement` is answered by saying why the figures are confirmed without it.
    """

    code: str
    sentence: str
    line_key: str = ""
    about_endorsement: bool = False


Finder = Callable[[CaseVersion, CaseContent], Iterable[Finding]]
_finders: list[Finder] = []


def adds_findings(finder: Finder) -> Finder:
    """Registers a function of an app above, from its `AppConfig.ready`; usable as a decorator."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def findings(version: CaseVersion, also: Iterable[Finding] = ()) -> list[Finding]:
    """Everything found in the version, with what the apps above find and `also`."""
    content = content_of(version)
    own = (_gains, _criteria, _user_financed, _shared_gains, _changed_totals, _freed_time, _area_head)
    found = [finding for look in (*own, *_finders) for finding in look(version, content)]
    return [*found, *also]


def _gains(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    answers = {row.person_id: row for row in version.endorsements.filter(kind="benefit_owner")}
    for line in content.lines:
        if line.kind != Kind.CASHABLE_GAIN or not line.economy.total:
            continue
        if line.benefit_owner is None:
            sentence = _("The gain “%(line)s” has no benefit owner.") % {"line": line.text}
            yield Finding(f"gain-without-owner:{line.key}", sentence, line.key)
        elif (answer := answers.get(line.benefit_owner.id)) is None or answer.endorsed is not True:
            sentence = _("The gain “%(line)s” is not endorsed by its benefit owner, %(person)s.") % {
                "line": line.text,
                "person": line.benefit_owner,
            }
            yield Finding(f"gain-not-endorsed:{line.key}", sentence, line.key, about_endorsement=True)
        if not line.profit_centre.strip():
            sentence = _("The gain “%(line)s” does not say whose budget falls.") % {"line": line.text}
            yield Finding(f"gain-without-centre:{line.key}", sentence, line.key)


def _criteria(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    if content.round is None or content.key_figures.nothing_invested:
        return
    rules = Criterion.objects.filter(round=content.round.id, active=True, rule=Criterion.Rule.PAYBACK)
    limit = rules.exclude(years=None).order_by("years").values_list("years", flat=True).first()
    payback = content.key_figures.payback
    if limit is not None and (payback is None or payback > limit):
        sentence = _("The case is not paid back within %(years)d years, as the round asks.") % {
            "years": limit
        }
        yield Finding("payback-beyond-criterion", sentence)


def _user_financed(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    for line in content.lines:
        if line.user_financed:
            sentence = _(
                "“%(line)s” is on a user-financed area: "
                "a gain there belongs to the rate (takst) and is not cashable."
            ) % {"line": line.text}
            yield Finding(f"user-financed:{line.key}", sentence, line.key)


def _shared_gains(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    gains = [line for line in content.lines if line.economy.is_cashable and line.profit_centre.strip()]
    centres = {line.profit_centre.strip() for line in gains}
    # The rows of a case that is not being written are those of its newest version.
    others = EconomyLine.objects.filter(
        kind=Kind.CASHABLE_GAIN, profit_centre__in=centres, case__state__in=COUNTED_ON
    ).exclude(case=version.case_id)
    counted: dict[str, list[str]] = {}
    for centre, reference in others.order_by("case").values_list("profit_centre", "case__reference"):
        counted.setdefault(centre, []).append(reference)
    for line in gains:
        references = dict.fromkeys(counted.get(line.profit_centre.strip(), []))
        if references:
            sentence = _("Other cases already count on a gain from %(centre)s: %(cases)s.") % {
                "centre": line.profit_centre.strip(),
                "cases": ", ".join(references),
            }
            yield Finding(f"shared-gain:{line.key}", sentence, line.key)


def _changed_totals(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    before = CaseVersion.objects.filter(case=version.case_id, number=version.number - 1).first()
    if before is None:
        return
    pairs = [
        (_("asked from the pool"), before.asked_total, version.asked_total),
        (_("invested in all"), before.invested, version.invested),
        (_("net gain over six years"), before.net_gain, version.net_gain),
    ]
    changed = [
        _("%(figure)s from %(before)s to %(after)s kr.")
        % {"figure": name, "before": kroner(old), "after": kroner(new)}
        for name, old, new in pairs
        if old != new
    ]
    if changed:
        sentence = _("Totals changed since version %(number)d: %(changes)s.") % {
            "number": before.number,
            "changes": "; ".join(changed),
        }
        yield Finding("totals-changed", sentence)


def _freed_time(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    freed = [line for line in content.lines if line.kind == Kind.FREED_TIME and line.economy.total]
    for line in content.lines:
        if line.kind != Kind.CASHABLE_GAIN or not line.economy.total:
            continue
        twin = next((other for other in freed if _same_money(line.amounts, other.amounts)), None)
        if twin is not None:
            sentence = _(
                "“%(line)s” has the same amounts as the freed time “%(freed)s”: is time counted as money?"
            )
            names = {"line": line.text, "freed": twin.text}
            yield Finding(f"freed-time-as-money:{line.key}", sentence % names, line.key)


def _same_money(gain: tuple[int | None, ...], freed: tuple[int | None, ...]) -> bool:
    """Whether every year that both fill has the same amount, and there is one."""
    both = [(a, b) for a, b in zip(gain, freed, strict=True) if a and b]
    return bool(both) and all(a == b for a, b in both)


def _area_head(version: CaseVersion, content: CaseContent) -> Iterator[Finding]:
    if not Department.objects.filter(pk=content.department.id, head__is_active=True).exists():
        sentence = _("%(department)s has no area head who could endorse the case.")
        yield Finding("no-area-head", sentence % {"department": content.department})
        return
    for row in endorsements.not_given(version):
        if row.kind == row.Kind.AREA_HEAD:
            sentence = _("The area head, %(person)s, has not endorsed the case.") % {"person": row.person}
            yield Finding("area-head-not-endorsed", sentence, about_endorsement=True)
