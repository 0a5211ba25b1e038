"""What a case must have before it is submitted: each lack alone, and a draft with nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from businesscases.completeness import missing, parts_in_place, sections
from businesscases.models import Goal, Kind, Subject
from tests import factories

pytestmark = pytest.mark.django_db


def fields(case):
    return [part.field for part in missing(case)]


def test_the_case_of_the_picture_lacks_nothing():
    case = factories.case()
    assert missing(case) == []
    assert parts_in_place(sections(case)) == (8, 8)


def test_a_draft_with_title_and_department_lacks_the_rest_in_the_order_of_the_page():
    factories.goal()
    case = factories.draft()
    assert fields(case) == [
        "round",
        "description",
        "goals",
        "focus_areas",
        "economy",
        "service",
        "staff_consequences",
        "hearing_parties",
        "risks",
        "measurement",
        "milestones",
    ]
    assert parts_in_place(sections(case)) == (0, 8)
    assert [state.section for state in sections(case)] == list(Subject)
    assert [state.section for state in sections(case) if state.optional] == [Subject.DOCUMENTS]
    assert all(part.anchor == f"id_{part.field}" for part in missing(case))


@pytest.mark.parametrize(
    "field", ["description", "focus_areas", "service", "staff_consequences", "hearing_parties", "measurement"]
)
def test_a_text_of_spaces_is_no_text(field):
    assert fields(factories.case(**{field: "  \n "})) == [field]


@pytest.mark.parametrize(
    "field", ["development_goals", "other_areas", "rate_change", "alternatives", "trial"]
)
def test_some_texts_may_be_blank(field):
    assert fields(factories.case(**{field: ""})) == []


def test_a_case_serves_a_battle_when_there_are_any():
    case = factories.case()
    case.goals.set([factories.goal(Goal.Kind.INNOVATION_GOAL)])
    assert fields(case) == ["goals"]
    Goal.objects.update(active=False)
    assert fields(case) == []


def test_something_is_asked_of_the_pool():
    case = factories.case()
    case.lines.filter(payer="pool").update(payer="own")
    assert fields(case) == ["economy"]


def test_a_line_without_an_amount_is_filled_in_or_removed():
    case = factories.case()
    line = factories.line(case, "investment", "Skærme", "own", False, [None] * 6)
    assert fields(case) == [f"line-{line.key}"]
    line.removed_at = timezone.now()
    line.save()
    assert fields(case) == []


def test_a_user_financed_line_asks_what_happens_to_the_rate():
    case = factories.case()
    case.lines.filter(kind="cashable_gain").update(user_financed=True)
    assert fields(case) == ["rate_change"]


def test_the_round_must_be_in_use_and_have_opened():
    today = timezone.localdate()
    case = factories.case()
    case.round.active = False
    assert fields(case) == ["round"]
    case.round = factories.round_with_criteria(
        opens_on=today + timedelta(days=1), deadline=today + timedelta(days=9)
    )
    assert fields(case) == ["round"]
    case.round = None
    assert fields(case) == ["round"]


def test_removed_risks_and_milestones_do_not_count():
    case = factories.case()
    case.risks.update(removed_at=timezone.now())
    case.milestones.update(removed_at=timezone.now())
    assert fields(case) == ["risks", "milestones"]


@pytest.mark.parametrize(
    ("owner", "centre", "words"),
    [
        (False, "", "mangler gevinstejer og profitcenter"),
        (True, "", "mangler profitcenter"),
        (False, "4711", "mangler gevinstejer"),
        (True, "4711", None),
    ],
)
def test_a_gain_nobody_answers_for_is_remarked_and_hinders_nothing(owner, centre, words):
    case = factories.case()
    gain = case.lines.filter(kind=Kind.CASHABLE_GAIN).first()
    case.lines.filter(kind=Kind.CASHABLE_GAIN).exclude(pk=gain.pk).update(
        benefit_owner=case.owner, profit_centre="1"
    )
    gain.benefit_owner, gain.profit_centre = (case.owner if owner else None), centre
    gain.save()
    economy = next(state for state in sections(case) if state.section == Subject.ECONOMY)
    assert [part.sentence for part in economy.remarks] == (
        [f"Økonomi: »{gain.text}« {words}"] if words else []
    )
    assert (economy.complete, missing(case)) == (True, [])
