"""Disqualification on its page: reported by whom it concerns, decided by the chair or the mayor."""

from copy import deepcopy
from uuid import uuid4

import pytest

from businesscases.access import kept_out
from businesscases.models import Disqualification, State
from innovation_pool.permissions import Role
from pool import meetings
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role, client_of, form_on, words

pytestmark = pytest.mark.django_db

WHY = "Min søster er leverandør."
HANDLERS = (Role.FINANCE, Role.SECRETARIAT, Role.BOARD)


@pytest.fixture
def case(made):
    return deepcopy(made)


@pytest.fixture(scope="module")
def made(shared):
    given.board()
    made = given.ready_case(given.a_pool(adopted={2021: 500_000}))
    given.open_meeting(made)
    return made


def page_of(case, question=None) -> str:
    rest = f"{question.pk}/" if question else ""
    return f"/businesscases/{case.reference}/disqualification/{rest}"


def typed(**fields) -> dict:
    return {"operation": f"{uuid4()}", **fields}


def asked(case, person) -> Disqualification:
    return meetings.report_disqualification(case, by=person, reason=WHY, operation=uuid4())


@pytest.mark.parametrize("role", HANDLERS)
def test_who_handles_cases_reports_it_once_and_stays_out(case, role):
    person = factories.person(role)
    client = client_of(person)
    assert "Ingen har meldt, at de kan være inhabile." in words(client.get(page_of(case)))
    form = form_on(client.get(page_of(case)), has="reason") | {"reason": WHY}
    for _time in range(2):
        page = words(client.post(page_of(case), form, follow=True))
        assert "Du holdes ude af sagen, til mødelederen har afgjort det." in page
    question = Disqualification.objects.get()
    assert (question.person, question.reason, question.out) == (person, WHY, None)
    assert kept_out(person, case)
    page = client.get(page_of(case)).content.decode()
    assert WHY in page
    assert 'name="reason"' not in page


def test_a_second_question_of_the_same_person_is_refused(case):
    person = factories.person(Role.FINANCE)
    asked(case, person)
    answer = client_of(person).post(page_of(case), typed(reason="Igen"))
    assert answer.status_code == 422
    assert "Du har allerede meldt det i denne sag." in words(answer)


def test_a_question_without_a_reason_is_refused_at_its_field(case):
    answer = as_role(Role.FINANCE).post(page_of(case), typed(reason=" "))
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_others_neither_report_nor_decide(case):
    question = asked(case, factories.person(Role.FINANCE))
    auditor = as_role(Role.AUDITOR)
    assert auditor.get(page_of(case)).status_code == 200
    assert 'name="reason"' not in auditor.get(page_of(case)).content.decode()
    for person, status in (
        (factories.person(Role.AUDITOR), 403),
        (case.owner, 403),
        (factories.person(), 404),
        (factories.person(Role.ADMINISTRATOR), 404),
    ):
        client = client_of(person)
        refused = client.post(page_of(case), typed(reason=WHY))
        assert refused.status_code == status
        who = ("De, der behandler eller beslutter sagen, melder det selv", "Det kan kun: Økonomi, ")
        told = any(words in refused.content.decode() for words in who)
        assert told == (status == 403)
        answer = typed(out="no", reason="Nej.")
        assert client.get(page_of(case, question)).status_code == status
        assert client.post(page_of(case, question), answer).status_code == status
    question.refresh_from_db()
    assert (Disqualification.objects.count(), question.out) == (1, None)


@pytest.mark.parametrize("role", HANDLERS)
def test_nobody_but_the_chair_decides(case, role):
    person = factories.person(role)
    question = asked(case, factories.person(Role.FINANCE))
    client = client_of(person)
    assert page_of(case, question) not in client.get(page_of(case)).content.decode()
    assert client.get(page_of(case, question)).status_code == 403
    assert client.post(page_of(case, question), typed(out="no", reason="Nej.")).status_code == 403
    question.refresh_from_db()
    assert question.out is None


@pytest.mark.parametrize(
    ("out", "told"), [("yes", "Inhabil: holdes ude af sagen"), ("no", "Ikke inhabil: deltager i sagen")]
)
def test_the_chair_decides_once_and_with_a_reason(case, out, told):
    person = factories.person(Role.FINANCE, name="Frida Finans")
    question = asked(case, person)
    chair = client_of(meetings.chair_for(case))
    page = chair.get(page_of(case))
    assert WHY in words(page)
    assert page_of(case, question) in page.content.decode()
    assert WHY in words(chair.get(page_of(case, question)))
    for missing in ({"out": out}, {"reason": "Nær familie."}):
        assert chair.post(page_of(case, question), typed(**missing)).status_code == 422
    form = typed(out=out, reason="Nær familie.")
    for _time in range(2):
        assert told in words(chair.post(page_of(case, question), form, follow=True))
    question.refresh_from_db()
    assert (question.out, question.decision_reason) == (out == "yes", "Nær familie.")
    assert bool(kept_out(person, case)) == (out == "yes")
    assert "Ret afgørelsen" in words(chair.get(page_of(case)))


def test_the_mayor_decides_the_chairs_own_and_the_secretariat_writes_it_down(case):
    chair = meetings.chair_for(case)
    question = asked(case, chair)
    assert client_of(chair).get(page_of(case, question)).status_code == 403
    client = as_role(Role.SECRETARIAT)
    form = typed(out="yes", reason="Aktiepost.")
    answer = client.post(page_of(case, question), form)
    assert answer.status_code == 422
    assert "mayor" in answer.context["form"].errors
    page = words(client.post(page_of(case, question), form | {"mayor": "Bente Borgmester"}, follow=True))
    assert "Afgjort af borgmesteren, Bente Borgmester" in page
    question.refresh_from_db()
    assert (question.out, question.decided_by_name) == (True, "Bente Borgmester")


def test_why_it_was_reported_is_for_the_person_the_chair_the_secretariat_and_the_auditor(case):
    person = factories.person(Role.FINANCE, name="Frida Finans")
    asked(case, person)
    reads = {
        "person": (person, True),
        "chair": (meetings.chair_for(case), True),
        "secretariat": (factories.person(Role.SECRETARIAT), True),
        "auditor": (factories.person(Role.AUDITOR), True),
        "finance": (factories.person(Role.FINANCE), False),
        "board": (factories.person(Role.BOARD), False),
    }
    for name, (reader, reads_it) in reads.items():
        page = words(client_of(reader).get(page_of(case)))
        assert "Frida Finans" in page
        assert (WHY in page) == reads_it, name


def test_a_question_of_another_case_is_not_found(case):
    other = factories.case(State.READY)
    question = asked(case, factories.person(Role.FINANCE))
    chair = client_of(meetings.chair_for(case))
    assert chair.get(page_of(other, question)).status_code == 404
    assert chair.get(f"{page_of(case)}{10**25}/").status_code == 404


def test_the_case_page_and_the_item_lead_to_it(case):
    meeting = meetings.chair_for(case) and case.agenda_items.get().meeting
    link = f'href="{page_of(case)}"'
    for role in HANDLERS:
        client = as_role(role)
        assert link in client.get(f"/businesscases/{case.reference}/").content.decode()
        assert link in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert link not in client_of(case.owner).get(f"/businesscases/{case.reference}/").content.decode()


def test_the_inbox_of_who_decides_leads_to_the_question(case):
    chair = meetings.chair_for(case)
    others, own = asked(case, factories.person(Role.FINANCE)), asked(case, chair)
    assert f'href="{page_of(case, others)}"' in client_of(chair).get("/").content.decode()
    secretariat = as_role(Role.SECRETARIAT).get("/").content.decode()
    assert f'href="{page_of(case, own)}"' in secretariat
    assert page_of(case, others) not in secretariat
