"""The audit trail as a page and as a file."""

import json

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from innovation_pool.audit import names, words
from innovation_pool.audit.forms import EntryFilter
from innovation_pool.audit.reading import readable_by
from innovation_pool.audit.trail import record_file
from innovation_pool.exports import Column, attachment, csv_export, excel_export
from innovation_pool.permissions import Action, may, require

PER_PAGE = 50


def entry_list(request):
    """Who did what when, newest first."""
    require(request.user, Action.READ_AUDIT)
    form = EntryFilter(request.GET)
    entries = form.narrow(readable_by(request.user)).select_related("by")
    paginator = Paginator(entries, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    reader = words.Reader()
    rows = [_row(entry, reader) for entry in page]
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    verifies = may(request.user, Action.VERIFY_SHEET)
    context = {"form": form, "page": page, "rows": rows, "numbers": numbers, "verifies": verifies}
    return render(request, "audit/entry_list.html", context)


def entry_export(request, ending):
    """Exactly the entries of the filter, as Excel, CSV or one JSON object a line."""
    require(request.user, Action.READ_AUDIT)
    if ending not in ("xlsx", "csv", "jsonl"):
        raise Http404
    form = EntryFilter(request.GET)
    entries = form.narrow(readable_by(request.user)).select_related("by")
    after = {"what": "audit trail", "filter": request.GET.urlencode()}
    record_file(_("Audit trail"), ending, by=request.user, after=after)
    if ending == "jsonl":
        return _json_lines(entries)
    if ending == "csv":
        return csv_export("revisionsspor", _columns(), _rows(entries))
    return excel_export("revisionsspor", _("Audit trail"), _columns(), _rows(entries))


def _row(entry, reader: words.Reader) -> tuple:
    """The entry, its act, who did it, what it concerned and what it changed, all in words."""
    return (
        entry,
        names.name_of(entry.act),
        names.who_did(entry),
        names.what_of(entry),
        reader.differences(entry),
    )


def _columns() -> list[Column]:
    return [
        Column(_("Number"), 10),
        Column(_("When"), 18),
        Column(_("Who"), 28),
        Column(_("Act"), 28),
        Column(_("What"), 50),
        Column(_("Case"), 14),
        Column(_("Reason"), 40),
        Column(_("Before"), 40),
        Column(_("After"), 40),
    ]


def _rows(entries):
    """One tuple an entry, in the order of the columns; read as the file is written."""
    reader = words.Reader()
    return (
        (
            entry.pk, entry.at, names.who_did(entry), names.name_of(entry.act), names.what_of(entry),
            entry.case_reference, entry.reason, reader.in_words(entry.before), reader.in_words(entry.after),
        )
        for entry in entries.iterator(chunk_size=500)
    )  # fmt: skip


def _json_lines(entries) -> StreamingHttpResponse:
    lines = (
        json.dumps(
            {
                "number": entry.pk,
                "at": entry.at,
                "by": entry.by.username if entry.by else None,
                "who": names.who_did(entry),
                "act": entry.act,
                "act_in_words": names.name_of(entry.act),
                "subject_type": entry.subject_type,
                "subject_id": entry.subject_id,
                "subject": entry.subject,
                "case": entry.case_reference,
                "reason": entry.reason,
                "before": entry.before,
                "after": entry.after,
                "operation": entry.operation,
            },
            ensure_ascii=False,
            cls=DjangoJSONEncoder,
        )
        + "\n"
        for entry in entries.iterator(chunk_size=500)
    )
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson")
    response["Content-Disposition"] = attachment("revisionsspor", "jsonl")
    return response
