"""Handing out the documents of a case."""

from django.http import Http404
from django.views.decorators.http import require_safe

from businesscases.access import case_or_404, documents_for
from businesscases.documents import download
from innovation_pool.audit.trail import record


@require_safe
def case_document(request, reference, document_id):
    """The file, as an attachment; 404 when the document is not theirs to see."""
    case = case_or_404(request.user, reference)
    document = documents_for(request.user, case).filter(pk=document_id).first()
    if document is None:
        raise Http404
    answer = download(document)
    if request.method == "GET":
        # Not by name: who may read the trail may not always know of the document.
        after = {"document_id": document.pk, "sha256": document.sha256}
        record("download", case, by=request.user, after=after, case_reference=case.reference)
    return answer
