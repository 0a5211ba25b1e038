"""The pages where a case is moved: what they say, what they do once, and what they keep when refused."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from businesscases import checking
from businesscases.models import (
    CaseEvent,
    Comment,
    Confirmation,
    CriterionTick,
    Hearing,
    HearingBody,
    LineAccounting,
    State,
)
from businesscases.workflow import CaseAction, why_not
from innovation_pool.audit.models import Act, Entry
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.pages import signed_in, typed

pytestmark = pytest.mark.django_db

HERE = [
    CaseAction.SUBMIT, CaseAction.WITHDRAW, CaseAction.RETURN, CaseAction.CONFIRM_FIGURES,
    CaseAction.OPEN_HEARING, CaseAction.NO_HEARING, CaseAction.CLOSE_HEARING, CaseAction.REPORT_FINISHED,
]  # fmt: skip
STATES = [
    State.DRAFT, State.SUBMITTED, State.RETURNED, State.CHECKED, State.IN_HEARING, State.READY,
    State.POSTPONED, State.REJECTED, State.WITHDRAWN,
]  # fmt: skip


def act_of(case, action) -> str:
    return f"/businesscases/{case.reference}/act/{action}/"


def fill(form) -> dict:
    """What the form posts as it stands when it is shown."""
    values = {"operation": form["operation"].value()}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, "", []):
            values[name] = value
    return values | {"operation": str(values["operation"])}


def events(case) -> int:
    return CaseEvent.objects.filter(case=case).count()


@pytest.mark.parametrize("state", STATES)
def test_each_page_opens_for_whom_the_table_says_and_refuses_the_others(state):
    case = factories.case(state)
    people = [case.owner, *(factories.someone(role) for role in Role if role != Role.STAFF)]
    acts = Entry.objects.exclude(act="sign in")
    before = events(case), acts.count()
    for person in people:
        client = signed_in(person)
        sees = client.get(f"/businesscases/{case.reference}/").status_code == 200
        for action in HERE:
            status = client.get(act_of(case, action)).status_code
            if not sees:
                assert status == 404
            elif why_not(person, case, action) is None:
                assert status == 200, (person.role_names, action)
            else:
                assert status in (403, 409), (person.role_names, action)
                assert client.post(act_of(case, action), typed(reason="x", text="x")).status_code in (
                    403,
                    409,
                )
    assert (events(case), acts.count()) == before


def test_a_submission_sent_twice_acts_once_and_answers_alike():
    case = factories.case()
    client = signed_in(case.owner)
    assert client.get(act_of(case, "submit")).status_code == 200
    form = typed()
    answers = [client.post(act_of(case, "submit"), form) for _time in range(3)]
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"/businesscases/{case.reference}/")
    ] * 3
    case.refresh_from_db()
    assert (case.state, case.versions_frozen) == (State.SUBMITTED, 1)
    assert Act.objects.count() == 1
    assert client.post(act_of(case, "submit"), typed()).status_code == 409


def test_what_is_missing_is_listed_and_nothing_is_submitted():
    case = factories.draft()
    client = signed_in(case.owner)
    page = unescape(client.get(act_of(case, "submit")).content.decode())
    assert "Beskrivelse: hvad er det, og hvorfor?" in page or "Beskrivelse:" in page
    assert f'href="/businesscases/{case.reference}/edit/?section=description#id_description"' in page
    response = client.post(act_of(case, "submit"), typed())
    assert response.status_code == 422
    case.refresh_from_db()
    assert case.state == State.DRAFT


def test_a_late_submission_says_why():
    today = timezone.localdate()
    late = factories.round_with_criteria(
        opens_on=today - timedelta(days=40), deadline=today - timedelta(days=1)
    )
    case = factories.case(round=late)
    client = signed_in(case.owner)
    assert client.post(act_of(case, "submit"), typed()).status_code == 422
    assert client.post(act_of(case, "submit"), typed(reason="Vi ventede på tallene.")).status_code == 302
    assert case.versions.get().late_reason == "Vi ventede på tallene."


@pytest.mark.parametrize(
    ("state", "action", "who", "to"),
    [
        (State.SUBMITTED, "withdraw", None, State.WITHDRAWN),
        (State.SUBMITTED, "return", Role.FINANCE, State.RETURNED),
        (State.READY, "return", Role.BOARD, State.RETURNED),
        (State.CHECKED, "no-hearing", Role.SECRETARIAT, State.READY),
    ],
)
def test_an_act_with_a_reason_is_refused_without_one_and_done_with_it(state, action, who, to):
    case = factories.case(state)
    client = signed_in(factories.someone(who) if who else case.owner)
    refused = client.post(act_of(case, action), typed(reason="   "))
    assert refused.status_code == 422
    cpr = "Borger 0101701234 siger nej"
    kept = client.post(act_of(case, action), typed(reason=cpr))
    assert kept.status_code == 422
    assert cpr in kept.content.decode()
    assert client.post(act_of(case, action), typed(reason="Det er begrundet.")).status_code == 302
    case.refresh_from_db()
    assert case.state == to
    assert case.events.latest("id").reason == "Det er begrundet."


def test_a_return_pins_its_remarks_to_sections_and_lines():
    case = factories.case(State.SUBMITTED)
    line = case.lines.first()
    client = signed_in(factories.someone(Role.FINANCE))
    half = typed(reason="Grundlaget mangler", place_1="risks", remark_1="", remark_2="Uden sted")
    refused = client.post(act_of(case, "return"), half)
    assert refused.status_code == 422
    assert ">\nUden sted</textarea>" in refused.content.decode()
    whole = typed(
        reason="Grundlaget mangler", place_1="risks", remark_1="Hvad med driften?",
        place_2=f"line:{line.key}", remark_2="Hvorfra kommer 900.000?",
    )  # fmt: skip
    for _time in range(2):
        assert client.post(act_of(case, "return"), whole).status_code == 302
    assert list(Comment.objects.values_list("section", "line_key", "text")) == [
        ("risks", None, "Hvad med driften?"),
        ("economy", line.key, "Hvorfra kommer 900.000?"),
    ]
    owner_reads = unescape(signed_in(case.owner).get(f"/businesscases/{case.reference}/").content.decode())
    assert "Grundlaget mangler" in owner_reads
    assert "Hvorfra kommer 900.000?" in owner_reads


# --- Finance's control ----------------------------------------------------------------------------


@pytest.fixture
def finance():
    return factories.person(Role.FINANCE)


def test_the_control_shows_figures_first_and_suggests_the_ticks(finance):
    case = factories.case(State.SUBMITTED)
    response = signed_in(finance).get(act_of(case, "confirm-figures"))
    page = unescape(response.content.decode())
    assert (
        page.index("−1.330") < page.index("Det fandt kontrollen") < page.index("Ansøgningsrundens kriterier")
    )
    form = response.context["form"]
    assert [(row.met.value(), row.note.value()) for row in form.criterion_rows] == [
        ("met", "efter 3,5\N{NO-BREAK SPACE}år"),
        ("met", "3 linjer"),
        ("met", case.goals.get().name),
        ("met", "beskrevet"),
    ]
    assert "har ikke svaret" in page


def test_the_control_asks_why_without_endorsement_and_keeps_everything_typed(finance):
    case = factories.case(State.SUBMITTED)
    client = signed_in(finance)
    form = fill(client.get(act_of(case, "confirm-figures")).context["form"]) | {
        "case_profit_centre": "Hjemmepleje 4711",
        "note": "Set igennem",
    }
    refused = client.post(act_of(case, "confirm-figures"), form)
    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert "Ikke tiltrådt af" in page
    assert 'value="Hjemmepleje 4711"' in page
    assert ">\nSet igennem</textarea>" in page
    assert checking.accounting_of(case)["case"]["profit_centre"] == ""


def test_the_control_confirms_once_with_ticks_answers_and_accounting(finance):
    case = factories.case(State.SUBMITTED)
    line = case.lines.first()
    client = signed_in(finance)
    shown = client.get(act_of(case, "confirm-figures")).context["form"]
    criterion = shown.suggestions[0].criterion.pk
    form = fill(shown) | {
        "missing_endorsements": "De er på ferie.",
        "case_profit_centre": "Hjemmepleje",
        f"line_{line.key}_nature": "operation",
        f"criterion_{criterion}": "not met",
        f"note_{criterion}": "Tror jeg ikke på",
    }
    for _time in range(2):
        assert client.post(act_of(case, "confirm-figures"), form).status_code == 302
    confirmation = Confirmation.objects.get()
    assert (confirmation.by, confirmation.missing_endorsements) == (finance, "De er på ferie.")
    assert confirmation.accounting["case"]["profit_centre"] == "Hjemmepleje"
    assert confirmation.accounting["lines"][str(line.key)]["nature"] == "operation"
    assert LineAccounting.objects.count() == 1
    ticks = CriterionTick.objects.order_by("criterion__order").values_list("met", "note")
    assert ticks[0] == (False, "Tror jeg ikke på")
    assert [met for met, _note in ticks] == [False, True, True, True]
    page = unescape(client.get(f"/businesscases/{case.reference}/").content.decode())
    assert "3 af 4 opfyldt" in page
    assert "Hjemmepleje" in page


def test_the_accounting_fields_can_be_kept_without_confirming(finance):
    case = factories.case(State.SUBMITTED)
    client = signed_in(finance)
    form = typed(keep="1", case_psp_element="XA-1234-5678")
    assert client.post(act_of(case, "confirm-figures"), form).url == act_of(case, "confirm-figures")
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert checking.accounting_of(case)["case"]["psp_element"] == "XA-1234-5678"


def test_every_finding_is_answered_before_the_figures_are_confirmed(finance):
    case = factories.case(lines=[*factories.LINES[:1]])
    factories.advance(case, State.SUBMITTED)
    client = signed_in(finance)
    shown = client.get(act_of(case, "confirm-figures")).context["form"]
    assert [row.finding.code for row in shown.finding_rows] == ["payback-beyond-criterion"]
    form = fill(shown) | {"missing_endorsements": "Ferie"}
    assert client.post(act_of(case, "confirm-figures"), form).status_code == 422
    form |= {"answer_payback-beyond-criterion": "Kendt og accepteret."}
    assert client.post(act_of(case, "confirm-figures"), form).status_code == 302


def test_confirm_and_next_goes_to_the_case_that_has_waited_longest(finance):
    case, older, newer = (factories.case(State.SUBMITTED) for _n in range(3))
    type(case).objects.filter(pk=older.pk).update(state_since=timezone.now() - timedelta(days=9))
    factories.case(State.SUBMITTED, owner=factories.person(Role.STAFF))
    client = signed_in(finance)
    form = fill(client.get(act_of(case, "confirm-figures")).context["form"])
    answer = client.post(
        act_of(case, "confirm-figures"), form | {"missing_endorsements": "Ferie", "next": "1"}
    )
    assert answer.url == act_of(older, "confirm-figures")
    assert newer.reference != older.reference


def test_who_wrote_the_case_is_refused_with_the_reason():
    both = factories.person(Role.STAFF, Role.FINANCE)
    case = factories.case(State.SUBMITTED, owner=both)
    response = signed_in(both).get(act_of(case, "confirm-figures"))
    assert response.status_code == 403
    assert "funktionsadskillelse" in response.content.decode()


# --- Hearing --------------------------------------------------------------------------------------


def test_a_hearing_opens_once_with_bodies_and_reasons_and_mails_each_its_link():
    by_law = factories.hearing_body(HearingBody.Kind.BY_LAW, "Ældrerådet")
    med = factories.hearing_body(HearingBody.Kind.MED, "HovedMED")
    med.email = "med@example.dk"
    med.save()
    case = factories.case(State.CHECKED, hearing_parties="Ældrerådet og HovedMED.")
    client = signed_in(factories.someone(Role.SECRETARIAT))
    for act in ("open-hearing", "no-hearing"):
        assert "<p>Ældrerådet og HovedMED.</p>" in client.get(act_of(case, act)).content.decode()
    deadline = timezone.localdate() + timedelta(days=20)
    form = typed(bodies=[med.pk], deadline=f"{deadline:%d.%m.%Y}", material="Hvad mener I om sagen?")
    refused = client.post(act_of(case, "open-hearing"), form)
    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert ">\nHvad mener I om sagen?</textarea>" in page
    assert f'<a href="#id_passed_over_{by_law.pk}">Hvis Ældrerådet ikke høres: hvorfor? Sæt kryds' in page
    form[f"passed_over_{by_law.pk}"] = "Sagen angår ikke ældre."
    for _time in range(2):
        assert client.post(act_of(case, "open-hearing"), form).url.endswith("/hearing/")
    hearing = Hearing.objects.get()
    assert hearing.deadline == deadline
    assert sorted(hearing.parts.values_list("body__name", "passed_over_reason")) == [
        ("HovedMED", ""),
        ("Ældrerådet", "Sagen angår ikke ældre."),
    ]
    mail = OutboxMail.objects.get(kind="hearing")
    assert mail.address == "med@example.dk"
    assert signed_in(case.owner).get(mail.link).status_code == 200


def test_the_bodies_stand_with_their_kind_and_those_the_case_names_are_ticked():
    elders = factories.hearing_body(HearingBody.Kind.BY_LAW, "Ældrerådet")
    disabled = factories.hearing_body(HearingBody.Kind.BY_LAW, "Handicaprådet")
    med = factories.hearing_body(HearingBody.Kind.MED, "HovedMED")
    case = factories.case(State.CHECKED, hearing_parties="Hovedmed og ældrerådet.")
    client = signed_in(factories.someone(Role.SECRETARIAT))
    form = client.get(act_of(case, "open-hearing")).context["form"]
    assert [(row.body, row.tick.data["selected"], bool(row.reason)) for row in form.choices] == [
        (disabled, False, True),
        (elders, True, True),
        (med, True, False),
    ]
    refused = client.post(act_of(case, "open-hearing"), typed(bodies=[med.pk], deadline="", material=""))
    errors = refused.context["form"].errors
    assert {f"passed_over_{elders.pk}", f"passed_over_{disabled.pk}", "deadline", "material"} == set(errors)


def test_every_entry_of_an_error_summary_leads_to_something_that_can_be_focused():
    case = factories.case(State.SUBMITTED)
    finance = signed_in(factories.someone(Role.FINANCE))
    page = finance.post(act_of(case, "confirm-figures"), typed()).content.decode()
    links = re.findall(r'<li><a href="#([^"]*)">', page)
    focusable = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page))
    assert any(link.endswith("_0") for link in links)
    assert set(links) - focusable == set()


def test_a_hearing_closes_when_all_have_answered():
    case = factories.case(State.IN_HEARING)
    secretariat = signed_in(factories.someone(Role.SECRETARIAT))
    refused = secretariat.post(act_of(case, "close-hearing"), typed())
    assert refused.status_code == 422
    part = case.hearings.get().parts.get()
    answer = f"/businesscases/{case.reference}/hearing/{part.pk}/"
    assert secretariat.post(answer, typed(text="Vi er enige.", answered_by="HovedMED")).status_code == 302
    assert secretariat.post(act_of(case, "close-hearing"), typed()).status_code == 302
    case.refresh_from_db()
    assert case.state == State.READY


def test_acts_of_the_board_and_of_money_lead_to_the_pools_pages():
    case = factories.case(State.READY)
    client = signed_in(factories.someone(Role.BOARD))
    before = events(case)
    for action in ("approve", "reject", "postpone", "start", "confirm-completion", "stop", "reverse"):
        for response in (client.get(act_of(case, action)), client.post(act_of(case, action), typed())):
            assert response.status_code == 302
            assert response.url != f"/businesscases/{case.reference}/"
    assert events(case) == before


def test_what_comes_too_late_is_said_plainly_and_leads_to_the_case():
    case = factories.case(State.SUBMITTED)
    answer = signed_in(case.owner).get(act_of(case, "submit"))
    page = answer.content.decode()
    assert (answer.status_code, "Sagen er allerede indsendt. Den kan ikke indsendes igen." in page) == (
        409,
        True,
    )
    assert f'<a class="btn btn-primary" href="/businesscases/{case.reference}/">Gå til sagen</a>' in page
    assert "Fejlnummer" not in page


def test_a_page_that_a_role_does_not_open_says_whose_it_is(finance):
    answer = signed_in(finance).get("/audit/")
    assert (answer.status_code, "Det kan kun: Revision." in answer.content.decode()) == (403, True)


def test_before_a_case_is_submitted_it_says_what_is_asked_for():
    case = factories.case()
    page = unescape(signed_in(case.owner).get(act_of(case, "submit")).content.decode())
    years = case.start_year
    assert "Der søges 1.900.000\N{NO-BREAK SPACE}kr. fra puljen:" in page
    assert f"kr. i {years}" in page
    assert "<li>Bilag <span" in page
