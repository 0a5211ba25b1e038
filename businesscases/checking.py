"""Finance's control of a submitted version: criteria, findings, accounting fields, the confirmation.

The accounting record stands beside the frozen version, with its history, and confirming freezes a copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from businesscases import endorsements, mails
from businesscases.access import kept_out, may_edit
from businesscases.content import content_of, live_content
from businesscases.economy import NATURE_OF
from businesscases.economy import Kind as PureKind
from businesscases.findings import Finding, adds_findings, findings
from businesscases.models import (
    BusinessCase,
    CaseAccounting,
    CaseVersion,
    Confirmation,
    Criterion,
    CriterionTick,
    EconomyLine,
    FindingAnswer,
    Goal,
    LineAccounting,
    Nature,
)
from businesscases.versions import newest
from businesscases.workflow import CaseAction, lock_case, perform, why_not
from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.kroner import years as years_text
from innovation_pool.permissions import Action, may, who_may
from innovation_pool.refusals import NotAllowed, Refusal

__all__ = [
    "Finding",
    "Suggestion",
    "accounting_of",
    "adds_findings",
    "confirm_figures",
    "criteria_of",
    "findings",
    "keep_accounting",
    "nature_of_lines",
    "suggestions",
]

CASE_FIELDS = ("profit_centre", "f3_level", "function", "grouping", "psp_element", "kle", "case_number")
NOT_ENDORSED = gettext_lazy("Not endorsed by: %(people)s. Write why the figures are confirmed all the same.")
LINE_FIELDS = ("nature", "profit_centre", "f3_level", "function", "grouping")


@dataclass(frozen=True)
class Suggestion:
    """A criterion of the round, and whether the system finds it met; None where a person must judge."""

    criterion: Criterion
    met: bool | None
    note: str


def criteria_of(version: CaseVersion) -> list[Criterion]:
    """The active criteria of the version's round, in their order."""
    place = version.content["round"]
    return list(Criterion.objects.filter(round=place["id"], active=True)) if place else []


def suggestions(version: CaseVersion) -> list[Suggestion]:
    """Each criterion with what the system computes for it; finance ticks as it sees fit."""
    content = content_of(version)
    rules = {
        Criterion.Rule.PAYBACK: _payback,
        Criterion.Rule.CASHABLE_GAIN: _cashable_gain,
        Criterion.Rule.BATTLE: _battle,
        Criterion.Rule.TRIAL: _trial,
        Criterion.Rule.JUDGED: lambda content, criterion: (None, ""),
    }
    return [
        Suggestion(criterion, *rules[criterion.rule](content, criterion))
        for criterion in criteria_of(version)
    ]


@transaction.atomic
def confirm_figures(
    case: BusinessCase,
    *,
    by,
    ticks: Mapping[int, tuple[bool, str]],
    answers: Mapping[str, str],
    missing_endorsements: str = "",
    note: str = "",
    also: Iterable[Finding] = (),
    operation: UUID | None = None,
    at: datetime | None = None,
) -> Confirmation:
    """Finance's word that the newest version's figures hold.

    `ticks` has every criterion of the round, by id: (met, note). `answers` has a text for the code of
    every finding. `missing_endorsements` says why without every endorsement, when one is missing.
    """
    now = at or clock.now()
    locked = lock_case(case)
    refusal = why_not(by, locked, CaseAction.CONFIRM_FIGURES)
    if refusal is not None:
        raise refusal
    version = newest(locked)
    criteria = criteria_of(version)
    found = findings(version, also)
    without = {finding.code: missing_endorsements for finding in found if finding.about_endorsement}
    answers = {**without, **{code: text for code, text in answers.items() if text.strip()}}
    _ask_for_everything(version, criteria, ticks, found, answers, missing_endorsements)
    for criterion in criteria:
        met, words = ticks[criterion.pk]
        CriterionTick.objects.create(version=version, criterion=criterion, met=met, note=words)
    for finding in found:
        FindingAnswer.objects.create(version=version, code=finding.code, text=answers[finding.code])
    confirmation = Confirmation.objects.create(
        version=version,
        by=by,
        at=now,
        note=note,
        missing_endorsements=missing_endorsements,
        accounting=accounting_of(locked),
    )
    event = perform(
        case,
        CaseAction.CONFIRM_FIGURES,
        by=by,
        reason=note,
        version=version,
        operation=operation,
        at=now,
        after={"criteria met": sum(ticks[row.pk][0] for row in criteria), "criteria": len(criteria)},
    )
    mails.tell_confirmed(event)
    return confirmation


@transaction.atomic
def keep_accounting(
    case: BusinessCase,
    *,
    by,
    fields: Mapping[str, str],
    lines: Mapping[str, Mapping[str, str]] | None = None,
    operation: UUID | None = None,
) -> bool:
    """Adds to the accounting record what differs from it; whether anything did.

    By finance, or for the case's own fields by its writers while they write it. `lines` is by line key;
    a line without a nature has that of its kind.
    """
    lock_case(case)
    lines = lines or {}
    _ask_who_keeps(case, by, lines)
    before = accounting_of(case)
    case_fields = {name: fields.get(name, before["case"][name]).strip() for name in CASE_FIELDS}
    changed = case_fields != before["case"]
    if changed:
        CaseAccounting.objects.create(case=case, by=by, **case_fields)
    known = before["lines"]
    for key, typed in lines.items():
        if str(key) not in known:
            raise Refusal(_("The line is not part of the case."))
        line_fields = {name: typed.get(name, known[str(key)][name]).strip() for name in LINE_FIELDS}
        if line_fields["nature"] not in Nature.values:
            raise Refusal(_("Choose whether the line is capital or operation."))
        if line_fields != known[str(key)]:
            LineAccounting.objects.create(case=case, line_key=key, by=by, **line_fields)
            changed = True
    if changed:
        record(
            "keep-accounting",
            case,
            by=by,
            before=before,
            after=accounting_of(case),
            operation=operation,
            case_reference=case.reference,
        )
    return changed


def accounting_of(case: BusinessCase) -> dict:
    """The accounting record as it stands, as plain values: {"case": {…}, "lines": {key: {…}}}.

    Lines are those of the newest version, and of the rows while there is none.
    """
    row = CaseAccounting.objects.filter(case=case).order_by("-pk").first()
    kept = {str(line.line_key): line for line in LineAccounting.objects.filter(case=case).order_by("pk")}
    version = newest(case)
    content = live_content(case) if version is None else content_of(version)
    keys = {line.key: line.kind for line in content.lines}
    rows = EconomyLine.objects.filter(case=case).values_list("key", "kind")
    keys |= {str(key): kind for key, kind in rows if str(key) not in keys}
    return {
        "case": {name: getattr(row, name) if row else "" for name in CASE_FIELDS},
        "lines": {key: _line_record(kept.get(key), kind) for key, kind in keys.items()},
    }


def nature_of_lines(case: BusinessCase) -> dict[str, Nature]:
    """The nature of every line by its key: finance's word, or what its kind usually is."""
    return {key: Nature(row["nature"]) for key, row in accounting_of(case)["lines"].items()}


def _line_record(row: LineAccounting | None, kind: str) -> dict[str, str]:
    if row is None:
        return dict.fromkeys(LINE_FIELDS, "") | {"nature": str(NATURE_OF[PureKind(kind)])}
    return {name: str(getattr(row, name)) for name in LINE_FIELDS}


def _ask_who_keeps(case: BusinessCase, by, lines) -> None:
    if may(by, Action.KEEP_ACCOUNTING):
        reason = kept_out(by, case, decides=False)
        if reason is None or (may_edit(by, case) and not lines):
            return
        raise NotAllowed(reason)
    if lines or not may_edit(by, case):
        raise NotAllowed(
            _("The accounting fields are kept by: %(who)s. The writers can fill in the case's own first.")
            % {"who": who_may(Action.KEEP_ACCOUNTING)}
        )


def _ask_for_everything(version, criteria, ticks, found, answers, missing_endorsements) -> None:
    for criterion in criteria:
        if criterion.pk not in ticks or ticks[criterion.pk][0] is None:
            raise Refusal(
                _("Say whether the criterion “%(criterion)s” is met.") % {"criterion": criterion.text},
                field=f"criterion_{criterion.pk}",
            )
    waiting = endorsements.not_given(version)
    if waiting and not missing_endorsements.strip():
        raise Refusal(
            NOT_ENDORSED % {"people": ", ".join(str(row.person) for row in waiting)},
            field="missing_endorsements",
        )
    for finding in found:
        if not answers.get(finding.code, "").strip():
            raise Refusal(
                _("Answer what the control found: %(finding)s") % {"finding": finding.sentence},
                field=f"answer_{finding.code}",
            )


def _payback(content, criterion) -> tuple[bool, str]:
    figures = content.key_figures
    if figures.nothing_invested:
        return True, _("nothing is invested")
    if figures.payback is None:
        return False, _("not within six years")
    met = criterion.years is None or figures.payback <= criterion.years
    return met, _("after %(years)s") % {"years": years_text(figures.payback)}


def _cashable_gain(content, criterion) -> tuple[bool, str]:
    count = sum(1 for line in content.economy_lines if line.is_cashable and (line.total or 0) > 0)
    return count > 0, ngettext("%(count)d line", "%(count)d lines", count) % {"count": count}


def _battle(content, criterion) -> tuple[bool, str]:
    names = [goal.name for goal in content.goals if goal.kind == Goal.Kind.MUST_WIN_BATTLE]
    return bool(names), ", ".join(names)


def _trial(content, criterion) -> tuple[bool, str]:
    trial = content.texts["trial"].strip()
    return bool(trial), _("described") if trial else _("not described")
