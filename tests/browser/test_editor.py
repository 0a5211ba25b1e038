"""The editor in a real browser: typing, arrows, pasting and totals, on a desk and on a telephone."""

from pathlib import Path

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
LINES = [
    ("investment", "Planlægningssystem og opsætning", "pool", False, [480, 320, None, None, None, None]),
    ("implementation", "Projektledelse", "own", False, [90, 60, None, None, None, None]),
    ("implementation", "Oplæring af planlæggere", "own", False, [110, None, None, None, None, None]),
    ("derived_operation", "Drift og support", "own", True, [45, 95, 95, 95, 95, 95]),
    ("cashable_gain", "Færre eksterne vikartimer", "", True, [None, 340, 620, 620, 620, 620]),
    ("cashable_gain", "Færre overarbejdstimer", "", True, [None, 80, 140, 140, 140, 140]),
    ("freed_time", "Kortere tid til planlægning", "", True, [None, 110, 180, 180, 180, 180]),
]
# What a spreadsheet puts on the clipboard.
PASTE = """(field, block) => {
    const data = new DataTransfer();
    data.setData("text/plain", block);
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def case():
    return factories.case(title="Fælles vagtplan for vikarer", start_year=2022, price_level=2022, lines=LINES)


@pytest.fixture
def editor(page, case):
    """A function that opens the editor at a width, with the economy open."""

    def open_at(width: int):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/accounts/login/")
        page.locator("#id_login").fill(case.owner.username)
        page.locator("#id_password").fill("innovationspulje")
        page.locator("form.stack button").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        page.goto(f"/businesscases/{case.reference}/edit/?section=economy")
        return page

    return open_at


def cell(page, text: str, year: int):
    return page.get_by_role("textbox", name=f"{text}, {year}", exact=True)


def figures(page) -> str:
    """The side's words, with plain spaces."""
    return page.locator("#figures").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def saved(page) -> None:
    page.locator("#saved", has_text="✓").wait_for()


def unfold(page, width: int, text: str) -> None:
    """On a telephone one line is open at a time."""
    if width == 390:
        page.get_by_role("button", name=text).click()


def drop_on(page, field, *files: Path) -> None:
    """Drags the files from the desk and lets go over the field, as the browser itself is told of it."""
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    window = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        window.send("Input.dispatchDragEvent", {"type": step, "data": data, **place})


def assert_nothing_sticks_out(page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@WIDTHS
def test_figures_follow_and_are_saved(editor, accessible, case, width):
    page = editor(width)
    accessible(page)
    assert_nothing_sticks_out(page)
    assert "1.880.000 kr." in figures(page)
    unfold(page, width, "Oplæring af planlæggere")
    cell(page, "Oplæring af planlæggere", 2023).fill("120.000")
    page.locator("#figures", has_text="1.760.000").wait_for()
    assert page.locator("#sum-net-1").text_content() == "−175.000"
    assert page.locator("#pinned").text_content().find("1.760.000") >= 0
    saved(page)
    assert case.lines.get(text="Oplæring af planlæggere").year_2 == 120_000


@WIDTHS
def test_a_bad_cell_keeps_what_was_typed_and_says_what_is_wrong(editor, accessible, case, width):
    page = editor(width)
    unfold(page, width, "Oplæring af planlæggere")
    field = cell(page, "Oplæring af planlæggere", 2023)
    field.fill("12o.000")
    sentence = page.get_by_text("Bogstavet o står i stedet for et 0. Skriv fx 120.000.", exact=True)
    sentence.wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").is_visible()
    page.get_by_role("heading", name="Ret 1 celle, før sagen kan indsendes").wait_for()
    assert "Uden cellen i fejl" in figures(page)
    assert "1.880.000 kr." in figures(page)
    accessible(page)
    assert_nothing_sticks_out(page)
    page.get_by_role("button", name="Indsend").click()
    page.get_by_role("link", name=f"Oplæring af planlæggere, 2023: {sentence.text_content()}").click()
    assert page.evaluate("document.activeElement.value") == "12o.000"


def test_keys_move_as_in_a_spreadsheet(editor, case):
    page = editor(1280)
    first = cell(page, "Planlægningssystem og opsætning", 2022)
    first.click()
    keyboard = page.keyboard

    def here() -> str:
        return page.evaluate("document.activeElement.getAttribute('aria-label')")

    keyboard.press("ArrowRight")
    assert here() == "Planlægningssystem og opsætning, 2023"
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    assert here() == "Oplæring af planlæggere, 2023"
    keyboard.press("Shift+Enter")
    keyboard.press("ArrowLeft")
    assert here() == "Projektledelse, 2022"
    keyboard.type("7")
    assert page.evaluate("document.activeElement.value") == "7"
    keyboard.press("Escape")
    assert page.evaluate("document.activeElement.value") == "90.000"
    keyboard.press("F2")
    keyboard.press("ArrowLeft")
    assert here() == "Projektledelse, 2022"
    keyboard.press("Tab")
    assert here() == "Projektledelse, 2023"
    for _ in range(9):
        keyboard.press("ArrowDown")
    assert here() == "Kortere tid til planlægning, 2023"


def test_a_block_is_pasted_explained_and_taken_back(editor, case):
    page = editor(1280)
    block = "Licenser\t10.000\t20.000\t30.000\nKurser\t1.000\t\t12o"
    cell(page, "Oplæring af planlæggere", 2025).evaluate(PASTE, block)
    page.get_by_text("2 rækker er sat ind.").wait_for()
    assert [cell(page, "Oplæring af planlæggere", year).input_value() for year in (2025, 2026, 2027)] == [
        "10.000",
        "20.000",
        "30.000",
    ]
    assert cell(page, "Drift og support", 2027).input_value() == "12o"
    page.get_by_role("button", name="Fortryd").click()
    assert cell(page, "Oplæring af planlæggere", 2025).input_value() == ""
    assert cell(page, "Drift og support", 2027).input_value() == "95.000"
    saved(page)
    assert case.lines.get(text="Oplæring af planlæggere").year_4 is None


def test_lines_are_added_named_and_removed(editor, accessible, case):
    page = editor(1280)
    page.get_by_role("button", name="+ Tilføj udgift").click()
    page.locator("[name$=-text]:focus").wait_for()
    page.keyboard.type("Tavler")
    accessible(page)
    page.locator("tr.more.wide select[name$=-kind]").select_option("cashable_gain")
    page.get_by_label("Gevinstejer").locator("visible=true").wait_for()
    page.locator("tr.more.wide [name$=-full]").fill("300.000")
    page.locator("tr.more.wide [name$=-full_from]").select_option("2")
    page.get_by_role("button", name="Udfyld i lige trin").locator("visible=true").click()
    page.locator("#sum-gains-6", has_text="4.960.000").wait_for()
    saved(page)
    line = case.lines.get(text="Tavler")
    assert line.amounts == (100_000, 200_000, 300_000, 300_000, 300_000, 300_000)
    page.get_by_role("button", name="Fjern linjen").locator("visible=true").click()
    page.get_by_role("button", name="Behold linjen").wait_for()
    saved(page)
    assert not case.lines.filter(text="Tavler").exists()


@WIDTHS
def test_every_section_is_accessible(editor, accessible, case, width):
    page = editor(width)
    page.evaluate("document.querySelectorAll('.fold').forEach((fold) => (fold.open = true))")
    accessible(page)
    assert_nothing_sticks_out(page)
    page.goto("/businesscases/new/")
    accessible(page)
    assert_nothing_sticks_out(page)


def test_without_scripts_everything_works_by_its_buttons(chromium, live_server, case, client):
    window = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = window.new_page()
    client.force_login(case.owner)
    cookie = client.cookies["sessionid"]
    window.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(f"/businesscases/{case.reference}/edit/?section=economy")
    cell(page, "Projektledelse", 2024).fill("5.000")
    page.get_by_role("button", name="+ Tilføj udgift").click()
    assert cell(page, "Projektledelse", 2024).input_value() == "5.000"
    page.locator("[name$=-text]").filter(visible=True).nth(4).fill("Tavler")
    page.locator("#section-economy").get_by_role("button", name="Gem", exact=True).click()
    assert case.lines.get(text="Projektledelse").year_3 == 5000
    assert case.lines.filter(text="Tavler").exists()
    window.close()


def test_a_file_that_is_dropped_on_its_field_is_stored(editor, case, tmp_path):
    offer = tmp_path / "Tilbud på vagtplan.pdf"
    offer.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    page = editor(1280)
    page.locator("#section-documents > summary").click()
    drop_on(page, page.locator("#id_file"), offer)
    page.locator("#files", has_text=offer.name).wait_for()
    assert not case.documents.exists()
    page.locator("#section-documents").get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("link", name=offer.name).wait_for()
    document = case.documents.get()
    assert (document.name, document.size, document.uploaded_by) == (offer.name, 22, case.owner)
