"""People, and a database that can be taken away."""

import re
from copy import deepcopy
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from innovation_pool.accounts.models import User

PASSWORD = "innovationspulje"


@pytest.fixture
def karen(db):
    """A member of staff with password and e-mail."""
    return User.objects.create_user("karen", "karen@kommune.test", PASSWORD, name="Karen Højgård")


@pytest.fixture
def browser():
    """A client that checks tokens and shows error pages, as a browser meets them."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def database_away(transactional_db):
    """A function that takes the database away and gives one that brings it back."""
    before = deepcopy(connection.settings_dict)

    def come_back():
        connection.close()
        connection.settings_dict.update(deepcopy(before))

    def take_away():
        connection.close()
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = "/no/such/folder/database.sqlite3"
        else:
            connection.settings_dict["OPTIONS"] = {"host": "/no/such/folder"}
        return come_back

    yield take_away
    come_back()


def token_of(answer) -> str:
    """The token in the first form of a page."""
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]


def sendable_form(answer) -> tuple[str, dict[str, str]]:
    """Address and fields of the last form of a page: the one that sends the kept post again."""
    form = answer.content.decode().rpartition("<form")[2].partition("</form>")[0]
    action = re.search(r'action="([^"]*)"', form)[1]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return unescape(action), {unescape(name): unescape(value) for name, value in fields}
