"""The blank form: every section and field of the editor, with what each is about."""

import pytest
from django.utils import translation

from businesscases.forms.sections import SECTION_FORMS
from businesscases.models import Subject
from innovation_pool.permissions import Role
from tests.pool.pages import as_role, words

pytestmark = pytest.mark.django_db


def test_every_section_and_field_stands_on_it_with_its_help():
    staff = as_role(Role.STAFF)
    page = words(staff.get("/businesscases/blank/"))
    with translation.override("da"):
        for subject in Subject:
            assert str(subject.label) in page
        for form in SECTION_FORMS.values():
            for field in form.base_fields.values():
                assert str(field.label) in page
                assert str(field.help_text) in page
    assert "/businesscases/blank/" in staff.get("/businesscases/new/").content.decode()
