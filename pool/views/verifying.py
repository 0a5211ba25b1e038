"""Checking a printed sheet against the ledger, and taking the ledger out to check it elsewhere."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from innovation_pool.audit.trail import record_file
from innovation_pool.exports import attachment
from innovation_pool.permissions import Action, RoleLacks, may, require
from pool.forms.verifying import VerifyForm
from pool.models import Pool
from pool.verifying import ledger_lines, movement_address, verified


@require_GET
def verify(request):
    """Whether the ledger still is the one a sheet was printed from; and from a number to its decision."""
    require(request.user, Action.VERIFY_SHEET)
    asked = any(request.GET.get(name) for name in ("sheet", "pool", "number", "code"))
    form = VerifyForm(request.GET if asked else None)
    result, since = None, []
    if form.is_valid():
        typed = form.cleaned_data
        result = verified(typed["pool"], typed["number"], typed.get("code") or "")
        since = [(row, movement_address(result.pool, row.number)) for row in result.since]
    context = {"form": form, "result": result, "since": since}
    return render(request, "pool/verify.html", context, status=422 if form.errors else 200)


@require_GET
def ledger_file(request, pool_id):
    """The pool's whole ledger as JSON lines, for `docs/verify_ledger.py`."""
    if not (may(request.user, Action.READ_AUDIT) or may(request.user, Action.BOOK_COUNCIL_MONEY)):
        raise RoleLacks(Action.READ_AUDIT, Action.BOOK_COUNCIL_MONEY)
    pool = get_object_or_404(Pool, pk=pool_id)
    after = {"what": "ledger", "as": "jsonl", "movements": pool.last_number, "head": pool.head}
    record_file(_("All movements"), "jsonl", by=request.user, of=pool, after=after)
    response = StreamingHttpResponse(ledger_lines(pool), content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = attachment(f"{pool.number}-ledger", "jsonl")
    return response
