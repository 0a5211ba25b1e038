"""Two people in one case: different fields and sections never clash, the same field shows both texts."""

import re
from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesscases import submission
from businesscases.merging import digest, merge
from businesscases.models import EconomyLine
from tests import factories
from tests.businesscases.editing import CELLS, address, fields_of, name_of, open_editor, save, writer_at

NEW_LINE = {"kind": "investment", "payer": "pool", "text": "Vogne"} | dict.fromkeys(CELLS, "")
plain = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from(["", "a", "b", "c"]))


@pytest.fixture
def case():
    return factories.case()


@pytest.fixture
def anna(case):
    return writer_at(case.owner)


@pytest.fixture
def bent(case):
    person = factories.person(name="Bent Dahl")
    submission.add_collaborator(case, person, by=case.owner)
    return writer_at(person)


@given(plain, plain, plain)
def test_merging_a_field_by_hand(shown, theirs, mine):
    merged = merge({"f": theirs}, {"f": mine}, {"f": digest(shown)}, in_sync=False)
    same = lambda one, other: digest(one) == digest(other)  # noqa: E731
    if mine == theirs or same(mine, shown):
        expected = ({}, 0)
    elif same(theirs, shown):
        expected = ({"f": mine}, 0)
    else:
        expected = ({}, 1)
    assert (merged.writes, len(merged.conflicts)) == expected


@pytest.mark.django_db
def test_different_sections_and_different_fields_never_clash(case, anna, bent):
    line = case.lines.first()
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers["description"], hers["service"], hers[name_of(line, "year_1")] = "Annas", "Annas", "1"
    his["trial"], his["staff_consequences"], his[name_of(line, "year_2")] = "Bents", "Bents", "2"
    assert save(anna, case, hers).status_code == 302
    assert save(bent, case, his).status_code == 302
    case.refresh_from_db()
    line.refresh_from_db()
    assert (case.description, case.service, case.trial, case.staff_consequences) == (
        "Annas",
        "Annas",
        "Bents",
        "Bents",
    )
    assert line.amounts[:2] == (1, 2)


@pytest.mark.django_db
def test_the_same_field_shows_both_texts_and_loses_no_character(case, anna, bent):
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers["description"] = "Annas tekst"
    his["description"], his["trial"] = "Bents tekst\nmed to linjer", "Bents forsøg"
    save(anna, case, hers)
    answer = save(bent, case, his)
    html = answer.content.decode()
    assert answer.status_code == 409
    case.refresh_from_db()
    assert (case.description, case.trial) == ("Annas tekst", "Bents forsøg")
    assert "To har ændret samme felt." in html
    assert "Annas tekst" in html
    again = fields_of(html)
    assert again.first("description") == "Bents tekst\nmed to linjer"
    assert save(bent, case, again).status_code == 302
    case.refresh_from_db()
    assert case.description == "Bents tekst\nmed to linjer"


@pytest.mark.django_db
def test_the_later_one_can_take_what_the_other_saved(case, anna, bent):
    line = case.lines.first()
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers[name_of(line, "year_1")], his[name_of(line, "year_1")] = "1", "2"
    his[name_of(line, "year_2")] = "22"
    save(anna, case, hers)
    html = save(bent, case, his).content.decode()
    assert f'value="economy.{line.key.hex}.year_1"' in html
    again = fields_of(html)
    again["theirs"] = f"economy.{line.key.hex}.year_1"
    assert save(bent, case, again).status_code == 302
    line.refresh_from_db()
    assert line.amounts[:2] == (1, 22)


@pytest.mark.django_db
def test_a_third_change_between_clashes_once_more(case, anna, bent):
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers["trial"], his["trial"] = "Annas første", "Bents"
    save(anna, case, hers)
    again = fields_of(save(bent, case, his).content.decode())
    newer = open_editor(anna, case)
    newer["trial"] = "Annas anden"
    save(anna, case, newer)
    answer = save(bent, case, again)
    assert answer.status_code == 409
    assert "Annas anden" in answer.content.decode()


@pytest.mark.django_db
def test_saving_again_and_again_from_one_page_is_no_clash_with_oneself(case, anna, bent):
    hers = open_editor(anna, case)
    his = open_editor(bent, case)
    his["service"] = "Bents"
    save(bent, case, his)
    for text in ("A", "AB", "ABC"):
        hers["description"], hers["service"] = text, hers["service"]
        answer = save(anna, case, hers, "autosave").json()
        assert answer["conflicts"] == []
        for section, (revision, base) in answer["sync"].items():
            hers[f"rev-{section}"], hers[f"base-{section}"] = str(revision), base
    case.refresh_from_db()
    assert (case.description, case.service) == ("ABC", "Bents")
    # Her page still shows the old text there: once she changes it, both are shown.
    hers["service"] = "Annas"
    assert len(save(anna, case, hers, "autosave").json()["conflicts"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("new", [True, False])
def test_a_cell_put_right_before_a_line_is_added_is_no_clash_with_oneself(case, anna, new):
    form = open_editor(anna, case)
    key = uuid4().hex if new else case.lines.first().key.hex
    if new:
        form["line"] = [*form["line"], key]
        form |= {f"line-{key}-{name}": [value] for name, value in NEW_LINE.items()}
    form[f"line-{key}-year_2"] = "32o.000"
    answer = save(anna, case, form, "autosave").json()
    assert len(answer["left_out"]) == 1
    form["rev-economy"], form["base-economy"] = answer["sync"]["economy"]
    form[f"line-{key}-year_2"] = "320.000"
    drawn = save(anna, case, form, "rows", do="line-add:costs").content.decode()
    added = next(
        other for other in re.findall(r'name="line" value="(\w+)"', drawn) if other not in form["line"]
    )
    form["line"] = [*form["line"], added]
    form |= {f"line-{added}-{name}": [""] for name in CELLS} | {f"line-{added}-kind": ["investment"]}
    answer = save(anna, case, form, "autosave").json()
    assert (answer["left_out"], answer["conflicts"]) == ([], [])
    assert case.lines.get(key=key).year_2 == 320_000


@pytest.mark.django_db
def test_a_clash_found_by_autosave_is_shown_by_the_next_save(case, anna, bent):
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers["trial"], his["trial"] = "Annas", "Bents"
    save(anna, case, hers)
    said = save(bent, case, his, "autosave").json()
    assert [target for target, _label in said["conflicts"]] == ["section-trial"]
    for section, (revision, base) in said["sync"].items():
        his[f"rev-{section}"], his[f"base-{section}"] = str(revision), base
    answer = save(bent, case, his)
    assert answer.status_code == 409
    assert "Annas" in answer.content.decode()
    case.refresh_from_db()
    assert case.trial == "Annas"


@pytest.mark.django_db
def test_a_line_added_by_one_and_moved_by_the_other(case, anna, bent):
    keys = [line.key.hex for line in case.lines.all()]
    hers, his = open_editor(anna, case), open_editor(bent, case)
    new = "0123456789abcdef0123456789abcdef"
    hers["line"] = [*keys[:2], new, *keys[2:]]
    his["line"] = [keys[1], keys[0], *keys[2:]]
    save(
        anna,
        case,
        hers,
        **{f"line-{new}-kind": "investment", f"line-{new}-payer": "own", f"line-{new}-text": "Ny"},
    )
    assert save(bent, case, his).status_code == 302
    order = [line.key.hex for line in case.lines.all()]
    assert sorted(order) == sorted([*keys, new])
    assert [key for key in order if key != new] == [keys[1], keys[0], *keys[2:]]
    assert order.index(new) == order.index(keys[1]) + 1


@pytest.mark.django_db
def test_a_line_removed_by_one_and_changed_by_the_other_stays(case, anna, bent):
    line = case.lines.first()
    hers, his = open_editor(anna, case), open_editor(bent, case)
    save(anna, case, hers, **{name_of(line, "removed"): "1"})
    assert not case.lines.filter(pk=line.pk).exists()
    untouched = open_editor(bent, case)
    assert name_of(line, "text") not in untouched
    his[name_of(line, "year_5")] = "55"
    assert save(bent, case, his).status_code == 302
    assert EconomyLine.objects.get(pk=line.pk).year_5 == 55


@pytest.mark.django_db
def test_an_untouched_page_does_not_bring_a_removed_line_back(case, anna, bent):
    line = case.lines.first()
    hers, his = open_editor(anna, case), open_editor(bent, case)
    save(anna, case, hers, **{name_of(line, "removed"): "1"})
    his["trial"] = "Noget andet"
    assert save(bent, case, his).status_code == 302
    assert not case.lines.filter(pk=line.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"), list(permutations([("kind", "cashable_gain"), ("payer", "own")]))
)
def test_kind_by_one_and_payer_by_the_other(case, anna, bent, first, second):
    line = case.lines.first()
    hers, his = open_editor(anna, case), open_editor(bent, case)
    hers[name_of(line, first[0])], his[name_of(line, second[0])] = first[1], second[1]
    save(anna, case, hers)
    assert save(bent, case, his).status_code in (302, 409)
    line.refresh_from_db()
    assert (line.payer == "") == (line.kind == "cashable_gain")


@pytest.mark.django_db
def test_a_form_without_its_digests_overwrites_nothing_unseen(case, anna):
    answer = anna.post(address(case), {"description": "Fra et script"})
    assert answer.status_code == 409
    assert "Fra et script" in answer.content.decode()
    case.refresh_from_db()
    assert case.description == factories.TEXTS["description"]


@pytest.mark.django_db
def test_autosave_answers_what_was_saved_and_what_was_left_out(case, anna):
    line = case.lines.first()
    form = open_editor(anna, case)
    form["service"], form["trial"] = "CPR 010190-1234", "Et halvt år"
    form[name_of(line, "year_1")] = "1.2.3"
    answer = save(anna, case, form, "autosave")
    said = answer.json()
    assert answer.status_code == 200
    assert said["conflicts"] == []
    assert [target for target, _sentence in said["left_out"]] == [
        f"id_{name_of(line, 'year_1')}",
        "id_service",
    ]
    assert said["parts"]["economy"] == ["bad", "1 fejl"]
    case.refresh_from_db()
    assert (case.service, case.trial) == ("Uændret service.", "Et halvt år")
