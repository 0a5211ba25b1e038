"""The menu against the table of roles. The addresses of this file stand in for pages."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import include, path

from innovation_pool.web.menu import entries


def page(request):
    return HttpResponse()


def named(*names):
    return [path(f"{name}/", page, name=name) for name in names]


pool_names = ("pool-list", "meeting-list", "budget-sheets")
urlpatterns = [
    path("", page, name="overview"),
    path("businesscases/", include(([path("", page, name="case-list")], "businesscases"))),
    path("pool/", include((named(*pool_names), "pool"))),
    path("audit/", include((named("entry-list"), "audit"))),
    path("admin/", include((named("index"), "admin"))),
]

pytestmark = pytest.mark.urls(__name__)


def shown_to(role, at="/"):
    user = get_user_model()(**{"role_staff": False, **({f"role_{role}": True} if role else {})})
    return {entry.url: entry.current for entry in entries(user, at)}


OVERVIEW, CASES, POOL = "/", "/businesscases/", "/pool/pool-list/"
MEETINGS, SHEETS = "/pool/meeting-list/", "/pool/budget-sheets/"
AUDIT, ADMIN = "/audit/entry-list/", "/admin/index/"


@pytest.mark.parametrize(
    ("role", "urls"),
    [
        ("staff", [OVERVIEW, CASES, POOL]),
        ("finance", [OVERVIEW, CASES, POOL, MEETINGS, SHEETS]),
        ("secretariat", [OVERVIEW, CASES, POOL, MEETINGS, SHEETS]),
        ("board", [OVERVIEW, CASES, POOL, MEETINGS, SHEETS]),
        ("auditor", [OVERVIEW, CASES, POOL, MEETINGS, SHEETS, AUDIT]),
        ("administrator", [OVERVIEW, ADMIN]),
        (None, [OVERVIEW]),
    ],
)
def test_a_role_sees_what_it_may_use_and_no_more(role, urls):
    assert list(shown_to(role)) == urls


def test_a_stranger_sees_nothing():
    assert entries(AnonymousUser(), "/") == []


@pytest.mark.parametrize(
    ("at", "current"),
    [
        ("/", [OVERVIEW]),
        ("/businesscases/BC-2020-007/edit/", [CASES]),
        ("/pool/budget-sheets/2021/", [SHEETS]),
        ("/accounts/logout/", []),
    ],
)
def test_the_current_entry_is_the_one_the_page_lies_under(at, current):
    assert [url for url, is_current in shown_to("board", at).items() if is_current] == current
