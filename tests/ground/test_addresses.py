"""An address that is worked out once is what Django says each time."""

import pytest
from django.test import override_settings
from django.urls import reverse

from innovation_pool.web.addresses import address
from innovation_pool.web.menu import ENTRIES

OF_A_CASE = (
    "businesscases:case-detail", "businesscases:case-print", "businesscases:case-history",
    "businesscases:comment-new", "pool:case-proposal", "pool:disqualification",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for _label, name, _actions in ENTRIES])
def test_a_page_has_its_address(name):
    assert address(name) == reverse(name) != ""


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_page_of_a_case_has_its_address(name):
    for reference in ("BC-2026-001", "BC-2021-123456"):
        assert address(name, reference) == reverse(name, args=[reference])


def test_what_is_no_page_has_none():
    assert (address("no-page"), address("no-page", "BC-2026-001")) == ("", "")


def test_other_addresses_are_worked_out_anew():
    here = address("overview")
    with override_settings(ROOT_URLCONF="tests.ground.test_menu"):
        assert address("pool:pool-list") == "/pool/pool-list/"
        assert address("mail:mail-list") == ""
    assert (address("overview"), address("pool:pool-list")) == (here, reverse("pool:pool-list"))
