"""What of the audit trail is still its writers' alone.

The auditor reads everything submitted. A case that never was submitted, and what was written in one since
its newest version, is not: those entries can be read from the day the text is submitted.
"""

from django.db.models import OuterRef, Q, Subquery

from businesscases.models import BusinessCase, CaseVersion, CaseWriter
from businesscases.saving import ACT as EDIT
from innovation_pool.audit.reading import veil
from innovation_pool.permissions import Action, may

# The acts whose entries say what is written in a case.
WRITING = (EDIT, "upload-document")


@veil
def not_submitted_yet(user) -> Q:
    """The entries about drafts the person does not write, and about what was written since a version."""
    written = CaseWriter.objects.filter(person=user, until=None)
    if not may(user, Action.WRITE_CASE):
        written = written.none()
    # A draft is its writers' alone, so there is no need to ask for everything the person sees.
    drafts = BusinessCase.objects.filter(versions_frozen=0).exclude(pk__in=written.values("case"))
    own = BusinessCase.objects.filter(pk__in=written.values("case")).values("reference")
    frozen_at = CaseVersion.objects.filter(case__reference=OuterRef("case_reference")).order_by("-number")
    since = Q(act__in=WRITING) & ~Q(case_reference__in=own)
    since &= Q(at__gt=Subquery(frozen_at.values("frozen_at")[:1]))
    return Q(case_reference__in=drafts.values("reference")) | since
