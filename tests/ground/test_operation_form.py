"""A form that acts: once however often it is posted, and nothing typed is lost when a rule says no."""

from uuid import UUID, uuid4

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from innovation_pool.accounts.models import User
from innovation_pool.audit.acts import Answer
from innovation_pool.audit.models import Act
from innovation_pool.refusals import NotAllowed, Refusal
from innovation_pool.web.operation_form import OperationForm, answer_once, typed_values
from tests import factories

pytestmark = pytest.mark.django_db


class ReasonForm(OperationForm, forms.Form):
    reason = forms.CharField()
    people = forms.ModelMultipleChoiceField(User.objects.all(), required=False)


@pytest.fixture
def person():
    return factories.person()


@pytest.fixture
def post(rf, person):
    """Posts the form as a view would; gives the answer, the form and the request."""

    def posted(typed: dict, act, path: str = "/one/"):
        request = rf.post(path, typed)
        request.user, request.session = person, {}
        request._messages = FallbackStorage(request)
        form = ReasonForm(request.POST)
        assert form.is_valid(), form.errors
        return answer_once(request, form, "try", act), form, request

    return posted


class Counter:
    """An act that counts how often it was done."""

    def __init__(self, refusal: Refusal | None = None):
        self.done, self.refusal = 0, refusal

    def __call__(self) -> Answer:
        if self.refusal is not None:
            raise self.refusal
        self.done += 1
        return Answer("/there/", f"Gjort {self.done}", "warn")


def test_posted_twice_it_acts_once_and_answers_the_same(post):
    act, typed = Counter(), {"operation": str(uuid4()), "reason": "Fordi"}
    for _time in range(2):
        answer, _form, request = post(typed, act)
        assert (answer.status_code, answer.url) == (302, "/there/")
        assert [(f"{said}", said.level_tag) for said in get_messages(request)] == [("Gjort 1", "warning")]
    assert act.done == 1


def test_a_new_form_is_a_new_act(post):
    act = Counter()
    for _time in range(2):
        post({"operation": str(uuid4()), "reason": "Fordi"}, act)
    assert act.done == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [({"reason": "Derfor"}, "/one/"), ({}, "/two/")],
    ids=["other words", "the same words at another address"],
)
def test_the_same_id_with_other_content_does_nothing_and_says_what_was_done(post, change, path):
    act, typed = Counter(), {"operation": str(uuid4()), "reason": "Fordi"}
    post(typed, act)
    answer, _form, _request = post(typed | change, act, path)
    assert answer.status_code == 409
    assert "Gjort 1" in answer.content.decode()
    assert act.done == 1


def test_a_refusal_is_said_at_its_field_and_the_mended_form_acts_with_the_same_id(post):
    act, typed = (
        Counter(Refusal("Skriv hvorfor.", field="reason")),
        {"operation": str(uuid4()), "reason": "x"},
    )
    answer, form, _request = post(typed, act)
    assert answer is None
    assert form.errors == {"reason": ["Skriv hvorfor."]}
    assert form["reason"].value() == "x"
    assert form["operation"].value() == typed["operation"]
    assert not Act.objects.exists()
    act.refusal = None
    answer, _form, _request = post(typed | {"reason": "y"}, act)
    assert (answer.status_code, act.done) == (302, 1)


def test_a_refusal_about_no_field_of_the_form_is_said_above_it(post):
    answer, form, _request = post(
        {"operation": str(uuid4()), "reason": "x"}, Counter(Refusal("Nej.", field="elsewhere"))
    )
    assert answer is None
    assert form.non_field_errors() == ["Nej."]


@pytest.mark.parametrize("typed", [{}, {"operation": "ikke et nummer"}, {"operation": ""}])
def test_a_form_that_lost_its_id_does_nothing_and_comes_back_with_one(typed):
    form = ReasonForm({"reason": "Fordi", **typed})
    assert not form.is_valid()
    assert UUID(form["operation"].value())
    assert list(form.errors) == ["operation"]


def test_each_drawn_form_has_an_id_of_its_own():
    first, second = ReasonForm()["operation"].value(), ReasonForm()["operation"].value()
    assert first != second
    assert str(first) in str(ReasonForm(initial={"operation": first}))


def test_what_was_typed_is_plain_and_without_the_id(person):
    form = ReasonForm({"operation": str(uuid4()), "reason": "Fordi", "people": [person.pk]})
    assert form.is_valid()
    assert form.typed() == {"reason": "Fordi", "people": [person.pk]}


def test_a_file_counts_by_its_content():
    one, same, other = (
        typed_values({"file": SimpleUploadedFile("a.txt", content)}) for content in (b"1", b"1", b"2")
    )
    assert one == same != other


def test_who_may_not_is_refused_unless_a_field_keeps_them_out(post):
    with pytest.raises(NotAllowed, match="Ikke din"):
        post({"operation": uuid4(), "reason": "Grund"}, Counter(NotAllowed("Ikke din.")))
    refusal = NotAllowed("Ikke din.", field="reason")
    answer, form, _request = post({"operation": uuid4(), "reason": "Grund"}, Counter(refusal))
    assert (answer, form.errors["reason"]) == (None, ["Ikke din."])
