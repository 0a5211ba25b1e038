"""Remarks on the sections, written in the editor: sent by any save, and no character typed is lost."""

import re
from html import unescape
from uuid import uuid4

import pytest

from businesscases import discussion
from businesscases.models import Comment, State
from tests import factories
from tests.businesscases.editing import address, fields_of, open_editor, save, writer_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return factories.case()


@pytest.fixture
def anna(case):
    return writer_at(case.owner)


def test_one_post_stores_the_section_and_the_remark_and_leads_back(anna, case):
    fields = open_editor(anna, case)
    fields |= {"title": "Ny tekst", "remark-description": "Er @" + case.owner.name + " enig?"}
    for _twice in range(2):
        answer = save(anna, case, fields, do="remark:description")
        assert answer.status_code == 302
        assert answer.url.endswith("?section=description#section-description")
    remark = Comment.objects.get(case=case)
    assert (remark.section, remark.by) == ("description", case.owner)
    assert remark.mentions.get().person == case.owner
    case.refresh_from_db()
    assert case.title == "Ny tekst"
    shown = anna.get(address(case)).content.decode()
    assert remark.text in shown
    assert f'id="comment-{remark.pk}"' in shown


@pytest.mark.parametrize("text", ["@Ukendt Udefra, se her", "x" * 5_001])
def test_a_remark_that_is_refused_stays_in_its_field(anna, case, text):
    factories.person(name="Ukendt Udefra")
    fields = open_editor(anna, case) | {"title": "Ny tekst", "remark-about": text}
    answer = save(anna, case, fields, do="remark:about")
    assert answer.status_code == 422
    kept = fields_of(answer.content.decode())
    assert kept.first("remark-about") == text
    assert 'id="e-remark-about"' in answer.content.decode()
    case.refresh_from_db()
    assert case.title == "Ny tekst"
    assert not Comment.objects.exists()


def test_a_remark_waits_in_its_field_while_rows_are_moved(anna, case):
    fields = open_editor(anna, case) | {"remark-risks": "Hvem ejer risikoen?"}
    answer = save(anna, case, fields, do="risk-add:")
    assert fields_of(answer.content.decode()).first("remark-risks") == "Hvem ejer risikoen?"
    assert not Comment.objects.exists()


def test_another_remark_from_a_page_gone_back_to_is_kept_and_can_be_sent(anna, case):
    fields = open_editor(anna, case)
    save(anna, case, fields | {"remark-goals": "Første"}, do="remark:goals")
    answer = save(anna, case, fields | {"remark-goals": "Andet"}, do="remark:goals")
    assert answer.status_code == 422
    kept = fields_of(answer.content.decode())
    assert kept.first("remark-goals") == "Andet"
    assert save(anna, case, kept, do="remark:goals").status_code == 302
    assert [remark.text for remark in case.comments.order_by("pk")] == ["Første", "Andet"]


def test_resolving_saves_what_was_typed_and_takes_the_remark_off_the_page(anna, case):
    remark = discussion.add_comment(case, by=case.owner, text="Uddyb", section="description")
    fields = open_editor(anna, case) | {"title": "Uddybet"}
    answer = save(anna, case, fields, do=f"resolve:{remark.pk}")
    assert answer.url.endswith("#section-description")
    remark.refresh_from_db()
    case.refresh_from_db()
    assert remark.resolved_by == case.owner
    assert case.title == "Uddybet"
    assert f"comment-{remark.pk}" not in anna.get(address(case)).content.decode()


def answer_link(page: str, remark) -> str:
    return unescape(re.search(rf'href="([^"]*answers={remark.pk}\b[^"]*)"', page)[1])


def test_a_remark_of_the_editor_is_answered_at_its_own_place_and_leads_back(anna, case):
    remark = discussion.add_comment(case, by=case.owner, text="Hvem ejer det?", section="risks")
    discussion.add_comment(case, by=case.owner, text="Et yngre indlæg", section="goals")
    page = anna.get(answer_link(anna.get(address(case)).content.decode(), remark)).content.decode()
    thread = re.search(rf'<article class="comment" id="comment-{remark.pk}">.*?</article>', page, re.DOTALL)[
        0
    ]
    assert page.count('<form class="no-print stack tight"') == thread.count('id="write"') == 1
    assert " autofocus" in thread
    place = f"{address(case)}?section=risks#comment-"
    assert f'href="{place}{remark.pk}">Tilbage til redigeringen</a>' in thread
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', thread))
    sent = anna.post(f"{address(case, 'detail')}comments/", fields | {"text": "Lederen gør."})
    reply = remark.replies.get()
    assert (sent.status_code, sent.url) == (302, f"{place}{reply.pk}")
    assert f'id="comment-{reply.pk}"' in anna.get(sent.url).content.decode()


def test_an_answer_leads_to_the_case_when_it_can_be_edited_no_more(anna, case):
    remark = discussion.add_comment(case, by=case.owner, text="Uddyb", section="risks")
    factories.advance(case, State.SUBMITTED)
    typed = {"operation": uuid4(), "answers": remark.pk, "editing": "True", "text": "Det er uddybet."}
    sent = anna.post(f"{address(case, 'detail')}comments/", typed)
    assert sent.url == f"{address(case, 'detail')}#comment-{remark.replies.get().pk}"


def test_the_remark_of_another_case_is_not_resolved(anna, case):
    remark = discussion.add_comment(other := factories.case(), by=other.owner, text="Deres", section="goals")
    for number in (str(remark.pk), "9" * 30, "²", "-1", ""):
        assert save(anna, case, open_editor(anna, case), do=f"resolve:{number}").status_code == 302
    remark.refresh_from_db()
    assert remark.resolved_at is None


def test_open_remarks_of_any_number_are_one_statement(case, django_assert_num_queries):
    for section in ("goals", "risks", "about"):
        first = discussion.add_comment(case, by=case.owner, text="Ny", section=section)
        discussion.add_comment(case, by=case.owner, text="Svar", answers=first)
    discussion.resolve(first, by=case.owner, resolved=True)
    with django_assert_num_queries(1):
        threads = discussion.discussion_of(case, open_only=True).threads
        assert [(thread.comment.section, len(thread.replies)) for thread in threads] == [
            ("goals", 1),
            ("risks", 1),
        ]
