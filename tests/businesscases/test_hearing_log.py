"""The secret of a personal link is in no log line, not even of a request that was refused."""

import logging
from io import StringIO

import pytest
from django.test import Client

from businesscases import hearings
from businesscases.models import State
from innovation_pool.permissions import Role
from innovation_pool.web.personal_links import PersonalLinkFilter
from tests import factories
from tests.businesscases.pages import typed


@pytest.fixture
def log():
    """What the configured handler writes."""
    console = next(
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(one, PersonalLinkFilter) for one in handler.filters)
    )
    written = StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


@pytest.mark.django_db
def test_a_refused_answer_does_not_write_the_link_to_the_log(log):
    case = factories.advance(factories.case(), State.IN_HEARING)
    secret = hearings.new_link(case.hearings.get().parts.get(), by=factories.someone(Role.SECRETARIAT))

    assert Client().post(f"/hearing/{secret}/", typed(text="", answered_by="")).status_code == 422
    assert Client().get(f"/hearing/{secret}x/").status_code == 404

    assert log.getvalue().count("/hearing/…/") == 2
    assert secret not in log.getvalue()


def test_other_addresses_are_written_as_they_are(log):
    logging.getLogger("django.request").warning("Not Found: %s", "/businesscases/BC-2026-001/hearing/")
    assert log.getvalue().rstrip().endswith("Not Found: /businesscases/BC-2026-001/hearing/")
