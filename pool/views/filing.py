"""What is taken out to be filed: the record of a meeting as a document, and the dossier of a case."""

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from businesscases.access import case_or_404
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import attachment
from innovation_pool.permissions import RoleLacks
from pool import meetings
from pool.dossier import KEEPING, dossier, may_take_dossier
from pool.record_docx import DOCX, record_document
from pool.views.meetings import found

RECORD, DOSSIER = _("Record of decisions"), pgettext_lazy("file", "Dossier")


@require_GET
def record_docx(request, meeting_id):
    """The record as a Word document; after the chair's approval made from what was frozen."""
    meeting = found(request, meeting_id)
    content = record_document(meeting, meetings.record_of(meeting))
    after = {"what": "record", "as": "docx"}
    record_file(RECORD, "docx", by=request.user, of=meeting, after=after)
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = attachment(f"beslutningsreferat {meeting.held_on:%Y-%m-%d}", "docx")
    return response


@require_GET
def case_dossier(request, reference):
    """Everything about one case in one ZIP, for those who keep the files: auditor and secretariat."""
    if not may_take_dossier(request.user):
        raise RoleLacks(*KEEPING)
    case = case_or_404(request.user, reference)
    file = dossier(case, request.user)
    after = {"what": "dossier", "as": "zip"}
    record_file(DOSSIER, "zip", by=request.user, of=case, case_reference=case.reference, after=after)
    response = FileResponse(file, content_type="application/zip")
    response["Content-Disposition"] = attachment(case.reference, "zip")
    return response
