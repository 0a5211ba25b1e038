"""Each prepared read gives what its queryset gives: the same objects, in the same order."""

from inspect import signature

import pytest
from django.db.models import Model

from businesscases import case_reads, discussion
from tests import factories

pytestmark = pytest.mark.django_db
READS = {name: read for name, read in vars(case_reads).items() if hasattr(read, "__wrapped__")}
READS |= {section.value: read for section, read in case_reads.rows_in_use.items()}
READS |= case_reads.offered | {"open remarks": discussion._open_remarks}
RELATED = ("person", "by", "uploaded_by", "benefit_owner", "other")


def as_read(row: Model) -> dict:
    """The columns that were read, and those of the rows it came with."""
    columns = {field.attname: row.__dict__.get(field.attname, "-") for field in row._meta.concrete_fields}
    others = {name: row._state.fields_cache[name] for name in RELATED if name in row._state.fields_cache}
    return columns | {name: other and as_read(other) for name, other in others.items()}


@pytest.fixture
def case():
    """A case with something of everything, and another beside it with its own."""
    for case in (factories.case(), factories.case()):
        for number in range(2):
            case.writers.create(person=factories.person(), part="collaborator")
            case.relations.create(other=factories.case(), kind="needs")
            case.documents.create(
                name=f"{number}.pdf", size=1, uploaded_by=case.owner, stored_as=f"{case.reference} {number}"
            )
            remark = discussion.add_comment(case, by=case.owner, text=f"Nr. {number}", section="risks")
            discussion.add_comment(case, by=case.owner, text="Svar", answers=remark)
    factories.committee()
    return case


@pytest.mark.parametrize("name", READS)
def test_a_prepared_read_gives_what_its_queryset_gives(name, case, django_assert_num_queries):
    read = READS[name]
    known = {"reference": case.reference, "case": case.pk}
    values = {given: known[given] for given in signature(read).parameters}
    asked = list(read.__wrapped__(**values))
    assert asked
    for _twice in range(2):
        with django_assert_num_queries(1):
            found = read(**values)
        assert [as_read(row) for row in found] == [as_read(row) for row in asked]
        assert [row._state.adding for row in found] == [False] * len(found)


def test_nothing_is_found_for_a_case_that_is_not_there(case):
    assert case_reads.by_reference(reference="BC-1999-001") == []
    assert case_reads.writers(case=10**9) == []
