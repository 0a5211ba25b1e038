"""A great many cases, to measure on: made-up rows in bulk, and a few hundred decided by the rules.

The rules would take hours for twenty thousand, so what moves no money is written as rows that are
consistent with each other: writer, lines, frozen version, event, audit trail, listed columns.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import translation

from businesscases.action_names import CREATED
from businesscases.content import TEXTS as TEXT_FIELDS
from businesscases.content import CaseContent, ContentLine, Named, to_plain
from businesscases.models import (
    BusinessCase,
    CaseCounter,
    CaseEvent,
    CaseVersion,
    CaseWriter,
    EconomyLine,
    Round,
    State,
)
from businesscases.sections import AMOUNTS
from businesscases.versions import digest_of
from businesscases.workflow import CaseAction
from innovation_pool import clock
from innovation_pool.accounts.models import Department, User
from innovation_pool.audit.models import Entry
from pool.demo.dates import moment
from pool.demo.made_up import RATE, TEXTS, MadeUp, made_up
from pool.demo.many_decided import decide_some, measuring_pool, measuring_round

BATCH = 1_000
SPACE = UUID("6f1d3a52-5f0e-4a52-9d0c-3b8f1f9f2a11")
# What last happened to a case in the state; a draft has only been created.
LAST_ACT = {
    State.RETURNED: CaseAction.RETURN,
    State.SUBMITTED: CaseAction.SUBMIT,
    State.CHECKED: CaseAction.CONFIRM_FIGURES,
    State.READY: CaseAction.NO_HEARING,
    State.WITHDRAWN: CaseAction.WITHDRAW,
}


def add_many(wanted: int, say: Callable[[str], None]) -> int:
    """Fills up until there are `wanted` cases; how many were added. Some of them get money."""
    missing = max(0, wanted - BusinessCase.objects.count())
    if not missing:
        return 0
    with translation.override("da"):
        pool = measuring_pool()
        round = measuring_round(pool)
        first = CaseWriter.objects.filter(case__round=round).count()
        for begin in range(first, first + missing, BATCH):
            _add(
                [made_up(n, pool.first_year) for n in range(begin, min(begin + BATCH, first + missing))],
                round,
            )
            say(f"{begin + BATCH - first if begin + BATCH < first + missing else missing} af {missing}")
        decide_some(pool, round, min(300, missing // 40), say)
    return missing


@transaction.atomic
def _add(batch: list[MadeUp], round: Round) -> None:
    areas = list(Department.objects.exclude(head=None).select_related("committee").order_by("pk"))
    owners = list(User.objects.filter(role_staff=True, is_active=True).order_by("pk"))
    now = clock.today()
    references = _references(batch, now.year)
    cases = BusinessCase.objects.bulk_create(
        _case(told, reference, areas[told.area % len(areas)], owners[told.area % len(owners)], round, now)
        for told, reference in zip(batch, references, strict=True)
    )
    pairs = list(zip(batch, cases, strict=True))
    CaseWriter.objects.bulk_create(
        CaseWriter(
            case=case, person_id=case.owner_id, part=CaseWriter.Part.OWNER, since=case.created_at,
            added_by_id=case.owner_id,
        )
        for case in cases
    )  # fmt: skip
    EconomyLine.objects.bulk_create(
        EconomyLine(
            case=case, key=UUID(line.key), order=order, kind=line.kind, text=line.text, payer=line.payer,
            permanent=line.permanent, **dict(zip(AMOUNTS, line.amounts, strict=True)),
        )
        for told, case in pairs
        for order, line in enumerate(told.lines, start=1)
    )  # fmt: skip
    submitted = [(told, case) for told, case in pairs if told.state != State.DRAFT]
    CaseVersion.objects.bulk_create(_version(told, case, round) for told, case in submitted)
    CaseEvent.objects.bulk_create(event for case in cases for event in _events(case))
    Entry.objects.bulk_create(_entry(case) for case in cases)


def _references(batch: list[MadeUp], this_year: int) -> list[str]:
    """The next numbers of each year; the counters go up with them."""
    counters: dict[int, CaseCounter] = {}
    found = []
    for told in batch:
        year = this_year - told.years_ago
        if year not in counters:
            counters[year], _new = CaseCounter.objects.get_or_create(year=year)
        counters[year].last += 1
        found.append(str(counters[year]))
    CaseCounter.objects.bulk_update(counters.values(), ["last"])
    return found


def _case(told: MadeUp, reference, area: Department, owner: User, round: Round, today) -> BusinessCase:
    figures = told.figures
    since = min(
        moment(datetime.date(today.year - told.years_ago, 1, 2) + datetime.timedelta(days=told.area % 330)),
        clock.now() - datetime.timedelta(days=1 + told.number % 28),
    )
    return BusinessCase(
        reference=reference,
        state=told.state,
        title=told.title,
        department=area,
        committee=area.committee,
        owner=owner,
        round=round,
        start_year=told.start_year,
        price_level=told.start_year,
        created_at=since - datetime.timedelta(days=20),
        changed_at=since,
        state_since=since,
        listed_title=told.title,
        listed_department=area,
        listed_start_year=told.start_year,
        search_text=f"{reference} {told.title} {area.name} {owner}".upper()[:400],
        versions_frozen=int(told.state != State.DRAFT),
        **{f"asked_{year}": amount for year, amount in enumerate(figures.asked, start=1)},
        asked_total=figures.asked_in_all,
        invested=figures.invested,
        net_gain=figures.net_gain,
        present_value=figures.npv,
        payback_years=figures.payback,
        discount_rate=RATE,
        **TEXTS,
    )


def _version(told: MadeUp, case: BusinessCase, round: Round) -> CaseVersion:
    """What was submitted, frozen as `businesscases.versions` freezes it."""
    plain = to_plain(
        CaseContent(
            reference=case.reference,
            version=1,
            title=case.title,
            department=Named(case.department_id, case.department.name),
            committee=Named(case.committee_id, case.committee.name),
            owner=Named(case.owner_id, str(case.owner)),
            collaborators=(),
            round=Named(round.pk, round.name),
            start_year=case.start_year,
            price_level=case.price_level,
            discount_rate=RATE,
            texts={name: TEXTS.get(name, "") for name in TEXT_FIELDS},
            goals=(),
            lines=tuple(_content_line(line) for line in told.lines),
            risks=(),
            milestones=(),
            documents=(),
            relations=(),
        )
    )
    figures = told.figures
    return CaseVersion(
        case=case,
        number=1,
        frozen_at=case.changed_at,
        by_id=case.owner_id,
        content=plain,
        digest=digest_of(plain),
        start_year=case.start_year,
        price_level=case.price_level,
        discount_rate=RATE,
        asked_total=figures.asked_in_all,
        invested=figures.invested,
        net_gain=figures.net_gain,
        permanent_effect=figures.permanent_effect,
        present_value=figures.npv,
        payback_years=figures.payback,
        internal_rate=figures.irr,
        benefit_cost_ratio=figures.benefit_cost_ratio,
        careful_net_gain=Decimal(figures.careful.net_gain),
        careful_present_value=figures.careful.npv,
        careful_payback_years=figures.careful.payback,
    )


def _content_line(line) -> ContentLine:
    return ContentLine(
        key=line.key, kind=str(line.kind), text=line.text, payer=str(line.payer), permanent=line.permanent,
        user_financed=False, benefit_owner=None, profit_centre="", basis="", amounts=line.amounts,
    )  # fmt: skip


def _events(case: BusinessCase):
    yield CaseEvent(
        case=case, at=case.created_at, by_id=case.owner_id, action=CREATED, to_state=State.DRAFT,
        operation=uuid5(SPACE, case.reference),
    )  # fmt: skip
    if case.state in LAST_ACT:
        yield CaseEvent(
            case=case, at=case.changed_at, by_id=case.owner_id, action=LAST_ACT[case.state],
            from_state=State.DRAFT, to_state=case.state, operation=uuid5(SPACE, f"{case.reference} last"),
        )  # fmt: skip


def _entry(case: BusinessCase) -> Entry:
    return Entry(
        at=case.created_at, act="create-case", by_id=case.owner_id, subject_type=case._meta.label_lower,
        subject_id=str(case.pk), subject=str(case)[:250], case_reference=case.reference,
        after={"title": case.title}, operation=uuid5(SPACE, case.reference),
    )  # fmt: skip
