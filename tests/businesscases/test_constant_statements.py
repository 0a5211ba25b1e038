"""The rules of a case ask the database as often for a large case as for a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_context

from businesscases import checking, endorsements, hearings, submission
from businesscases.access import content_for, readers_of, visible_to
from businesscases.completeness import sections
from businesscases.models import State
from businesscases.workflow import open_to
from innovation_pool.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db

GAIN = ("cashable_gain", "Gevinst", "", True, [None, 200, 300, 300, 300, 300])
COST = ("investment", "System", "pool", False, [500, None, None, None, None, None])


def statements(act) -> int:
    with CaptureQueriesContext(connection) as queries, zeal_context():
        act()
    return len(queries)


def a_case(gains: int, state: State = State.SUBMITTED):
    """A case with so many gains, each with an owner of its own."""
    made = factories.case(lines=[COST])
    for number in range(gains):
        kind, text, *rest = GAIN
        owner = factories.person()
        factories.line(
            made,
            kind,
            f"{text} {number}",
            *rest,
            benefit_owner=owner,
            profit_centre=f"{made.reference} {number}",
        )
    return factories.advance(made, state)


@pytest.mark.parametrize(
    "read",
    [
        lambda case: checking.findings(case.versions.get()),
        lambda case: checking.suggestions(case.versions.get()),
        lambda case: checking.accounting_of(case),
        lambda case: endorsements.not_given(case.versions.get()),
        lambda case: sections(case),
        lambda case: content_for(case.owner, case),
        lambda case: open_to(case.owner, case),
        lambda case: list(readers_of(case)),
        lambda case: list(visible_to(case.owner)),
    ],
    ids=[
        "findings",
        "criteria",
        "accounting",
        "endorsements",
        "completeness",
        "content",
        "acts",
        "readers",
        "list",
    ],
)
def test_reading_takes_the_same_statements_for_two_gains_and_for_nine(read):
    small, large = a_case(2), a_case(9)
    assert statements(lambda: read(small)) == statements(lambda: read(large))


def test_no_rule_asks_row_by_row():
    for _number in range(3):
        factories.person(Role.FINANCE)
        factories.person(Role.SECRETARIAT)
    case = a_case(5, State.DRAFT)
    with zeal_context():
        submission.submit(case, by=case.owner)
    factories.endorse_all(case)
    version = case.versions.get()
    ticks = {row.criterion.pk: (True, "") for row in checking.suggestions(version)}
    answers = {finding.code: "Set" for finding in checking.findings(version)}
    with zeal_context():
        checking.confirm_figures(case, by=factories.someone(Role.FINANCE), ticks=ticks, answers=answers)
    bodies = [factories.hearing_body() for _number in range(3)]
    with zeal_context():
        factories.open_hearing(case, *bodies)
    secretary = factories.someone(Role.SECRETARIAT)
    for part in case.hearings.get().parts.select_related("hearing__case", "body"):
        hearings.record_answer(part, text="Enig.", answered_by="Formanden", by=secretary)
    with zeal_context():
        hearings.close_hearing(case, by=secretary)
    assert case.state == State.READY
