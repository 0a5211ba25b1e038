"""The control: what it finds, the criteria it computes, the accounting record and the confirmation."""

import pytest

from businesscases import checking, endorsements, findings
from businesscases.findings import Finding
from businesscases.models import CaseAccounting, Confirmation, Criterion, CriterionTick, FindingAnswer, State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import NotAllowed, Refusal
from tests import factories

pytestmark = pytest.mark.django_db

COST = ("investment", "System", "pool", False, [500, None, None, None, None, None])
GAIN = ("cashable_gain", "Færre timer", "", True, [None, 200, 200, 200, 200, 200])


def newest(case):
    return case.versions.latest("number")


def codes(case) -> list[str]:
    """What is found, without the keys of the lines."""
    return [finding.code.partition(":")[0] for finding in checking.findings(newest(case))]


def endorsed(**fields):
    case = factories.case(State.SUBMITTED, **fields)
    factories.endorse_all(case)
    return case


def test_nothing_is_found_in_the_case_of_the_picture_once_it_is_endorsed():
    assert codes(endorsed()) == []


def test_before_it_is_endorsed_each_gain_and_the_area_head_are_named():
    case = factories.case(State.SUBMITTED)
    found = checking.findings(newest(case))
    assert codes(case) == ["gain-not-endorsed"] * 3 + ["area-head-not-endorsed"]
    assert all(finding.about_endorsement for finding in found)
    assert len({finding.code for finding in found}) == 4
    assert all(len(finding.code) <= 60 for finding in found)


def test_a_refused_endorsement_is_still_found():
    case = factories.case(State.SUBMITTED)
    for row in endorsements.not_given(newest(case)):
        endorsements.endorse(row, by=row.person, yes=False, reason="Tallene holder ikke.")
    assert "gain-not-endorsed" in codes(case)
    assert "area-head-not-endorsed" in codes(case)


def test_a_gain_without_owner_or_budget_is_found():
    case = factories.case(lines=[COST])
    factories.line(case, *GAIN)
    factories.submit(case)
    factories.endorse_all(case)
    assert codes(case) == ["gain-without-owner", "gain-without-centre"]


@pytest.mark.parametrize(("yearly", "found"), [(100, []), (99, ["payback-beyond-criterion"])])
def test_payback_beyond_the_criterion_is_found(yearly, found):
    # 500 in the first year and five times 100 is back at zero at the end of the sixth: on the limit.
    gain = ("cashable_gain", "Gevinst", "", True, [None, yearly, yearly, yearly, yearly, yearly])
    assert codes(endorsed(lines=[COST, gain])) == found


def test_payback_within_the_horizon_may_be_beyond_what_the_round_asks():
    place = factories.round_with_criteria()
    place.criteria.filter(rule=Criterion.Rule.PAYBACK).update(years=3)
    assert codes(endorsed(round=place)) == ["payback-beyond-criterion"]
    place.criteria.update(active=False)
    assert codes(endorsed(round=place)) == []


def test_a_user_financed_area_is_found():
    case = factories.case(lines=[COST, GAIN], rate_change="Taksten falder.")
    case.lines.filter(kind="cashable_gain").update(user_financed=True)
    factories.submit(case)
    factories.endorse_all(case)
    assert "user-financed" in codes(case)


def test_a_gain_on_a_budget_that_another_case_counts_on_is_found_and_names_it():
    other, case = factories.case(State.READY), factories.case()
    case.lines.filter(kind="cashable_gain").update(profit_centre=f"Kørsel {other.reference}")
    factories.submit(case)
    factories.endorse_all(case)
    found = checking.findings(newest(case))
    assert codes(case) == ["shared-gain"] * 3
    assert all(other.reference in finding.sentence for finding in found)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.WITHDRAWN, State.REJECTED])
def test_what_nobody_counts_on_is_not_found_and_what_is_being_written_is_not_told(state):
    other, case = factories.case(state), factories.case()
    case.lines.filter(kind="cashable_gain").update(profit_centre=f"Kørsel {other.reference}")
    factories.submit(case)
    factories.endorse_all(case)
    assert codes(case) == []


def test_totals_that_changed_since_the_last_version_are_found_with_both_figures():
    case = factories.case(State.RETURNED)
    case.lines.filter(payer="pool").update(year_1=1_000_000)
    factories.submit(case)
    factories.endorse_all(case)
    found = checking.findings(newest(case))
    assert [finding.code for finding in found] == ["totals-changed"]
    assert "1.900.000" in found[0].sentence
    assert "2.000.000" in found[0].sentence


def test_freed_time_counted_as_money_is_found():
    twice = ("freed_time", "Sparet tid", "", True, [None, 200, 200, 200, 200, 200])
    assert codes(endorsed(lines=[COST, GAIN, twice])) == ["freed-time-as-money"]
    other = ("freed_time", "Sparet tid", "", True, [None, 200, 210, 200, 200, 200])
    assert codes(endorsed(lines=[COST, GAIN, other])) == []


def test_an_area_without_a_head_is_found():
    area = factories.department()
    area.head = None
    area.save()
    assert codes(endorsed(department=area)) == ["no-area-head"]


def test_an_app_above_adds_what_it_finds(monkeypatch):
    case = endorsed()
    monkeypatch.setattr(findings, "_finders", [])
    findings.adds_findings(lambda version, content: [Finding("above", f"Om {content.reference}")])
    also = [Finding("page", "Fra siden")]
    assert [part.code for part in checking.findings(newest(case), also)] == ["above", "page"]


def test_the_criteria_are_computed_and_left_to_finance_where_they_must_be_judged():
    place = factories.round_with_criteria()
    Criterion.objects.create(round=place, text="Kan udbredes", order=9)
    found = checking.suggestions(newest(endorsed(round=place)))
    assert [(part.criterion.rule, part.met) for part in found] == [
        ("payback", True),
        ("cashable gain", True),
        ("battle", True),
        ("trial", True),
        ("judged", None),
    ]


def test_criteria_that_are_not_met_are_computed_too():
    case = factories.case(lines=[COST], trial="")
    factories.submit(case)
    met = {part.criterion.rule: part.met for part in checking.suggestions(newest(case))}
    assert met == {"payback": False, "cashable gain": False, "battle": True, "trial": False}


def everything(case) -> dict:
    version = newest(case)
    return {
        "ticks": {part.criterion.pk: (True, "Set") for part in checking.suggestions(version)},
        "answers": {part.code: "Forklaret" for part in checking.findings(version)},
    }


def test_confirming_keeps_ticks_answers_and_a_copy_of_the_accounting_record():
    case = factories.case(State.RETURNED)
    case.lines.filter(payer="pool").update(year_1=1_000_000)
    factories.submit(case)
    factories.endorse_all(case)
    finance = factories.person(Role.FINANCE)
    checking.keep_accounting(case, by=finance, fields={"profit_centre": "Hjemmepleje", "kle": "82.00"})
    checking.confirm_figures(case, by=finance, note="Kontrolleret", **everything(case))
    assert case.state == State.CHECKED
    confirmation = Confirmation.objects.get()
    assert (confirmation.version, confirmation.by) == (newest(case), finance)
    assert confirmation.accounting["case"]["profit_centre"] == "Hjemmepleje"
    assert CriterionTick.objects.filter(version=newest(case), met=True).count() == 4
    assert list(FindingAnswer.objects.values_list("code", "text")) == [("totals-changed", "Forklaret")]
    checking_entries = Entry.objects.filter(act="confirm-figures")
    assert checking_entries.count() == 1
    assert checking_entries.get().after["criteria met"] == 4


@pytest.mark.parametrize("lacking", ["tick", "answer", "endorsement"])
def test_the_figures_are_not_confirmed_before_everything_is_answered(lacking):
    case = factories.case(State.RETURNED)
    case.lines.filter(payer="pool").update(year_1=1_000_000)
    factories.submit(case)
    if lacking != "endorsement":
        factories.endorse_all(case)
    typed = everything(case)
    if lacking == "tick":
        typed["ticks"].popitem()
    if lacking == "answer":
        typed["answers"] = {"totals-changed": "  "}
    with pytest.raises(Refusal) as refusal:
        checking.confirm_figures(case, by=factories.person(Role.FINANCE), **typed)
    expected = {
        "tick": "criterion_",
        "answer": "answer_totals-changed",
        "endorsement": "missing_endorsements",
    }
    assert refusal.value.field.startswith(expected[lacking])
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert not CriterionTick.objects.exists()


def test_why_not_every_endorsement_answers_what_is_found_about_them():
    case = factories.case(State.SUBMITTED)
    typed = everything(case) | {"answers": {}}
    checking.confirm_figures(
        case, by=factories.person(Role.FINANCE), missing_endorsements="Er på barsel.", **typed
    )
    assert case.state == State.CHECKED
    assert set(FindingAnswer.objects.values_list("text", flat=True)) == {"Er på barsel."}


def test_a_criterion_may_be_missed_and_the_case_goes_on():
    case = endorsed(lines=[COST])
    typed = everything(case)
    typed["ticks"] = dict.fromkeys(typed["ticks"], (False, "Nej"))
    checking.confirm_figures(case, by=factories.person(Role.FINANCE), **typed)
    assert case.state == State.CHECKED


def test_who_wrote_the_case_does_not_check_it():
    both = factories.person(Role.FINANCE, Role.STAFF)
    case = endorsed(owner=both)
    with pytest.raises(NotAllowed):
        checking.confirm_figures(case, by=both, **everything(case))


def test_the_accounting_record_keeps_its_history_and_adds_only_what_differs():
    case, finance = factories.case(State.SUBMITTED), factories.person(Role.FINANCE)
    key = content_key(case, "Projektledelse")
    assert checking.keep_accounting(case, by=finance, fields={"psp_element": "XA-1"}) is True
    assert checking.keep_accounting(case, by=finance, fields={"psp_element": "XA-1 "}) is False
    assert checking.keep_accounting(case, by=finance, fields={}, lines={key: {"nature": "operation"}}) is True
    assert checking.keep_accounting(case, by=finance, fields={"psp_element": "XA-2"}) is True
    assert [row.psp_element for row in CaseAccounting.objects.order_by("pk")] == ["XA-1", "XA-2"]
    assert checking.nature_of_lines(case)[key] == "operation"
    assert Entry.objects.filter(act="keep-accounting").count() == 3
    with pytest.raises(Refusal):
        checking.keep_accounting(case, by=finance, fields={}, lines={key: {"nature": "andet"}})


def content_key(case, text: str) -> str:
    return next(line["key"] for line in newest(case).content["lines"] if line["text"] == text)


def test_a_line_has_the_nature_of_its_kind_until_finance_says_otherwise():
    case = factories.case(State.SUBMITTED)
    natures = checking.nature_of_lines(case)
    by_text = {line["text"]: natures[line["key"]] for line in newest(case).content["lines"]}
    assert by_text == {
        "Koordineringssystem og bilsensorer": "capital",
        "Projektledelse": "capital",
        "Oplæring og omlægning af ruter": "operation",
        "Licenser og kørselskoordinator": "operation",
        "Færre kørte kilometer": "operation",
        "14 færre leasede biler": "operation",
        "Færre taxaregninger": "operation",
        "Frigjort tid": "none",
    }


def test_writers_fill_in_the_cases_own_fields_while_they_write_and_finance_the_rest():
    case = factories.case()
    key = str(case.lines.first().key)
    assert checking.keep_accounting(case, by=case.owner, fields={"kle": "82.00"})
    with pytest.raises(NotAllowed):
        checking.keep_accounting(case, by=case.owner, fields={}, lines={key: {"nature": "operation"}})
    factories.submit(case)
    with pytest.raises(NotAllowed):
        checking.keep_accounting(case, by=case.owner, fields={"kle": "83.00"})
    for role in (Role.SECRETARIAT, Role.BOARD, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            checking.keep_accounting(case, by=factories.person(role), fields={"kle": "83.00"})
