"""Master data in the admin: the administrator's alone, audited, nothing deleted, no money and no case."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from businesscases.models import Criterion, Goal, Rate, Round
from innovation_pool.accounts.models import User
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db

MASTER_DATA = {
    "accounts.User",
    "accounts.Department",
    "accounts.Committee",
    "businesscases.Round",
    "businesscases.Goal",
    "businesscases.HearingBody",
    "businesscases.Rate",
    "pool.RoundPool",
}


@pytest.fixture
def administrator():
    return factories.person(Role.ADMINISTRATOR)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def ours() -> dict:
    apps = {"accounts", "businesscases", "pool", "audit", "mail"}
    return {
        model._meta.label: page
        for model, page in admin.site._registry.items()
        if model._meta.app_label in apps
        and model.__module__.startswith(("innovation_pool", "business", "pool"))
    }


def test_only_master_data_is_in_the_admin():
    assert set(ours()) == MASTER_DATA


def test_nothing_can_be_deleted_by_anyone(rf, administrator):
    request = rf.get("/admin/")
    request.user = administrator
    for page in ours().values():
        assert not page.has_delete_permission(request)
        assert "delete_selected" not in page.get_actions(request)
        for inline in page.get_inline_instances(request):
            assert not inline.has_delete_permission(request, None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_the_administrator_comes_in(client, role):
    client.force_login(factories.person(role))
    for label in MASTER_DATA:
        answer = client.get(reverse(f"admin:{label.lower().replace('.', '_')}_changelist"))
        assert answer.status_code in {302, 403}


def test_every_list_and_form_opens(desk):
    factories.round_with_criteria()
    for label in MASTER_DATA:
        name = f"admin:{label.lower().replace('.', '_')}"
        assert desk.get(reverse(f"{name}_changelist")).status_code == 200
        assert desk.get(reverse(f"{name}_add")).status_code == 200


def test_an_addition_and_a_change_are_in_the_trail(desk, administrator):
    desk.post(
        reverse("admin:businesscases_goal_add"),
        {"kind": "battle", "name": "Sund", "order": 1, "active": "on"},
    )
    goal = Goal.objects.get()
    added = Entry.objects.latest("pk")
    assert (added.act, added.by, added.subject, added.before) == ("add", administrator, "Sund", None)
    assert added.after["name"] == "Sund"
    typed = {"kind": "battle", "name": "Sund hverdag", "order": 1, "active": "on"}
    desk.post(reverse("admin:businesscases_goal_change", args=[goal.pk]), typed)
    changed = Entry.objects.latest("pk")
    assert (changed.act, changed.before, changed.after) == (
        "change",
        {"name": "Sund"},
        {"name": "Sund hverdag"},
    )
    before = Entry.objects.count()
    desk.post(reverse("admin:businesscases_goal_change", args=[goal.pk]), typed)
    assert Entry.objects.count() == before


def test_a_round_is_typed_with_its_criteria_and_danish_dates(desk):
    typed = {
        "name": "Efterår",
        "opens_on": "1.8.2026",
        "deadline": "30. september 2026",
        "meeting_on": "",
        "active": "on",
        "criteria-TOTAL_FORMS": "1",
        "criteria-INITIAL_FORMS": "0",
        "criteria-0-order": "0",
        "criteria-0-rule": "payback",
        "criteria-0-text": "Tilbagebetalt inden for 6 år",
        "criteria-0-years": "6",
        "criteria-0-active": "on",
        "pool_links-TOTAL_FORMS": "0",
        "pool_links-INITIAL_FORMS": "0",
    }
    answer = desk.post(reverse("admin:businesscases_round_add"), typed)
    assert answer.status_code == 302, answer.context["errors"]
    made = Round.objects.get()
    assert (made.opens_on, made.deadline) == (date(2026, 8, 1), date(2026, 9, 30))
    assert Criterion.objects.get().years == 6
    assert [entry.subject_type for entry in Entry.objects.filter(act="add").order_by("pk")] == [
        "businesscases.round",
        "businesscases.criterion",
    ]


def test_a_rate_is_typed_in_percent(desk):
    typed = {"kind": "discount", "valid_from": "7-1-2021", "value": "3,5", "source": "Finansministeriet"}
    answer = desk.post(reverse("admin:businesscases_rate_add"), typed)
    assert answer.status_code == 302, answer.context["errors"]
    assert Rate.objects.get().value == Decimal("0.035")


def person_form(person: User, **changes) -> dict:
    typed = {"username": person.username, "name": person.name, "email": person.email, "language": "da"}
    typed |= {"is_active": "on", "role_staff": "on"} | changes
    return {name: value for name, value in typed.items() if value is not None}


def test_nobody_changes_their_own_roles(desk, administrator):
    url = reverse("admin:accounts_user_change", args=[administrator.pk])
    typed = person_form(administrator, role_secretariat="on", role_staff="on", name="Nyt navn")
    assert desk.post(url, typed).status_code == 302
    administrator = User.objects.get(pk=administrator.pk)
    assert administrator.name == "Nyt navn"
    assert administrator.roles == {Role.ADMINISTRATOR}
    assert administrator.is_active


def test_another_persons_roles_are_changed_and_audited(desk):
    other = factories.person()
    url = reverse("admin:accounts_user_change", args=[other.pk])
    assert desk.post(url, person_form(other, role_finance="on")).status_code == 302
    assert User.objects.get(pk=other.pk).roles == {Role.STAFF, Role.FINANCE}
    entry = Entry.objects.latest("pk")
    assert (entry.before, entry.after) == ({"role_finance": False}, {"role_finance": True})


@pytest.mark.parametrize("role", ["role_finance", "role_board"])
def test_an_administrator_is_neither_finance_nor_board(desk, role):
    other = factories.person()
    url = reverse("admin:accounts_user_change", args=[other.pk])
    answer = desk.post(url, person_form(other, role_administrator="on", **{role: "on"}))
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert User.objects.get(pk=other.pk).roles == {Role.STAFF}


def test_a_password_is_set_and_never_told_to_the_trail(desk):
    other = factories.person()
    url = reverse("admin:accounts_user_change", args=[other.pk])
    weak = desk.post(url, person_form(other, new_password="12345678901234"))
    assert weak.status_code == 200
    assert desk.post(url, person_form(other, new_password="gul-kælk-i-november")).status_code == 302
    assert User.objects.get(pk=other.pk).check_password("gul-kælk-i-november")
    entry = Entry.objects.latest("pk")
    assert entry.after == {"password": "new"}
    assert "kælk" not in f"{entry.before}{entry.after}"


def test_a_new_person_without_a_password_cannot_sign_in_with_one(desk):
    typed = {"username": "ny", "name": "Ny", "email": "ny@example.dk", "language": "da", "is_active": "on"}
    answer = desk.post(reverse("admin:accounts_user_add"), {**typed, "role_staff": "on"})
    assert answer.status_code == 302, answer.context["errors"]
    assert not User.objects.get(username="ny").has_usable_password()
    assert Entry.objects.filter(act="add", subject="Ny").count() == 1


def test_the_admin_has_our_name_danish_heads_and_a_way_back(desk):
    page = desk.get("/admin/accounts/user/").content.decode()
    assert '<a href="/admin/">Innovationspuljen · Vesthimmerlands Kommune</a>' in page
    assert '<a href="/">Overblik</a>' in page
    assert ("Roller" in page, "Role names" in page) == (True, False)
    Rate.objects.create(kind=Rate.Kind.DISCOUNT, valid_from=date(2021, 1, 7), value=Decimal("0.035"))
    assert "3,5\N{NO-BREAK SPACE}%" in desk.get("/admin/businesscases/rate/").content.decode()
