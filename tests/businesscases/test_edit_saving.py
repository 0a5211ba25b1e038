"""Saving what was typed: exactly, only what was on the form, with one trace, and never past the door."""

import pytest

from businesscases.listing import refresh_listing
from businesscases.models import BusinessCase, EconomyLine, Milestone, Risk, State
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.editing import address, fields_of, name_of, open_editor, save, writer_at

pytestmark = pytest.mark.django_db
ACT = "edit case"


def a_case(**fields) -> BusinessCase:
    """A complete draft, listed as it stands."""
    case = factories.case(**fields)
    refresh_listing(case)
    return case


def everything(case) -> dict:
    """The case and its rows as they stand in the database, without the times."""
    row = BusinessCase.objects.filter(pk=case.pk).values().get()
    for name in ("changed_at", "section_revisions"):
        row.pop(name)
    tables = [
        list(model.all_rows.filter(case=case).order_by("pk").values())
        for model in (EconomyLine, Risk, Milestone)
    ]
    return {"case": row, "rows": tables, "goals": sorted(case.goals.values_list("pk", flat=True))}


def test_the_page_posted_as_it_stands_changes_nothing():
    case = a_case()
    client = writer_at(case.owner)
    before, entries = everything(case), Entry.objects.count()
    answer = save(client, case, open_editor(client, case))
    assert (answer.status_code, answer.url) == (302, address(case))
    assert everything(case) == before
    assert Entry.objects.count() == entries


def test_lines_stored_in_another_order_than_they_are_shown_in_are_not_moved():
    case = a_case(lines=[factories.LINES[4], factories.LINES[0], factories.LINES[7], factories.LINES[1]])
    client = writer_at(case.owner)
    before = everything(case)
    assert save(client, case, open_editor(client, case)).status_code == 302
    assert everything(case) == before


def test_what_is_typed_is_stored_and_leaves_one_trace():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form["description"] = "Æblegrød\r\nog »citater« & <b>tegn</b>"
    form[name_of(line, "year_4")] = "1.234.567"
    form[name_of(line, "basis")] = "Tilbud af 3. maj"
    entries = Entry.objects.count()
    assert (
        save(client, case, form, do="save:economy").url == f"{address(case)}?section=economy#section-economy"
    )
    case.refresh_from_db()
    line.refresh_from_db()
    assert case.description == "Æblegrød\nog »citater« & <b>tegn</b>"
    assert (line.year_4, line.basis) == (1_234_567, "Tilbud af 3. maj")
    assert Entry.objects.count() == entries + 1
    entry = Entry.objects.latest("pk")
    key = f"economy.{line.key.hex}"
    assert (entry.act, entry.by, entry.case_reference) == (ACT, case.owner, case.reference)
    assert entry.before == {
        "description.description": factories.TEXTS["description"],
        f"{key}.year_4": None,
        f"{key}.basis": "",
    }
    assert entry.after == {
        "description.description": "Æblegrød\nog »citater« & <b>tegn</b>",
        f"{key}.year_4": 1_234_567,
        f"{key}.basis": "Tilbud af 3. maj",
    }
    assert case.section_revisions == {"description": 1, "economy": 1}


def test_a_field_that_is_not_on_the_form_is_left_as_it_is():
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    before = everything(case)
    sent = {"rev-about": form["rev-about"], "base-about": form["base-about"], "title": "Et nyt navn"}
    assert client.post(address(case), sent).status_code == 302
    after = everything(case)
    assert after["case"].pop("title") == "Et nyt navn"
    assert after["case"].pop("listed_title") == "Et nyt navn"
    assert "ET NYT NAVN" in after["case"].pop("search_text")
    for name in ("title", "listed_title", "search_text"):
        before["case"].pop(name)
    assert after == before


def test_what_lists_show_follows_the_save():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form[name_of(line, "year_1")] = "1.000.000"
    save(client, case, form)
    case.refresh_from_db()
    assert (case.asked_total, case.net_gain) == (2_000_000, 4_020_000)


def test_blank_is_not_zero_and_a_negative_amount_is_kept():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form[name_of(line, "year_1")], form[name_of(line, "year_2")], form[name_of(line, "year_3")] = (
        "",
        "0",
        "−5",
    )
    save(client, case, form)
    line.refresh_from_db()
    assert line.amounts == (None, 0, -5, None, None, None)


def test_thousands_are_read_as_thousands():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    shown = client.post(address(case, "rows"), {**form, "do": "unit:1000"}).content.decode()
    assert f'name="{name_of(line, "year_1")}" value="900"' in shown
    for name, amount in {"year_1": "900", "year_2": "1,5", "year_3": "0,5"}.items():
        form[name_of(line, name)] = amount
    sent = {
        name: value for name, value in form.items() if not name.startswith("line") or line.key.hex in name
    }
    save(client, case, sent | {"line": [line.key.hex], "unit": ["1000"]})
    line.refresh_from_db()
    assert line.amounts[:3] == (900_000, 1_500, 500)


def test_a_cell_that_cannot_be_read_keeps_what_was_typed_and_the_rest_is_stored():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form[name_of(line, "year_1")] = "12o.000"
    form[name_of(line, "year_2")] = "710.000"
    answer = save(client, case, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="{name_of(line, "year_1")}" value="12o.000"' in html
    assert "Bogstavet o står i stedet for et 0. Skriv fx 120.000." in html
    assert "Ret 1 celle, før sagen kan indsendes" in html
    assert f'<a href="#id_{name_of(line, "year_1")}">' in html
    line.refresh_from_db()
    assert line.amounts[:2] == (900_000, 710_000)


def test_a_cpr_number_is_refused_at_the_field_and_the_others_are_stored():
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    form["service"], form["trial"] = "Borgeren 010190-1234 får besøg.", "Et halvt år."
    answer = save(client, case, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Borgeren 010190-1234 får besøg." in html
    assert "CPR-nummer" in html
    case.refresh_from_db()
    assert (case.service, case.trial) == ("Uændret service.", "Et halvt år.")


def test_a_text_that_is_too_long_comes_back_whole():
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    form["description"] = "ø" * 2_000_000
    answer = save(client, case, form)
    assert answer.status_code == 422
    assert "ø" * 2_000_000 in answer.content.decode()


def test_a_new_line_sent_twice_is_one_line():
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    key = "0123456789abcdef0123456789abcdef"
    new = {f"line-{key}-kind": "investment", f"line-{key}-payer": "pool", f"line-{key}-text": "Tavler"}
    form["line"] = [*form["line"], key]
    sent = {**form, **new, f"line-{key}-year_1": "5.000"}
    client.post(address(case), sent)
    client.post(address(case), sent)
    lines = case.lines.filter(text="Tavler")
    assert [(line.key.hex, line.year_1, line.payer) for line in lines] == [(key, 5000, "pool")]
    assert case.lines.last().text == "Tavler"


def test_an_empty_new_line_is_nothing():
    case = a_case()
    client = writer_at(case.owner)
    form, count = open_editor(client, case), case.lines.count()
    key = "0123456789abcdef0123456789abcdef"
    form["line"] = [*form["line"], key]
    save(client, case, form, **{f"line-{key}-kind": "investment", f"line-{key}-payer": "pool"})
    assert case.lines.count() == count


def test_a_row_just_added_is_not_wrong_before_something_is_typed_in_it():
    case = a_case()
    client = writer_at(case.owner)
    added = save(client, case, open_editor(client, case), do=["risk-add"])
    again = save(client, case, fields_of(added.content.decode()), do=["milestone-add"])
    html = again.content.decode()
    assert html.count('class="row-fields"') == 4
    assert "is-invalid" not in html
    left = save(client, case, fields_of(html), part="autosave").json()
    assert left["left_out"] == []


def test_lines_are_moved_and_removed_and_no_row_is_deleted():
    case = a_case()
    client = writer_at(case.owner)
    form, keys = open_editor(client, case), [line.key.hex for line in case.lines.all()]
    form["line"] = [keys[1], keys[0], *keys[2:]]
    save(client, case, form, **{f"line-{keys[2]}-removed": "1"})
    assert [line.key.hex for line in case.lines.all()] == [keys[1], keys[0], *keys[3:]]
    assert EconomyLine.all_rows.filter(case=case).count() == len(keys)


def test_the_payer_follows_the_kind():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form[name_of(line, "kind")] = "freed_time"
    save(client, case, form)
    line.refresh_from_db()
    assert (line.kind, line.payer, line.permanent) == ("freed_time", "", False)
    form = open_editor(client, case)
    form[name_of(line, "kind")] = "investment"
    save(client, case, form)
    line.refresh_from_db()
    assert (line.kind, line.payer) == ("investment", "nobody")


def test_a_benefit_owner_is_found_by_name_and_by_user_name():
    case = a_case()
    client, line = writer_at(case.owner), case.lines.filter(kind="cashable_gain").first()
    mette = factories.person(name="Mette Krogh", username="mekr")
    for typed in ("mekr", "Mette Krogh", "Mette Krogh (mekr)"):
        EconomyLine.objects.filter(pk=line.pk).update(benefit_owner=None)
        form = open_editor(client, case)
        form[name_of(line, "benefit_owner")] = typed
        assert save(client, case, form).status_code == 302
        line.refresh_from_db()
        assert line.benefit_owner == mette
    factories.person(name="Mette Krogh", username="mekr2")
    form = open_editor(client, case)
    form[name_of(line, "benefit_owner")] = "Mette Krogh"
    answer = save(client, case, form)
    assert answer.status_code == 422
    assert "Der er ingen med det navn, eller der er flere." in answer.content.decode()


def test_changing_the_start_year_moves_the_amounts_and_says_so():
    case = a_case(start_year=2022)
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form["start_year"] = "2024"
    html = client.post(address(case), form, follow=True).content.decode()
    assert "Startåret er nu 2024. Beløbene er flyttet med: Det, der stod i 2022, står nu i 2024." in html
    before = line.amounts
    line.refresh_from_db()
    assert line.amounts == before
    assert f"{line.text}, 2024" in html
    assert f"{line.text}, 2022" not in html


def test_cases_that_exclude_and_are_needed_come_and_go():
    case = a_case()
    other = factories.draft(owner=case.owner)
    client = writer_at(case.owner)
    for typed, stored in ((other.reference.lower(), [other]), ("", []), (f" {other.reference},", [other])):
        form = open_editor(client, case)
        form["excludes"] = typed
        assert save(client, case, form).status_code == 302
        assert [relation.other for relation in case.relations.all()] == stored


def test_a_draft_of_somebody_else_cannot_be_named():
    case, secret = a_case(), factories.draft()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    form["needs"] = secret.reference
    answer = save(client, case, form)
    assert answer.status_code == 422
    assert f"Du kan ikke se en sag med nummeret {secret.reference}." in answer.content.decode()
    assert not case.relations.exists()


def test_submit_saves_first_and_says_what_is_missing():
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    form["measurement"] = ""
    answer = save(client, case, form, do="submit")
    assert answer.url == address(case)
    page = client.get(address(case)).content.decode()
    assert "kan ikke indsendes endnu" in page
    assert '<li><a href="#id_measurement">Måling: hvordan og hvornår måles effekten?</a></li>' in page
    assert "kan ikke indsendes endnu" not in client.get(address(case)).content.decode()
    form["measurement"] = "Hvert kvartal."
    form["rev-trial"], form["base-trial"] = open_editor(client, case)["rev-trial"], form["base-trial"]
    fresh = open_editor(client, case)
    fresh["measurement"] = "Hvert kvartal."
    assert save(client, case, fresh, do="submit").url.endswith(f"/{case.reference}/act/submit/")
    case.refresh_from_db()
    assert (case.measurement, case.state) == ("Hvert kvartal.", State.DRAFT)


@pytest.mark.parametrize("part", ["edit", "autosave", "figures", "rows"])
def test_strangers_get_what_does_not_exist(part):
    case = a_case()
    before = everything(case)
    for role in Role:
        answer = writer_at(factories.person(role)).post(address(case, part), {"title": "x"})
        assert answer.status_code == 404
    assert everything(case) == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CHECKED, State.READY, State.WITHDRAWN])
def test_a_case_that_is_handed_in_is_not_written(state):
    case = a_case()
    client = writer_at(case.owner)
    form = open_editor(client, case)
    factories.advance(case, state)
    before = everything(case)
    form["description"] = "For sent, men ikke tabt."
    answer = save(client, case, form)
    assert answer.status_code == 409
    assert "For sent, men ikke tabt." in answer.content.decode()
    assert client.get(address(case)).status_code == 409
    assert save(client, case, form, "autosave").status_code == 409
    assert everything(case) == before


def test_those_who_only_read_do_not_write():
    case = factories.case(State.SUBMITTED)
    before = everything(case)
    for role in (Role.FINANCE, Role.SECRETARIAT, Role.BOARD, Role.AUDITOR):
        client = writer_at(factories.person(role))
        assert client.get(address(case)).status_code == 403
        assert client.post(address(case), {"title": "x"}).status_code == 403
    assert everything(case) == before


def test_a_returned_case_is_mended_and_the_list_keeps_the_frozen_one():
    case = factories.case(State.RETURNED)
    client, line = writer_at(case.owner), case.lines.first()
    form = open_editor(client, case)
    form["title"], form[name_of(line, "year_1")] = "Et andet navn", "1"
    assert save(client, case, form).status_code == 302
    title, asked = case.title, case.asked_total
    case.refresh_from_db()
    assert (case.title, case.listed_title, case.asked_total) == ("Et andet navn", title, asked)
