"""Adding to the audit trail: the one way in."""

from innovation_pool.audit.models import Entry


def record(
    act, subject, *, by, reason="", before=None, after=None, operation=None, case_reference=""
) -> Entry:
    """Adds one row in the caller's transaction, so that the act and its trace stand or fall together.

    `subject` is a saved model instance; `before` and `after` are plain values of what changed.
    """
    return Entry.objects.create(
        act=act,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject=str(subject)[:250],
        case_reference=case_reference,
        reason=reason,
        before=before,
        after=after,
        operation=operation,
    )
