"""Adding to the audit trail: the one way in.

An entry calls what it concerns by its name, in the municipality's language: it is read for years, by
people who have nothing but the entry.
"""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import Truncator

from innovation_pool.audit.models import Entry

LONGEST_NAME = 250
FORMATS = {"xlsx": "Excel", "csv": "CSV", "docx": "Word", "zip": "ZIP", "jsonl": "JSON"}


def record(
    act,
    subject,
    *,
    by,
    reason="",
    before=None,
    after=None,
    operation=None,
    case_reference="",
    named: str | Promise = "",
) -> Entry:
    """Adds one row in the caller's transaction, so that the act and its trace stand or fall together.

    `subject` is a saved model instance; `before` and `after` are plain values of what changed. `named`
    stands for the name of the subject where that would not say what the act concerned.
    """
    with translation.override(settings.LANGUAGE_CODE):
        # Plain spaces: who looks for "2. december" types no other.
        name = (str(named) or audit_name(subject)).replace("\xa0", " ")
    return Entry.objects.create(
        act=act,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject=Truncator(name).chars(LONGEST_NAME),
        case_reference=case_reference,
        reason=reason,
        before=before,
        after=after,
        operation=operation,
    )


def record_file(what: str | Promise, ending: str, *, by, of=None, case_reference="", after=None) -> Entry:
    """The row of a file taken out: what is in it, in which format, and of which row when it is of one."""
    with translation.override(settings.LANGUAGE_CODE):
        name = f"{what}, {FORMATS[ending]}"
        if of is not None:
            name = f"{name}: {audit_name(of)}"
    return record("export", of or by, by=by, named=name, after=after, case_reference=case_reference)


def audit_name(subject) -> str:
    """What an entry calls a row: what the row says of itself for that purpose, or its name."""
    return str(getattr(subject, "audit_name", subject))
