"""The decision panel of a meeting under fast typing: figures follow, and no letter is lost."""

import time

import pytest

from innovation_pool.permissions import Role
from tests import factories
from tests.browser.visiting import sign_in
from tests.pool import given

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "innovationspulje"
REASON = "Puljen i 2021 rækker ikke."


def test_what_is_typed_while_the_figures_follow_stands(page):
    pool = given.a_pool({2021: 1_000_000}, name="Innovationspuljen")
    case = given.ready_case(pool, asked={2021: 400_000})
    meeting = given.open_meeting(case)
    sign_in(page, factories.someone(Role.BOARD).username, PASSWORD)
    # A slow server: letters are typed before, while and after the answer arrives.
    page.route("**/decision/", lambda route: (time.sleep(0.2), route.continue_()))
    page.goto(f"/meetings/{meeting.pk}/")

    page.locator(f"#id_g_{pool.pk}_2021").fill("300.000")
    page.locator("#id_conditions").click()
    with page.expect_response("**/decision/"):
        page.keyboard.type("Status i maj.", delay=5)
    page.locator("#act-words", has_text="300.000").wait_for()
    page.keyboard.type(" Og i juni.")
    assert page.locator("#id_conditions").input_value() == "Status i maj. Og i juni."
    assert page.locator(f"#after-{pool.pk}_2021").inner_text() == "700.000"

    page.locator("#kind-postpone").check()
    page.locator("#id_until").fill("1.3.2099")
    page.keyboard.press("Tab")
    with page.expect_response("**/decision/"):
        page.keyboard.type(REASON, delay=5)
    page.locator("#foreseen", has_text="1. marts 2099").wait_for()
    assert page.locator("#id_reason").input_value() == REASON
    assert page.locator("#id_until").input_value() == "1.3.2099"


def test_the_remark_of_an_allocation_stands_while_its_figures_follow(page):
    pool = given.a_pool({2021: 1_000_000}, name="Innovationspuljen")
    case = given.approved_case(pool, asked={2021: 400_000})
    sign_in(page, factories.someone(Role.BOARD).username, PASSWORD)
    page.route("**/allocate/", lambda route: (time.sleep(0.2), route.continue_()))
    page.goto(f"/pool/{pool.pk}/years/2021/allocate/")

    page.locator(f"#id_amount_{case.pk}").fill("300.000")
    page.locator("#id_text").click()
    page.keyboard.type("Som aftalt.", delay=5)
    page.locator("#act-words", has_text="300.000").wait_for()
    page.keyboard.type(" Resten senere.")
    assert page.locator("#id_text").input_value() == "Som aftalt. Resten senere."
    page.locator(f"#id_amount_{case.pk}").fill("700.000")
    page.keyboard.press("Tab")
    page.locator(f"#says-{case.pk}", has_text="højst reserveret 400.000").wait_for()
