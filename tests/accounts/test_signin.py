"""Signing in by user name or e-mail; nobody makes an account for themselves."""

import pytest
from django.urls import NoReverseMatch, reverse

from innovation_pool.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "innovationspulje"


@pytest.fixture
def karen():
    return User.objects.create_user("Karen", "karen@kommune.test", PASSWORD, name="Karen Højgård")


@pytest.mark.parametrize("login", ["Karen", "karen", "karen@kommune.test", "KAREN@kommune.test"])
def test_user_name_or_email_in_any_case(client, karen, login):
    answer = client.post("/accounts/login/", {"login": login, "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == f"{karen.pk}"


def test_who_has_left_does_not_come_in(client, karen):
    karen.is_active = False
    karen.save()

    client.post("/accounts/login/", {"login": "karen", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_it_speaks_danish(client):
    page = client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert "Brugernavn eller e-mail" in page
    assert "Adgangskode" in page


def test_after_sign_in_one_comes_to_the_page_one_asked_for(client, karen):
    asked = client.get("/accounts/password/change/")
    answer = client.post(asked.url, {"login": "karen", "password": PASSWORD})

    assert answer.url == "/accounts/password/change/"


@pytest.mark.parametrize("path", ["signup/", "email/", "reauthenticate/", "social/signup/"])
def test_the_rest_of_allauth_is_not_there(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_sign_up_has_no_address():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_signing_out_takes_a_post(client, karen):
    client.force_login(karen)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_the_administrators_pages_have_the_same_sign_in(client, karen):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")
    client.force_login(karen)
    assert client.get("/admin/login/").status_code == 403
