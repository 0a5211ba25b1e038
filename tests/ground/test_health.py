"""Whoever watches the server gets a plain answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_the_answer_is_ok_without_sign_in_or_session(client):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.cookies == {}
    assert [query["sql"] for query in queries] == ["SELECT 1"]
