"""A session that ran out while somebody wrote, met in a real browser: nothing typed is lost."""

import pytest

from innovation_pool.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
PRIVATE = "/accounts/password/change/"
OPERATION = "3f2b8c1e-55d0-4f0a-9d0e-0a4b1c2d3e4f"
# What a form of an earlier page does, when its session is gone.
SEND = """([path, operation]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = path;
    for (const [name, value] of [["title", "Æblegrød"], ["text", "to\\nlinjer"], ["operation", operation]]) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture
def karen():
    return User.objects.create_user("karen", password="innovationspulje", name="Karen Højgård")


@pytest.mark.parametrize("width", [1280, 390])
def test_signing_in_on_the_page_brings_back_what_was_typed(page, accessible, karen, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/accounts/login/")
    accessible(page)
    with page.expect_navigation():
        page.evaluate(SEND, [PRIVATE, OPERATION])
    assert page.get_by_role("heading", level=1).inner_text() == "Du er logget ud"
    accessible(page)
    assert_nothing_sticks_out(page)

    page.get_by_label("Brugernavn eller e-mail").fill("karen")
    page.get_by_label("Adgangskode").fill("innovationspulje")
    page.get_by_role("button", name="Log ind og fortsæt").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Du er logget ind"
    assert page.locator("input[name=text]").input_value() == "to\nlinjer"
    assert page.locator("input[name=operation]").input_value() == OPERATION
    accessible(page)
    assert_nothing_sticks_out(page)

    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Send igen").click()
    assert sent.value.url.endswith(PRIVATE)
    assert f"text=to%0D%0Alinjer&operation={OPERATION}" in sent.value.post_data


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_that_is_not_there(page, accessible, karen, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/no-such-page")

    assert page.get_by_role("heading", level=1).inner_text() == "Siden findes ikke"
    accessible(page)
    assert_nothing_sticks_out(page)


def assert_nothing_sticks_out(page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
