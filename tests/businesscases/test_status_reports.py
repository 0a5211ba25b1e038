"""A status report: who writes it and when, once, and how it is told in the history of the case."""

from datetime import timedelta
from uuid import uuid4

import pytest

from businesscases import projects
from businesscases.models import ProjectReport, State
from innovation_pool import clock
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from innovation_pool.refusals import Refusal
from tests import factories
from tests.businesscases.pages import counted, signed_in, typed
from tests.businesscases.people import PEOPLE, case_with_everybody, put

pytestmark = pytest.mark.django_db

TEXT = "Første etape er i drift."
AHEAD = "Anden etape begynder i marts."


def page_of(case, rest="") -> str:
    return f"/businesscases/{case.reference}/{rest}"


def reported(state=State.IN_PROGRESS):
    case = put(factories.case(State.READY), state)
    projects.report_status(case, by=case.owner, standing="on_plan", text=TEXT, operation=uuid4())
    return case


def test_only_those_who_write_the_case_report_on_it():
    case, people = case_with_everybody()
    put(case, State.IN_PROGRESS)
    for name in PEOPLE:
        client = signed_in(people[name])
        expected = 200 if name in ("owner", "collaborator") else 404 if name == "administrator" else 403
        assert client.get(page_of(case, "status-report/")).status_code == expected, name
        if expected != 200:
            answer = client.post(
                page_of(case, "status-report/"), typed(text=TEXT, standing="under_plan", ahead=AHEAD)
            )
            assert answer.status_code == expected, name
    assert ProjectReport.objects.count() == 0


@pytest.mark.parametrize("state", sorted(set(State) - projects.REPORTED_IN))
def test_only_an_approved_project_is_reported_on(state):
    case = put(factories.case(State.READY), state)
    client = signed_in(case.owner)
    assert client.get(page_of(case, "status-report/")).status_code == 409
    assert (
        client.post(
            page_of(case, "status-report/"), typed(text=TEXT, standing="under_plan", ahead=AHEAD)
        ).status_code
        == 409
    )
    assert ProjectReport.objects.count() == 0
    assert "status-report" not in client.get(page_of(case)).content.decode()


@pytest.mark.parametrize("state", sorted(projects.REPORTED_IN))
def test_the_owner_reports_once_however_often_the_form_is_sent(state):
    case = put(factories.case(State.READY), state)
    client = signed_in(case.owner)
    # The one filled button of a running project; before it starts, a choice in the menu.
    button = ' class="btn btn-primary"' if state == State.IN_PROGRESS else ""
    link = f'<a{button} href="{page_of(case, "status-report/")}">Skriv en statusrapport</a>'
    assert link in client.get(page_of(case)).content.decode()
    form = typed(text=TEXT, standing="under_plan", ahead=AHEAD)
    for _time in range(2):
        answer = client.post(page_of(case, "status-report/"), form, follow=True)
        assert answer.redirect_chain[-1][0] == page_of(case)
    told = answer.context["page"].story[0]
    assert (told.sentence, told.reason) == ("Statusrapport, under plan", f"{TEXT}\n\nNæste: {AHEAD}")
    assert f"Statusrapport, under plan: {TEXT}" in answer.content.decode()
    report = ProjectReport.objects.get()
    assert (report.kind, report.text, report.by) == ("status", TEXT, case.owner)
    assert (report.standing, report.ahead) == ("under_plan", AHEAD)
    entry = Entry.objects.get(act="report-status")
    assert entry.after == {"report": report.pk, "standing": "under_plan", "ahead": AHEAD, "text": TEXT}
    case.refresh_from_db()
    assert case.state == state
    page = client.get(page_of(case, "status-report/")).content.decode()
    assert all(words in page for words in ("Under plan", TEXT, AHEAD))


def test_a_form_sent_again_after_the_project_ended_gets_the_first_answer():
    case = put(factories.case(State.READY), State.IN_PROGRESS)
    client, form = signed_in(case.owner), typed(text=TEXT, standing="under_plan", ahead=AHEAD)
    client.post(page_of(case, "status-report/"), form)
    put(case, State.COMPLETED)
    assert client.post(page_of(case, "status-report/"), form)["Location"] == page_of(case)
    assert ProjectReport.objects.count() == 1


def test_an_empty_report_is_refused_at_its_field():
    case = put(factories.case(State.READY), State.IN_PROGRESS)
    answer = signed_in(case.owner).post(page_of(case, "status-report/"), typed(text="  "))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text", "standing"}
    with pytest.raises(Refusal):
        projects.report_status(case, by=case.owner, standing="fine", text=TEXT, operation=uuid4())
    assert ProjectReport.objects.count() == 0


def test_the_history_tells_the_report_in_its_place_and_its_words_to_those_inside():
    case = reported()
    for role in (Role.FINANCE, Role.SECRETARIAT, Role.BOARD, Role.AUDITOR):
        client = signed_in(factories.person(role))
        for rest in ("", "history/"):
            page = client.get(page_of(case, rest)).content.decode()
            assert "Statusrapport" in page
            assert TEXT in page
    staff = signed_in(factories.person())
    for rest in ("", "history/"):
        page = staff.get(page_of(case, rest)).content.decode()
        assert "Statusrapport" in page
        assert TEXT not in page


def test_a_report_stands_between_what_came_before_and_after_it():
    case = put(factories.case(State.READY), State.IN_PROGRESS)
    early = case.created_at - timedelta(days=1)
    projects.report_status(
        case, by=case.owner, standing="on_plan", text="Tidligt", operation=uuid4(), at=early
    )
    projects.report_status(
        case, by=case.owner, standing="on_plan", text="Sent", operation=uuid4(), at=clock.now()
    )
    told = signed_in(case.owner).get(page_of(case)).context["page"].story
    assert (told[0].reason, told[-1].reason) == ("Sent", "Tidligt")
    assert [happening.at for happening in told] == sorted((row.at for row in told), reverse=True)


def test_many_reports_take_one_statement_more_than_none(monkeypatch):
    case = put(factories.case(State.READY), State.IN_PROGRESS)
    client = signed_in(factories.person(Role.FINANCE))
    client.get(page_of(case))
    statements = []
    for number in (0, 1, 5):
        for _time in range(number):
            projects.report_status(case, by=case.owner, standing="on_plan", text=TEXT, operation=uuid4())
        with counted(monkeypatch) as asked:
            assert client.get(page_of(case)).status_code == 200
        statements.append(asked.statements)
    assert statements[1] == statements[2] == statements[0] + 1
