"""Versions: the list, one as it was, and what changed between two, to the word and the cell."""

from html import unescape

import pytest

from businesscases.comparison import CellCompared, Piece, compare, words_compared
from businesscases.content import content_of
from businesscases.models import Document, Milestone, State
from innovation_pool.permissions import Role
from tests import factories
from tests.businesscases.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Submitted, returned, mended and submitted again."""
    made = factories.case(State.RETURNED)
    made.description = "Seks områder planlægger hver deres kørsel. Sagen samler planlægningen ét sted."
    made.save()
    first = made.lines.first()
    first.year_1, first.year_4 = 800_000, 50_000
    first.save()
    gone = made.lines.get(text="Projektledelse")
    gone.removed_at = made.created_at
    gone.save()
    Milestone.objects.create(case=made, text="Evalueret", due_on=f"{made.start_year}-12-01")
    factories.submit(made)
    made.refresh_from_db()
    return made


def address(case, rest="") -> str:
    return f"/businesscases/{case.reference}/versions/{rest}"


def test_words_that_went_and_came_are_marked_and_the_rest_stays():
    assert words_compared("Fem områder kører selv.", "Seks områder kører sammen.") == (
        Piece("gone", "Fem "),
        Piece("new", "Seks "),
        Piece("same", "områder kører "),
        Piece("gone", "selv."),
        Piece("new", "sammen."),
    )
    for before, after in (("", "Nyt"), ("Gammelt", ""), ("a\n\nb  c", "a\n\nb  c d"), ("", "")):
        pieces = words_compared(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_two_versions_are_compared_field_by_field_and_cell_by_cell(case):
    one, two = case.versions.order_by("number")
    found = compare(content_of(one), content_of(two))
    assert [field.label for field in found.fields] == ["Milepæle", "Beskrivelse"]
    assert found.fields[1].pieces[:2] == (Piece("gone", "Fem "), Piece("new", "Seks "))
    changed, gone = found.lines
    assert [(cell.before, cell.after) for cell in changed.cells] == [
        (-900_000, -800_000), (-700_000, -700_000), (-300_000, -300_000), (None, -50_000), (None, None),
        (None, None),
    ]  # fmt: skip
    assert changed.total == CellCompared(-1_900_000, -1_850_000)
    assert (gone.kind, gone.total) == ("gone", CellCompared(-250_000, None))
    assert [(figure.before, figure.after, figure.difference) for figure in found.figures[:3]] == [
        (1_900_000, 1_850_000, -50_000),
        (2_390_000, 2_090_000, -300_000),
        (4_120_000, 4_420_000, 300_000),
    ]


def test_the_page_marks_what_went_and_what_came(case):
    page = unescape(signed_in(case.owner).get(address(case, "1..2/")).content.decode())
    assert "<del>Fem </del><ins>Seks </ins>områder planlægger" in page
    assert "<del>−900.000</del> <ins>−800.000</ins>" in page
    assert '<td class="strong">+300.000</td>' in page
    backwards = unescape(signed_in(case.owner).get(address(case, "2..1/")).content.decode())
    assert "<del>Seks </del><ins>Fem </ins>" in backwards
    same = unescape(signed_in(case.owner).get(address(case, "2..2/")).content.decode())
    assert "Ingen forskelle" in same


def test_any_two_can_be_chosen_from_the_list(case):
    client = signed_in(factories.someone(Role.FINANCE))
    page = client.get(address(case)).content.decode()
    assert page.count('type="radio"') == 4
    assert client.get(address(case), {"a": "2", "b": "1"}).url == address(case, "1..2/")
    for a, b in (("1", "1"), ("1", "9"), ("x", "2"), ("٣", "1"), ("", "")):
        assert client.get(address(case), {"a": a, "b": b}).status_code == 200


def test_an_old_version_reads_as_it_was(case):
    page = signed_in(factories.someone(Role.AUDITOR)).get(address(case, "1/")).content.decode()
    assert "Fem områder planlægger" in page
    assert "−1.900" in page
    assert case.versions.get(number=1).digest[:16] in page
    for missing in ("0/", "3/", "1..3/", "9999/"):
        assert signed_in(case.owner).get(address(case, missing)).status_code == 404


def test_a_confidential_document_is_in_no_comparison_for_who_may_not_know_it():
    made = factories.case(State.RETURNED)
    Document.objects.create(
        case=made, name="hemmelig.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        stored_as="x", confidential=True, uploaded_by=made.owner,
    )  # fmt: skip
    factories.submit(made)
    assert "hemmelig.pdf" in signed_in(made.owner).get(address(made, "1..2/")).content.decode()
    assert signed_in(factories.person()).get(address(made, "1..2/")).status_code == 404
